import { isLimited, schemasOfType } from '../../languages/openapi/bounds.ts';
import { capitalised, titleOf } from '../../languages/openapi/titles.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'security/number-bounded',
  summary: 'integers have a lower and an upper bound',
  why: `Numbers that nobody expected overflow, wrap around, or ask for a page of a billion items. A bound in the description is one that
gateways and generated servers check.`,
  sources: [
    'guide S2, Input Validation & Sanitization',
    'JSON Schema Validation 2020-12, section 6.2',
    'OWASP API4:2023',
  ],
  equivalents: [
    'owasp:api4:2023-integer-limit',
    'owasp:api4:2023-integer-limit-legacy',
    'vacuum:owasp-integer-limit',
    'zally:S006',
    'ibm:ibm-integer-attributes',
  ],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
components:
  schemas:
    Limit: { type: integer, minimum: 1, maximum: 100 }
    Share: { type: integer, exclusiveMinimum: 0, exclusiveMaximum: 100 }
    Size: { type: integer, enum: [10, 20, 50] }
    Count:
      type: integer
      allOf:
        - { minimum: 0 }
        - { maximum: 1000 }
    Rate: { type: number }
`,
      bad: `
openapi: 3.1.0
components:
  schemas:
    Limit: { type: integer }
    Count: { type: integer, minimum: 0 }
    Debt: { type: integer, maximum: 0 }
`,
      *find(api) {
        for (const schema of schemasOfType(api, 'integer')) {
          const below = isLimited(api, schema, hasLowerBound);
          const above = isLimited(api, schema, hasUpperBound);
          if (below && above) continue;
          const missing = below ? 'no upper bound' : above ? 'no lower bound' : 'neither a lower nor an upper bound';
          yield {
            at: schema.at,
            message: `${capitalised(titleOf(schema.at))} has ${missing}.`,
            help: `Give it a ${below ? '`maximum`' : above ? '`minimum`' : '`minimum` and a `maximum`'}.`,
          };
        }
      },
    },
  },
});

type Schema = Readonly<Record<string, unknown>>;

const isClosed = (schema: Schema): boolean => schema['enum'] !== undefined || schema['const'] !== undefined;

/** Up to 3.0 an exclusive bound is a boolean beside the bound: it is none by itself. */
const hasLowerBound = (schema: Schema): boolean =>
  isClosed(schema) || schema['minimum'] !== undefined || typeof schema['exclusiveMinimum'] === 'number';
const hasUpperBound = (schema: Schema): boolean =>
  isClosed(schema) || schema['maximum'] !== undefined || typeof schema['exclusiveMaximum'] === 'number';
