import { collections } from '../../conventions/openapi/collections.ts';
import { pagingOf, tellsOfPages } from '../../conventions/openapi/pagination.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'pagination/page-metadata-returned',
  summary: 'a page says whether there is more and how to get it',
  why: `A client that is not told where the list ends asks once more than it must, or takes a short page for the last one and loses
items.`,
  sources: [
    'guide S4, Pagination Patterns',
    "guide S4, GitHub's Link Header Pagination",
    'guide S3, REST Endpoints',
    'RFC 8288',
    'AIP-158',
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
        - { name: cursor, in: query, schema: { type: string } }
      responses:
        '200':
          description: A page of orders.
          content:
            application/json:
              schema:
                type: object
                properties:
                  data: { type: array, items: { type: object } }
                  has_more: { type: boolean }
                  next_cursor: { type: string }
  /issues:
    get:
      parameters:
        - { name: page, in: query, schema: { type: integer } }
      responses:
        '200':
          description: A page of issues.
          headers:
            Link: { schema: { type: string } }
          content:
            application/json:
              schema: { type: array, items: { type: object } }
  /customers:
    get:
      parameters:
        - { name: offset, in: query, schema: { type: integer } }
      responses:
        '200':
          description: A page of customers.
          content:
            application/json:
              schema:
                type: object
                properties:
                  data: { type: array, items: { type: object } }
                  meta:
                    type: object
                    properties:
                      total: { type: integer }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get:
      parameters:
        - { name: cursor, in: query, schema: { type: string } }
      responses:
        '200':
          description: A page of orders.
          content:
            application/json:
              schema:
                type: object
                properties:
                  data: { type: array, items: { type: object } }
  /issues:
    get:
      parameters:
        - { name: page, in: query, schema: { type: integer } }
      responses:
        '200':
          description: A page of issues.
          content:
            application/json:
              schema: { type: array, items: { type: object } }
`,
      *find(api) {
        const judged = new Set<unknown>();
        for (const { operation, response, property } of collections(api)) {
          const { styles } = pagingOf(api, operation);
          if (styles.length === 0 || judged.has(response.value) || tellsOfPages(api, response)) continue;
          judged.add(response.value);
          yield {
            at: response.at.onKey,
            message: `A page of \`${operation.name}\` does not say whether there is more.`,
            help: property
              ? `Add \`has_more\` and ${next[styles[0]!]} beside \`${property.name}\`.`
              : 'Declare a `Link` header, or answer with an object that says it.',
          };
        }
      },
    },
  },
});

const next = { cursor: '`next_cursor`', page: 'the number of pages', offset: 'the total' };
