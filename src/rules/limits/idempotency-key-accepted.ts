import { takesIdempotencyKey } from '../../conventions/openapi/idempotency.ts';
import { createsItem } from '../../conventions/openapi/intent.ts';
import { operations } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'limits/idempotency-key-accepted',
  summary: 'a POST that creates takes an idempotency key',
  why: `When the answer to a POST gets lost, the client does not know whether the order exists. Without a key it must choose between
no order and two; with one it simply asks again.`,
  sources: ['guide S4, Idempotency Keys', 'draft-ietf-httpapi-idempotency-key-header', 'AIP-155', 'Zalando 230'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    post:
      parameters:
        - { name: Idempotency-Key, in: header, schema: { type: string, format: uuid } }
  /payments:
    post:
      requestBody:
        content:
          application/json:
            schema: { type: object, properties: { idempotency_key: { type: string } } }
  /orders/search:
    post: {}
  /orders/{id}/cancel:
    post: {}
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    post:
      parameters:
        - { name: X-Request-ID, in: header, schema: { type: string } }
`,
      *find(api) {
        for (const operation of operations(api)) {
          if (!createsItem(operation) || takesIdempotencyKey(api, operation)) continue;
          yield {
            at: operation.at,
            message: `\`${operation.name}\` creates and takes no idempotency key.`,
            help: 'Take an `Idempotency-Key` header, and answer a repeated key with the first answer.',
          };
        }
      },
    },
  },
});
