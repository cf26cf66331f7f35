import { asText, get, isObject } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { At } from '../../languages/openapi/references.ts';
import {
  isJson,
  type MediaType,
  type Operation,
  operations,
  partsOf,
  type Response,
  successesOf,
} from '../../languages/openapi/select.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import { effectOf, operationVerb } from '../../words/verbs.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'schemas/response-typed',
  summary: 'a successful response has a type that says what is in it',
  why: `A body without a schema, or with a bare \`type: object\`, tells clients to call the API and look. Generated clients hand out an untyped map,
contract tests have nothing to compare with, and a removed field is noticed in production.`,
  sources: [
    'guide S4, OpenAPI Specification',
    'guide S4, API Documentation Standards',
    'OpenAPI 3.1.1, Media Type Object',
  ],
  equivalents: ['ibm:ibm-accept-and-return-models', 'ibm:ibm-request-and-response-content'],
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
  /users/{id}/photo:
    get:
      responses:
        '200':
          content:
            image/png: {}
        '404':
          content:
            application/json: {}
  /users/{id}/block:
    post:
      responses:
        '200':
          content:
            application/json:
              # Nothing to say but that it is done.
              schema: { type: object }
  /settings:
    get:
      responses:
        '200':
          content:
            application/json:
              schema: { type: object, additionalProperties: { type: string } }
components:
  schemas:
    User: { type: object, properties: { name: { type: string } } }
`,
      bad: `
openapi: 3.1.0
paths:
  /users:
    get:
      responses:
        '200':
          description: The users.
  /users/{id}:
    get:
      responses:
        '200':
          content:
            application/json:
              schema: { type: object }
    put:
      responses:
        '200':
          content:
            application/json:
              schema: {}
`,
      *find(api) {
        const judged = new Set<unknown>();
        for (const operation of operations(api)) {
          for (const response of successesOf(api, operation)) {
            if (lacksBody(operation, response) && !judged.has(response.value)) {
              judged.add(response.value);
              yield {
                at: response.at,
                message: `The \`${response.code}\` of \`${operation.name}\` does not say what is in its body.`,
                help: 'Add the body with its schema, or answer 204 where there is none.',
              };
            }
            for (const media of response.media) {
              if (judged.has(media.value) || !isJson(media.name)) continue;
              judged.add(media.value);
              const fault = faultOf(api, media, operation);
              if (!fault) continue;
              const schema = media.schema ? api.resolve(media.schema) : undefined;
              if (schema && judged.has(schema.value)) continue;
              if (schema) judged.add(schema.value);
              yield {
                at: schema?.at ?? media.at,
                message: `The body of the \`${response.code}\` of \`${operation.name}\` ${fault}.`,
                help: 'Describe its properties, or the values of the map with `additionalProperties`.',
              };
            }
          }
        }
      },
    },

    protobuf: {
      good: `
syntax = "proto3";

import "google/protobuf/empty.proto";
import "google/protobuf/struct.proto";

service ReportService {
  rpc GetReport(GetReportRequest) returns (Report);
  rpc DeleteReport(DeleteReportRequest) returns (google.protobuf.Empty);
}

message Report {
  google.protobuf.Struct labels = 1;
}
`,
      bad: `
syntax = "proto3";

import "google/protobuf/struct.proto";
import "google/protobuf/any.proto";

service ReportService {
  rpc GetReport(GetReportRequest) returns (google.protobuf.Struct);
  rpc FindReport(FindReportRequest) returns (google.protobuf.Any);
}
`,
      *find(api) {
        for (const { name, response } of protobuf.rpcs(api)) {
          if (!response || !untyped.has(response.type)) continue;
          yield {
            at: response.at,
            message: `\`${name}\` may answer with anything: \`${response.type}\` says nothing about what is in it.`,
            help: `Answer with a message of its own, such as \`${name}Response\`.`,
          };
        }
      },
    },
  },
});

/** Whether a response whose code promises a body declares none. */
function lacksBody({ method, value: { operationId } }: Operation, { code, media, headers, value }: Response): boolean {
  if (media.length > 0) return false;
  if (value['content'] !== undefined || /\bempty\b|\bno (?:body|content)\b/i.test(asText(value['description'])))
    return false;
  if (code === '201') return method === 'post' && !headers.some(({ name }) => /^location$/i.test(name));
  // A write may answer that it is done; a read has something to give. Some writes are GETs: `logoutUser`.
  const verb = typeof operationId === 'string' ? operationVerb(operationId) : null;
  if (verb !== null && effectOf(verb) !== 'read') return false;
  return method === 'get' && (code === '200' || code === '203' || code === '206');
}

/** What is missing of a body's schema, or null. */
function faultOf(api: OpenApi, { schema }: MediaType, { method }: Operation): string | null {
  // A media type without a schema is a matter of schemas/content-typed.
  if (!schema) return null;
  if (schema.value === true) return 'may be anything by its schema';
  const parts = partsOf(api, schema);
  // What cannot be followed may well say it all.
  if (!isObject(schema.value) || parts.length === 0 || parts.some((part) => hasOpenEnd(api, part))) return null;
  if (parts.some(({ value }) => telling.some((keyword) => value[keyword] !== undefined))) return null;
  if (parts.some(({ value }) => isObject(value['additionalProperties']) || value['additionalProperties'] === false))
    return null;
  const types = parts.map(({ value }) => value['type']).filter((type) => type !== undefined);
  if (types.length === 0) return 'has an empty schema';
  // What has done something may answer with an empty object; what reads something has something to say.
  return method === 'get' && types.some((type) => type === 'object')
    ? 'is an object of which no property is described'
    : null;
}

/** Keywords that tell what a body holds. */
const telling = [
  'properties',
  'patternProperties',
  'items',
  'prefixItems',
  'oneOf',
  'anyOf',
  'not',
  'enum',
  'const',
  'maxProperties',
  'if',
  '$dynamicRef',
];

function hasOpenEnd(api: OpenApi, part: At): boolean {
  const ref = get(part.value, '$ref');
  return typeof ref === 'string' && !('target' in api.references.resolve(ref, part.at));
}

/** Messages that can hold whatever there is. */
const untyped: ReadonlySet<string> = new Set(
  ['Any', 'Struct', 'Value', 'ListValue'].map((name) => `google.protobuf.${name}`),
);
