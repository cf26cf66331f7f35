import { createsItem } from '../../conventions/openapi/intent.ts';
import { operations, responsesOf } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'status-codes/created-is-201',
  summary: 'a POST that creates an item answers 201',
  why: `A client that gets 200 cannot tell a new item from one that was there before, and generic tools (caches, logs, retries) cannot
either. 202 says that creation goes on in the background.`,
  sources: ['guide S4, Status Code Strategy', 'guide S1, REST API Standards', 'RFC 9110, section 15.3.2', 'AIP-133'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    post:
      operationId: createOrder
      responses:
        '201':
          description: Created.
  /reports:
    post:
      operationId: createReport
      responses:
        '202':
          description: Being made.
  /orders/search:
    post:
      responses:
        '200':
          description: A search creates nothing.
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    post:
      operationId: createOrder
      responses:
        '200':
          description: The new order.
`,
      *find(api) {
        for (const operation of operations(api).filter(createsItem)) {
          const responses = responsesOf(api, operation);
          // 204 and 205 have no item to show: whatever was done, nothing that one could address came to be.
          if (responses.some(({ code }) => /^(?:20[12457]|2XX|3(?:\d\d|XX))$/i.test(code))) continue;
          const success = responses.find(({ code }) => /^2\d\d$/.test(code));
          if (!success) continue;
          const message = `\`${operation.name}\` creates an item and answers ${success.code} rather than 201.`;
          yield {
            at: success.used,
            message,
            help: 'Answer 201 with a `Location` header, or 202 when the work goes on.',
          };
        }
      },
    },
  },
});
