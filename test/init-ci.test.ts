// The files that bring apiarch into CI: ours for others to use, and those that `init` writes. Their scripts run in a shell
// in which `npx` tells what it was asked for.
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import ignore from 'ignore';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import packageJson from '../package.json' with { type: 'json' };
import { main } from '../src/cli.ts';
import { worldWith } from './world.ts';

interface Step {
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ci-'));
  writeFileSync(join(folder, 'npx'), '#!/bin/sh\nfor one in "$@"; do printf "%s\\n" "[$one]"; done\n');
  chmodSync(join(folder, 'npx'), 0o755);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The arguments that a script gives to `npx`. */
function askedOfNpx(shell: 'bash' | 'sh', script: string, env: Readonly<Record<string, string>>): string[] {
  const flags = shell === 'bash' ? ['--noprofile', '--norc', '-eo', 'pipefail'] : ['-e'];
  const out = execFileSync(shell, [...flags, '-c', script], {
    cwd: folder,
    env: { PATH: `${folder}${delimiter}${process.env['PATH']}`, ...env },
    encoding: 'utf8',
  });
  return [...out.matchAll(/^\[(.*)\]$/gm)].map(([, one]) => one!);
}

async function writtenByInit(args: string[], files: Record<string, string> = {}) {
  const world = worldWith(files);
  expect(await main(['init', '--yes', ...args], world)).toBe(0);
  return world;
}

describe('action.yml', () => {
  const action = parse(readFileSync('action.yml', 'utf8'));
  const steps: Step[] = action.runs.steps;
  const lint = steps.find(({ run }) => run !== undefined)!;

  /** The environment that GitHub makes of inputs. */
  function envFor(inputs: Record<string, string>): Record<string, string> {
    return Object.fromEntries(
      Object.entries(lint.env!).map(([name, expression]) => {
        const input = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(expression)?.[1];
        expect(action.inputs, expression).toHaveProperty([input!]);
        return [name, inputs[input!] ?? String(action.inputs[input!].default)];
      }),
    );
  }

  it('lints everything with two reports', () => {
    expect(askedOfNpx('bash', lint.run!, envFor({}))).toEqual([
      ...['--yes', `apiarch@${packageJson.version}`, 'lint', '-f', 'github', '-f', 'sarif:apiarch.sarif', '--'],
    ]);
  });

  it('hands its inputs over as they are', () => {
    const inputs = {
      paths: 'api/**/*.yaml\nmy schema.graphql\n-f\n',
      ruleset: 'recommended\nrulesets/house rules.yaml',
      config: 'conf/apiarch.yaml',
      'fail-on': 'warn',
      since: 'origin/main',
      version: '1.2.3',
      sarif: 'out dir/a.sarif',
    };
    expect(askedOfNpx('bash', lint.run!, envFor(inputs))).toEqual([
      ...['--yes', 'apiarch@1.2.3', 'lint', '-f', 'github', '-f', 'sarif:out dir/a.sarif'],
      ...['--ruleset=recommended', '--ruleset=rulesets/house rules.yaml', '--config=conf/apiarch.yaml'],
      ...['--fail-on=warn', '--since=origin/main', '--', 'api/**/*.yaml', 'my schema.graphql', '-f'],
    ]);
  });

  it('runs nothing that an input holds', () => {
    const evil = '"; touch ran; echo "$(touch ran)`touch ran`';
    const names = Object.keys(action.inputs);
    askedOfNpx('bash', lint.run!, envFor(Object.fromEntries(names.map((name) => [name, evil]))));
    expect(existsSync(join(folder, 'ran'))).toBe(false);
    for (const { run = '' } of steps) expect(run).not.toContain('${{');
  });

  it('uploads what was found also when there is something', () => {
    const upload = steps.find(({ uses }) => uses?.includes('upload-sarif'))!;
    expect(upload.if).toMatch(/^always\(\) && inputs\.upload == 'true'/);
    expect(upload.with!['sarif_file']).toContain('inputs.sarif');
    expect(steps.find(({ uses }) => uses?.includes('setup-node'))!.if).toBe("inputs.node-version != ''");
  });

  it('runs the version of apiarch that it comes with', () => {
    expect(action.inputs.version.default).toBe(packageJson.version);
  });
});

describe('docs/ci.md', () => {
  const text = readFileSync('docs/ci.md', 'utf8');
  const blocks = [...text.matchAll(/^```yaml\n(.*?)^```/gms)].map(([, block]) => parse(block!));

  it('lists the inputs of the action', () => {
    const action = parse(readFileSync('action.yml', 'utf8'));
    const listed = [...text.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, name]) => name);
    expect(listed).toEqual(Object.keys(action.inputs));
  });

