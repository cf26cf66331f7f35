import { describe, expect, it } from 'vitest';
import { lint } from '../../src/lint/lint.ts';
import { rules } from '../../src/rules/index.ts';
import { judgeWithSpectral } from '../../src/spectral/judge.ts';
import { loadSpectral } from '../../src/spectral/load.ts';
import { worldWith } from '../world.ts';
import { judged, readApis } from './judging.ts';

const head = 'openapi: 3.1.0\ninfo: { title: T, version: "1" }\n';

describe('a Spectral ruleset judges OpenAPI', () => {
  it('with its severities and messages, at our places', async () => {
    const world = worldWith({
      'x.yaml': `rules:
  title:
    description: Titles are long.
    given: $.info
    severity: error
    message: '{{description}} {{error}} | {{property}} | {{path}} | {{value}}'
    then: { field: title, function: length, functionOptions: { min: 5 } }
  contact: { given: $.info, severity: hint, then: { field: contact.name, function: truthy } }
  keys: { given: '$.paths[*]~', severity: 2, then: { function: pattern, functionOptions: { notMatch: _ } } }
  gone: { given: $.info, severity: off, then: { field: title, function: falsy } }
`,
      'a.yaml': `${head}paths:\n  /a_b/{c~d}: {}\n`,
    });
    expect((await judged(world, 'x.yaml', 'a.yaml')).lines).toEqual([
      'a.yaml:2:1 info spectral/contact #/info "info.contact.name" property must be truthy',
      'a.yaml:2:16 error spectral/title #/info/title Titles are long. "title" property must be longer than 5 | title | #/info/title | T',
      'a.yaml:4:3 info spectral/keys #/paths/~1a_b~1{c~0d} Object{} must not match the pattern "_"',
    ]);
  });

  it('through references, over files, and tells each cause once, where it stands', async () => {
    const world = worldWith({
      'x.yaml': `rules:
  named: { given: '$.paths[*][*].responses[*].content[*].schema.properties[*]', then: { field: description, function: truthy } }
  written: { given: '$.paths[*][*].responses[*]', resolved: false, then: { field: $ref, function: falsy } }
`,
      'a.yaml': `${head}paths:
  /a: { $ref: 'parts/paths.yaml#/a' }
  /b:
    get:
      responses:
        '200': { $ref: '#/components/responses/Ok' }
        '404': { $ref: '#/components/responses/None' }
components:
  responses:
    Ok: { content: { a+json: { schema: { $ref: 'parts/schemas.yaml#/User' } } } }
`,
      'parts/paths.yaml': `a:\n  get:\n    responses:\n      '200': { $ref: '../a.yaml#/components/responses/Ok' }\n`,
      'parts/schemas.yaml': 'User:\n  properties:\n    name: { type: string }\n    best: { $ref: "#/User" }\n',
    });
    expect((await judged(world, 'x.yaml', 'a.yaml')).lines).toEqual([
      `a.yaml:8:24 warn spectral/written #/paths/~1b/get/responses/200/$ref "$ref" property must be falsy`,
      `a.yaml:9:24 warn spectral/written #/paths/~1b/get/responses/404/$ref "$ref" property must be falsy`,
      'parts/schemas.yaml:3:5 warn spectral/named #/User/properties/name "name.description" property must be truthy',
      'parts/schemas.yaml:4:5 warn spectral/named #/User/properties/best "best.description" property must be truthy',
    ]);
  });

  it('though references lead in circles, or to nothing, or to the network', async () => {
    const schemas = `A: { properties: { b: { $ref: '#/components/schemas/B' } } }
    B: { properties: { a: { $ref: '#/components/schemas/A' }, self: { $ref: '#/components/schemas/B/properties/self' } } }
    C: { $ref: '#/components/schemas/C' }
    D: { $ref: 'https://example.com/d.json' }
    E: { $ref: '#/nowhere' }
    F: { properties: { all: { $ref: '#' } } }`;
    const world = worldWith({
      'x.yaml': 'rules:\n  types: { given: "$..properties[*]", then: { field: type, function: truthy } }\n',
      'a.yaml': `${head}components:\n  schemas:\n    ${schemas}\n`,
    });
    const { lines, failed } = await judged(world, 'x.yaml', 'a.yaml');
    expect(failed).toEqual([]);
    expect(lines.map((line) => line.split(' ')[3])).toEqual([
      '#/components/schemas/A/properties/b',
      '#/components/schemas/B/properties/a',
      '#/components/schemas/B/properties/self',
      '#/components/schemas/F/properties/all',
    ]);
  });

  it('though references multiply, and says how many it follows', async () => {
    const schemas = Array.from({ length: 60 }, (_, index) => {
      const next = `{ $ref: '#/components/schemas/S${index + 1}' }`;
      return `    S${index}: { properties: { a: ${next}, b: ${next} } }\n`;
    });
    const world = worldWith({
      'x.yaml': 'rules:\n  types: { given: "$.components.schemas[*]", then: { field: type, function: truthy } }\n',
      'a.yaml': `${head}components:\n  schemas:\n${schemas.join('')}    S60: { type: string }\n`,
    });
    const { lines, notes } = await judged(world, 'x.yaml', 'a.yaml');
    expect(lines).toHaveLength(60);
    expect(notes).toEqual([
      expect.stringMatching(
        /^`a\.yaml` refers to so much so often that for Spectral rules only \d+ references in a row are followed\.$/,
      ),
    ]);
  });

  it('and a function that breaks down takes nothing else with it', async () => {
    const world = worldWith({
      'x.yaml': `functions: [bad, late, mean]
rules:
  bad: { given: $.info, then: { function: bad } }
  late: { given: $.info, then: { function: late } }
  mean: { given: $.info, then: { function: mean } }
  path: { given: '$.info[?(@.a.b)]', then: { function: truthy } }
  good: { given: $.info, then: { field: contact, function: truthy } }
`,
      'functions/bad.js': 'export default () => { throw new Error("no luck\\nat all"); };',
      'functions/late.js': 'export default async () => { throw new Error("too late"); };',
      'functions/mean.js': 'export default (info) => { delete info.title; };',
      'a.yaml': head,
    });
    const { lines, failed } = await judged(world, 'x.yaml', 'a.yaml');
    expect(failed).toEqual(['spectral/bad', 'spectral/late', 'spectral/mean', 'spectral/path']);
    expect(lines).toEqual([
      'a.yaml:1:1 error structure/rule-completed # `spectral/bad` broke down on this document: no luck.',
      'a.yaml:1:1 error structure/rule-completed # `spectral/late` broke down on this document: too late.',
      expect.stringContaining('`spectral/mean` broke down on this document: Cannot delete property'),
      expect.stringMatching(/`spectral\/path` broke down on this document: Cannot read properties of undefined/),
      'a.yaml:2:1 warn spectral/good #/info "info.contact" property must be truthy',
    ]);
  });

  it('by overrides for files and for places in them', async () => {
    const world = worldWith({
      'rules/x.yaml': `rules:
  contact: { given: $.info, then: { field: contact, function: truthy } }
  tagged: { given: '$.paths[*][*]', then: { field: tags, function: truthy } }
overrides:
  - files: ['../old/**']
    rules: { contact: off, license: { given: $.info, then: { field: license, function: truthy } } }
  - files: ['../*.yaml#/paths/~1b']
    rules: { tagged: error }
  - files: ['../*.yaml#/paths/~1c']
    rules: { tagged: off }
`,
      'a.yaml': `${head}paths:\n  /a: { get: {} }\n  /b: { get: {} }\n  /c: { get: {} }\n`,
      'old/a.yaml': head,
    });
    expect((await judged(world, 'rules/x.yaml', 'a.yaml', 'old/a.yaml')).lines).toEqual([
      'a.yaml:2:1 warn spectral/contact #/info "info.contact" property must be truthy',
      'a.yaml:4:9 warn spectral/tagged #/paths/~1a/get "get.tags" property must be truthy',
      'a.yaml:5:9 error spectral/tagged #/paths/~1b/get "get.tags" property must be truthy',
      'old/a.yaml:2:1 warn spectral/license #/info "info.license" property must be truthy',
    ]);
    const { rules: known } = await loadSpectral('rules/x.yaml', world);
    expect(known.map(({ id }) => id)).toEqual(['spectral/contact', 'spectral/license', 'spectral/tagged']);
  });

  it('by formats, and by aliases that mean something else in each', async () => {
    const world = worldWith({
      'x.yaml': `formats: [oas2, oas3]
aliases:
  Schemas:
    targets:
      - { formats: [oas2], given: ['$.definitions[*]'] }
      - { formats: [oas3], given: ['$.components.schemas[*]'] }
  Named: ['#Schemas.properties[name]']
rules:
  named: { given: ['#Named'], then: { field: description, function: truthy } }
  host: { formats: [oas2], given: $, then: { field: host, function: truthy } }
`,
      'two.yaml': 'swagger: "2.0"\ndefinitions:\n  A: { properties: { name: {} } }\n',
      'three.yaml': `${head}components:\n  schemas:\n    A: { properties: { name: {} } }\n`,
    });
    expect((await judged(world, 'x.yaml', 'two.yaml', 'three.yaml')).lines).toEqual([
      'three.yaml:5:24 warn spectral/named #/components/schemas/A/properties/name "name.description" property must be truthy',
      'two.yaml:1:1 warn spectral/host # "host" property must be truthy',
      'two.yaml:3:22 warn spectral/named #/definitions/A/properties/name "name.description" property must be truthy',
    ]);
  });

  it('with keys in the order in which they are written', async () => {
    const world = worldWith({
      'x.yaml': `rules:
  sorted: { given: ['$.paths[*].get.responses', $.components.schemas], then: { function: alphabetical } }
`,
      'a.yaml': `${head}paths:
  /a: { get: { responses: { '404': {}, '200': {} } } }
components:
  schemas:
    B: { type: string }
    A: { $ref: '#/components/schemas/B', description: B }
`,
    });
    expect((await judged(world, 'x.yaml', 'a.yaml')).lines).toEqual([
      'a.yaml:4:29 warn spectral/sorted #/paths/~1a/get/responses/404 "404" must be placed after "200"',
      'a.yaml:7:5 warn spectral/sorted #/components/schemas/B "B" must be placed after "A"',
    ]);
  });

  it('with the duplicate keys that parserOptions ask for', async () => {
    const rule = 'rules:\n  a: { given: $.x, then: { function: truthy } }\n';
    const world = worldWith({
      'x.yaml': `parserOptions: { duplicateKeys: warn }\n${rule}`,
      'y.yaml': rule,
      'a.yaml': `${head}paths: {}\npaths: {}\n`,
    });
    expect((await judged(world, 'x.yaml', 'a.yaml')).lines).toEqual([
      'a.yaml:4:1 warn spectral/parser #/paths Duplicate key: paths',
    ]);
    expect((await judged(world, 'y.yaml', 'a.yaml')).lines).toEqual([]);
  });

  it('and its findings can be silenced like others', async () => {
    const world = worldWith({
      'x.yaml':
        'rules:\n  long-title: { given: $.info.title, then: { function: length, functionOptions: { min: 9 } } }\n  fine: { given: $.info.title, then: { function: truthy } }\n',
      'a.yaml':
        'openapi: 3.1.0\ninfo:\n  # apiarch-ignore spectral/long-title: short is fine\n  title: T\n  # apiarch-ignore spectral/fine: why\n  version: "1"\n',
    });
    const apis = readApis(['a.yaml'], world);
    const ruleset = await loadSpectral('x.yaml', world);
    const { problems } = await judgeWithSpectral(apis, [ruleset], world.cwd);
    expect(problems).toHaveLength(1);
    const enabled = rules.filter(({ id }) => id === 'structure/suppression-valid');
    const known = [...rules, ...ruleset.rules.map(({ id }) => ({ ...enabled[0]!, id, checks: {} }))];
    const settings = { rules: enabled.map((rule) => ({ rule, severity: 'warn' as const, options: {} })), known };
    const result = lint(apis, { ...settings, others: problems });
    expect(result.suppressed).toBe(1);
    expect(result.problems.map(({ message }) => message)).toEqual([
      'The suppression of `spectral/fine` suppresses nothing.',
    ]);
  });
});

