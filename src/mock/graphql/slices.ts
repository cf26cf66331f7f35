import { isObject } from '../json.ts';
import { badInput, largestPage, readPaging } from './paging.ts';
import { type Call, Known, type Listing, Recorded } from './things.ts';

/** The part of a list that arguments ask for. Its cursors are places. */
export function sliced(all: readonly unknown[], call: Call, seed: string): Listing {
  const asked = readPaging(call.args, call.given(), largestPage);
  const { limit, after, before, fromEnd, skip = 0 } = asked.request;
  const low = after === undefined ? 0 : placeOf(after) + 1;
  const high = before === undefined ? all.length : Math.min(all.length, placeOf(before));
  const from = fromEnd ? Math.max(low, high - skip - limit) : Math.min(low + skip, all.length);
  const to = fromEnd ? Math.max(from, high - skip) : Math.min(high, from + limit);
  const items = all.slice(from, to);
  return {
    items: items.map((item, index) =>
      isObject(item) && !isThing(item) ? Known.of(`${seed}[${from + index}]`, item) : item,
    ),
    cursors: items.map((_, index) => cursorOf(from + index)),
    hasNext: to < all.length,
    hasPrevious: from > 0,
    total: all.length,
    limit,
    page: asked.page,
  };
}

function isThing(value: unknown): boolean {
  return value instanceof Recorded || value instanceof Known;
}

function cursorOf(place: number): string {
  return Buffer.from(`place:${place}`).toString('base64url');
}

function placeOf(cursor: string): number {
  const place = /^place:(\d{1,9})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'))?.[1];
  if (place === undefined) throw badInput('A cursor is none that this list has given out.');
  return Number(place);
}
