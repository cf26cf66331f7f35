import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import openapiTypescript, { astToString } from 'openapi-typescript';
import { describe, expect, it } from 'vitest';
import { main } from '../../src/cli.ts';
import { worldWith } from '../world.ts';
import { compile } from './compile.ts';

/** The types of some files, which have to be made without a word. */
async function typesOf(files: Readonly<Record<string, string>>, ...args: string[]): Promise<string> {
  const world = worldWith(files);
  const status = await main(['types', ...(args.length > 0 ? args : Object.keys(files))], world);
  expect([status, world.written.stderr]).toEqual([0, '']);
  return world.written.stdout;
}

/** Whether values fit the types: what the compiler says of `lines` in a module that imports them. */
function judged(types: string, ...lines: string[]): string[] {
  const use = ["import type * as api from './api.ts';", ...lines.map((line, i) => `export const v${i}: ${line};`)];
  return compile({ 'api.ts': types, 'use.ts': use.join('\n') }).map((message) => message.slice(0, 'use.ts:0'.length));
}

describe('the compiler of these tests', () => {
  it('finds what is wrong', () => {
    expect(compile({ 'api.ts': 'export type A = B;\nexport const c: string = 3;' })).toEqual([
      "api.ts:1 Cannot find name 'B'.",
      "api.ts:2 Type 'number' is not assignable to type 'string'.",
    ]);
  });
});

describe('types of OpenAPI', () => {
  it('are those of openapi-typescript', async () => {
    const text = readFileSync('examples/orders.yaml', 'utf8');
    const types = await typesOf({ 'orders.yaml': text });
    expect(types.slice(types.indexOf(' */\n\n') + ' */\n\n'.length)).toBe(
      astToString(await openapiTypescript(text, { silent: true })),
    );
  });

  it('reach over files, however references lead there and back', async () => {
    const types = await typesOf(
      {
        'openapi.yaml': `openapi: 3.1.0
info: { title: Orders, version: 1.0.0 }
paths:
  /orders/{id}:
    $ref: 'paths/order.yaml'
components:
  schemas:
    Line: { type: object, required: [sku], properties: { sku: { type: string }, order: { $ref: 'order.yaml' } } }
`,
        'paths/order.yaml': `get:
  operationId: getOrder
  responses:
    '200': { description: It., content: { application/json: { schema: { $ref: '../order.yaml' } } } }
`,
        'order.yaml': `type: object
required: [id, lines]
properties:
  id: { type: string }
  lines: { type: array, items: { $ref: 'openapi.yaml#/components/schemas/Line' } }
  parent: { $ref: '#' }
`,
      },
      'openapi.yaml',
    );
    const order = "api.components['schemas']['order']";
    expect(judged(types)).toEqual([]);
    expect(judged(types, `${order} = { id: 'a', lines: [{ sku: 'b' }], parent: { id: 'c', lines: [] } }`)).toEqual([]);
    expect(judged(types, `${order} = { id: 'a', lines: [{ sku: 3 }] }`)).toEqual(['use.ts:2']);
    expect(judged(types, `${order} = { id: 'a', lines: [], parent: { id: 'c' } }`)).toEqual(['use.ts:2']);
  });

  it('keep operations apart that share an id', async () => {
    const operation = "get: { operationId: same, responses: { '200': { description: Yes. } } }";
    const types = await typesOf({
      'openapi.yaml': `openapi: 3.0.3\ninfo: { title: A, version: '1' }\npaths:\n  /a: { ${operation} }\n  /b: { ${operation} }\n`,
    });
    expect(compile({ 'api.ts': types })).toEqual([]);
  });
});

describe('types of GraphQL', () => {
  const schema = `
type Query { order(id: ID!): Order }
interface Node { id: ID! }
"An order. */ It ends no comment."
type Order implements Node {
  id: ID!
  lines: [Line]!
  "How it stands."
  status: Status! @deprecated(reason: "Use \`state\`.")
  placed: DateTime
  total: Money
}
type Line { count: Int! }
union Found = Order | Line
enum Status { OPEN PAID @deprecated }
scalar DateTime
scalar Money
input Change { note: String, count: Int! = 1, lines: [ID!]! }
input Key @oneOf { id: ID, number: Int }
`;

  it('say what may be null and what may be left out', async () => {
    const types = await typesOf({ 'schema.graphql': schema });
    expect(
      judged(
        types,
        "api.Order = { id: 'a', lines: [null, { count: 1 }], status: 'OPEN', placed: null, total: 3 }",
        "api.Change = { lines: ['a'] }",
        'api.Change = { note: null, count: 2, lines: [] }',
        "api.Found = { __typename: 'Line', count: 1 }",
        "api.Node = { __typename: 'Order', id: 'a' }",
        "api.Key[] = [{ id: 'a' }, { number: 1 }]",
        "api.QueryOrderArgs = { id: 'a' }",
      ),
    ).toEqual([]);
    expect(
      judged(
        types,
        "api.Order = { id: 'a', lines: null, status: 'OPEN', placed: null, total: 3 }",
        "api.Order['status'] = 'LOST'",
        'api.Change = { count: 2 }',
        "api.Key = { id: 'a', number: 1 }",
        "api.Node = { __typename: 'Line', id: 'a' }",
      ),
    ).toEqual(['use.ts:2', 'use.ts:3', 'use.ts:4', 'use.ts:5', 'use.ts:6']);
    expect(types).toContain('@deprecated Use `state`.');
    expect(types).toContain('@deprecated No longer supported');
  });

  it('can be called what TypeScript reserves', async () => {
    const types = await typesOf({
      'schema.graphql':
        'type Query { a: string, b: class, default: void }\nscalar string\ntype class { a: Int }\nenum void { A }',
    });
    expect(compile({ 'api.ts': types })).toEqual([]);
  });
});

