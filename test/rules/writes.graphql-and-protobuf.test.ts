// Where rules about errors, secrets, limits, methods and resources begin and end in GraphQL and Protocol Buffers.
import { describe, expect, it } from 'vitest';
import { findInExample } from '../../src/commands/examples.ts';
import type { LanguageName } from '../../src/languages/language.ts';
import { rules } from '../../src/rules/index.ts';
import type { Example } from '../../src/rules/rule.ts';

async function found(
  id: string,
  language: LanguageName,
  text: Example,
  options: Record<string, unknown> = {},
): Promise<string[]> {
  const rule = rules.find((one) => one.id === id)!;
  const table = Object.entries(rule.options ?? {}).map(([name, option]) => [
    name,
    Object.hasOwn(options, name) ? { ...option, default: options[name] } : option,
  ]);
  const problems = await findInExample({ ...rule, options: Object.fromEntries(table) }, language, text, rules);
  return problems.map(({ element }) => element);
}

const proto = (text: string): string => `syntax = "proto3";\npackage shop.v1;\n${text}`;

describe('errors', () => {
  const payloads = (count: number, rest = ''): string => {
    const names = Array.from({ length: count }, (_, i) => `Do${i}Payload`);
    const fields = names.map((name, i) => `  do${i}: ${name}`);
    return `type Mutation {\n${fields.join('\n')}\n}\n${names.map((name) => `type ${name} { a: Int }`).join('\n')}\n${rest}`;
  };

  it('that no payload of many tells are one fault', async () => {
    expect(await found('errors/payload-has-errors', 'graphql', payloads(11))).toEqual(['Mutation']);
    expect(await found('errors/payload-has-errors', 'graphql', payloads(2))).toEqual(['Do0Payload', 'Do1Payload']);
    const some = payloads(11, 'extend type Mutation { ok: OkPayload }\ntype OkPayload { errors: [String!] }');
    expect(await found('errors/payload-has-errors', 'graphql', some)).toHaveLength(11);
  });

  it.each([
    'union DoResult = Done | Failed\ntype Done { a: Int }\ntype Failed { message: String }',
    'type DoResult { problems: [Problem!] }\ntype Problem { message: String }',
    'type DoResult { success: Boolean! message: String code: String }',
  ])('may be told as %s', async (result) => {
    expect(await found('errors/payload-has-errors', 'graphql', `type Mutation { do: DoResult }\n${result}`)).toEqual(
      [],
    );
  });

  it('in a union are the usual way where most mutations have them there', async () => {
    const schema = `type Mutation { a: AResult b: BResult c: CPayload }
union AResult = Done | TakenError
union BResult = Done | TakenError
type CPayload { errors: [TakenError!]! }
type Done { a: Int }
type TakenError { message: String! }`;
    expect(await found('errors/shape-consistent', 'graphql', schema)).toEqual(['CPayload.errors']);
  });

  it('that are things of their own are no errors of the mutation', async () => {
    const schema = `type Mutation { closeProblem: CloseProblemPayload }
type CloseProblemPayload { problem: Problem errors: [UserError!]! }
type Problem { id: ID! stackTrace: String }
type UserError { message: String! code: ErrorCode! field: String }`;
    for (const id of ['errors/no-internals', 'errors/validation-details-declared', 'errors/shape-consistent'])
      expect(await found(id, 'graphql', schema)).toEqual([]);
  });

  it.each([
    ['rpc Watch(R) returns (stream WatchResponse);', 'message WatchResponse { string error = 1; }'],
    ['rpc Get(R) returns (Job);', 'message Job { string error = 1; }'],
    ['rpc Run(R) returns (RunResponse);', 'message RunResponse { string error = 1; string status = 2; }'],
    ['rpc Import(R) returns (ImportResponse);', 'message ImportResponse { map<string, string> error = 1; }'],
  ])('beside the status are none of %s', async (rpc, message) => {
    expect(await found('errors/not-in-band', 'protobuf', proto(`service S { ${rpc} }\n${message}`))).toEqual([]);
  });
});

describe('security', () => {
  const mutations = (...directives: string[]): string =>
    `type Mutation {\n${directives.map((directive, i) => `  do${i}: Int ${directive}`).join('\n')}\n}`;

  it('asks for directives that most mutations carry, or that were named', async () => {
    const id = 'security/operation-secured';
    expect(await found(id, 'graphql', mutations('@auth', '@auth', ''))).toEqual(['Mutation.do2']);
    expect(await found(id, 'graphql', mutations('@auth', '', ''))).toEqual([]);
    expect(await found(id, 'graphql', mutations('', '@guest'), { directives: ['@member', 'guest'] })).toEqual([
      'Mutation.do0',
    ]);
    expect(await found(id, 'graphql', `${mutations('@auth', '@auth', '')}\nextend type Mutation @auth`)).toEqual([]);
  });

  it('takes a secret for one only where it is read', async () => {
    const schema = `type Query { user: User }
type Mutation { signUp: SignUpPayload }
type User { id: ID! keys: [ApiKey] }
type ApiKey { apiKey: String }
type SignUpPayload { password: String user: User }
type Unreached { password: String }`;
    expect(await found('security/secret-write-only', 'graphql', schema)).toEqual([]);
    expect(
      await found('security/secret-write-only', 'graphql', schema.replace('{ id: ID!', '{ password: String')),
    ).toEqual(['User.password']);
  });

  it('finds tokens in introspection results', async () => {
    const type = {
      kind: 'OBJECT',
      name: 'Query',
      description: 'Use AKIAQ3EGRX7VZT5WLM2P.',
      fields: [],
      interfaces: [],
    };
    const json = JSON.stringify({ __schema: { queryType: { name: 'Query' }, types: [type], directives: [] } });
    expect(await found('security/no-secret-in-document', 'graphql', { 'schema.json': json })).toHaveLength(1);
  });
});

