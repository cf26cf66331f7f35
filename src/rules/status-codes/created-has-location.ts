import { headersFix } from '../../conventions/openapi/skeletons.ts';
import { operations, responsesOf } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'status-codes/created-has-location',
  summary: 'a 201 says in `Location` where the new item is',
  why: `The client that has just created an item wants to read, change or share it. Without \`Location\` it has to know how the server
builds its URLs.`,
  sources: ['guide S4, Status Code Strategy', 'guide S0, RESTful API Design', 'RFC 9110, section 10.2.2'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    post:
      responses:
        '201':
          description: Created.
          headers:
            Location:
              description: The URL of the new order.
              schema: { type: string, format: uri-reference }
  /orders/{id}:
    put:
      responses:
        '201':
          description: Created at the URL that the client chose.
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    post:
      responses:
        '201':
          description: Created.
`,
      fixable: 'safe',
      *find(api) {
        for (const operation of operations(api)) {
          if (operation.method !== 'post') continue;
          const created = responsesOf(api, operation).find(({ code }) => code === '201');
          if (!created || created.headers.some(({ name }) => name.toLowerCase() === 'location')) continue;
          const message = 'The 201 response has no `Location` header.';
          yield {
            at: created.at,
            message,
            help: 'Declare a `Location` header with the URL of the new item.',
            ...headersFix(api, created, ['Location']),
          };
        }
      },
    },
  },
});
