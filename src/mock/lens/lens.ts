import type { Json, JsonObject } from '../json.ts';
import type { Random } from '../random.ts';
import type { Resource } from '../resources/resource.ts';
import type { Field, Shape } from '../shape.ts';
import { writtenId } from '../store/ids.ts';
import { everywhere } from '../store/scopes.ts';
import type { Item } from '../store/store.ts';
import { convertObject, identityFieldOf, type Passage } from './convert.ts';
import { Gaps } from './gaps.ts';
import { type Identity, identityOf, readIdentity, withoutField, writeIdentity } from './identity.ts';
import { linkWords } from './meanings.ts';
import { isCurrency } from './money.ts';
import { type ObjectShape, pairingOf } from './pairing.ts';

/**
 * A record as another language's readers see it: all that the record knows in the reader's words, and made up what the reader
 * needs and nobody wrote.
 * @param random where made-up values come from; from the seed, the resource and the id, so that every reading gives the same
 */
export function reveal(item: Item, resource: Resource, shape: Shape, random: Random): JsonObject {
  const { home } = resource;
  if (shape === home.shape || shape.kind !== 'object') return item.value;
  const identity = identityOf(resource, shape);
  const [from, to] = rests(resource, shape, identity);
  const value = convertObject(item.value, from, to, outward(item, resource, random, identity));
  return identity ? { [identity.field.name]: writeIdentity(identity, item, resource), ...value } : value;
}

/**
 * One field of a record as another language's readers see it, for GraphQL's resolvers and field masks.
 * @returns null where the record has no value for it; undefined where nothing is known of such a field
 */
export function revealField(item: Item, resource: Resource, field: Field, random: Random): Json | undefined {
  const shape = shapeOfOne(resource, field);
  const identity = identityOf(resource, shape);
  if (identity) return writeIdentity(identity, item, resource);
  const [from, to] = rests(resource, shape, null);
  const made = convertObject(item.value, from, to, outward(item, resource, random, null));
  if (Object.hasOwn(made, field.name)) return made[field.name];
  return pairingOf(from, to).byTo.has(field.name) ? null : undefined;
}

/**
 * What another language's caller wrote, in home words.
 * @returns the value without what the caller left out, and what the home has no field for by the caller's paths
 */
export function absorb(
  written: JsonObject,
  shape: Shape,
  resource: Resource,
): { readonly value: JsonObject; readonly extra: JsonObject } {
  const { home } = resource;
  if (shape === home.shape || shape.kind !== 'object') return { value: written, extra: {} };
  const extra: [string, Json][] = [];
  const identity = writtenIdentity(resource, shape, written);
  const [to, from] = rests(resource, shape, identity);
  const inward: Passage = {
    namesLinks: home.language === 'protobuf',
    links: resource.links,
    currency: null,
    leave: (path, value) => void extra.push([path.join('.'), value]),
    path: [],
    finish: null,
  };
  const value = convertObject(written, from, to, inward, new Set(identity ? [identity.field.name] : []));
  const id = identity ? readIdentity(identity, written[identity.field.name]) : undefined;
  const own = id !== undefined && home.idField !== null ? { [home.idField]: writtenId(id, everywhere, resource) } : {};
  return { value: { ...own, ...value }, extra: Object.fromEntries(extra) };
}

/**
 * The way to a field in home words, for masks, filters and sort keys: `create_time` is `created_at`, `total.units` `total_cents`.
 * @param path in the words of a reader's shape
 * @returns undefined where the home has no such field
 */
export function homePath(resource: Resource, shape: Shape, path: readonly string[]): readonly string[] | undefined {
  const { home } = resource;
  if (path.length === 0 || shape.kind !== 'object') return undefined;
  if (shape === home.shape) return isThere(home.shape, path) ? path : undefined;
  const identity = identityOf(resource, shape);
  if (identity?.field.name === path[0]) return home.idField === null || path.length > 1 ? undefined : [home.idField];
  const [to, from] = rests(resource, shape, identity);
  return pathAcross(from, to, path);
}

