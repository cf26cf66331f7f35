import { isObject, type Json, type JsonObject } from '../json.ts';
import { Random } from '../random.ts';
import type { Resource } from '../resources/resource.ts';
import type { MockSettings } from '../settings.ts';
import type { Collection } from './collection.ts';
import { withId, writtenId } from './ids.ts';
import { MadeIds } from './made-ids.ts';
import { collectionIdOf, idOfName, resourceNameOf } from './resource-names.ts';
import { everywhere, linkedId, type Scope, scopeKey } from './scopes.ts';
import { timesIn } from './stamps.ts';
import type { Item } from './store.ts';

/**
 * Makes up the records that a mock begins with: `settings.count` of each resource that stands by itself, a few below each record
 * of its parent. The same whatever is looked at first: each is made from the seed, the resource's name, its scope and its place.
 */
export class Seeding {
  readonly #settings: Pick<MockSettings, 'seed' | 'count'>;
  readonly #collections: ReadonlyMap<Resource, Collection>;
  readonly #now: () => number;
  readonly #ids: MadeIds;
  /** The ids at the top of resources, which links lead to, often before the records are made. */
  readonly #topIds = new Map<Resource, readonly string[]>();
  /** So many scopes without a parent were seeded. */
  #places = 0;

  constructor(
    settings: Pick<MockSettings, 'seed' | 'count'>,
    collections: ReadonlyMap<Resource, Collection>,
    now: () => number,
  ) {
    this.#settings = settings;
    this.#collections = collections;
    this.#now = now;
    this.#ids = new MadeIds(settings.seed);
  }

  /** Makes up what is to lie in a scope, unless that was done. */
  seed(resource: Resource, scope: Scope): void {
    const collection = this.#of(resource);
    if (isSeeded(collection, scope)) return;
    if (resource.parent === null) this.#seedPlace(collection, scope);
    else this.#seedBelow(collection, resource.parent, scope);
  }

