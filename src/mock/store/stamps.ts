import { split } from '../../words/split.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Resource } from '../resources/resource.ts';
import type { Shape } from '../shape.ts';

/**
 * What the server writes of the times of a record, in home words: `{ created_at, updated_at }` for a new one, `{ updated_at }`
 * for one that changes. Without those that the home has no field for.
 * @param at milliseconds since 1970
 */
export function stamps(resource: Resource, at: number, kind: 'created' | 'updated'): JsonObject {
  const { created, modified } = timeFieldsOf(resource);
  const fields = kind === 'created' ? [...created, ...modified] : modified;
  return Object.fromEntries(fields.map(({ name, shape }) => [name, writeMoment(name, shape, at)]));
}

/** When a record says that it was created and last changed, in milliseconds since 1970; undefined where it does not say. */
export function timesIn(
  value: JsonObject,
  resource: Resource,
): { readonly created?: number; readonly modified?: number } {
  const { created, modified } = timeFieldsOf(resource);
  const [createdAt, modifiedAt] = [created, modified].map((fields) => readMoment(value[fields[0]?.name ?? '']));
  return {
    ...(createdAt !== undefined && { created: createdAt }),
    ...(modifiedAt !== undefined && { modified: modifiedAt }),
  };
}

/**
 * A record that was created before it last changed: where the two moments stand the other way round, what was made up gives way
 * to what is known.
 * @param known what a caller or a file wrote of it, which stays
 */
export function inOrderOfTime(value: JsonObject, resource: Resource, known: JsonObject): JsonObject {
  const { created, modified } = timeFieldsOf(resource);
  const isKnown = ({ name }: TimeField): boolean => Object.hasOwn(known, name);
  const momentsOf = (fields: readonly TimeField[]): number[] =>
    fields.flatMap(({ name }) => readMoment(value[name]) ?? []);
  const last = Math.min(...momentsOf(modified.filter(isKnown)));
  const moved = (field: TimeField, isWrong: (at: number) => boolean, to: number): [string, Json][] => {
    const at = readMoment(value[field.name]);
    const isFree = !isKnown(field) && at !== undefined && isWrong(at) && Number.isFinite(to);
    return isFree ? [[field.name, writeMoment(field.name, field.shape, to)]] : [];
  };
  const earlier = Object.fromEntries(created.flatMap((field) => moved(field, (at) => at > last, last)));
  const first = Math.max(...momentsOf(created.filter((field) => isKnown(field) || !(field.name in earlier))));
  const later = Object.fromEntries(modified.flatMap((field) => moved(field, (at) => at < first, first)));
  return { ...value, ...earlier, ...later };
}

/** Whether a field tells when its record was created or last changed; null: neither. */
export function timeMeaning(name: string): 'created' | 'modified' | null {
  const words = split(name).join(' ');
  if (creations.has(words)) return 'created';
  return modifications.has(words) ? 'modified' : null;
}

/** A moment as milliseconds since 1970: from RFC 3339, and from numbers, which are seconds unless that were long ago. */
export function readMoment(value: Json | undefined): number | undefined {
  if (typeof value === 'number') return Math.abs(value) < 1e11 ? value * 1000 : value;
  if (typeof value !== 'string') return undefined;
  if (/^\d{9,15}$/.test(value)) return readMoment(Number(value));
  const moment = Date.parse(value);
  return Number.isNaN(moment) ? undefined : moment;
}

/** A moment as a field of that shape holds it: RFC 3339, a day, or seconds since 1970. */
export function writeMoment(name: string, shape: Shape, at: number): Json {
  if (shape.kind === 'integer' || shape.kind === 'number') {
    const inMilliseconds = split(name).some((word) => /^(?:ms|millis|milliseconds)$/.test(word));
    const value = inMilliseconds ? at : Math.floor(at / 1000);
    return shape.kind === 'integer' && shape.asText ? String(value) : value;
  }
  const text = new Date(at).toISOString();
  return shape.kind === 'string' && shape.format === 'date' ? text.slice(0, 10) : text;
}

interface TimeField {
  readonly name: string;
  readonly shape: Shape;
}
interface TimeFields {
  readonly created: readonly TimeField[];
  readonly modified: readonly TimeField[];
}

function timeFieldsOf(resource: Resource): TimeFields {
  let fields = known.get(resource);
  if (!fields) {
    fields = findTimeFields(resource);
    known.set(resource, fields);
  }
  return fields;
}

const known = new WeakMap<Resource, TimeFields>();

function findTimeFields({ home }: Resource): TimeFields {
  if (home.shape.kind !== 'object') return { created: [], modified: [] };
  const times = [...home.shape.fields().values()].filter(({ shape }) => holdsMoments(shape));
  return {
    created: times.filter(({ name }) => timeMeaning(name) === 'created'),
    modified: times.filter(({ name }) => timeMeaning(name) === 'modified'),
  };
}

function holdsMoments(shape: Shape): boolean {
  if (shape.kind === 'string') return [undefined, 'date-time', 'date'].includes(shape.format);
  return shape.kind === 'integer' || shape.kind === 'number';
}

const creations = set(
  'created at|create time|created|creation time|created time|created on|created date|creation date|date created|inserted at',
);
const modifications = set(
  'updated at|update time|updated|modified|modified at|modified time|modified on|modified date|modification time|' +
    'modification date|last modified|last updated|last modified at|last updated at|last modified time|last update time|' +
    'updated time|updated on|updated date|date updated|date modified',
);

function set(list: string): ReadonlySet<string> {
  return new Set(list.split('|'));
}
