// What the flags of `lint` do together. What each does alone is held beside its module.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { main } from '../src/cli.ts';
import { type World, worldWith } from './world.ts';

const flawed = ['flawed.yaml', 'flawed.graphql', 'flawed.proto'];
const examples = Object.fromEntries(flawed.map((name) => [name, readFileSync(`examples/${name}`, 'utf8')]));

/** What a run gave, and nothing of those before it. */
async function lint(world: World, ...args: string[]) {
  Object.assign(world.written, { stdout: '', stderr: '' });
  const status = await main(['lint', ...args], world);
  return { status, ...world.written };
}

const read = (world: World, name: string) => readFileSync(join(world.cwd, name), 'utf8');

describe('a baseline', () => {
  it('knows what was there, tells what is new, and asks to shrink', async () => {
    const world = worldWith(examples);
    const flags = ['--baseline', 'known.json'];
    const first = await lint(world, ...flags, '--update-baseline');
    expect(first.status).toBe(0);
    expect(first.stderr).toMatch(/^apiarch: wrote the baseline `known\.json`: \d+ findings, \d+ new\.\n$/);
    const text = examples['flawed.graphql']!;
    writeFileSync(join(world.cwd, 'flawed.graphql'), `${'\n'.repeat(500)}${text}`);
    const moved = await lint(world, ...flags);
    expect(moved.stdout).toMatch(/^✓ All good: .* \(\d+ in the baseline\)\.\n$/);
    expect(moved.stderr).toBe('');
    writeFileSync(join(world.cwd, 'flawed.graphql'), `${text}\nenum New_Kind {\n  a\n}\n`);
    const news = await lint(world, ...flags, '-f', 'json');
    const problems: { element: string }[] = JSON.parse(news.stdout).problems;
    expect(problems.length).toBeGreaterThan(1);
    expect(problems.every(({ element }) => element.startsWith('New_Kind'))).toBe(true);
    writeFileSync(join(world.cwd, 'flawed.graphql'), text.replace('OrdrLine', 'OrderLine'));
    const mended = await lint(world, ...flags);
    expect(mended.stderr).toContain(
      '2 findings of the baseline `known.json` no longer occur; `--update-baseline` takes them out:',
    );
    expect(mended.stderr).toContain('structure/reference-resolves');
    expect(mended.status).toBe(0);
  });

  it('takes its file from the configuration, and needs one to be updated', async () => {
    const world = worldWith({ ...examples, 'apiarch.yaml': 'baseline: known.json\n' });
    await lint(world, '--update-baseline');
    expect((await lint(world)).status).toBe(0);
    expect((await lint(world, '--no-config')).status).toBe(1);
    expect(await lint(world, '--no-config', '--update-baseline')).toEqual({
      status: 2,
      stdout: '',
      stderr: 'apiarch: `--update-baseline` needs `--baseline FILE`, or `baseline` in the configuration.\n',
    });
  });
});

it('`--since` tells what the merge base does not have', async () => {
  const world = worldWith(examples);
  rmSync(join(world.cwd, '.git'), { recursive: true });
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@a.example', ...args], { cwd: world.cwd });
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-qm', 'first');
  expect(await lint(world, '--since', 'main')).toMatchObject({ status: 0, stderr: '' });
  writeFileSync(join(world.cwd, 'new.graphql'), 'enum New_Kind {\n  a\n}\n');
  const { stdout } = await lint(world, '--since', 'main', '-f', 'compact');
  expect(stdout).toContain('naming/enum-value-case');
  expect(stdout.split('\n').filter((line) => line !== '' && !line.startsWith('new.graphql:'))).toEqual([]);
});

