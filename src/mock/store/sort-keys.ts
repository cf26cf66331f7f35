import { isObject, type Json, type JsonObject } from '../json.ts';
import type { Item, Query } from './store.ts';

/** What a record is sorted by, key by key: always scalars, so that cursors can hold them. */
export type SortKeys = readonly SortKey[];
export type SortKey = null | number | string | boolean;

/** Where a record stands in a list. */
export interface Standing {
  readonly keys: SortKeys;
  readonly sequence: number;
}

export type Sort = NonNullable<Query['sort']>;

/** Where a record stands in a list that is sorted so. */
export function standingOf(item: Item, sort: Sort): Standing {
  return { keys: sort.length === 0 ? noKeys : sort.map(({ field }) => sortKey(item, field)), sequence: item.sequence };
}

const noKeys: SortKeys = [];

/** Tells which of two standings comes first: negative for the first, never 0 for different records. */
export function compareStandings(a: Standing, b: Standing, sort: Sort): number {
  for (let i = 0; i < sort.length; i++) {
    const order = compareKeys(a.keys[i] ?? null, b.keys[i] ?? null);
    if (order !== 0) return sort[i]!.descending ? -order : order;
  }
  return sort.at(-1)?.descending ? b.sequence - a.sequence : a.sequence - b.sequence;
}

/** The value that a path of names leads to; `a.b` is the field of that name before it is `b` in `a`. */
export function valueAt(value: JsonObject, path: string): Json | undefined {
  if (Object.hasOwn(value, path)) return value[path];
  const dot = path.indexOf('.');
  if (dot < 0) return undefined;
  const inner = Object.hasOwn(value, path.slice(0, dot)) ? value[path.slice(0, dot)] : undefined;
  return isObject(inner) ? valueAt(inner, path.slice(dot + 1)) : undefined;
}

/** The empty name is the order of creation. */
function sortKey(item: Item, field: string): SortKey {
  return field === '' ? item.sequence : comparable(valueAt(item.value, field));
}

/** Moments become milliseconds, whatever their offset, and digits (int64 as text) numbers; of texts, the beginning counts. */
function comparable(value: Json | undefined): SortKey {
  switch (typeof value) {
    case 'string': {
      if (/^-?\d{1,19}$/.test(value)) return Number(value);
      const moment = moments.test(value) ? Date.parse(value) : Number.NaN;
      return Number.isNaN(moment) ? value.slice(0, longestKey) : moment;
    }
    case 'number':
    case 'boolean':
      return value;
    default:
      return null;
  }
}

const moments = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d/;

/** Cursors hold sort keys: they are to stay short. */
const longestKey = 120;

function compareKeys(a: SortKey, b: SortKey): number {
  if (a === b) return 0;
  const [rankA, rankB] = [rank(a), rank(b)];
  if (rankA !== rankB) return rankA - rankB;
  return a! < b! ? -1 : 1;
}

/** Records without a value come last. */
function rank(key: SortKey): number {
  if (typeof key === 'boolean') return 0;
  if (typeof key === 'number') return 1;
  return typeof key === 'string' ? 2 : 3;
}
