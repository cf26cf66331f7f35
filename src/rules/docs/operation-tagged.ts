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
        const called = operations(api);
        const untagged = called.filter(({ value }) => itemsOf(value['tags']).length === 0);
        if (untagged.length === called.length && called.length > few) {
          yield {
            at: api.root.at.child('paths'),
            message: `None of the ${called.length} operations has a tag.`,
            help: 'Give each the tag of the resource that it is about.',
          };
          return;
        }
        for (const { at, name } of untagged) {
          yield { at, message: `\`${name}\` has no tag.`, help: 'Give it the tag of the resource that it is about.' };
        }
      },
    },
  },
});

/** An API with more operations than these that does without tags has decided so once: that is one finding. */
const few = 10;
