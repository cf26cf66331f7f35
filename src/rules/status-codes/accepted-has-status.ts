import { get } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { operations, propertiesOf, type Response, responsesOf } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'status-codes/accepted-has-status',
  summary: 'a 202 says where to look for the outcome',
  why: `202 promises work, not success. A client that is not told where to ask polls blindly, or believes that all went well.`,
  sources: [
    'guide S4, Status Code Strategy',
    'guide S4, Status Code Strategy (202 Accepted: async operation started)',
    'RFC 9110, section 15.3.3',
    'AIP-151',
  ],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /reports:
    post:
      responses:
        '202':
          description: Being made.
          headers:
            Location:
              schema: { type: string, format: uri-reference }
  /exports:
    post:
      responses:
        '202':
          description: Being made.
          content:
            application/json:
              schema:
                type: object
                properties:
                  job_id: { type: string }
                  status: { type: string }
`,
      bad: `
openapi: 3.1.0
paths:
  /reports:
    post:
      responses:
        '202':
          description: Being made.
`,
      *find(api) {
        for (const operation of operations(api)) {
          if (get(operation.value, 'callbacks') !== undefined) continue;
          const accepted = responsesOf(api, operation).find(({ code }) => code === '202');
          if (!accepted || pointsOn(api, accepted)) continue;
          const message = 'The 202 response does not say where to look for the outcome.';
          yield {
            at: accepted.at,
            message,
            help: 'Add a `Location` header, or a body that names the job and its status.',
          };
        }
      },
    },
  },
});

const headerNames = /^(?:location|operation-location|content-location|link)$/i;
const fieldNames = /(?:^|_)(?:id|uuid|status|state|job|task|operation|href|links?|url|uri|self|name)$/i;

function pointsOn(api: OpenApi, { headers, media }: Response): boolean {
  if (headers.some(({ name }) => headerNames.test(name))) return true;
  return media.some(({ schema }) =>
    [...propertiesOf(api, schema).keys()].some((name) => fieldNames.test(name.replaceAll(/([a-z])([A-Z])/g, '$1_$2'))),
  );
}
