import { addressesItem } from '../../conventions/openapi/refusals.ts';
import { responsesFix } from '../../conventions/openapi/skeletons.ts';
import { declares, declaresRefusal, operations } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'status-codes/not-found-declared',
  summary: 'an operation on an item declares 404',
  why: `Items are deleted and ids mistyped. Callers handle that only if the document says how it looks.`,
  sources: ['guide S4, Status Code Strategy', 'RFC 9110, section 15.5.5'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders/{id}:
    get:
      responses:
        '200': { description: The order. }
        '404': { description: There is no such order. }
    put:
      responses:
        '200': { description: Replaced. }
        '201': { description: Created at this URL. }
  /orders:
    get:
      responses:
        '200': { description: The orders. }
  /tags/matching/{prefix}:
    get:
      responses:
        '200': { description: 'The tags, or none.' }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders/{id}:
    get:
      responses:
        '200': { description: The order. }
        '401': { description: Who are you? }
`,
      fixable: 'safe',
      *find(api) {
        for (const operation of operations(api)) {
          if (!declaresRefusal(api, operation) || !addressesItem(api, operation)) continue;
          if (declares(api, operation, '404') || declares(api, operation, '410')) continue;
          yield {
            at: operation.at.child('responses'),
            message: `\`${operation.name}\` addresses an item and declares no 404.`,
            help: 'Declare how it answers when there is no such item.',
            ...responsesFix(api, operation, ['404']),
          };
        }
      },
    },
  },
});