  /** An id that no record has and none had: one more than the largest, a UUID, or a text like those of the others. */
  newId(resource: Resource, scope: Scope): string {
    const collection = this.#of(resource);
    return this.#ids.next(
      resource,
      collection.sequence,
      collection.largest,
      (id) => collection.findExactly(id, scope) === undefined,
    );
  }

  /** Of a resource without a parent: the top, or a scope that nothing is known of but its name. */
  #seedPlace(collection: Collection, scope: Scope): void {
    const { resource } = collection;
    if (scope.length === 0) {
      this.#make(collection, scope, this.#topIdsOf(resource));
      return;
    }
    if (resource.links.size > 0) {
      this.seed(resource, everywhere);
      if (collection.view(scope, []).items.length > 0) return;
    }
    if (this.#places >= mostPlaces) return;
    this.#places++;
    const isFree = (id: string) => collection.findExactly(id, scope) === undefined;
    this.#make(collection, scope, this.#ids.ofPlace(resource, scope, this.#settings.count, isFree));
  }

  #topIdsOf(resource: Resource): readonly string[] {
    let ids = this.#topIds.get(resource);
    if (!ids) {
      ids = this.#ids.ofPlace(resource, everywhere, this.#settings.count, () => true);
      this.#topIds.set(resource, ids);
    }
    return ids;
  }

  /** Of a resource with a parent: a few below each record that the parent began with. */
  #seedBelow(collection: Collection, parent: Resource, scope: Scope): void {
    this.seed(parent, scope.slice(0, -1));
    const parents = this.#of(parent);
    if (scope.length === 0) mark(collection, everywhere);
    const above = scope.length === 0 ? parents.items : [parents.find(scope.at(-1)!, scope.slice(0, -1))];
    const least = collection.sequence;
    for (const item of above) {
      if (!item?.seeded || collection.sequence - least >= mostBelow) continue;
      const below = [...item.scope, item.id];
      if (!isSeeded(collection, below)) this.#makeBelow(collection, item, below);
    }
  }

  #makeBelow(collection: Collection, parent: Item, scope: Scope): void {
    const { resource } = collection;
    const few = this.#random(resource, 'count', ...scope).integer(1, fewBelow);
    const isFree = (id: string) => collection.find(id, everywhere) === undefined;
    const least = (parent.sequence - 1) * fewBelow + 1;
    const count = Math.min(few, this.#settings.count);
    const ids = this.#ids.ofPlace(resource, scope, count, isFree, least, parent.sequence === 1);
    this.#make(collection, scope, ids, parent.sequence === 1);
  }

  #make(collection: Collection, scope: Scope, ids: readonly string[], withExamples = true): void {
    mark(collection, scope);
    // A caller may have taken an id meanwhile, of a scope that was not looked at.
    const free = ids.filter((id) => !collection.findExactly(id, scope));
    for (const [index, id] of free.entries()) {
      collection.insert(this.#makeItem(collection, scope, id, index, ids.length, withExamples));
    }
  }

  /** A record whose value is made when it is first looked at: large ones take a while. */
  #makeItem(
    collection: Collection,
    scope: Scope,
    id: string,
    index: number,
    count: number,
    withExamples: boolean,
  ): Item {
    const { resource } = collection;
    const value = once(() => this.#valueOf(resource, scope, id, withExamples ? index : undefined, index));
    const times = once(() => {
      const known = timesIn(value(), resource);
      const now = Math.max(this.#now(), 0);
      // One a day, so far back that all are in the past.
      const last = Math.min(beginning, Math.max(0, now - day));
      const created = Math.min(known.created ?? Math.max(0, last - (count - index) * day), now);
      return { created, modified: Math.min(Math.max(known.modified ?? created, created), now) };
    });
    return {
      id,
      get value() {
        return value();
      },
      extra: {},
      scope,
      version: 1,
      get created() {
        return times().created;
      },
      get modified() {
        return times().modified;
      },
      sequence: collection.sequence + 1,
      seeded: true,
    };
  }

  #valueOf(resource: Resource, scope: Scope, id: string, example: number | undefined, index: number): JsonObject {
    const { home } = resource;
    const fixed = home.idField === null ? {} : { [home.idField]: writtenId(id, scope, resource) };
    const value = home.sample(this.#ids.random(resource, scope, index), fixed, example);
    return this.#linked(withId(value, id, scope, resource), resource, id, scope);
  }

  /** A record with the ids of records that exist in the fields that link to others. */
  #linked(value: JsonObject, resource: Resource, id: string, scope: Scope): JsonObject {
    const changes: [string, Json][] = [];
    for (const [field, target] of resource.links) {
      const now = value[field];
      const random = this.#random(resource, 'link', field, ...scope, id);
      const link =
        target === resource.parent && scope.length > 0
          ? linkOf(now, target, scope.at(-1)!, scope.slice(0, -1))
          : this.#linkTo(target, now, id, random);
      if (link !== undefined && link !== now) changes.push([field, link]);
    }
    return changes.length === 0 ? value : { ...value, ...Object.fromEntries(changes) };
  }

  /** What a link field is to hold. Fields that are left out or null stay so. */
  #linkTo(target: Resource, now: Json | undefined, from: string, random: Random): Json | undefined {
    if (now === undefined || now === null) return now;
    if (Array.isArray(now)) return now.map((each: Json) => this.#linkTo(target, each, from, random) ?? each);
    const ids = this.#idsOf(target);
    const own = linkedId(now, target);
    if (own !== undefined && ids.includes(own)) return now;
    const others = ids.filter((id) => id !== from);
    const id = random.pick(others.length > 0 ? others : ids);
    return id === undefined ? now : linkOf(now, target, id);
  }

  /** The ids that links may lead to; cheap where the records are not made yet. */
  #idsOf(target: Resource): readonly string[] {
    const collection = this.#of(target);
    if (target.parent === null) {
      const ids = this.#topIdsOf(target);
      return isSeeded(collection, everywhere) ? ids.filter((id) => collection.find(id, everywhere)) : ids;
    }
    return collection.items.filter(({ seeded }) => seeded).map(({ id }) => id);
  }

  #of(resource: Resource): Collection {
    return this.#collections.get(resource)!;
  }

  #random(resource: Resource, ...parts: readonly (string | number)[]): Random {
    return new Random(this.#settings.seed, resource.name, ...parts);
  }
}

/** Below one record of the parent. */
const fewBelow = 4;
/** Below all records of the parent at once, so that deep trees stay small. */
const mostBelow = 500;
/** So many scopes of which only the name is known get records: callers can make up any number of names. */
const mostPlaces = 400;
const day = 86_400_000;
/** Records that do not say when they were created are from before this. */
const beginning = Date.UTC(2026, 0, 1);

/**
 * A link to a record, written as the link that was there: `{ "id": "cus_1" }`, `customers/cus_1`, 17.
 * @param now what the field holds, if anything
 */
export function linkOf(now: Json | undefined, target: Resource, id: string, scope: Scope = everywhere): Json {
  const idField = target.home.idField ?? 'id';
  if (isObject(now)) return { ...now, [idField]: linkOf(now[idField], target, id, scope) };
  if (typeof now === 'number') return Number.isSafeInteger(Number(id)) ? Number(id) : now;
  if (typeof now === 'string') {
    const isName = target.home.language === 'protobuf' || now === `${collectionIdOf(target)}/${idOfName(now)}`;
    return now.includes('/') && isName && idOfName(now) !== '' ? resourceNameOf(target, id, scope) : id;
  }
  return writtenId(id, scope, target);
}

export function isSeeded(collection: Collection, scope: Scope): boolean {
  return collection.seeded === true || collection.seeded.has(scopeKey(scope));
}

function mark(collection: Collection, scope: Scope): void {
  if (collection.seeded !== true) collection.seeded.add(scopeKey(scope));
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
