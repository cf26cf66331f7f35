import { get, type JsonObject, keysOf } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { everySchema, type Node, partsOf } from '../../languages/openapi/select.ts';
import { capitalised, titleOf } from '../../languages/openapi/titles.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'schemas/schema-typed',
  summary: 'every schema says which type its values have',
  why: `A schema without a type allows everything, whatever else it says: \`properties\` restrict objects alone, so a string fits a schema of properties
too. Generated clients fall back to untyped values there.`,
  sources: ['JSON Schema 2020-12, section 7.6.1', 'OpenAPI 3.1.1, Schema Object', 'guide S4, OpenAPI Specification'],
  equivalents: ['ibm:ibm-schema-type', 'vacuum:oas-missing-type'],
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
