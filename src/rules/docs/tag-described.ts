import { textOf } from '../../languages/openapi/descriptions.ts';
import { tags } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'docs/tag-described',
  summary: 'every declared tag says what it is about',
  why: `Tags are the chapters of the documentation, and their descriptions are the place for what holds for a whole group of
operations: what the resource is, how its states follow each other, where to begin.`,
  sources: ['guide S4, Documentation and Testing', 'OpenAPI 3.1.1, Tag Object'],
  equivalents: ['spectral:tag-description', 'redocly:tag-description'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
tags:
  - name: Orders
    description: What customers buy, from the basket to the door.
`,
      bad: `
openapi: 3.1.0
tags:
  - name: Orders
`,
      *find(api) {
        for (const { value, at, name } of tags(api)) {
          if (textOf(value) !== undefined) continue;
          yield {
            at,
            message: `The tag \`${name}\` has no description.`,
            help: 'Say what its operations have in common.',
          };
        }
      },
    },
  },
});
