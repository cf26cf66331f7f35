import { split } from '../../words/split.ts';
import type { Field, Shape } from '../shape.ts';
import { isTitle, linkWords, meaningOf, thingOf } from './meanings.ts';
import { isCurrency, isMoneyObject, moneyFormOf, sumWords } from './money.ts';

export type ObjectShape = Shape & { readonly kind: 'object' };

/** A field of one shape and the field of another that says the same. */
export interface Pair {
  readonly from: Field;
  readonly to: Field;
  readonly how: /** The same, maybe written otherwise. */
    | 'value'
    /** A sum of money. */
    | 'sum'
    /** The currency in a sum of money. */
    | 'currency'
    /** A link to something: its id, its resource name, or an object with its id. */
    | 'link';
}

/** Which fields of two objects say the same. No field of `to` is in two pairs. */
export interface Pairing {
  readonly pairs: readonly Pair[];
  /** The pairs by the name of the field that is read. */
  readonly byFrom: ReadonlyMap<string, Pair>;
  readonly byTo: ReadonlyMap<string, Pair>;
}

/** Pairs up the fields of two objects that are about the same thing. Worked out once for two shapes. */
export function pairingOf(from: ObjectShape, to: ObjectShape): Pairing {
  let ofFrom = known.get(from);
  if (!ofFrom) {
    ofFrom = new WeakMap();
    known.set(from, ofFrom);
  }
  let pairing = ofFrom.get(to);
  if (!pairing) {
    pairing = pairUp(from, to);
    ofFrom.set(to, pairing);
  }
  return pairing;
}

const known = new WeakMap<ObjectShape, WeakMap<ObjectShape, Pairing>>();

function pairUp(from: ObjectShape, to: ObjectShape): Pairing {
  const pairs: Pair[] = [];
  const freeFrom = new Set(from.fields().values());
  const freeTo = new Set(to.fields().values());
  const add = (a: Field, b: Field, how: Pair['how']) => {
    pairs.push({ from: a, to: b, how });
    freeFrom.delete(a);
    freeTo.delete(b);
  };
  const things: Things = { from: thingOf(from.name), to: thingOf(to.name) };
  for (const { keyOf, how } of ways) {
    const sources = byKey(freeFrom, (field) => keyOf(field, things.from));
    for (const b of [...freeTo]) {
      const key = keyOf(b, things.to);
      const candidates = key === null ? [] : (sources.get(key) ?? []);
      const found = candidates.find((a) => freeFrom.has(a) && how(a, b) !== null);
      if (found) add(found, b, how(found, b)!);
    }
  }
  pairCurrencies(from, freeTo, pairs);
  return {
    pairs,
    byFrom: new Map(pairs.filter(({ how }) => how !== 'currency').map((pair) => [pair.from.name, pair])),
    byTo: new Map(pairs.map((pair) => [pair.to.name, pair])),
  };
}

interface Things {
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** The ways in which fields are found to say the same, the surest first: equal keys, and shapes that can be carried over. */
const ways: readonly {
  readonly keyOf: (field: Field, thing: readonly string[]) => string | null;
  readonly how: (from: Field, to: Field) => Pair['how'] | null;
}[] = [
  { keyOf: ({ name }) => name, how: howAlike },
  { keyOf: ({ name }) => split(name).join(' '), how: howAlike },
  { keyOf: ({ name }, thing) => meaningOf(name, thing), how: howAlike },
  { keyOf: ({ name }) => sumWords(name).join(' '), how: (a, b) => (areSums(a, b) ? 'sum' : null) },
  { keyOf: ({ name }) => linkWords(name), how: (a, b) => (areLinks(a, b) ? 'link' : null) },
  { keyOf: typeKey, how: (a, b) => (a.shape.kind === b.shape.kind ? 'value' : null) },
  { keyOf: ({ name }) => (isTitle(name) ? 'title' : null), how: (a, b) => (areTexts(a, b) ? 'value' : null) },
  {
    keyOf: ({ name, shape }) =>
      shape.kind === 'enum' && /^(?:status|state)$/.test(split(name).at(-1) ?? '') ? 'state' : null,
    how: () => 'value',
  },
];

/** How a field of the same name is carried over; null where it cannot be. */
function howAlike(a: Field, b: Field): Pair['how'] | null {
  if (areSums(a, b)) return 'sum';
  if (canBeValue(a.shape, b.shape)) return 'value';
  return areLinks(a, b) ? 'link' : null;
}

function areSums(a: Field, b: Field): boolean {
  const [from, to] = [moneyFormOf(a), moneyFormOf(b)];
  if (from === null || to === null) return false;
  return from === to ? from === 'object' && !haveSameFields(a.shape, b.shape) : true;
}

function haveSameFields(a: Shape, b: Shape): boolean {
  if (a.kind !== 'object' || b.kind !== 'object') return false;
  const names = ({ fields }: ObjectShape) => [...fields().keys()].map((name) => split(name).join(' ')).sort();
  return names(a).join() === names(b).join();
}

/** One of the two at least is a bare id or resource name. */
function areLinks(a: Field, b: Field): boolean {
  const [x, y] = [a.shape, b.shape].map((shape) => (shape.kind === 'list' ? shape.items : shape));
  if ((a.shape.kind === 'list') !== (b.shape.kind === 'list')) return false;
  if (isId(x!)) return isId(y!) || (y!.kind === 'object' && !isMoneyObject(y!));
  return isId(y!) && x!.kind === 'object' && !isMoneyObject(x!);
}

function isId(shape: Shape): boolean {
  return shape.kind === 'integer' || shape.kind === 'string';
}

function areTexts(a: Field, b: Field): boolean {
  return a.shape.kind === 'string' && b.shape.kind === 'string';
}

function canBeValue(a: Shape, b: Shape): boolean {
  if (a.kind === 'any' || b.kind === 'any') return true;
  if (a.kind === 'list' || b.kind === 'list') return a.kind === b.kind;
  const [fromObject, toObject] = [a, b].map(({ kind }) => kind === 'object' || kind === 'map');
  return fromObject === toObject;
}

/** Of fields that hold objects, the type's name; there may be one of each only. */
function typeKey({ shape }: Field): string | null {
  const inner = shape.kind === 'list' ? shape.items : shape;
  return inner.kind === 'object' && inner.name !== '' ? thingOf(inner.name).join(' ') : null;
}

/** A currency beside sums that say none is that of the first sum that says one. */
function pairCurrencies(from: ObjectShape, freeTo: ReadonlySet<Field>, pairs: Pair[]): void {
  const sum = [...from.fields().values()].find(({ shape }) => isMoneyObject(shape));
  for (const field of freeTo) if (sum && isCurrency(field)) pairs.push({ from: sum, to: field, how: 'currency' });
}

function byKey(fields: Iterable<Field>, keyOf: (field: Field) => string | null): ReadonlyMap<string, readonly Field[]> {
  const found = new Map<string, Field[]>();
  for (const field of fields) {
    const key = keyOf(field);
    if (key === null) continue;
    const same = found.get(key);
    if (same) same.push(field);
    else found.set(key, [field]);
  }
  return found;
}
