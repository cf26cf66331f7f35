import { isForeign, speaksForItself } from '../../conventions/graphql/documentation.ts';
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
  options: {
    selfEvident: {
      description:
        'Whether what speaks for itself needs a description, too. In GraphQL: roots, connections, edges, page infos, scalars with `@specifiedBy`, inputs and payloads of described mutations. In .proto files: requests and responses of rpcs with a comment, oneofs whose members have comments, and what has its comment behind it. In OpenAPI it changes nothing.',
      default: true,
      schema: { type: 'boolean' },
    },
  },
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
"What a customer buys at once."
type Order {
  items: [OrderItem!]
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
      *find(api, { selfEvident }) {
        for (const type of graphql.types(api)) {
          const { name, kind, base } = type;
          if (!base || graphql.descriptionOf(base) !== '' || isForeign(type)) continue;
          if (!selfEvident && speaksForItself(api, type)) continue;
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

// Whose order to return.
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

enum OrderStatus { // How far an order has come.
  ORDER_STATUS_UNSPECIFIED = 0;
}
`,
      *find(api, { selfEvident }) {
        for (const { kind, node, name, at } of selfEvident ? definitions(api) : open(api)) {
          if ((selfEvident ? protobuf.leadingDescriptionOf : protobuf.descriptionOf)(node) !== '') continue;
          yield {
            at,
            message: `${capitalised(kind)} \`${name}\` has no comment.`,
            help:
              kind === 'service' ? 'Say above it what it is for.' : 'Say above it in one sentence what it stands for.',
          };
        }
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

interface Definition {
  readonly kind: 'service' | 'message' | 'oneof' | 'enum';
  readonly node: Node;
  readonly name: string;
  readonly at: Place;
}

/** What has a name and stands for something. The comment of a group is that of its field. */
function* definitions(api: Protobuf): Generator<Definition> {
  for (const { node, name, at } of protobuf.services(api)) yield { kind: 'service', node, name, at };
  for (const { node, name, at, oneofs } of protobuf.messages(api)) {
    if (!node.isGroup) yield { kind: 'message', node, name, at };
    for (const oneof of oneofs)
      yield { kind: 'oneof', node: oneof, name: oneof.name.text, at: placeOf(oneof, oneof.name) };
  }
  for (const { node, name, at } of protobuf.enums(api)) yield { kind: 'enum', node, name, at };
}

/** Definitions whose meaning nothing beside them tells. */
function* open(api: Protobuf): Generator<Definition> {
  const standard = standardMessages(api);
  for (const definition of definitions(api)) {
    const { kind, node } = definition;
    if (kind === 'message' && standard.has(node)) continue;
    if (node.kind === 'oneof' && node.body.every((member) => protobuf.descriptionOf(member) !== '')) continue;
    yield definition;
  }
}

/** Requests and responses, called so, of rpcs with a comment: what the rpc does says what they are for. */
function standardMessages(api: Protobuf): ReadonlySet<Node> {
  const found = new Set<Node>();
  for (const { node, request, response } of protobuf.rpcs(api)) {
    if (protobuf.descriptionOf(node) === '') continue;
    for (const side of [request, response]) {
      if (side?.definition?.node && isCalledAsSide(side.type)) found.add(side.definition.node);
    }
  }
  return found;
}
