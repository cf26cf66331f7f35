import { codesOf, operations } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'status-codes/client-error-declared',
  summary: 'every operation declares how it refuses a request',
  why: `Every operation can be called wrongly. Callers that know only the success case show their users a blank page when it happens.`,
  sources: ['guide S4, Status Code Strategy', 'guide S4, Exercise 1: API Design Audit'],
  equivalents: [],
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
`,
      *find(api) {
        for (const operation of operations(api)) {
          if (codesOf(api, operation).some((code) => /^(?:4(?:\d\d|XX)|default)$/i.test(code))) continue;
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
