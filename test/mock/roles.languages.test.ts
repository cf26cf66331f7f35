import { describe, expect, it } from 'vitest';
import { infer, list, object, proto, ref, rest, sdl, text, told, whole } from './resources-documents.ts';

const order = ref('Order');
const restOrders = rest(
  { 'GET /orders': { gives: list(order) }, 'GET /orders/{id}': { gives: order } },
  { Order: object({ id: text, status: text, total_cents: whole }) },
);

const protoOrders = proto(`
  import "google/protobuf/empty.proto";
  service OrderService {
    rpc GetOrder(GetOrderRequest) returns (GetOrderResponse);
    rpc ListOrders(ListOrdersRequest) returns (ListOrdersResponse);
    rpc CreateOrder(CreateOrderRequest) returns (Order);
    rpc UpdateOrder(UpdateOrderRequest) returns (Order);
    rpc RemoveOrder(GetOrderRequest) returns (google.protobuf.Empty);
    rpc CancelOrder(GetOrderRequest) returns (Order);
    rpc MarkOrderAsPaid(GetOrderRequest) returns (Order);
    rpc BatchCreateOrders(ListOrdersRequest) returns (ListOrdersResponse);
    rpc WatchOrders(ListOrdersRequest) returns (stream Order);
    rpc UploadOrders(stream Order) returns (ListOrdersResponse);
    rpc ListOrderStatistics(ListOrdersRequest) returns (Statistics);
    rpc Ping(ListOrdersRequest) returns (ListOrdersRequest);
  }
  message Order { string id = 1; string status = 2; int64 total_cents = 3; }
  message GetOrderRequest { string order_id = 1; }
  message GetOrderResponse { Order order = 1; }
  message ListOrdersRequest { int32 page_size = 1; }
  message ListOrdersResponse { repeated Order orders = 1; string next_page_token = 2; }
  message CreateOrderRequest { Order order = 1; }
  message UpdateOrderRequest { Order order = 1; }
  message Statistics { int32 count = 1; }
`);

const graphqlOrders = sdl(`
  type Query {
    order(id: ID!): Order
    orders(first: Int, after: String): OrderConnection
    allProducts: [Product!]!
    productBySlug(slug: String!): Product
    viewer: User
    version: String
  }
  type Mutation {
    createOrder(input: OrderInput!): OrderPayload
    orderUpdate(id: ID!, input: OrderInput!): OrderPayload
    removeOrder(id: ID!): Boolean
    cancelOrder(id: ID!): OrderPayload
    productBulkCreate(products: [String!]!): [Product!]
    login(email: String!): String
  }
  type Subscription { orderCreated: Order, onOrderUpdate: Order, orderShipped: OrderPayload, orders: Order, tick: Int }
  input OrderInput { status: String }
  type OrderPayload { order: Order, errors: [String!] }
  type OrderConnection { edges: [OrderEdge!]!, pageInfo: PageInfo! }
  type OrderEdge { node: Order!, cursor: String! }
  type PageInfo { hasNextPage: Boolean!, endCursor: String }
  type Order { id: ID!, status: String, customer: User, lines: [Line!]!, shipments(open: Boolean!): [Line!] }
  type Line { quantity: Int!, product: Product! }
  type Product { id: ID!, slug: String!, name: String! }
  type User { id: ID!, email: String }
`);

