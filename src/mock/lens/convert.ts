import { split } from '../../words/split.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { Resource } from '../resources/resource.ts';
import type { Field, Shape } from '../shape.ts';
import { collectionIdOf, idOfName } from '../store/resource-names.ts';
import { readMoment, writeMoment } from '../store/stamps.ts';
import { enumValueOf, plainValueOf, saysNothing } from './enums.ts';
import { collectionOf, linkWords, namesIdentity, thingOf } from './meanings.ts';
import { isCurrency, readSum, writeSum } from './money.ts';
import { type ObjectShape, type Pair, pairingOf } from './pairing.ts';

/** What conversions hand on from the outer objects to the inner ones. */
export interface Passage {
  /** Whether links are written as resource names of AIP-122: `products/prd_1`. */
  readonly namesLinks: boolean;
  /** The fields of the outermost home object that link to records. */
  readonly links: ReadonlyMap<string, Resource>;
  /** The currency of sums that say none. */
  readonly currency: string | null;
  /** Where what cannot be carried over is put, by the names on the way; null: nowhere. */
  readonly leave: ((path: readonly string[], value: Json) => void) | null;
  readonly path: readonly string[];
  /** What an object that was carried over still lacks. */
  readonly finish:
    | ((made: JsonObject, from: JsonObject, pair: ShapePair, path: readonly string[]) => JsonObject)
    | null;
}

export interface ShapePair {
  readonly from: ObjectShape;
  readonly to: ObjectShape;
}

/**
 * An object in the words of another shape: what both know of. Null is carried over as null.
 * @param skipped fields of `from` that somebody else takes care of
 */
export function convertObject(
  value: JsonObject,
  from: ObjectShape,
  to: ObjectShape,
  outer: Passage,
  skipped: ReadonlySet<string> = none,
): JsonObject {
  const { pairs, byFrom } = pairingOf(from, to);
  const passage = { ...outer, currency: currencyIn(value, from) ?? outer.currency };
  const made: [string, Json][] = [];
  for (const pair of pairs) {
    const held = value[pair.from.name];
    if (held === undefined || skipped.has(pair.from.name)) continue;
    const converted = held === null ? null : convertPair(held, pair, passage);
    if (converted !== undefined) made.push([pair.to.name, converted]);
    else if (pair.how !== 'currency') leave(pair.from, held, passage);
  }
  if (passage.leave) {
    for (const [name, held] of Object.entries(value)) {
      if (!byFrom.has(name) && !skipped.has(name)) passage.leave([...passage.path, name], held);
    }
  }
  const object = Object.fromEntries(made);
  return passage.finish ? passage.finish(object, value, { from, to }, passage.path) : object;
}

/** One field of an object, as `convertObject` carries it over; undefined where it can't. */
export function convertPair(value: Json, pair: Pair, passage: Passage): Json | undefined {
  const { from, to, how } = pair;
  switch (how) {
    case 'value': {
      if (linkedBy(pair, passage)) return convertLink(value, from, to, passage);
      const path = [...passage.path, passage.leave ? from.name : to.name];
      return convert(value, from.shape, to.shape, { ...passage, path }, to.name);
    }
    case 'sum': {
      const sum = readSum(value, from);
      const currency = sum?.currency ?? passage.currency;
      const made = sum === null ? undefined : writeSum({ ...sum, currency }, to);
      if (!passage.finish || currency !== null || !isObject(made) || to.shape.kind !== 'object') return made;
      return passage.finish(made, {}, { from: emptyShape, to: to.shape }, [...passage.path, to.name]);
    }
    case 'currency':
      return readSum(value, from)?.currency ?? undefined;
    case 'link':
      return convertLink(value, from, to, passage);
  }
}

/** The currency that an object says for its sums. */
function currencyIn(value: JsonObject, shape: ObjectShape): string | null {
  const fields = [...shape.fields().values()];
  const own = fields.find((field) => isCurrency(field) && typeof value[field.name] === 'string');
  return own ? (value[own.name] as string) : null;
}

const none: ReadonlySet<string> = new Set();

function leave(field: Field, value: Json, passage: Passage): void {
  // That nobody said which of an enum's values is no news.
  if (field.shape.kind === 'enum' && typeof value === 'string' && saysNothing(value, field.shape)) return;
  passage.leave?.([...passage.path, field.name], value);
}

/** A value of one shape as another writes it; undefined where it cannot. */
export function convert(value: Json, from: Shape, to: Shape, passage: Passage, called: string): Json | undefined {
  if (from === to && from.kind !== 'object' && from.kind !== 'list' && from.kind !== 'map') return value;
  if (value === null) return null;
  switch (to.kind) {
    case 'object':
      if (!isObject(value)) return undefined;
      return from.kind === 'object' ? convertObject(value, from, to, passage) : value;
    case 'list':
      return Array.isArray(value) ? convertList(value, from, to.items, passage, called) : undefined;
    case 'map':
      return isObject(value) ? convertMap(value, from, to.values, passage, called) : undefined;
    case 'enum':
      return typeof value === 'string' ? convertEnum(value, from, to) : undefined;
    case 'string':
      return toText(value, from, to, called);
    case 'integer':
    case 'number':
      return toNumber(value, from, to, called);
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'any':
      return value;
  }
}

function convertList(value: readonly Json[], from: Shape, items: Shape, passage: Passage, called: string): Json {
  const inner = from.kind === 'list' ? from.items : any;
  return value.flatMap((item, i) => {
    const converted = convert(item, inner, items, { ...passage, path: [...passage.path, String(i)] }, called);
    return converted === undefined ? [] : [converted];
  });
}

