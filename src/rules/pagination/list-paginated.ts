import { type Collection, collections } from '../../conventions/openapi/collections.ts';
import { pagingOf, tellsOfPages } from '../../conventions/openapi/pagination.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { lastSegment, segmentsOf } from '../../languages/openapi/paths.ts';
import {
  effectiveTypes,
  keyword,
  type Operation,
  parametersOf,
  paths,
  propertiesOf,
} from '../../languages/openapi/select.ts';
import { isIdName } from '../../words/ids.ts';
import { number } from '../../words/plurals.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'pagination/list-paginated',
  summary: 'a GET that returns a collection can be asked for one page at a time',
  why: `A list that is short today grows with every customer. Without pages, the answer gets slower until it times out, and adding
pages later breaks every client that believes it has seen all items.`,
  sources: ['guide S4, Pagination Patterns', 'guide S3, REST Endpoints', 'AIP-158', 'Zalando 159', 'OWASP API4:2023'],
  equivalents: [],
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
      responses:
        '200':
          description: A page of orders.
          content:
            application/json:
              schema:
                type: object
                properties:
                  data: { type: array, items: { $ref: '#/components/schemas/Order' } }
                  next_cursor: { type: string }
  /orders/{id}:
    get:
      responses:
        '200':
          description: One order. That it has lines does not make it a list.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Order' }
  /weekdays:
    get:
      responses:
        '200':
          description: A list that cannot grow.
          content:
            application/json:
              schema:
                type: array
                maxItems: 7
                items: { type: object, properties: { id: { type: string } } }
components:
  schemas:
    Order:
      type: object
      properties:
        id: { type: string }
        lines: { type: array, items: { type: object, properties: { id: { type: string } } } }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get:
      responses:
        '200':
          description: All orders.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Orders' }
  /customers/{id}/orders:
    get:
      parameters:
        - { name: limit, in: query, schema: { type: integer } }
      responses:
        '200':
          description: The first orders.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Orders' }
components:
  schemas:
    Orders:
      type: array
      items:
        type: object
        properties:
          id: { type: string }
`,
      *find(api) {
        const withItems = collectionPaths(api);
        for (const collection of collections(api)) {
          const { operation, response, property } = collection;
          const { limits, styles } = pagingOf(api, operation);
          if (styles.length > 0 || !grows(api, collection, withItems)) continue;
          const [limit] = limits;
          if (limit ? takesTime(api, operation) : property !== null && tellsOfPages(api, response)) continue;
          yield {
            at: operation.at,
            message: limit
              ? `\`${operation.name}\` takes \`${limit.name}\`, but nothing with which to ask for the next page.`
              : `\`${operation.name}\` returns a collection in one piece.`,
            help: limit ? 'Add a `cursor` parameter.' : 'Add parameters such as `limit` and `cursor`.',
          };
        }
      },
    },
  },
});

/** The paths below which items have paths of their own, without the names of placeholders. */
function collectionPaths(api: OpenApi): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { path } of paths(api)) {
    const segments = segmentsOf(path);
    if (segments.at(-1)?.literal === false) found.add(shapeOf(path.slice(0, path.lastIndexOf('/'))));
  }
  return found;
}

const shapeOf = (path: string): string =>
  segmentsOf(path)
    .map(({ text, literal }) => (literal ? text : '{}'))
    .join('/');

/** Whether there can be any number of items: they are told apart by ids, or each has a path of its own. */
function grows(api: OpenApi, { operation, array, items }: Collection, withItems: ReadonlySet<string>): boolean {
  if (keyword(api, array, 'maxItems') !== undefined || !effectiveTypes(api, items).includes('object')) return false;
  const last = lastSegment(operation.path);
  if (!last || number(last.text) !== 'plural') return false;
  if (withItems.has(shapeOf(operation.path))) return true;
  return [...propertiesOf(api, items).keys()].some((name) => isIdName(name) && name.length <= 4);
}

/** Whether the list can be asked for what came before or after a moment: a way on, if not a good one. */
function takesTime(api: OpenApi, operation: Operation): boolean {
  return parametersOf(api, operation).some(
    ({ in: place, name }) => place === 'query' && timeNames.has(split(name)[0]!),
  );
}

const timeNames: ReadonlySet<string> = new Set(
  'after before created end from min since start starting to until updated'.split(' '),
);
