import { itemsOf } from '../../languages/openapi/json.ts';
import { operations } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'docs/operation-tagged',
  summary: 'every operation has a tag',
  why: `Documentation and generated clients group operations by tag. What has none ends up under "default", where nobody
looks for it.`,
  sources: ['guide S4, Documentation and Testing', 'OpenAPI 3.1.1, Operation Object'],
  equivalents: ['spectral:operation-tags', 'redocly:operation-tag-defined', 'zally:M011'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    get: { tags: [Orders] }
webhooks:
  orderShipped:
    post: {}
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get: {}
    post: { tags: [] }
`,
      *find(api) {
        for (const { value, at, name } of operations(api)) {
          if (itemsOf(value['tags']).length > 0) continue;
          yield { at, message: `\`${name}\` has no tag.`, help: 'Give it the tag of the resource that it is about.' };
        }
      },
    },
  },
});
