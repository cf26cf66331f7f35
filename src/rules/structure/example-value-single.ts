import { departures } from '../../languages/openapi/conformance.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'structure/example-value-single',
  summary: 'an example gives its value once: in place or by a URL',
  why: `An example with a \`value\` and an \`externalValue\` shows two things at once. Portals display either, and which one is left
to chance.`,
  sources: ['OpenAPI 3.1.1, Example Object', 'OpenAPI 3.2.0, Example Object'],
  equivalents: [
    'spectral:oas3-examples-value-or-externalValue',
    'redocly:no-example-value-and-externalValue',
    'redocly:spec-example-values',
    'vacuum:oas3-example-external-check',
    'redocly:struct',
    'spectral:oas3-schema',
  ],
  checks: {
    openapi: {
      good: `
openapi: 3.2.0
components:
  examples:
    Order: { value: { id: 1 } }
    Far: { externalValue: https://example.com/order.json }
    Both: { dataValue: { id: 1 }, serializedValue: '{"id":1}' }
`,
      bad: `
openapi: 3.2.0
components:
  examples:
    Order: { value: { id: 1 }, externalValue: https://example.com/order.json }
    Line: { dataValue: { id: 1 }, value: { id: 1 } }
`,
      *find(api) {
        for (const { aspect, ...finding } of departures(api)) if (aspect === 'example') yield finding;
      },
    },
  },
});
