import { type PageStyle, type Paging, pagingOf } from '../../conventions/openapi/pagination.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { type Operation, operations, type Parameter } from '../../languages/openapi/select.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'pagination/style-consistent',
  summary: 'all lists are paged in one way, by parameters of the same names',
  why: `Clients page through lists with one loop. Each further way of paging needs another loop, in every client and in every
language.`,
  sources: ['guide S4, Consistency Over Cleverness', 'guide S4, Pagination Patterns', 'Zalando 137', 'AIP-158'],
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
  /customers:
    get:
      parameters:
        - { name: limit, in: query, schema: { type: integer } }
        - { name: cursor, in: query, schema: { type: string } }
        - name: page
          in: query
          description: The way it was before, which still works.
          deprecated: true
          schema: { type: integer }
  /countries:
    get:
      description: Not paged at all.
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get:
      parameters:
        - { name: limit, in: query, schema: { type: integer } }
        - { name: cursor, in: query, schema: { type: string } }
  /products:
    get:
      parameters:
        - { name: limit, in: query, schema: { type: integer } }
        - { name: cursor, in: query, schema: { type: string } }
  /customers:
    get:
      parameters:
        - { name: per_page, in: query, schema: { type: integer } }
        - { name: cursor, in: query, schema: { type: string } }
  /invoices:
    get:
      parameters:
        - { name: limit, in: query, schema: { type: integer } }
        - { name: offset, in: query, schema: { type: integer } }
`,
      *find(api) {
        const lists = pagedLists(api);
        yield* oddStyles(lists);
        yield* oddLimits(lists);
      },
    },
  },
});

interface List {
  readonly operation: Operation;
  readonly paging: Paging;
}

function pagedLists(api: OpenApi): List[] {
  return operations(api).flatMap((operation) => {
    if (operation.method !== 'get') return [];
    const paging = pagingOf(api, operation);
    return paging.styles.length > 0 && paging.limits.length > 0 ? [{ operation, paging }] : [];
  });
}

/** The lists that cannot be paged as most can. */
function* oddStyles(lists: readonly List[]) {
  const wanted = commonest(lists.flatMap(({ paging }) => paging.styles));
  if (!wanted) return;
  const model = lists.find(({ paging }) => paging.styles.includes(wanted))!;
  const judged = new Set<unknown>();
  for (const { operation, paging } of lists) {
    const [style] = paging.styles;
    if (!style || paging.styles.includes(wanted)) continue;
    const parameter = paging.starts[style][0]!;
    if (judged.has(parameter.value)) continue;
    judged.add(parameter.value);
    yield {
      at: parameter.at.child('name'),
      message: `\`${operation.name}\` pages by ${inWords(style, parameter)}; most lists page by ${inWords(wanted, model.paging.starts[wanted][0]!)}.`,
      related: [{ message: `\`${model.operation.name}\` does as most do.`, at: model.operation.at }],
    };
  }
}

const inWords = (style: PageStyle, { name }: Parameter): string =>
  split(name).join(' ') === style ? `\`${name}\`` : `${style} (\`${name}\`)`;

/** The limits that are not called what most are. Their spelling is another rule's matter. */
function* oddLimits(lists: readonly List[]) {
  const names = lists.map(({ paging }) => wordsOf(paging.limits[0]!));
  const wanted = commonest(names);
  const model = wanted === undefined ? undefined : lists[names.indexOf(wanted)];
  if (!model) return;
  const judged = new Set<unknown>();
  for (const { operation, paging } of lists) {
    const limit = paging.limits[0]!;
    if (judged.has(limit.value) || paging.limits.some((other) => wordsOf(other) === wanted)) continue;
    judged.add(limit.value);
    yield {
      at: limit.at.child('name'),
      message: `\`${operation.name}\` calls its page size \`${limit.name}\`; most lists call it \`${model.paging.limits[0]!.name}\`.`,
      related: [{ message: `\`${model.operation.name}\` does as most do.`, at: model.operation.at }],
    };
  }
}

const wordsOf = ({ name }: Parameter): string => split(name).join(' ');

/** What occurs most often; of equals the first. */
function commonest<T>(values: readonly T[]): T | undefined {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce<[T | undefined, number]>(
    (best, next) => (next[1] > best[1] ? next : best),
    [undefined, 0],
  )[0];
}
