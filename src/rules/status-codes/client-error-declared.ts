import { expectedCodes, expectedRefusals } from '../../conventions/openapi/refusals.ts';
import { responsesFix } from '../../conventions/openapi/skeletons.ts';
import { codesOf, declaresRefusal, operations } from '../../languages/openapi/select.ts';
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
      fixable: 'safe',
      *find(api) {
        for (const operation of operations(api)) {
          if (codesOf(api, operation).length === 0 || declaresRefusal(api, operation)) continue;
          const at = operation.at.child('responses');
          const expected = expectedRefusals(api, operation);
          const help = `Declare ${expected.length ? listed(expected) : 'the errors that a caller can cause'}, or a \`default\`.`;
          const message = `\`${operation.name}\` declares no 4xx response.`;
          yield {
            at,
            message,
            help,
            ...responsesFix(api, operation, expected.length > 0 ? expectedCodes(api, operation) : ['400']),
          };
        }
      },
    },
  },
});

function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
