import { isSuccess, operations, type Response, responsesOf } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'security/response-headers-declared',
  summary: 'successful responses declare `Strict-Transport-Security` and `X-Content-Type-Options`',
  why: `Browsers protect their users only as far as the API asks them to. What is declared can be tested, and is missed when a new
service or gateway leaves it out.`,
  sources: ['guide S2, API Security Headers', 'RFC 6797', 'Fetch Standard, X-Content-Type-Options', 'OWASP API8:2023'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    get:
      responses:
        '200':
          description: The orders.
          headers:
            Strict-Transport-Security: { schema: { type: string, const: max-age=31536000 } }
            X-Content-Type-Options: { schema: { type: string, const: nosniff } }
        '404':
          description: There are none.
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get:
      responses:
        '200':
          description: The orders.
          headers:
            strict-transport-security: { schema: { type: string, const: max-age=31536000 } }
`,
      *find(api) {
        const successes = new Map<unknown, Response>();
        for (const operation of operations(api)) {
          for (const response of responsesOf(api, operation)) {
            if (isSuccess(response.code)) successes.set(response.value, response);
          }
        }
        const lacking = [...successes.values()].map((response) => ({ response, missing: missingOf(response) }));
        if (lacking.length > 1 && lacking.every(({ missing }) => missing.length === wanted.length)) {
          yield {
            at: api.root.at.child('paths'),
            message: `No response declares ${wanted.join(' or ')}.`,
            help: 'Declare the headers once among the components, and refer to them from the responses.',
          };
          return;
        }
        for (const { response, missing } of lacking) {
          if (missing.length === 0) continue;
          const message = `The response does not declare ${missing.join(' and ')}.`;
          yield {
            at: response.at,
            message,
            help: 'Declare the headers that tell browsers how to protect their users.',
          };
        }
      },
    },
  },
});

const wanted = ['`Strict-Transport-Security`', '`X-Content-Type-Options`'];

function missingOf({ headers }: Response): string[] {
  const declared = new Set(headers.map(({ name }) => `\`${name.toLowerCase()}\``));
  return wanted.filter((header) => !declared.has(header.toLowerCase()));
}