function outward(item: Item, resource: Resource, random: Random, identity: Identity | null): Passage {
  return {
    namesLinks: identity?.style === 'name',
    links: resource.links,
    currency: null,
    leave: null,
    path: [],
    finish: new Gaps(item, resource, random).fill,
  };
}

/** The home's fields and the reader's without the ids, which are not carried over but written anew. */
function rests(resource: Resource, shape: ObjectShape, identity: Identity | null): readonly [ObjectShape, ObjectShape] {
  const { home, name } = resource;
  return [
    withoutField(home.shape, identity ? home.idField : null, name),
    withoutField(shape, identity?.field.name ?? null, name),
  ];
}

/** What callers write into a field `name` is the record's resource name only when it looks like one. */
function writtenIdentity(resource: Resource, shape: ObjectShape, written: JsonObject): Identity | null {
  const identity = identityOf(resource, shape);
  if (identity?.style !== 'name') return identity;
  const name = written[identity.field.name];
  return typeof name === 'string' && name !== '' && !name.includes('/') ? null : identity;
}

/** An object with one field only. Always the same for a field of that name and shape. */
function shapeOfOne(resource: Resource, field: Field): ObjectShape {
  let byName = singles.get(field.shape);
  if (!byName) {
    byName = new Map();
    singles.set(field.shape, byName);
  }
  const key = `${resource.name} ${field.name} ${field.required}`;
  let shape = byName.get(key);
  if (!shape) {
    const fields = new Map([[field.name, field]]);
    shape = { kind: 'object', name: resource.name, fields: () => fields };
    byName.set(key, shape);
  }
  return shape;
}

const singles = new WeakMap<Shape, Map<string, ObjectShape>>();

function pathAcross(from: ObjectShape, to: ObjectShape, path: readonly string[]): readonly string[] | undefined {
  const pairing = pairingOf(from, to);
  const pair = pairing.byFrom.get(path[0]!);
  if (!pair) return undefined;
  const rest = path.slice(1);
  const here = pair.to.name;
  if (rest.length === 0 && pair.how !== 'link') return [here];
  switch (pair.how) {
    case 'sum': {
      const part = pair.from.shape.kind === 'object' ? pair.from.shape.fields().get(rest[0]!) : undefined;
      if (!part) return undefined;
      if (!isCurrency(part)) return [here];
      const beside = [...to.fields().values()].find(isCurrency);
      return beside && [beside.name];
    }
    case 'link': {
      const inner =
        pair.to.shape.kind === 'object' ? identityFieldOf(pair.to.shape, linkWords(here).split(' ')) : undefined;
      return inner ? [here, inner.name] : [here];
    }
    default: {
      const inner = pathWithin(pair.from.shape, pair.to.shape, rest);
      return inner && [here, ...inner];
    }
  }
}

function pathWithin(from: Shape, to: Shape, path: readonly string[]): readonly string[] | undefined {
  if (path.length === 0) return [];
  if (from.kind === 'object' && to.kind === 'object') return pathAcross(from, to, path);
  if (from.kind === 'list' && to.kind === 'list') {
    const isIndex = /^(?:\d+|\*)$/.test(path[0]!);
    const inner = pathWithin(from.items, to.items, isIndex ? path.slice(1) : path);
    return inner && (isIndex ? [path[0]!, ...inner] : inner);
  }
  return to.kind === 'map' || to.kind === 'any' ? path : undefined;
}

function isThere(shape: Shape, path: readonly string[]): boolean {
  if (path.length === 0 || shape.kind === 'any' || shape.kind === 'map') return true;
  if (shape.kind === 'list') return isThere(shape.items, /^(?:\d+|\*)$/.test(path[0]!) ? path.slice(1) : path);
  const field = shape.kind === 'object' ? shape.fields().get(path[0]!) : undefined;
  return field !== undefined && isThere(field.shape, path.slice(1));
}