function convertMap(value: JsonObject, from: Shape, values: Shape, passage: Passage, called: string): Json {
  const inner = from.kind === 'map' ? from.values : any;
  const entries = Object.entries(value).flatMap(([key, held]) => {
    const converted = convert(held, inner, values, { ...passage, path: [...passage.path, key] }, called);
    return converted === undefined ? [] : [[key, converted] as const];
  });
  return Object.fromEntries(entries);
}

const any: Shape = { kind: 'any' };

function convertEnum(value: string, from: Shape, to: Shape & { readonly kind: 'enum' }): Json | undefined {
  return enumValueOf(value, to, from);
}

function toText(value: Json, from: Shape, to: Shape & { readonly kind: 'string' }, called: string): Json | undefined {
  if (typeof value === 'number') {
    const isMoment = to.format === 'date-time' || to.format === 'date';
    const moment = isMoment ? readMoment(value) : undefined;
    return moment === undefined ? String(value) : writeMoment(called, to, moment);
  }
  if (typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return undefined;
  if (from.kind === 'enum') return saysNothing(value, from) ? undefined : plainValueOf(value, from);
  const format = from.kind === 'string' || from.kind === 'integer' ? from.format : undefined;
  if (to.format === format || (to.format !== 'date' && to.format !== 'date-time')) return value;
  // A day is the moment at which it begins.
  const moment = readMoment(value);
  if (moment === undefined) return value;
  return to.format === 'date' || /^\d{4}-\d\d-\d\d$/.test(value) ? writeMoment(called, to, moment) : value;
}

function toNumber(
  value: Json,
  from: Shape,
  to: Shape & { readonly kind: 'integer' | 'number' },
  called: string,
): Json | undefined {
  const asText = to.kind === 'integer' && to.asText === true;
  if (typeof value === 'string' && isMoment(value, from)) {
    const moment = readMoment(value);
    return moment === undefined ? undefined : writeMoment(called, to, moment);
  }
  if (typeof value === 'string' && asText && /^-?\d+$/.test(value)) return value;
  const number =
    typeof value === 'number' ? value : typeof value === 'string' && value !== '' ? Number(value) : Number.NaN;
  if (!Number.isFinite(number) || (to.kind === 'integer' && !Number.isInteger(number))) return undefined;
  return asText ? String(number) : number;
}

function isMoment(value: string, from: Shape): boolean {
  return (from.kind === 'string' && from.format === 'date-time') || /^\d{4}-\d\d-\d\d/.test(value);
}

/** The resource that a field of the record itself links to; undefined where it links to none that is known. */
function linkedBy({ from, to }: Pick<Pair, 'from' | 'to'>, { links, leave, path }: Passage): Resource | undefined {
  if (path.length > 0 || from.shape.kind !== 'string' || to.shape.kind !== 'string') return undefined;
  return links.get(leave ? to.name : from.name);
}

/** `product_id`, `products/ID` and `{ id }` say the same. */
function convertLink(value: Json, from: Field, to: Field, passage: Passage): Json | undefined {
  if (to.shape.kind === 'list') {
    const [a, b] = [innerField(from), innerField(to)];
    if (!Array.isArray(value)) return undefined;
    return value.flatMap((each: Json) => convertLink(each, a, b, passage) ?? []);
  }
  const id = linkIn(value, from);
  if (id === undefined) return undefined;
  const { shape } = to;
  if (shape.kind === 'object') {
    const field = identityFieldOf(shape, split(linkWords(to.name)));
    if (!field) return undefined;
    const inner = convertLink(id, from, field, { ...passage, namesLinks: passage.namesLinks && field.name === 'name' });
    const object = inner === undefined ? {} : { [field.name]: inner };
    const pair = { from: emptyShape, to: shape };
    return passage.finish ? passage.finish(object, { id }, pair, [...passage.path, to.name]) : object;
  }
  if (shape.kind === 'integer') return toNumber(id, { kind: 'string' }, shape, to.name);
  if (!passage.namesLinks || isIdNamed(to.name)) return id;
  const target = linkedBy({ from, to }, passage);
  return `${target ? collectionIdOf(target) : collectionOf(split(linkWords(from.name)))}/${id}`;
}

const emptyShape: ObjectShape = { kind: 'object', name: '', fields: () => new Map() };

/** The id in a link, whatever it is written as. */
function linkIn(value: Json, field: Field): string | undefined {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return value === '' ? undefined : bareId(value, field);
  if (!isObject(value)) return undefined;
  const own = field.shape.kind === 'object' ? identityFieldOf(field.shape, split(linkWords(field.name))) : undefined;
  const id = value[own?.name ?? 'id'];
  return typeof id === 'string' || typeof id === 'number' ? linkIn(id, field) : undefined;
}

function bareId(value: string, field: Field): string {
  return value.startsWith(`${collectionOf(split(linkWords(field.name)))}/`) ||
    /^[a-z][A-Za-z]*s\/[^/]+(?:\/[a-z][A-Za-z]*s\/[^/]+)*$/.test(value)
    ? idOfName(value)
    : value;
}

/** The field of an object that holds its id, or its resource name. */
export function identityFieldOf(shape: ObjectShape, thing: readonly string[]): Field | undefined {
  const fields = [...shape.fields().values()];
  return (
    fields.find(({ name }) => name === 'id') ??
    fields.find(({ name }) => namesIdentity(name, thing) || namesIdentity(name, thingOf(shape.name))) ??
    fields.find(({ name }) => name === 'name')
  );
}

function isIdNamed(name: string): boolean {
  return linkWords(name) !== split(name).join(' ');
}

function innerField(field: Field): Field {
  return field.shape.kind === 'list' ? { ...field, shape: field.shape.items } : field;
}
