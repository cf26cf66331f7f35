import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { main } from '../src/cli.ts';
import { rulesets } from '../src/config/rulesets.ts';
import { type Setting, type World, worldWith } from './world.ts';

const undescribed =
  'openapi: 3.1.0\ninfo: { title: Orders, version: 1.0.0 }\npaths:\n  /orders:\n    get: {}\n    post: {}\n';
const rule = 'docs/operation-described';

/** Runs one rule, which finds two problems of the severity that is given. */
async function lint(severity: string, ...args: string[]): Promise<{ status: number; world: World }> {
  return lintIn({}, severity, ...args);
}

async function lintIn(setting: Setting, severity: string, ...args: string[]) {
  const world = worldWith({ 'openapi.yaml': undescribed }, setting);
  const status = await main(['lint', '--rule', `${rule}=${severity}`, 'openapi.yaml', ...args], world);
  return { status, world };
}

describe('the exit code of lint', () => {
  it.each([
    ['error', [], 1],
    ['warn', [], 0],
    ['warn', ['--fail-on', 'warn'], 1],
    ['info', ['--fail-on', 'warn'], 0],
    ['info', ['--fail-on', 'info'], 1],
    ['error', ['--fail-on', 'never'], 0],
    ['warn', ['--max-warnings', '2'], 0],
    ['warn', ['--max-warnings', '1'], 1],
    ['info', ['--max-warnings', '0'], 0],
    ['off', ['--fail-on', 'info'], 0],
  ])('with findings of severity %s and %j is %i', async (severity, args, expected) => {
    expect((await lint(severity, ...args)).status).toBe(expected);
  });
});

describe('lint', () => {
  it('reports errors only when it is to be quiet, and still counts warnings', async () => {
    const { status, world } = await lint('warn', '--quiet', '--max-warnings', '0', '--format', 'json');
    expect(JSON.parse(world.written.stdout)).toMatchObject({ problems: [], counts: { error: 0, warn: 0, info: 0 } });
    expect(world.written.stderr).toBe('apiarch: 2 warnings are more than the 0 of --max-warnings.\n');
    expect(status).toBe(1);
  });

  it('writes several reports', async () => {
    const { world } = await lint('warn', '--format', 'json:reports/lint.json', '-f', 'compact');
    const report = JSON.parse(readFileSync(join(world.cwd, 'reports/lint.json'), 'utf8'));
    expect(report.counts).toEqual({ error: 0, warn: 2, info: 0 });
    expect(world.written.stdout.trimEnd().split('\n')).toHaveLength(2);
  });

  it('reads standard input', async () => {
    const world = worldWith({}, { stdin: undescribed });
    const status = await main(['lint', '--rule', rule, '-', '--stdin-path', 'apis/x.yaml', '-f', 'compact'], world);
    expect(world.written.stdout).toContain('apis/x.yaml:5:5');
    expect(status).toBe(0);
  });

  it('tells on stderr how long rules took', async () => {
    const { world } = await lint('warn', '--timing');
    expect(world.written.stderr).toMatch(new RegExp(`^ +\\d+\\.\\d ms {2}${rule}$`, 'm'));
  });

  it('gives the same bytes twice', async () => {
    const [one, two] = [await lint('warn'), await lint('warn')];
    expect(one.world.written.stdout).toBe(two.world.written.stdout);
    expect(one.world.written.stdout).not.toBe('');
  });

  it('takes rulesets in order, and options from a file', async () => {
    const world = worldWith({
      'openapi.yaml': undescribed,
      'off.yaml': 'rules: { docs/*: off }',
      'on.json': JSON.stringify({ extends: ['off.yaml'], rules: { [rule]: 'error' } }),
    });
    expect(await main(['lint', '-r', 'off.yaml', '--fail-on', 'info'], world)).not.toBe(2);
    expect(world.written.stdout).not.toContain(rule);
    expect(await main(['lint', '-r', 'on.json'], world)).toBe(1);
    expect(world.written.stdout).toContain(rule);
  });

  it('reads nothing outside of the project unless it is allowed', async () => {
    const outside = worldWith({ 'orders.yaml': 'get: { description: elsewhere }\n' });
    const text = `openapi: 3.1.0\npaths:\n  /orders:\n    $ref: '${outside.cwd}/orders.yaml'\n`;
    const files = async (...args: string[]) => {
      const world = worldWith({ 'openapi.yaml': text });
      await main(['lint', '--rule', rule, '-f', 'json', ...args], world);
      return JSON.parse(world.written.stdout).files;
    };
    expect(await files()).toBe(1);
    expect(await files('--allow-outside', outside.cwd)).toBe(2);
  });
});

