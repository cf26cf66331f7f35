import { codesOf, operations } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'status-codes/client-error-declared',
  summary: 'every operation declares how it refuses a request',
  why: `Every operation can be called wrongly. Callers that know only the success case show their users a blank page when it happens.`,
  sources: ['guide S4, Status Code Strategy', 'guide S4, Exercise 1: API Design Audit'],
  equivalents: [
    'redocly:operation-4xx-response',
    'vacuum:operation-4xx-response',
    'owasp:api8:2023-define-error-validation',
    'vacuum:owasp-define-error-validation',
  ],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    get:
      responses:
        '200': { description: The orders. }
        '400': { description: The filter is not understood. }
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
    delete:
      responses:
        default: { description: Whatever happens. }
`,
      *find(api) {
        for (const operation of operations(api)) {
          const codes = codesOf(api, operation);
          if (codes.length === 0 || codes.some((code) => /^4(?:\d\d|XX)$/i.test(code))) continue;
          // A default beside a success stands for the errors; alone it stands for everything and tells nothing.
          if (codes.length > 1 && codes.includes('default')) continue;
          const at = operation.at.child('responses');
          yield {
            at,
            message: `\`${operation.name}\` declares no 4xx response.`,
            help: 'Declare the errors that a caller can cause, or a `default`.',
          };
        }
      },
    },
  },
});
