import type { Document } from '../languages/openapi/document.ts';
import type { OpenApi } from '../languages/openapi/openapi.ts';
import { Pointer } from '../languages/openapi/pointer.ts';
import type { At } from '../languages/openapi/references.ts';

/** Where a way through a resolved document comes out in the files. */
export interface Spot {
  readonly document: Document;
  /** The keys from that document's root to what is there; array indexes as text. */
  readonly path: readonly string[];
  /** The rest of the way, which leads to nothing. */
  readonly missing: readonly string[];
}

/** An API's document with what its references lead to in their places. Nothing is copied that holds no reference. */
export interface Resolved {
  readonly value: unknown;
  /** How many references one after the other are followed; what is behind the last is left as it is written. */
  readonly levels: number;
  /** What references lead to, as `file#/a/b`; each once. */
  readonly targets: readonly string[];
  /** Where a way down from the root of `value` comes out. */
  trace(path: readonly string[]): Spot;
}

/** How many values a resolved document may hold, as someone counts who walks it as a tree, and how deep it may nest. */
export interface Bounds {
  readonly size: number;
  readonly depth: number;
}

/** What Spectral walks in seconds, in the same order as the largest real documents; and half of what its recursion survives. */
const bounds: Bounds = { size: 4_000_000, depth: 600 };

/** Where everything nests everything else, further levels add next to nothing. */
const mostLevels = 20;

/**
 * Puts what references lead to in their places, as Spectral's resolver does: a reference that is part of a circle stays as it
 * is written, and so does one that leads nowhere or to the network. Shared components stay shared, so the result takes about as
 * much memory as the document; those who walk it as a tree may meet them exponentially often, wherefore only so many
 * references in a row are followed that the bounds are kept.
 */
export function resolved(api: OpenApi, { size, depth }: Bounds = bounds): Resolved {
  const references = new ReferenceGraph(api);
  const builder = new Builder(references);
  const root = api.root.at.document.value;
  const fits = (built: Built): boolean => built.size <= size && built.depth <= depth;
  let levels = Number.POSITIVE_INFINITY;
  let built = builder.build(root, levels);
  if (!fits(built)) {
    levels = 0;
    built = builder.build(root, 0);
    for (let next = builder.build(root, 1); fits(next) && levels < mostLevels; next = builder.build(root, levels + 1)) {
      levels++;
      built = next;
    }
  }
  return {
    value: built.value,
    levels,
    targets: references.targets,
    trace: (path) => trace(path, api.root.at.document, references, levels),
  };
}

function trace(way: readonly string[], root: Document, references: ReferenceGraph, most: number): Spot {
  let document = root;
  let path: string[] = [];
  let value = root.value;
  let levels = most;
  let isElsewhere = false;
  const follow = (): void => {
    for (let target = references.target(value); target && levels > 0; target = references.target(value)) {
      document = target.at.document;
      path = target.at.path.map(String);
      value = target.value;
      levels--;
      isElsewhere = true;
    }
  };
  follow();
  for (const [index, key] of way.entries()) {
    if (!isNested(value) || !Object.hasOwn(value, key)) return { document, path, missing: way.slice(index) };
    path.push(key);
    value = value[key];
    // What is said of a reference with siblings itself is, as in Spectral, said where it stands.
    const isMeant = index === way.length - 1 && !isElsewhere && isReference(value) && Object.keys(value).length > 1;
    if (!isMeant) follow();
  }
  return { document, path, missing: [] };
}

type Nested = Readonly<Record<string, unknown>>;

const isNested = (value: unknown): value is Nested => typeof value === 'object' && value !== null;

/** Whether a value counts as a reference, wherever it stands. */
const isReference = (value: unknown): value is Nested & { readonly $ref: string } =>
  isNested(value) && typeof value.$ref === 'string';

/** All references that can be reached from a document, and which of them are part of circles. */
class ReferenceGraph {
  readonly #api: OpenApi;
  readonly #targets = new Map<object, At>();
  readonly #pointers = new Set<string>();
  /** The number of the circle that an object is part of. Those that are in none have numbers of their own. */
  readonly #circles = new Map<object, number>();

  constructor(api: OpenApi) {
    this.#api = api;
    this.#visit(Pointer.root(api.root.at.document), api.root.at.document.value);
  }

