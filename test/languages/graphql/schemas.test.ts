import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { read } from '../../../src/languages/graphql/read.ts';
import { schemas } from '../../../src/languages/graphql/schemas.ts';
import { Source } from '../../../src/text/source.ts';

/** The schemas that files form, each as the names of its files. */
function grouped(files: Readonly<Record<string, string>>): string[] {
  const documents = Object.entries(files).map(([path, text]) => read(new Source(path, text)));
  return schemas(documents).map((group) => group.map(({ source }) => source.path).join(' '));
}

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])\n';

describe('files are one schema', () => {
  it.each<[string, Readonly<Record<string, string>>]>([
    ['that need each other', { 'a.graphql': 'type Query { b: B }', 'b.graphql': 'type B { a: Int }' }],
    [
      'when one needs the other over a third',
      { 'a.graphql': 'type Query { b: B }', 'c.graphql': 'type C { a: Int }', 'b.graphql': 'type B { c: C }' },
    ],
    [
      'in folders of modules',
      {
        'core/schema.graphql': 'type Query { version: String }',
        'modules/user/user.graphql': 'extend type Query { me: User }\ntype User { a: Int }',
        'modules/order/order.graphql': 'extend type Query { orders: [Order] }\ntype Order { by: User }',
      },
    ],
    [
      'when nothing leads to one of them, but it stands in or below the folder of the only root',
      { 'a.graphql': 'type Query { a: Int }', 'b.graphql': 'type B { a: Int }', 'c/d.graphql': 'enum D { A }' },
    ],
    [
      'when modules define roots of their own and use what others define',
      {
        'user.graphql': 'type Query { me: User }\ntype User { orders: [Order] }',
        'order.graphql': 'type Query { orders: [Order] }\ntype Order { by: User }',
      },
    ],
    [
      'when a subgraph is in several files',
      {
        'schema.graphql': `${link}type Query { a: Product }`,
        'product.graphql': 'type Product @key(fields: "id") { id: ID! }\nextend type Query { b: Product }',
      },
    ],
    [
      'that define directives for others',
      { 'a.graphql': 'type Query { a: Int @d }', 'b.graphql': 'directive @d on FIELD_DEFINITION' },
    ],
    ['when one says the roots', { 'a.graphql': 'schema { query: Root }', 'b.graphql': 'type Root { a: Int }' }],
    [
      'that define a type twice which a third needs',
      { 'a.graphql': 'type Query { b: B }', 'b.graphql': 'type B { a: Int }', 'c.graphql': 'type B { b: Int }' },
    ],
    [
      'when one could not be read',
      { 'a.graphql': 'type Query { b: B c: C }', 'b.graphql': 'tpye B { a: Int }\ntype C { a: Int }' },
    ],
  ])('%s', (_, files) => {
    expect(grouped(files)).toEqual([Object.keys(files).join(' ')]);
  });
});

describe('files are schemas of their own', () => {
  it.each<[string, Readonly<Record<string, string>>, string[]?]>([
    [
      'that lack nothing',
      { 'a.graphql': 'type Query { a: A }\ntype A { a: Int }', 'b.graphql': 'type Query { a: A }\ntype A { a: Int }' },
    ],
    [
      'of services with the same names',
      {
        'a/query.graphql': 'type Query { u: User }',
        'a/user.graphql': 'type User { id: ID }',
        'b/query.graphql': 'type Query { u: User }',
        'b/user.graphql': 'type User { id: ID }',
      },
      ['a/query.graphql a/user.graphql', 'b/query.graphql b/user.graphql'],
    ],
    [
      'of services with the same names, of which one lacks what another has',
      {
        'a.graphql': 'type Query { u: User m: Money }\ntype User { id: ID }',
        'b.graphql': 'type Query { u: User }\ntype User { id: ID }\nscalar Money',
      },
    ],
    [
      'that are subgraphs with an entity in common',
      {
        'users.graphql': 'extend type Query { me: User }\ntype User @key(fields: "id") { id: ID! }',
        'orders.graphql':
          'type Query { a: Order }\ntype Order @key(fields: "id") { by: User }\nextend type User @key(fields: "id") { id: ID! }',
        'stock.graphql': 'type Query { b: Item }\ntype Item { by: User }\ntype User @key(fields: "id") { id: ID! }',
      },
    ],
    [
      'that lack what several others have',
      {
        'a/a.graphql': 'type Query { m: Money }',
        'b/b.graphql': 'type Query { a: Int }\nscalar Money',
        'c/c.graphql': 'type Query { a: Int }\nscalar Money',
        'd/d.graphql': 'type Query { m: Money }',
      },
    ],
    [
      'that link to Federation each',
      {
        'a/schema.graphql': `${link}type Query { a: Int }`,
        'b/schema.graphql': `${link}extend type Query { b: A }`,
        'c/schema.graphql': `${link}type A { a: Int }`,
      },
    ],
    ['without a root and without needs', { 'a.graphql': 'type A { a: Int }', 'b.graphql': 'type B { a: Int }' }],
    [
      'where the root could be either of two',
      { 'a.graphql': 'type Query { a: Int }', 'b.graphql': 'type Query { a: Int }', 'c.graphql': 'type C { a: Int }' },
    ],
    [
      'beside an introspection result',
      { 'a.json': '{"__schema":{"queryType":{"name":"Query"},"types":[]}}', 'b.graphql': 'type Query { a: Int }' },
    ],
  ])('%s', (_, files, expected = Object.keys(files)) => {
    expect(grouped(files)).toEqual(expected);
  });
});

it('what is needed is looked for in the nearest folder', () => {
  const files = {
    'common.graphql': 'scalar Money',
    'shop/a/query.graphql': 'type Query { m: Money }',
    'shop/b/money.graphql': 'scalar Money',
  };
  expect(grouped(files)).toEqual(['common.graphql', 'shop/a/query.graphql shop/b/money.graphql']);
});

it('files stay in their order, and schemas in that of their first files', () => {
  const files = {
    'z.graphql': 'type Z { y: Y }',
    'm.graphql': 'type Query { a: Int }\ntype Y { b: Int }',
    'y.graphql': 'type Y { a: Int z: Z }',
  };
  expect(
    grouped({ 'x/z.graphql': files['z.graphql'], 'm.graphql': files['m.graphql'], 'x/y.graphql': files['y.graphql'] }),
  ).toEqual(['x/z.graphql x/y.graphql m.graphql'.split(' ').slice(0, 2).join(' '), 'm.graphql']);
});

const corpus = new URL('../../../../shared/corpus/graphql/', import.meta.url);

it.skipIf(!existsSync(corpus))('the files of the corpus are a schema each', () => {
  const names = readdirSync(corpus).filter((name) => name.endsWith('.graphql'));
  const files = Object.fromEntries(
    names.map((name) => [`graphql/${name}`, readFileSync(new URL(name, corpus), 'utf8')]),
  );
  expect(grouped(files)).toEqual(Object.keys(files));
});
