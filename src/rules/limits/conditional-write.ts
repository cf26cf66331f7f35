import { hasHeader } from '../../languages/openapi/answers.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import {
  codesOf,
  declares,
  type Operation,
  operations,
  parametersOf,
  successesOf,
} from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'limits/conditional-write',
  summary: 'where a GET returns an `ETag`, writes take `If-Match` and declare 412',
  why: `Two people edit the same thing, and the later save silently undoes the earlier. The \`ETag\` is there to notice it, but only
when the write can say which version it means.`,
  sources: [
    'guide S3, API Gateway Pattern (response caching)',
    'RFC 9110, section 13.1.1',
    'RFC 6585, section 3',
    'Zalando 182',
    'AIP-154',
  ],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders/{id}:
    get:
      responses:
        '200': { headers: { ETag: { schema: { type: string } } } }
    put:
      parameters: [{ name: If-Match, in: header, schema: { type: string } }]
      responses:
        '200': { description: Replaced. }
        '412': { description: Somebody else was faster. }
  /invoices/{id}:
    get:
      responses:
        '200': { description: The invoice. }
    put:
      responses:
        '200': { description: Replaced. }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders/{id}:
    get:
      responses:
        '200': { headers: { ETag: { schema: { type: string } } } }
    put:
      responses:
        '200': { description: Replaced. }
    patch:
      parameters: [{ name: If-Match, in: header, schema: { type: string } }]
      responses:
        '200': { description: Changed. }
`,
      *find(api) {
        const tagged = new Set(
          operations(api)
            .filter((operation) => returnsEtag(api, operation))
            .map(({ path }) => path),
        );
        for (const operation of operations(api)) {
          if (!['put', 'patch', 'delete'].includes(operation.method) || !tagged.has(operation.path)) continue;
          const takes = parametersOf(api, operation).some(
            ({ in: place, name }) => place === 'header' && /^if-(?:match|unmodified-since)$/i.test(name),
          );
          if (!takes) {
            yield {
              at: operation.at,
              message: `\`${operation.name}\` takes no \`If-Match\`, though the GET returns an \`ETag\`.`,
              help: 'Take the header, and answer 412 when it no longer matches.',
            };
          } else if (codesOf(api, operation).length > 0 && !declares(api, operation, '412')) {
            yield {
              at: operation.at.child('responses'),
              message: `\`${operation.name}\` takes \`If-Match\` and does not declare 412.`,
              help: 'Declare 412 for an item that has changed in the meantime.',
            };
          }
        }
      },
    },
  },
});

function returnsEtag(api: OpenApi, operation: Operation): boolean {
  return operation.method === 'get' && successesOf(api, operation).some((response) => hasHeader(response, /^etag$/i));
}
