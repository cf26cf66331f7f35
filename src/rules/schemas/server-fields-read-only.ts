import { mutations } from '../../conventions/graphql/mutations.ts';
import * as graphql from '../../languages/graphql/select.ts';
import { directionOf } from '../../languages/openapi/direction.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { isItemPath } from '../../languages/openapi/paths.ts';
import {
  bodyOf,
  isJson,
  keyword,
  operations,
  type Property,
  properties,
  propertiesOf,
} from '../../languages/openapi/select.ts';
import { hasBehavior, importsAny, resourceOf } from '../../languages/protobuf/annotations.ts';
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import { toCase } from '../../words/cases.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'schemas/server-fields-read-only',
  summary:
    'what the server sets, as `id` and `created_at`, is not taken from clients: it is `readOnly`, `OUTPUT_ONLY`, or in no input',
  why: `When one schema serves for reading and writing, only \`readOnly\` tells which properties the server decides. Without it clients send their own
\`id\` or \`created_at\`, generated forms ask for them, and a careless server takes them: that is mass assignment.`,
  sources: [
    'OpenAPI 3.0.4, Schema Object, readOnly',
    'OWASP API3:2023',
    'AIP-203',
    'guide S4, Common API Design Mistakes',
  ],
  equivalents: [
    'aip:0122::resource-id-output-only',
    'aip:0128::resource-reconciling-behavior',
    'aip:0148::field-behavior',
    'aip:0216::state-field-output-only',
  ],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /users:
    get:
      responses:
        '200':
          content:
            application/json:
              schema: { type: array, items: { $ref: '#/components/schemas/User' } }
    post:
      requestBody:
        content:
          application/json:
            schema: { $ref: '#/components/schemas/User' }
components:
  schemas:
    User:
      type: object
      properties:
        id: { type: string, readOnly: true }
        created_at: { type: string, format: date-time, readOnly: true }
        name: { type: string }
        # A reference to something else, which the client chooses.
        team: { type: object, properties: { id: { type: string } } }
`,
      bad: `
openapi: 3.1.0
paths:
  /users:
    get:
      responses:
        '200':
          content:
            application/json:
              schema: { type: array, items: { $ref: '#/components/schemas/User' } }
    post:
      requestBody:
        content:
          application/json:
            schema: { $ref: '#/components/schemas/User' }
components:
  schemas:
    User:
      type: object
      properties:
        id: { type: string }
        created_at: { type: string, format: date-time }
        name: { type: string }
