import * as graphql from '../../languages/graphql/select.ts';
import { asString } from '../../languages/openapi/json.ts';
import { segmentsOf } from '../../languages/openapi/paths.ts';
import { type Operation, operations } from '../../languages/openapi/select.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import { split } from '../../words/split.ts';
import { effectOf, isVerb, leadingVerb, operationVerb } from '../../words/verbs.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'methods/safe-has-no-effect',
  summary: 'what only reads creates, changes and deletes nothing',
  why: `Crawlers, link previews, prefetching browsers, caches and retries all send GETs that nobody asked for. One of them will press the
button.`,
  sources: [
    'guide S4, HTTP Method Usage',
    'guide S2, RESTful API Design Principles',
    'RFC 9110, section 9.2.1',
    'GraphQL specification, section 6.2.2 (Mutation)',
    'AIP-131',
    'AIP-132',
    'Zalando 148',
  ],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders/{id}:
    get: { operationId: getOrder }
  /orders/{id}/cancel:
    post: { operationId: cancelOrder }
  /orders/{id}/cancel-reasons:
    get: { operationId: listCancelReasons }
  /updates:
    get: { summary: Updates since the last visit }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders/{id}/cancel:
    get: {}
  /orders/{id}:
    get: { operationId: deleteOrder }
  /newsletter:
    get: { summary: Unsubscribe from the newsletter }
`,
      *find(api) {
        for (const operation of operations(api)) {
          if (operation.method !== 'get' && operation.method !== 'head') continue;
          const told = effectTold(operation);
          if (!told) continue;
          yield {
            at: operation.at,
            message: `\`${operation.name}\` has an effect by its ${told.where} (\`${told.text}\`).`,
            help: 'Make it a POST, PUT, PATCH or DELETE.',
          };
        }
      },
    },
    graphql: {
      good: `
type Query {
  order(id: ID!): Order
  cancelReasons: [CancelReason!]!
  updates(since: DateTime): [Update!]!
}

type Mutation {
  cancelOrder(id: ID!): Order
}
`,
      bad: `
type Query {
  order(id: ID!): Order
  cancelOrder(id: ID!): Order
}
`,
      *find(api) {
        for (const { operation, field } of graphql.rootFields(api)) {
          if (operation !== 'query' || !changes(leadingVerb(split(field.name)))) continue;
          yield {
            at: field.at,
            message: `The query \`${field.name}\` has an effect by its name.`,
            help: 'Make it a mutation: queries are cached, repeated and run side by side.',
          };
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";
package orders.v1;

service OrderService {
  rpc ListOrders(ListOrdersRequest) returns (ListOrdersResponse) {
    option (google.api.http) = {
      get: "/v1/orders"
      additional_bindings { post: "/v1/orders:list" body: "*" }
    };
  }
  rpc GetIamPolicy(GetIamPolicyRequest) returns (Policy) {
    option (google.api.http) = { post: "/v1/{resource=orders/*}:getIamPolicy" body: "*" };
  }
  rpc CancelOrder(CancelOrderRequest) returns (Order) {
    option (google.api.http) = { post: "/v1/{name=orders/*}:cancel" body: "*" };
  }
}
`,
      bad: `
syntax = "proto3";
package orders.v1;

service OrderService {
  rpc ListOrders(ListOrdersRequest) returns (ListOrdersResponse) {
    option (google.api.http) = { post: "/v1/orders" body: "*" };
  }
  rpc CancelOrder(CancelOrderRequest) returns (Order) {
    option (google.api.http) = { get: "/v1/{name=orders/*}:cancel" };
  }
}
`,
      *find(api) {
        for (const { name, role, http } of protobuf.rpcs(api)) {
          const [first] = http;
          const onlyReads = role === 'Get' || role === 'List';
          if (first && onlyReads && http.every(({ method, path }) => method !== 'GET' && !/:[^/{}]*$/.test(path))) {
            yield {
              at: first.methodAt,
              message: `\`${name}\` only reads, and is bound to ${first.method}.`,
              help: 'Bind it to GET, so that its answers can be cached and the call repeated.',
            };
          }
          const binding = http.find(({ method }) => method === 'GET' || method === 'HEAD');
          if (!binding || !changes(leadingVerb(split(name)))) continue;
          yield {
            at: binding.methodAt,
            message: `\`${name}\` has an effect by its name, and is bound to ${binding.method}.`,
            help: 'Bind it to POST, PUT, PATCH or DELETE.',
          };
        }
      },
    },
  },
});

interface Told {
  readonly where: string;
  readonly text: string;
}

/** What says that an operation does more than read: the path's end, else its id, else its summary. */
function effectTold({ path, value }: Operation): Told | null {
  const id = asString(value['operationId']);
  const summary = asString(value['summary']);
  const reads = [id, summary].some((name) => name !== undefined && readsByName(name));
  const last = segmentsOf(path).at(-1)?.text ?? '';
  const words = split(last.replace(/^\{[^{}]*\}:?/, ''));
  if (!reads && changes(leadingVerb(words))) return { where: 'path', text: last };
  if (id !== undefined && !reads && changes(operationVerb(id))) return { where: 'operationId', text: id };
  if (summary !== undefined && id === undefined && changes(firstVerb(summary)))
    return { where: 'summary', text: summary };
  return null;
}

function readsByName(name: string): boolean {
  const verb = operationVerb(name);
  return verb !== null && effectOf(verb) === 'read';
}

const firstVerb = (summary: string): string | null => leadingVerb(split(summary).slice(0, 3));

/** Only verbs that are nothing else: a `set`, a `post` or a `patch` may be what is read. */
function changes(verb: string | null): boolean {
  if (verb === null || !isVerb(verb)) return false;
  const effect = effectOf(verb);
  return effect === 'write' || effect === 'delete';
}