describe('limits', () => {
  it('ask everything that creates for a key when they are told to', async () => {
    const schema = 'type Mutation { createOrder(note: String): Int }';
    expect(await found('limits/idempotency-key-accepted', 'graphql', schema)).toEqual([]);
    expect(await found('limits/idempotency-key-accepted', 'graphql', schema, { always: true })).toEqual([
      'Mutation.createOrder',
    ]);
    const file = proto(
      'service S { rpc CreateOrder(CreateOrderRequest) returns (Order); }\nmessage CreateOrderRequest {}',
    );
    expect(await found('limits/idempotency-key-accepted', 'protobuf', file)).toEqual([]);
    expect(await found('limits/idempotency-key-accepted', 'protobuf', file, { always: true })).toEqual([
      'shop.v1.CreateOrderRequest',
    ]);
  });

  it.each([
    ['At most 100 ids.', 0],
    ['The maximum number of ids is 100.', 0],
    ['100 ids or fewer.', 0],
    ['See the limits of your plan.', 0],
    ['Up to 1,000 ids.', 1],
    ['The ids of 3 orders, as they stand in the 2024 catalogue.', 1],
  ])('read %j', async (text, count) => {
    const file = proto(`service S { rpc BatchGetOrders(BatchGetOrdersRequest) returns (R); }
message BatchGetOrdersRequest {
  // ${text}
  repeated string ids = 1;
}`);
    expect(await found('limits/batch-bounded', 'protobuf', file)).toHaveLength(count);
  });

  it('miss a health service where nothing names one', async () => {
    const file = proto('service OrderService {}');
    expect(await found('limits/health-declared', 'protobuf', file)).toEqual(['shop.v1.OrderService']);
    expect(await found('limits/health-declared', 'protobuf', proto('message Order {}'))).toEqual([]);
  });
});

describe('methods', () => {
  it.each(['updates', 'createdOrders', 'searchOrders', 'getOrder', 'order', 'cancelReasons'])(
    'let a query be called %s',
    async (name) => {
      expect(await found('methods/safe-has-no-effect', 'graphql', `type Query { ${name}: Int }`)).toEqual([]);
    },
  );

  it.each([
    ['note: String!', 0],
    ['note: String! = ""', 0],
    ['note: String!, title: String! = "", version: Int!', 1],
  ])('let an update take %s', async (taken, count) => {
    const schema = `type Query { order(id: ID!): Order }
type Mutation { updateOrder(id: ID!, ${taken}): Order }
type Order { id: ID! note: String title: String version: Int }`;
    expect(await found('methods/patch-partial', 'graphql', schema)).toHaveLength(count);
  });
});

describe('resources', () => {
  it('may be returned by many and taken by none', async () => {
    const file = proto(`service S {
  rpc GetOrder(GetOrderRequest) returns (Order);
  rpc ShipOrder(ShipOrderRequest) returns (Order);
  rpc UpdateOrder(Order) returns (Order);
  rpc Ping(google.protobuf.Empty) returns (google.protobuf.Empty);
}
message GetOrderRequest {}
message ShipOrderRequest {}
message Order {}`);
    expect(await found('resources/request-unique', 'protobuf', file)).toEqual(['shop.v1.S.UpdateOrder']);
  });

  it('may be held in a response, an edge or an operation', async () => {
    const schema = `type Query { order(id: ID!): Order }
type Mutation { createOrder: CreateOrderPayload updateOrder: OrderUnion }
type Order implements Node { id: ID! }
interface Node { id: ID! }
type CreateOrderPayload { order: Node }
union OrderUnion = Order | Gone
type Gone { at: Int }`;
    expect(await found('resources/representation-consistent', 'graphql', schema)).toEqual([]);
    const file = proto(`service S {
  rpc GetOrder(G) returns (GetOrderResponse);
  rpc CreateOrder(C) returns (CreateOrderResponse);
  rpc UpdateOrder(U) returns (Operation);
}
message GetOrderResponse { Order order = 1; }
message CreateOrderResponse { Result result = 1; }
message Result { Order order = 1; }
message Operation { string name = 1; }
message Order { string name = 1; }`);
    expect(await found('resources/representation-consistent', 'protobuf', file)).toEqual([]);
  });
});
