import { mutations } from '../../conventions/graphql/mutations.ts';
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import { type Rpc, rpcs } from '../../languages/protobuf/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'resources/request-unique',
  summary: 'each operation has an input of its own',
  why: `Two operations that share their input change together: a field that one of them needs turns up in the other, where it means
nothing, and cannot be required in either. An input of its own can grow with its operation.`,
  sources: [
    'guide S4, gRPC Service Design',
    'guide S4, GraphQL Schema Design (input types)',
    'AIP-130',
    'protobuf.dev, API Best Practices',
    'Buf, RPC_REQUEST_RESPONSE_UNIQUE',
  ],
  equivalents: ['buf:RPC_REQUEST_RESPONSE_UNIQUE'],
  checks: {
    graphql: {
      good: `
type Mutation {
  createOrder(input: CreateOrderInput!): CreateOrderPayload
  updateOrder(input: UpdateOrderInput!): UpdateOrderPayload
  shipOrder(id: ID!, address: AddressInput!): ShipOrderPayload
  moveCustomer(id: ID!, address: AddressInput!): MoveCustomerPayload
}

input CreateOrderInput {
  address: AddressInput!
}

input UpdateOrderInput {
  id: ID!
  address: AddressInput
}

input AddressInput {
  city: String!
}
`,
      bad: `
type Mutation {
  createOrder(input: OrderInput!): CreateOrderPayload
  updateOrder(id: ID!, input: OrderInput!): UpdateOrderPayload
}

input OrderInput {
  note: String
}
`,
      *find(api) {
        const users = new Map<string, { readonly name: string; readonly at: (typeof all)[number]['field']['at'] }[]>();
        const all = mutations(api);
        for (const { name, input } of all) {
          if (!input?.type || !holders.has(input.argument.name)) continue;
          const { argument } = input;
          const known = users.get(input.type.name) ?? [];
          known.push({ name, at: argument.at.on(argument.node.type) });
          users.set(input.type.name, known);
        }
        for (const { type } of all.flatMap(({ input }) => input ?? [])) {
          const using = type && users.get(type.name);
          if (!type || !using || using.length < 2) continue;
          users.delete(type.name);
          yield {
            at: type.at,
            message: `\`${type.name}\` is the input of ${listed(using.map(({ name }) => name))}.`,
            help: 'Give each mutation an input of its own, called after it.',
            related: using.slice(0, 3).map(({ name, at }) => ({ message: `As \`${name}\` takes it.`, at })),
          };
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";
package orders.v1;

service OrderService {
  rpc GetOrder(GetOrderRequest) returns (Order);
  rpc UpdateOrder(UpdateOrderRequest) returns (Order);
  rpc CancelOrder(CancelOrderRequest) returns (Order);
  rpc DeleteOrder(DeleteOrderRequest) returns (google.protobuf.Empty);
}

message GetOrderRequest {}

message UpdateOrderRequest {}

message CancelOrderRequest {}

message DeleteOrderRequest {}

message Order {}
`,
      bad: `
syntax = "proto3";
package orders.v1;

service OrderService {
  rpc GetOrder(OrderRequest) returns (GetOrderResponse);
  rpc DeleteOrder(OrderRequest) returns (google.protobuf.Empty);
  rpc ShipOrder(ShipOrderRequest) returns (StatusResponse);
  rpc CancelOrder(CancelOrderRequest) returns (StatusResponse);
  rpc EchoOrder(OrderNote) returns (OrderNote);
}
`,
      *find(api) {
        const shared = sharedTypes(api);
        for (const rpc of rpcs(api)) {
          const type = [rpc.request?.type, rpc.response?.type].find((one) => one && shared.get(one)?.includes(rpc));
          if (type === undefined) continue;
          const others = shared.get(type)!.filter((other) => other !== rpc);
          const name = type.slice(type.lastIndexOf('.') + 1);
          yield {
            at: rpc.at,
            message:
              others.length === 0
                ? `\`${rpc.name}\` takes \`${name}\`, which rpcs return.`
                : `\`${rpc.name}\` shares \`${name}\` with ${listed(others.map((other) => other.name))}.`,
            help: 'Give each rpc a request and a response of its own.',
          };
        }
      },
    },
  },
  absent: { openapi: 'There a body without a name belongs to its operation, and what shares one is one resource.' },
});

/** The arguments that hold all that a mutation takes; others, as `address`, hold a part. */
const holders: ReadonlySet<string> = new Set(['input', 'data']);

/** The messages that several sides of rpcs are made of, with the rpcs. A response may be that of others if it is a resource, empty, or stands for an operation. */
function sharedTypes(api: Protobuf): ReadonlyMap<string, readonly Rpc[]> {
  const requests = new Map<string, Rpc[]>();
  const responses = new Map<string, Rpc[]>();
  for (const rpc of rpcs(api)) {
    if (rpc.request) add(requests, rpc.request.type, rpc);
    if (rpc.response) add(responses, rpc.response.type, rpc);
  }
  const found = new Map<string, readonly Rpc[]>();
  for (const type of new Set([...requests.keys(), ...responses.keys()])) {
    if (isMixin(type)) continue;
    const taking = requests.get(type) ?? [];
    const answering = isEmpty(type) ? [] : (responses.get(type) ?? []);
    const isShared = taking.length > 1 || (taking.length > 0 && answering.length > 0);
    // That a resource is taken is no fault of those that return it.
    const blamed = isForMany(type, answering) ? taking : [...taking, ...answering];
    if (isShared || blamed.length > 1) found.set(type, [...new Set(blamed)]);
  }
  return found;
}

function add(to: Map<string, Rpc[]>, type: string, rpc: Rpc): void {
  const known = to.get(type);
  if (known) known.push(rpc);
  else to.set(type, [rpc]);
}

function isEmpty(type: string): boolean {
  return type === 'google.protobuf.Empty';
}

/** Whether a response is made for several rpcs: a resource, which one of them gets or returns by its name; an operation; any body. */
function isForMany(type: string, answering: readonly Rpc[]): boolean {
  const name = type.slice(type.lastIndexOf('.') + 1);
  if (/(?:^|\.)longrunning\.Operation$|^google\.api\.HttpBody$/.test(type)) return true;
  return answering.some(
    ({ role, noun }) => (role !== 'custom' && noun === name) || (role === 'Get' && !/Response$|Reply$/.test(name)),
  );
}

/** The messages of the services that others take over as they are: those of IAM and of operations. */
function isMixin(type: string): boolean {
  return /^google\.(?:iam\.v\d+|longrunning)\.\w+$/.test(type);
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 2).map((name) => `\`${name}\``);
  return names.length > 2 ? `${shown.join(', ')} and ${names.length - 2} more` : shown.join(' and ');
}