  it('shows what init writes, but for the version', async () => {
    const plain = (value: unknown) => JSON.stringify(value).replaceAll(`apiarch@${packageJson.version}`, 'apiarch');
    const world = await writtenByInit(['--ci', 'github', '--pre-commit']);
    const [github, , gitlab, , hook] = blocks;
    const workflow = parse(world.read('.github/workflows/apiarch.yml'));
    for (const step of workflow.jobs.lint.steps) delete step.name;
    expect(plain(github)).toBe(plain(workflow));
    expect(hook).toEqual(parse(world.read('.pre-commit-config.yaml')));
    const other = await writtenByInit(['--ci', 'gitlab']);
    expect(plain(gitlab)).toBe(plain(parse(other.read('.gitlab-ci.yml'))));
  });
});

describe('.pre-commit-hooks.yaml', () => {
  const hooks: Record<string, unknown>[] = parse(readFileSync('.pre-commit-hooks.yaml', 'utf8'));

  it('has a hook for the repository and one for files', () => {
    expect(hooks.map(({ id }) => id)).toEqual(['apiarch', 'apiarch-files']);
    expect(hooks.map((hook) => hook['pass_filenames'] ?? true)).toEqual([false, true]);
    for (const hook of hooks) {
      expect(hook).toMatchObject({ entry: 'apiarch lint', language: 'node' });
      expect(hook['types_or']).toEqual(['yaml', 'json', 'graphql', 'proto']);
    }
  });
});

describe('Dockerfile', () => {
  const text = readFileSync('Dockerfile', 'utf8').replaceAll('\\\n', ' ');
  const lines = text.split('\n').map((line) => line.split(/\s+/));

  it('copies what there is and .dockerignore lets through', () => {
    // Docker's patterns start at the root.
    const ignored = ignore().add(readFileSync('.dockerignore', 'utf8').replace(/^(!?)(?=[\w*])/gm, '$1/'));
    const [first] = text.split(/\nFROM /);
    const sources = first!
      .split('\n')
      .flatMap((line) => (line.startsWith('COPY') ? line.split(/\s+/).slice(1, -1) : []));
    expect(sources).toContain('package-lock.json');
    const needed = [
      ...sources.filter((path) => path !== '.'),
      'src/cli.ts',
      'bin/apiarch.js',
      'scripts/build.mjs',
      'tsconfig.json',
    ];
    for (const path of needed) {
      expect(existsSync(path), path).toBe(true);
      expect(ignored.ignores(path), path).toBe(false);
    }
    for (const path of ['node_modules/x', '.git/config', '.env']) expect(ignored.ignores(path), path).toBe(true);
  });

  it('copies from the first stage all that a run needs, and runs as nobody special', () => {
    const copied = lines
      .filter(([word, from]) => word === 'COPY' && from === '--from=build')
      .flatMap((line) => line.slice(2, -1));
    const shipped = ['package.json', 'bin', 'dist', 'rulesets', 'node_modules'];
    expect(copied).toEqual(expect.arrayContaining(shipped.map((name) => `/opt/apiarch/${name}`)));
    expect(lines.filter(([word]) => word === 'USER').at(-1)).toEqual(['USER', 'node']);
    expect(text).toContain('ENTRYPOINT ["apiarch"]');
    expect(text).toContain('WORKDIR /src');
  });
});

describe('init --ci github', () => {
  it('writes a workflow with the least permissions that compares with the base of a pull request', async () => {
    const world = await writtenByInit(['--ci', 'github'], {
      '.git/refs/remotes/origin/HEAD': 'ref: refs/remotes/origin/trunk\n',
    });
    const workflow = parse(world.read('.github/workflows/apiarch.yml'));
    expect(workflow.on.push.branches).toEqual(['trunk']);
    expect(workflow.permissions).toEqual({ contents: 'read' });
    expect(workflow.jobs.lint.permissions).toEqual({ contents: 'read', 'security-events': 'write' });
    const steps: Step[] = workflow.jobs.lint.steps;
    expect(steps[0]).toMatchObject({ with: { 'fetch-depth': 0 } });
    const lint = steps.find(({ run }) => run)!;
    expect(lint.run).not.toContain('${{');
    const common = ['--yes', `apiarch@${packageJson.version}`, 'lint', '-f', 'github', '-f', 'sarif:apiarch.sarif'];
    expect(askedOfNpx('bash', lint.run!, { BASE: '' })).toEqual(common);
    expect(askedOfNpx('bash', lint.run!, { BASE: 'release 1' })).toEqual([...common, '--since', 'origin/release 1']);
    expect(steps.at(-1)).toMatchObject({ with: { sarif_file: 'apiarch.sarif' } });
    expect(steps.at(-1)!.if).toContain('always()');
  });
});

