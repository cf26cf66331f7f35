import { headersFix } from '../../conventions/openapi/skeletons.ts';
import { answers, hasHeader, headersPlace } from '../../languages/openapi/answers.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'limits/retry-after-declared',
  summary: '429 and 503 responses say when to try again',
  why: `Clients that are not told when to come back choose a time themselves, mostly "now". The server that asked them to slow down
gets more requests than before.`,
  sources: [
    'guide S4, OpenAPI 3.0 Specification (RateLimited)',
    'guide S1, Rate Limiting',
    'RFC 9110, section 10.2.3',
    'RFC 6585, section 4',
    'Zalando 153',
    'OWASP API4:2023',
  ],
  equivalents: ['owasp:api4:2023-rate-limit-retry-after', 'vacuum:owasp-rate-limit-retry-after', 'zally:153'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    get:
      responses:
        '429':
          headers:
            Retry-After: { schema: { type: integer }, description: Seconds. }
        '500': { description: Our fault. }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get:
      responses:
        '429': { $ref: '#/components/responses/RateLimited' }
        '503': { description: Under maintenance. }
components:
  responses:
    RateLimited:
      description: Too many requests.
      headers:
        X-RateLimit-Reset: { schema: { type: integer } }
`,
      fixable: 'safe',
      *find(api) {
        for (const { response, codes, operations } of answers(api)) {
          const code = ['429', '503'].find((wanted) => codes.has(wanted));
          if (code === undefined || hasHeader(response, /^retry-after$/i)) continue;
          yield {
            at: headersPlace(response).onKey,
            message: `The ${code} response of \`${operations[0]!.name}\` does not declare \`Retry-After\`.`,
            help: 'Declare the header, in seconds or as a date.',
            ...headersFix(api, response, ['Retry-After']),
          };
        }
      },
    },
  },
});
