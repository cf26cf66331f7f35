import type { Pointer } from '../../languages/openapi/pointer.ts';
import { tags } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'structure/tags-unique',
  summary: 'no tag is declared twice',
  why: `Tags are found by their name. Of two equal ones a portal shows both groups, or the description of either.`,
  sources: ['OpenAPI 3.1.1, OpenAPI Object, `tags`'],
  equivalents: ['spectral:openapi-tags-uniqueness', 'redocly:no-duplicated-tag-names'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
tags:
  - name: orders
  - name: Orders
  - name: items
`,
      bad: `
openapi: 3.1.0
tags:
  - name: orders
  - name: items
  - name: orders
`,
      *find(api) {
        const firsts = new Map<string, Pointer>();
        for (const { name, at } of tags(api)) {
          const first = firsts.get(name);
          if (!first) firsts.set(name, at.child('name'));
          else {
            yield {
              at: at.child('name'),
              message: `The tag \`${name}\` is declared twice.`,
              help: 'Merge the two.',
              related: [{ message: 'it is declared here first', at: first }],
            };
          }
        }
      },
    },
  },
});
