import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Failure } from '../../src/failure.ts';
import { isSpectralRuleset } from '../../src/spectral/detect.ts';
import { loadSpectral } from '../../src/spectral/load.ts';
import { worldWith } from '../world.ts';

const rule = (then: string) => `rules:\n  a:\n    given: $.info\n    then: ${then}\n`;

async function failure(files: Record<string, string>, path = 'x.yaml'): Promise<string> {
  const error = await loadSpectral(path, worldWith(files)).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Failure);
  return (error as Failure).message;
}

describe('a ruleset of Spectral', () => {
  it.each([
    ['.spectral.yml', ''],
    ['config/team.spectral.json', '{}'],
    ['rules.yaml', 'extends: spectral:oas\n'],
    ['rules.yaml', 'extends:\n  - ./a.yaml\n  - [spectral:oas, off]\n'],
    ['rules.json', '{"extends": [["spectral:asyncapi", "all"]]}'],
    ['rules.yaml', rule('{ function: truthy }')],
    ['rules.js', 'export default { rules: { a: { given: "$", then: { function: truthy } } } };'],
  ])('is told by its name, its rules or what it extends: %s %j', (path, text) => {
    expect(isSpectralRuleset(path, text)).toBe(true);
  });

  it.each([
    ['apiarch.yaml', 'extends: recommended\nrules:\n  docs/*: off\n'],
    ['house.yaml', 'extends: [strict, ./team.spectral.yaml]\n'],
    ['spectral-oas.yaml', '# What spectral:oas asks for\nrules: {}\n'],
    ['apiarch.yaml', 'extends: [spectral-oas]\nrules:\n  docs/operation-tagged: off # spectral:operation-tags\n'],
  ])('is told from ours: %s', (path, text) => {
    expect(isSpectralRuleset(path, text)).toBe(false);
  });
});

