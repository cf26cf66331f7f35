import { itemsOf } from '../../languages/openapi/json.ts';
import type { SchemaAt } from '../../languages/openapi/values.ts';
import { type Facts, printOf } from './facts.ts';
import { none, notGiven, type Place, type Sampler } from './sampler.ts';

/** No array is made longer than this, whatever is asked for. */
const most = 1_000;

/**
 * An array that fits the schemas: one to three items unless they ask for others.
 * @param given what it is to keep
 */
export function sampleArray(sampler: Sampler, facts: Facts, place: Place, given: readonly unknown[] | null): unknown {
  const inside = sampler.into(place, facts, null);
  const shape = shapeOf(sampler, facts);
  const wanted = wantedSize(sampler, shape, inside, given);
  const items: unknown[] = [];
  const prints = new Set<string | undefined>();
  const isTaken = (value: unknown): boolean => {
    if (!shape.unique) return false;
    const print = printOf(value);
    if (prints.has(print)) return true;
    prints.add(print);
    return false;
  };
  for (let index = 0; index < wanted; index++) {
    const schemas = shape.schemasFor(index);
    const special = containedAt(shape, index, wanted);
    const part = given && index < given.length ? given[index] : notGiven;
    const item = itemFor(sampler, [...schemas, ...special], inside, part, isTaken);
    if (item === none) {
      if (items.length >= shape.least) break;
      return none;
    }
    items.push(item);
  }
  return items;
}

interface ArrayShape {
  readonly least: number;
  readonly most: number;
  readonly unique: boolean;
  /** How many items have schemas of their own. */
  readonly prefix: number;
  readonly contains: readonly { readonly schema: SchemaAt; readonly count: number }[];
  schemasFor(index: number): SchemaAt[];
}

function shapeOf(sampler: Sampler, { layers }: Facts): ArrayShape {
  const isModern = sampler.sampling.api.version === '3.1' || sampler.sampling.api.version === '3.2';
  let [least, upmost, prefix, unique] = [0, Number.POSITIVE_INFINITY, 0, false];
  const contains: { schema: SchemaAt; count: number }[] = [];
  for (const { value, at } of layers) {
    const { minItems, maxItems, uniqueItems, items, minContains } = value;
    if (typeof minItems === 'number') least = Math.max(least, minItems);
    if (typeof maxItems === 'number') upmost = Math.min(upmost, maxItems);
    unique ||= uniqueItems === true;
    if (!isModern) continue;
    const own = itemsOf(value['prefixItems']).length;
    prefix = Math.max(prefix, own);
    if (items === false || (items === undefined && value['unevaluatedItems'] === false)) upmost = Math.min(upmost, own);
    if (Object.hasOwn(value, 'contains')) {
      const count = typeof minContains === 'number' ? minContains : 1;
      if (count > 0) contains.push({ schema: { value: value['contains'], at: at.child('contains') }, count });
    }
  }
  const contained = contains.reduce((sum, { count }) => sum + count, 0);
  const schemasFor = (index: number): SchemaAt[] =>
    layers.flatMap(({ value, at }) => {
      const own = isModern ? itemsOf(value['prefixItems']) : [];
      if (index < own.length) return [{ value: own[index], at: at.child('prefixItems').child(index) }];
      const { items } = value;
      if (items === undefined || Array.isArray(items)) {
        const rest = isModern ? value['unevaluatedItems'] : undefined;
        return rest === undefined ? [] : [{ value: rest, at: at.child('unevaluatedItems') }];
      }
      return [{ value: items, at: at.child('items') }];
    });
  return {
    least: Math.max(Math.min(least, most), contained ? Math.min(contained, most) : 0),
    most: upmost,
    unique,
    prefix,
    contains,
    schemasFor,
  };
}

function wantedSize(sampler: Sampler, shape: ArrayShape, inside: Place, given: readonly unknown[] | null): number {
  const { least, most: upmost, prefix, schemasFor } = shape;
  if (given) return Math.min(Math.max(given.length, least), upmost);
  const leadsBack = inside.around !== null && schemasFor(prefix).some((schema) => sampler.isAround(schema, inside));
  if (inside.lean || leadsBack) return Math.min(Math.max(least, 0), upmost);
  const usual = sampler.random.integer(1, 3);
  return Math.min(Math.max(least, prefix, usual), Math.max(upmost, 0), Math.max(most, 0));
}

/** What `contains` asks of an item: the last ones are made for it, since the first may be asked for something else. */
function containedAt({ contains }: ArrayShape, index: number, size: number): SchemaAt[] {
  let end = size;
  for (const { schema, count } of contains) {
    if (index < end && index >= end - count) return [schema];
    end -= count;
  }
  return [];
}

function itemFor(
  sampler: Sampler,
  schemas: readonly SchemaAt[],
  inside: Place,
  given: unknown,
  isTaken: (value: unknown) => boolean,
): unknown {
  const item = sampler.make(schemas, inside, given);
  if (item === none || !isTaken(item)) return item;
  for (let attempt = 0; attempt < 20; attempt++) {
    // What a caller gave twice, and what the document shows, is the same each time.
    const other = sampler.make(schemas, attempt < 10 ? inside : { ...inside, lean: true }, notGiven);
    if (other !== none && !isTaken(other)) return other;
  }
  return none;
}
