import { describe, expect, it } from 'vitest';
import { findInExample } from '../../../src/commands/examples.ts';
import { rules } from '../../../src/rules/index.ts';
import type { Rule } from '../../../src/rules/rule.ts';

type Language = 'graphql' | 'protobuf';

/** The elements, and the lines, at which a rule finds something. */
async function found(id: string, language: Language, text: string): Promise<string[]> {
  return placesOf(ruleOf(id), language, text);
}

/** As `found`, with the option `selfEvident` off. */
async function foundWithin(id: string, language: Language, text: string): Promise<string[]> {
  const rule = ruleOf(id);
  const selfEvident = rule.options?.['selfEvident'];
  const options = selfEvident ? { options: { ...rule.options, selfEvident: { ...selfEvident, default: false } } } : {};
  return placesOf({ ...rule, ...options }, language, text);
}

function ruleOf(id: string): Rule {
  const rule = rules.find((candidate) => candidate.id === `docs/${id}`);
  if (!rule) throw new Error(`There is no rule docs/${id}.`);
  return rule;
}

async function placesOf(rule: Rule, language: Language, text: string): Promise<string[]> {
  const problems = await findInExample(rule, language, text, rules);
  return problems.map(({ element, range }) => `${element}:${range.source.position(range.start).line}`);
}

