import { pagingOf } from '../../conventions/openapi/pagination.ts';
import { asText } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { keyword, operations, type Parameter } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'pagination/limit-bounded',
  summary: 'the page size has a minimum, a maximum and a default',
  why: `One call with \`limit=1000000\` can take a database down. And without a default that is written down, no client knows how many
items it gets when it does not ask.`,
  sources: [
    'guide S4, Pagination Patterns',
    'guide S4, OpenAPI 3.0 Specification (limit: 1 to 100, 20 by default)',
    'AIP-158',
    'OWASP API4:2023',
  ],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    get:
      parameters:
        - name: limit
          in: query
          schema: { type: integer, minimum: 1, maximum: 100, default: 20 }
  /customers:
    get:
      parameters:
        - name: page_size
          in: query
          schema: { type: integer, enum: [10, 50, 100], default: 10 }
  /items:
    get:
      parameters:
        - name: size
          in: query
          description: No page size, but that of a shirt.
          schema: { type: integer }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get:
      parameters:
        - name: limit
          in: query
          schema: { type: integer }
  /customers:
    get:
      parameters:
        - name: per_page
          in: query
          schema: { type: integer, minimum: 1, default: 20 }
`,
      *find(api) {
        const judged = new Set<unknown>();
        for (const operation of operations(api)) {
          if (operation.method !== 'get') continue;
          for (const limit of pagingOf(api, operation).limits) {
            if (judged.has(limit.value)) continue;
            judged.add(limit.value);
            const missing = missingBounds(api, limit);
            if (missing.length === 0) continue;
            yield {
              at: limit.at.child('name'),
              message: `The page size \`${limit.name}\` has ${joined(missing.map((name) => `no ${name}`))}.`,
              help: `Add ${joined(missing.map((name) => `\`${name}\``))} to its schema.`,
            };
          }
        }
      },
    },
  },
});

/** A default may stand in prose, since only people read it; bounds are for machines to enforce. */
function missingBounds(api: OpenApi, { schema, value }: Parameter): string[] {
  const has = (...names: string[]): boolean => names.some((name) => keyword(api, schema, name) !== undefined);
  const listed = has('enum', 'const');
  return [
    ...(listed || has('minimum', 'exclusiveMinimum') ? [] : ['minimum']),
    ...(listed || has('maximum', 'exclusiveMaximum') ? [] : ['maximum']),
    ...(has('default', 'const') || /\bdefaults?\b/i.test(asText(value['description'])) ? [] : ['default']),
  ];
}

function joined(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
