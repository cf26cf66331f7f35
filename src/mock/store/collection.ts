import type { Resource } from '../resources/resource.ts';
import { everywhere, liesIn, type Scope, scopeKey } from './scopes.ts';
import type { Sort } from './sort-keys.ts';
import type { Item, Query, ResourceSnapshot } from './store.ts';
import { View } from './view.ts';

/** The records of one resource. Knows where they are and in which order; what they hold is the store's. */
export class Collection {
  readonly resource: Resource;
  /** Counts the changes. */
  revision = 0;
  /** How many records there ever were. */
  sequence = 0;
  /** The largest id that was ever there, where ids are integers. */
  largest = 0;
  /** The scopes that were seeded, as their keys; true: none is to be any more. */
  seeded: Set<string> | true = new Set();
  readonly #byId = new Map<string, Item[]>();
  readonly #all: View;
  /** All by what they list; the last asked for at the end. */
  readonly #views = new Map<string, View>();
  readonly #filtered = new Map<string, { readonly revision: number; readonly items: readonly Item[] }>();

  constructor(resource: Resource) {
    this.resource = resource;
    this.#all = new View([], [], () => true);
  }

  /** All, in the order of creation. */
  get items(): readonly Item[] {
    return this.#all.items;
  }

  find(id: string, scope: Scope): Item | undefined {
    const found = this.#byId.get(id);
    if (!found) return undefined;
    return scope.length === 0 ? found[0] : found.find((item) => liesIn(item, scope, this.resource));
  }

  /** The record that a new one of that id and scope would be taken for. */
  findExactly(id: string, scope: Scope): Item | undefined {
    const key = scopeKey(scope);
    return this.#byId.get(id)?.find((item) => scopeKey(item.scope) === key);
  }

  insert(item: Item): void {
    const same = this.#byId.get(item.id);
    if (same) same.push(item);
    else this.#byId.set(item.id, [item]);
    this.sequence = Math.max(this.sequence, item.sequence);
    if (this.resource.home.idKind === 'integer') this.largest = Math.max(this.largest, safeInteger(item.id));
    this.#tell(item, 'insert');
  }

  remove(item: Item): void {
    const same = this.#byId.get(item.id)?.filter((other) => other !== item) ?? [];
    if (same.length > 0) this.#byId.set(item.id, same);
    else this.#byId.delete(item.id);
    this.#tell(item, 'remove');
  }

  put(before: Item, after: Item): void {
    const same = this.#byId.get(before.id)!;
    same[same.indexOf(before)] = after;
    this.#tell(before, 'remove');
    this.#tell(after, 'insert');
  }

  view(scope: Scope, sort: Sort): View {
    if (scope.length === 0 && sort.length === 0) return this.#all;
    const key = listKey({ scope, sort });
    const known = this.#views.get(key);
    const view = known ?? new View(this.items, sort, (item) => liesIn(item, scope, this.resource));
    if (known) this.#views.delete(key);
    this.#views.set(key, view);
    if (this.#views.size > mostViews) this.#views.delete(this.#views.keys().next().value!);
    return view;
  }

  /** What of a view a query lets through; remembered until something changes where the query says what it goes by. */
  filtered(view: View, query: Query): readonly Item[] {
    const { where, filter } = query;
    if (!where) return view.items;
    if (filter === undefined) return view.items.filter(where);
    const key = listKey(query);
    const known = this.#filtered.get(key);
    if (known?.revision === this.revision) return known.items;
    const items = view.items.filter(where);
    this.#filtered.delete(key);
    this.#filtered.set(key, { revision: this.revision, items });
    if (this.#filtered.size > mostViews) this.#filtered.delete(this.#filtered.keys().next().value!);
    return items;
  }

  /** As plain data. */
  snapshot(): ResourceSnapshot {
    const seeded = this.seeded === true || [...this.seeded].map((key): Scope => (key === '' ? [] : JSON.parse(key)));
    return { items: this.items.map((item) => ({ ...item })), seeded, sequence: this.sequence, largest: this.largest };
  }

  /** Takes in what a snapshot says, into an empty collection. */
  restore({ items, seeded, sequence, largest }: ResourceSnapshot): void {
    this.seeded = seeded === true || new Set(seeded.map(scopeKey));
    for (const item of items) this.insert(item);
    this.sequence = Math.max(this.sequence, sequence);
    this.largest = Math.max(this.largest, largest);
  }

  #tell(item: Item, how: 'insert' | 'remove'): void {
    this.revision++;
    this.#all[how](item);
    for (const view of this.#views.values()) view[how](item);
  }
}

/** So many orders of a resource's records are kept up to date; others are made again when they are asked for. */
const mostViews = 16;

/** What a query lists, and how, as text. */
export function listKey(query: Pick<Query, 'scope' | 'sort' | 'filter'>): string {
  return JSON.stringify([query.scope ?? everywhere, query.sort ?? [], query.filter ?? '']);
}

function safeInteger(id: string): number {
  const value = Number(id);
  return Number.isSafeInteger(value) ? value : 0;
}
