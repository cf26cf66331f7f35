import { takesInput } from '../../conventions/openapi/refusals.ts';
import { responsesFix } from '../../conventions/openapi/skeletons.ts';
import { declares, declaresRefusal, operations } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'status-codes/validation-error-declared',
  summary: 'an operation that takes input declares 400 or 422',
  why: `Input is checked somewhere. A caller who does not know what a refusal looks like cannot tell users which field to mend.`,
  sources: ['guide S4, Status Code Strategy', 'guide S4, Error Handling and Status Codes', 'OWASP API8:2023'],
  equivalents: ['owasp:api8:2023-define-error-validation', 'vacuum:owasp-define-error-validation'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    post:
      requestBody:
        content: { application/json: {} }
      responses:
        '201': { description: Created. }
        '422': { description: A field is wrong. }
  /orders/{id}:
    get:
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
      responses:
        '200': { description: The order. }
        '404': { description: There is no such order. }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get:
      parameters:
        - { name: limit, in: query, schema: { type: integer } }
      responses:
        '200': { description: The orders. }
        '404': { description: There is no such thing. }
    post:
      requestBody:
        content: { application/json: {} }
      responses:
        '201': { description: Created. }
        '404': { description: There is no such thing. }
`,
      fixable: 'safe',
      *find(api) {
        for (const operation of operations(api)) {
          if (!declaresRefusal(api, operation) || !takesInput(api, operation)) continue;
          if (declares(api, operation, '400') || declares(api, operation, '422')) continue;
          yield {
            at: operation.at.child('responses'),
            message: `\`${operation.name}\` takes input and declares neither 400 nor 422.`,
            help: 'Declare how it answers when a field or parameter is wrong.',
            ...responsesFix(api, operation, ['400']),
          };
        }
      },
    },
  },
});
