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
  /** Counts its changes, from 1. With `sequence` it names a state of the record: an id may come back, a sequence does not. */
  readonly version: number;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly modified: number;
  /** Its place in the order of creation of its resource's records. */
  readonly sequence: number;
  /** Whether it was there from the beginning: made up, or read from a file. */
  readonly seeded?: true;
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
  /** Only records of this scope and those below; undefined and empty: of all. `Store` says what lies where. */
  readonly scope?: readonly string[];
  readonly where?: (item: Item) => boolean;
  /** What `where` goes by, as text: equal texts let the same records through. Cursors of one are bad for another. */
  readonly filter?: string;
  /**
   * Sort keys in home words (`created_at`, `customer.name`), the most important first; the empty name and no key at all are
   * the order of creation. Records without a value come last, from the other end first. Equals are in the order of creation,
   * turned round when the last key is.
   */
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
  /** The cursor of one item, for who does not need all of them; from the end where the index is below zero. */
  cursorAt(index: number): string | undefined;
  readonly hasNext: boolean;
  readonly hasPrevious: boolean;
  /** How many records the query finds in all. */
  readonly total: number;
}

/** What a write wants of the record that it changes. */
export interface WriteOptions {
  /** Where a new record is to lie; of one that is replaced, where it moves to. */
  readonly scope?: readonly string[];
  readonly action?: string | null;
  /** Takes the place of the extra that the record had. */
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
 *
 * Scopes. A record lies in the scope that it was created in, and in all that this begins with: one of `['acme', 'shop']` is
 * found there, in `['acme']` and in the whole. What is created without a scope (by an rpc, by a mutation) lies below its
 * parent when a link field names one, otherwise at the top; there it is also found below records that a link names. A record
 * created in a scope gets the link to its parent when it has none. Records of a parent that is deleted are deleted with it.
 */
export interface Store {
  readonly resources: readonly Resource[];
  /** Milliseconds since 1970, by the mock's clock. */
  now(): number;
  /** @param id as in `Item.id`; resource names of AIP-122 (`orders/123`) are understood, too */
  get(resource: Resource, id: string, scope?: readonly string[]): Item | undefined;
  /** @throws BadCursor */
  page(resource: Resource, query: Query, page: PageRequest): Page;
  /** The cursor of one record in what a query finds: where pages go on behind an id (`starting_after`, `since_id`). */
  cursorOf(resource: Resource, query: Query, item: Item): string;
  /** Another number after every change to the records of a resource, resets and restores included: what lists are told apart by. */
  revision(resource: Resource): number;
  /**
   * @param value in home words, complete; its id field is given one when it has none
   * @throws Conflict when the id is taken
   */
  create(resource: Resource, value: JsonObject, options?: WriteOptions): Item;
  /**
   * Puts another value in a record's place. Its id stays; a time of the last change that the value leaves as it was becomes now.
   * @throws Conflict when there is no such record any more
   */
  replace(item: Item, resource: Resource, value: JsonObject, options?: WriteOptions): Item;
  /** @throws Conflict when there is no such record any more */
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
  readonly resources: { readonly [name: string]: ResourceSnapshot };
}

export interface ResourceSnapshot {
  readonly items: readonly Item[];
  /** The scopes that need no seeds any more; true: none does. */
  readonly seeded: true | readonly (readonly string[])[];
  /** How many records there ever were. */
  readonly sequence: number;
  /** The largest id that was ever there, where ids are integers; else 0. */
  readonly largest: number;
}
