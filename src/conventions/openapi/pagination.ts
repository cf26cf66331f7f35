/** How operations page: which parameters ask for a page, and what in an answer leads to the next one. */

import { asText, isObject } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { At } from '../../languages/openapi/references.ts';
import {
  effectiveTypes,
  keyword,
  type Operation,
  type Parameter,
  parametersOf,
  propertiesOf,
  type Response,
} from '../../languages/openapi/select.ts';
import { split } from '../../words/split.ts';

/** The ways from one page to the next, the most robust first. */
export const pageStyles = ['cursor', 'page', 'offset'] as const;
export type PageStyle = (typeof pageStyles)[number];

/** How an operation is asked for a page. */
export interface Paging {
  /** The parameters that say how many items a page has. */
  readonly limits: readonly Parameter[];
  /** The parameters that say where it starts, by style. */
  readonly starts: Readonly<Record<PageStyle, readonly Parameter[]>>;
  /** The styles that it takes. */
  readonly styles: readonly PageStyle[];
}

/** The page parameters of an operation, remembered per API. */
export function pagingOf(api: OpenApi, operation: Operation): Paging {
  const known = (api.memo.get(pagingOf) as Map<Operation, Paging> | undefined) ?? new Map<Operation, Paging>();
  api.memo.set(pagingOf, known);
  const paging = known.get(operation) ?? readPaging(api, operation);
  known.set(operation, paging);
  return paging;
}

function readPaging(api: OpenApi, operation: Operation): Paging {
  const limits: Parameter[] = [];
  const starts: Record<PageStyle, Parameter[]> = { cursor: [], page: [], offset: [] };
  const doubtful: [Parameter, PageStyle | 'limit'][] = [];
  for (const parameter of parametersOf(api, operation)) {
    const role = roleOf(api, parameter);
    if (!role) continue;
    if (doubtfulNames.has(nameOf(parameter))) doubtful.push([parameter, role]);
    else if (role === 'limit') limits.push(parameter);
    else starts[role].push(parameter);
  }
  const certain = limits.length > 0 || pageStyles.some((style) => starts[style].length > 0);
  for (const [parameter, role] of certain ? doubtful : []) {
    if (role === 'limit') limits.push(parameter);
    else if (role !== 'cursor' || !starts.page.length) starts[role].push(parameter);
  }
  return { limits, starts, styles: pageStyles.filter((style) => starts[style].length > 0) };
}

/** What a parameter asks for, by name and type; null for anything else. `Range` headers are cursors of their own kind. */
function roleOf(api: OpenApi, parameter: Parameter): PageStyle | 'limit' | null {
  if (parameter.in === 'header') return /^range$/i.test(parameter.name) ? 'cursor' : null;
  if (parameter.in !== 'query') return null;
  const name = nameOf(parameter);
  const types = effectiveTypes(api, parameter.schema);
  const numeric = types.length === 0 || types.some((type) => type === 'integer' || type === 'number');
  const text = types.length === 0 || types.includes('string');
  if (!numeric && !text) return null;
  const format = keyword(api, parameter.schema, 'format');
  if (limitNames.has(name)) return 'limit';
  // A page or an offset that is text is no number to count with but a token: a cursor by another name.
  if (pageNames.has(name)) return numeric || countsAsNumber(api, parameter) ? 'page' : 'cursor';
  if (offsetNames.has(name)) return numeric || countsAsNumber(api, parameter) ? 'offset' : 'cursor';
  if (cursorNames.has(name)) return 'cursor';
  if (name === 'start') return numeric ? 'offset' : 'cursor';
  if (name === 'since' && numeric && /\bids?\b/i.test(asText(parameter.value['description']))) return 'cursor';
  // `after` and `before` are as often filters by time.
  if (betweenNames.has(name) && format !== 'date-time' && format !== 'date' && !speaksOfTime(parameter))
    return 'cursor';
  return null;
}

function countsAsNumber(api: OpenApi, parameter: Parameter): boolean {
  const samples = [
    parameter.value['example'],
    keyword(api, parameter.schema, 'example'),
    keyword(api, parameter.schema, 'default'),
  ];
  return samples.some((sample) => /^\d+$/.test(asText(sample)));
}

