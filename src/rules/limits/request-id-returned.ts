import { answers, hasHeader, headersPlace } from '../../languages/openapi/answers.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { propertiesOf, type Response } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'limits/request-id-returned',
  summary: 'every response carries the id of its request',
  why: `"It failed at about three" is a long search through logs. With the id that came with the answer, whoever has a problem and
whoever can solve it speak of the same request.`,
  sources: ['guide S4, Structured Logging for APIs', 'guide S3, API Gateway Pattern (request ID)', 'Zalando 233'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    get:
      responses:
        '200': { headers: { X-Request-ID: { schema: { type: string } } } }
        '404':
          content:
            application/json:
              schema: { properties: { message: { type: string }, request_id: { type: string } } }
        '500':
          content:
            application/json:
              schema: { properties: { meta: { properties: { traceId: { type: string } } } } }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get:
      responses:
        '200':
          description: The orders.
          headers: { ETag: { schema: { type: string } } }
        '304': { headers: { X-Request-ID: { schema: { type: string } } } }
        '404': { $ref: '#/components/responses/NotFound' }
components:
  responses:
    NotFound: { description: There is no such thing. }
`,
      *find(api) {
        const all = answers(api);
        const missing = all.filter(({ response }) => !hasHeader(response, headerNames) && !namesRequest(api, response));
        const help = 'Declare an `X-Request-ID` header.';
        if (all.length > 1 && missing.length === all.length) {
          const at = api.root.at.child('paths').onKey;
          yield { at, message: 'No response carries the id of its request.', help };
          return;
        }
        for (const { response, operations } of missing) {
          const message = `The ${response.code} response of \`${operations[0]!.name}\` does not carry the id of its request.`;
          yield { at: headersPlace(response).onKey, message, help };
        }
      },
    },
  },
});

const headerNames = /(?:^|-)(?:request|correlation|trace|transaction|flow)-?id$|^traceparent$/i;
const fieldNames = /^(?:x_?)?(?:request|correlation|trace|transaction|flow)_?id$/i;

/** Whether a body names the request: itself, in `meta` or in `error`. */
function namesRequest(api: OpenApi, { media }: Response): boolean {
  return media.some(({ schema }) => {
    const body = propertiesOf(api, schema);
    const holders = ['meta', 'metadata', 'error'].flatMap((name) => body.get(name) ?? []);
    return [body, ...holders.map((holder) => propertiesOf(api, holder))].some((properties) =>
      [...properties.keys()].some((name) => fieldNames.test(name)),
    );
  });
}
