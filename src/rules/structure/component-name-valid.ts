import { departures } from '../../languages/openapi/conformance.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'structure/component-name-valid',
  summary: 'components have names of letters, digits, dots, hyphens and underscores',
  why: `References and generated code are made of these names. Spaces and slashes have to be escaped in a reference and cannot stand
in the name of a class, so some tools refuse the document and others rename what it holds.`,
  sources: ['OpenAPI 3.1.1, Components Object'],
  equivalents: ['redocly:spec-components-invalid-map-name', 'redocly:struct', 'spectral:oas3-schema'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
components:
  x anything: {}
  schemas:
    Order.Line-1_a: { type: object, properties: { 'any name': {} } }
`,
      bad: `
openapi: 3.1.0
components:
  schemas:
    Order Line: { type: object }
  responses:
    404/not-found: { description: There is no such order. }
`,
      *find(api) {
        for (const { aspect, ...finding } of departures(api)) if (aspect === 'component-name') yield finding;
      },
    },
  },
});
