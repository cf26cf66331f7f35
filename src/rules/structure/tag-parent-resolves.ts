import { asString } from '../../languages/openapi/json.ts';
import { tags } from '../../languages/openapi/select.ts';
import { closest } from '../../text/closest.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'structure/tag-parent-resolves',
  summary: 'the parent of a tag is a declared tag, and no tag is its own ancestor',
  why: `Navigation is built from the tree of tags. A tag whose parent does not exist, or that stands below itself, has no place in it, and
neither have its operations.`,
  sources: ['OpenAPI 3.2.0, Tag Object, `parent`'],
  equivalents: ['redocly:spec-no-invalid-tag-parents'],
  checks: {
    openapi: {
      good: `
openapi: 3.2.0
tags:
  - { name: refunds, parent: orders }
  - { name: orders }
`,
      bad: `
openapi: 3.2.0
tags:
  - { name: refunds, parent: order }
  - { name: orders, parent: lines }
  - { name: lines, parent: orders }
  - { name: items, parent: orders }
`,
      *find(api) {
        if (api.version !== '3.2') return;
        const declared = new Map(tags(api).map((tag) => [tag.name, tag]));
        const told = new Set<string>();
        for (const { name, value, at } of tags(api)) {
          const parent = asString(value['parent']);
          if (parent === undefined) continue;
          if (!declared.has(parent)) {
            const meant = closest(parent, declared.keys());
            yield {
              at: at.child('parent'),
              message: `The tag \`${name}\` has the parent \`${parent}\`, which is not declared.`,
              ...(meant !== null && { help: `Did you mean \`${meant}\`?` }),
            };
          }
          const way = new Set<string>();
          for (let above: string | undefined = name; above !== undefined && !told.has(above); ) {
            if (way.has(above)) {
              if (above === name) yield { at: at.child('parent'), message: `The tag \`${name}\` is its own ancestor.` };
              break;
            }
            way.add(above);
            above = asString(declared.get(above)?.value['parent']);
          }
          for (const passed of way) told.add(passed);
        }
      },
    },
  },
});
