import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import fc from 'fast-check';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { configSchema } from '../scripts/config-schema.ts';
import { main } from '../src/cli.ts';
import { type ConfigChoice, loadConfig } from '../src/config/config.ts';
import { elementMatcher, fileMatcher } from '../src/config/pattern.ts';
import { rulesets } from '../src/config/rulesets.ts';
import { Failure } from '../src/failure.ts';
import { filesBelow } from '../src/io.ts';
import { rules } from '../src/rules/index.ts';
import { worldWith } from './world.ts';

function load(files: Record<string, string>, choice: ConfigChoice = {}, folder = '') {
  const world = worldWith(files);
  return loadConfig(choice, rules, { ...world, ...filesBelow(join(world.cwd, folder)) });
}

describe('a file pattern', () => {
  it.each([
    ['a.yaml', ['a.yaml', 'a.yaml/below'], ['b/a.yaml', 'a.yamll', 'axyaml']],
    ['./a.yaml', ['a.yaml'], []],
    ['vendor', ['vendor/a', 'vendor/b/c'], ['vendors/a', 'x/vendor/a']],
    ['vendor/', ['vendor/a'], []],
    ['*.yaml', ['a.yaml', '.yaml'], ['b/a.yaml', 'a.yml']],
    ['**/*.yaml', ['a.yaml', 'b/a.yaml', 'c/b/a.yaml'], ['a.yml']],
    ['a/**/z', ['a/z', 'a/b/z', 'a/b/c/z/d'], ['a/y', 'b/z']],
    ['**/a/*/b/**', ['a/x/b', 'a/a/b/b/c', 'q/a/a/x/b'], ['a/b', 'a/x/y/b']],
    ['v?/[a-c].{yaml,yml}', ['v1/a.yaml', 'v2/c.yml'], ['v/a.yaml', 'v10/a.yaml', 'v1/d.yaml', 'v1/a.json']],
    ['[!a]*', ['b', 'ba'], ['a', 'ab']],
    ['{a,b{c,d}}/x', ['a/x', 'bc/x', 'bd/x'], ['b/x', 'a/y']],
    ['\\*.yaml', ['*.yaml'], ['a.yaml']],
    ['(a+b).yaml', ['(a+b).yaml'], ['aab.yaml']],
    ['../shared/**', ['../shared/a.yaml'], ['shared/a.yaml']],
    ['**', ['a', 'a/b'], []],
  ])('%s', (glob, inside, outside) => {
    const matcher = fileMatcher([glob]);
    expect(inside.filter((path) => !matcher(path))).toEqual([]);
    expect(outside.filter(matcher)).toEqual([]);
  });

  it('may leave out, and the last that fits decides', () => {
    const some = fileMatcher(['a/**', '!a/b/**', 'a/b/c']);
    expect(['a/x', 'a/b/x', 'a/b/c', 'x'].filter(some)).toEqual(['a/x', 'a/b/c']);
    expect(['a/x', 'b'].filter(fileMatcher(['!a']))).toEqual(['b']);
  });

  it('takes no exponential time or room', () => {
    expect(fileMatcher(['*a'.repeat(50)])('a'.repeat(5000))).toBe(true);
    expect(fileMatcher(['**/a/'.repeat(50)])(`${'a/'.repeat(2000)}b`)).toBe(true);
    expect(fileMatcher([`${'**/a/'.repeat(50)}c`])(`${'a/'.repeat(2000)}b`)).toBe(false);
    expect(() => fileMatcher(['{a,b}'.repeat(30)])).toThrow(RangeError);
  });

  it('agrees with a regular expression that is written by hand', () => {
    const name = fc.array(fc.constantFrom('a', 'b', '/'), { maxLength: 8 }).map((parts) => parts.join(''));
    const glob = fc.array(fc.constantFrom('a', 'b', '*', '**', '/', '/'), { minLength: 1, maxLength: 7 });
    fc.assert(
      fc.property(glob, name, (parts, path) => {
        const written = parts.join('');
        const segments = written.replace(/^\/+/, '').replace(/\/+$/, '').split(/\/+/);
        const body = segments.map((one) => (one === '**' ? '(?:[^/]*/)*' : `${one.replaceAll(/\*+/g, '[^/]*')}/`));
        const expected = new RegExp(`^${body.join('')}(?:[^/]*/)*$`).test(`${path}/`);
        expect(fileMatcher([written])(path)).toBe(expected);
      }),
    );
  });
});

