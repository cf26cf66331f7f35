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
        // Where nothing in a large API tells the limits, that is one thing to say.
        if (missing.length === wanted.length && missing.length > 10) {
          const first = missing.find(({ codes }) => codes.has('429')) ?? missing[0]!;
          yield { at: headersPlace(first.response).onKey, message: 'No response declares rate limit headers.', help };
          return;
        }
        for (const { response, codes, operations } of missing) {
          const code = [...codes].find(tellsLimit);
          const message = `The ${code} response of \`${operations[0]!.name}\` declares no rate limit headers.`;
          yield { at: headersPlace(response).onKey, message, help };
        }
      },
    },
  },
});

const help = 'Declare `RateLimit` and `RateLimit-Policy`, or `X-RateLimit-Limit`, `-Remaining` and `-Reset`.';

const tellsLimit = (code: string): boolean => isSuccess(code) || code === '429';
