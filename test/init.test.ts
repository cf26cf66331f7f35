// What `init` writes is read by `lint`, and what it carries over means what it meant.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { main } from '../src/cli.ts';
import { loadConfig } from '../src/config/config.ts';
import { resolveRulesets } from '../src/config/rulesets.ts';
import { inlineNotes } from '../src/init/carry/inline.ts';
import { exportOf } from '../src/init/carry/literals.ts';
import { NamedSet, spreads, Unknown } from '../src/init/carry/unread.ts';
import { tokens } from '../src/languages/graphql/scan.ts';
import { lex } from '../src/languages/protobuf/lex.ts';
import { rules } from '../src/rules/index.ts';
import { Source } from '../src/text/source.ts';
import { type World, worldWith } from './world.ts';

const openapi = 'openapi: 3.1.0\ninfo: { title: Orders, version: 1.0.0 }\npaths: {}\n';
const graphql = 'type Query { me: String }\n';
const proto = 'syntax = "proto3";\npackage acme.v1;\n';

/** A world after `init`, which must succeed. */
async function initialised(files: Readonly<Record<string, string>>, ...args: string[]): Promise<World> {
  const world = worldWith(files);
  const status = await main(['init', ...args], world);
  expect(world.written.stderr).not.toMatch(/^apiarch: (?!there is)/m);
  expect(status).toBe(0);
  return world;
}

/** How loud rules are by the configuration that was written, and their options. */
async function resolved(world: World) {
  const config = await loadConfig({}, rules, world);
  return resolveRulesets(config.rulesets, rules);
}

/** What stands below `Not carried over`. */
function leftBy({ written }: World): string[] {
  return [...written.stdout.matchAll(/^ {2}(.*)$/gm)].map(([, line]) => line!);
}

describe('init', () => {
  it('writes a configuration for what is there, which is read', async () => {
    const world = await initialised({ 'a.yaml': openapi, 'b.graphql': graphql, 'c.proto': proto });
    expect(parse(world.read('apiarch.yaml'))).toEqual({
      extends: ['recommended', 'rest', 'graphql', 'grpc'],
      failOn: 'error',
    });
    expect((await loadConfig({}, rules, world)).failOn).toBe('error');
    expect(await main(['lint'], world)).not.toBe(2);
  });

  it('takes the rulesets that are asked for, and a baseline', async () => {
    const world = await initialised({ 'a.yaml': openapi }, '--ruleset', 'strict', '--ruleset', 'zalando', '--baseline');
    expect(parse(world.read('apiarch.yaml'))).toMatchObject({
      extends: ['strict', 'zalando'],
      baseline: 'apiarch-baseline.json',
    });
    expect(world.written.stdout).toContain('npx apiarch lint --update-baseline');
  });

  it('prints a diff and writes nothing with --dry-run', async () => {
    const world = await initialised({ 'a.yaml': openapi }, '--dry-run', '--ci', 'github', '--pre-commit');
    expect(world.kind('apiarch.yaml')).toBeNull();
    expect(world.kind('.github')).toBeNull();
    const whole = await initialised({ 'a.yaml': openapi });
    const added = world.written.stdout
      .split(/^--- /m)[1]!
      .split('\n')
      .filter((line) => /^\+(?!\+)/.test(line));
    expect(added.map((line) => line.slice(1)).join('\n')).toBe(whole.read('apiarch.yaml').trimEnd());
  });

  it('replaces with --force', async () => {
    const world = await initialised({ 'apiarch.yaml': 'extends: strict\n' }, '--force', '--ruleset', 'docs');
    expect(parse(world.read('apiarch.yaml')).extends).toEqual(['docs']);
  });

  it('asks nothing without a terminal, and nothing in CI with one', async () => {
    const world = worldWith({ '.spectral.yaml': 'extends: spectral:oas\n' }, { isTTY: true, env: { CI: 'true' } });
    expect(await main(['init'], world)).toBe(0);
    expect(world.written.stderr).toBe(
      'apiarch: there is `.spectral.yaml`; `--from spectral` carries its settings over.\n',
    );
  });

  it('names no file of another linter that cannot be read twice', async () => {
    const world = worldWith({ 'buf.yaml': 'version: [\n' });
    expect(await main(['init', '--from', 'buf'], world)).toBe(2);
    expect(world.written.stderr).toMatch(/^apiarch: `buf\.yaml` is neither YAML nor JSON: .*\.\n$/);
    expect(world.kind('apiarch.yaml')).toBeNull();
  });
});

