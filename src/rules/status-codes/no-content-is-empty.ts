import { removeEntry } from '../../languages/openapi/edit.ts';
import { everyOperation, responsesOf } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'status-codes/no-content-is-empty',
  summary: 'a 204, 205 or 304 has no body',
  why: `These codes end the message after its headers. A client that waits for the declared body hangs or fails to parse nothing.`,
  sources: ['RFC 9110, sections 15.3.5, 15.3.6 and 15.4.5', 'guide S4, Status Code Strategy'],
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
    get:
      responses:
        '200':
          description: The order.
          content:
            application/json: {}
`,
      bad: `
openapi: 3.1.0
paths:
  /orders/{id}:
    delete:
      responses:
        '204':
          description: Gone.
          content:
            application/json:
              schema: { type: object }
`,
      fixable: 'safe',
      *find(api) {
        const seen = new Set<unknown>();
        for (const operation of everyOperation(api)) {
          for (const { code, value, at, media } of responsesOf(api, operation)) {
            if (!/^(?:20[45]|304)$/.test(code) || media.length === 0 || seen.has(value)) continue;
            seen.add(value);
            const field = api.version === '2.0' ? 'schema' : 'content';
            yield {
              at: at.child(field),
              message: `The ${code} response declares a body.`,
              help: `Remove \`${field}\`, or answer 200.`,
              fix: { title: `Remove \`${field}\``, safe: true, edits: () => removeEntry(at.child(field)) },
            };
          }
        }
      },
    },
  },
});
