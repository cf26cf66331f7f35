import { isObject } from '../../languages/openapi/json.ts';
import { everySchema, keyword, partsOf, typesOf } from '../../languages/openapi/select.ts';
import { capitalised, titleOf } from '../../languages/openapi/titles.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'schemas/array-items-typed',
  summary: 'every array says what its items are',
  why: `Without \`items\` an array may hold anything, one kind of thing today and another tomorrow. Generators of clients give up on it or
produce a list of untyped values, and nobody validates what is in it. OpenAPI before 3.1 requires \`items\`.`,
  sources: [
    'OpenAPI 3.0.4, Schema Object',
    'JSON Schema 2020-12, section 10.3.1',
    'guide S4, Exercise: Design a REST API',
  ],
  equivalents: ['spectral:array-items'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
components:
  schemas:
    Tags: { type: array, items: { type: string } }
    Point: { type: array, prefixItems: [{ type: number }, { type: number }] }
    Labels:
      allOf:
        - { $ref: '#/components/schemas/Tags' }
        - { type: array, maxItems: 5 }
    Fixed: { type: array, enum: [[1, 2], [3, 4]] }
`,
      bad: `
openapi: 3.1.0
components:
  schemas:
    Order:
      type: object
      properties:
        lines: { type: array }
        matrix: { type: array, items: { type: array } }
`,
      *find(api) {
        for (const schema of everySchema(api)) {
          const { value, at, parent, field } = schema;
          if (!typesOf(value).includes('array') || describing.some((name) => value[name] !== undefined)) continue;
          if (field === 'allOf' && parent && describing.some((name) => keyword(api, parent, name) !== undefined))
            continue;
          if (partsOf(api, schema).some((part) => describing.some((name) => part.value[name] !== undefined))) continue;
          if (insideAlternatives.has(field) && isObject(parent?.value['items'])) continue;
          yield {
            at,
            message: `${capitalised(titleOf(at))} is an array that does not say what its items are.`,
            help: 'Give it `items` with the schema of one item.',
          };
        }
      },
    },
  },
  absent: {
    graphql:
      'A list of GraphQL always says what it holds; whether that may be null is judged by `schemas/nullable-idiomatic`.',
  },
});

/** Keywords any of which tells what an array holds. */
const describing = ['items', 'prefixItems', 'contains', 'unevaluatedItems', 'enum', 'const'];

const insideAlternatives = new Set(['anyOf', 'oneOf', 'if', 'then', 'else', 'not']);
