import { errorAnswers } from '../../conventions/openapi/error-bodies.ts';
import { answers } from '../../languages/openapi/answers.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { isError, isJson, isSuccess, type Operation, successesOf } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'errors/media-type',
  summary: 'errors are JSON',
  why: `Clients of a JSON API parse every answer as JSON. An error in another format makes the parser fail, and the failure of the
parser is what their users and logs get to see.`,
  sources: ['guide S4, Comprehensive Error Response Design', 'RFC 9457, section 3'],
  equivalents: ['ibm:ibm-error-content-type-is-json'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders/{id}/invoice:
    get:
      responses:
        '200': { content: { application/pdf: {} } }
        '404': { content: { application/problem+json: {} } }
        '500': { content: { text/html: {}, application/json; charset=utf-8: {} } }
  /authorize:
    get:
      responses:
        '200': { content: { text/html: {} } }
        '400': { content: { text/html: {} } }
  /orders:
    get:
      responses:
        '200': { content: { application/json: {} } }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get:
      responses:
        '200': { content: { application/json: {} } }
        '404': { content: { text/plain: {} } }
        '500': { content: { '*/*': {} } }
`,
      *find(api) {
        // In 2.0 an operation has one list of media types for all that it answers.
        if (api.version === '2.0' || !speaksJson(api)) return;
        for (const { response, codes, operations } of errorAnswers(api)) {
          const { media, at } = response;
          if (media.length === 0 || media.some(({ name }) => isJson(name))) continue;
          if (operations.every((operation) => answersPages(api, operation))) continue;
          const code = [...codes].find(isError) ?? response.code;
          const subject = `The ${code} response of \`${operations[0]!.name}\``;
          yield {
            at: at.child('content'),
            message: media.some(({ name }) => name.includes('*'))
              ? `${subject} does not say that it is JSON, only \`${media[0]!.name}\`.`
              : `${subject} is \`${media[0]!.name}\`, not JSON.`,
            help: 'Declare `application/json`, or `application/problem+json`.',
          };
        }
      },
    },
  },
});

/** Whether an operation is there for browsers: it succeeds with a page. */
function answersPages(api: OpenApi, operation: Operation): boolean {
  const media = successesOf(api, operation).flatMap((response) => response.media);
  return media.length > 0 && media.every(({ name }) => /^text\/html\b/i.test(name));
}

/** Whether any success is JSON; an API that knows no JSON needs none for its errors. */
function speaksJson(api: OpenApi): boolean {
  return answers(api).some(
    ({ codes, response }) => [...codes].some(isSuccess) && response.media.some(({ name }) => isJson(name)),
  );
}
