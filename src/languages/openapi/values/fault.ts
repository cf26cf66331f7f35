import type { Path } from '../document.ts';
import type { Pointer } from '../pointer.ts';
import { quote } from './words.ts';

/** A way into a value, linked to its parent; null at the value itself. */
export interface Trail {
  readonly parent: Trail | null;
  readonly key: string | number;
  readonly depth: number;
}

/** What would have been right, where alternatives can be told together: "must be `a` or `b`". */
export type Expectation =
  | { readonly types: readonly string[] }
  | { readonly values: readonly unknown[] }
  | { readonly missing: readonly string[] };

/** A mismatch before it is put into words. */
export interface Fault {
  readonly trail: Trail | null;
  /** The keyword, with the property's name where one keyword can fail for several. */
  readonly cause: string;
  readonly at: Pointer;
  /** What the value must be or do. Worked out late, since most faults belong to alternatives that are not told. */
  readonly predicate: () => string;
  readonly expects?: Expectation;
}

/** What became of a value under a schema. */
export class Verdict {
  readonly faults: Fault[] = [];
  /** False once something was let through that could not be decided. Faults themselves are always sure. */
  sure = true;

  get fits(): boolean {
    return this.faults.length === 0;
  }
}

/** The keys of a trail from the value down. */
export function pathOf(trail: Trail | null): Path {
  const path: (string | number)[] = [];
  for (let step = trail; step; step = step.parent) path.push(step.key);
  return path.reverse();
}

/** How a sentence names the place in a value: `` `items[0].name` `` or "the value". */
export function subject(path: Path): string {
  if (path.length === 0) return 'the value';
  const way = path.map(step).join('').replace(/^\./, '');
  // What tells most is at the end.
  return quote(way.length > 60 ? `…${way.slice(-59).replace(/^[\uDC00-\uDFFF]/, '')}` : way);
}

function step(key: string | number): string {
  if (typeof key === 'number') return `[${key}]`;
  return /^[\w$-]+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}
