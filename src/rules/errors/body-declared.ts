import { errorAnswers } from '../../conventions/openapi/error-bodies.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { codesOf, isError, isSuccess, type Operation } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'errors/body-declared',
  summary: 'every 4xx and 5xx response declares a body',
  why: `A status code alone tells callers that something went wrong, not what. Without a declared body each of them guesses what
can be parsed, and shows its users "Error 400".`,
  sources: [
    'guide S4, Comprehensive Error Response Design',
    'guide S1, REST API Standards',
    'RFC 9457',
    'OWASP API8:2023',
  ],
  equivalents: [
    'owasp:api8:2023-define-error-responses-401',
    'owasp:api8:2023-define-error-responses-500',
    'owasp:api4:2023-rate-limit-responses-429',
    'vacuum:owasp-define-error-responses-401',
    'vacuum:owasp-define-error-responses-500',
    'vacuum:owasp-define-error-responses-429',
  ],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders/{id}:
    get:
      responses:
        '304': { description: As before. }
        '404': { $ref: '#/components/responses/NotFound' }
    head:
      responses:
        '403': { description: A HEAD has no body. }
  /teams/{id}/members/{name}:
    get:
      responses:
        '204': { description: Is a member. }
        '404': { description: Is no member. }
components:
  responses:
    NotFound:
      description: There is no such order.
      content:
        application/problem+json: {}
`,
      bad: `
openapi: 3.1.0
paths:
  /orders/{id}:
    get:
      responses:
        '200': { description: The order. }
        '404': { $ref: '#/components/responses/NotFound' }
        default: { description: Any other error. }
components:
  responses:
    NotFound: { description: There is no such order. }
`,
      *find(api) {
        for (const { response, codes, operations } of errorAnswers(api)) {
          if (response.media.length > 0 || operations.every(({ method }) => method === 'head')) continue;
          if (codes.has('404') && operations.every((operation) => onlyAsks(api, operation))) continue;
          const code = [...codes].find(isError) ?? response.code;
          yield {
            at: response.at.onKey,
            message: `The ${code} response of \`${operations[0]!.name}\` declares no body.`,
            help: 'Give it the schema that all errors of the API share.',
          };
        }
      },
    },
  },
});

/** A GET that answers 204 or 404 says yes or no: `GET /teams/{id}/members/{name}`. */
function onlyAsks(api: OpenApi, operation: Operation): boolean {
  const successes = codesOf(api, operation).filter(isSuccess);
  return operation.method === 'get' && successes.length > 0 && successes.every((code) => code === '204');
}