it.each([
  ['#/paths/~1users/**', ['#/paths/~1users', '#/paths/~1users/get'], ['#/paths/~1users~1{id}', 'paths']],
  ['#/paths/~1users', ['#/paths/~1users/get'], []],
  ['#/paths/~1users*/*/responses', ['#/paths/~1users~1{id}/get/responses/200'], ['#/paths/~1users/responses']],
  ['#/paths/~1users~1{id}', ['#/paths/~1users~1{id}/get'], ['#/paths/~1users~1id']],
  ['#/**/deprecated', ['#/paths/~1a/get/deprecated', '#/deprecated'], ['#/paths']],
  ['Query.legacy*', ['Query.legacyUsers', 'Query.legacyUsers(first:)'], ['Query', 'Query.users', 'AQuery.legacy']],
  ['Query.users(first:)', ['Query.users(first:)'], ['Query.users', 'Query.users(last:)']],
  ['acme.v1.**', ['acme.v1', 'acme.v1.User.email'], ['acme.v10.User', 'acme']],
  ['*.v1', ['acme.v1.User'], ['acme.shop.v1']],
])('an element pattern: %s', (pattern, inside, outside) => {
  const matcher = elementMatcher([pattern]);
  expect(inside.filter((element) => !matcher(element))).toEqual([]);
  expect(outside.filter(matcher)).toEqual([]);
});

