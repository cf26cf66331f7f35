import { compareStandings, type Sort, type Standing, standingOf } from './sort-keys.ts';
import type { Item } from './store.ts';

/**
 * Some records of a resource in an order: what pages are cut out of. Changes are taken in when it is looked at next, all at once,
 * so that writers don't wait for the lists that nobody looks at.
 */
export class View {
  readonly #sort: Sort;
  readonly #holds: (item: Item) => boolean;
  #items: Item[];
  /** The records to take in or to leave out. A record that came and went meanwhile is not among them. */
  readonly #pending = new Map<Item, 'insert' | 'remove'>();

  /**
   * @param items in the order of creation
   * @param holds whether a record belongs to it; always says the same of the same record
   */
  constructor(items: readonly Item[], sort: Sort, holds: (item: Item) => boolean) {
    this.#sort = sort;
    this.#holds = holds;
    this.#items = sorted(items.filter(holds), sort);
  }

  get items(): readonly Item[] {
    if (this.#pending.size > 0) this.#catchUp();
    return this.#items;
  }

  insert(item: Item): void {
    if (this.#holds(item)) this.#pending.set(item, 'insert');
  }

  remove(item: Item): void {
    if (this.#pending.get(item) === 'insert') this.#pending.delete(item);
    else if (this.#holds(item)) this.#pending.set(item, 'remove');
  }

  #catchUp(): void {
    const changes = [...this.#pending].map(([item, how]) => {
      return {
        item,
        isNew: how === 'insert',
        index: countBefore(this.#items, standingOf(item, this.#sort), this.#sort),
      };
    });
    this.#pending.clear();
    if (changes.length <= fewChanges) {
      // From the end on, so that the places of the others stay.
      for (const { item, isNew, index } of changes.sort((a, b) => b.index - a.index || this.#compare(b.item, a.item))) {
        if (isNew) this.#items.splice(index, 0, item);
        else this.#items.splice(index, 1);
      }
      return;
    }
    changes.sort((a, b) => a.index - b.index || this.#compare(a.item, b.item));
    const items: Item[] = [];
    let next = 0;
    for (const { item, isNew, index } of changes) {
      while (next < index) items.push(this.#items[next++]!);
      if (isNew) items.push(item);
      else next = index + 1;
    }
    while (next < this.#items.length) items.push(this.#items[next++]!);
    this.#items = items;
  }

  #compare(a: Item, b: Item): number {
    return compareStandings(standingOf(a, this.#sort), standingOf(b, this.#sort), this.#sort);
  }
}

const fewChanges = 4;

/** How many of sorted records stand before a place, which nothing or one record may hold. */
export function countBefore(items: readonly Item[], place: Standing, sort: Sort): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareStandings(standingOf(items[middle]!, sort), place, sort) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many of sorted records stand before a place or at it. */
export function countThrough(items: readonly Item[], place: Standing, sort: Sort): number {
  const index = countBefore(items, place, sort);
  const found = items[index];
  return found && compareStandings(standingOf(found, sort), place, sort) === 0 ? index + 1 : index;
}

function sorted(items: Item[], sort: Sort): Item[] {
  if (sort.length === 0) return items;
  const standings = new Map(items.map((item) => [item, standingOf(item, sort)]));
  return items.sort((a, b) => compareStandings(standings.get(a)!, standings.get(b)!, sort));
}