describe('what is wrong in a ruleset is told at its place', () => {
  it.each([
    ['a: [', /^x\.yaml:1:\d: it is not YAML: /],
    ['- a\n', /^`x\.yaml` is no Spectral ruleset: /],
    ['description: x\n', /^x\.yaml:1:1: Ruleset must have rules or extends or overrides defined\.$/],
    [rule('{ function: truthi }'), 'x.yaml:4:13: there is no function `truthi`; did you mean `truthy`?'],
    [rule('{ function: own }'), 'x.yaml:4:13: there is no function `own`; `functions` is to name it.'],
    [
      rule('{ function: pattern, functionOptions: { matches: a } }'),
      /^x\.yaml:4:51: the rule `a`: .*does not support `matches` option\.$/,
    ],
    [
      rule('{ function: truthy, functionOptions: { a: 1 } }'),
      /^x\.yaml:4:31: the rule `a`: .*not accept any options\.$/,
    ],
    [
      'rules:\n  a:\n    given: info\n    then: { function: truthy }\n',
      /^x\.yaml:3:5: the rule `a`: must be a valid JSON Path/,
    ],
    [
      'rules:\n  a:\n    given: "$.paths[?("\n    then: { function: truthy }\n',
      /^x\.yaml:3:5: `\$\.paths\[\?\(` is no JSON path: a bracket in it has no other one\.$/,
    ],
    [
      'rules:\n  a:\n    given: "#Ops"\n    then: { function: truthy }\n',
      /^x\.yaml:3:5: the rule `a`: Alias `Ops` does not exist\.$/,
    ],
    ['rules:\n  a:\n    then: { function: truthy }\n', /^x\.yaml:2:3: the rule `a`: .*`given` and `then`/],
    [
      'rules:\n  a:\n    given: $\n    then: { function: truthy }\n    severity: loud\n',
      /^x\.yaml:5:5: the rule `a`: /,
    ],
    [
      'rules:\n  a:\n    given: $\n    formats: [oas4]\n    then: { function: truthy }\n',
      'x.yaml:4:15: there is no format `oas4`; did you mean `oas2`?',
    ],
    [
      'extends: spectral:oas\nrules:\n  info-contct: off\n',
      'x.yaml:3:3: there is no rule `info-contct` to change; did you mean `info-contact`?',
    ],
    ['extends: spectral:aos\n', 'x.yaml:1:1: Spectral has no ruleset `spectral:aos`; did you mean `spectral:oas`?'],
    ['extends: [[spectral:oas, some]]\n', 'x.yaml:1:11: beside a ruleset stands one of off, recommended, all.'],
    [
      'extends:\n  - ./y.yaml\n',
      'x.yaml:2:5: there is no ruleset `./y.yaml`: no such file, and no package of that name.',
    ],
    ['extends: no-such-package-anywhere\n', /^x\.yaml:1:1: there is no ruleset `no-such-package-anywhere`: /],
    ['functions: [own]\nrules: {}\n', 'x.yaml:1:13: there is no file `functions/own.js` with this function.'],
    ['overrides: {}\n', 'x.yaml:1:1: `overrides` is a list.'],
    ['overrides:\n  - rules: {}\n', /^x\.yaml:\d:\d: `overrides`: /],
    [
      'extends: https://rules.example.com/a.yaml\n',
      'x.yaml:1:1: `https://rules.example.com/a.yaml` is on the network, which is not read; `--allow-remote-refs rules.example.com` allows it.',
    ],
  ])('%j', async (text, message) => {
    const told = await failure({ 'x.yaml': text });
    if (typeof message === 'string') expect(told).toBe(message);
    else expect(told).toMatch(message);
  });

  it('in a ruleset that is extended', async () => {
    const files = { 'x.yaml': 'extends: sub/y.yaml\n', 'sub/y.yaml': rule('{ function: nothing }') };
    expect(await failure(files)).toBe('sub/y.yaml:4:13: there is no function `nothing`; `functions` is to name it.');
  });

  it('in a function', async () => {
    const files = { 'x.yaml': `functions: [own]\n${rule('{ function: own }')}` };
    expect(await failure({ ...files, 'functions/own.js': 'export default 1;' })).toBe(
      '`functions/own.js` does not export a function.',
    );
    expect(await failure({ ...files, 'functions/own.js': 'export default (' })).toMatch(
      /^`functions\/own\.js` cannot be run: .+\.$/,
    );
  });

  it('in JavaScript', async () => {
    expect(await failure({ 'x.js': 'export default { rules: { a: { given: 1 } } };' }, 'x.js')).toMatch(
      /^`x\.js` is no Spectral ruleset at `rules\.a/,
    );
    expect(await failure({ 'x.mjs': 'throw new Error("no luck");' }, 'x.mjs')).toBe('`x.mjs` cannot be run: no luck.');
    expect(await failure({}, 'x.js')).toBe('`x.js` cannot be read: there is no such file or folder.');
  });

  it('where rulesets extend each other in a circle', async () => {
    const files = { 'x.yaml': 'extends: ./y.yaml\n', 'y.yaml': 'extends:\n  - spectral:oas\n  - x.yaml\n' };
    expect(await failure(files)).toBe('y.yaml:3:5: this ruleset extends itself: `x.yaml` → `y.yaml` → `x.yaml`.');
  });
});

describe('rulesets are loaded with all that they extend', () => {
  it('from files, packages and those of Spectral, with levels', async () => {
    const world = worldWith({
      'team/.spectral.yaml':
        'extends:\n  - [spectral:oas, off]\n  - ../base.json\n  - house-rules\n  - "@acme/rules/strict.yaml"\nrules:\n  info-contact: error\n  base: hint\n  from-package: 1\n',
      'base.json':
        '{ "rules": { "base": { "given": "$", "then": { "function": "truthy" }, "description": "The base." } } }',
      'team/node_modules/house-rules/package.json': '{"name":"house-rules","main":"rules.js"}',
      'team/node_modules/house-rules/rules.js':
        'const { truthy } = require("@stoplight/spectral-functions");\nmodule.exports = { rules: { "from-package": { given: "$", recommended: false, then: { function: truthy } } } };',
      'node_modules/@acme/rules/strict.yaml':
        'documentationUrl: https://acme.example/rules\nrules:\n  strict: { given: $, severity: error, then: { function: falsy } }\n',
    });
    const { rules } = await loadSpectral('team/.spectral.yaml', world);
    expect(rules).toEqual([
      { id: 'spectral/base', summary: 'The base.', url: null, severity: 'info' },
      { id: 'spectral/from-package', summary: 'from-package', url: null, severity: 'warn' },
      {
        id: 'spectral/info-contact',
        summary: expect.stringContaining('contact'),
        url: expect.stringContaining('#info-contact'),
        severity: 'error',
      },
      { id: 'spectral/strict', summary: 'strict', url: 'https://acme.example/rules#strict', severity: 'error' },
    ]);
  });

  it('in TypeScript and in ES modules', async () => {
    const text = `import { oas } from '@stoplight/spectral-rulesets';
import { pattern } from '@stoplight/spectral-functions';
import { oas3 } from '@stoplight/spectral-formats';
const match: string = '^v';
export default { extends: [[oas, 'off']], formats: [oas3], rules: { own: { given: '$.info.version', then: { function: pattern, functionOptions: { match } } } } };`;
    for (const path of ['x.ts', 'x.mjs']) {
      const world = worldWith({ [path]: path === 'x.ts' ? text : text.replace(': string', '') });
      expect((await loadSpectral(path, world)).rules.map(({ id }) => id)).toEqual(['spectral/own']);
    }
  });

  it('and what old ones say is understood, or named', async () => {
    const world = worldWith({
      'x.yaml':
        'extends: [[spectral:oas, off]]\nfunctionsDir: ./lib\nfunctions:\n  - [limited, { type: object, properties: { max: { type: number } }, required: [max] }]\nparserOptions: { duplicateKeys: warn, incompatibleValues: hint }\nrules:\n  operation-2xx-response: error\n  own: { given: $, then: { function: limited, functionOptions: { max: 1 } } }\n  own: { given: $.info, then: { function: limited, functionOptions: { max: 2 } } }\nexcept:\n  "old/**/*.yaml": [own]\n',
      'lib/limited.js': 'module.exports = () => [];',
    });
    const { rules, notes, ruleset } = await loadSpectral('x.yaml', world);
    expect(rules.map(({ id }) => id)).toEqual(['spectral/operation-success-response', 'spectral/own']);
    expect(notes).toEqual([
      'x.yaml:9:3: this key stands there twice; the last one counts.',
      'x.yaml:7:3: the rule `operation-2xx-response` is called `operation-success-response` now.',
      'x.yaml:5:39: `incompatibleValues` is not looked at: what is no JSON in a YAML file is found by rules of ours.',
    ]);
    expect(ruleset.rules.own?.given).toEqual(['$.info']);
    expect(ruleset.fromSource(`${world.cwd}/old/a/b.yaml`).rules.own?.enabled).toBe(false);
  });

  it('refuses options that the schema of an old function forbids', async () => {
    const files = {
      'x.yaml': `functions: [[limited, { properties: { max: true }, type: object, required: [max] }]]\n${rule('{ function: limited, functionOptions: {} }')}`,
      'functions/limited.js': 'module.exports = function limited() {};',
    };
    expect(await failure(files)).toMatch(/^x\.yaml:5:\d+: the rule `a`: `limited` function is missing `max` option\.$/);
  });

  it('from hosts that are allowed, and no others', async () => {
    const texts: Record<string, string> = {
      '/a/rules.yaml': 'extends: ./more.yaml\nrules:\n  a: { given: $, then: { function: truthy } }\n',
      '/a/more.yaml': 'rules:\n  b: { given: $, then: { function: truthy } }\n',
      '/code.yaml': 'functions: [own]\nrules: {}\n',
    };
    const server = createServer((request, response) => {
      const text = texts[request.url!];
      if (request.url === '/moved.yaml') response.writeHead(302, { location: '/a/rules.yaml' }).end();
      else if (request.url === '/away.yaml')
        response.writeHead(302, { location: 'http://elsewhere.invalid/a.yaml' }).end();
      else response.writeHead(text === undefined ? 404 : 200).end(text);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const load = (path: string) =>
      loadSpectral('x.yaml', worldWith({ 'x.yaml': `extends: ${base}${path}\n` }), { allowedHosts: ['127.0.0.1'] });
    for (const path of ['/a/rules.yaml', '/moved.yaml']) {
      expect((await load(path)).rules.map(({ id }) => id)).toEqual(['spectral/a', 'spectral/b']);
    }
    await expect(load('/nothing.yaml')).rejects.toThrow('cannot be read: the server answers 404.');
    await expect(load('/away.yaml')).rejects.toThrow('it leads to `elsewhere.invalid`, which is not allowed.');
    await expect(load('/code.yaml')).rejects.toThrow('code from the network is not run.');
    await expect(load('/code.js')).rejects.toThrow('is code from the network, which is not run.');
  });
});
