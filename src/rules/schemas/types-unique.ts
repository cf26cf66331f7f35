import { mutations } from '../../conventions/graphql/mutations.ts';
import type { GraphQl } from '../../languages/graphql/graphql.ts';
import * as graphql from '../../languages/graphql/select.ts';
import { typeText } from '../../languages/graphql/types.ts';
import { asText, get, isObject, itemsOf, keysOf } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { At } from '../../languages/openapi/references.ts';
import { namedSchemas } from '../../languages/openapi/select.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'schemas/types-unique',
  summary: 'no two named schemas or types describe the same thing',
  why: `Copies start equal and drift apart: a field is added to one of them, and clients that treat both alike break. Generated code gets two classes that
cannot be exchanged for each other.`,
  sources: ['guide S4, Common API Design Mistakes', 'guide S2, Consistency'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
components:
  schemas:
    User: { type: object, properties: { id: { type: string }, name: { type: string } } }
    Shop: { type: object, properties: { id: { type: string }, name: { type: string, maxLength: 80 } } }
    UserName: { type: string }
    ShopName: { type: string }
    Color: { type: string, enum: [red, green] }
    Owner: { $ref: '#/components/schemas/User' }
    Empty: { type: object }
    Nothing: { type: object }
`,
      bad: `
openapi: 3.1.0
components:
  schemas:
    User:
      type: object
      description: Somebody who buys.
      required: [name, id]
      properties:
        id: { type: string }
        name: { type: string }
        email: { type: string, format: email }
    Customer:
      type: object
      required: [id, name]
      properties:
        email: { type: string, format: email, description: Where to write. }
        id: { type: string }
        name: { type: string }
`,
      *find(api) {
        for (const alike of byNames(api)) {
          const known = new Map<string, Named>();
          for (const schema of alike) {
            const structure = structureOf(api, schema);
            const first = known.get(structure);
            if (!first) known.set(structure, schema);
            else {
              yield {
                at: schema.at,
                message: `\`${schema.name}\` describes the same structure as \`${first.name}\`.`,
                help: 'Keep one of them, and refer to it with `$ref`.',
                related: [{ message: `\`${first.name}\` stands here`, at: first.at }],
              };
            }
          }
        }
      },
    },

    graphql: {
      good: `
type User {
  id: ID!
  name: String
  email: String
}

type Shop {
  id: ID!
  name: String
  email: String!
}

type CreateUserPayload {
  user: User
  errors: [UserError!]!
  requestId: ID
}

type UpdateUserPayload {
  user: User
  errors: [UserError!]!
  requestId: ID
}

interface Event {
  id: ID!
}

type UserCreated implements Event {
  id: ID!
  user: User
  by: User
}

type UserDeleted implements Event {
  id: ID!
  user: User
  by: User
}
`,
      bad: `
type User {
  id: ID!
  name: String
  email: String
}

type Customer {
  email: String
  id: ID!
  name: String
}

enum Size {
  S
  M
  L
  XL
}

enum Width {
  M
  L
  S
  XL
}
`,
      *find(api) {
        const known = new Map<string, graphql.Type>();
        const separate = madeSeparate(api);
        for (const type of graphql.types(api)) {
          if (separate.has(type.name)) continue;
          const structure = graphqlStructure(type);
          if (structure === null) continue;
          const first = known.get(structure);
          if (!first) known.set(structure, type);
          else {
            yield {
              at: type.at,
              message: `\`${type.name}\` describes the same structure as \`${first.name}\`.`,
              help: 'Keep one of them, or let an interface say what they share.',
              related: [{ message: `\`${first.name}\` stands here`, at: first.at }],
            };
          }
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";

message User {
  string id = 1;
  string name = 2;
  string email = 3;
  Address address = 4;
}

message Shop {
  string id = 1;
  string name = 2;
  string email = 3;
  Address address = 5;
}

message CreateUserRequest {
  string id = 1;
  string name = 2;
  string email = 3;
  Address address = 4;
}

message Address {}
`,
      bad: `
syntax = "proto3";

message User {
  string id = 1;
  string name = 2;
  string email = 3;
  Address address = 4;
}

message Customer {
  string id = 1;
  string name = 2;
  string email = 3;
  Address address = 4;
}

message Address {}
`,
      *find(api) {
        const known = new Map<string, protobuf.Message>();
        for (const message of protobuf.messages(api)) {
          const structure = protobufStructure(message);
          if (structure === null) continue;
          const first = known.get(structure);
          if (!first) known.set(structure, message);
          else {
            yield {
              at: message.at,
              message: `\`${message.name}\` describes the same structure as \`${first.name}\`.`,
              help: 'Keep one of them.',
              related: [{ message: `\`${first.name}\` stands here`, at: first.at }],
            };
          }
        }
      },
    },
  },
});

type Named = ReturnType<typeof namedSchemas>[number];

