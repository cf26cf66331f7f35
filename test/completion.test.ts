// The scripts of `apiarch completion`, run by the shells that are installed.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../src/cli.ts';
import { rulesets } from '../src/config/rulesets.ts';
import { rules } from '../src/rules/index.ts';
import { worldWith } from './world.ts';

const shells = ['bash', 'zsh', 'fish', 'powershell'] as const;
let folder: string;
const scripts = new Map<string, string>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'completion-'));
  mkdirSync(join(folder, 'api folder'));
  writeFileSync(join(folder, 'openapi.yaml'), '');
  writeFileSync(join(folder, 'report.sarif'), '');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function scriptFor(shell: string): Promise<string> {
  const known = scripts.get(shell);
  if (known) return known;
  const world = worldWith({});
  expect(await main(['completion', shell], world)).toBe(0);
  expect(world.written.stderr).toBe('');
  scripts.set(shell, world.written.stdout);
  return world.written.stdout;
}

/** What bash offers when TAB is pressed behind `line`. */
async function offered(line: string): Promise<string[]> {
  const path = join(folder, 'apiarch.bash');
  writeFileSync(path, await scriptFor('bash'));
  const program = `source "$1"; COMP_LINE=$2 COMP_POINT=\${#2} COMP_WORDS=($2) COMP_CWORD=1; _apiarch; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const out = execFileSync('bash', ['--norc', '-c', program, 'bash', path, line], { cwd: folder, encoding: 'utf8' });
  return out.split('\n').filter((one) => one !== '');
}

describe('completion in bash', () => {
  it('offers commands', async () => {
    const names = await offered('apiarch ');
    expect(names).toEqual(expect.arrayContaining(['lint', 'rules', 'explain', 'init', 'types', 'completion']));
    expect(await offered('apiarch li')).toEqual(['lint']);
    expect(await offered('apiarch --verbose ini')).toEqual(['init']);
  });

  it('offers the flags of a command, and those of all', async () => {
    expect(await offered('apiarch lint --max')).toEqual(['--max-warnings']);
    expect(await offered('apiarch lint --no-col')).toEqual(['--no-color']);
    expect(await offered('apiarch explain --max')).toEqual([]);
  });

  it('offers values of flags, behind a space and behind `=`', async () => {
    expect(await offered('apiarch lint --fail-on ')).toEqual(['error', 'warn', 'info', 'never']);
    expect(await offered('apiarch lint --fail-on=ne')).toEqual(['never']);
    expect(await offered('apiarch lint -f sa')).toEqual(['sarif']);
    expect((await offered('apiarch lint -r ')).filter((one) => Object.hasOwn(rulesets, one))).toEqual(
      Object.keys(rulesets),
    );
    expect(await offered('apiarch lint --rule pagination/li')).toEqual(
      rules.map(({ id }) => id).filter((id) => id.startsWith('pagination/li')),
    );
    expect(await offered('apiarch rules --equivalent buf:SERVICE_S')).toEqual(['SERVICE_SUFFIX']);
  });

  it('offers arguments: rules, shells, files', async () => {
    expect(await offered('apiarch explain naming/path-cas')).toEqual(['naming/path-case']);
    expect(await offered('apiarch completion f')).toEqual(['fish']);
    expect(await offered('apiarch lint open')).toEqual(['openapi.yaml']);
    expect(await offered('apiarch lint api')).toContain('api folder');
    expect(await offered('apiarch lint --proto-path ')).toEqual(['api folder']);
    expect(await offered('apiarch lint -f sarif:rep')).toEqual(['report.sarif']);
  });

  it('runs nothing of what is typed', async () => {
    await offered(`apiarch lint $(touch ${folder}/ran) \`touch ${folder}/ran\` `);
    expect(spawnSync('ls', [folder], { encoding: 'utf8' }).stdout).not.toContain('ran');
  });
});

it.each(shells)('every command and flag stands in the script for %s', async (shell) => {
  const script = await scriptFor(shell);
  const world = worldWith({});
  await main(['--help'], world);
  const commands = [...world.written.stdout.matchAll(/^ {2}([a-z]+) {2,}\S/gm)].map(([, name]) => name!);
  expect(commands.length).toBeGreaterThan(5);
  for (const command of commands.filter((name) => name !== 'help')) {
    const one = worldWith({});
    await main([command, '--help'], one);
    const flags = [...one.written.stdout.matchAll(/^ {2}(?:-\w, )?--([a-z-]+)/gm)].map(([, name]) => name!);
    expect(flags.length, command).toBeGreaterThan(4);
    for (const flag of flags) expect(script, `${command} --${flag}`).toContain(flag);
    expect(script).toContain(command);
  }
});

const parsers = {
  bash: ['bash', ['-n']],
  zsh: ['zsh', ['-n']],
  fish: ['fish', ['--no-execute']],
  powershell: ['pwsh', ['-NoProfile', '-Command', '[void][scriptblock]::Create((Get-Content -Raw $args[0]))']],
} as const;

describe.each(shells)('the script for %s', (shell) => {
  const [program, args] = parsers[shell];
  it.skipIf(spawnSync(program, ['--version']).error !== undefined)(`is understood by ${program}`, async () => {
    const path = join(folder, `script.${shell}`);
    writeFileSync(path, await scriptFor(shell));
    const { status, stderr } = spawnSync(program, [...args, path], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });
});

it('tells how to install each', async () => {
  const world = worldWith({});
  await main(['completion', '--help'], world);
  for (const shell of shells) expect(world.written.stdout).toContain(`apiarch completion ${shell}`);
});
