import * as graphql from '../../languages/graphql/select.ts';
import { effectiveTypes, parameters } from '../../languages/openapi/select.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import { isIdName } from '../../words/ids.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'security/id-unguessable',
  summary: 'ids that callers send are not integers that can be counted up',
  why: `Whoever has one id can guess all others. Where a single check of ownership is missing, everything can be read by counting, and
the numbers also tell how many customers there are.`,
  sources: ['OWASP API1:2023', 'RFC 9562, section 6.9'],
  equivalents: ['owasp:api1:2023-no-numeric-ids', 'vacuum:owasp-no-numeric-ids'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders/{id}:
    get:
      parameters:
        - { name: id, in: path, required: true, schema: { type: string, format: uuid } }
        - { name: grid, in: query, schema: { type: integer } }
`,
      bad: `
openapi: 3.1.0
paths:
  /users/{user_id}/orders/{orderId}:
    get:
      parameters:
        - { name: user_id, in: path, required: true, schema: { type: integer } }
        - { name: orderId, in: path, required: true, schema: { type: integer, format: int64 } }
`,
      *find(api) {
        for (const { name, in: place, schema } of parameters(api)) {
          if (!schema || (place !== 'path' && place !== 'query') || !isIdName(name)) continue;
          if (!effectiveTypes(api, schema).includes('integer')) continue;
          yield {
            at: schema.at,
            message: `\`${name}\` is an integer, so other ids can be guessed from one.`,
            help,
          };
        }
      },
    },
    graphql: {
      good: `
type Query {
  order(id: ID!): Order
  page(grid: Int, number: Int!): Page
}

type Order {
  lineId: Int!
}
`,
      bad: `
type Query {
  order(id: Int!): Order
}

input CancelOrderInput {
  orderId: Int!
}
`,
      *find(api) {
        for (const { name, node, at } of [...graphql.everyArgument(api), ...graphql.inputFields(api)]) {
          const type = graphql.namedType(node.type);
          if (!/^(?:Int|BigInt|Long)$/.test(type.name.value) || !isIdName(name)) continue;
          yield { at: at.on(type), message: `\`${name}\` is an integer, so other ids can be guessed from one.`, help };
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";
package orders.v1;

message GetOrderRequest {
  string id = 1;
  int32 grid = 2;
  uint64 customer_id = 3;
  int64 request_id = 4;
}
`,
      bad: `
syntax = "proto3";
package orders.v1;

message GetOrderRequest {
  int64 id = 1;
}

message ListLinesRequest {
  uint32 order_id = 1;
}
`,
      *find(api) {
        const requests = new Set<unknown>(protobuf.rpcs(api).map(({ request }) => request?.definition?.node));
        for (const { node, name: message, fields } of protobuf.messages(api)) {
          if (requests.size > 0 ? !requests.has(node) : !message.endsWith('Request')) continue;
          for (const { name, type, typeAt } of fields) {
            // A uint64 may well be random; ids that callers choose need not be secret.
            if (!/^(?:s?int|sfixed)(?:32|64)$|^uint32$/.test(type) || !isIdName(name) || isChosen(name)) continue;
            yield { at: typeAt, message: `\`${name}\` is an integer, so other ids can be guessed from one.`, help };
          }
        }
      },
    },
  },
});

const help = 'Use ids that cannot be guessed, such as random UUIDs.';

/** Whether an id numbers what a caller does or where it stands, rather than naming a thing: `request_id`, `start_id`. */
function isChosen(name: string): boolean {
  return split(name).some((word) =>
    /^(?:action|call|correlation|event|message|request|rpc|sequence|start|stream|watch)$/.test(word),
  );
}