describe('colour', () => {
  const colored = '\u001b[';
  it.each<[boolean, Setting, string[]]>([
    [false, {}, []],
    [true, {}, ['--color']],
    [true, { isTTY: true }, []],
    [false, { isTTY: true }, ['--no-color']],
    [false, { isTTY: true, env: { NO_COLOR: '1' } }, []],
    [true, { isTTY: true, env: { NO_COLOR: '' } }, []],
    [true, { isTTY: true, env: { NO_COLOR: '1' } }, ['--color']],
    [true, { env: { FORCE_COLOR: '1' } }, []],
    [false, { isTTY: true, env: { FORCE_COLOR: '0' } }, []],
    [false, { isTTY: true, env: { TERM: 'dumb' } }, []],
  ])('is %j with %j and %j', async (expected, setting, args) => {
    const { world } = await lintIn(setting, 'warn', '--no-progress', ...args);
    expect(world.written.stdout.includes(colored)).toBe(expected);
  });
});

describe('a bug', () => {
  const broken = () => ({
    ...worldWith({}),
    kind() {
      throw new TypeError('kind is broken');
    },
  });

  it('is one line that asks for a report', async () => {
    const world = broken();
    expect(await main(['lint', 'x.yaml'], world)).toBe(2);
    expect(world.written.stderr).toMatch(
      /^apiarch: this is a bug \(TypeError: kind is broken\); please report it .*\n$/,
    );
  });

  it('shows its stack when asked', async () => {
    const world = broken();
    await main(['lint', 'x.yaml', '--verbose'], world);
    expect(world.written.stderr).toContain(`    at `);
  });
});

describe('rules', () => {
  async function rulesAsJson(...args: string[]) {
    const world = worldWith({});
    expect(await main(['rules', '--format', 'json', ...args], world)).toBe(0);
    return JSON.parse(world.written.stdout) as { id: string; severity: Record<string, string> }[];
  }

  it('gives every rule in the public shape', async () => {
    const all = await rulesAsJson();
    expect(all.length).toBeGreaterThan(0);
    for (const entry of all) {
      expect(Object.keys(entry)).toEqual(
        'id summary why languages severity fixable options equivalents sources'.split(' '),
      );
      expect(Object.keys(entry.severity)).toEqual(Object.keys(rulesets));
      for (const level of Object.values(entry.severity)) expect(['error', 'warn', 'info', 'off']).toContain(level);
    }
  });

  it('chooses by equivalent, language and ruleset', async () => {
    const ids = async (...args: string[]) => (await rulesAsJson(...args)).map(({ id }) => id);
    expect(await ids('--equivalent', 'spectral:operation-description')).toEqual([rule]);
    expect(await ids('--equivalent', 'spectral:no-such-rule')).toEqual([]);
    expect(await ids('--language', 'openapi')).toContain(rule);
    for (const { severity } of await rulesAsJson('--ruleset', 'recommended')) {
      expect(severity['recommended']).not.toBe('off');
    }
  });

  it('prints a row for each as a table and as Markdown', async () => {
    const all = (await rulesAsJson()).length;
    for (const [format, more] of [
      ['table', 1],
      ['markdown', 2],
    ] as const) {
      const world = worldWith({});
      await main(['rules', '-f', format], world);
      expect(world.written.stdout.trimEnd().split('\n')).toHaveLength(all + more);
    }
  });
});

it('explain tells all about a rule', async () => {
  const world = worldWith({});
  expect(await main(['explain', rule], world)).toBe(0);
  for (const part of [
    rule,
    'Bad (OpenAPI)',
    'Good (Protocol Buffers)',
    '^^^',
    'Sources',
    'Equivalents',
    `apiarch-ignore ${rule}: why`,
  ]) {
    expect(world.written.stdout).toContain(part);
  }
});
