import { isPlumbingType } from '../../conventions/graphql/documentation.ts';
import { isCalledAsSide } from '../../conventions/protobuf/documentation.ts';
import { isSpecifiedName } from '../../languages/graphql/federation.ts';
import * as graphql from '../../languages/graphql/select.ts';
import { textOf } from '../../languages/openapi/descriptions.ts';
import { asString, get, isObject, itemsOf, type JsonObject } from '../../languages/openapi/json.ts';
import { namedSchemas } from '../../languages/openapi/select.ts';
import { capitalised } from '../../languages/openapi/titles.ts';
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import { type Node, placeOf } from '../../languages/protobuf/tree.ts';
import type { Place } from '../../text/place.ts';
import type { Finding } from '../../text/problem.ts';
import { saysOnly } from '../../words/filler.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'docs/type-described',
  summary: 'every named type and directive says what it stands for',
  why: `The types of an API are the words of its domain. Is an \`Account\` a person, a company, or a ledger? Each reader who has to
infer that from the fields may infer something else.`,
  sources: ['guide S4, Documentation and Testing', 'OpenAPI 3.1.1, Schema Object', 'AIP-192'],
  equivalents: [
    'ibm:ibm-schema-description',
    'vacuum:component-description',
    'graphql-eslint:require-description',
    'graphql-schema-linter:types-have-descriptions',
    'redocly:type-description',
    'buf:COMMENT_ENUM',
    'buf:COMMENT_MESSAGE',
    'buf:COMMENT_ONEOF',
    'buf:COMMENT_SERVICE',
    'protolint:ENUMS_HAVE_COMMENT',
    'protolint:MESSAGES_HAVE_COMMENT',
    'protolint:SERVICES_HAVE_COMMENT',
    'aip:0192::has-comments',
  ],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
components:
  schemas:
    Order:
      description: What a customer buys at once.
      type: object
    ExpressOrder:
      allOf:
        - $ref: '#/components/schemas/Order'
        - description: An order that leaves the house within the hour.
    # Another name for a type that is described.
    Purchase: { $ref: '#/components/schemas/Order' }
    Bill:
      allOf: [{ $ref: '#/components/schemas/Order' }]
    Orders:
      type: array
      items: { $ref: '#/components/schemas/Order' }
`,
      bad: `
openapi: 3.1.0
components:
  schemas:
    Order:
      type: object
      properties: { id: { type: string, description: Given when the order is placed. } }
    Status:
      description: ' '
      enum: [placed, paid]
`,
      *find(api) {
        for (const { name, value, at } of namedSchemas(api)) {
          if (!isObject(value) || asString(value['$ref']) !== undefined || saysWhatItIs(name, value)) continue;
          const blank = asString(value['description']) !== undefined;
          yield {
            at,
            message: blank ? `The description of type \`${name}\` is empty.` : `Type \`${name}\` has no description.`,
            help: 'Say in one sentence what a value of this type stands for.',
          };
        }
      },
    },
    graphql: {
      good: `
type Query {
  order: Order
}

"What a customer buys at once."
type Order {
  items: OrderItemConnection
}

scalar Time @specifiedBy(url: "https://scalars.graphql.org/andimarek/date-time")

type OrderItemConnection {
  edges: [OrderItemEdge]
  pageInfo: PageInfo!
}

extend type User {
  orders: [Order!]
}
`,
      bad: `
type Order {
  "Given when the order is placed."
  id: ID!
}

""
enum OrderStatus {
  PLACED
  PAID
}

directive @audited on FIELD_DEFINITION
`,
      *find(api) {
        for (const type of graphql.types(api)) {
          const { name, kind, base } = type;
          if (!base || graphql.descriptionOf(base) !== '' || isPlumbingType(api, type)) continue;
          yield {
            at: base.description ? type.at.on(base.description) : type.at,
            message: base.description
              ? `The description of ${kind} \`${name}\` is empty.`
              : `${capitalised(kind)} \`${name}\` has no description.`,
            help: 'Say in one sentence what a value of this type stands for.',
          };
        }
        for (const { name, node, at } of graphql.directiveDefinitions(api)) {
          if (graphql.descriptionOf(node) !== '' || isSpecifiedName(`@${name}`) || name.includes('__')) continue;
          yield {
            at: node.description ? at.on(node.description) : at,
            message: node.description
              ? `The description of directive \`@${name}\` is empty.`
              : `Directive \`@${name}\` has no description.`,
            help: 'Say in one sentence what it does to what it stands on.',
          };
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";

// Takes orders and follows them to the door.
service OrderService {
  // Returns an order of the caller.
  rpc GetOrder(GetOrderRequest) returns (Order);
}

message GetOrderRequest {
  string id = 1;
}

// What a customer buys at once.
message Order {
  // How it is paid.
  oneof payment {
    string invoice = 1;
    string card = 2;
  }
}
`,
      bad: `
syntax = "proto3";

service OrderService {
  rpc GetOrder(GetOrderRequest) returns (Order);
}

message Order {
  oneof payment {
    string invoice = 1;
    string card = 2;
  }
}

enum OrderStatus {
  ORDER_STATUS_UNSPECIFIED = 0;
}
`,
      *find(api) {
        const standard = standardMessages(api);
        for (const { node, name, at } of protobuf.services(api)) yield* uncommented('service', node, name, at);
        for (const { node, name, at, fullName, oneofs } of protobuf.messages(api)) {
          // The comment of a group is that of its field.
          if (!standard.has(fullName) && node.parent.kind !== 'field') yield* uncommented('message', node, name, at);
          for (const oneof of oneofs) {
            if (oneof.body.some((member) => protobuf.descriptionOf(member) === ''))
              yield* uncommented('oneof', oneof, oneof.name.text, placeOf(oneof, oneof.name));
          }
        }
        for (const { node, name, at } of protobuf.enums(api)) yield* uncommented('enum', node, name, at);
      },
    },
  },
});

/**
 * Besides a description: one in a member of `allOf`, a title that says more than the name, and what is only another
 * name, or a list, of some other type.
 */
function saysWhatItIs(name: string, schema: JsonObject): boolean {
  if (textOf(schema) !== undefined || isTelling(textOf(schema, 'title'), name)) return true;
  const members = itemsOf(schema['allOf']);
  if (members.length === 1 && asString(get(members[0], '$ref')) !== undefined) return true;
  if (asString(get(schema['items'], '$ref')) !== undefined) return true;
  return members.some((member) => textOf(member) !== undefined);
}

function isTelling(title: string | undefined, name: string): boolean {
  return title !== undefined && split(title).length > 2 && !saysOnly(title, name);
}

function* uncommented(kind: string, node: Node, name: string, at: Place): Generator<Finding> {
  if (protobuf.descriptionOf(node) !== '') return;
  yield {
    at,
    message: `${capitalised(kind)} \`${name}\` has no comment.`,
    help: kind === 'service' ? 'Say above it what it is for.' : 'Say above it in one sentence what it stands for.',
  };
}

/** The full names of requests and responses, called so, of rpcs with a comment: what the rpc does says what they are for. */
function standardMessages(api: Protobuf): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { node, request, response } of protobuf.rpcs(api)) {
    if (protobuf.descriptionOf(node) === '') continue;
    for (const side of [request, response]) {
      if (side && isCalledAsSide(side.type)) found.add(side.type);
    }
  }
  return found;
}
