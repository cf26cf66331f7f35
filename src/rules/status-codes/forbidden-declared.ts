import { asksForScopes } from '../../conventions/openapi/refusals.ts';
import { responsesFix } from '../../conventions/openapi/skeletons.ts';
import { declares, declaresRefusal, operations } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'status-codes/forbidden-declared',
  summary: 'an operation that asks for scopes declares 403',
  why: `A caller with valid credentials and too few rights needs another answer than one who has to sign in.`,
  sources: ['guide S4, Status Code Strategy', 'RFC 9110, section 15.5.4', 'guide S4, Fine-Grained Authorization'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    get:
      security:
        - oauth: [orders:read]
      responses:
        '200': { description: The orders. }
        '403': { description: The token lacks the scope \`orders:read\`. }
  /me:
    get:
      security:
        - oauth: []
      responses:
        '200': { description: Whoever asks. }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get:
      security:
        - oauth: [orders:read]
      responses:
        '200': { description: The orders. }
        '401': { description: Who are you? }
`,
      fixable: 'safe',
      *find(api) {
        for (const operation of operations(api)) {
          if (!declaresRefusal(api, operation) || !asksForScopes(api, operation)) continue;
          if (declares(api, operation, '403')) continue;
          yield {
            at: operation.at.child('responses'),
            message: `\`${operation.name}\` asks for scopes and declares no 403.`,
            help: 'Declare how it answers a caller whose credentials lack the scope.',
            ...responsesFix(api, operation, ['403']),
          };
        }
      },
    },
  },
});
