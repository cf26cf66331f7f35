import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'structure/suppression-valid',
  summary: 'every note that silences a rule names one that exists, gives a reason, and silences something',
  why: `A suppression without a reason cannot be reviewed, and one that outlived its cause hides the next mistake in the same place.`,
  sources: ['guide S4, Documentation and Testing'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  # apiarch-ignore docs/operation-described: the health check explains itself
  /health:
    get: { responses: { '200': { description: All is well. } } }
`,
      bad: `
openapi: 3.1.0
paths:
  # apiarch-ignore
  /health: {}
  # apiarch-ignore docs/operation-described
  /orders: {}
  # apiarch-ignore docs/operation-describd: planned for May
  /items: {}
`,
      // The engine finds these: only it knows which findings were silenced.
      *find() {},
    },
  },
});
