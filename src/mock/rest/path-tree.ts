import {
  matchSegment,
  openApiPattern,
  type PathPattern,
  type SegmentPattern,
  type Variables,
  variablesIn,
} from './path-pattern.ts';

/**
 * Path templates as a tree of segments. Finding takes time that grows with the length of the path, not with the number of
 * templates: letters are looked up, then patterns with letters are tried, then placeholders, then whatever takes the rest.
 */
export class PathTree<T> {
  readonly #root = new Node<T>();

  /** What stands at an OpenAPI path template; what `make` gives where nothing does yet. Names of placeholders count. */
  at(template: string, make: () => T): T {
    return this.put(openApiPattern(template), make);
  }

  /** What stands at a pattern; what `make` gives where nothing does yet. */
  put(pattern: PathPattern, make: () => T): T {
    const rest = pattern.segments.indexOf(null);
    const path = (rest < 0 ? pattern.segments : pattern.segments.slice(0, rest)) as SegmentPattern[];
    let node = this.#root;
    for (const segment of path) node = node.below(segment);
    const behind = rest < 0 ? null : (pattern.segments.slice(rest + 1) as SegmentPattern[]);
    return node.enter(pattern, behind, make);
  }

  /**
   * Shows what fits a path, the most definite first, until `take` says that it is the right one.
   * @param texts the decoded segments of the path
   * @param take is given what there is, and what tells the values of placeholders: in `texts`, or in other ones of the same path
   */
  find(texts: readonly string[], take: Take<T>): boolean {
    return this.#root.find(texts, 0, take);
  }
}

type Take<T> = (value: T, variables: (texts?: readonly string[]) => Variables) => boolean;

interface End<T> {
  readonly pattern: PathPattern;
  readonly value: T;
}

class Node<T> {
  readonly #literals = new Map<string, Node<T>>();
  readonly #mixed: { readonly pattern: SegmentPattern; readonly node: Node<T> }[] = [];
  #any: Node<T> | undefined;
  /** What ends here. Several where they differ in nothing but the names of their placeholders. */
  readonly #ends: End<T>[] = [];
  /** What takes any number of segments from here on, and what must come behind them. */
  readonly #rests: (End<T> & { readonly behind: readonly SegmentPattern[] })[] = [];

  below(segment: SegmentPattern): Node<T> {
    if (segment.length === 1) {
      let node = this.#literals.get(segment[0]!);
      if (!node) {
        node = new Node();
        this.#literals.set(segment[0]!, node);
      }
      return node;
    }
    if (segment.every((text) => text === '') && segment.length === 2) {
      this.#any ??= new Node();
      return this.#any;
    }
    const known = this.#mixed.find(({ pattern }) => isSame(pattern, segment));
    if (known) return known.node;
    const node = new Node<T>();
    this.#mixed.push({ pattern: segment, node });
    this.#mixed.sort((a, b) => letters(b.pattern) - letters(a.pattern));
    return node;
  }

  enter(pattern: PathPattern, behind: readonly SegmentPattern[] | null, make: () => T): T {
    const list: End<T>[] = behind ? this.#rests : this.#ends;
    const known = list.find((end) => isSamePattern(end.pattern, pattern));
    if (known) return known.value;
    const value = make();
    if (behind) {
      this.#rests.push({ pattern, behind, value });
      this.#rests.sort((a, b) => b.behind.length - a.behind.length);
    } else {
      this.#ends.push({ pattern, value });
    }
    return value;
  }

  find(texts: readonly string[], at: number, take: Take<T>): boolean {
    const offer = ({ pattern, value }: End<T>) => take(value, (other = texts) => variablesIn(pattern, other));
    if (at === texts.length) {
      if (this.#ends.some(offer)) return true;
    } else {
      const text = texts[at]!;
      if (this.#literals.get(text)?.find(texts, at + 1, take)) return true;
      for (const { pattern, node } of this.#mixed) {
        if (matchSegment(pattern, text) && node.find(texts, at + 1, take)) return true;
      }
      if (text !== '' && this.#any?.find(texts, at + 1, take)) return true;
    }
    return this.#rests.some((rest) => endsWith(texts, at, rest.behind) && offer(rest));
  }
}

/** Whether the last segments look as they must, with at least one left for what takes many. */
function endsWith(texts: readonly string[], from: number, behind: readonly SegmentPattern[]): boolean {
  const start = texts.length - behind.length;
  if (start < from || (start === from && behind.length === 0)) return false;
  return behind.every((pattern, i) => matchSegment(pattern, texts[start + i]!) !== null);
}

const letters = (pattern: SegmentPattern): number => pattern.reduce((sum, text) => sum + text.length, 0);

const isSame = (a: SegmentPattern, b: SegmentPattern): boolean =>
  a.length === b.length && a.every((text, i) => text === b[i]);

function isSamePattern(a: PathPattern, b: PathPattern): boolean {
  const sameSegments = a.segments.every((segment, i) => {
    const other = b.segments[i];
    return segment === null ? other === null : other != null && isSame(segment, other);
  });
  const sameNames =
    a.variables.length === b.variables.length && a.variables.every(({ name }, i) => name === b.variables[i]!.name);
  return a.segments.length === b.segments.length && sameSegments && sameNames;
}
