import { collections } from '../../conventions/openapi/collections.ts';
import * as protobufLists from '../../conventions/protobuf/collections.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { At } from '../../languages/openapi/references.ts';
import { effectiveTypes, isJson, keyword, operations, successesOf } from '../../languages/openapi/select.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'pagination/response-enveloped',
  summary:
    'a collection comes in an envelope that has room for more: not as a bare array, and with the items as field 1',
  why: `Nothing can stand beside the items of an array: no cursor, no total, no warning. The first of them that is needed breaks every
client.`,
  sources: [
    'guide S1, REST API Design (Response Format)',
    'guide S4, Pagination Patterns',
    'guide S3, REST Endpoints',
    'Zalando 110',
  ],
  equivalents: ['ibm:ibm-no-array-responses', 'zally:110', 'aip:0158::response-repeated-first-field'],
  options: {
    property: {
      description: 'The name that the property with the items must have; null for any.',
      default: null as string | null,
      schema: { type: ['string', 'null'] },
    },
  },
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    get:
      responses:
        '200':
          description: A page of orders.
          content:
            application/json:
              schema:
                type: object
                properties:
                  data: { type: array, items: { type: object } }
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: array
              description: What is sent may be an array.
              items: { type: object }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get:
      responses:
        '200':
          description: All orders.
          content:
            application/json:
              schema:
                type: array
                items: { type: object }
`,
      *find(api, { property: wanted }) {
        const judged = new Set<unknown>();
        for (const operation of operations(api)) {
          for (const { value, media } of successesOf(api, operation)) {
            const schema = media.find(({ name }) => isJson(name))?.schema;
            if (!schema || judged.has(value) || !isArray(api, schema)) continue;
            judged.add(value);
            yield {
              at: schema.at,
              message: `\`${operation.name}\` returns a bare array.`,
              help: `Return an object that holds the items as \`${wanted ?? 'data'}\`.`,
            };
          }
        }
        if (wanted === null) return;
        for (const { operation, property } of collections(api)) {
          if (!property || property.name === wanted || judged.has(property.value)) continue;
          judged.add(property.value);
          yield {
            at: property.at.onKey,
            message: `The items of \`${operation.name}\` are called \`${property.name}\` rather than \`${wanted}\`.`,
          };
        }
      },
    },

    protobuf: {
      good: `
syntax = "proto3";

message ListUsersResponse {
  repeated User users = 1;
  string next_page_token = 2;
}

message ListStatesResponse {
  map<string, User> users = 1;
}

message ListingResponse {
  User owner = 1;
  repeated User users = 2;
}

message User {}
`,
      bad: `
syntax = "proto3";

message ListUsersResponse {
  string next_page_token = 1;
  repeated User users = 2;
}

message ListOrdersResponse {
  Order orders = 1;
  string next_page_token = 2;
}

message ListShopsResponse {
  repeated Shop shops = 3;
}

message User {}

message Order {}

message Shop {}
`,
      *find(api) {
        for (const message of protobuf.messages(api)) {
          if (!protobufLists.isListResponse(message)) continue;
          const [first] = message.fields;
          if (!first) continue;
          if (first.number === null || (first.number === 1 && (first.label === 'repeated' || first.kind === 'map')))
            continue;
          const items = first.label === 'repeated' ? first : protobufLists.itemsOf(message);
          const told =
            items === first ? `has the number ${first.number}, not 1` : 'is not the first field, with the number 1';
          yield {
            at: items === first ? first.numberAt : first.at,
            message: items
              ? `The list \`${items.name}\` of \`${message.name}\` ${told}.`
              : `\`${first.name}\` of \`${message.name}\` is no list.`,
            help: items ? 'Put the items first, in a new version: numbers cannot change.' : 'Make it `repeated`.',
          };
        }
      },
    },
  },
});

function isArray(api: OpenApi, schema: At): boolean {
  const types = effectiveTypes(api, schema);
  return types.length === 1 && types[0] === 'array' && keyword(api, schema, 'properties') === undefined;
}
