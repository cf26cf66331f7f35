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

/** What a page that was asked for tells. Most is worked out when an envelope or a header asks for it. */
export function leadOf(pager: Pager, asked: Asked, exchange: Exchange): Lead {
  return new PageLead(pager, asked, exchange);
}

class PageLead implements Lead {
  readonly #pager: Pager;
  readonly #page: Page;
  readonly #way: Asked['style'];
  readonly #url: Urls;
  readonly path: string;
  readonly limit: number;
  readonly number: number;
  readonly offset: number;
  readonly pages: number;

  constructor(pager: Pager, { limit, style, offset, number, page }: Asked, exchange: Exchange) {
    this.#pager = pager;
    this.#page = page;
    this.#way = style ?? pager.start?.style ?? null;
    this.#url = urlsOf(exchange, pager);
    this.path = exchange.path;
    this.limit = limit;
    this.number = number;
    this.offset = offset;
    this.pages = Math.max(1, Math.ceil(page.total / Math.max(limit, 1)));
  }

  get self(): string {
    return this.#url(null, '');
  }

  get next(): Link | null {
    if (!this.hasNext || this.limit === 0) return null;
    return this.#isCounted ? this.#steppedTo(this.offset + this.limit) : forwards(this.#pager, this.#page, this.#url);
  }

  get previous(): Link | null {
    if (!this.hasPrevious) return null;
    const start = Math.max(0, this.offset - this.limit);
    return this.#isCounted ? this.#steppedTo(start) : backwards(this.#pager, this.#page, this.#url);
  }

  get first(): Link {
    const { firstPage, firstOffset } = this.#pager;
    const token = this.#isCounted ? String(this.#way === 'page' ? firstPage : firstOffset) : '';
    return { url: this.#url(null, '', true), token, number: firstPage, offset: 0 };
  }

  get last(): Link | null {
    return this.#isCounted ? this.#pageAt(this.pages - 1) : null;
  }

  get count(): number {
    return this.#page.items.length;
  }

  get total(): number {
    return this.#page.total;
  }

  get firstPage(): number {
    return this.#pager.firstPage;
  }

  get firstId(): string | null {
    return this.#page.items[0]?.id ?? null;
  }

  get lastId(): string | null {
    return this.#page.items.at(-1)?.id ?? null;
  }

  get firstCursor(): string | null {
    return this.#page.cursorAt(0) ?? null;
  }

  get lastCursor(): string | null {
    return this.#page.cursorAt(-1) ?? null;
  }

  get hasNext(): boolean {
    return this.#page.hasNext;
  }

  get hasPrevious(): boolean {
    return this.#isCounted ? this.offset > 0 : this.#page.hasPrevious;
  }

  get #isCounted(): boolean {
    return this.#way === 'page' || this.#way === 'offset';
  }

  /** The page with a number, counted from zero. */
  #pageAt(index: number): Link | null {
    const start = this.#pager.starts.find(({ style }) => style === this.#way);
    if (!start) return null;
    const number = index + this.firstPage;
    const offset = index * this.limit;
    const token = String(this.#way === 'page' ? number : offset + this.#pager.firstOffset);
    return { url: this.#url(start.name, token), token, number, offset };
  }

  /** The page that begins with a record, or that next to this one. */
  #steppedTo(offset: number): Link | null {
    if (this.#way === 'page') {
      const current = this.number - this.firstPage;
      return this.#pageAt(offset <= this.offset ? current - 1 : current + 1);
    }
    const start = this.#pager.starts.find(({ style }) => style === this.#way);
    const token = String(offset + this.#pager.firstOffset);
    return start ? { url: this.#url(start.name, token), token, number: null, offset } : null;
  }
}

type Urls = (name: string | null, value: string, reset?: boolean) => string;

function forwards({ start }: Pager, page: Page, url: Urls): Link | null {
  const token = start?.byId ? page.items.at(-1)?.id : page.cursorAt(-1);
  if (token === undefined) return null;
  return { url: start ? url(start.name, token) : url(null, ''), token, number: null, offset: null };
}

function backwards({ back }: Pager, page: Page, url: Urls): Link | null {
  const token = back?.byId ? page.items[0]?.id : page.cursorAt(0);
  return token === undefined || !back ? null : { url: url(back.name, token), token, number: null, offset: null };
}

/** The request's URL with another start. */
function urlsOf(exchange: Exchange, { starts }: Pager): Urls {
  const { base } = exchange;
  const end = base.indexOf('/', 'https://'.length);
  const origin = end < 0 ? base : base.slice(0, end);
  const names = new Set(starts.map(({ name }) => name));
  return (name, value, reset = false) => {
    const isKept = (part: string): boolean => part !== '' && !names.has(decoded(part.split('=', 1)[0]!));
    const all = exchange.query === '' ? [] : exchange.query.split('&');
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
