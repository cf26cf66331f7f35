import { expect, it } from 'vitest';
import { isEntity } from '../../../src/conventions/graphql/entities.ts';
import { mutations } from '../../../src/conventions/graphql/mutations.ts';
import { typeNamed } from '../../../src/languages/graphql/select.ts';
import { schema } from '../../languages/graphql/api.ts';

const api = schema(`
type Mutation {
  createUser(input: CreateUserInput!): CreateUserPayload!
  orderLineCreate(line: LineInput!, dryRun: Boolean): OrderLineCreate
  deleteUser(id: ID!): User
  payOrder(order: PayInput!): PayUnion
  mystery(x: Int): Ghost
}
input CreateUserInput { name: String }
input LineInput { sku: String }
input PayInput { id: ID! }
type CreateUserPayload { user: User }
type OrderLineCreate { line: Line errors: [LineError!]! }
type LineError { message: String! }
type User { id: ID! }
type Line { sku: String }
union PayUnion = User | PayFailedError
type PayFailedError { message: String! }
type Payload @key(fields: "sku") { sku: String! }
`);

it('tells what mutations do, take and return', () => {
  const told = mutations(api).map(({ name, verb, noun, input, result }) => [
    name,
    verb,
    noun.join(' '),
    input?.type?.name ?? null,
    result.isPayload,
  ]);
  expect(told).toEqual([
    ['createUser', 'create', 'user', 'CreateUserInput', true],
    ['orderLineCreate', 'create', 'order line', null, true],
    ['deleteUser', 'delete', 'user', null, false],
    ['payOrder', 'pay', 'order', 'PayInput', true],
    ['mystery', null, 'mystery', null, false],
  ]);
});

it('takes for entities what has an id or a key', () => {
  expect(['User', 'Line', 'Payload'].map((name) => isEntity(typeNamed(api, name)!))).toEqual([true, false, true]);
});
