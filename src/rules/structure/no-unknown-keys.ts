import { departures } from '../../languages/openapi/conformance.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'structure/no-unknown-keys',
  summary: 'every key is one that the specification knows',
  why: `A misspelt key is no error to most tools: they skip it. The limit, the security or the example that it should have declared
is missing from everything that is made of the document.`,
  sources: ['OpenAPI 3.1.1, Specification Extensions', 'OpenAPI 3.1.1, Schema Object'],
  equivalents: [
    'spectral:oas2-schema',
    'spectral:oas3-schema',
    'spectral:oas2-anyOf',
    'spectral:oas2-oneOf',
    'redocly:struct',
    'zally:101',
  ],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
x-audience: public
paths:
  /orders:
    get:
      x-cache: 60
      responses: { '200': { description: The orders. } }
components:
  schemas:
    Order:
      type: object
      unit: EUR
      properties:
        paramters: { type: string }
`,
      bad: {
        'openapi.yaml': `
openapi: 3.0.3
basePath: /v1
paths:
  /orders:
    get:
      parametres: []
      responses: { '200': { description: The orders., schema: {} } }
components:
  schemas:
    Order: { type: object, const: 1, requierd: [id] }
  securitySchemes:
    Key: { type: http, scheme: basic, name: X-Key }
  examples:
    Order: { value: {}, colour: blue }
`,
      },
      *find(api) {
        for (const { aspect, ...finding } of departures(api)) if (aspect === 'key') yield finding;
      },
    },
  },
});
