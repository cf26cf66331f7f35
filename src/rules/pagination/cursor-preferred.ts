import { pagingOf } from '../../conventions/openapi/pagination.ts';
import { operations } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'pagination/cursor-preferred',
  summary: 'lists are paged by a cursor rather than by page number or offset',
  why: `While a client counts pages, others add and remove items: some are seen twice, others never. And to skip 100000 rows, a database
has to read them all.`,
  sources: [
    "guide S4, Stripe's Cursor-Based Pagination",
    'guide S4, Implementing Efficient Pagination',
    'Zalando 160',
    'AIP-158',
  ],
  equivalents: ['ibm:ibm-prefer-token-pagination'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    get:
      parameters:
        - { name: limit, in: query, schema: { type: integer } }
        - { name: cursor, in: query, schema: { type: string } }
  /customers:
    get:
      parameters:
        - name: offset
          in: query
          description: The token that the page before ended with.
          schema: { type: string }
  /books/{id}:
    get:
      parameters:
        - name: page
          in: query
          description: The page of the book to show.
          schema: { type: integer }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get:
      parameters:
        - { name: limit, in: query, schema: { type: integer } }
        - { name: offset, in: query, schema: { type: integer } }
  /customers:
    get:
      parameters:
        - { name: per_page, in: query, schema: { type: integer } }
        - { name: page, in: query, schema: { type: integer } }
`,
      *find(api) {
        for (const operation of operations(api)) {
          if (operation.method !== 'get') continue;
          const { limits, styles, starts } = pagingOf(api, operation);
          const [style] = styles;
          if (!style || style === 'cursor' || limits.length === 0) continue;
          const { name } = starts[style][0]!;
          yield {
            at: operation.at,
            message: `\`${operation.name}\` pages by \`${name}\` rather than by a cursor.`,
            help: `Take a \`cursor\` that the page before returned, at least beside \`${name}\`.`,
          };
        }
      },
    },
  },
});