describe('the configuration', () => {
  it('is looked for up to the git root, one name after the other', async () => {
    const files = {
      'a/b/x': '',
      'apiarch.json': '{}',
      'a/apiarch.yml': '',
      'a/apiarch.yaml': '',
      'a/package.json': '',
    };
    expect((await load(files, {}, 'a/b')).path).toBe('../apiarch.yaml');
    expect((await load({ 'a/x': '', 'package.json': '{ "apiarch": {} }' }, {}, 'a')).path).toBe('../package.json');
    expect((await load({ 'package.json': '{ "dependencies": { "apiarch": "1" } }' })).path).toBe(null);
    expect((await load({ 'package.json': '{ "apiarch": ' })).path).toBe(null);
    expect((await load({ 'apiarch.yaml': 'rules: {', 'sub/.git/x': '', 'sub/x': '' }, {}, 'sub')).path).toBe(null);
  });

  it('is the project: references may go where it stands, and globs start there', async () => {
    const pathItem = 'get: {}\n';
    const document =
      'openapi: 3.1.0\ninfo: { title: A, version: 1.0.0 }\npaths:\n  /a: { $ref: ../shared/path.yaml }\n';
    const config =
      'extends: []\nrules: { docs/operation-described: warn, structure/reference-resolves: error }\n' +
      'overrides: [{ files: shared/**, rules: { docs/operation-described: info } }]\n';
    const files = { 'top/apiarch.yaml': config, 'top/shared/path.yaml': pathItem, 'top/apis/a.yaml': document };
    const world = worldWith(files);
    const inside = { ...world, ...filesBelow(join(world.cwd, 'top/apis')) };
    expect(await main(['lint', '-f', 'compact'], inside)).toBe(0);
    expect(world.written.stdout).toBe(
      '../shared/path.yaml:1:1 info docs/operation-described `GET /a` has no description.\n',
    );
  });

  it.each([
    ['nests', `rules: ${'{a: '.repeat(20_000)}`, /nests too deeply|not YAML/],
    ['multiplies', `ignore: &a [x]\nrules: { docs/*: ${'['.repeat(10)}*a${']'.repeat(10)} }`, /a severity is one of/],
    ['is large', `# ${'x'.repeat(1_000_001)}`, /too large/],
    ['is binary', '\u0000\u0001', /apiarch\.yaml/],
    ['is several documents', 'rules: {}\n---\nrules: {}\n', /not YAML/],
    ['says a thing twice', 'failOn: warn\nfailOn: info\n', /apiarch\.yaml:2:1: it is not YAML/],
    ['has a key that is no text', '? [a]\n: b\n', /there is no key/],
  ])('fails with a sentence where it %s', async (_, text, sentence) => {
    const failure = await load({ 'apiarch.yaml': text }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Failure);
    expect((failure as Failure).message).toMatch(sentence);
    expect((failure as Failure).message).not.toContain('\n');
  });

  it('bounds options that alias themselves over and over', async () => {
    const levels = Array.from({ length: 30 }, (_, i) => `  - &a${i + 1} [*a${i}, *a${i}]`).join('\n');
    const text = `rules:\n  versioning/version-is-major:\n    severity: warn\n    options: { dates: *a30 }\n`;
    const bomb = `ignore:\n  - &a0 x\n${levels}\n${text}`;
    await expect(load({ 'apiarch.yaml': bomb })).rejects.toThrow(/apiarch\.yaml:\d+:\d+: /);
  });

  it('ends where rulesets extend each other over and over', async () => {
    const chain = Object.fromEntries(
      Array.from({ length: 40 }, (_, i) => [`r${i}.yaml`, `extends: [./r${i + 1}.yaml, ./r${i + 1}.yaml]\n`]),
    );
    const files = { ...chain, 'r40.yaml': 'rules: {}\n', 'apiarch.yaml': 'extends: ./r0.yaml\n' };
    await expect(load(files)).rejects.toThrow('rulesets extend each other too often');
    const circle = {
      'apiarch.yaml': 'extends: ./a.yaml',
      'a.yaml': 'extends: ./b.yaml',
      'b.yaml': 'extends: ./a.yaml',
    };
    await expect(load(circle)).rejects.toThrow('b.yaml:1:10: the ruleset `a.yaml` extends itself.');
  });

  it('tells rulesets of Spectral apart, in order', async () => {
    const { spectral } = await load({
      'apiarch.yaml': 'extends: [./team.yaml, ./.spectral.json, ./house.yaml, ./code.mjs, spectral-package]\n',
      'team.yaml': 'rules:\n  a: { given: $, then: { function: truthy } }\n',
      '.spectral.json': '{ "extends": "spectral:oas" }',
      'house.yaml': 'extends: [./oas.yaml]\nrules: { docs/*: off, spectral/a: off }\n',
      'oas.yaml': 'extends: [[spectral:oas, off]]\nrules: { operation-tags: true }\n',
      'code.mjs': 'export default {};\n',
      'node_modules/spectral-package/package.json': '{ "name": "spectral-package", "main": "index.js" }',
      'node_modules/spectral-package/index.js': 'module.exports = {};\n',
    });
    expect(spectral).toEqual([
      'team.yaml',
      '.spectral.json',
      'oas.yaml',
      'code.mjs',
      'node_modules/spectral-package/index.js',
    ]);
  });

  it('takes nothing of what it extends when rulesets are named', async () => {
    const files = { 'apiarch.yaml': 'extends: ./gone.yaml\nrules: { docs/*: info }\n' };
    const { rulesets: inOrder } = await load(files, { rulesets: [] });
    expect(inOrder.map(({ rules }) => rules)).toEqual([{}, { 'docs/*': 'info' }]);
  });

  it('costs a run without one neither a YAML library nor a compiler', () => {
    const reached = new Set<string>();
    const visit = (file: string): void => {
      if (reached.has(file)) return;
      reached.add(file);
      if (!file.startsWith('src/')) return;
      for (const name of staticImports(file)) {
        visit(name.startsWith('.') ? posix.join(posix.dirname(file), name) : name);
      }
    };
    for (const file of ['src/cli.ts', 'src/commands/lint.ts', 'src/commands/rules.ts']) visit(file);
    expect(reached).toContain('src/config/policy.ts');
    expect([...reached].filter((name) => ['yaml', 'jiti', 'ajv'].includes(name))).toEqual([]);
  });
});

