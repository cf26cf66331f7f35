import { responsesFix } from '../../conventions/openapi/skeletons.ts';
import { codesOf, declares, operations } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'status-codes/too-many-requests-declared',
  summary: 'every operation declares 429',
  why: `Every API limits its callers sooner or later. Clients that do not know the answer retry at once and make it worse.`,
  sources: [
    'guide S4, Status Code Strategy',
    'guide S4, Rate Limiting Implementation',
    'RFC 6585, section 4',
    'OWASP API4:2023',
  ],
  equivalents: ['owasp:api4:2023-rate-limit-responses-429', 'vacuum:owasp-define-error-responses-429'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    get:
      responses:
        '200': { description: The orders. }
        '429': { description: Too many requests. }
    post:
      responses:
        '201': { description: Created. }
        4XX: { description: Any refusal. }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get:
      responses:
        '200': { description: The orders. }
`,
      fixable: 'safe',
      *find(api) {
        for (const operation of operations(api)) {
          if (codesOf(api, operation).length === 0) continue;
          if (declares(api, operation, '429')) continue;
          yield {
            at: operation.at.child('responses'),
            message: `\`${operation.name}\` declares no 429.`,
            help: 'Declare how it answers a caller who asks too often, with `Retry-After`.',
            ...responsesFix(api, operation, ['429']),
          };
        }
      },
    },
  },
});
