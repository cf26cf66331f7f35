import { logWays } from './backtracking.ts';

/** Texts and patterns longer than these, in UTF-16 code units, are not tried. */
const longestText = 10_000;
const longestPattern = 2_000;
/** The natural logarithm of how many steps a match may take at worst: these are some tenths of a second. */
const affordable = Math.log(3e7);

interface Pattern {
  readonly expression: RegExp;
  /** The longest text, in UTF-16 code units, that it is safe to try. */
  readonly limit: number;
}

/**
 * Whether `text` contains a match of an ECMA-262 pattern; undefined when the pattern is broken (which another rule
 * tells) or could backtrack for too long on a text of this length.
 */
export function matches(pattern: string, text: string): boolean | undefined {
  const compiled = patternOf(pattern);
  if (!compiled || text.length > compiled.limit) return undefined;
  return compiled.expression.test(text);
}

/** Patterns that were compiled, null for broken ones. Emptied when full: a server sees many documents. */
const compiled = new Map<string, Pattern | null>();

function patternOf(pattern: string): Pattern | null {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  if (compiled.size >= 5_000) compiled.clear();
  const expression = compile(pattern);
  const made = expression && { expression, limit: limitOf(pattern) };
  compiled.set(pattern, made);
  return made;
}

/** As Unicode, as JSON Schema asks; else as the laxer form that allows needless escapes such as `\-`. */
function compile(pattern: string): RegExp | null {
  for (const flags of ['u', '']) {
    try {
      return new RegExp(pattern, flags);
    } catch {
      // Tried again without the flag, and given up after that.
    }
  }
  return null;
}

/** How long a text may be so that even a match that tries every way ends soon; -1 when none is short enough. */
function limitOf(pattern: string): number {
  if (pattern.length > longestPattern) return -1;
  // Without ^ in front, matches are tried from every place in the text.
  const isAnchored = pattern.startsWith('^') && !pattern.includes('|');
  for (let limit = longestText; limit >= 1; limit = Math.floor(limit * 0.9)) {
    const cost = logWays(pattern, limit) + Math.log(isAnchored ? 1 : limit);
    if (cost <= affordable) return limit;
  }
  return -1;
}
