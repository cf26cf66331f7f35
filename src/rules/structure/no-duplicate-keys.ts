import { Pointer } from '../../languages/openapi/pointer.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'structure/no-duplicate-keys',
  summary: 'no key stands twice in one object',
  why: `Of two equal keys most parsers keep the last without a word, others the first, and some refuse the file. A path or a
status code that was described is then silently gone.`,
  sources: ['YAML 1.2.2, Mapping', 'RFC 8259, section 4', 'OpenAPI 3.1.1, Format'],
  equivalents: ['vacuum:duplicate-paths'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    get: { summary: List orders }
  /orders/{id}:
    get: { summary: Read an order }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get: { summary: List orders }
  /orders:
    post: { summary: Place an order }
`,
      *find(api) {
        for (const document of api.documents) {
          const { source, duplicates } = document;
          for (const { path, key, first, again } of duplicates) {
            const holder = path.reduce((at, name) => at.child(name), Pointer.root(document));
            const { element } = holder.child(key);
            yield {
              at: { element, range: () => ({ source, ...again }) },
              message: `\`${key}\` stands twice in one object.`,
              help: 'Keep one of them, or merge what they hold.',
              related: [{ message: 'it stands here first', at: { element, range: () => ({ source, ...first }) } }],
            };
          }
        }
      },
    },
  },
});
