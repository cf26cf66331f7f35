/** Which part of a list a request asks for, by the paging that its operation declares. */

import { pagingOf } from '../../../conventions/openapi/pagination.ts';
import type { OpenApi } from '../../../languages/openapi/openapi.ts';
import { keyword, type Parameter } from '../../../languages/openapi/select.ts';
import type { SchemaAt } from '../../../languages/openapi/values.ts';
import { split } from '../../../words/split.ts';
import { BadCursor, type Page, type PageRequest, type Query } from '../../store/store.ts';
import type { Exchange, Refusal } from '../exchange.ts';
import { declaresExactly } from './declared.ts';
import { type Site, shortened } from './places.ts';

/** A page that was asked for, and how. */
export interface Asked {
  readonly limit: number;
  readonly style: 'cursor' | 'page' | 'offset' | null;
  /** How many records come before it, where it is asked for by number. */
  readonly offset: number;
  /** Its number as the operation counts pages. */
  readonly number: number;
  readonly page: Page;
}

/** How an operation is asked for a page. */
export interface Pager {
  /** The names of the query parameters that say which page, and how long it is. */
  readonly names: readonly string[];
  /** The parameters that say where it begins, the most robust style first. */
  readonly starts: readonly Start[];
  /** The parameter that leads on, and the way it does; null where nothing does. */
  readonly start: Start | null;
  /** The parameter that leads back, where that is another one than `start`. */
  readonly back: Start | null;
  /** The first page's number. */
  readonly firstPage: 0 | 1;
  /** The first record's offset: 1 where they are counted from there. */
  readonly firstOffset: 0 | 1;
  read(query: Query, exchange: Exchange): Asked | Refusal;
}

/** A parameter that says where a page begins. */
export interface Start {
  readonly name: string;
  readonly style: 'cursor' | 'page' | 'offset';
  /** Whether it takes the id of a record rather than a cursor. */
  readonly byId: boolean;
  /** Whether the page lies before what it names. */
  readonly backwards: boolean;
}

/** How many items a page has where the document does not say. */
const usualLimit = 25;
/** No page has more, and no list that is not paged. */
const mostItems = 10_000;

/**
 * The pager of an operation.
 * @param array the schema of the list, whose `maxItems` no page exceeds
 */
export function pagerOf(site: Site, array: SchemaAt | undefined): Pager {
  const { api, operation } = site.route;
  const paging = pagingOf(api, operation);
  const inQuery = ({ in: place }: Parameter): boolean => place === 'query';
  const limits = paging.limits.filter(inQuery);
  const starts = paging.styles.flatMap((style) =>
    paging.starts[style].filter(inQuery).map((one) => startOf(one, style)),
  );
  const pageParameter = paging.starts.page.find(inQuery);
  const offsetParameter = paging.starts.offset.find(inQuery);
  const most = Math.min(numberOf(keyword(api, array, 'maxItems')) ?? mostItems, mostItems);
  const usual = limits.length > 0 || starts.length > 0 ? usualLimit : most;
  const pager: Pager = {
    names: [...limits, ...paging.styles.flatMap((style) => paging.starts[style].filter(inQuery))].map(
      ({ name }) => name,
    ),
    starts,
    start: starts.find(({ backwards }) => !backwards) ?? null,
    back: starts.find(({ backwards }) => backwards) ?? null,
    firstPage: pageParameter && countsFromZero(api, pageParameter) ? 0 : 1,
    firstOffset: offsetParameter && /index/i.test(offsetParameter.name) && leastOf(api, offsetParameter) === 1 ? 1 : 0,
    read(query, exchange) {
      const sent = exchange.parameters.query;
      const { limit, fromEnd } = limitOf(api, limits, sent, Math.min(usual, most), most);
      const given = starts.filter(({ name }) => isGiven(sent[name]));
      return readPage(site, { pager, query, given, limit, fromEnd, sent });
    },
  };
  return pager;
}

function startOf({ name }: Parameter, style: Start['style']): Start {
  const words = split(name).join(' ');
  return {
    name,
    style,
    byId: style === 'cursor' && idNames.has(words),
    backwards: style === 'cursor' && /\b(?:before|prev|previous|until)\b|\bmax id$/.test(words),
  };
}

/** Names of parameters that take an id. */
const idNames: ReadonlySet<string> = new Set(
  'starting after|ending before|since id|since|max id|after id|before id|start after|last id|last key|last evaluated key|exclusive start key'.split(
    '|',
  ),
);

const isGiven = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