describe('init --from spectral', () => {
  it('is spectral-oas where nothing is changed', async () => {
    const world = await initialised(
      { 'a.yaml': openapi, '.spectral.json': '{ "extends": "spectral:oas" }' },
      '--from',
      'spectral',
    );
    expect(parse(world.read('apiarch.yaml')).extends).toEqual(['spectral-oas']);
    expect(world.kind('custom.spectral.yaml')).toBeNull();
  });

  it('knows numbers, words and truth as severities, and both versions of a rule as one', async () => {
    const ruleset = {
      extends: [['spectral:oas', 'off']],
      rules: {
        'operation-description': 0,
        'operation-tags': 'hint',
        'info-contact': true,
        'oas3-unused-component': { severity: 'warn' },
        'tag-description': false,
      },
    };
    const world = await initialised({ 'a.yaml': openapi, '.spectral.yaml': stringify(ruleset) }, '--from', 'spectral');
    expect(parse(world.read('apiarch.yaml')).rules).toEqual({
      'docs/operation-described': 'error',
      'docs/operation-tagged': 'info',
      'docs/contact-declared': 'warn',
      'structure/type-used': 'warn',
    });
  });

  it('follows local rulesets, and leaves rules of its own to Spectral’s engine', async () => {
    const files = {
      'a.yaml': openapi,
      '.spectral.yaml': 'extends: [./rules/base.yaml]\nrules: { operation-tags: off }\n',
      'rules/base.yaml': `extends: spectral:oas
rules:
  operation-tags: error
  titled: { given: $.info.title, then: { function: truthy } }
`,
    };
    const world = await initialised(files, '--from', 'spectral');
    const config = parse(world.read('apiarch.yaml'));
    expect(config.extends).toEqual(['spectral-oas', './custom.spectral.yaml']);
    expect(config.rules['docs/operation-tagged']).toBe('off');
    const kept = parse(world.read('custom.spectral.yaml'));
    expect(kept.extends).toEqual(['./.spectral.yaml']);
    expect(kept.rules).not.toHaveProperty('titled');
    expect(kept.rules['operation-description']).toBe('off');
    const loaded = await loadConfig({}, rules, world);
    expect(loaded.spectral.map((path) => path.replace(/^\.\//, ''))).toEqual([
      expect.stringMatching(/custom\.spectral\.yaml$/),
    ]);
  });

  it('leaves a ruleset that is a program to Spectral’s engine', async () => {
    const world = await initialised(
      { 'a.yaml': openapi, '.spectral.js': 'export default {};\n' },
      '--from',
      'spectral',
    );
    expect(parse(world.read('apiarch.yaml')).extends).toEqual(['recommended', './.spectral.js']);
    expect(leftBy(world)).toEqual([expect.stringContaining('`.spectral.js`')]);
  });

  it('reports nothing twice', async () => {
    const files = {
      'a.yaml': `openapi: 3.1.0
info: { title: Orders, version: 1.0.0 }
servers: [{ url: https://api.acme.io }]
tags: [{ name: orders }]
paths:
  /orders: { get: { operationId: list, tags: [orders], responses: { '200': { description: ok } } } }
`,
      '.spectral.yaml': `extends: spectral:oas
rules:
  info-contact: off
  info-description: off
  titled: { given: $.info.title, message: 'Say whose they are.', then: { function: pattern, functionOptions: { match: ' ' } } }
`,
    };
    const world = await initialised(files, '--from', 'spectral');
    await main(['lint', '-f', 'json'], world);
    const { problems } = JSON.parse(world.written.stdout.slice(world.written.stdout.indexOf('{\n')));
    expect(problems.map(({ rule }: { rule: string }) => rule)).toEqual(['spectral/titled', 'docs/operation-described']);
  });

  it('carries overrides by file and by place', async () => {
    const document = `openapi: 3.1.0
info: { title: Orders, version: 1.0.0 }
paths:
  /old: { get: { operationId: old, responses: { '200': { description: ok } } } }
  /new: { get: { operationId: new, responses: { '200': { description: ok } } } }
`;
    const ruleset = `extends: [[spectral:oas, off]]
rules: { operation-description: error }
overrides:
  - files: ['api/a.yaml#/paths/~1old']
    rules: { operation-description: off }
  - files: ['legacy/*.yaml']
    rules: { operation-description: off }
`;
    const files = { 'api/a.yaml': document, 'legacy/b.yaml': document, '.spectral.yaml': ruleset };
    const world = await initialised(files, '--from', 'spectral');
    expect(await main(['lint', '-f', 'json'], world)).toBe(1);
    const { problems } = JSON.parse(world.written.stdout.slice(world.written.stdout.indexOf('{\n')));
    const found = problems.filter(({ rule }: { rule: string }) => rule === 'docs/operation-described');
    expect(found.map(({ file, element }: { file: string; element: string }) => `${file} ${element}`)).toEqual([
      'api/a.yaml #/paths/~1new/get',
    ]);
  });

  it('ends where rulesets extend each other', async () => {
    const files = {
      'a.yaml': openapi,
      '.spectral.yaml': 'extends: ./b.yaml\n',
      'b.yaml': 'extends: ./.spectral.yaml\n',
    };
    await initialised(files, '--from', 'spectral');
  });
});

describe('init --from redocly', () => {
  it('is redocly-recommended where nothing is said', async () => {
    const world = await initialised({ 'a.yaml': openapi, 'redocly.yaml': '' }, '--from', 'redocly');
    expect(parse(world.read('apiarch.yaml')).extends).toEqual(['redocly-recommended']);
  });

  it('carries other sets rule by rule', async () => {
    const world = await initialised({ 'a.yaml': openapi, 'redocly.yaml': 'extends: [minimal]\n' }, '--from', 'redocly');
    const levels = await resolved(world);
    expect(parse(world.read('apiarch.yaml')).extends).toEqual([]);
    expect(levels.get('docs/tag-described')?.severity).toBe('warn');
    expect(levels.get('naming/path-no-trailing-slash')?.severity ?? 'off').not.toBe('error');
  });

  it('overlooks what the list of what to ignore names', async () => {
    const document = `openapi: 3.1.0
info: { title: Orders, version: 1.0.0 }
paths:
  /a: { get: { summary: a, responses: { '200': { description: ok } } } }
  /b: { get: { summary: b, responses: { '200': { description: ok } } } }
`;
    const files = {
      'api/openapi.yaml': document,
      'redocly.yaml': 'extends: []\nrules: { operation-operationId: error }\n',
      '.redocly.lint-ignore.yaml': "api/openapi.yaml:\n  operation-operationId: ['#/paths/~1a/get/operationId']\n",
    };
    const world = await initialised(files, '--from', 'redocly');
    await main(['lint', '-f', 'json'], world);
    const { problems } = JSON.parse(world.written.stdout.slice(world.written.stdout.indexOf('{\n')));
    const found = problems.filter(({ rule }: { rule: string }) => rule === 'docs/operation-id-present');
    expect(found.map(({ element }: { element: string }) => element)).toEqual(['#/paths/~1b/get']);
  });
});

describe('init --from buf', () => {
  it('is buf-standard for STANDARD, DEFAULT and nothing said, in each version', async () => {
    for (const text of [
      'version: v2\n',
      'version: v1\nlint: { use: [DEFAULT] }\n',
      'version: v1\nlint: { use: [STANDARD] }\n',
    ]) {
      const world = await initialised({ 'a.proto': proto, 'buf.yaml': text }, '--from', 'buf');
      expect(parse(world.read('apiarch.yaml')).extends).toEqual(['buf-standard']);
      expect(parse(world.read('apiarch.yaml')).rules, text).toBeUndefined();
    }
  });

  it('reads the modules of a workspace, and paths from where they stand', async () => {
    const files = {
      'a/x/a.proto': proto,
      'buf.work.yaml': 'version: v1\ndirectories: [a, b]\n',
      'a/buf.yaml': 'version: v1\nbuild: { excludes: [gen] }\nlint: { use: [MINIMAL], ignore: [x/old.proto] }\n',
      'b/buf.yaml': 'version: v1\nlint: { use: [MINIMAL], ignore_only: { PACKAGE_DEFINED: [y] } }\n',
    };
    const config = parse((await initialised(files, '--from', 'buf')).read('apiarch.yaml'));
    expect(config.ignore).toEqual(['a/gen', 'a/x/old.proto']);
    expect(config.overrides).toEqual([{ files: ['b/y'], rules: { 'structure/package-declared': 'off' } }]);
    expect(config.rules['structure/package-declared']).toBe('error');
  });

  const binary = '.cache/bench/buf/node_modules/.bin/buf';
  it.skipIf(!existsSync(binary))('knows what is in the categories of Buf', () => {
    const presets = parse(readFileSync('src/init/carry/presets.yaml', 'utf8')).buf;
    for (const version of ['v1beta1', 'v1', 'v2']) {
      const out = execFileSync(binary, ['config', 'ls-lint-rules', '--version', version, '--format', 'json'], {
        encoding: 'utf8',
      });
      const theirs: Record<string, string[]> = {};
      for (const line of out.trim().split('\n')) {
        const { id, categories } = JSON.parse(line);
        for (const name of categories) theirs[name] = [...(theirs[name] ?? []), id].sort();
      }
      const ours = Object.fromEntries(
        Object.entries<string>(presets[version]).map(([name, ids]) => [name, ids.split(' ')]),
      );
      expect(ours, version).toEqual(theirs);
    }
  });
});

describe('init --from graphql-eslint', () => {
  it.each([
    ['.eslintrc.yml', 'overrides:\n  - files: ["*.graphql"]\n    extends: plugin:@graphql-eslint/schema-recommended\n'],
    ['.eslintrc.json', '// ours\n{ /* all */ "extends": ["plugin:@graphql-eslint/schema-recommended",], }\n'],
    ['package.json', '{"eslintConfig":{"extends":["plugin:@graphql-eslint/schema-recommended"]}}'],
    [
      'eslint.config.mjs',
      "import g from '@graphql-eslint/eslint-plugin';\nexport default [g.configs['flat/schema-recommended']];\n",
    ],
    ['.eslintrc.cjs', "module.exports = { extends: ['plugin:@graphql-eslint/schema-recommended'] };\n"],
  ])('reads %s', async (file, text) => {
    const world = await initialised({ 'a.graphql': graphql, [file]: text }, '--from', 'graphql-eslint');
    expect(parse(world.read('apiarch.yaml')).extends).toEqual(['graphql-eslint-recommended']);
  });

  it('says that there is nothing where ESLint is told nothing of GraphQL', async () => {
    const world = worldWith({ 'eslint.config.js': 'export default [];\n', 'package.json': '{}' });
    expect(await main(['init', '--from', 'graphql-eslint'], world)).toBe(2);
    expect(world.written.stderr).toMatch(/^apiarch: there is nothing to carry over: graphql-eslint looks for /);
  });

  it('never runs a program', async () => {
    const text = `import '@graphql-eslint/eslint-plugin';
globalThis.ran = true;
export default [{ rules: { '@graphql-eslint/alphabetize': process.env.LOUD ? 'error' : 'off', '@graphql-eslint/description-style': 1 } }];
`;
    const world = await initialised({ 'a.graphql': graphql, 'eslint.config.js': text }, '--from', 'graphql-eslint');
    expect(globalThis).not.toHaveProperty('ran');
    expect(parse(world.read('apiarch.yaml')).rules).toEqual({
      'docs/description-style': { severity: 'warn', options: { style: 'block' } },
    });
    expect(leftBy(world)).toEqual([expect.stringContaining('@graphql-eslint/alphabetize')]);
  });

  it('reads literals, constants, spreads and functions that give back what they are given', () => {
    const value = exportOf(
      `const base = { a: 1, b: [true, null, -0] } as const;
const { unread } = require('x');
export default defineConfig([{ ...base, 'b': 'two', c: plugin.configs.recommended.rules, d: \`x\`, ...other() }], base);`,
      'x.ts',
    ) as Record<string | symbol, unknown>[];
    expect(value[0]).toMatchObject({ a: 1, b: 'two', c: new NamedSet('recommended'), d: 'x' });
    expect(value[0]![spreads]).toEqual([new Unknown('other()', 3)]);
    expect(value[1]).toMatchObject({ a: 1 });
    expect(exportOf('const a = b; const b = a; export default a;', 'x.js')).toBeInstanceOf(Unknown);
  });

  it('gives up on a program that nests too deeply', async () => {
    const world = worldWith({ 'eslint.config.js': `// graphql-eslint\n${'export default '.padEnd(20_000, '[')}` });
    expect(await main(['init', '--from', 'graphql-eslint'], world)).toBe(2);
    expect(world.written.stderr).toBe('apiarch: `eslint.config.js` nests too deeply to be read.\n');
  });
});

describe('comments that silence other linters', () => {
  const protos = '../shared/corpus/proto';
  it.skipIf(!existsSync(protos))('are all that changes in real documents', () => {
    const files = readdirSync(protos, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.proto'));
    let carried = 0;
    for (const path of files) {
      const text = readFileSync(join(protos, path), 'utf8');
      const notes = inlineNotes(new Source(path, text), 'protobuf', rules, () => true);
      for (const count of notes.carried.values()) carried += count;
      const code = (one: string) => {
        const { starts, ends } = lex(one);
        return starts.map((start, index) => one.slice(start, ends[index]));
      };
      if (notes.text !== text) expect(code(notes.text), path).toEqual(code(text));
    }
    expect(carried).toBeGreaterThan(50);
  });

  it('are read from any text', () => {
    const pieces = [
      '#',
      '//',
      '/*',
      '*/',
      '\n',
      '"""',
      '"',
      '(-- api-linter: core::0140::prepositions=disabled',
      '--)',
      'type A {',
      '}',
    ];
    const notes = [
      'eslint-disable-next-line @graphql-eslint/alphabetize',
      'lint-disable',
      'buf:lint:ignore ENUM_PASCAL_CASE',
      ' -- why: so',
    ];
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...pieces, ...notes, ' ')),
        fc.constantFrom('graphql', 'protobuf'),
        (parts, language) => {
          const text = parts.join('');
          const { text: changed } = inlineNotes(new Source('a', text), language as 'graphql', rules, () => true);
          const code = (one: string) =>
            language === 'graphql'
              ? [...tokens(one, 0)]
                  .filter(({ kind }) => kind !== 'comment')
                  .map(({ start, end }) => one.slice(start, end))
              : lex(one).starts.map((start, index) => one.slice(start, lex(one).ends[index]));
          expect(code(changed)).toEqual(code(text));
        },
      ),
    );
  });

  it('silence as `apiarch-ignore`', async () => {
    const files = {
      'buf.yaml': 'version: v2\nlint: { use: [ENUM_VALUE_PREFIX, ENUM_ZERO_VALUE_SUFFIX] }\n',
      'a.proto': `${proto}
// buf:lint:ignore ENUM_VALUE_PREFIX
// buf:lint:ignore ENUM_ZERO_VALUE_SUFFIX old clients
enum Kind {
  UNKNOWN = 0;
}
`,
    };
    const world = await initialised(files, '--from', 'buf', '--inline');
    expect(world.read('a.proto')).toContain('// apiarch-ignore naming/enum-zero-unspecified: old clients\n');
    await main(
      [
        'lint',
        '-f',
        'json',
        '--rule',
        'naming/enum-value-prefixed',
        '--rule',
        'naming/enum-zero-unspecified',
        '--rule',
        'structure/suppression-valid',
      ],
      world,
    );
    const report = JSON.parse(world.written.stdout.slice(world.written.stdout.indexOf('{\n')));
    expect(report.problems).toEqual([]);
    expect(report.suppressed).toBeGreaterThan(0);
  });
});

