// Patterns for files and for elements. Both are names in segments, and both cover what lies below what they name.

/** Whether a file or an element is meant. */
export type Matcher = (name: string) => boolean;

/** More alternatives than anybody writes by hand. */
const mostAlternatives = 1000;

/**
 * Compiles globs for paths with `/`: `*`, `?` and `[a-z]` within a segment, `**` over segments, `{a,b}`, and `!` before what
 * is left out. The last glob that fits decides; globs that only leave out leave the rest in. A folder stands for all in it.
 * @param nameOf what globs call a file, by the path that the matcher is asked for
 * @throws RangeError when braces stand for too many globs
 */
export function fileMatcher(globs: readonly string[], nameOf = (path: string) => path): Matcher {
  const rules = globs.map((glob) => {
    const leavesOut = glob.startsWith('!');
    const alternatives = expandBraces(leavesOut ? glob.slice(1) : glob);
    return { leavesOut, patterns: alternatives.map((one) => compile(segmentsOfGlob(one), fileTokens)) };
  });
  const otherwise = rules.length > 0 && rules.every(({ leavesOut }) => leavesOut);
  const known = new Map<string, boolean>();
  const verdict = (path: string) => {
    const segments = nameOf(path).split('/');
    const last = rules.findLast(({ patterns }) => patterns.some((pattern) => covers(pattern, segments)));
    return last ? !last.leavesOut : otherwise;
  };
  return (path) => {
    const before = known.get(path);
    if (before !== undefined) return before;
    const result = verdict(path);
    known.set(path, result);
    return result;
  };
}

/**
 * Compiles patterns for elements: JSON pointers (`#/paths/~1users/**`), whose segments `/` parts, and schema coordinates
 * (`Query.legacy*`) and full names (`acme.v1.**`), whose segments `.` and `(` part. `*` stands for anything within a segment,
 * `**` for any number of segments; an element stands for all below it.
 */
export function elementMatcher(patterns: readonly string[]): Matcher {
  const compiled = patterns.map((pattern) => ({
    isPointer: isPointer(pattern),
    pattern: compile(segmentsOfElement(pattern), elementTokens),
  }));
  return (element) => {
    const kind = isPointer(element);
    const fitting = compiled.filter((one) => one.isPointer === kind);
    if (fitting.length === 0) return false;
    const segments = segmentsOfElement(element);
    return fitting.some(({ pattern }) => covers(pattern, segments));
  };
}

function isPointer(text: string): boolean {
  return text.startsWith('#');
}

function segmentsOfElement(element: string): string[] {
  return element.split(isPointer(element) ? '/' : /[.(]/);
}

function segmentsOfGlob(glob: string): string[] {
  return glob
    .replace(/^\.?\/+/, '')
    .replace(/\/+$/, '')
    .split(/\/+/);
}

/** What may stand for a character: itself, or a test; `many` is any number of any characters. */
type Token = string | ((character: string) => boolean) | typeof many;
const many = Symbol('*');
/** What may stand for a segment: its text, or tokens; `many` is any number of any segments. */
type Segment = string | readonly Token[] | typeof many;

function compile(segments: readonly string[], tokensOf: (segment: string) => Token[]): Segment[] {
  const compiled = segments.map((segment): Segment => {
    if (segment === '**') return many;
    const tokens = tokensOf(segment);
    return tokens.every((token) => typeof token === 'string') ? tokens.join('') : tokens;
  });
  return [...compiled, many];
}

function elementTokens(segment: string): Token[] {
  return [...segment].map((character) => (character === '*' ? many : character));
}

function fileTokens(segment: string): Token[] {
  return [...segment.matchAll(/\\(.)|\[(!|\^)?(\]?[^\]]*)\]|(.)/gsu)].map(([, escaped, negated, set, plain]): Token => {
    if (set !== undefined) return characterIn(set, negated !== undefined);
    if (plain === '*') return many;
    return plain === '?' ? () => true : (escaped ?? plain)!;
  });
}

function characterIn(set: string, negated: boolean): (character: string) => boolean {
  const ranges = [...set.matchAll(/(.)-(.)|(.)/gsu)].map(([, from, to, one]) => [from ?? one!, to ?? one!] as const);
  return (character) => ranges.some(([from, to]) => from <= character && character <= to) !== negated;
}

function covers(pattern: readonly Segment[], segments: readonly string[]): boolean {
  return fits(pattern, segments, isSegment);
}

function isSegment(pattern: string | readonly Token[], segment: string): boolean {
  if (typeof pattern === 'string') return pattern === segment;
  return fits(pattern, [...segment], (token, character) =>
    typeof token === 'string' ? token === character : token(character),
  );
}

/** Takes as little as it can for each `many`, and comes back to the last one only: pattern × items steps at most. */
function fits<P, T>(
  pattern: readonly (P | typeof many)[],
  items: readonly T[],
  isItem: (part: P, item: T) => boolean,
): boolean {
  let at = 0;
  let back: { readonly pattern: number; items: number } | null = null;
  for (let i = 0; i < items.length; ) {
    const part = pattern[at];
    if (at < pattern.length && part === many) {
      back = { pattern: ++at, items: i };
    } else if (at < pattern.length && isItem(part as P, items[i]!)) {
      at++;
      i++;
    } else if (back) {
      at = back.pattern;
      i = ++back.items;
    } else {
      return false;
    }
  }
  return pattern.slice(at).every((part) => part === many);
}

/** `a{b,c}` as `ab` and `ac`; braces in braces too. What has no comma stays as it is. */
function expandBraces(glob: string): string[] {
  const done: string[] = [];
  const waiting = [glob];
  while (waiting.length > 0) {
    if (waiting.length + done.length > mostAlternatives) throw new RangeError('its braces stand for too many globs');
    const next = waiting.pop()!;
    // The innermost braces have none in them.
    const match = /\{([^{}]*,[^{}]*)\}/.exec(next);
    if (!match) done.push(next);
    else
      waiting.push(
        ...match[1]!
          .split(',')
          .map((one) => next.slice(0, match.index) + one + next.slice(match.index + match[0].length)),
      );
  }
  return done;
}
