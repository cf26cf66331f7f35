import { describe, expect, it } from 'vitest';
import { findInExample } from '../../../src/commands/examples.ts';
import { rules } from '../../../src/rules/index.ts';

type Language = 'graphql' | 'protobuf';

/** The elements, and the lines, at which a rule finds something. */
async function found(id: string, language: Language, text: string): Promise<string[]> {
  const rule = rules.find((candidate) => candidate.id === `docs/${id}`);
  if (!rule) throw new Error(`There is no rule docs/${id}.`);
  const problems = await findInExample(rule, language, text, rules);
  return problems.map(({ element, range }) => `${element}:${range.source.position(range.start).line}`);
}

describe('graphql: what needs no description', () => {
  it.each([
    ['types of other subgraphs', 'type-described', 'extend type User @key(fields: "id") { name: String }'],
    [
      "federation's own",
      'type-described',
      'scalar _Any\nscalar FieldSet\ndirective @key(fields: FieldSet!) on OBJECT\ndirective @federation__tag on OBJECT',
    ],
    [
      'connections',
      'type-described',
      'type A { edges: [B] pageInfo: P! } type B { node: C cursor: ID } type P { hasNextPage: Boolean endCursor: ID }',
    ],
    [
      'their fields',
      'field-described',
      'type A { edges: [B] pageInfo: P! } type B { node: C cursor: ID } type P { hasNextPage: Boolean endCursor: ID }',
    ],
    [
      'the payload of a described mutation',
      'type-described',
      'type Mutation { "x" addUser(input: AddUserInput!): AddUserPayload } input AddUserInput { a: ID } type AddUserPayload { a: ID }',
    ],
    ['root fields, for another rule', 'field-described', 'schema { query: Root } type Root { a: ID }'],
    ['fields of a described interface', 'field-described', 'interface N { "x" id: ID } type A implements N { id: ID }'],
    ['operations in between', 'field-described', 'query Q { a } fragment F on A { b }'],
    ['page arguments', 'parameter-described', 'type Query { users(first: Int, after: String): UserConnection }'],
    ['a schema without definition', 'api-described', 'type Query { a: ID }'],
    ['a schema whose query root says it', 'api-described', 'schema { query: Q } "What there is." type Q { a: ID }'],
    [
      'codes',
      'enum-value-described',
      `enum C { ${Array.from({ length: 60 }, (_, i) => `A${'BCDEFGHIJK'[i % 10]}${'LMNOPQ'[Math.floor(i / 10)]}`).join(' ')} }`,
    ],
  ])('%s', async (_, id, text) => {
    expect(await found(id, 'graphql', text)).toEqual([]);
  });

  it('asks for what an undescribed interface leaves open once', async () => {
    const text = 'interface N { id: ID }\ntype A implements N { id: ID }\ntype B implements N { id: ID, b: ID }';
    expect(await found('field-described', 'graphql', text)).toEqual(['N.id:1', 'B.b:3']);
  });

  it('judges what an introspection tells', async () => {
    const type = {
      kind: 'OBJECT',
      name: 'Order',
      fields: [{ name: 'total', args: [], type: { kind: 'SCALAR', name: 'Int' } }],
    };
    const text = JSON.stringify({ __schema: { queryType: { name: 'Query' }, types: [type], directives: [] } });
    expect((await found('field-described', 'graphql', text)).map((place) => place.split(':')[0])).toEqual([
      'Order.total',
    ]);
    expect(await found('description-style', 'graphql', text)).toEqual([]);
  });
});

