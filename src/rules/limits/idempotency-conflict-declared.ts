import { idempotencyHeader } from '../../conventions/openapi/idempotency.ts';
import { codesOf, declares, operations } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'limits/idempotency-conflict-declared',
  summary: 'an operation that takes an idempotency key declares what misuse of the key answers',
  why: `A key can come back while the first request is still running, or with another body. Clients that don't know these answers
take them for failures of the order itself, and try again with a new key: the very thing that the key was to prevent.`,
  sources: ['guide S4, Idempotency Keys', 'draft-ietf-httpapi-idempotency-key-header, section 2.6'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    post:
      parameters:
        - { name: Idempotency-Key, in: header, schema: { type: string } }
      responses:
        '201': { description: Created. }
        '409': { description: The first request with this key is still running. }
        '422': { description: The key was used with another body. }
  /payments:
    post:
      parameters:
        - { name: Idempotency-Key, in: header, schema: { type: string } }
      responses:
        '201': { description: Paid. }
        4XX: { description: Any error. }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    post:
      parameters:
        - { name: Idempotency-Key, in: header, schema: { type: string } }
      responses:
        '201': { description: Created. }
        '409': { description: The first request with this key is still running. }
  /payments:
    post:
      parameters:
        - { name: Idempotency-Key, in: header, schema: { type: string } }
      responses:
        '201': { description: Paid. }
`,
      *find(api) {
        for (const operation of operations(api)) {
          if (codesOf(api, operation).length === 0) continue;
          const header = idempotencyHeader(api, operation);
          if (!header) continue;
          const missing = ['409', '422'].filter((code) => !declares(api, operation, code));
          if (missing.length === 0) continue;
          yield {
            at: operation.at.child('responses'),
            message: `\`${operation.name}\` takes \`${header.name}\` and declares ${missing.length === 2 ? 'neither 409 nor 422' : `no ${missing[0]}`}.`,
            help: missing.map((code) => reasons[code]).join(' ') || '',
          };
        }
      },
    },
  },
});

const reasons: Readonly<Record<string, string>> = {
  '409': 'Declare 409 for a key whose first request is still running.',
  '422': 'Declare 422 for a key that was used with another body.',
};