it('several reports in one run agree with each other and with the exit code', async () => {
  const world = worldWith(examples);
  const files = ['sarif:a.sarif', 'junit:b.xml', 'html:c.html', 'gitlab:d.json', 'json:e.json', 'github:f.txt'];
  const { status, stdout } = await lint(world, '-f', 'pretty', ...files.flatMap((file) => ['-f', file]));
  const { counts, problems } = JSON.parse(read(world, 'e.json'));
  expect(counts.error).toBeGreaterThan(0);
  expect(status).toBe(1);
  expect(stdout).toContain(`${counts.error} errors, ${counts.warn} warnings, ${counts.info} infos in 3 files`);
  const sarif = JSON.parse(read(world, 'a.sarif')).runs[0].results.map(({ level }: { level: string }) => level);
  expect(sarif.filter((level: string) => level === 'error')).toHaveLength(counts.error);
  expect(sarif).toHaveLength(problems.length);
  expect(JSON.parse(read(world, 'd.json'))).toHaveLength(problems.length);
  const listed = [...read(world, 'b.xml').matchAll(/^flawed\.\w+:\d+:\d+ (?:error|warn|info) /gm)];
  expect(listed).toHaveLength(problems.length);
  expect(read(world, 'c.html')).toContain(`${problems.length} findings in 3 files`);
  expect(read(world, 'f.txt').match(/^::error /gm)).toHaveLength(counts.error);
});

describe('fixing', () => {
  it('leaves what a machine cannot mend, and changes nothing the second time', async () => {
    const world = worldWith(examples);
    const first = await lint(world, '--fix', '-f', 'json');
    const left: { rule: string }[] = JSON.parse(first.stdout).problems;
    expect(first.stderr).toMatch(/^\d+ problems fixed in \d files?\n/);
    const texts = flawed.map((name) => read(world, name));
    expect(texts).not.toEqual(flawed.map((name) => examples[name]));
    const second = await lint(world, '--fix', '-f', 'json');
    expect(second.stderr).toMatch(/^0 problems fixed in 0 files\n/);
    expect(JSON.parse(second.stdout).problems.map(({ rule }: { rule: string }) => rule)).toEqual(
      left.map(({ rule }) => rule),
    );
    expect(flawed.map((name) => read(world, name))).toEqual(texts);
  });

  it('shows as a diff what it would do, which git takes', async () => {
    const world = worldWith(examples);
    const { stdout } = await lint(world, '--fix-dry-run', '--unsafe-fixes');
    expect(flawed.map((name) => read(world, name))).toEqual(flawed.map((name) => examples[name]));
    execFileSync('git', ['apply', '-'], {
      cwd: world.cwd,
      input: stdout,
      env: { ...process.env, GIT_DIR: '/dev/null' },
    });
    const applied = flawed.map((name) => read(world, name));
    for (const name of flawed) writeFileSync(join(world.cwd, name), examples[name]!);
    await lint(world, '--fix', '--unsafe-fixes');
    expect(flawed.map((name) => read(world, name))).toEqual(applied);
  });

  it('does not touch what a baseline knows, and updates it afterwards', async () => {
    const world = worldWith(examples);
    await lint(world, '--baseline', 'known.json', '--update-baseline');
    const before = read(world, 'known.json');
    const { status, stderr } = await lint(world, '--baseline', 'known.json', '--fix');
    expect(stderr).toBe('0 problems fixed in 0 files\n');
    expect(status).toBe(0);
    expect(flawed.map((name) => read(world, name))).toEqual(flawed.map((name) => examples[name]));
    expect(read(world, 'known.json')).toBe(before);
  });

  it.each([
    [['--fix', '--fix-dry-run'], '`--fix` writes and `--fix-dry-run` does not; give one of them.'],
    [['--unsafe-fixes'], '`--unsafe-fixes` needs `--fix` or `--fix-dry-run`.'],
    [['--fix', '-'], '`--fix` writes into files, and standard input is none; `--fix-dry-run` shows what it would do.'],
    [
      ['--fix-dry-run', '--baseline', 'b.json', '--update-baseline'],
      '`--fix-dry-run` writes nothing, and `--update-baseline` writes; give one of them.',
    ],
    [
      ['--fix-dry-run', '-f', 'json'],
      '`--fix-dry-run` prints its diff on standard output; give the report a file: `--format json:report.json`.',
    ],
    [['--fix', '--watch'], '`--watch` waits for files to change, and `--fix` changes them; give one of them.'],
  ])('does not go with everything: %j', async (flags, sentence) => {
    expect(await lint(worldWith(examples), ...flags)).toEqual({
      status: 2,
      stdout: '',
      stderr: `apiarch: ${sentence}\n`,
    });
  });
});

