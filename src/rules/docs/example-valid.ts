import { type Example, examples, judging } from '../../languages/openapi/examples.ts';
import { asString, get } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { Pointer } from '../../languages/openapi/pointer.ts';
import { effectiveTypes, keyword } from '../../languages/openapi/select.ts';
import { type Mismatch, mismatches } from '../../languages/openapi/values.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'docs/example-valid',
  summary: 'every example fits the schema that it illustrates',
  why: `Readers copy examples before they read anything else, and mock servers answer with them. An example that the schema
refuses breaks their first call, or shows that the schema itself is wrong.`,
  sources: [
    'guide S4, API Documentation Standards',
    'OpenAPI 3.1.1, Media Type Object and Example Object',
    'JSON Schema Validation 2020-12, section 9.5',
  ],
  equivalents: [
    'spectral:oas3-valid-media-example',
    'spectral:oas3-valid-schema-example',
    'spectral:oas2-valid-schema-example',
    'spectral:oas2-valid-media-example',
    'redocly:no-invalid-media-type-examples',
    'redocly:no-invalid-parameter-examples',
    'redocly:no-invalid-schema-examples',
    'ibm:ibm-valid-schema-example',
    'ibm:ibm-no-ref-in-example',
  ],
  absent: { graphql: 'A schema has no examples; its default values are judged by `schemas/default-valid`.' },
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
            # The id is read-only: a request does not need it.
            example: { name: Ann }
      responses:
        '201':
          content:
            application/json:
              schema: { $ref: '#/components/schemas/User' }
              examples:
                ann:
                  value: { id: u1, name: Ann }
components:
  schemas:
    User:
      type: object
      required: [id, name]
      properties:
        id: { type: string, readOnly: true }
        name: { type: string, examples: [Ann] }
`,
      bad: `
openapi: 3.1.0
paths:
  /users:
    get:
      parameters:
        - name: limit
          in: query
          schema: { type: integer, maximum: 100 }
          example: 500
      responses:
        '200':
          content:
            application/json:
              schema:
                type: array
                items: { $ref: '#/components/schemas/User' }
              example:
                - { id: 1, name: Ann }
                - { id: 2, name: Bob }
  /users/me:
    get:
      responses:
        '200':
          content:
            application/json:
              schema: { $ref: '#/components/schemas/User' }
              example: { $ref: '#/components/examples/ann' }
components:
  schemas:
    User:
      type: object
      required: [id, born]
      properties:
        id: { type: string }
        name: { type: string }
        born: { type: string, format: date, examples: [12/31/1999] }
`,
      *find(api) {
        for (const example of examples(api)) {
          const references = referencesIn(example.value, example.at);
          for (const at of references) {
            yield {
              at,
              message: 'A `$ref` in an example is not followed: it is taken for the example itself.',
              help: 'Write the value here, or refer to it from `examples`, where a whole Example Object may be a reference.',
            };
          }
          if (references.length > 0) continue;
          for (const { first, more } of causes(misfits(api, example))) {
            const others = more === 0 ? '' : ` (and ${more} more like it)`;
            yield {
              at: first.path.reduce((at, key) => at.child(key), example.at),
              message: `The example does not fit its schema: ${first.message}${others}.`,
              help: 'Correct the example, or the schema where the example is right.',
              related: [{ message: 'What the schema asks for', at: first.schema }],
            };
          }
        }
      },
    },
  },
});

/** Where an example refers to a place in this document or another file. Other values under `$ref`, as SCIM has them, are data. */
function referencesIn(value: unknown, at: Pointer, depth = 0): Pointer[] {
  if (typeof value !== 'object' || value === null || depth > 12) return [];
  const ref = asString(get(value, '$ref'));
  if (ref !== undefined && /^#\/|\.(?:ya?ml|json)(?:#|$)/.test(ref)) return [at.child('$ref')];
  if (Array.isArray(value)) {
    return value.slice(0, 20).flatMap((item, i) => referencesIn(item, at.child(i), depth + 1));
  }
  return Object.entries(value).flatMap(([key, item]) =>
    typeof item === 'object' ? referencesIn(item, at.child(key), depth + 1) : [],
  );
}

function misfits(api: OpenApi, example: Example): Mismatch[] {
  const found = mismatches(example.value, example.schema, judging(api, example.direction));
  if (found.length === 0 || typeof example.value !== 'string') return found;
  return isSerialised(api, example, example.value) ? [] : found;
}

/** Whether a text is a value in the form in which it travels, as `a,b` for an array in a query or JSON in a string. */
function isSerialised(api: OpenApi, { schema, mayBeText, direction }: Example, text: string): boolean {
  const types = effectiveTypes(api, schema);
  const isListed = ['enum', 'const'].some((name) => keyword(api, schema, name) !== undefined);
  const isStructure = (types.length === 0 && !isListed) || types.includes('array') || types.includes('object');
  if (mayBeText && isStructure) return true;
  if (!isStructure || !/^\s*[[{]/.test(text)) return false;
  try {
    return mismatches(JSON.parse(text), schema, judging(api, direction)).length === 0;
  } catch {
    return false;
  }
}

/** Mismatches with one keyword are one cause, told where it shows first. */
function causes(found: readonly Mismatch[]): { first: Mismatch; more: number }[] {
  const byKeyword = new Map<string, { first: Mismatch; more: number }>();
  for (const mismatch of found) {
    const keyword = `${mismatch.schema.document.source.path}${mismatch.schema.element}`;
    const known = byKeyword.get(keyword);
    if (known) known.more++;
    else byKeyword.set(keyword, { first: mismatch, more: 0 });
  }
  return [...byKeyword.values()];
}
