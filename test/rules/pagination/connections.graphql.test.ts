import { expect, it } from 'vitest';
import connectionArguments from '../../../src/rules/pagination/connection-arguments-valid.ts';
import connection from '../../../src/rules/pagination/connection-valid.ts';
import type { Rule } from '../../../src/rules/rule.ts';
import { schema } from '../../languages/graphql/api.ts';

/** The elements that a rule complains of, with `named` as given. */
function found({ checks }: Rule, named: boolean, text: string): string[] {
  const api = schema(text);
  const findings = checks.graphql!.find(api, { named } as never, { apis: [api] });
  return [...findings].map(({ at }) => at.element);
}

const databases = `
type Query { database(id: ID!): DatabaseConnection }
type DatabaseConnection { host: String! }
enum Connection { WIFI CABLE }
`;

it('leaves other things called connections alone', () => {
  expect(found(connection, false, databases)).toEqual([]);
  expect(found(connectionArguments, false, databases)).toEqual([]);
});

it('takes everything called so for a connection when asked to', () => {
  expect(found(connection, true, databases)).toEqual(['DatabaseConnection', 'DatabaseConnection', 'Connection']);
  expect(found(connectionArguments, true, databases)).toEqual(['Query.database']);
});

it('wants the name for the shape when asked to, and says so alone', () => {
  const text = 'type Users { edges: UserEdge pageInfo: PageInfo }';
  expect(found(connection, true, text)).toEqual(['Users']);
});

it('points at every extension of what is wrongly called a connection', () => {
  const text = 'union AnyConnection = A | B extend union AnyConnection = C type A { id: ID! }';
  expect(found(connection, true, text)).toEqual(['AnyConnection', 'AnyConnection']);
});

it('does not ask an extension for what its base may have', () => {
  expect(found(connection, true, 'extend type UserConnection { totalCount: Int }')).toEqual([]);
});

it('knows a connection that another file may define by its edges', () => {
  const text =
    'type Query { users: UserConnection orders: OrderConnection } type UserEdge { cursor: String! node: ID }';
  expect(found(connectionArguments, false, text)).toEqual(['Query.users']);
});