describe('any settings', () => {
  const level = fc.constantFrom('error', 'warn', 'off', 'info', true, false, 0, 2, null, [], {}, 'x');
  const names = [...new Set(rules.flatMap(({ equivalents }) => equivalents))].map((id) => id.split(/:(.*)/s)[1]!);
  const settings = fc.dictionary(
    fc.constantFrom(...names, 'x', '__proto__'),
    fc.oneof(level, fc.dictionary(fc.constantFrom('severity', 'given', 'then', 'prefixes'), level)),
  );
  const paths = fc.oneof(fc.array(fc.constantFrom('a', './b/', '**', '../c', '', 'a.yaml#/paths')), level);
  const anything = fc.dictionary(
    fc.constantFrom(
      'extends',
      'rules',
      'lint',
      'overrides',
      'except',
      'apis',
      'modules',
      'version',
      'use',
      'ignore',
      'ignore_only',
      'files',
    ),
    fc.oneof(settings, paths, level, fc.array(settings), fc.constantFrom('v1', 'v2', 'spectral:oas', 'minimal')),
  );
  const peers = {
    spectral: '.spectral.yaml',
    redocly: 'redocly.yaml',
    buf: 'buf.yaml',
    'graphql-eslint': '.graphql-schema-linterrc',
  };

  it.each(Object.entries(peers))('of %s come to a configuration that is read', async (peer, file) => {
    await fc.assert(
      fc.asyncProperty(anything, async (value) => {
        const files = new Map([[file, stringify(value)]]);
        const world = inMemory(files);
        const status = await main(['init', '--from', peer], world);
        expect(world.written.stderr).not.toContain('bug');
        expect(status).toBe(0);
        files.delete('custom.spectral.yaml');
        const config = parse(files.get('apiarch.yaml')!);
        config.extends = config.extends.filter((name: string) => !name.startsWith('.'));
        files.set('apiarch.yaml', stringify(config));
        await loadConfig({}, rules, world);
      }),
      { numRuns: 60 },
    );
  });
});

/** A world of files that are nowhere, for many runs. */
function inMemory(files: Map<string, string>): World {
  const { cwd, ...world } = worldWith({});
  const name = (path: string) => path.replace(`${cwd}/`, '').replace(/^\.\//, '');
  return {
    ...world,
    cwd,
    kind: (path) => (files.has(name(path)) ? 'file' : world.kind(path)),
    read: (path) => files.get(name(path)) ?? world.read(path),
    write: (path, text) => void files.set(name(path), text),
  };
}