function limitOf(
  api: OpenApi,
  limits: readonly Parameter[],
  sent: Readonly<Record<string, unknown>>,
  usual: number,
  most: number,
): { limit: number; fromEnd: boolean } {
  const parameter = limits.find(({ name }) => isGiven(sent[name])) ?? limits[0];
  if (!parameter) return { limit: usual, fromEnd: false };
  const bound = Math.min(numberOf(keyword(api, parameter.schema, 'maximum')) ?? most, most);
  const asked = numberOf(sent[parameter.name]) ?? numberOf(keyword(api, parameter.schema, 'default'));
  const limit = asked === undefined ? Math.min(usual, bound) : Math.min(Math.max(Math.floor(asked), 0), bound);
  const fromEnd = split(parameter.name).join(' ') === 'last' && isGiven(sent[parameter.name]);
  return { limit, fromEnd };
}

function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

function countsFromZero(api: OpenApi, { schema }: Parameter): boolean {
  const fallback = numberOf(keyword(api, schema, 'default'));
  return fallback === undefined ? numberOf(keyword(api, schema, 'minimum')) === 0 : fallback === 0;
}

const leastOf = (api: OpenApi, { schema }: Parameter): number | undefined =>
  numberOf(keyword(api, schema, 'minimum')) ?? numberOf(keyword(api, schema, 'default'));

interface Reading {
  readonly pager: Pager;
  readonly query: Query;
  readonly given: readonly Start[];
  readonly limit: number;
  readonly fromEnd: boolean;
  readonly sent: Readonly<Record<string, unknown>>;
}

function readPage(site: Site, reading: Reading): Asked | Refusal {
  const { pager, given, limit, sent, fromEnd } = reading;
  const chosen = given[0] ?? pager.start;
  if (chosen?.style === 'cursor') return byCursor(site, reading);
  const value = chosen ? numberOf(sent[chosen.name]) : undefined;
  if (chosen?.style === 'offset') {
    const offset = Math.max(0, Math.floor((value ?? pager.firstOffset) - pager.firstOffset));
    return counted(site, reading, offset, 'offset');
  }
  if (chosen?.style === 'page') {
    const number = Math.max(pager.firstPage, Math.floor(value ?? pager.firstPage));
    return counted(site, reading, (number - pager.firstPage) * limit, 'page');
  }
  const page = cut(site, reading.query, { limit, fromEnd });
  return { limit, style: null, offset: 0, number: pager.firstPage, page };
}

function counted(site: Site, { pager, query, limit }: Reading, offset: number, style: 'page' | 'offset'): Asked {
  const skip = Math.min(offset, Number.MAX_SAFE_INTEGER);
  const page = cut(site, query, { limit, skip });
  return { limit, style, offset: skip, number: pager.firstPage + Math.floor(skip / Math.max(limit, 1)), page };
}

function byCursor(site: Site, { pager, query, given, limit, fromEnd, sent }: Reading): Asked | Refusal {
  let request: PageRequest = { limit, fromEnd };
  for (const start of given.filter(({ style }) => style === 'cursor')) {
    const cursor = cursorIn(site, query, start, sent[start.name]);
    if (cursor === undefined) return badCursor(site, start, sent[start.name]);
    request = start.backwards
      ? { ...request, before: cursor, fromEnd: request.after === undefined }
      : { ...request, after: cursor, fromEnd };
  }
  return { limit, style: 'cursor', offset: 0, number: pager.firstPage, page: cut(site, query, request) };
}

/** A cursor of the store: as it was given out, or for the record with that id; undefined where it is neither. */
function cursorIn({ context, role }: Site, query: Query, { byId }: Start, value: unknown): string | undefined {
  const text = String(value);
  const { store } = context;
  const fromId = (): string | undefined => {
    const item = store.get(role.resource, text, query.scope);
    return item && store.cursorOf(role.resource, query, item);
  };
  const own = byId ? fromId() : undefined;
  if (own !== undefined) return own;
  try {
    store.page(role.resource, query, { limit: 0, after: text });
    return text;
  } catch (error) {
    if (!(error instanceof BadCursor)) throw error;
    return fromId();
  }
}

function badCursor(site: Site, { name, byId }: Start, value: unknown): Refusal {
  const { resource } = site.role;
  const message = byId
    ? `\`${name}\` names no ${resource.name}: there is none with the id ${shortened(String(value))}`
    : `\`${name}\` is no cursor of this list: take one from the page before`;
  return {
    status: badRequestStatus(site),
    code: 'invalid_cursor',
    message: `${message}.`,
    violations: [{ location: ['query', name], code: 'cursor', message }],
  };
}

/** 400, unless the document has only 422. */
function badRequestStatus({ route: { api, operation } }: Site): 400 | 422 {
  return !declaresExactly(api, operation, 400) && declaresExactly(api, operation, 422) ? 422 : 400;
}

function cut({ context, role }: Site, query: Query, request: PageRequest): Page {
  return context.store.page(role.resource, query, request);
}
