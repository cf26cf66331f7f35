import { isLimited, schemasOfType } from '../../languages/openapi/bounds.ts';
import { capitalised, titleOf } from '../../languages/openapi/titles.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'security/array-bounded',
  summary: 'arrays have a `maxItems`',
  why: `Each item costs memory and often a query. A list without a limit lets one request ask for a million of them.`,
  sources: [
    'guide S2, Input Validation & Sanitization',
    'guide S4, Batch Operations',
    'JSON Schema Validation 2020-12, section 6.4',
    'OWASP API4:2023',
  ],
  equivalents: ['owasp:api4:2023-array-limit', 'vacuum:owasp-array-limit'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
components:
  schemas:
    Tags: { type: array, maxItems: 20, items: { type: string } }
    Orders:
      type: array
      allOf:
        - $ref: '#/components/schemas/Page'
    Page: { maxItems: 100 }
`,
      bad: `
openapi: 3.1.0
components:
  schemas:
    Order:
      type: object
      properties:
        lines: { type: array, items: { type: object } }
`,
      *find(api) {
        for (const schema of schemasOfType(api, 'array')) {
          if (isLimited(api, schema, (value) => value['maxItems'] !== undefined || value['const'] !== undefined))
            continue;
          const message = `${capitalised(titleOf(schema.at))} may hold any number of items.`;
          yield { at: schema.at, message, help: 'Give it a `maxItems`.' };
        }
      },
    },
  },
});
