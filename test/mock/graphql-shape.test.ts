import { describe, expect, it } from 'vitest';
import { GraphQl } from '../../src/languages/graphql/graphql.ts';
import { TypeShapes } from '../../src/mock/resources/graphql-shape.ts';
import type { Shape } from '../../src/mock/shape.ts';
import { apisOf } from './graphql-server.ts';

const schema = `
  type Query { order(id: ID!): Order }
  type Order {
    id: ID! total: Money! lines: [Line!]! buyer: Customer others(first: Int!): [Order!] friends: [Customer!] state: State when: DateTime
    pages: LineConnection near: Place
  }
  type Money { cents: Int! rate: Float ok: Boolean }
  type Line { product: Product! amount: BigInt }
  type LineConnection { edges: [Line!] }
  type Product { name: String! code: ID! }
  type Customer { id: ID! name: String! }
  interface Place { id: ID! }
  enum State { OPEN DONE }
  input OrderInput { lines: [LineInput!]! note: JSON contact: EmailAddress from: Nowhere }
  input LineInput { again: LineInput count: PositiveInt! price: Decimal }
  scalar DateTime scalar BigInt scalar JSON scalar EmailAddress scalar PositiveInt scalar Decimal
`;

describe('the shapes of GraphQL types', () => {
  const [api] = apisOf([['schema.graphql', schema]]);
  if (!(api instanceof GraphQl)) throw new Error('The schema was not read.');
  const shapes = new TypeShapes(api, (name) => name === 'Order' || name === 'Customer');

  it('hold what belongs to a value, and of another record its id', () => {
    expect(fieldsOf(shapes.of('Order'))).toEqual({
      id: 'string!',
      total: 'Money!',
      lines: '[Line]!',
      buyer: 'Customer{id}',
      state: 'OPEN|DONE',
      when: 'string date-time',
    });
    expect(fieldsOf(shapes.of('Line'))).toEqual({ product: 'Product!', amount: 'integer int64' });
  });

  it('tell custom scalars, and types that are defined nowhere, by their names', () => {
    expect(fieldsOf(shapes.of('OrderInput'))).toEqual({
      lines: '[LineInput]!',
      note: 'any',
      contact: 'string email',
      from: 'string',
    });
    expect(fieldsOf(shapes.of('LineInput'))).toEqual({
      again: 'LineInput',
      count: 'integer int64!',
      price: 'number',
    });
    expect(shapes.of('Int')).toEqual({ kind: 'integer', format: 'int32' });
  });

  it('are made once, though types lead back to themselves', () => {
    const again = shapes.of('LineInput');
    if (again.kind !== 'object') throw new Error('It is no object.');
    expect(again.fields().get('again')!.shape).toBe(again);
  });

  /** Shapes in short, by the names of the fields. */
  function fieldsOf(shape: Shape): Record<string, string> {
    if (shape.kind !== 'object') throw new Error('It is no object.');
    return Object.fromEntries(
      [...shape.fields().values()].map((field) => [field.name, `${inShort(field.shape)}${field.required ? '!' : ''}`]),
    );
  }

  function inShort(shape: Shape): string {
    if (shape.kind === 'list') return `[${inShort(shape.items)}]`;
    if (shape.kind === 'enum') return shape.values.join('|');
    if (shape.kind === 'object') {
      const isReference = shape !== shapes.of(shape.name);
      return isReference ? `${shape.name}{${[...shape.fields().keys()].join()}}` : shape.name;
    }
    const format = 'format' in shape ? shape.format : undefined;
    return format === undefined ? shape.kind : `${shape.kind} ${format}`;
  }
});
