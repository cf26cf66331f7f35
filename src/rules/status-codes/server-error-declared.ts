import { responsesFix } from '../../conventions/openapi/skeletons.ts';
import { codesOf, declares, operations } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'status-codes/server-error-declared',
  summary: 'every operation declares a 5xx or default response',
  why: `Servers fail. When the document says in what shape, clients can show a request id and retry rather than crash on an unexpected body.`,
  sources: ['guide S4, Status Code Strategy', 'guide S4, Error Handling and Status Codes', 'OWASP API8:2023'],
  equivalents: ['owasp:api8:2023-define-error-responses-500', 'vacuum:owasp-define-error-responses-500'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    get:
      responses:
        '200': { description: The orders. }
        '500': { description: Our fault. }
    post:
      responses:
        '201': { description: Created. }
        default: { description: Any error. }
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
          if (codesOf(api, operation).some((code) => /^(?:5(?:\d\d|XX)|default)$/i.test(code))) continue;
          if (declares(api, operation, '500')) continue;
          yield {
            at: operation.at.child('responses'),
            message: `\`${operation.name}\` declares no 5xx and no default response.`,
            help: "Declare the shape of errors that are not the caller's fault.",
            ...responsesFix(api, operation, ['500']),
          };
        }
      },
    },
  },
});
