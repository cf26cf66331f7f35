import { segmentsOf } from '../../languages/openapi/paths.ts';
import { paths } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'naming/path-parameter-whole',
  summary: 'a path parameter fills its segment',
  why: `Where one parameter ends and the next begins in \`{a}-{b}\` is anybody's guess as soon as a value holds a hyphen. Many routers
don't match such segments at all.`,
  sources: ['OpenAPI 3.1.1, Path Templating', 'AIP-136'],
  equivalents: ['ibm:ibm-valid-path-segments'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /users/{id}: {}
  /users/{id}:cancel: {}
  /reports/{id}.json: {}
`,
      bad: `
openapi: 3.1.0
paths:
  /maps/{latitude},{longitude}: {}
  /users/user-{id}: {}
  /users/user-{id}/orders: {}
`,
      *find(api) {
        const seen = new Set<string>();
        for (const { path, at } of paths(api)) {
          const odd = segmentsOf(path).find(({ text, literal }) => !literal && !isWhole(text) && !seen.has(text));
          if (!odd) continue;
          seen.add(odd.text);
          yield {
            at: at.onKey,
            message: `The path segment \`${odd.text}\` is more than one parameter.`,
            help: 'Give each parameter a segment of its own, or make it a query parameter.',
          };
        }
      },
    },
  },
});

/** One placeholder, with a custom verb (`{id}:cancel`) or an extension at most: `naming/path-clean` judges that. */
function isWhole(text: string): boolean {
  return /^\{[^{}]*\}(?::[a-z]\w*|\.\w+)?$/i.test(text);
}
