import type { Json, JsonObject } from '../json.ts';
import type { Random } from '../random.ts';
import type { Resource } from '../resources/resource.ts';
import { hasResourceNames, idOfName, resourceNameOf } from './resource-names.ts';
import type { Scope } from './scopes.ts';

/** The id that a record in home words carries; undefined where it carries none. */
export function idIn(value: JsonObject, resource: Resource): string | undefined {
  const { idField } = resource.home;
  const written = idField === null ? undefined : value[idField];
  if (typeof written === 'number') return String(written);
  if (typeof written !== 'string' || written === '') return undefined;
  if (!hasResourceNames(resource)) return written;
  return /^[^/]+(?:\/[^/]+)+$/.test(written) ? idOfName(written) : undefined;
}

/** A record with an id written into it, as its home writes ids. */
export function withId(value: JsonObject, id: string, scope: Scope, resource: Resource): JsonObject {
  const { idField } = resource.home;
  if (idField === null) return value;
  const written = writtenId(id, scope, resource);
  return value[idField] === written ? value : { ...value, [idField]: written };
}

/** How an id is written in its home: a number where ids are numbers, a resource name where they are names. */
export function writtenId(id: string, scope: Scope, resource: Resource): Json {
  if (hasResourceNames(resource)) return resourceNameOf(resource, id, scope);
  return resource.home.idKind === 'integer' && !isText(resource) && Number.isSafeInteger(Number(id)) ? Number(id) : id;
}

/** What ids look like: for each place, the letters that stand there. */
export type IdPattern = readonly string[];

/**
 * Learns from ids what they look like: of equal length, the same in some places and of one kind of letters in the others.
 * Null where they have too little in common, or leave too little room for more.
 */
export function learnPattern(ids: readonly string[]): IdPattern | null {
  const length = ids[0]?.length ?? 0;
  if (ids.length < fewest || length > longest || ids.some((id) => id.length !== length)) return null;
  const pattern = Array.from({ length }, (_, i) => lettersAt(ids, i));
  if (pattern.includes('')) return null;
  const room = pattern.reduce((bits, letters) => bits + Math.log2(letters.length), 0);
  return room < leastRoom ? null : pattern;
}

/** An id of that pattern. */
export function idOfPattern(pattern: IdPattern, random: Random): string {
  return pattern
    .map((letters) => (letters.length === 1 ? letters : letters[random.integer(0, letters.length - 1)]))
    .join('');
}

/** A UUID (RFC 9562) of version 4. */
export function uuid(random: Random): string {
  const variant = '89ab'[random.integer(0, 3)];
  return `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-${variant}${hex(random, 3)}-${hex(random, 12)}`;
}

/** So many hexadecimal digits. */
export function hex(random: Random, length: number): string {
  return Array.from({ length }, () => random.integer(0, 15).toString(16)).join('');
}

const fewest = 3;
const longest = 128;
/** In bits: a thousand times as many ids as a busy mock makes. */
const leastRoom = 28;

const digits = '0123456789';
const lower = 'abcdefghijklmnopqrstuvwxyz';
/** Narrow kinds first. */
const kinds = [
  digits,
  `${digits}abcdef`,
  `${digits}ABCDEF`,
  lower,
  lower.toUpperCase(),
  digits + lower,
  digits + lower.toUpperCase(),
  lower + lower.toUpperCase(),
  digits + lower + lower.toUpperCase(),
];

/** One letter where all have the same; the letters of the narrowest kind that all are of; none where they are of no kind. */
function lettersAt(ids: readonly string[], place: number): string {
  const seen = new Set(ids.map((id) => id[place]!));
  if (seen.size === 1) return ids[0]![place]!;
  return kinds.find((kind) => [...seen].every((letter) => kind.includes(letter))) ?? '';
}

/** Whether ids that are integers are written as text, as JSON has 64-bit integers of `.proto`. */
function isText({ home }: Resource): boolean {
  if (home.shape.kind !== 'object' || home.idField === null) return false;
  const shape = home.shape.fields().get(home.idField)?.shape;
  return shape?.kind === 'string' || (shape?.kind === 'integer' && shape.asText === true);
}
