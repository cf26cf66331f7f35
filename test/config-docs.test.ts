// What docs/configuration.md shows works as it is shown.
import { readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { configSchema } from '../scripts/config-schema.ts';
import { main } from '../src/cli.ts';
import { rulesets } from '../src/config/rulesets.ts';
import { lint, loadConfig } from '../src/index.ts';
import { rules } from '../src/rules/index.ts';
import { worldWith } from './world.ts';

const page = readFileSync('docs/configuration.md', 'utf8');
const validate = new Ajv2020.default({ strict: false }).compile(JSON.parse(configSchema(rules, rulesets)));
const folders = { 'billing/a.proto': 'syntax = "proto3";', 'third_party/b.proto': 'syntax = "proto3";' };
const numbers = {
  'openapi.yaml':
    'openapi: 3.1.0\ninfo: { title: A, version: 1.0.0 }\npaths: {}\ncomponents:\n  schemas:\n    User:\n      properties:\n        id: { type: integer }\n        uuid: { type: integer }\n',
  'schema.graphql': 'type Query {\n  id: Int!\n  name: ID\n}\n',
  'user.proto': 'syntax = "proto3";\nmessage User {\n  int64 id = 1;\n  string uuid = 2;\n}\n',
};

it.each(blocks('yaml'))('takes the example %#', async (text) => {
  expect(validate(parse(text)), JSON.stringify(validate.errors)).toBe(true);
  const plugin = blocks('ts')[0]!;
  const world = worldWith({ 'apiarch.yaml': text, 'rules/team.ts': plugin, ...folders });
  expect(await main(['lint', '--print-config', 'openapi.yaml'], world)).toBe(0);
});

it('runs the plugin in the three languages', async () => {
  const config = 'extends: []\nplugins: ./rules/team.ts\nrules: { team/ids-opaque: error }\n';
  const world = worldWith({ 'apiarch.yaml': config, 'rules/team.ts': blocks('ts')[0]!, ...numbers });
  expect(await main(['lint', '-f', 'compact'], world)).toBe(1);
  expect(world.written.stdout).toBe(
    [
      'openapi.yaml:8:9 error team/ids-opaque `id` is a number.',
      'schema.graphql:2:3 error team/ids-opaque `id` is a number.',
      'user.proto:3:9 error team/ids-opaque `id` is a number.',
      '',
    ].join('\n'),
  );
});

it('has examples of the plugin that are what they say', async () => {
  const world = worldWith({ 'apiarch.yaml': 'plugins: ./team.ts\n', 'team.ts': blocks('ts')[0]! });
  expect(await main(['explain', 'team/ids-opaque'], world)).toBe(0);
  expect(world.written.stdout.match(/is a number\./g)).toHaveLength(3);
});

it('lints by a configuration from programs', async () => {
  const world = worldWith({
    'apiarch.yaml':
      'extends: []\nplugins: ./team.ts\nrules: { docs/operation-described: error }\nignore: vendor\n' +
      'overrides: [{ elements: "#/paths/~1old", rules: { docs/*: off } }]\napis: { all: { files: "*.graphql" } }\n',
    'team.ts': blocks('ts')[0]!,
  });
  const config = await loadConfig(`${world.cwd}/apiarch.yaml`);
  const documents = {
    [`${world.cwd}/a.yaml`]: 'openapi: 3.1.0\npaths:\n  /old: { get: {} }\n  /new: { get: {} }\n',
    [`${world.cwd}/vendor/a.yaml`]: 'openapi: 3.1.0\npaths:\n  /new: { get: {} }\n',
    [`${world.cwd}/a.graphql`]: 'type Query { id: Int }',
    [`${world.cwd}/b.graphql`]: 'type Alone { id: Int }',
  };
  const told = async (options: Parameters<typeof lint>[1]) =>
    (await lint(documents, options)).problems.map(({ rule, severity, element }) => `${severity} ${rule} ${element}`);
  expect(await told({ config })).toEqual([
    'error docs/operation-described Query.id',
    'warn team/ids-opaque Query.id',
    'error docs/operation-described #/paths/~1new/get',
    'warn team/ids-opaque Alone.id',
  ]);
  expect(await told({ config, rules: { 'team/*': 'off' } })).toEqual([
    'error docs/operation-described Query.id',
    'error docs/operation-described #/paths/~1new/get',
  ]);
  expect(await told({ config, rulesets: [{ rules: { 'docs/operation-described': 'info' } }] })).toEqual([
    'info docs/operation-described Query.id',
    'info docs/operation-described #/paths/~1new/get',
  ]);
  await expect(lint(documents, { rules: { 'docs/operation-describd': 'off' } })).rejects.toThrow('did you mean');
  await expect(loadConfig(`${world.cwd}/gone.yaml`)).rejects.toThrow('cannot be read');
});

/** The code blocks of the page in a language. */
function blocks(language: string): string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms'))].map(([, text]) => text!);
}