describe('graphql: what needs no description', () => {
  it.each([
    ['types of other subgraphs', 'type-described', 'extend type User @key(fields: "id") { name: String }'],
    [
      "federation's own",
      'type-described',
      'scalar _Any\nscalar FieldSet\nenum link__Purpose { EXECUTION }\ndirective @key(fields: FieldSet!) on OBJECT\ndirective @federation__tag on OBJECT',
    ],
    ["federation's fields", 'field-described', 'type _Service { sdl: String }'],
    ["federation's values", 'enum-value-described', 'enum link__Purpose { EXECUTION }'],
    ['root fields, for another rule', 'field-described', 'schema { query: Root } type Root { a: ID }'],
    ['operations in between', 'field-described', 'query Q { a } fragment F on A { b }'],
    ['a schema without definition', 'api-described', 'type Query { a: ID }'],
    ['a schema whose query root says it', 'api-described', 'schema { query: Q } "What there is." type Q { a: ID }'],
  ])('%s', async (_, id, text) => {
    expect(await found(id, 'graphql', text)).toEqual([]);
  });

  const connection =
    'type A { edges: [B] pageInfo: P! }\ntype B { node: C cursor: ID }\ntype P { hasNextPage: Boolean endCursor: ID }';

  it.each([
    ['roots', 'type-described', 'type Query { a: ID }', ['Query:1']],
    ['specified scalars', 'type-described', 'scalar Time @specifiedBy(url: "https://a.test")', ['Time:1']],
    ['connections', 'type-described', connection, ['A:1', 'B:2', 'P:3']],
    [
      'their fields',
      'field-described',
      connection,
      ['A.edges:1', 'A.pageInfo:1', 'B.node:2', 'B.cursor:2', 'P.hasNextPage:3', 'P.endCursor:3'],
    ],
    [
      'the payload of a described mutation',
      'type-described',
      '"x" type Mutation { "x" addUser(input: AddUserInput!): AddUserPayload }\ninput AddUserInput { a: ID }\ntype AddUserPayload { a: ID }',
      ['AddUserInput:2', 'AddUserPayload:3'],
    ],
    [
      'fields of a described interface',
      'field-described',
      'interface N { "x" id: ID }\ntype A implements N { id: ID }',
      ['A.id:2'],
    ],
    [
      'members called like their type',
      'field-described',
      'type A { status: AStatus }\n"x" enum AStatus { B }',
      ['A.status:1'],
    ],
    [
      'input fields called like their type',
      'input-field-described',
      'input A { status: AStatus clientMutationId: String }\n"x" enum AStatus { B }',
      ['A.status:1', 'A.clientMutationId:1'],
    ],
    [
      'page arguments',
      'parameter-described',
      'type Query { users(first: Int, after: String): UserConnection }',
      ['Query.users(first:):1', 'Query.users(after:):1'],
    ],
    ['the one input', 'parameter-described', 'type Mutation { a(input: A!): B }', ['Mutation.a(input:):1']],
    ['everyday values', 'enum-value-described', 'enum Day { MONDAY }', ['Day.MONDAY:1']],
    ['values that the enum names', 'enum-value-described', '"An A is a B."\nenum C { A }', ['C.A:2']],
  ])('%s, unless all are asked for', async (_, id, text, places) => {
    expect(await foundWithin(id, 'graphql', text)).toEqual([]);
    expect(await found(id, 'graphql', text)).toEqual(places);
  });

  it('codes, unless all are asked for', async () => {
    const codes = Array.from({ length: 60 }, (_, i) => `A${'BCDEFGHIJK'[i % 10]}${'LMNOPQ'[Math.floor(i / 10)]}`);
    const text = `enum C { ${codes.join(' ')} }`;
    expect(await foundWithin('enum-value-described', 'graphql', text)).toEqual([]);
    expect(await found('enum-value-described', 'graphql', text)).toHaveLength(60);
  });

  it('asks for what an undescribed interface leaves open once', async () => {
    const text = 'interface N { id: ID }\ntype A implements N { id: ID }\ntype B implements N { id: ID, b: ID }';
    expect(await foundWithin('field-described', 'graphql', text)).toEqual(['N.id:1', 'B.b:3']);
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

  it.each([
    ['a comment behind a field', 'field-described', 'message A { string a = 1; // Told.\n}', ['A.a:1']],
    ['a field called like its type', 'field-described', 'message A { B b = 1; }\n// Told.\nmessage B {}', ['A.b:1']],
    ['a comment behind a value', 'enum-value-described', 'enum E { A = 0; // Told.\n}', ['E.A:1']],
    ['unspecified values', 'enum-value-described', 'enum E { E_UNSPECIFIED = 0; }', ['E.E_UNSPECIFIED:1']],
    ['a comment behind a brace', 'type-described', 'message A { // Told.\n}\nservice S { // Told.\n}', ['A:1', 'S:3']],
    [
      'requests and responses of an rpc with a comment',
      'type-described',
      '// Told.\nservice S {\n// Told.\nrpc A(ARequest) returns (AResponse);\n}\nmessage ARequest {}\nmessage AResponse {}',
      ['ARequest:6', 'AResponse:7'],
    ],
    [
      'a oneof of members with comments',
      'type-described',
      '// Told.\nmessage A {\noneof b {\n// Told.\nstring c = 1;\n}\n}',
      ['A.b:3'],
    ],
  ])('%s, unless all are asked for', async (_, id, text, places) => {
    expect(await foundWithin(id, 'protobuf', `${text}\n`)).toEqual([]);
    expect(await found(id, 'protobuf', `${text}\n`)).toEqual(places);
  });

  it.each([true, false])('takes no note to a tool for a description (all: %s)', async (all) => {
    const text = 'message A {\n// buf:lint:ignore X\nstring a = 1; // buf:lint:ignore X\n}';
    expect(await (all ? found : foundWithin)('field-described', 'protobuf', text)).toEqual(['A.a:3']);
  });

  it('asks for no comments on what the compiler makes', async () => {
    const text =
      'syntax = "proto3";\n// A.\nmessage A {\n// B.\nmap<string, B> b = 1;\n// C.\noptional string c = 2;\n}';
    expect(await found('type-described', 'protobuf', text)).toEqual([]);
    expect(await found('field-described', 'protobuf', text)).toEqual([]);
  });

  it('asks for comments at every depth', async () => {
    const text = `syntax = "proto2";
message A {
  message B { enum C { D = 0; } oneof e { int32 f = 1; } }
  optional group G = 1 { optional int32 h = 1; }
  extend A { optional int32 i = 100; }
  extensions 100 to max;
}
extend A { optional int32 j = 101; }`;
    expect(await found('type-described', 'protobuf', text)).toEqual(['A:2', 'A.B:3', 'A.B.C:3', 'A.B.e:3']);
    const fields = (await found('field-described', 'protobuf', text)).map((place) => place.split(':')[1]);
    expect(fields).toEqual(['3', '4', '4', '5', '8']);
    expect(await found('enum-value-described', 'protobuf', text)).toHaveLength(1);
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

  it.each([
    ['message A {\n// TODO(ann): fill in.\n}', []],
    ['// TODO(ann): tell.\nmessage A {}', ['A:1']],
    ['message A {\nstring a = 1; // TODO: tell.\n}', ['A.a:2']],
    ['message A {\nstring a = 1;\n// TODO: string b = 2;\n}', []],
    ['message A {\n// String\nstring string_type = 1;\n}', []],
    ['message A {\n// String\nstring type = 1;\n}', ['A.type:2']],
    [
      'message A {\n// The book IDs.\nrepeated string book_ids = 1;\n// The next page token.\nstring next_page_token = 2;\n}',
      [],
    ],
    ['message A {\n// The people.\nrepeated string person = 1;\n}', ['A.person:2']],
  ])('tells placeholders from notes on something else: %j', async (text, places) => {
    expect(await found('description-meaningful', 'protobuf', `${text}\n`)).toEqual(places);
  });

  it('reads a comment up to the note of its author', async () => {
    expect(await found('description-meaningful', 'protobuf', field('// Told. TODO(ann): more.'))).toEqual([]);
    expect(await found('description-meaningful', 'protobuf', field('// TODO(ann): tell.'))).toEqual(['A.a:3']);
  });
});
