import { operations, type Response, responsesOf } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'status-codes/deleted-is-204',
  summary: 'a DELETE answers 204, or 202, or 200 with a body',
  why: `204 tells a client that the item is gone and that there is nothing to read. A 200 without a body leaves generated clients waiting
for one.`,
  sources: ['guide S4, Status Code Strategy', 'RFC 9110, section 9.3.5', 'AIP-135'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders/{id}:
    delete:
      responses:
        '204':
          description: Gone.
  /carts/{id}:
    delete:
      responses:
        '200':
          description: The cart as it was.
          content:
            application/json:
              schema: { type: object }
  /archives/{id}:
    delete:
      responses:
        '202':
          description: Will be gone soon.
`,
      bad: `
openapi: 3.1.0
paths:
  /orders/{id}:
    delete:
      responses:
        '200':
          description: Gone.
`,
      *find(api) {
        for (const operation of operations(api)) {
          if (operation.method !== 'delete') continue;
          const successes = responsesOf(api, operation).filter(({ code }) => /^[23](?:\d\d|XX)$/i.test(code));
          if (successes.length === 0 || successes.some(fitsDeletion)) continue;
          const { code, used, media } = successes[0]!;
          const what = media.length === 0 ? `${code} without a body` : code;
          yield {
            at: used,
            message: `\`${operation.name}\` answers ${what}.`,
            help: 'Answer 204, or 202 when the deletion goes on in the background.',
          };
        }
      },
    },
  },
});

/** 207 reports on several items; ranges leave the code open. */
function fitsDeletion({ code, media }: Response): boolean {
  return /^(?:20[247]|2XX|3..)$/i.test(code) || (code === '200' && media.length > 0);
}
