import { compareStandings, type Sort, type Standing, standingOf } from './sort-keys.ts';
import type { Item } from './store.ts';

/** Some records of a resource in an order, kept up to date as they change: what pages are cut out of. */
export class View {
  readonly sort: Sort;
  readonly #holds: (item: Item) => boolean;
  readonly #items: Item[];

  /**
   * @param items in the order of creation
   * @param holds whether a record belongs to it; always says the same of the same record
   */
  constructor(items: readonly Item[], sort: Sort, holds: (item: Item) => boolean) {
    this.sort = sort;
    this.#holds = holds;
    this.#items = sorted(items.filter(holds), sort);
  }

  get items(): readonly Item[] {
    return this.#items;
  }

  insert(item: Item): void {
    if (!this.#holds(item)) return;
    this.#items.splice(countBefore(this.#items, standingOf(item, this.sort), this.sort), 0, item);
  }

  remove(item: Item): void {
    const index = countBefore(this.#items, standingOf(item, this.sort), this.sort);
    if (this.#items[index] === item) this.#items.splice(index, 1);
  }
}

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
