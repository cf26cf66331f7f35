import { insertItems, insertProperty } from '../../languages/openapi/edit.ts';
import { fieldRank } from '../../languages/openapi/field-order.ts';
import { itemsOf } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { Pointer } from '../../languages/openapi/pointer.ts';
import { operations, tags } from '../../languages/openapi/select.ts';
import { closest } from '../../text/closest.ts';
import type { Fix } from '../../text/fix.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'docs/tags-declared',
  summary: 'every tag of an operation is declared in the `tags` of the document',
  why: `A tag that is not declared has no description and no place in the order of the documentation. Often it is a slip
(\`Order\` beside \`Orders\`) that splits a group in two.`,
  sources: ['guide S4, Documentation and Testing', 'OpenAPI 3.1.1, OpenAPI Object'],
  equivalents: ['spectral:operation-tag-defined', 'redocly:operation-tag-defined', 'zally:M011'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
tags:
  - name: Orders
paths:
  /orders:
    get: { tags: [Orders] }
    post: {}
`,
      bad: `
openapi: 3.1.0
tags:
  - name: Orders
paths:
  /orders:
    get: { tags: [Orders, Customers] }
    post: { tags: [orders, Customers] }
`,
      fixable: 'safe',
      *find(api) {
        const declared = new Set(tags(api).map(({ name }) => name));
        const missing = undeclaredTags(api, declared);
        const fix = declaring(
          api,
          [...missing.keys()].filter((tag) => closest(tag, declared) === null),
        );
        for (const [tag, [first, ...others]] of missing) {
          const meant = closest(tag, declared);
          yield {
            at: first!,
            message: `The tag \`${tag}\` is not declared in the document.`,
            help: meant
              ? `Write \`${meant}\`, or declare it in \`tags\`.`
              : 'Declare it in the `tags` of the document.',
            ...(meant === null && fix && { fix }),
            related: others.slice(0, 3).map((at) => ({ at, message: 'It is used here too.' })),
          };
        }
      },
    },
  },
});

/** One fix for all that are missing: they go into one list. Slips of tags that are declared are for their authors to mend. */
function declaring(api: OpenApi, names: readonly string[]): Fix | null {
  const { value, at } = api.root;
  if (value['tags'] !== undefined && !Array.isArray(value['tags'])) return null;
  const items = names.map((name) => ({
    name,
    description: `The operations on ${split(name).join(' ').toLowerCase()}.`,
  }));
  const edits = () =>
    value['tags'] === undefined
      ? insertProperty(at, 'tags', items, fieldRank('root'))
      : insertItems(at.child('tags'), items);
  return { title: 'Declare the tags that are used', safe: true, edits };
}

/** The places where tags are used that the document does not declare, by tag. */
function undeclaredTags(api: OpenApi, declared: ReadonlySet<string>): ReadonlyMap<string, Pointer[]> {
  const found = new Map<string, Pointer[]>();
  for (const { value, at } of operations(api)) {
    for (const [i, tag] of itemsOf(value['tags']).entries()) {
      if (typeof tag !== 'string' || declared.has(tag)) continue;
      const places = found.get(tag) ?? [];
      places.push(at.child('tags').child(i));
      found.set(tag, places);
    }
  }
  return found;
}
