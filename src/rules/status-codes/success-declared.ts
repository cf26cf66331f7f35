import { codesOf, operations } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'status-codes/success-declared',
  summary: 'every operation declares what success looks like',
  why: `Client code is generated from the success response: its status and its body. Without one, callers learn what comes back by
trying.`,
  sources: ['guide S4, Status Code Strategy', 'OpenAPI 3.1.1, Responses Object'],
  equivalents: [
    'spectral:operation-success-response',
    'redocly:operation-2xx-response',
    'ibm:ibm-operation-responses',
    'vacuum:post-response-success',
    'zally:151',
  ],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    get:
      responses:
        '200':
          description: The orders.
  /old-orders:
    get:
      responses:
        '301':
          description: Moved to \`/orders\`.
  /stream:
    get:
      responses:
        '101':
          description: Speaks WebSocket from here on.
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get:
      responses:
        '404':
          description: There is no such order.
    delete: {}
`,
      *find(api) {
        for (const operation of operations(api)) {
          const codes = codesOf(api, operation);
          if (codes.some((code) => /^(?:[123](?:\d\d|XX)|default)$/i.test(code))) continue;
          const at = operation.at.child('responses');
          yield {
            at,
            message: `\`${operation.name}\` declares no 2xx or 3xx response.`,
            help: 'Declare what it answers when all goes well.',
          };
        }
      },
    },
  },
});