`,
      *find(api) {
        const ids = new Set(createdIds(api).map(({ value }) => value));
        for (const { name, value, at, owner } of properties(api)) {
          if (!ids.has(value) && !isServerTime(name)) continue;
          const holder = api.index.nodeOf('Schema', owner.value);
          if (!holder) continue;
          const { request, response } = directionOf(api, holder);
          if (!request || !response || isReadOnly(api, { value, at })) continue;
          yield {
            at,
            message: `\`${name}\` is set by the server, but clients may send it too, because it is not \`readOnly\`.`,
            help: 'Add `readOnly: true`, or give requests a schema without it.',
          };
        }
      },
    },

    graphql: {
      good: `
type Mutation {
  createOrder(input: CreateOrderInput!): Order
}

input CreateOrderInput {
  id: ID
  note: String
}

input OrderFilter {
  createdAt: DateTimeRange
}
`,
      bad: `
type Mutation {
  createOrder(input: CreateOrderInput!): Order
  updateOrder(id: ID!, order: OrderInput!): Order
}

input CreateOrderInput {
  note: String
  createdAt: DateTime
}

input OrderInput {
  note: String
  dateModified: DateTime
}
`,
      *find(api) {
        const judged = new Set<string>();
        for (const { field, verb } of mutations(api)) {
          if (verb === null || !writes.has(verb)) continue;
          for (const { node } of field.arguments) {
            const type = graphql.typeNamed(api, graphql.namedType(node.type).name.value);
            if (type?.kind !== 'input' || judged.has(type.name)) continue;
            judged.add(type.name);
            for (const { name, at } of type.inputFields) {
              if (!isServerTime(name)) continue;
              yield {
                at,
                message: `\`${name}\` is set by the server, but \`${field.name}\` takes it from clients.`,
                help: `Leave it out of \`${type.name}\`.`,
              };
            }
          }
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";

import "google/api/field_behavior.proto";
import "google/api/resource.proto";
import "google/protobuf/timestamp.proto";

message Order {
  option (google.api.resource).type = "shop.example.com/Order";

  string name = 1;
  google.protobuf.Timestamp create_time = 2 [(google.api.field_behavior) = OUTPUT_ONLY];
  State state = 3 [(google.api.field_behavior) = OUTPUT_ONLY];

  enum State {
    STATE_UNSPECIFIED = 0;
  }
}

message ListOrdersRequest {
  Order.State state = 1;
}
`,
      bad: `
syntax = "proto3";

import "google/api/field_behavior.proto";
import "google/api/resource.proto";
import "google/protobuf/timestamp.proto";

message Order {
  option (google.api.resource).type = "shop.example.com/Order";

  string name = 1 [(google.api.field_behavior) = IDENTIFIER];
  google.protobuf.Timestamp create_time = 2;
  string uid = 3;
  State state = 4;

  enum State {
    STATE_UNSPECIFIED = 0;
  }
}
`,
      *find(api) {
        if (!importsAny(api, 'google/api/field_behavior.proto')) return;
        const sent = typesInRequests(api);
        for (const message of protobuf.messages(api)) {
          const resource = resourceOf(message.node);
          if (message.name.endsWith('Request') || !(resource || sent.has(message.fullName))) continue;
          for (const field of message.fields) {
            if (
              !(isState(field) || (resource && isServers(field, resource.name))) ||
              hasBehavior(field.node, 'OUTPUT_ONLY')
            )
              continue;
            yield {
              at: field.at,
              message: `\`${field.name}\` of \`${message.name}\` is set by the server, but is not marked \`OUTPUT_ONLY\`.`,
              help: 'Add `[(google.api.field_behavior) = OUTPUT_ONLY]`.',
            };
          }
        }
      },
    },
  },
});

/** The `id`s of what clients create with POST on a collection: there the server hands them out. */
function createdIds(api: OpenApi): Property[] {
  return operations(api).flatMap((operation) => {
    if (operation.method !== 'post' || isItemPath(operation.path)) return [];
    const schema = bodyOf(api, operation)?.media.find(({ name }) => isJson(name))?.schema;
    const id = propertiesOf(api, schema).get('id');
    return id && !id.required ? [id] : [];
  });
}

/** `created_at`, `updatedOn`, `creation_time`, `date_modified`: when the server has made or changed it. */
function isServerTime(name: string): boolean {
  const words = split(name);
  if (words.length === 1) return false;
  return words.length === 2 && words.some((word) => acts.has(word)) && words.some((word) => marks.has(word));
}

const acts = new Set(['created', 'creation', 'create', 'updated', 'update', 'modified', 'modification']);
const marks = new Set(['at', 'on', 'time', 'date', 'timestamp', 'datetime']);

function isReadOnly(api: OpenApi, property: Pick<Property, 'value' | 'at'>): boolean {
  const own = property.value as { readOnly?: unknown } | null;
  return own?.readOnly === true || keyword(api, property, 'readOnly') === true;
}

/** Verbs of mutations that take what is to be stored. */
const writes: ReadonlySet<string> = new Set(['create', 'add', 'update', 'edit', 'upsert', 'save']);

/** Whether a field tells in which state something is: those are left to the server, and changed by methods of their own. */
function isState({ name, kind, type }: protobuf.Field): boolean {
  return kind === 'enum' && /State$/.test(type) && name === 'state';
}

/** Whether a field of a resource is one of those that every server sets itself. */
function isServers({ name, type }: protobuf.Field, resource: string): boolean {
  if (/^(?:create|update|delete)_time$/.test(name)) return type === 'google.protobuf.Timestamp';
  if (name === 'reconciling') return type === 'bool';
  return name === 'uid' || name === `${toCase(resource, 'snake')}_id`;
}

/** The messages that stand in requests, and can be meant to be stored. */
function typesInRequests(api: Protobuf): ReadonlySet<string> {
  const requests = protobuf.messages(api).filter(({ name }) => name.endsWith('Request'));
  return new Set(requests.flatMap(({ fields }) => fields.map(({ type }) => type)));
}
