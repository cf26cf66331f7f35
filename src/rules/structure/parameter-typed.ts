import { departures } from '../../languages/openapi/conformance.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'structure/parameter-typed',
  summary: 'every parameter has either a `schema` or a `content`',
  why: `Without a schema nobody knows what to send, and the parameter cannot be validated. With both a schema and a content tools pick
one of them.`,
  sources: ['OpenAPI 3.1.1, Parameter Object'],
  equivalents: ['ibm:ibm-parameter-schema-or-content', 'redocly:struct', 'spectral:oas3-schema'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
components:
  parameters:
    Limit: { name: limit, in: query, schema: { type: integer } }
    Filter: { name: filter, in: query, content: { application/json: { schema: { type: object } } } }
    Alias: { $ref: '#/components/parameters/Limit' }
`,
      bad: `
openapi: 3.1.0
components:
  parameters:
    Limit: { name: limit, in: query }
    Filter:
      name: filter
      in: query
      schema: { type: string }
      content: { application/json: { schema: { type: object } } }
`,
      *find(api) {
        for (const { aspect, ...finding } of departures(api)) if (aspect === 'parameter') yield finding;
      },
    },
  },
});
