import type { JsonObject } from '../json.ts';
import type { Resource } from '../resources/resource.ts';
import type { MockSettings } from '../settings.ts';
import { Collection, listKey } from './collection.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { idIn, withId } from './ids.ts';
import { hasResourceNames, idOfName, scopeOfName } from './resource-names.ts';
import { everywhere, linkedId, parentField, type Scope, scopeKey } from './scopes.ts';
import { linkOf, Seeding } from './seeding.ts';
import { readSnapshot } from './snapshot.ts';
import { noSort, type Sort, sortOf, standingOf } from './sort-keys.ts';
import { stamps } from './stamps.ts';
import {
  type Change,
  Conflict,
  type Item,
  type Page,
  type PageRequest,
  type Query,
  type ResourceSnapshot,
  type Snapshot,
  type Store,
  type WriteOptions,
} from './store.ts';
import { countBefore, countThrough } from './view.ts';

/**
 * A store that keeps its records in memory.
 * @param settings the seed and how many records resources begin with
 * @param now milliseconds since 1970
 */
export function memoryStore(
  resources: readonly Resource[],
  settings: Pick<MockSettings, 'seed' | 'count'>,
  now: () => number,
): Store {
  return new MemoryStore(resources, settings, now);
}

class MemoryStore implements Store {
  readonly resources: readonly Resource[];
  readonly now: () => number;
  readonly #settings: Pick<MockSettings, 'seed' | 'count'>;
  readonly #listeners = new Set<(change: Change) => void>();
  /** Records of resources that are not there any more, as they were read. */
  #aside: Readonly<Record<string, ResourceSnapshot>> = {};
  #collections: ReadonlyMap<Resource, Collection>;
  #seeding: Seeding;
  /** Resets and restores so far; with the changes of a collection it gives numbers that never come back. */
  #beginnings = 0;

  constructor(resources: readonly Resource[], settings: Pick<MockSettings, 'seed' | 'count'>, now: () => number) {
    this.resources = resources;
    this.now = now;
    this.#settings = settings;
    this.#collections = emptyCollections(resources);
    this.#seeding = new Seeding(settings, this.#collections, now);
  }

  get(resource: Resource, id: string, scope: Scope = everywhere): Item | undefined {
    const collection = this.#at(resource, scope);
    const found = collection.find(id, scope);
    if (found || !id.includes('/') || !hasResourceNames(resource)) return found;
    const named = scope.length > 0 ? scope : scopeOfName(id);
    this.#seeding.seed(resource, named);
    return collection.find(idOfName(id), named);
  }

  page(resource: Resource, query: Query, request: PageRequest): Page {
    const sort = sortOf(query, resource);
    const collection = this.#at(resource, query.scope ?? everywhere);
    const all = collection.filtered(collection.view(query.scope ?? everywhere, sort), query);
    const list = listNameOf(resource, query);
    const place = (cursor: string) => readCursor(cursor, list, sort.length);
    const least = request.after === undefined ? 0 : countThrough(all, place(request.after), sort);
    const most = request.before === undefined ? all.length : countBefore(all, place(request.before), sort);
    const [start, end] = rangeOf(request, least, Math.max(least, most));
    return new MemoryPage(all.slice(start, end), all.length, start, end, sort, list);
  }

  cursorOf(resource: Resource, query: Query, item: Item): string {
    return writeCursor(standingOf(item, sortOf(query, resource)), listNameOf(resource, query));
  }

  revision(resource: Resource): number {
    const { revision } = this.#at(resource, everywhere);
    return this.#beginnings * 2 ** 32 + revision;
  }

