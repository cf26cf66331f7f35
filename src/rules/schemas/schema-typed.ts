import * as graphql from '../../languages/graphql/select.ts';
import { get, type JsonObject, keysOf } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { everySchema, type Node, partsOf } from '../../languages/openapi/select.ts';
import { capitalised, titleOf } from '../../languages/openapi/titles.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'schemas/schema-typed',
  summary: 'every schema says which type its values have',
  why: `A schema without a type allows everything, whatever else it says: \`properties\` restrict objects alone, so a string fits a schema of properties
too. Generated clients fall back to untyped values there, as they do for scalars of GraphQL that are JSON, and for \`google.protobuf.Any\`.`,
  sources: [
    'AIP-146',
    'JSON Schema 2020-12, section 7.6.1',
    'OpenAPI 3.1.1, Schema Object',
    'guide S4, OpenAPI Specification',
  ],
  equivalents: ['ibm:ibm-schema-type', 'vacuum:oas-missing-type', 'aip:0146::any'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
components:
  schemas:
    User:
      type: object
      properties:
        name: { type: string }
        status: { enum: [active, locked] }
        boss: { allOf: [{ $ref: '#/components/schemas/User' }, { description: The manager. }] }
        contact: { oneOf: [{ type: string }, { type: object, properties: { phone: { type: string } } }] }
        settings: { type: object, additionalProperties: {} }
        anything: true
        value: { description: Any JSON value. }
    Admin:
      allOf:
        - { $ref: '#/components/schemas/User' }
        - properties: { level: { type: integer } }
`,
      bad: `
openapi: 3.1.0
components:
  schemas:
    User:
      properties:
        name: {}
        age: { description: Age in years, minimum: 0 }
        tags: { type: array, items: {} }
`,
      *find(api) {
        for (const schema of everySchema(api)) {
          if (isTyped(api, schema) || isPart(schema)) continue;
          const implied = impliedType(schema.value);
          if (implied === null && isMeantOpen(schema)) continue;
          const title = capitalised(titleOf(schema.at));
          yield {
            at: schema.at,
            message: implied
              ? `${title} has \`${implied.keyword}\` but no type, so it allows values of every other type as well.`
              : `${title} has no type, so any value is allowed.`,
            help: implied
              ? `Add \`type: ${implied.type}\`.`
              : 'Say which type it has, or in the description that any value is meant.',
          };
        }
      },
    },

    graphql: {
      good: `
type Product {
  id: ID!
  metadata: JSON
  customAttributes: JSONObject
  dimensions: Dimensions
}

scalar JSON
scalar JSONObject
`,
      bad: `
type Product {
  id: ID!
  dimensions: JSON
}

input ProductInput {
  prices: [JSONString!]
}

scalar JSON
scalar JSONString
`,
      *find(api) {
        const taken = graphql.everyArgument(api).filter(({ owner }) => 'owner' in owner);
        for (const { name, node, at } of [...graphql.fields(api), ...graphql.inputFields(api), ...taken]) {
          const type = graphql.namedType(node.type);
          if (!blobs.test(type.name.value) || graphql.typeNamed(api, type.name.value)?.kind === 'type') continue;
          if (split(name).some((word) => open.has(word)) || graphql.deprecationOf(node)) continue;
          yield {
            at: at.on(type),
            message: `\`${name}\` may hold anything: \`${type.name.value}\` says nothing about its shape.`,
            help: 'Give it a type with fields, unless its shape is up to clients.',
          };
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";

import "google/protobuf/any.proto";

message Status {
  int32 code = 1;
  repeated google.protobuf.Any details = 2;
}

message Book {
  oneof contents {
    Text text = 1;
    Pictures pictures = 2;
  }
}

message Text {}

message Pictures {}
`,
      bad: `
syntax = "proto3";

import "google/protobuf/any.proto";

message Book {
  google.protobuf.Any contents = 1;
}
`,
      *find(api) {
        for (const { name, type, typeAt, node } of protobuf.fields(api)) {
          if (type !== 'google.protobuf.Any' || split(name).some((word) => open.has(word))) continue;
          const holder = node.parent.kind === 'oneof' ? node.parent.parent : node.parent;
          if (holder.kind === 'message' && /(?:Error|Status|Failure)$/.test(holder.name.text)) continue;
          yield {
            at: typeAt,
            message: `\`${name}\` may hold any message at all.`,
            help: 'Name what it may be in a `oneof`, or use `google.protobuf.Struct` where the shape is up to clients.',
          };
        }
      },
    },
  },
});

