import { toCase } from '../../words/cases.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { Random } from '../random.ts';
import { plainText, plausible, usuallyTrue } from '../sample/plausible.ts';
import type { Field, Shape } from '../shape.ts';
import { readMoment, timeMeaning } from '../store/stamps.ts';
import { saysNothing } from './enums.ts';
import { currencyIn, isCurrencyName, isMoneyObject, writeSum } from './money.ts';

/**
 * A plausible value of a shape. Bounded: shapes that hold themselves end after a few levels.
 * @param random what it is made of; the same gives the same
 * @param called the thing, then the names of fields on the way: `['order', 'lines', 'quantity']`
 * @param fixed what some fields of an object are to hold
 */
export function inventShape(shape: Shape, random: Random, called: readonly string[], fixed: JsonObject = {}): Json {
  const within = outermost(fixed, random);
  return shape.kind === 'object'
    ? inventObject(shape, random, called, within, fixed)
    : invent(shape, random, called, within);
}

/**
 * A value with all that is known of it, and what else the shape requires or a server sets. What the shape cannot hold is
 * replaced.
 * @param partial what is known
 */
export function completeShape(
  shape: Shape,
  partial: Json | undefined,
  random: Random,
  called: readonly string[],
): Json {
  return complete(shape, partial, random, called, outermost(partial, random));
}

type ObjectShape = Shape & { readonly kind: 'object' };

/** What a value is made up in. */
interface Within {
  /** Objects that hold objects, from the outermost on. */
  readonly shapes: readonly Shape[];
  /** That of all sums in a record. */
  readonly currency: string;
}

/** @param known what is known of the record: the currency that it says is that of all of it */
function outermost(known: Json | undefined, random: Random): Within {
  return { shapes: [], currency: currencyIn(known) ?? random.pick(currencies)! };
}

const inside = ({ shapes, currency }: Within, shape: Shape): Within => ({ shapes: [...shapes, shape], currency });

/** Deeper than this, only what is required is made up; twice as deep, nothing is. */
const deep = 3;

function invent(shape: Shape, random: Random, called: readonly string[], within: Within): Json {
  switch (shape.kind) {
    case 'object':
      return inventObject(shape, random, called, within, {});
    case 'list':
      return inventList(shape.items, random, called, within);
    case 'map':
      return isTooDeep(within)
        ? {}
        : { [inventKey(random)]: invent(shape.values, random, called, inside(within, shape)) };
    case 'enum':
      return inventEnum(shape, random);
    case 'boolean':
      return random.chance(usuallyTrue(called.at(-1) ?? '') === false ? 0.1 : 0.7);
    case 'any':
      return plausible(called, { kind: 'string' }, random) ?? plainText(called, random);
    default:
      return inventScalar(shape, random, called, within);
  }
}

function inventObject(
  shape: ObjectShape,
  random: Random,
  called: readonly string[],
  within: Within,
  fixed: JsonObject,
): JsonObject {
  const made: [string, Json][] = [];
  const here = inside(within, shape);
  if (isMoneyObject(shape)) made.push(...Object.entries(inventSum(shape, random, within.currency)));
  for (const field of shape.fields().values()) {
    if (made.some(([name]) => name === field.name)) continue;
    if (Object.hasOwn(fixed, field.name)) made.push([field.name, fixed[field.name]!]);
    else if (isWanted(field, here, random)) {
      made.push([field.name, invent(field.shape, random, [...called, field.name], here)]);
    }
  }
  // What is fixed stays, even where the shape knows nothing of it.
  return inOrder({ ...Object.fromEntries(made), ...fixed }, shape, fixed);
}

function isWanted(field: Field, within: Within, random: Random): boolean {
  if (within.shapes.length > 2 * deep) return false;
  if (field.required) return true;
  const inner = field.shape.kind === 'list' ? field.shape.items : field.shape;
  if (within.shapes.includes(inner)) return false;
  return within.shapes.length <= deep && random.chance(0.85);
}

function isTooDeep(within: Within): boolean {
  return within.shapes.length > deep;
}

function inventList(items: Shape, random: Random, called: readonly string[], within: Within): Json {
  if (within.shapes.includes(items) || isTooDeep(within)) return [];
  const singular = called;
  return Array.from({ length: random.integer(1, 3) }, () => invent(items, random, singular, within));
}

function inventEnum(shape: Shape & { readonly kind: 'enum' }, random: Random): Json {
  const telling = shape.values.filter((value) => !saysNothing(value, shape));
  return random.pick(telling.length > 0 ? telling : shape.values) ?? null;
}