  create(resource: Resource, value: JsonObject, options: WriteOptions = {}): Item {
    const scope = this.#scopeOf(resource, value, options.scope);
    const collection = this.#at(resource, scope);
    const given = idIn(value, resource);
    if (given !== undefined && collection.findExactly(given, scope)) {
      throw new Conflict('exists', `There is already ${article(resource.name)} ${resource.name} ${given}.`);
    }
    const id = given ?? this.#seeding.newId(resource, scope);
    const at = this.now();
    const item: Item = {
      id,
      value: withId(withParent(value, scope, resource), id, scope, resource),
      extra: options.extra ?? {},
      scope,
      version: 1,
      created: at,
      modified: at,
      sequence: collection.sequence + 1,
    };
    collection.insert(item);
    this.#tell({ kind: 'created', resource, item, before: null, action: options.action ?? null });
    return item;
  }

  replace(item: Item, resource: Resource, value: JsonObject, options: WriteOptions = {}): Item {
    const collection = this.#at(resource, item.scope);
    const before = this.#current(collection, item);
    const at = this.now();
    const scope = options.scope ?? this.#movedTo(before, resource, value);
    const clash = scopeKey(scope) === scopeKey(before.scope) ? undefined : collection.findExactly(before.id, scope);
    if (clash)
      throw new Conflict('exists', `There is already ${article(resource.name)} ${resource.name} ${clash.id} there.`);
    const after: Item = {
      ...before,
      value: withId({ ...value, ...staleStamps(before, value, resource, at) }, before.id, scope, resource),
      extra: options.extra ?? before.extra,
      scope,
      version: before.version + 1,
      modified: Math.max(at, before.modified),
    };
    collection.put(before, after);
    this.#tell({ kind: 'updated', resource, item: after, before, action: options.action ?? null });
    return after;
  }

  delete(item: Item, resource: Resource, options: WriteOptions = {}): void {
    const collection = this.#at(resource, item.scope);
    const before = this.#current(collection, item);
    collection.remove(before);
    this.#tell({ kind: 'deleted', resource, item: before, before, action: options.action ?? null });
    this.#deleteBelow(before, resource);
  }

  subscribe(listener: (change: Change) => void): () => void {
    // The same function may listen twice.
    const own = (change: Change) => listener(change);
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }

  snapshot(): Snapshot {
    const seeded = [...this.#collections.values()].filter(({ seeded }) => seeded === true || seeded.size > 0);
    return {
      version: 1,
      resources: {
        ...this.#aside,
        ...Object.fromEntries(seeded.map((collection) => [collection.resource.name, collection.snapshot()])),
      },
    };
  }

  restore(snapshot: unknown): void {
    const read = readSnapshot(snapshot);
    const collections = emptyCollections(this.resources);
    const aside: Record<string, ResourceSnapshot> = {};
    for (const [name, records] of read) {
      const resource = this.resources.find((resource) => resource.name === name);
      if (resource) collections.get(resource)!.restore(records);
      else aside[name] = records;
    }
    this.#begin(collections, aside);
  }

  reset(): void {
    this.#begin(emptyCollections(this.resources), {});
  }

  #begin(collections: ReadonlyMap<Resource, Collection>, aside: Readonly<Record<string, ResourceSnapshot>>): void {
    this.#collections = collections;
    this.#aside = aside;
    this.#seeding = new Seeding(this.#settings, collections, this.now);
    this.#beginnings++;
  }

