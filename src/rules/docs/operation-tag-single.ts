import { itemsOf } from '../../languages/openapi/json.ts';
import { operations } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'docs/operation-tag-single',
  summary: 'an operation has one tag only',
  why: `Generators write one class per tag. An operation with two tags is generated twice or put in a class that depends on
the tool, and stands in two places of the documentation.`,
  sources: ['OpenAPI 3.1.1, Operation Object'],
  equivalents: ['spectral:operation-singular-tag', 'redocly:operation-singular-tag'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    get: { tags: [Orders] }
    post: {}
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get: { tags: [Orders, Customers] }
`,
      *find(api) {
        for (const { value, at, name } of operations(api)) {
          const count = itemsOf(value['tags']).length;
          if (count < 2) continue;
          yield {
            at: at.child('tags'),
            message: `\`${name}\` has ${count} tags.`,
            help: 'Keep the tag of the resource that it is about.',
          };
        }
      },
    },
  },
});
