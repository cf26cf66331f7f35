/** What a page of a list tells of itself and of the pages around it. */
import type { Page } from '../../store/store.ts';
import type { Exchange } from '../exchange.ts';
import type { Asked, Pager } from './paging.ts';

/** Another page. */
export interface Link {
  readonly url: string;
  /** What the parameter that leads there is to hold: a cursor, an id, a number in digits. */
  readonly token: string;
  /** Its number as the operation counts pages; null where it has none. */
  readonly number: number | null;
  /** How many records come before it; null where nobody knows. */
  readonly offset: number | null;
}

/** A page, and where others are. */
export interface Lead {
  readonly self: string;
  /** The path of the request alone. */
  readonly path: string;
  readonly next: Link | null;
  readonly previous: Link | null;
  readonly first: Link;
  readonly last: Link | null;
  readonly count: number;
  readonly total: number;
  readonly limit: number;
  readonly number: number;
  readonly firstPage: number;
  /** How many pages there are. */
  readonly pages: number;
  readonly offset: number;
  readonly firstId: string | null;
  readonly lastId: string | null;
  readonly firstCursor: string | null;
  readonly lastCursor: string | null;
  readonly hasNext: boolean;
  readonly hasPrevious: boolean;
}

/** What a page that was asked for tells. */
export function leadOf(pager: Pager, { limit, style, offset, number, page }: Asked, exchange: Exchange): Lead {
  const size = Math.max(limit, 1);
  const pages = Math.max(1, Math.ceil(page.total / size));
  const url = urlsOf(exchange, pager);
  const way = style ?? pager.start?.style ?? null;
  const at = (index: number): Link | null => {
    const start = pager.starts.find((one) => one.style === way);
    if (!start || (way !== 'page' && way !== 'offset')) return null;
    const number = index + pager.firstPage;
    const offset = index * limit;
    const token = String(way === 'page' ? number : offset + pager.firstOffset);
    return { url: url(start.name, token), token, number, offset };
  };
  const current = number - pager.firstPage;
  const counted = way === 'page' || way === 'offset';
  const hasPrevious = counted ? offset > 0 : page.hasPrevious;
  return {
    self: url(null, ''),
    path: exchange.path,
    next: !page.hasNext || limit === 0 ? null : counted ? steppedFrom(offset + limit) : forwards(pager, page, url),
    previous: !hasPrevious ? null : counted ? steppedFrom(Math.max(0, offset - limit)) : backwards(pager, page, url),
    first: {
      url: url(null, '', true),
      token: counted ? String(way === 'page' ? pager.firstPage : pager.firstOffset) : '',
      number: pager.firstPage,
      offset: 0,
    },
    last: counted ? at(pages - 1) : null,
    count: page.items.length,
    total: page.total,
    limit,
    number,
    firstPage: pager.firstPage,
    pages,
    offset,
    firstId: page.items[0]?.id ?? null,
    lastId: page.items.at(-1)?.id ?? null,
    firstCursor: page.cursors[0] ?? null,
    lastCursor: page.cursors.at(-1) ?? null,
    hasNext: page.hasNext,
    hasPrevious,
  };

  function steppedFrom(target: number): Link | null {
    if (way === 'page') return at(target <= offset ? current - 1 : current + 1);
    const start = pager.starts.find((one) => one.style === way);
    const token = String(target + pager.firstOffset);
    return start ? { url: url(start.name, token), token, number: null, offset: target } : null;
  }
}

type Urls = (name: string | null, value: string, reset?: boolean) => string;

function forwards({ start }: Pager, { items, cursors }: Page, url: Urls): Link | null {
  const token = start?.byId ? items.at(-1)?.id : cursors.at(-1);
  if (token === undefined) return null;
  return { url: start ? url(start.name, token) : url(null, ''), token, number: null, offset: null };
}

function backwards({ back }: Pager, { items, cursors }: Page, url: Urls): Link | null {
  const token = back?.byId ? items[0]?.id : cursors[0];
  return token === undefined || !back ? null : { url: url(back.name, token), token, number: null, offset: null };
}

/** The request's URL with another start. */
function urlsOf(exchange: Exchange, { starts }: Pager): Urls {
  const { origin } = new URL(exchange.base);
  const names = new Set(starts.map(({ name }) => name));
  return (name, value, reset = false) => {
    const isKept = (part: string): boolean => part !== '' && !names.has(decoded(part.split('=', 1)[0]!));
    const all = exchange.query.split('&');
    const parts = name === null && !reset ? all.filter(Boolean) : all.filter(isKept);
    if (name !== null) parts.push(`${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
    return `${origin}${exchange.path}${parts.length ? `?${parts.join('&')}` : ''}`;
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
