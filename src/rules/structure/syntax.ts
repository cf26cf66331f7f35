import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'structure/syntax',
  summary: 'the file parses',
  why: `A file that no parser reads cannot be rendered, generated from or checked. Here each syntax error is one finding, and what
can still be read is checked all the same.`,
  sources: ['RFC 8259', 'YAML 1.2.2', 'OpenAPI 3.1.1, Format'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
info: { title: Orders, version: 1.0.0 }
paths:
  /orders:
    get:
      description: |
        A colon: inside a block is no error.
`,
      bad: `
openapi: 3.1.0
info:
  title: Orders: the API
  version: 1.0.0
paths:
  /orders:
    get:
      tags: [orders
      summary: List orders
`,
      *find(api) {
        for (const { source, syntax } of api.documents) {
          for (const { start, end, message } of syntax) {
            yield { at: { element: '#', range: () => ({ source, start, end }) }, message };
          }
        }
      },
    },
  },
});
