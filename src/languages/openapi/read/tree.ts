import type { Path, Span, Spot } from '../document.ts';

/** What a node is. */
export const SCALAR = 0;
export const MAPPING = 1;
export const SEQUENCE = 2;
export const ALIAS = 3;
export type Kind = typeof SCALAR | typeof MAPPING | typeof SEQUENCE | typeof ALIAS;

/** What a node is to the node around it. A merge is the key `<<`. */
export const ROOT = 0;
export const KEY = 1;
export const MERGE = 2;
export const VALUE = 3;
export const ITEM = 4;
export type Role = typeof ROOT | typeof KEY | typeof MERGE | typeof VALUE | typeof ITEM;

/**
 * The nodes of a document and where they stand, in the order of the text: a mapping is followed by key, value, key,
 * value, a sequence by its items. Four numbers per node, in typed arrays: documents have millions of nodes, and few of
 * them are ever asked for.
 */
export class Tree {
  readonly #nameOf: (key: number) => string;
  readonly #aliases = new Map<number, number>();
  readonly #children = new Map<number, Map<string, number> | number[]>();
  #kinds = new Uint8Array(256);
  #starts = new Int32Array(256);
  #ends = new Int32Array(256);
  #nexts = new Int32Array(256);
  #size = 0;

  /** @param nameOf the property name that a key node stands for */
  constructor(nameOf: (key: number) => string) {
    this.#nameOf = nameOf;
  }

  /** The number of nodes; they are numbered from 0, the root. */
  get size(): number {
    return this.#size;
  }

  /** Adds a node that starts at offset `start`, not before the node added last, and ends at `end`; gives its number. */
  add(kind: Kind, role: Role, start: number, end: number): number {
    const node = this.#size++;
    if (node === this.#kinds.length) this.#grow();
    this.#kinds[node] = (role << 2) | kind;
    this.#starts[node] = start;
    this.#ends[node] = end;
    this.#nexts[node] = node + 1;
    return node;
  }

  /** Ends a mapping or sequence: all nodes added since it are in it. */
  close(node: number, end: number): void {
    this.#ends[node] = end;
    this.#nexts[node] = this.#size;
  }

  /** Moves the start of a node whose first token was not known when it was added. */
  startAt(node: number, start: number): void {
    this.#starts[node] = start;
  }

  /** Notes which node an alias stands for. */
  alias(node: number, target: number): void {
    this.#aliases.set(node, target);
  }

  /** Where the nodes stand that aliases stand for. */
  aliased(): Span[] {
    return [...new Set(this.#aliases.values())].map((node) => this.span(node));
  }

  kind(node: number): Kind {
    return (this.#kinds[node]! & 3) as Kind;
  }

  role(node: number): Role {
    return (this.#kinds[node]! >> 2) as Role;
  }

  span(node: number): Span {
    return { start: this.#starts[node]!, end: this.#ends[node]! };
  }

  /** The first node behind `node` and all that is in it. */
  next(node: number): number {
    return this.#nexts[node]!;
  }

  /** The property name that a key node stands for. */
  name(key: number): string {
    return this.#nameOf(key);
  }

  /** Where the value at `path` stands; where there is none, its deepest ancestor that exists. */
  locate(path: Path): Spot {
    let key = -1;
    let node = 0;
    for (const step of path) {
      const children = this.#childrenOf(node);
      const inMapping = children instanceof Map;
      const child = inMapping ? children.get(String(step)) : children[indexOf(step)];
      if (child === undefined) break;
      key = inMapping ? child : -1;
      node = inMapping ? this.next(child) : child;
    }
    return { key: key === -1 ? null : this.span(key), value: this.span(node) };
  }

  /** The last node that starts at `offset` or before it; -1 where there is none. */
  lastAt(offset: number): number {
    let low = 0;
    let high = this.#size;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#starts[middle]! <= offset) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** The nodes at which a sequence's items, or by name the keys of a mapping's properties, stand; none for a scalar. */
  #childrenOf(node: number): Map<string, number> | readonly number[] {
    const target = this.#aliases.get(node) ?? node;
    const known = this.#children.get(target);
    if (known) return known;
    const kind = this.kind(target);
    const children = kind === MAPPING ? this.#propertiesOf(target) : kind === SEQUENCE ? this.#itemsOf(target) : [];
    this.#children.set(target, children);
    return children;
  }

  #itemsOf(sequence: number): number[] {
    const items: number[] = [];
    for (let item = sequence + 1; item < this.next(sequence); item = this.next(item)) items.push(item);
    return items;
  }

  /** Of two keys of one name, the later counts; one that stands in the mapping counts before all that are merged. */
  #propertiesOf(mapping: number): Map<string, number> {
    const keys = new Map<string, number>();
    const merged: number[] = [];
    for (let key = mapping + 1; key < this.next(mapping); key = this.next(this.next(key))) {
      if (this.role(key) === MERGE) merged.push(this.next(key));
      else keys.set(this.#nameOf(key), key);
    }
    for (const source of merged) this.#merge(source, keys);
    return keys;
  }

  #merge(source: number, keys: Map<string, number>): void {
    const children = this.#childrenOf(source);
    if (children instanceof Map) {
      for (const [name, key] of children) if (!keys.has(name)) keys.set(name, key);
    } else {
      for (const item of children) {
        const ofItem = this.#childrenOf(item);
        if (ofItem instanceof Map) this.#merge(item, keys);
      }
    }
  }

  #grow(): void {
    this.#kinds = doubled(this.#kinds, new Uint8Array(this.#kinds.length * 2));
    this.#starts = doubled(this.#starts, new Int32Array(this.#starts.length * 2));
    this.#ends = doubled(this.#ends, new Int32Array(this.#ends.length * 2));
    this.#nexts = doubled(this.#nexts, new Int32Array(this.#nexts.length * 2));
  }
}

function indexOf(step: string | number): number {
  return typeof step === 'number' ? step : /^\d+$/.test(step) ? Number(step) : -1;
}

function doubled<T extends Uint8Array | Int32Array>(old: T, roomy: T): T {
  roomy.set(old);
  return roomy;
}