it('judges by a Spectral ruleset beside our own, with the same suppressions and exit code', async () => {
  const world = worldWith({
    'team.spectral.yaml': `rules:
  operation-owner:
    given: $.paths[*][get,post]
    severity: error
    message: "{{property}} is missing"
    then: { field: x-owner, function: truthy }
`,
    'api.yaml': `openapi: 3.1.0
info: { title: A, version: 1.0.0 }
paths:
  /a:
    get: {}
    # apiarch-ignore spectral/operation-owner: nobody's
    post: {}
`,
    'apiarch.yaml': 'extends: ./team.spectral.yaml\n',
  });
  const { status, stdout, stderr } = await lint(world, '-f', 'compact');
  expect({ status, stdout, stderr }).toEqual({
    status: 1,
    stdout: 'api.yaml:5:5 error spectral/operation-owner get.x-owner is missing\n',
    stderr: '',
  });
  expect((await lint(world, '--rule', 'spectral/operation-owners')).stderr).toBe(
    'apiarch: there is no rule `spectral/operation-owners`; did you mean `spectral/operation-owner`?\n',
  );
  expect((await lint(world, '--rule', 'spectral/operation-owner=warn')).status).toBe(0);
});

it('reads a Spectral ruleset from a host that is allowed, and from no other', async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end('rules: { owner: { given: $.info, severity: error, then: { field: x-owner, function: truthy } } }');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const world = worldWith({
    'api.yaml': 'openapi: 3.1.0\ninfo: { title: A, version: 1.0.0 }\npaths: {}\n',
    'apiarch.yaml': `extends: http://${host}/team.yaml\n`,
  });
  expect(await lint(world)).toEqual({
    status: 2,
    stdout: '',
    stderr: `apiarch: \`http://${host}/team.yaml\` lies in the network; \`--allow-remote-refs ${host}\` lets it be read.\n`,
  });
  expect(asked).toEqual([]);
  const { status, stdout } = await lint(world, '--allow-remote-refs', host, '-f', 'compact');
  expect({ status, stdout, asked }).toEqual({
    status: 1,
    stdout: 'api.yaml:2:1 error spectral/owner "info.x-owner" property must be truthy\n',
    asked: ['/team.yaml'],
  });
});

it.each([
  [['-f', 'json:a', '-f', 'sarif:a'], 'two reports cannot go to one file, `a`.'],
  [['--trend', 'old.json'], '`--trend` is shown by the report `html` alone: `--format html:report.html`.'],
])('refuses reports that could not be written: %j', async (flags, sentence) => {
  expect(await lint(worldWith(examples), ...flags)).toEqual({
    status: 2,
    stdout: '',
    stderr: `apiarch: ${sentence}\n`,
  });
});

it('shows the trend of earlier reports', async () => {
  const world = worldWith(examples);
  await lint(world, '-f', 'json:before.json');
  expect((await lint(world, '--trend', 'before.json', '-f', 'html:now.html')).status).toBe(1);
  expect(read(world, 'now.html')).toContain('before');
  expect((await lint(world, '--trend', 'flawed.yaml', '-f', 'html:now.html')).stderr).toBe(
    'apiarch: `flawed.yaml` is no report of `apiarch lint --format json`, which `--trend` takes.\n',
  );
});
