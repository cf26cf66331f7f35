import { createsItem } from '../../conventions/openapi/intent.ts';
import { responsesFix } from '../../conventions/openapi/skeletons.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import {
  bodyOf,
  declares,
  declaresRefusal,
  type Operation,
  operations,
  parametersOf,
  propertiesOf,
} from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'status-codes/conflict-declared',
  summary: 'a write that can conflict declares 409 or 412',
  why: `Two clients write at once, or a name is taken. Callers that know only success overwrite each other or retry for ever.`,
  sources: ['guide S4, Status Code Strategy', 'RFC 9110, sections 13.1.1 and 15.5.10'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /users:
    post:
      requestBody:
        content:
          application/json:
            schema:
              required: [email]
              properties:
                email: { type: string, format: email }
      responses:
        '201': { description: Created. }
        '409': { description: The address is taken. }
  /notes:
    post:
      requestBody:
        content:
          application/json:
            schema:
              required: [text]
              properties:
                text: { type: string }
      responses:
        '201': { description: Notes never collide. }
`,
      bad: `
openapi: 3.1.0
paths:
  /users:
    post:
      requestBody:
        content:
          application/json:
            schema:
              required: [username]
              properties:
                username: { type: string }
      responses:
        '201': { description: Created. }
        '400': { description: A field is wrong. }
  /orders/{id}:
    put:
      parameters:
        - { name: If-Match, in: header, schema: { type: string } }
      responses:
        '200': { description: Replaced. }
        '400': { description: A field is wrong. }
`,
      fixable: 'safe',
      *find(api) {
        for (const operation of operations(api)) {
          if (!declaresRefusal(api, operation)) continue;
          if (!canConflict(api, operation)) continue;
          if (declares(api, operation, '409') || declares(api, operation, '412')) continue;
          yield {
            at: operation.at.child('responses'),
            message: `\`${operation.name}\` can conflict with what is there and declares neither 409 nor 412.`,
            help: 'Declare how it answers when a key is taken or the item has changed.',
            ...responsesFix(api, operation, ['409']),
          };
        }
      },
    },
  },
});

/** Fields that clients choose and that can belong to one item only. */
const keys = /^(?:id|uuid|slug|handle|user_?name|login|e?mail|email_?address|sku|isbn|external_?id)$/i;

function canConflict(api: OpenApi, operation: Operation): boolean {
  if (
    parametersOf(api, operation).some(({ in: place, name }) => place === 'header' && name.toLowerCase() === 'if-match')
  )
    return true;
  if (!createsItem(operation)) return false;
  const fields = (bodyOf(api, operation)?.media ?? []).flatMap(({ schema }) => [...propertiesOf(api, schema).values()]);
  return fields.some(({ name, required }) => required && keys.test(name));
}
