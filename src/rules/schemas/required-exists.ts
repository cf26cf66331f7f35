import { vocabularyOf } from '../../languages/openapi/conjunctions.ts';
import { entriesOf, get, stringsOf } from '../../languages/openapi/json.ts';
import type { Pointer } from '../../languages/openapi/pointer.ts';
import { schemas, typesOf } from '../../languages/openapi/select.ts';
import { titleOf } from '../../languages/openapi/titles.ts';
import { closest } from '../../text/closest.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'schemas/required-exists',
  summary: 'every name in `required` is a property',
  why: `A required property that is not described must be sent, and nobody knows what it is. Most often it is a property that was renamed or
misspelt: then what is really required is not enforced, and correct values are refused.`,
  sources: [
    'JSON Schema Validation 2020-12, section 6.5.3',
    'OpenAPI 3.0.4, Schema Object',
    'guide S0, Input Validation and Sanitization',
  ],
  equivalents: [
    'redocly:no-required-schema-properties-undefined',
    'ibm:ibm-define-required-properties',
    'vacuum:required-fields-defined',
  ],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
components:
  schemas:
    User:
      type: object
      required: [id, email]
      properties:
        id: { type: string }
        email: { type: string }
    Contact:
      type: object
      properties:
        phone: { type: string }
        email: { type: string }
      anyOf:
        - required: [phone]
        - required: [email]
    Employee:
      allOf:
        - { $ref: '#/components/schemas/User' }
        - { required: [email] }
    Translations:
      type: object
      required: [en]
      additionalProperties: { type: string }
`,
      bad: `
openapi: 3.1.0
components:
  schemas:
    User:
      type: object
      required: [id, e-mail, created]
      properties:
        id: { type: string }
        email: { type: string }
      dependentRequired:
        email: [verified]
`,
      *find(api) {
        for (const schema of schemas(api)) {
          if (schema.value['required'] === undefined && schema.value['dependentRequired'] === undefined) continue;
          for (const { name, at } of demanded(schema.value, schema.at)) {
            if (get(schema.value['properties'], name) !== undefined) continue;
            const { names, open } = vocabularyOf(api, schema);
            if (open || names.has(name)) continue;
            const meant = closest(name, names);
            yield {
              at,
              message: `\`${name}\` is required but is no property of ${titleOf(schema.at)}.`,
              help: helpFor(schema.value, meant),
            };
          }
        }
      },
    },
  },
});

function helpFor(schema: Readonly<Record<string, unknown>>, meant: string | null): string {
  if (typesOf(schema).includes('array') && schema['items'] !== undefined)
    return 'Move `required` into `items`, which describe one item.';
  return meant === null ? 'Describe it in `properties`, or require it no longer.' : `Did you mean \`${meant}\`?`;
}

/** The names in `required` and `dependentRequired`. */
function demanded(schema: Readonly<Record<string, unknown>>, at: Pointer): { name: string; at: Pointer }[] {
  return [
    { names: schema['required'], list: at.child('required') },
    ...entriesOf(schema['dependentRequired']).map(([name, names]) => ({
      names,
      list: at.child('dependentRequired').child(name),
    })),
  ].flatMap(({ names, list }) =>
    stringsOf(names).map((name) => ({ name, at: list.child((names as unknown[]).indexOf(name)) })),
  );
}
