import { isObject } from '../../languages/openapi/json.ts';
import { responses } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'security/cors-declared',
  summary: 'responses that declare headers declare `Access-Control-Allow-Origin`',
  why: `Whether scripts of other sites may read a response is part of the contract: front ends fail without it, and a value that lets
in every origin gives data away.`,
  sources: [
    'guide S2, API Gateway',
    'guide S0, API Gateway Implementation',
    'Fetch Standard, CORS protocol',
    'OWASP API8:2023',
  ],
  equivalents: ['owasp:api8:2023-define-cors-origin'],
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
          headers:
            access-control-allow-origin: { schema: { type: string } }
        '404':
          description: There are none.
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get:
      responses:
        '200':
          description: The orders.
          headers:
            ETag: { schema: { type: string } }
`,
      *find(api) {
        for (const { value, at, headers } of responses(api)) {
          if (!isObject(value['headers'])) continue;
          if (headers.some(({ name }) => name.toLowerCase() === 'access-control-allow-origin')) continue;
          yield {
            at: at.child('headers'),
            message: 'The response does not declare `Access-Control-Allow-Origin`.',
            help: 'Declare the header, and answer with the origins that are allowed rather than with `*`.',
          };
        }
      },
    },
  },
});
