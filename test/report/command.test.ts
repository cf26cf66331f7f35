// One run, all reports: they tell of the same problems.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { main } from '../../src/cli.ts';
import { worldWith } from '../world.ts';
import { all, parseXml } from './xml.ts';

const files = {
  'a "b"/<open>,50%.yaml': [
    'openapi: 3.1.0',
    'info: { title: "T | \\u0007 `x`", version: "1" }',
    'paths:',
    '  /getUsers/{id}&{0}:',
    '    get: { summary: "<b>::error::</b> @me [a](b)", responses: { "204": { content: {} } } }',
    '',
  ].join('\r\n'),
  'schema.graphql': 'type Query { get_users: [User] }\ntype User { id: Float }\n',
  'a.proto': 'syntax = "proto3";\npackage Bad;\nmessage a { string B = 1; int32 c = 1; }\n',
};

it('writes several reports at once that agree with each other and with the exit code', async () => {
  const world = worldWith(files);
  const formats = ['json', 'sarif', 'github', 'gitlab', 'junit', 'checkstyle', 'markdown', 'agent'];
  const args = formats.flatMap((name) => ['-f', `${name}:out.${name}`]);
  expect(await main(['lint', '-f', 'compact', ...args], world)).toBe(1);
  const read = (name: string) => readFileSync(join(world.cwd, `out.${name}`), 'utf8');

  const { counts } = JSON.parse(read('json'));
  const expected = [counts.error, counts.warn, counts.info];
  expect(Math.min(...expected)).toBeGreaterThan(0);
  const count = (items: readonly string[], ...names: string[]) =>
    names.map((name) => items.filter((item) => item === name).length);

  const sarif = JSON.parse(read('sarif')).runs[0].results.map(({ level }: { level: string }) => level);
  expect(count(sarif, 'error', 'warning', 'note')).toEqual(expected);
  const commands = read('github').match(/^::\w+ file/gm)!;
  expect(count(commands, '::error file', '::warning file', '::notice file')).toEqual(expected);
  const issues = JSON.parse(read('gitlab')).map(({ severity }: { severity: string }) => severity);
  expect(count(issues, 'critical', 'major', 'info')).toEqual(expected);
  const errors = all(parseXml(read('checkstyle')), 'error').map(({ attributes }) => attributes['severity']!);
  expect(count(errors, 'error', 'warning', 'info')).toEqual(expected);
  const lines = all(parseXml(read('junit')), 'failure').flatMap(({ text }) => text.trim().split('\n'));
  expect(lines).toHaveLength(world.written.stdout.trimEnd().split('\n').length);
  const rows = read('markdown').match(/^\| \S+ (error|warn|info) \|/gm)!;
  expect(rows).toHaveLength(lines.length);
  const heads = [...read('agent').matchAll(/^# (\w+) \S+ ×(\d+)/gm)];
  expect(heads.reduce((sum, [, , number]) => sum + Number(number), 0)).toBe(lines.length);

  // Nothing that came from the documents steers a terminal or ends a line.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for.
  for (const name of formats) expect(read(name).replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
});

it('reports errors only when told to be quiet', async () => {
  const world = worldWith(files);
  await main(['lint', '--quiet', '-f', 'agent', '-f', 'github:out.github', '-f', 'json:out.json'], world);
  const { counts } = JSON.parse(readFileSync(join(world.cwd, 'out.json'), 'utf8'));
  expect(counts).toEqual({ error: expect.any(Number), warn: 0, info: 0 });
  expect(readFileSync(join(world.cwd, 'out.github'), 'utf8').match(/^::(?!error)/gm)).toBe(null);
  expect(world.written.stdout).toMatch(new RegExp(`^${counts.error} errors? in 3 files(?:;.*)?\n$`, 'm'));
});
