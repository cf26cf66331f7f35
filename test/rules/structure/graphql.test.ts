// Where rules about the structure of GraphQL schemas stay silent, and where they don't.
import { describe, expect, it } from 'vitest';
import { graphql } from '../../../src/languages/graphql/graphql.ts';
import { lint } from '../../../src/lint/lint.ts';
import type { Rule } from '../../../src/rules/rule.ts';
import federationCurrent from '../../../src/rules/structure/federation-current.ts';
import sorted from '../../../src/rules/structure/sorted.ts';
import typeUsed from '../../../src/rules/structure/type-used.ts';
import { Source } from '../../../src/text/source.ts';

function messages(
  rule: Rule,
  files: string | Readonly<Record<string, string>>,
  options: Record<string, unknown> = {},
): string[] {
  const named = typeof files === 'string' ? { 'schema.graphql': files } : files;
  const sources = Object.entries(named).map(([path, text]) => new Source(path, text));
  const defaults = Object.fromEntries(
    Object.entries(rule.options ?? {}).map(([name, option]) => [name, option.default]),
  );
  const apis = graphql.read(sources, { read: () => ({ refused: 'there is no such file' }) });
  const enabled = [{ rule, severity: 'warn' as const, options: { ...defaults, ...options } }];
  return lint(apis, { rules: enabled, known: [rule] }).problems.map(({ message }) => message);
}

describe('structure/type-used', () => {
  it.each<[string, string]>([
    ['a part of a schema: it names what it does not define', 'type A { a: B }\nscalar Date'],
    ['a part of a schema: it extends what it does not define', 'extend type A { a: Int }\nscalar Date'],
    [
      'a schema without a root in which all is used',
      'type A { a(b: [B!]): A c: C }\ninput B { d: Date }\nscalar Date\nunion C = A',
    ],
    ['a schema in which something could not be read', 'type Query { a: B, b C }\ntype B { a: Int }\ntype C { a: Int }'],
    ['roots without fields', 'schema { query: A mutation: B subscription: C }\ntype A\ntype B\ntype C'],
    ['roots that only extensions define', 'extend type Query { a: Int }\nextend type Mutation { a: Int }'],
    [
      'entities, and what they hold',
      'type Query { a: Int }\ntype B @key(fields: "id") { id: ID! c: C }\ntype C { a: Int }',
    ],
    [
      'what arguments of directives take',
      'type Query { a: Int }\ndirective @a(b: B, c: [C!]!) on FIELD\nenum B { A }\ninput C { d: D }\nscalar D',
    ],
    [
      'what implements an interface that leads on',
      'type Query { a: A }\ninterface A { a: Int }\ninterface B implements A { a: Int }\ntype C implements B & A { a: Int }',
    ],
    ['types of Federation', 'type Query { a: Int }\nscalar _Any\nscalar FieldSet\nunion _Entity = Query'],
    ['directives for operations', 'type Query { a: Int }\ndirective @a on FIELD | OBJECT'],
    [
      'directives of a printed schema',
      'type Query { a: Int }\ndirective @a on OBJECT\ndirective @b on FIELD_DEFINITION',
    ],
    ['a directive on the schema', 'schema @a { query: Query }\ntype Query { a: Int }\ndirective @a on SCHEMA'],
  ])('%s is no matter', (_, text) => {
    expect(messages(typeUsed, text)).toEqual([]);
  });

  it('nothing refers to some types of a schema without a root', () => {
    const text = 'type A implements I { a: A b: B }\ninterface I { a: A }\nscalar B\ndirective @a on OBJECT';
    expect(messages(typeUsed, text)).toEqual([
      'Nothing refers to the interface `I`.',
      'Nothing in the schema bears the directive `@a`.',
    ]);
    expect(messages(typeUsed, text, { withoutRoot: false })).toEqual([]);
  });

  it('types that lead to each other alone are unused', () => {
    const text = 'type Query { a: Int }\ntype B { c: C }\ntype C { b: B }\nunion D = Query';
    expect(messages(typeUsed, text)).toEqual([
      'Nothing leads from a root to the type `B`.',
      'Nothing leads from a root to the type `C`.',
      'Nothing leads from a root to the union `D`.',
    ]);
  });

  it('one schema does not use the types of another', () => {
    const files = {
      'a/s.graphql': 'type Query { a: A }\ntype A { a: Int }',
      'b/s.graphql': 'type Query { a: Int }\ntype A { a: Int }',
    };
    expect(messages(typeUsed, files)).toEqual(['Nothing leads from a root to the type `A`.']);
  });
});

