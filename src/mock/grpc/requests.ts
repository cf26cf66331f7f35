/** What requests of standard methods say besides the record: sizes, tokens, masks, orders (AIP-132, 134, 157, 158). */
import { isObject, type Json, type JsonObject } from '../json.ts';
import { homePath } from '../lens/lens.ts';
import { BadCursor, type Query } from '../store/store.ts';
import { leadsSomewhere } from './filter.ts';
import { type Controls, idFieldOf, type RecordPlace } from './places.ts';
import type { Records } from './records.ts';
import type { FieldType } from './schema.ts';
import { shapeOf } from './shape-of.ts';
import { badRequest } from './status.ts';

/** How many records a page has where the request does not say, and at most. */
const usualPage = 25;
export const largestPage = 1000;

/** What a request says in a field as text; empty where it says nothing. */
export function textAt(request: JsonObject, field: FieldType | null): string {
  const value = field ? request[field.name] : undefined;
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

/** A number of things. @throws StatusError INVALID_ARGUMENT when it is negative */
export function sizeAt(request: JsonObject, field: FieldType): number {
  const size = Number(request[field.name] ?? 0);
  if (size < 0) throw badRequest({ field: field.name, description: 'It may not be negative.' });
  return size;
}

/** 0 is as good as nothing, and more than may be is as many as may be (AIP-158). */
export function limitOf(request: JsonObject, field: FieldType | null, usual = usualPage): number {
  const asked = field ? sizeAt(request, field) : 0;
  return asked === 0 ? usual : Math.min(asked, largestPage);
}

/** Reads a page. @throws StatusError INVALID_ARGUMENT when the token is none of this list */
export function pageOf<T>(read: () => T, field: FieldType | null): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof BadCursor)) throw error;
    throw badRequest({ field: field?.name ?? 'page_token', description: 'It is none that this list has given out.' });
  }
}

/** What a request writes of a record: the field that holds it, else all that controls nothing. */
export function payloadOf(request: JsonObject, place: RecordPlace | null, controls: Controls): JsonObject {
  if (place?.field) {
    const written = request[place.field.name];
    return isObject(written) ? written : {};
  }
  if (place) return request;
  const aside = new Set([...controls.all].filter((field) => field !== controls.id).map(({ name }) => name));
  return Object.fromEntries(Object.entries(request).filter(([name]) => !aside.has(name)));
}

/**
 * The fields that an update changes, by their ways: those of the mask; all for `*`; without one, those that are set (AIP-134).
 * @throws StatusError INVALID_ARGUMENT where there is no such field
 */
export function pathsOf(
  request: JsonObject,
  { mask, all }: Controls,
  { type, resource }: Records,
  written: JsonObject,
  isReplacing: boolean,
): readonly (readonly string[])[] {
  const asked = textAt(request, mask);
  const shape = shapeOf(type);
  const own = idFieldOf(type, resource)?.name;
  if (asked === '*' || (isReplacing && asked === '')) {
    return type.fields.map(({ name }) => [name]).filter(([name]) => name !== own);
  }
  if (asked === '') {
    const controls = new Set([...all].map(({ name }) => name));
    return Object.keys(written)
      .filter((name) => type.byName.has(name) && (!controls.has(name) || written !== request))
      .map((name) => [name]);
  }
  const paths = asked.split(',').map((path) => path.trim().split('.'));
  const unknown = paths.filter((path) => !leadsSomewhere(shape, path));
  if (unknown.length > 0) {
    throw badRequest(
      ...unknown.map((path) => ({ field: mask!.name, description: `There is no field \`${path.join('.')}\`.` })),
    );
  }
  return paths;
}

/** Whether a mask names each field that changes. */
export function isNamedOutright(request: JsonObject, { mask }: Controls): boolean {
  const asked = textAt(request, mask);
  return asked !== '' && asked !== '*';
}

/** `create_time desc, name` (AIP-132). */
export function sortKeys(text: string, { type, resource }: Records): Query['sort'] {
  if (text.trim() === '') return undefined;
  const shape = shapeOf(type);
  return text.split(',').map((part) => {
    const [, name = '', direction = 'asc'] = /^\s*([\w.]+)(?:\s+(asc|desc))?\s*$/i.exec(part) ?? [];
    const path =
      name === '' || !leadsSomewhere(shape, name.split('.')) ? undefined : homePath(resource, shape, name.split('.'));
    if (!path) throw badRequest({ field: 'order_by', description: `\`${part.trim()}\` is no field to sort by.` });
    return { field: path.join('.'), descending: direction.toLowerCase() === 'desc' };
  });
}

/** Only the fields that a `read_mask` names (AIP-157). */
export function masked(value: JsonObject, mask: Json | null | undefined): JsonObject {
  if (typeof mask !== 'string' || mask === '' || mask === '*') return value;
  const names = new Set(mask.split(',').map((path) => path.trim().split('.')[0]));
  return Object.fromEntries(Object.entries(value).filter(([name]) => names.has(name)));
}