function speaksOfTime({ value }: Parameter): boolean {
  const text = asText(value['description'] ?? '');
  return (
    /\b(?:dates?|times?|timestamps?|iso[ -]?8601|day|created|updated)\b/i.test(text) &&
    !/\b(?:cursor|page)\b/i.test(text)
  );
}

/** The words of a name without what only says that they speak of pages: `page[size]` and `$top` are `page size`, `top`. */
const nameOf = ({ name }: Parameter): string => split(name).join(' ');

const limitNames = names(`
  limit|page limit|limit page|per page|page size|page count|page length|items per page|results per page|max results|max items|
  max page size|maximum page size|maximum results|result limit|results limit|max result|num results|number of results|top|first|last|
  take|size|count|max|rows|results|num
`);

const pageNames = names('page|page number|page no|page num|page index|current page|p');

const offsetNames = names(
  'offset|page offset|skip|start index|start at|start offset|first result|starting index|from index',
);

const cursorNames = names(`
  cursor|page cursor|next cursor|start cursor|prev cursor|previous cursor|page token|next page token|next token|continuation token|
  continuation|marker|next marker|start marker|bookmark|starting after|ending before|start after|page after|page before|after cursor|
  before cursor|starting token|pagination token|paging token|since id|max id|after id|before id|start key|last evaluated key|
  exclusive start key|last key|scroll id|search after|skip token|next page|next
`);

const betweenNames = names('after|before');

/** Names that ask for a page only beside others that certainly do. */
const doubtfulNames = names(
  'top|first|last|take|size|count|max|rows|results|num|p|next|start|start at|continuation|marker',
);

function names(list: string): ReadonlySet<string> {
  return new Set(
    list
      .replaceAll('\n', '')
      .split('|')
      .map((name) => name.trim()),
  );
}

/**
 * Whether an answer tells its reader of further pages: in a header, or in a property of the body or of an object that
 * the body holds for this (`meta`, `pagination`, `links`). Says yes where a part of the body is not described.
 */
export function tellsOfPages(api: OpenApi, { headers, media }: Response): boolean {
  if (headers.some(({ name }) => pageHeader.test(name))) return true;
  return media.some(({ schema }) => schema !== undefined && hasPageFields(api, schema, 0));
}

const pageHeader =
  /^(?:link|content-range|next-range|(?:x-)?.*(?:total|next|cursor|pag(?:e|ing|ination)|continuation|has-more|count).*)$/i;

function hasPageFields(api: OpenApi, schema: At, depth: number): boolean {
  for (const property of propertiesOf(api, schema).values()) {
    const name = split(property.name).join(' ');
    if (pageField.test(name)) return true;
    if (depth > 1 || !(depth > 0 || holderField.test(name)) || effectiveTypes(api, property).includes('array'))
      continue;
    const inner = propertiesOf(api, property);
    if (inner.size === 0 || hasPageFields(api, property, depth + 1)) return true;
  }
  return isObject(schema.value) && hasAlternatives(api, schema) && depth === 0;
}

/** Composition by choice: what the body looks like is not one thing, so nothing certain can be said. */
function hasAlternatives(api: OpenApi, schema: At): boolean {
  return ['oneOf', 'anyOf'].some((name) => keyword(api, schema, name) !== undefined);
}

/** A property that leads on, or tells how much there is. */
const pageField =
  /^(?:(?:odata )?next(?: link| page.*| cursor| token| marker| offset| start.*| uri| url| href| id| key)?|.*\bnext (?:page|cursor|token|marker)\b.*|(?:has |is )?(?:more|next|more (?:items|results|pages|data)|has (?:more|next).*|more available|last page|is last.*|last)|cursors?|after|end cursor|last id|marker|bookmark|continuation(?: token)?|page token|(?:grand )?total(?: .*)?|.*\b(?:total|count)|total count|count|number of .*|num (?:results|pages|items)|items count|page count|pages|last page.*|x total.*)$/;

/** A property that holds such properties. */
const holderField =
  /^(?:links?|meta|metadata|meta data|pagination|paging|pages?|page (?:info|meta|metadata)|page details|pager|cursors?|response metadata|result info|list info|pagination .*|.* (?:pagination|paging|meta))$/;