  /** The records of a resource, with those that a scope begins with. */
  #at(resource: Resource, scope: Scope): Collection {
    const collection = this.#collections.get(resource);
    if (!collection) throw new Error(`The store knows no resource ${resource.name}.`);
    this.#seeding.seed(resource, scope);
    return collection;
  }

  #current(collection: Collection, item: Item): Item {
    const current = collection.findExactly(item.id, item.scope);
    if (current?.sequence === item.sequence) return current;
    throw new Conflict('missing', `There is no ${collection.resource.name} ${item.id} any more.`);
  }

  /** Where a new record lies: in the scope that was said, else below the parent that it links to. */
  #scopeOf(resource: Resource, value: JsonObject, scope: Scope | undefined): Scope {
    if (scope !== undefined && scope.length > 0) return scope;
    if (hasResourceNames(resource) && typeof value['name'] === 'string') {
      const named = scopeOfName(value['name']);
      if (named.length > 0) return named;
    }
    return this.#belowParent(resource, value) ?? everywhere;
  }

  /** Where a record that changes lies then: elsewhere when its link to the parent has changed. */
  #movedTo(before: Item, resource: Resource, value: JsonObject): Scope {
    const field = parentField(resource);
    if (field === undefined || JSON.stringify(value[field]) === JSON.stringify(before.value[field]))
      return before.scope;
    return this.#belowParent(resource, value) ?? before.scope;
  }

  #belowParent(resource: Resource, value: JsonObject): Scope | undefined {
    const field = parentField(resource);
    if (resource.parent === null || field === undefined) return undefined;
    const id = linkedId(value[field], resource.parent);
    const parent = id === undefined ? undefined : this.get(resource.parent, id);
    return parent && [...parent.scope, parent.id];
  }

  #deleteBelow(item: Item, resource: Resource): void {
    const below = [...item.scope, item.id];
    for (const collection of this.#collections.values()) {
      if (collection.resource.parent !== resource) continue;
      for (const child of [...collection.view(below, noSort).items]) this.delete(child, collection.resource);
    }
  }

  #tell(change: Change): void {
    for (const listener of this.#listeners) {
      try {
        listener(change);
      } catch {
        // What a listener does with a change is not the writer's business.
      }
    }
  }
}

/** Some records of a list; its cursors are written when they are asked for. */
class MemoryPage implements Page {
  readonly items: readonly Item[];
  readonly total: number;
  readonly hasNext: boolean;
  readonly hasPrevious: boolean;
  readonly #sort: Sort;
  readonly #list: string;
  #cursors: readonly string[] | undefined;

  constructor(items: readonly Item[], total: number, start: number, end: number, sort: Sort, list: string) {
    this.items = items;
    this.total = total;
    this.hasNext = end < total;
    this.hasPrevious = start > 0;
    this.#sort = sort;
    this.#list = list;
  }

  get cursors(): readonly string[] {
    this.#cursors ??= this.items.map((item) => this.#cursorOf(item));
    return this.#cursors;
  }

  cursorAt(index: number): string | undefined {
    const item = this.items.at(index);
    return item && this.#cursorOf(item);
  }

  #cursorOf(item: Item): string {
    return writeCursor(standingOf(item, this.#sort), this.#list);
  }
}

/** The part of a list that is asked for: `[start, end)`, within the bounds that the cursors set. */
function rangeOf(request: PageRequest, least: number, most: number): readonly [number, number] {
  const limit = Math.max(0, request.limit);
  const skip = Math.max(0, request.skip ?? 0);
  if (request.fromEnd) {
    const end = Math.max(least, most - skip);
    return [Math.max(least, end - limit), end];
  }
  const start = Math.min(most, least + skip);
  return [start, Math.min(most, start + limit)];
}

function listNameOf(resource: Resource, query: Query): string {
  return `${resource.name}\u0000${listKey(query)}`;
}

/** A record that is created in a scope links to what is above it. */
function withParent(value: JsonObject, scope: Scope, resource: Resource): JsonObject {
  const field = parentField(resource);
  if (field === undefined || scope.length === 0 || (value[field] !== undefined && value[field] !== null)) return value;
  return { ...value, [field]: linkOf(undefined, resource.parent!, scope.at(-1)!, scope.slice(0, -1)) };
}

/** The times of the last change, where a writer has left them as they were. */
function staleStamps(before: Item, value: JsonObject, resource: Resource, at: number): JsonObject {
  const fresh = Object.entries(stamps(resource, at, 'updated'));
  return Object.fromEntries(
    fresh.filter(([field]) => value[field] !== undefined && value[field] === before.value[field]),
  );
}

function emptyCollections(resources: readonly Resource[]): ReadonlyMap<Resource, Collection> {
  return new Map(resources.map((resource) => [resource, new Collection(resource)]));
}

function article(noun: string): string {
  return /^[aeiou]/.test(noun) ? 'an' : 'a';
}
