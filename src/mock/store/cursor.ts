import type { SortKey, Standing } from './sort-keys.ts';
import { BadCursor } from './store.ts';

/**
 * A cursor: where a record stands in a list, rather than which one it is, so that it outlives the record. Opaque, in the
 * letters of base64url (RFC 4648, section 5), and of use for that list only.
 * @param list names what is listed and how it is sorted and filtered
 */
export function writeCursor(standing: Standing, list: string): string {
  const told = JSON.stringify([standing.sequence, ...standing.keys]);
  return Buffer.from(checkOf(told, list) + told).toString('base64url');
}

/** Where a cursor points. @throws BadCursor when it is none, or one of another list */
export function readCursor(cursor: string, list: string, keys: number): Standing {
  const text = cursor.length > longest ? '' : Buffer.from(cursor, 'base64url').toString();
  const told = text.slice(checkLength);
  if (text.slice(0, checkLength) !== checkOf(told, list)) throw new BadCursor('The cursor is not one of this list.');
  return standingIn(told, keys);
}

/** More than the longest that is ever written. */
const longest = 20_000;

function standingIn(told: string, keys: number): Standing {
  const parts: unknown = attempt(() => JSON.parse(told));
  if (!Array.isArray(parts) || parts.length !== keys + 1) throw new BadCursor('The cursor is not one of this list.');
  const [sequence, ...rest] = parts;
  if (!Number.isSafeInteger(sequence) || !rest.every(isSortKey)) {
    throw new BadCursor('The cursor is not one of this list.');
  }
  return { sequence, keys: rest };
}

function isSortKey(value: unknown): value is SortKey {
  return value === null || typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean';
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}

/** Tells cursors of different lists, and cursors from other texts. No secret: cursors give away nothing. */
function checkOf(told: string, list: string): string {
  let value = 0x811c9dc5;
  for (const text of [list, '\u0000', told]) {
    for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  value ^= value >>> 13;
  return (value >>> 0).toString(36).padStart(checkLength, '0');
}

const checkLength = 7;
