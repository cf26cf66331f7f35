import { type PathEntry, paths } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'structure/paths-unique',
  summary: 'no two paths differ only in the names of their placeholders',
  why: `The names between braces are no part of a URL, so such paths are the same one, written twice. The specification forbids it,
and tools serve one of the two and drop the other.`,
  sources: ['OpenAPI 3.1.1, Paths Object'],
  equivalents: [
    'spectral:path-params',
    'redocly:no-identical-paths',
    'redocly:no-ambiguous-paths',
    'ibm:ibm-no-ambiguous-paths',
    'vacuum:no-ambiguous-paths',
    'vacuum:duplicate-paths',
  ],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders/{id}: {}
  /orders/last: {}
  /orders/{id}/lines: {}
`,
      bad: `
openapi: 3.1.0
paths:
  /orders/{id}: {}
  /orders/{order_id}: {}
`,
      *find(api) {
        const first = new Map<string, PathEntry>();
        for (const entry of paths(api)) {
          const form = entry.path.replaceAll(/\{[^{}]*\}/g, '{}');
          const twin = first.get(form);
          if (twin === undefined) first.set(form, entry);
          else if (twin.path !== entry.path) {
            yield {
              at: entry.at.onKey,
              message: `\`${entry.path}\` and \`${twin.path}\` are the same path.`,
              help: 'Put the operations of both under one of them.',
              related: [{ message: 'It stands here first', at: twin.at.onKey }],
            };
          }
        }
      },
    },
  },
});
