import { effectiveTypes, parameters } from '../../languages/openapi/select.ts';
import { isIdName } from '../../words/ids.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'security/id-unguessable',
  summary: 'ids in URLs are not integers that can be counted up',
  why: `Whoever has one id can guess all others. Where a single check of ownership is missing, everything can be read by counting, and
the numbers also tell how many customers there are.`,
  sources: ['OWASP API1:2023', 'RFC 9562, section 6.9'],
  equivalents: ['owasp:api1:2023-no-numeric-ids', 'vacuum:owasp-no-numeric-ids'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders/{id}:
    get:
      parameters:
        - { name: id, in: path, required: true, schema: { type: string, format: uuid } }
        - { name: grid, in: query, schema: { type: integer } }
`,
      bad: `
openapi: 3.1.0
paths:
  /users/{user_id}/orders/{orderId}:
    get:
      parameters:
        - { name: user_id, in: path, required: true, schema: { type: integer } }
        - { name: orderId, in: path, required: true, schema: { type: integer, format: int64 } }
`,
      *find(api) {
        for (const { name, in: place, schema } of parameters(api)) {
          if (!schema || (place !== 'path' && place !== 'query') || !isIdName(name)) continue;
          if (!effectiveTypes(api, schema).includes('integer')) continue;
          yield {
            at: schema.at,
            message: `\`${name}\` is an integer, so other ids can be guessed from one.`,
            help: 'Use ids that cannot be guessed, such as random UUIDs.',
          };
        }
      },
    },
  },
});