function inventScalar(
  shape: Shape & { readonly kind: 'string' | 'integer' | 'number' },
  random: Random,
  called: readonly string[],
  { currency }: Within,
): Json {
  if (shape.kind === 'string' && shape.names !== undefined) return inventName(shape.names, random);
  if (shape.kind === 'string' && shape.format === undefined && isCurrencyName(called.at(-1) ?? '')) return currency;
  const format = 'format' in shape && shape.format !== undefined ? { format: shape.format } : {};
  const value = plausible(called, { kind: shape.kind, ...format }, random);
  if (shape.kind === 'string') return value === undefined ? plainText(called, random) : String(value);
  const number = typeof value === 'number' ? value : random.integer(1, 100);
  if (shape.kind === 'number') return number;
  return shape.asText ? String(Math.trunc(number)) : Math.trunc(number);
}

/** From 1.00 to 250.00, mostly in steps of ten. */
function inventSum(shape: ObjectShape, random: Random, currency: string): JsonObject {
  const cents = random.integer(10, 2500) * 10;
  const field: Field = { name: '', shape, required: true, writable: true };
  const sum = writeSum({ nanos: BigInt(cents) * 10_000_000n, currency }, field);
  return isObject(sum) ? sum : {};
}

const currencies = ['EUR', 'EUR', 'USD', 'USD', 'GBP', 'CHF'] as const;

/** A resource name: `products/pro_3f0b6a521d64` of `products/*`. */
function inventName(pattern: string, random: Random): string {
  const segments = pattern.split('/');
  const made = segments.map((segment, i) => (segment === '*' ? inventId(segments[i - 1] ?? '', random) : segment));
  return made.join('/');
}

function inventId(collection: string, random: Random): string {
  const hex = Array.from({ length: 12 }, () => random.integer(0, 15).toString(16)).join('');
  return collection === '' ? hex : `${collection.slice(0, 3).toLowerCase()}_${hex}`;
}

function inventKey(random: Random): string {
  return toCase(plainText([], random), 'snake') || 'key';
}

/** Things are created before they change. */
function inOrder(value: JsonObject, shape: ObjectShape, fixed: JsonObject): JsonObject {
  const times = [...shape.fields().keys()].filter((name) => timeMeaning(name) !== null && !Object.hasOwn(fixed, name));
  const created = times.find((name) => timeMeaning(name) === 'created');
  const modified = times.find((name) => timeMeaning(name) === 'modified');
  if (created === undefined || modified === undefined) return value;
  const [first, last] = [readMoment(value[created]), readMoment(value[modified])];
  if (first === undefined || last === undefined || first <= last) return value;
  return { ...value, [created]: value[modified]!, [modified]: value[created]! };
}

function complete(
  shape: Shape,
  partial: Json | undefined,
  random: Random,
  called: readonly string[],
  within: Within,
): Json {
  if (partial === undefined || !canHold(shape, partial)) return invent(shape, random, called, within);
  if (shape.kind === 'object' && isObject(partial)) return completeObject(shape, partial, random, called, within);
  if (shape.kind === 'list' && Array.isArray(partial)) {
    return partial.map((item: Json) => complete(shape.items, item, random, called, within));
  }
  return partial;
}

function completeObject(
  shape: ObjectShape,
  partial: JsonObject,
  random: Random,
  called: readonly string[],
  within: Within,
): JsonObject {
  const here = inside(within, shape);
  const made: [string, Json][] = [];
  for (const field of shape.fields().values()) {
    const known = partial[field.name];
    if (known === null && !field.required) made.push([field.name, null]);
    else if ((known !== undefined && known !== null) || isDue(field, here)) {
      made.push([field.name, complete(field.shape, known ?? undefined, random, [...called, field.name], here)]);
    }
  }
  return inOrder({ ...partial, ...Object.fromEntries(made) }, shape, partial);
}

/** Whether a field is there even though no caller wrote it. */
function isDue(field: Field, within: Within): boolean {
  if (within.shapes.length > 2 * deep) return false;
  return field.required || (!field.writable && within.shapes.length <= deep && !within.shapes.includes(field.shape));
}

function canHold(shape: Shape, value: Json): boolean {
  switch (shape.kind) {
    case 'object':
    case 'map':
      return isObject(value);
    case 'list':
      return Array.isArray(value);
    case 'enum':
      return typeof value === 'string' && shape.values.includes(value);
    case 'string':
      return typeof value === 'string';
    case 'integer':
      return typeof value === 'number' ? Number.isInteger(value) : typeof value === 'string' && /^-?\d+$/.test(value);
    case 'number':
      return typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    default:
      return true;
  }
}
