import { isLimited, schemasOfType } from '../../languages/openapi/bounds.ts';
import { capitalised, titleOf } from '../../languages/openapi/titles.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'security/string-bounded',
  summary: 'strings have a `maxLength`, or a `pattern`, `format`, `enum` or `const` that says what they hold',
  why: `A server that takes strings of any length and kind is slowed down or brought down by a single large request, and passes on whatever
an attacker puts there.`,
  sources: [
    'guide S2, Input Validation & Sanitization',
    'guide S0, Security Layers',
    'JSON Schema Validation 2020-12, section 6.3',
    'OWASP API4:2023',
  ],
  equivalents: [
    'owasp:api4:2023-string-limit',
    'owasp:api4:2023-string-restricted',
    'vacuum:owasp-string-limit',
    'vacuum:owasp-string-restricted',
    'zally:S007',
  ],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
components:
  schemas:
    Name: { type: string, maxLength: 100 }
    Sku: { type: string, pattern: '^[A-Z]{3}-[0-9]{6}$' }
    Day: { type: [string, 'null'], format: date }
    Status: { type: string, enum: [open, closed] }
    Code:
      type: string
      allOf:
        - { maxLength: 10 }
    Key:
      oneOf:
        - { type: string, maxLength: 10 }
        - { type: string, format: uuid }
    Other: { not: { type: string } }
`,
      bad: `
openapi: 3.1.0
components:
  schemas:
    Name: { type: string }
    Tags:
      type: array
      items: { type: [string, 'null'], minLength: 1 }
`,
      *find(api) {
        for (const schema of schemasOfType(api, 'string')) {
          if (isLimited(api, schema, limits)) continue;
          yield {
            at: schema.at,
            message: `${capitalised(titleOf(schema.at))} may be of any length and hold anything.`,
            help: 'Give it a `maxLength`, or say what it holds with `pattern`, `format` or `enum`.',
          };
        }
      },
    },
  },
});

const limits = (schema: Readonly<Record<string, unknown>>): boolean =>
  schema['maxLength'] !== undefined ||
  schema['pattern'] !== undefined ||
  schema['format'] !== undefined ||
  schema['enum'] !== undefined ||
  schema['const'] !== undefined;
