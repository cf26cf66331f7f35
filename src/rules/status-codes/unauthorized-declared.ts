import { needsCredentials } from '../../conventions/openapi/refusals.ts';
import { responsesFix } from '../../conventions/openapi/skeletons.ts';
import { declares, declaresRefusal, operations } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'status-codes/unauthorized-declared',
  summary: 'a secured operation declares 401',
  why: `Credentials expire. A client that does not know the answer it will then get shows an error where it should ask its user to sign in.`,
  sources: ['guide S4, Status Code Strategy', 'RFC 9110, section 15.5.2', 'OWASP API8:2023'],
  equivalents: ['owasp:api8:2023-define-error-responses-401', 'vacuum:owasp-define-error-responses-401'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
security:
  - token: []
paths:
  /orders:
    get:
      responses:
        '200': { description: The orders. }
        '401': { description: The token is missing or has expired. }
  /health:
    get:
      security: []
      responses:
        '200': { description: All is well. }
`,
      bad: `
openapi: 3.1.0
security:
  - token: []
paths:
  /orders:
    get:
      responses:
        '200': { description: The orders. }
        '404': { description: There is no such thing. }
`,
      fixable: 'safe',
      *find(api) {
        for (const operation of operations(api)) {
          if (!declaresRefusal(api, operation) || !needsCredentials(api, operation)) continue;
          if (declares(api, operation, '401')) continue;
          yield {
            at: operation.at.child('responses'),
            message: `\`${operation.name}\` needs credentials and declares no 401.`,
            help: 'Declare how it answers when they are missing or have expired.',
            ...responsesFix(api, operation, ['401']),
          };
        }
      },
    },
  },
});