describe('the schema of the configuration', () => {
  const schema = JSON.parse(configSchema(rules, rulesets));
  const validate = new Ajv2020.default({ strict: false }).compile(schema);

  it('is the one that is shipped', () => {
    expect(readFileSync('rulesets/apiarch.schema.json', 'utf8'), 'npm run docs mends it').toBe(
      configSchema(rules, rulesets),
    );
  });

  it('describes each rule', () => {
    const { properties } = schema.$defs.rules;
    expect(rules.filter(({ id }) => !properties[id]?.description.startsWith('Checks that '))).toEqual([]);
  });

  it.each([
    'extends: recommended',
    'extends: [strict, rest]',
    'extends: []\nrules: { docs/*: off, naming/path-case: error }',
    'rules: { pagination/limit-bounded: { severity: warn } }',
    'rules: { versioning/version-is-major: { severity: warn, options: { dates: true } } }',
    'overrides: [{ files: a, rules: { docs/*: off } }, { elements: [A.b], files: [c], rules: {} }]',
    'overrides: [{ files: a, rules: { versioning/version-is-major: { severity: warn, options: { dates: true } } } }]',
    'ignore: vendor\nfailOn: never\nbaseline: known.json\nplugins: []\napis: { a: { files: [b] } }',
  ])('takes what is right: %s', async (text) => {
    expect(validate(parse(text)), JSON.stringify(validate.errors)).toBe(true);
    await expect(load({ 'apiarch.yaml': text })).resolves.toBeDefined();
  });

  it('takes rules and rulesets that only a run can know', () => {
    const text =
      'extends: [./house.yaml, some-package]\nrules: { team/*: warn, spectral/a_B: off, team/own: { severity: info, options: { a: 1 } } }';
    expect(validate(parse(text)), JSON.stringify(validate.errors)).toBe(true);
  });

  it.each([
    'extend: recommended',
    'extends: 7',
    'rules: { naming/path-cases: error }',
    'rules: { naming/path-case: warning }',
    'rules: { naming/path-case: { options: {} } }',
    'rules: { naming/path-case: { severity: warn, options: { nothing: 1 } } }',
    'rules: { docs/*: { severity: warn, option: {} } }',
    'rules: { versioning/version-is-major: { severity: warn, options: { date: true } } }',
    'rules: { versioning/version-is-major: { severity: warn, options: { dates: maybe } } }',
    'overrides: [{ rules: {} }]',
    'overrides: [{ files: a }]',
    'overrides: [{ file: a, rules: {} }]',
    'overrides: [{ elements: a, rules: { versioning/version-is-major: { severity: warn, options: { dates: true } } } }]',
    'overrides: { files: a, rules: {} }',
    'ignore: [7]',
    'failOn: warning',
    'apis: { a: {} }',
    'apis: { a: { files: b, protoPath: c } }',
    'plugins: { a: b }',
    'baseline: [a]',
  ])('refuses what the reader refuses: %s', async (text) => {
    expect(validate(parse(text))).toBe(false);
    await expect(load({ 'apiarch.yaml': text })).rejects.toThrow(/^apiarch\.yaml:1:\d+: /);
  });
});

it('lists the rules of plugins beside ours', async () => {
  const plugin = `export const rules = ['a', 'b'].map((name) => ({
    id: 'team/' + name, summary: name, why: name, checks: { graphql: { good: '', bad: '', find: () => [] } },
  }));`;
  const world = worldWith({ 'apiarch.yaml': 'plugins: ./team.mjs\n', 'team.mjs': plugin });
  expect(await main(['rules', '-f', 'json', '--language', 'graphql'], world)).toBe(0);
  const listed = JSON.parse(world.written.stdout).filter(({ id }: { id: string }) => id.startsWith('team/'));
  expect(listed).toMatchObject([
    { id: 'team/a', languages: ['graphql'], severity: { strict: 'warn' } },
    { id: 'team/b' },
  ]);
  const without = worldWith({ 'apiarch.yaml': 'plugins: ./gone.mjs\n' });
  expect(await main(['rules', '--no-config', '-f', 'json'], without)).toBe(0);
});

/** The modules that a file loads with itself: what it imports neither by `import()` nor as types. */
function staticImports(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  return source.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
    const isType = ts.isImportDeclaration(statement) ? statement.importClause?.isTypeOnly : statement.isTypeOnly;
    const from = statement.moduleSpecifier;
    return from && ts.isStringLiteral(from) && !isType && /\.ts$|^[a-z]/.test(from.text) ? [from.text] : [];
  });
}