  get targets(): readonly string[] {
    return [...this.#pointers];
  }

  /** What a value leads to if it is a reference that can be put in its place. */
  target(value: unknown): At | undefined {
    if (!isNested(value)) return undefined;
    const target = this.#targets.get(value);
    if (!target) return undefined;
    const isCircle = isNested(target.value) && this.#circles.get(target.value) === this.#circles.get(value);
    return isCircle ? undefined : target;
  }

  /** Tarjan's strongly connected components, without recursion: chains of references are as long as somebody makes them. */
  #visit(at: Pointer, value: unknown): void {
    if (!isNested(value)) return;
    const numbers = new Map<object, number>();
    const lows = new Map<object, number>();
    const open: object[] = [];
    const pending: Visit[] = [];
    const enter = (object: Nested, place: Pointer): void => {
      numbers.set(object, numbers.size);
      lows.set(object, numbers.size - 1);
      open.push(object);
      pending.push({ object, next: 0, edges: this.#edges(object, place) });
    };
    enter(value, at);
    for (let visit = pending.at(-1); visit; visit = pending.at(-1)) {
      const { object, edges } = visit;
      const edge = edges[visit.next++];
      if (edge) {
        const known = numbers.get(edge.value);
        if (known === undefined) enter(edge.value, edge.at());
        else if (!this.#circles.has(edge.value)) lows.set(object, Math.min(lows.get(object)!, known));
        continue;
      }
      pending.pop();
      const low = lows.get(object)!;
      const above = pending.at(-1)?.object;
      if (above) lows.set(above, Math.min(lows.get(above)!, low));
      if (low !== numbers.get(object)) continue;
      for (let member = open.pop(); member; member = open.pop()) {
        this.#circles.set(member, low);
        if (member === object) break;
      }
    }
  }

  /** What stands in an object; of a reference, what it leads to. */
  #edges(object: Nested, at: Pointer): Edge[] {
    if (!isReference(object)) {
      const edges: Edge[] = [];
      for (const key of Object.keys(object)) {
        const value = object[key];
        if (isNested(value)) edges.push({ value, at: () => at.child(Array.isArray(object) ? Number(key) : key) });
      }
      return edges;
    }
    const resolution = this.#api.references.resolve(object.$ref, at);
    if (!('target' in resolution)) return [];
    const { target } = resolution;
    this.#targets.set(object, target);
    if (!isAbove(target.at, at)) this.#pointers.add(`${target.at.document.source.path}${encoded(target.at)}`);
    return isNested(target.value) ? [{ value: target.value, at: () => target.at }] : [];
  }
}

interface Edge {
  readonly value: Nested;
  at(): Pointer;
}

interface Visit {
  readonly object: object;
  readonly edges: readonly Edge[];
  next: number;
}

/** Whether a reference lies in what it leads to. The whole document does not count. */
function isAbove(target: Pointer, at: Pointer): boolean {
  const path = at.path;
  const above = target.path;
  const isSame = target.document === at.document && above.length > 0;
  return isSame && above.every((key, index) => String(path[index]) === String(key));
}

/** A place as a JSON pointer in a URI fragment, percent signs escaped. */
function encoded(at: Pointer): string {
  return at.element.replaceAll('%', '%25');
}

/** A value with what its references lead to in their places; its size and depth as a tree. */
interface Built {
  readonly value: unknown;
  readonly size: number;
  readonly depth: number;
}

/** Builds each object once for each number of levels. */
class Builder {
  readonly #references: ReferenceGraph;
  readonly #built = new Map<number, Map<object, Built>>();
  /** Objects that are the same at all levels, as there are no references below them. */
  readonly #plain = new Map<object, Built>();

  constructor(references: ReferenceGraph) {
    this.#references = references;
  }

  build(root: unknown, levels: number): Built {
    const pending: { value: unknown; levels: number }[] = [{ value: root, levels }];
    // What an object is made of is built before it; each is looked at twice.
    for (let item = pending.at(-1); item; item = pending.at(-1)) {
      if (this.#known(item.value, item.levels)) {
        pending.pop();
        continue;
      }
      const parts = this.#parts(item.value as Nested, item.levels);
      const missing = parts.filter((part) => !this.#known(part.value, part.levels));
      if (missing.length > 0) pending.push(...missing);
      else this.#add(item.value as Nested, item.levels, parts);
    }
    return this.#known(root, levels)!;
  }

  #known(value: unknown, levels: number): Built | undefined {
    if (!isNested(value)) return { value, size: 1, depth: 1 };
    return this.#plain.get(value) ?? this.#built.get(levels)?.get(value);
  }

  #parts(object: Nested, levels: number): { value: unknown; levels: number }[] {
    const target = levels > 0 ? this.#references.target(object) : undefined;
    if (target) return [{ value: target.value, levels: levels - 1 }];
    return Object.values(object).map((value) => ({ value, levels }));
  }

  #add(object: Nested, levels: number, parts: readonly { value: unknown; levels: number }[]): void {
    const built = parts.map((part) => this.#known(part.value, part.levels)!);
    const isFollowed = levels > 0 && this.#references.target(object) !== undefined;
    const known = isFollowed ? built[0]! : assembled(object, built);
    const isPlain = known.value === object && !isReference(object) && parts.every(({ value }) => this.#isPlain(value));
    if (isPlain) {
      this.#plain.set(object, known);
      return;
    }
    const level = this.#built.get(levels) ?? new Map<object, Built>();
    this.#built.set(levels, level);
    level.set(object, known);
  }

  #isPlain(value: unknown): boolean {
    return !isNested(value) || this.#plain.has(value);
  }
}

function assembled(object: Nested, parts: readonly Built[]): Built {
  const keys = Object.keys(object);
  const isSame = keys.every((key, index) => object[key] === parts[index]!.value);
  const size = parts.reduce((sum, part) => sum + part.size, 1);
  const depth = parts.reduce((most, part) => Math.max(most, part.depth), 0) + 1;
  if (isSame) return { value: object, size, depth };
  // As own properties, `__proto__` too.
  const value = Array.isArray(object)
    ? parts.map((part) => part.value)
    : Object.fromEntries(keys.map((key, index) => [key, parts[index]!.value]));
  return { value, size, depth };
}