/** Groups of at least two schemas with the same names of properties or the same values: only these can be equal. */
function byNames(api: OpenApi): Named[][] {
  const groups = new Map<string, Named[]>();
  for (const schema of namedSchemas(api)) {
    if (!isRich(schema.value)) continue;
    const names = [...keysOf(get(schema.value, 'properties')), ...itemsOf(get(schema.value, 'enum')).map(asText)];
    const key = names.sort().join(' ');
    const group = groups.get(key);
    if (group) group.push(schema);
    else groups.set(key, [schema]);
  }
  return [...groups.values()].filter(({ length }) => length > 1);
}

/** Whether a schema says so much that its twin is no coincidence. */
function isRich(schema: unknown): boolean {
  if (!isObject(schema) || schema['$ref'] !== undefined) return false;
  const parts = [schema, ...itemsOf(schema['allOf'])].filter(isObject);
  const properties = parts.reduce((sum, part) => sum + keysOf(part['properties']).length, 0);
  return properties >= 3 || itemsOf(schema['enum']).length >= 4;
}

/** Keywords that say nothing about which values are allowed. */
const annotations = new Set([
  'title',
  'description',
  'example',
  'examples',
  'externalDocs',
  'deprecated',
  '$comment',
  'xml',
  'summary',
  '$schema',
  '$id',
]);

/** A text that is the same for schemas of the same structure, whatever the order of their keys. */
function structureOf(api: OpenApi, schema: At): string {
  let left = 2000;
  const write = (value: unknown, isNames: boolean, depth: number): string => {
    if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? '';
    if (left-- <= 0 || depth > 60) return unique(schema);
    if (Array.isArray(value)) return `[${value.map((item) => write(item, false, depth + 1)).join()}]`;
    const keys = Object.keys(value).sort();
    const told = isNames ? keys : keys.filter((key) => !annotations.has(key) && !key.startsWith('x-'));
    return `{${told.map((key) => `${JSON.stringify(key)}:${field(key, (value as Record<string, unknown>)[key], isNames, depth)}`).join()}}`;
  };
  const field = (key: string, value: unknown, isNames: boolean, depth: number): string => {
    const unordered = !isNames && (key === 'required' || key === 'enum' || key === 'type') && Array.isArray(value);
    if (unordered)
      return `[${value
        .map((item) => JSON.stringify(item))
        .sort()
        .join()}]`;
    return write(value, !isNames && tables.has(key), depth + 1);
  };
  return `${schema.at.document === api.root.at.document ? '' : schema.at.document.source.path}${write(schema.value, false, 0)}`;
}

/** Keywords under which keys are names. */
const tables = new Set([
  'properties',
  'patternProperties',
  '$defs',
  'definitions',
  'dependentSchemas',
  'dependentRequired',
]);

/** What no other schema is: for those too large to compare. */
function unique({ at }: At): string {
  return `#${at.document.source.path}${at.element}`;
}

/**
 * What a type is made of; null for those that say too little, and for answers, inputs and what a common interface makes alike:
 * these are separate so that they can change separately.
 */
function graphqlStructure({ name, kind, fields, values, interfaces }: graphql.Type): string | null {
  if (kind === 'enum') {
    if (/ErrorCode/.test(name)) return null;
    return values.length >= 4
      ? `enum ${values
          .map((value) => value.name)
          .sort()
          .join()}`
      : null;
  }
  if (kind !== 'type' || fields.length < 3 || interfaces.length > 0) return null;
  if (/(?:Payload|Result|Response|Connection|Edge|Event|Error|Success|PageInfo)$/.test(name)) return null;
  const parts = fields.map(({ name: field, node }) => {
    const taken = (node.arguments ?? []).map((argument) => `${argument.name.value}:${typeText(argument.type)}`);
    return `${field}(${taken.sort().join()}):${typeText(node.type)}`;
  });
  return `type ${parts.sort().join()}`;
}

/** The same of a message. Versions of a package repeat each other on purpose, and tests repeat anything. */
function protobufStructure({ name, fields, oneofs, file, node }: protobuf.Message): string | null {
  if (fields.length < 4 || fields.every(({ kind }) => kind === 'scalar') || node.isGroup) return null;
  if (/(?:Request|Response|Metadata|Event|EventAttributes|Action|Args)$/.test(name)) return null;
  const parts = fields.map((field) => {
    const [key] = field.kind === 'map' ? [field.node.map!.key.text] : [''];
    const group = field.oneof ? oneofs.indexOf(field.oneof) : -1;
    return `${field.number} ${field.name} ${field.label} ${key} ${field.type} ${group}`;
  });
  return `${file.packageName} ${parts.sort().join()}`;
}

/** The types that are what a mutation returns, or one choice of several: alike or not, each has a meaning of its own. */
function madeSeparate(api: GraphQl): ReadonlySet<string> {
  const results = mutations(api).map(({ result }) => result.name);
  const choices = graphql.typesOf(api, 'union').flatMap(({ members }) => members.map(({ name }) => name));
  return new Set([...results, ...choices]);
}
