import { keysOf } from '../../languages/openapi/json.ts';
import type { Pointer } from '../../languages/openapi/pointer.ts';
import { componentsOf, tags } from '../../languages/openapi/select.ts';
import { compareText, type Finding } from '../../text/problem.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'structure/sorted',
  summary: 'lists whose order means nothing are sorted by name',
  why: `In a sorted list things are found, duplicates stand side by side, and two changes rarely meet on the same line.`,
  sources: ['OpenAPI 3.1.1, OpenAPI Object, `tags`'],
  equivalents: ['spectral:openapi-tags-alphabetical', 'redocly:tags-alphabetical'],
  options: {
    lists: {
      description: 'Which lists have to be sorted.',
      default: ['tags'],
      schema: { type: 'array', items: { enum: ['tags', 'paths', 'schemas'] }, uniqueItems: true },
    },
  },
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
tags:
  - name: Refunds
  - name: items
  - name: orders
paths:
  /orders: {}
  /items: {}
`,
      bad: `
openapi: 3.1.0
tags:
  - name: orders
  - name: items
`,
      *find(api, { lists }) {
        const wanted = lists as readonly string[];
        if (wanted.includes('tags')) yield* firstUnsorted('tag', tags(api));
        if (wanted.includes('paths')) {
          const at = api.root.at.child('paths');
          yield* firstUnsorted(
            'path',
            keysOf(api.root.value['paths']).map((name) => ({ name, at: at.child(name).onKey })),
          );
        }
        if (wanted.includes('schemas')) yield* firstUnsorted('schema', componentsOf(api, 'schemas'));
      },
    },
  },
});

/** Tells of the first that stands before one it should follow: one finding a list, since moving one thing mends the rest. */
function* firstUnsorted(
  noun: string,
  list: readonly { readonly name: string; readonly at: Pointer }[],
): Generator<Finding> {
  const index = list.findIndex(({ name }, i) => i + 1 < list.length && compareText(name, list[i + 1]!.name) > 0);
  if (index < 0) return;
  const [one, next] = [list[index]!, list[index + 1]!];
  yield {
    at: one.at,
    message: `The ${noun} \`${one.name}\` stands before \`${next.name}\`, which sorts first.`,
    help: 'Sort the list by name.',
  };
}