describe('init --ci gitlab', () => {
  it('writes a job whose reports GitLab shows', async () => {
    const world = await writtenByInit(['--ci', 'gitlab']);
    const { apiarch: job } = parse(world.read('.gitlab-ci.yml'));
    expect(job.artifacts).toEqual({
      when: 'always',
      reports: { codequality: 'gl-code-quality-report.json', junit: 'apiarch-junit.xml' },
    });
    const [script] = job.script;
    const formats = ['-f', 'pretty', '-f', 'gitlab:gl-code-quality-report.json', '-f', 'junit:apiarch-junit.xml'];
    const common = ['--yes', `apiarch@${packageJson.version}`, 'lint', ...formats];
    expect(askedOfNpx('sh', script, {})).toEqual(common);
    expect(askedOfNpx('sh', script, { CI_MERGE_REQUEST_DIFF_BASE_SHA: 'abc' })).toEqual([...common, '--since', 'abc']);
  });

  it('leaves the pipeline that there is alone', async () => {
    const world = await writtenByInit(['--ci', 'gitlab'], { '.gitlab-ci.yml': 'stages: [test]\n' });
    expect(world.read('.gitlab-ci.yml')).toBe('stages: [test]\n');
    expect(parse(world.read('.gitlab/apiarch.yml'))).toHaveProperty('apiarch');
    expect(world.written.stdout).toContain('include: [{ local: .gitlab/apiarch.yml }]');
  });
});

describe('init --pre-commit', () => {
  it('adds to what there is and keeps its comments', async () => {
    const before = `# our hooks
default_stages: [pre-commit] # not on push
repos:
- repo: https://example.com/hooks
  rev: v1
  hooks:
  - id: tidy # keeps things tidy
`;
    const world = await writtenByInit(['--pre-commit'], { '.pre-commit-config.yaml': before });
    const after = world.read('.pre-commit-config.yaml');
    expect(after.startsWith(before)).toBe(true);
    expect(parse(after).repos[1].hooks[0]).toMatchObject({
      id: 'apiarch',
      entry: 'apiarch lint',
      pass_filenames: false,
    });
  });

  it('adds to a list that is empty', async () => {
    const world = await writtenByInit(['--pre-commit'], {
      '.pre-commit-config.yaml': '# ours\nrepos: []\nfail_fast: true\n',
    });
    const after = world.read('.pre-commit-config.yaml');
    expect(after).toContain('# ours');
    expect(parse(after)).toMatchObject({ repos: [{ hooks: [{ id: 'apiarch' }] }], fail_fast: true });
  });

  it('adds behind the last hook where more keys follow', async () => {
    const before = 'repos:\n  - repo: local\n    hooks: [] # none yet\n\nexclude: vendor\n';
    const world = await writtenByInit(['--pre-commit'], { '.pre-commit-config.yaml': before });
    const after = world.read('.pre-commit-config.yaml');
    expect(after.endsWith('\n\nexclude: vendor\n')).toBe(true);
    expect(parse(after).repos[1].hooks[0].id).toBe('apiarch');
  });

  it('adds nothing twice', async () => {
    const world = await writtenByInit(['--pre-commit']);
    const once = world.read('.pre-commit-config.yaml');
    expect(await main(['init', '--pre-commit'], world)).toBe(0);
    expect(world.read('.pre-commit-config.yaml')).toBe(once);
    expect(world.written.stdout).toContain('already');
  });

  it('refuses what is no such file', async () => {
    const world = worldWith({ '.pre-commit-config.yaml': 'repos: yes\n' });
    expect(await main(['init', '--pre-commit'], world)).toBe(2);
    expect(world.written.stderr).toBe(
      'apiarch: `.pre-commit-config.yaml` is not a file of pre-commit, so no hook can be added to it.\n',
    );
    expect(world.kind('apiarch.yaml')).toBeNull();
  });
});
