import { departures } from '../../languages/openapi/conformance.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'structure/document-valid',
  summary: 'the document conforms to the specification of its version',
  why: `Generators, gateways and renderers read documents by the specification. What departs from it is refused by some of them and
silently dropped by others, so that clients and servers come to see different contracts.`,
  sources: ['guide S4, Documentation and Testing', 'Swagger 2.0', 'OpenAPI 3.0.4', 'OpenAPI 3.1.1', 'OpenAPI 3.2.0'],
  equivalents: [
    'spectral:oas2-schema',
    'spectral:oas3-schema',
    'redocly:struct',
    'spectral:oas2-operation-formData-consume-check',
    'redocly:spec-querystring-parameters',
    'zally:101',
    'zally:M008',
  ],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
info: { title: Orders, version: '1', x-logo: { url: 5 } }
paths:
  /orders:
    get:
      parameters:
        - { name: limit, in: query, style: form, schema: { type: [integer, 'null'], exclusiveMinimum: 0 } }
      responses:
        2XX: { description: The orders. }
        default: { $ref: '#/components/responses/Problem' }
  /empty: {}
components:
  responses:
    Problem: { description: What went wrong. }
  schemas:
    Anything: true
`,
      bad: `
openapi: 3.1.0
info: { title: Orders }
servers: { url: https://api.example.com }
paths:
  orders:
    get:
      deprecated: 'yes'
      parameters:
        - { name: id, in: body, schema: { type: strng } }
        - { name: color, in: path, style: deepObject, schema: {} }
      responses:
        2xx: { description: The orders. }
        '400': { $ref: '#/components/parameters/Limit' }
        '404': null
  /items:
    get:
      responses: {}
components:
  parameters:
    Limit: { name: limit, in: query, schema: { minimum: a, maxLength: -1 } }
  links:
    Next: { operationId: listOrders, operationRef: '#/paths/~1orders/get' }
`,
      *find(api) {
        for (const { aspect, ...finding } of departures(api)) if (aspect === 'shape') yield finding;
      },
    },
  },
});