describe('graphql: comments where descriptions belong', () => {
  it.each([
    ['# What it costs.\n', true],
    ['# What it costs,\n# with tax.\n', true],
    ['# What it costs.\n\n', false],
    ['# @cost 10\n', false],
    ['# eslint-disable-next-line\n', false],
    ['# import B from "b.graphql"\n', false],
    ['# Copyright 2031\n', false],
    ['# -------- Money --------\n', false],
    ['# ====\n# Money\n# ====\n', false],
    ['# old(a: Int): [Money!]!\n', false],
    ['# old: Money!\n', false],
    ['# type Old {\n', false],
    ['# TODO: name it\n', false],
    ['"It costs."\n# What it costs.\n', false],
    ['#\n', false],
  ])('%j: %s', async (above, isFound) => {
    const places = await found('description-not-in-comment', 'graphql', `type A {\n${above}price: Money\n}`);
    expect(places.length).toBe(isFound ? 1 : 0);
  });

  it('looks above arguments and values, too', async () => {
    const text = 'type A { b(\n  # Which one.\n  c: ID): ID }\nenum E {\n  # One of them.\n  F }';
    expect(await found('description-not-in-comment', 'graphql', text)).toEqual(['A.b(c:):2', 'E.F:5']);
  });
});

describe('graphql: capitals', () => {
  it.each([
    ['what it is', true],
    ["user's name", true],
    ['what, then', true],
    ['price of all', false],
    ['iOS only', false],
    ['created_at of it', false],
    ['`a` of it', false],
    ['https://shop.test', false],
    ['e.g. this', false],
    ['3 of them', false],
    ['élan', false],
  ])('%j: %s', async (description, isFound) => {
    const places = await found('description-capitalised', 'graphql', `type A { "${description}" price: Money }`);
    expect(places.length).toBe(isFound ? 1 : 0);
  });
});

describe('protobuf', () => {
  const field = (comment: string) => `syntax = "proto3";\nmessage A {\n${comment}\nstring a = 1;\n}`;

  it.each([
    ['// A <b>b</b>.', 1],
    ['// A<br/>.', 1],
    ['// A `<b>b</b>`.', 0],
    ['// ```\n// <b>\n// ```', 0],
    ['// (-- <b> --) A.', 0],
    ['// `projects/<p>` and x/<p>/y and <project>.', 0],
    ['// a < b > c', 0],
    ['// # Heading', 1],
    ['//     # a comment of code', 0],
    ['// #1 is first', 0],
    ['// a | b\n// ---|---', 1],
    ['// a\n// -------', 0],
    ['// See [it](/a/b).', 1],
    ['// See [it](docs/b).', 1],
    ['// See [it](https://a.test/b), [it](mailto:a@b.test), [it](#b), [It][a.It].', 0],
    ['// `a[bc](d/e)`', 0],
    ['/* <p>A. */', 1],
  ])('style of %j: %i', async (comment, count) => {
    expect((await found('description-style', 'protobuf', field(comment))).length).toBe(count);
  });

  it('counts a comment behind a field', async () => {
    expect(await found('field-described', 'protobuf', 'message A { string a = 1; // Told.\n}')).toEqual([]);
    expect(await found('field-described', 'protobuf', 'message A { string a = 1; // buf:lint:ignore X\n}')).toEqual([
      'A.a:1',
    ]);
  });

  it('asks for one comment on a group', async () => {
    const text = 'syntax = "proto2";\n// A.\nmessage A { optional group B = 1 { // B.\n } }';
    expect(await found('type-described', 'protobuf', text)).toEqual([]);
  });

  it('takes no licence for a description', async () => {
    const text = '// Licensed under X.\nsyntax = "proto3";\n// (c) 2031\npackage a.v1;\nservice S {}';
    expect(await found('api-described', 'protobuf', text)).toEqual(['a.v1:4']);
    expect(await found('api-described', 'protobuf', text.replace('(c) 2031', 'What it is for.'))).toEqual([]);
  });

  it('reads a comment up to the note of its author', async () => {
    expect(await found('description-meaningful', 'protobuf', field('// Told. TODO(ann): more.'))).toEqual([]);
    expect(await found('description-meaningful', 'protobuf', field('// TODO(ann): tell.'))).toEqual(['A.a:3']);
  });
});