describe('roles of rpcs', () => {
  it('go by names and messages', () => {
    expect(told(infer(protoOrders))).toEqual({
      'OrderService.GetOrder': 'get order',
      'OrderService.ListOrders': 'list order',
      'OrderService.CreateOrder': 'create order',
      'OrderService.UpdateOrder': 'update order',
      'OrderService.RemoveOrder': 'delete order',
      'OrderService.CancelOrder': 'action (cancel) order',
      'OrderService.MarkOrderAsPaid': 'action (mark as paid) order',
      'OrderService.BatchCreateOrders': 'batch order',
      'OrderService.WatchOrders': 'watch order',
      'OrderService.UploadOrders': 'create order',
    });
    expect([...infer(protoOrders).messages].map(([name, { name: noun }]) => [name, noun])).toEqual([
      ['shop.v1.Order', 'order'],
    ]);
  });

  it('take the noun of the service where the name is a verb alone', () => {
    const roles = infer(
      proto(`service Books {
        rpc Get(BookId) returns (Book);
        rpc List(Nothing) returns (stream Book);
        rpc Archive(BookId) returns (Book);
      }
      message BookId { string id = 1; } message Nothing {} message Book { string id = 1; string title = 2; }`),
    );
    expect(told(roles)).toEqual({
      'Books.Get': 'get book',
      'Books.List': 'list book',
      'Books.Archive': 'action (archive) book',
    });
  });

  it('are of each request of a stream', () => {
    const roles = infer(
      proto(`service Shelf {
        rpc GetBook(BookId) returns (Book);
        rpc CreateBook(stream CreateBookRequest) returns (Summary);
        rpc BatchCreateBooks(stream Books) returns (Summary);
        rpc UpdateBooks(stream Book) returns (Summary);
        rpc UploadCover(stream Chunk) returns (Summary);
        rpc CountBooks(stream BookId) returns (Summary);
      }
      message BookId { string id = 1; } message Book { string id = 1; string title = 2; }
      message CreateBookRequest { Book book = 1; } message Books { repeated Book books = 1; }
      message Chunk { bytes data = 1; } message Summary { int32 count = 1; }`),
    );
    expect(told(roles)).toEqual({
      'Shelf.GetBook': 'get book',
      'Shelf.CreateBook': 'create book',
      'Shelf.BatchCreateBooks': 'batch book',
      'Shelf.UpdateBooks': 'update book',
    });
  });

  it('are none for stores of keys and for what gives no record', () => {
    const roles = infer(
      proto(`service KV { rpc Range(RangeRequest) returns (RangeResponse); rpc Put(RangeRequest) returns (RangeResponse); }
      message RangeRequest { bytes key = 1; } message RangeResponse { repeated KeyValue kvs = 1; }
      message KeyValue { bytes key = 1; bytes value = 2; }`),
    );
    expect(roles.resources).toEqual([]);
  });

  it('are of one resource in all versions of a package', () => {
    const roles = infer(
      proto(
        `service A { rpc GetOrder(Id) returns (Order); } message Id { string id = 1; } message Order { string id = 1; string state = 2; }`,
      ),
      restOrders,
    );
    expect(roles.resources.map(({ name, home }) => [name, home.language])).toEqual([['order', 'openapi']]);
  });
});

describe('roles of root fields', () => {
  it('go by names, arguments and types', () => {
    expect(told(infer(graphqlOrders))).toEqual({
      'Query.order': 'get order',
      'Query.orders': 'list order',
      'Query.allProducts': 'list product',
      'Query.productBySlug': 'get product',
      'Query.viewer': 'get user',
      'Mutation.createOrder': 'create order',
      'Mutation.orderUpdate': 'update order',
      'Mutation.removeOrder': 'delete order',
      'Mutation.cancelOrder': 'action (cancel) order',
      'Mutation.productBulkCreate': 'batch product',
      'Subscription.orderCreated': 'watch (created) order',
      'Subscription.onOrderUpdate': 'watch (updated) order',
      'Subscription.orderShipped': 'watch (shipped) order',
      'Subscription.orders': 'watch order',
    });
  });

  it('make records of what can be told apart', () => {
    expect([...infer(graphqlOrders).graphqlTypes.keys()].sort()).toEqual(['Order', 'Product', 'User']);
  });

  it('keep in a record what is its own, and of other records the id', () => {
    const { home, links } = infer(graphqlOrders).resources.find(({ name }) => name === 'order')!;
    if (home.shape.kind !== 'object') throw new Error('An order is an object.');
    expect([...home.shape.fields().keys()]).toEqual(['id', 'status', 'customer', 'lines']);
    expect([...links].map(([field, { name }]) => [field, name])).toEqual([['customer', 'user']]);
  });
});

describe('documents of three languages', () => {
  it('speak of one resource, whose home is OpenAPI, then protobuf, then GraphQL', () => {
    const all = infer(graphqlOrders, protoOrders, restOrders);
    const resource = all.resources.find(({ name }) => name === 'order')!;
    expect(resource.home.language).toBe('openapi');
    expect(all.graphqlTypes.get('Order')).toBe(resource);
    expect(all.messages.get('shop.v1.Order')).toBe(resource);
    expect([...all.rest.values()].every((role) => role.resource === resource)).toBe(true);
    const two = infer(graphqlOrders, protoOrders);
    expect(two.resources.find(({ name }) => name === 'order')!.home.language).toBe('protobuf');
    expect(two.resources.map(({ name }) => name)).toEqual(['order', 'product', 'user']);
  });

  it('are apart where two of one language call different things alike', () => {
    const other = rest(
      { 'GET /orders/{number}': { gives: ref('Order') } },
      { Order: object({ number: whole, regiment: text, rank: text }) },
    );
    expect(infer(restOrders, other).resources.map(({ name }) => name)).toEqual(['order', 'order 2']);
  });
});
