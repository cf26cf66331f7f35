import { keysOf } from '../../languages/openapi/json.ts';
import { isJson, type Node, schemas } from '../../languages/openapi/select.ts';
import { capitalised, titleOf } from '../../languages/openapi/titles.ts';
import { count } from '../../languages/openapi/values/words.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'schemas/no-inline-complex',
  summary: 'objects with properties are named components',
  why: `Generators name a schema that stands inline after the place where it stands, as \`GetUsers200ResponseItemsInner\`, and the name changes whenever the
schema moves. What has a name of its own can be reused, compared and talked about.`,
  sources: ['OpenAPI 3.1.1, Components Object', 'guide S4, OpenAPI Specification'],
  equivalents: ['ibm:ibm-avoid-inline-schemas'],
  options: {
    properties: {
      description: 'From how many properties on an object is to be named.',
      default: 3,
      schema: { type: 'integer', minimum: 1 },
    },
  },
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /users:
    post:
      requestBody:
        content:
          application/json:
            schema: { $ref: '#/components/schemas/User' }
          application/x-www-form-urlencoded:
            schema: { type: object, properties: { a: { type: string }, b: { type: string }, c: { type: string } } }
components:
  schemas:
    User:
      allOf:
        - type: object
          properties:
            name: { type: string }
            email: { type: string }
            size: { type: object, properties: { width: { type: number }, height: { type: number } } }
`,
      bad: `
openapi: 3.1.0
paths:
  /users:
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                name: { type: string }
                email: { type: string }
                addresses:
                  type: array
                  items:
                    type: object
                    properties:
                      street: { type: string }
                      city: { type: string }
                      country: { type: string }
`,
      *find(api, { properties: least }) {
        for (const schema of schemas(api)) {
          const properties = keysOf(schema.value['properties']).length;
          if (properties < least || isNamed(schema)) continue;
          yield {
            at: schema.at,
            message: `${capitalised(titleOf(schema.at))} is an object with ${count(properties, 'property')} that has no name of its own.`,
            help: 'Move it to the components, and refer to it with `$ref`.',
          };
        }
      },
    },
  },
});

/** Whether a schema is a component, a file or a part of one, or where names bring nothing: in forms and parameters. */
function isNamed({ parent, field, at }: Node): boolean {
  if (!parent || parent.kind === 'Components' || parent.kind === 'Document' || !at.parent || !at.parent.parent)
    return true;
  if (field === '$defs' || field === 'definitions' || parts.has(field)) return true;
  if (parent.kind === 'MediaType') return !isJson(String(parent.at.key));
  return parent.kind === 'Parameter' && parent.value['in'] !== 'body';
}

/** Keywords whose schemas are parts of the one that they stand in. */
const parts = new Set(['allOf', 'not', 'if', 'then', 'else', 'dependentSchemas']);