/** Whether a schema or what it is made of says what kind of values it has. */
function isTyped(api: OpenApi, schema: Node): boolean {
  const { value } = schema;
  if (defining.some((keyword) => value[keyword] !== undefined)) return true;
  if (value['in'] !== undefined && value['type'] === undefined) return false;
  return value['allOf'] !== undefined && partsOf(api, schema).some((part) => part !== schema && isDefined(part.value));
}

function isDefined(value: JsonObject): boolean {
  return defining.some((keyword) => value[keyword] !== undefined) || impliedType(value) !== null;
}

const defining = ['type', '$ref', '$dynamicRef', '$recursiveRef', 'enum', 'const', 'oneOf', 'anyOf', 'not', 'if'];

/** Whether a schema only adds to others: the type stands elsewhere. */
function isPart({ field, parent }: Node): boolean {
  if (parent?.kind !== 'Schema') return false;
  return adding.has(field) || (combining.has(field) && parent.value['type'] !== undefined);
}

const adding = new Set([
  'allOf',
  'not',
  'if',
  'then',
  'else',
  'dependentSchemas',
  'contains',
  'propertyNames',
  'additionalProperties',
  'unevaluatedProperties',
  'unevaluatedItems',
  'patternProperties',
  'contentSchema',
]);
const combining = new Set(['oneOf', 'anyOf']);

/** The type that the keywords of a schema are about. */
function impliedType(value: JsonObject): { readonly type: string; readonly keyword: string } | null {
  for (const [type, keywords] of keywordsByType) {
    const keyword = keywords.find((name) => value[name] !== undefined);
    if (keyword !== undefined) return { type, keyword };
  }
  return null;
}

const keywordsByType = [
  ['object', ['properties', 'additionalProperties', 'patternProperties', 'required', 'maxProperties', 'minProperties']],
  ['array', ['items', 'prefixItems', 'maxItems', 'minItems', 'uniqueItems']],
  ['string', ['pattern', 'maxLength', 'minLength']],
  ['number', ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']],
] as const;

/** Whether it is said that any value is meant, or the schema stands for a file in a form. */
function isMeantOpen({ value, at, field, parent }: Node): boolean {
  const text = `${get(value, 'title') ?? ''} ${get(value, 'description') ?? ''}`;
  if (/\b(?:any|arbitrary|free[- ]?form|untyped|dynamic|json|polymorphic|mixed)\b/i.test(text)) return true;
  if (value['contentMediaType'] !== undefined || value['contentEncoding'] !== undefined) return true;
  if (/^(?:AnyValue|Any|JsonValue|JSON)$/i.test(String(at.key))) return true;
  // Since 3.1 a body or part that is not JSON needs no schema: bytes have no type.
  if (parent?.kind === 'MediaType' && !/json/i.test(String(parent.at.key))) return true;
  return field === 'schema' && parent?.kind === 'MediaType' && keysOf(value).length === 0;
}

/** Scalars that take any value. */
const blobs =
  /^(?:JSON|JSONObject|JSONString|Json|JsonObject|JsonString|Any|AnyScalar|Mixed|Object|RawJSON|GenericScalar)$/;

/** Words for what has no shape of its own: clients put in what they want. */
const open: ReadonlySet<string> = new Set(
  `additional annotations args arguments attachments attributes blob body config configuration content context custom data description details document
  environment extra extras extensions filter input json labels manifest meta metadata options output parameters params payload
  preferences properties props query raw request response result rich schema settings state tags template text value values variables
  where`.split(/\s+/),
);
