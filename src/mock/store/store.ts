import type { JsonObject } from '../json.ts';
import type { Resource } from '../resources/resource.ts';

/** A record of the store. Never changed: a change puts another in its place. */
export interface Item {
  /** Unique within its resource and scope. Integers as their digits. */
  readonly id: string;
  /** In the words of the resource's home. */
  readonly value: JsonObject;
  /** What other languages know of it and the home has no field for, by that language's path of names joined with dots. */
  readonly extra: JsonObject;
  /** The values of the path parameters above it, outermost first: of `/repos/{owner}/{repo}/issues`, `['acme', 'shop']`. */
  readonly scope: readonly string[];
  /** Counts its changes, from 1. */
  readonly version: number;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly modified: number;
  /** Its place in the order of creation, over the whole store. */
  readonly sequence: number;
}

/** Something that happened to a record. */
export interface Change {
  readonly kind: 'created' | 'updated' | 'deleted';
  readonly resource: Resource;
  /** As it is now; of a deleted record, as it was last. */
  readonly item: Item;
  readonly before: Item | null;
  /** What caused it: an action's name such as `cancel`; null for plain writes. */
  readonly action: string | null;
}

/** Which records of a resource are asked for. */
export interface Query {
  /** Only records of this scope; undefined: of all. */
  readonly scope?: readonly string[];
  readonly where?: (item: Item) => boolean;
  /** Sort keys in home words, the most important first; without any, the order of creation. */
  readonly sort?: readonly { readonly field: string; readonly descending: boolean }[];
}

/** How much of what a query finds, and from where. */
export interface PageRequest {
  readonly limit: number;
  /** The cursor behind which the page begins; with `before`, the one it ends before. */
  readonly after?: string;
  readonly before?: string;
  /** Whether the page is the last `limit` of the range rather than the first. */
  readonly fromEnd?: boolean;
  /** So many records are left out first, for offsets and page numbers. */
  readonly skip?: number;
}

/** A part of what a query finds. */
export interface Page {
  readonly items: readonly Item[];
  /** The cursor of each item: opaque, and good whatever is inserted or deleted meanwhile. */
  readonly cursors: readonly string[];
  readonly hasNext: boolean;
  readonly hasPrevious: boolean;
  /** How many records the query finds in all. */
  readonly total: number;
}

/** What a write wants of the record that it changes. Throws `Conflict`s. */
export interface WriteOptions {
  readonly scope?: readonly string[];
  readonly action?: string | null;
  readonly extra?: JsonObject;
}

/** A write that the state of the store does not allow. */
export class Conflict extends Error {
  override readonly name = 'Conflict';
  readonly reason: 'exists' | 'missing';

  constructor(reason: 'exists' | 'missing', message: string) {
    super(message);
    this.reason = reason;
  }
}

/** A cursor that this store has not given out. */
export class BadCursor extends Error {
  override readonly name = 'BadCursor';
}

/**
 * The records of all resources, in memory, in the order of their creation. A resource is seeded when it is first looked at.
 * Changes are told to listeners after they are made, in order.
 */
export interface Store {
  readonly resources: readonly Resource[];
  /** Milliseconds since 1970, by the mock's clock. */
  now(): number;
  get(resource: Resource, id: string, scope?: readonly string[]): Item | undefined;
  page(resource: Resource, query: Query, page: PageRequest): Page;
  /** The cursor of one record in what a query finds: where pages go on behind an id (`starting_after`, `since_id`). */
  cursorOf(resource: Resource, query: Query, item: Item): string;
  /** Another number after every change to the records of a resource, resets and restores included: what lists are told apart by. */
  revision(resource: Resource): number;
  /** @param value in home words, complete; its id field is given one when it has none @throws Conflict when the id is taken */
  create(resource: Resource, value: JsonObject, options?: WriteOptions): Item;
  /** Puts another value in a record's place. @throws Conflict when there is no such record any more */
  replace(item: Item, resource: Resource, value: JsonObject, options?: WriteOptions): Item;
  delete(item: Item, resource: Resource, options?: WriteOptions): void;
  /** @returns what ends it */
  subscribe(listener: (change: Change) => void): () => void;
  /** All records as plain data. What is not seeded yet is left out, and seeded later all the same. */
  snapshot(): Snapshot;
  /** @throws Error with a sentence when the data is no snapshot; records of resources that are not there any more are kept aside */
  restore(snapshot: unknown): void;
  /** As it was at the beginning. */
  reset(): void;
}

/** The records of a store as JSON. */
export interface Snapshot {
  readonly version: 1;
  readonly sequence: number;
  readonly resources: { readonly [name: string]: readonly Omit<Item, 'scope'>[] };
}
