import { describe, expect, it } from 'vitest';
import { pagingOf, tellsOfPages } from '../../../src/conventions/openapi/pagination.ts';
import { operations, successesOf } from '../../../src/languages/openapi/select.ts';
import { apiOf } from '../../languages/openapi/api.ts';

/** What the query parameters, given as `name: schema`, are taken for. */
function rolesOf(...parameters: string[]) {
  const list = parameters.map((parameter) => `        - { in: query, ${parameter} }`).join('\n');
  const api = apiOf(`openapi: 3.1.0\npaths:\n  /things:\n    get:\n      parameters:\n${list}\n`);
  const { limits, starts, styles } = pagingOf(api, operations(api)[0]!);
  const names = (found: readonly { readonly name: string }[]) => found.map(({ name }) => name);
  return { limits: names(limits), styles: styles.map((style) => [style, ...names(starts[style])].join(' ')) };
}

const integer = 'schema: { type: integer }';
const string = 'schema: { type: string }';

describe('the page parameters of an operation', () => {
  it.each([
    ['limit', 'cursor'],
    ['pageSize', 'pageToken'],
    ['page[size]', 'page[after]'],
    ['PageSize', 'PageToken'],
    ['limit', 'starting_after'],
    ['first', 'after'],
  ])('%s and %s are a limit and a cursor', (limit, cursor) => {
    const found = rolesOf(`name: '${limit}', ${integer}`, `name: '${cursor}', ${string}`);
    expect(found).toEqual({ limits: [limit], styles: [`cursor ${cursor}`] });
  });

  it.each([
    ['per_page', 'page', 'page'],
    ['page[size]', 'page[number]', 'page'],
    ['$top', '$skip', 'offset'],
    ['count', 'startIndex', 'offset'],
  ])('%s and %s are a limit and a number to count with', (limit, start, style) => {
    const found = rolesOf(`name: '${limit}', ${integer}`, `name: '${start}', ${integer}`);
    expect(found).toEqual({ limits: [limit], styles: [`${style} ${start}`] });
  });

  it('are not what only sounds so where nothing else pages', () => {
    expect(rolesOf(`name: size, ${integer}`, `name: count, ${integer}`, `name: first, ${integer}`)).toEqual({
      limits: [],
      styles: [],
    });
  });

  it('are not filters by time', () => {
    const times = ['after', 'before'].map((name) => `name: ${name}, schema: { type: string, format: date-time }`);
    expect(rolesOf(...times).styles).toEqual([]);
    expect(rolesOf(`name: before, description: Only what is older than this date., ${string}`).styles).toEqual([]);
  });

  it('take an offset that is a text for a cursor, unless its example is a number', () => {
    expect(rolesOf(`name: offset, ${string}`).styles).toEqual(['cursor offset']);
    expect(rolesOf(`name: offset, example: '20', ${string}`).styles).toEqual(['offset offset']);
  });

  it('are remembered', () => {
    const api = apiOf('openapi: 3.1.0\npaths: { /things: { get: {} } }\n');
    const [operation] = operations(api);
    expect(pagingOf(api, operation!)).toBe(pagingOf(api, operation!));
  });
});

describe('whether an answer tells of further pages', () => {
  const tells = (response: string): boolean => {
    const api = apiOf(`openapi: 3.1.0\npaths:\n  /things:\n    get:\n      responses:\n        '200': ${response}\n`);
    return tellsOfPages(api, successesOf(api, operations(api)[0]!)[0]!);
  };
  const body = (properties: string): string =>
    `{ content: { application/json: { schema: { type: object, properties: { data: { type: array }, ${properties} } } } } }`;

  it.each([
    'has_more: { type: boolean }',
    'next_cursor: { type: string }',
    'totalCount: { type: integer }',
    'meta: { type: object, properties: { page: { type: object, properties: { total: { type: integer } } } } }',
    'links: { type: object, properties: { next: { type: string } } }',
    'pagination: { type: object }',
  ])('by %s', (properties) => {
    expect(tells(body(properties))).toBe(true);
  });

  it.each(['Link', 'X-Total-Count', 'Content-Range'])('by the header %s', (name) => {
    expect(tells(`{ headers: { ${name}: { schema: { type: string } } } }`)).toBe(true);
  });

  it('not by other things', () => {
    expect(tells(body('id: { type: string }, owner: { type: object, properties: { total: { type: number } } }'))).toBe(
      false,
    );
    expect(tells('{ headers: { ETag: { schema: { type: string } } } }')).toBe(false);
  });
});