describe('structure/federation-current', () => {
  const link =
    'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@requires", "@provides", "@external"])\n';

  it.each<[string, string]>([
    ['no subgraph', 'type Query { a: Int @deprecated }'],
    ['keys of other systems', 'type Post @model @key(name: "byBlog", fields: ["blogID"]) { id: ID! }'],
    [
      'a directive that the schema defines',
      `${link}directive @tag(name: String) on OBJECT\ntype A @key(fields: "id") @tag(name: "a") { id: ID! }`,
    ],
    [
      'keys over objects, with commas, and of interfaces',
      `${link}type A @key(fields: "id, b { c }") { id: ID! b: B }\ninterface B { c: Int }`,
    ],
    ['fields of a type that is elsewhere', `${link}type A @key(fields: "b { c }") { b: B }`],
    [
      'what fields require and provide',
      `${link}type A @key(fields: "id") { id: ID! w: Int @external p: Int @requires(fields: "w") b: B @provides(fields: "n") }\ntype B { n: Int @external }`,
    ],
    [
      'other types in a set',
      `${link}type A @key(fields: "id") { id: ID! u: U @external p: Int @requires(fields: "u { ... on B { n } __typename }") }\nunion U = B\ntype B { n: Int }`,
    ],
  ])('%s is no matter', (_, text) => {
    expect(messages(federationCurrent, text)).toEqual([]);
  });

  it.each<[string, string, string]>([
    [
      'a field of an object',
      `${link}type A @key(fields: "b { d }") { b: B }\ntype B { c: Int }`,
      '`@key` names `d`, and `B` has no such field.',
    ],
    [
      'a required field',
      `${link}type A @key(fields: "id") { id: ID! p: Int @requires(fields: "wait") }`,
      '`@requires` names `wait`, and `A` has no such field.',
    ],
    [
      'a provided field',
      `${link}type A @key(fields: "id") { id: ID! b: B @provides(fields: "x") }\ntype B { c: Int }`,
      '`@provides` names `x`, and `B` has no such field.',
    ],
    [
      'a set that ends early',
      `${link}type A @key(fields: "id } b { c") { id: ID! }`,
      '`id } b { c` is no set of fields for `@key`.',
    ],
    ['an empty set', `${link}type A @key(fields: "") { id: ID! }`, '`` is no set of fields for `@key`.'],
  ])('%s that does not exist is told', (_, text, message) => {
    expect(messages(federationCurrent, text)).toEqual([message]);
  });
});

describe('structure/sorted', () => {
  const text = `type Query { b(z: Int, a: Int): Int }
type Order { id: ID! canUpdate: Int cannotUpdate: Int ID: Int }
extend type Order { a: Int }
input Filter { b: Int a: Int }`;

  it.each<[string[], string[]]>([
    [['fields'], ['`canUpdate` stands behind `id`, but sorts before it.']],
    [['inputFields'], ['`a` stands behind `b`, but sorts before it.']],
    [['arguments'], ['`a` stands behind `z`, but sorts before it.']],
    [
      ['definitions'],
      ['`Order` stands behind `Query`, but sorts before it.', '`Filter` stands behind `Order`, but sorts before it.'],
    ],
    [['values', 'tags'], []],
  ])('%j', (lists, expected) => {
    expect(messages(sorted, text, { lists }).sort()).toEqual([...expected].sort());
  });
});
