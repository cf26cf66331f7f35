import type { EnumNode, MessageNode, Name, NumberRange, ReservedNode } from '../tree.ts';

/** A range and the statement that it stands in. */
export interface Reservation {
  readonly range: NumberRange;
  readonly node: ReservedNode;
}

/** Ranges of numbers, ordered, for quick look-ups. */
export class Ranges {
  /** In the order of the file. */
  readonly entries: readonly Reservation[];
  readonly #sorted: readonly Reservation[];
  /** The largest end of all ranges up to each. */
  readonly #ends: readonly number[];

  constructor(entries: readonly Reservation[]) {
    this.entries = entries;
    this.#sorted = [...entries].sort((a, b) => a.range.from - b.range.from);
    let end = Number.NEGATIVE_INFINITY;
    this.#ends = this.#sorted.map(({ range }) => (end = Math.max(end, range.to)));
  }

  /** A range that holds a number. */
  at(number: number): Reservation | undefined {
    return this.meeting({ from: number, to: number });
  }

  /** A range that has a number in common with another one. */
  meeting({ from, to }: { readonly from: number; readonly to: number }): Reservation | undefined {
    let index = this.#before(to);
    if (index < 0 || this.#ends[index]! < from) return undefined;
    while (this.#sorted[index]!.range.to < from) index--;
    return this.#sorted[index];
  }

  /** The ranges that overlap one that begins before them, or with them. */
  *overlaps(): Generator<Reservation & { readonly other: Reservation }> {
    let widest: Reservation | undefined;
    for (const entry of this.#sorted) {
      if (entry.range.to < entry.range.from) continue;
      if (widest && entry.range.from <= widest.range.to) {
        const [other, later] = widest.range.start < entry.range.start ? [widest, entry] : [entry, widest];
        yield { ...later, other };
      }
      if (!widest || entry.range.to > widest.range.to) widest = entry;
    }
  }

  /** The last range that begins at a number or before it; -1 if there is none. */
  #before(number: number): number {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#sorted[middle]!.range.from <= number) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

/** What a message or an enum reserves, and what a message keeps for extensions. */
export interface Reservations {
  readonly reserved: Ranges;
  readonly extensions: Ranges;
  readonly names: ReadonlyMap<string, { readonly name: Name; readonly node: ReservedNode }>;
  /** Names that are reserved again. */
  readonly twice: readonly { readonly name: Name; readonly node: ReservedNode }[];
}

/** What a message or an enum reserves. */
export function reservations(scope: MessageNode | EnumNode): Reservations {
  const known = memo.get(scope);
  if (known) return known;
  const found = collected(scope);
  memo.set(scope, found);
  return found;
}
/** Trees never change. */
const memo = new WeakMap<MessageNode | EnumNode, Reservations>();

function collected(scope: MessageNode | EnumNode): Reservations {
  const lists: Record<ReservedNode['kind'], Reservation[]> = { reserved: [], extensions: [] };
  const names = new Map<string, { name: Name; node: ReservedNode }>();
  const twice: { name: Name; node: ReservedNode }[] = [];
  for (const node of scope.body) {
    if (node.kind !== 'reserved' && node.kind !== 'extensions') continue;
    for (const range of node.ranges) lists[node.kind].push({ range, node });
    for (const name of node.kind === 'reserved' ? node.names : []) {
      if (names.has(name.text)) twice.push({ name, node });
      else names.set(name.text, { name, node });
    }
  }
  return { reserved: new Ranges(lists.reserved), extensions: new Ranges(lists.extensions), names, twice };
}
