import { mutations } from '../../conventions/graphql/mutations.ts';
import { takesIdempotencyKey } from '../../conventions/openapi/idempotency.ts';
import { createsItem } from '../../conventions/openapi/intent.ts';
import { messageOf } from '../../conventions/protobuf/collections.ts';
import type { GraphQl } from '../../languages/graphql/graphql.ts';
import { type Field, namedType, typeNamed } from '../../languages/graphql/select.ts';
import { operations } from '../../languages/openapi/select.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'limits/idempotency-key-accepted',
  summary: 'what creates takes an idempotency key',
  why: `When the answer to what creates an order gets lost, the client does not know whether the order exists. Without a key it must choose between
no order and two; with one it simply asks again.`,
  sources: ['guide S4, Idempotency Keys', 'draft-ietf-httpapi-idempotency-key-header', 'AIP-155', 'Zalando 230'],
  equivalents: [],
  options: {
    always: {
      description:
        'GraphQL and Protocol Buffers: whether everything that creates takes a key. Otherwise only what stands beside others that do, half of all or more.',
      default: false,
      schema: { type: 'boolean' },
    },
  },
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    post:
      parameters:
        - { name: Idempotency-Key, in: header, schema: { type: string, format: uuid } }
  /payments:
    post:
      requestBody:
        content:
          application/json:
            schema: { type: object, properties: { idempotency_key: { type: string } } }
  /orders/search:
    post: {}
  /orders/{id}/cancel:
    post: {}
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    post:
      parameters:
        - { name: X-Request-ID, in: header, schema: { type: string } }
`,
      *find(api) {
        for (const operation of operations(api)) {
          if (!createsItem(operation) || takesIdempotencyKey(api, operation)) continue;
          yield {
            at: operation.at,
            message: `\`${operation.name}\` creates and takes no idempotency key.`,
            help: 'Take an `Idempotency-Key` header, and answer a repeated key with the first answer.',
          };
        }
      },
    },
    graphql: {
      good: `
type Mutation {
  createOrder(input: CreateOrderInput!): Order
  createInvoice(input: CreateInvoiceInput!): Invoice
  cancelOrder(id: ID!): Order
}

input CreateOrderInput {
  clientMutationId: String
  note: String
}

input CreateInvoiceInput {
  idempotencyKey: ID!
}
`,
      bad: `
type Mutation {
  createOrder(input: CreateOrderInput!): Order
  createInvoice(input: CreateInvoiceInput!): Invoice
}

input CreateOrderInput {
  idempotencyKey: ID
}

input CreateInvoiceInput {
  note: String
}
`,
      *find(api, { always }) {
        const creates = mutations(api).filter(({ verb }) => verb === 'create');
        const silent = creates.filter(({ field }) => !takenNames(api, field).some(isKeyName));
        if (!always && (creates.length - silent.length) * 2 < creates.length) return;
        for (const { field, name } of silent) {
          yield {
            at: field.at,
            message: `\`${name}\` creates and takes no idempotency key.`,
            help: 'Take an `idempotencyKey`, and answer a repeated one with the first answer.',
          };
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";
package orders.v1;

service OrderService {
  rpc CreateOrder(CreateOrderRequest) returns (Order);
  rpc CancelOrder(CancelOrderRequest) returns (Order);
}

message CreateOrderRequest {
  Order order = 1;
  string request_id = 2;
}

message CancelOrderRequest {
  string name = 1;
}
`,
      bad: `
syntax = "proto3";
package orders.v1;

service OrderService {
  rpc CreateOrder(CreateOrderRequest) returns (Order);
  rpc CreateInvoice(CreateInvoiceRequest) returns (Invoice);
}

message CreateOrderRequest {
  Order order = 1;
  string request_id = 2;
}

message CreateInvoiceRequest {
  Invoice invoice = 1;
}
`,
      *find(api, { always }) {
        for (const service of protobuf.services(api)) {
          const creates = service.rpcs.flatMap((rpc) => {
            const request = rpc.role === 'Create' && rpc.streaming === 'none' ? messageOf(api, rpc.request) : null;
            return request ? [{ rpc, request }] : [];
          });
          const silent = creates.filter(({ request }) => !request.fields.some(({ name }) => isKeyName(name)));
          if (!always && (creates.length - silent.length) * 2 < creates.length) continue;
          for (const { rpc, request } of silent) {
            yield {
              at: request.at,
              message: `\`${request.name}\` has no \`request_id\`, so \`${rpc.name}\` cannot be repeated safely.`,
              help: 'Add `string request_id`, a UUID, and answer a repeated one with the first answer (AIP-155).',
            };
          }
        }
      },
    },
  },
});

/** Names of keys for repeated requests: `clientMutationId` is Relay's, `request_id` that of AIP-155. */
function isKeyName(name: string): boolean {
  return /idempot|^(?:client)?_?(?:request|mutation)_?(?:id|token)$|^client_?token$|^dedup/i.test(name);
}

/** The names of a mutation's arguments, and of the fields of those that are inputs. */
function takenNames(api: GraphQl, { arguments: taken }: Field): string[] {
  return taken.flatMap(({ name, node }) => {
    const input = typeNamed(api, namedType(node.type).name.value);
    return [name, ...(input?.inputFields ?? []).map((field) => field.name)];
  });
}
