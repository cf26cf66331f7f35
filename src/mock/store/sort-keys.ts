import { isObject, type Json, type JsonObject } from '../json.ts';
import type { Resource } from '../resources/resource.ts';
import type { Shape } from '../shape.ts';
import type { Item, Query } from './store.ts';

/** What a record is sorted by, key by key: always scalars, so that cursors can hold them. */
export type SortKeys = readonly SortKey[];
export type SortKey = null | number | string | boolean;

/** Where a record stands in a list. */
export interface Standing {
  readonly keys: SortKeys;
  readonly sequence: number;
}

/** What records are sorted by, the most important first. */
export type Sort = readonly {
  readonly field: string;
  readonly descending: boolean;
  /** Whether its texts are numbers: 64-bit integers as JSON has them. */
  readonly isNumeric?: boolean;
}[];

/** The sort of a query, with what the home tells of its fields. */
export function sortOf(query: Query, { home }: Resource): Sort {
  const { sort } = query;
  if (!sort || sort.length === 0) return noSort;
  return sort.map((key) => (isNumeric(home.shape, key.field) ? { ...key, isNumeric: true } : key));
}

export const noSort: Sort = [];

/** Where a record stands in a list that is sorted so. */
export function standingOf(item: Item, sort: Sort): Standing {
  return { keys: sort.length === 0 ? noKeys : sort.map((key) => sortKey(item, key)), sequence: item.sequence };
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
function sortKey(item: Item, { field, isNumeric }: Sort[number]): SortKey {
  return field === '' ? item.sequence : comparable(valueAt(item.value, field), isNumeric === true);
}

/** Moments become milliseconds, whatever their offset; of texts, the beginning counts. */
function comparable(value: Json | undefined, isNumeric: boolean): SortKey {
  switch (typeof value) {
    case 'string': {
      const number = isNumeric ? Number(value) : moments.test(value) ? Date.parse(value) : Number.NaN;
      return Number.isNaN(number) ? value.slice(0, longestKey) : number;
    }
    case 'number':
    case 'boolean':
      return value;
    default:
      return null;
  }
}

/** Whether a field, which may be one of an object's, holds integers as text. */
function isNumeric(shape: Shape, field: string): boolean {
  if (shape.kind !== 'object') return false;
  const own = shape.fields().get(field)?.shape;
  if (own) return own.kind === 'integer';
  const dot = field.indexOf('.');
  const inner = dot < 0 ? undefined : shape.fields().get(field.slice(0, dot))?.shape;
  return inner !== undefined && isNumeric(inner, field.slice(dot + 1));
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
