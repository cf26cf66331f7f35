import { describe, expect, it } from 'vitest';
import { canGrow, collections, rootEntities } from '../../../src/conventions/graphql/collections.ts';
import { schema } from '../../languages/graphql/api.ts';

const api = schema(`
type Query {
  users(first: Int, after: String): UserConnection!
  orders(paging: PagingInput): OrderPage!
  products(perPage: Int, page: Int): [Product!]!
  events(limit: Int, after: DateTime, cursor: String): [Event!]!
  productsByIds(ids: [ID!]!): [Product!]!
  currencies: [Currency!]!
  names: [String!]!
}
type Mutation { deleteProducts(ids: [ID!]!): [Product!]! }
input PagingInput { limit: Int offset: Int }
scalar DateTime
type UserConnection { edges: [UserEdge!]! pageInfo: PageInfo! }
type UserEdge { node: User! cursor: String! }
type OrderPage { items: [Order!]! totalCount: Int! hasMore: Boolean! }
type User { id: ID! orders: [Order!]! badges: [Badge!]! friends: [User!]! @deprecated }
type Order { id: ID! lines: [Line!]! products: [Product!]! }
type Line { id: ID! }
type Badge { id: ID! owner: User! }
type Product { id: ID! related: [Product!]! }
type Event { id: ID! }
type Currency { id: ID! }
`);

describe('lists', () => {
  it('are told by what they return', () => {
    const forms = collections(api).map(({ field, form, item }) => `${field.at.element} ${form} ${item?.name}`);
    expect(forms).toEqual([
      'Query.users connection User',
      'Query.orders page Order',
      'Query.products list Product',
      'Query.events list Event',
      'Query.productsByIds list Product',
      'Query.currencies list Currency',
      'User.orders list Order',
      'User.badges list Badge',
      'User.friends list User',
      'Order.lines list Line',
      'Order.products list Product',
      'Product.related list Product',
    ]);
  });

  it('are paged by arguments, and by the fields of inputs', () => {
    const paged = collections(api).flatMap(({ field, paging: { limits, styles } }) =>
      styles.length > 0 ? [`${field.name} ${limits.map(({ name }) => name).join()} ${styles.join()}`] : [],
    );
    expect(paged).toEqual([
      'users first cursor',
      'orders limit offset',
      'products perPage page',
      'events limit cursor',
    ]);
  });

  it('can grow when their items are things of their own', () => {
    const growing = collections(api).filter((collection) => canGrow(api, collection));
    expect(growing.map(({ field }) => field.at.element)).toEqual([
      'Query.users',
      'Query.orders',
      'Query.products',
      'Query.events',
      'User.orders',
      'User.badges',
      'Product.related',
    ]);
  });

  it('lead queries to entities', () => {
    expect([...rootEntities(api)]).toEqual(['User', 'Order', 'Product', 'Event', 'Currency']);
  });
});