describe('types of Protocol Buffers', () => {
  const file = `syntax = "proto3";
package shop.v1;
import "google/protobuf/struct.proto";
import "google/protobuf/timestamp.proto";
import "google/protobuf/wrappers.proto";
import "shop/v1/line.proto";
message Order {
  string order_name = 1;
  int64 total = 2;
  double weight = 3;
  bytes image = 4;
  map<string, Line> lines_by_sku = 5;
  repeated State states = 6;
  google.protobuf.Timestamp create_time = 7;
  google.protobuf.StringValue note = 8;
  google.protobuf.Struct extra = 9;
  string old = 10 [deprecated = true, json_name = "old-name"];
  oneof contact { string email = 11; Phone phone = 12; }
  message Phone { string number = 1; Order order = 2; }
  enum State { STATE_UNSPECIFIED = 0; STATE_PAID = 1; }
}
`;
  const files = {
    'shop/v1/order.proto': file,
    'shop/v1/line.proto': 'syntax = "proto3";\npackage shop.v1;\nmessage Line { int32 count = 1; }\nmessage Other {}\n',
  };

  it('are those of the JSON mapping', async () => {
    const types = await typesOf(files, 'shop/v1/order.proto');
    expect(
      judged(
        types,
        "api.Order = { orderName: 'a', total: '3', weight: 'NaN', image: 'AA==', email: 'a@example.com' }",
        'api.Order = { linesBySku: { a: { count: 1 } }, states: ["STATE_PAID"], phone: { number: "1" } }',
        "api.Order = { createTime: '2024-06-01T00:00:00Z', note: null, extra: { a: [1] }, 'old-name': 'b' }",
        'api.Order_Phone = {}',
      ),
    ).toEqual([]);
    expect(
      judged(
        types,
        'api.Order = { total: 3 }',
        "api.Order = { email: 'a@example.com', phone: {} }",
        "api.Order = { states: ['PAID'] }",
        "api.Order = { linesBySku: { a: { count: '1' } } }",
        "api.Order = { order_name: 'a' }",
      ),
    ).toEqual(['use.ts:2', 'use.ts:3', 'use.ts:4', 'use.ts:5', 'use.ts:6']);
  });

  it('hold of imported files what is used', async () => {
    const types = await typesOf(files, 'shop/v1/order.proto');
    expect(types).toContain('interface Line ');
    expect(types).not.toContain('Other');
  });

  it('go by their packages where two are called alike', async () => {
    const types = await typesOf({
      'a/v1/a.proto': 'syntax = "proto3";\npackage a.v1;\nmessage Order { string a = 1; }\n',
      'b/v1/b.proto': 'syntax = "proto3";\npackage b.v1;\nmessage Order { string b = 1; }\n',
    });
    expect(judged(types, "api.Order = { a: '' }", "api.BV1Order = { b: '' }")).toEqual([]);
  });
});

describe('several APIs', () => {
  it('stand in namespaces', async () => {
    const types = await typesOf({
      'user-accounts.graphql': 'type Query { user: User }\ntype User { id: ID! }',
      'orders.proto': 'syntax = "proto3";\nmessage User { string id = 1; }',
    });
    expect(judged(types, "api.UserAccounts.User = { id: 'a' }", "api.Orders.User = { id: 'a' }")).toEqual([]);
  });
});

describe('--output', () => {
  const schema = { 'schema.graphql': 'type Query { a: Int }' };

  it('writes a file, and writes it again', async () => {
    const world = worldWith(schema);
    expect(await main(['types', 'schema.graphql', '-o', 'src/api.ts'], world)).toBe(0);
    expect(await main(['types', 'schema.graphql', '-o', 'src/api.ts'], world)).toBe(0);
    expect(readFileSync(join(world.cwd, 'src/api.ts'), 'utf8')).toContain('export interface Query');
    expect(world.written).toEqual({ stdout: '', stderr: '' });
  });

  it.each([
    ['of openapi-typescript', '/**\n * This file was auto-generated by openapi-typescript.\n */\n', 0],
    ['that is empty', '\n', 0],
    ['that somebody wrote', 'export const a = 1;\n', 2],
  ])('treats a file %s with care', async (_, text, status) => {
    const world = worldWith({ ...schema, 'api.ts': text });
    expect(await main(['types', 'schema.graphql', '-o', 'api.ts'], world)).toBe(status);
    expect(readFileSync(join(world.cwd, 'api.ts'), 'utf8') === text).toBe(status === 2);
    expect(await main(['types', 'schema.graphql', '-o', 'api.ts', '--force'], world)).toBe(0);
    expect(readFileSync(join(world.cwd, 'api.ts'), 'utf8')).toContain('export interface Query');
  });

  it('leaves the file as it was when there are no types', async () => {
    const world = worldWith({ 'schema.graphql': 'type Query { a Int }', 'api.ts': '' });
    expect(await main(['types', 'schema.graphql', '-o', 'api.ts'], world)).toBe(2);
    expect(readFileSync(join(world.cwd, 'api.ts'), 'utf8')).toBe('');
  });
});
