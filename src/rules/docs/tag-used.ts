import { asString, stringsOf } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { everyOperation, schemas, tags } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'docs/tag-used',
  summary: 'every declared tag is used by an operation',
  why: `A tag without operations is an empty chapter of the documentation: the rest of something removed, or a name that the
operations spell differently.`,
  sources: ['guide S4, Documentation and Testing', 'OpenAPI 3.1.1, Tag Object', 'OpenAPI 3.2.0, Tag Object'],
  equivalents: ['ibm:ibm-openapi-tags-used'],
  checks: {
    openapi: {
      good: `
openapi: 3.2.0
tags:
  - { name: Shop }
  - { name: Orders, parent: Shop }
  # A page of prose, as some documentation tools offer.
  - { name: Getting started, x-traitTag: true }
paths:
  /orders:
    get: { tags: [Orders] }
`,
      bad: `
openapi: 3.1.0
tags:
  - name: Orders
  - name: Invoices
paths:
  /orders:
    get: { tags: [Orders] }
`,
      *find(api) {
        if (everyOperation(api).length === 0) return;
        const used = usedTags(api);
        for (const { value, at, name } of tags(api)) {
          if (used.has(name) || value['x-traitTag'] === true) continue;
          yield {
            at,
            message: `No operation has the tag \`${name}\`.`,
            help: 'Remove the tag, or give it to the operations that it is meant for.',
          };
        }
      },
    },
  },
});

/** The tags of operations with all that stand above them (3.2), and those that list types in the documentation. */
function usedTags(api: OpenApi): ReadonlySet<string> {
  const used = new Set(everyOperation(api).flatMap(({ value }) => stringsOf(value['tags'])));
  for (const { value } of schemas(api)) for (const tag of stringsOf(value['x-tags'])) used.add(tag);
  const parents = new Map(tags(api).map(({ name, value }) => [name, asString(value['parent'])]));
  // A set grows while it is gone through, and holds each name once, so that circles end.
  for (const name of used) {
    const parent = parents.get(name);
    if (parent !== undefined) used.add(parent);
  }
  return used;
}