describe('a Spectral ruleset judges other languages', () => {
  const given = (format: string, path: string, then: string) =>
    `formats: [${format}]\nrules:\n  a: { given: "${path}", then: ${then} }\n`;
  const casing = (type: string) => `{ function: casing, functionOptions: { type: ${type} } }`;
  const truthy = (field: string) => `{ field: ${field}, function: truthy }`;

  it.each([
    ['$.types[*]~', casing('pascal'), ['a.graphql:7:6 warn spectral/a user must be pascal case']],
    [
      "$.types[?(@.kind=='type')].fields[*]",
      truthy('description'),
      [
        'a.graphql:5:3 warn spectral/a Query.price "price.description" property must be truthy',
        'b.graphql:1:20 warn spectral/a user.age "age.description" property must be truthy',
      ],
    ],
    ['$..arguments[*]~', casing('camel'), ['a.graphql:4:8 warn spectral/a Query.user(Id:) must be camel case']],
    [
      '$..fields[?(@.named=="Float")].type'.replaceAll('"', "'"),
      '{ function: falsy }',
      ['a.graphql:5:10 warn spectral/a Query.price "type" property must be falsy'],
    ],
    [
      '$..fields..description',
      '{ function: length, functionOptions: { min: 6 } }',
      ['a.graphql:8:3 warn spectral/a user.name "description" property must be longer than 6'],
    ],
    [
      '$..deprecated',
      '{ function: pattern, functionOptions: { match: ^Use } }',
      ['a.graphql:5:3 warn spectral/a Query.price "old" must match the pattern "^Use"'],
    ],
    [
      '$..directives.cost[*].weight',
      '{ function: enumeration, functionOptions: { values: [1] } }',
      ['a.graphql:8:7 warn spectral/a user.name 3 must be equal to one of the allowed values: 1'],
    ],
    [
      '$.schema',
      truthy('mutation'),
      ['a.graphql:1:1 warn spectral/a schema "schema.mutation" property must be truthy'],
    ],
    [
      '$.directives[*]',
      truthy('repeatable'),
      ['a.graphql:10:12 warn spectral/a @cost "repeatable" property must be truthy'],
    ],
  ])('GraphQL: %s %s', async (path, then, lines) => {
    const world = worldWith({
      'x.yaml': given('apiarch-graphql', path, then),
      'a.graphql': `"""The root."""
type Query {
  "One user."
  user(Id: ID!, first: Int = 10): user
  price: Float! @deprecated(reason: "old")
}
type user {
  "x" name: String! @cost(weight: 3)
}
directive @cost(weight: Int) on FIELD_DEFINITION
`,
      'b.graphql': 'extend type user { age: Int }\nenum __proto__ { A }\n',
    });
    const said = (await judged(world, 'x.yaml', 'a.graphql', 'b.graphql')).lines;
    expect(said.filter((line) => !line.includes('__proto__'))).toEqual(lines);
  });

  it.each([
    [
      '$.package',
      '{ function: pattern, functionOptions: { match: v1$ } }',
      ['a.proto:2:9 warn spectral/a acme.users "acme.users" must match the pattern "v1$"'],
    ],
    [
      '$..messages[*]',
      truthy('comment'),
      ['a.proto:5:48 warn spectral/a acme.users.User.Inner "Inner.comment" property must be truthy'],
    ],
    ['$..fields[*]~', casing('snake'), ['a.proto:5:23 warn spectral/a acme.users.User.displayName must be snake case']],
    [
      '$..values[*].number',
      '{ function: schema, functionOptions: { schema: { maximum: 5 } } }',
      ['a.proto:6:47 warn spectral/a acme.users.State.STATE_B "number" property must be <= 5'],
    ],
    [
      '$.services[*].rpcs[*].request',
      '{ function: pattern, functionOptions: { match: Request$ } }',
      ['a.proto:7:25 warn spectral/a acme.users.Users.Get "acme.users.User" must match the pattern "Request$"'],
    ],
    [
      '$.options',
      truthy('go_package'),
      ['a.proto:2:9 warn spectral/a acme.users "options.go_package" property must be truthy'],
    ],
    [
      '$.options.java_package',
      '{ function: falsy }',
      ['a.proto:3:8 warn spectral/a acme.users "java_package" property must be falsy'],
    ],
    [
      '$..[?(@.options && @.options.deprecated)]',
      '{ function: falsy }',
      ['a.proto:5:62 warn spectral/a acme.users.User.Inner.a "a" property must be falsy'],
    ],
  ])('proto: %s %s', async (path, then, lines) => {
    const world = worldWith({
      'x.yaml': given('apiarch-protobuf', path, then),
      'a.proto': `syntax = "proto3";
package acme.users;
option java_package = "x";
// A user.
message User { string displayName = 1; message Inner { int32 a = 1 [deprecated = true]; } }
enum State { STATE_UNSPECIFIED = 0; STATE_B = 9; }
service Users { rpc Get(User) returns (User); }
`,
    });
    expect((await judged(world, 'x.yaml', 'a.proto')).lines).toEqual(lines);
  });

  it('only where a rule names their format', async () => {
    const world = worldWith({
      'x.yaml':
        'rules:\n  a: { given: $, then: { field: nothing, function: truthy } }\n  b: { formats: [apiarch-graphql, oas3], given: $, then: { field: nothing, function: truthy } }\n',
      'a.proto': 'syntax = "proto3";\n',
      'a.graphql': 'type Query { a: Int }\n',
      'a.yaml': head,
    });
    const ids = async (path: string) => (await judged(world, 'x.yaml', path)).problems.map(({ rule }) => rule);
    expect(await ids('a.proto')).toEqual([]);
    expect(await ids('a.graphql')).toEqual(['spectral/b']);
    expect(await ids('a.yaml')).toEqual(['spectral/a', 'spectral/b']);
  });
});
