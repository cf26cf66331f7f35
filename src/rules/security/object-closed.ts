import { isObject, keysOf } from '../../languages/openapi/json.ts';
import { schemas } from '../../languages/openapi/select.ts';
import { titleOf } from '../../languages/openapi/titles.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'security/object-closed',
  summary: 'objects that allow further properties say how many, and of which schema',
  why: `Properties that nobody has described are stored, passed on or bound to fields of the server's own objects, such as \`is_admin\`.
A map without a limit fills memory.`,
  sources: ['guide S2, Input Validation & Sanitization', 'JSON Schema 2020-12, section 10.3.2', 'OWASP API3:2023'],
  equivalents: [
    'owasp:api3:2023-no-additionalProperties',
    'owasp:api3:2023-constrained-additionalProperties',
    'owasp:api3:2023-no-unevaluatedProperties',
    'owasp:api3:2023-constrained-unevaluatedProperties',
    'vacuum:owasp-no-additionalProperties',
    'vacuum:owasp-constrained-additionalProperties',
    'ibm:ibm-unevaluated-properties',
  ],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
components:
  schemas:
    Order: { type: object, additionalProperties: false }
    Item: { type: object }
    Labels: { type: object, maxProperties: 50, additionalProperties: { type: string } }
`,
      bad: `
openapi: 3.1.0
components:
  schemas:
    Order: { type: object, additionalProperties: true }
    Item: { type: object, unevaluatedProperties: {} }
    Labels: { type: object, additionalProperties: { type: string } }
    Options: { type: object, unevaluatedProperties: { type: string } }
`,
      *find(api) {
        for (const schema of schemas(api)) {
          for (const keyword of ['additionalProperties', 'unevaluatedProperties']) {
            const value = schema.value[keyword];
            if (allowsAnything(value)) {
              const message = `\`${keyword}\` of ${titleOf(schema.at)} allows properties of any name and kind.`;
              yield { at: schema.at.child(keyword), message, help: 'Say `false`, or describe what may be added.' };
            } else if (isObject(value) && schema.value['maxProperties'] === undefined) {
              yield {
                at: keyword === 'additionalProperties' ? schema.at : schema.at.child(keyword),
                message: `\`${keyword}\` of ${titleOf(schema.at)} allows any number of properties.`,
                help: 'Give the object a `maxProperties`.',
              };
            }
          }
        }
      },
    },
  },
});

/** Whether a schema is `true` or `{}`. */
const allowsAnything = (schema: unknown): boolean =>
  schema === true || (isObject(schema) && keysOf(schema).length === 0);
