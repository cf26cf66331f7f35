import { answers, hasHeader, headersPlace } from '../../languages/openapi/answers.ts';
import { isSuccess } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

const rateLimit = /rate-?limit/i;

export default defineRule({
  id: 'limits/rate-limit-headers',
  summary: 'successes and 429 responses tell how much of the limit is left',
  why: `A client that sees its budget slows down before it runs out. One that does not can only run into the limit, and then knows
neither how high it is nor when it ends.`,
  sources: [
    'guide S1, Rate Limiting',
    'guide S4, Automated API Testing',
    'draft-ietf-httpapi-ratelimit-headers',
    'OWASP API4:2023',
  ],
  equivalents: ['owasp:api4:2023-rate-limit', 'vacuum:owasp-rate-limit'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    get:
      responses:
        '200':
          headers:
            X-RateLimit-Limit: { schema: { type: integer } }
            X-RateLimit-Remaining: { schema: { type: integer } }
        '404': { description: No such customer. }
        '429':
          headers:
            RateLimit: { schema: { type: string } }
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
            ETag: { schema: { type: string } }
        '429': { $ref: '#/components/responses/RateLimited' }
  /orders/{id}:
    get:
      responses:
        '200':
          description: The order.
          headers:
            RateLimit: { schema: { type: string } }
components:
  responses:
    RateLimited: { description: Too many requests. }
`,
      *find(api) {
        const wanted = answers(api).filter(({ codes }) => [...codes].some(tellsLimit));
        const missing = wanted.filter(({ response }) => !hasHeader(response, rateLimit));
        const refusals = missing.filter(({ codes }) => codes.has('429'));
        const nowhere = missing.length === wanted.length;
        // Where nothing tells the limits, that is one thing to say, and to say where the limit is met.
        for (const { response, codes, operations } of nowhere && refusals.length > 0 ? refusals : missing) {
          const code = [...codes].find(tellsLimit);
          yield {
            at: headersPlace(response).onKey,
            message:
              nowhere && refusals.length === 0
                ? 'No response declares rate limit headers.'
                : `The ${code} response of \`${operations[0]!.name}\` declares no rate limit headers.`,
            help: 'Declare `RateLimit` and `RateLimit-Policy`, or `X-RateLimit-Limit`, `-Remaining` and `-Reset`.',
          };
          if (nowhere && refusals.length === 0) return;
        }
      },
    },
  },
});

const tellsLimit = (code: string): boolean => isSuccess(code) || code === '429';
