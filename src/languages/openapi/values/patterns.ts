/** Texts longer than this are not tried on any pattern. */
const longest = 10_000;
/** Texts longer than this are not tried on patterns that repeat what repeats: these may take 2 ^ length steps. */
const longestNested = 24;
/** How many steps a match may take at worst, about a tenth of a second. */
const affordable = 1e8;

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

/**
 * How long a text may be so that even a match that backtracks through all choices ends soon. Each quantifier can stop at
 * as many places as it may repeat; their product is what the worst text costs. Repeated groups that hold choices
 * themselves cost exponentially, so only short texts are tried on them.
 */
function limitOf(pattern: string): number {
  const { choices, nested } = quantifiersOf(pattern);
  let limit = nested ? longestNested : longest;
  const cost = (length: number) => choices.reduce((product, each) => product * Math.min(length, each), 1);
  // A pattern without ^ is tried from every place in the text.
  const starts = (length: number) => (pattern.startsWith('^') ? 1 : length);
  while (limit > 1 && cost(limit) * starts(limit) > affordable) limit = Math.floor(limit * 0.8);
  return limit;
}

/** The choices that each quantifier leaves, and whether a group with choices inside is itself repeated. */
function quantifiersOf(pattern: string): { choices: number[]; nested: boolean } {
  const choices: number[] = [];
  const open: boolean[] = [];
  let nested = false;
  let hasChoice = false;
  let closed = false;
  for (const [token] of pattern.matchAll(tokens)) {
    if (token.startsWith('(')) {
      open.push(hasChoice);
      hasChoice = false;
      closed = false;
    } else if (token === ')') {
      closed = hasChoice;
      hasChoice = (open.pop() ?? false) || hasChoice;
    } else if (token === '|') {
      hasChoice = true;
    } else {
      const each = repetitions(token);
      if (each !== undefined && closed && token !== '?') nested = true;
      if (each !== undefined && each > 1) {
        choices.push(each);
        hasChoice = true;
      }
      closed = false;
    }
  }
  return { choices, nested };
}

/** Escapes, classes, openings of groups, quantifiers, and any other single character. */
const tokens = /\\.|\[\^?(?:\\.|[^\]\\])*\]|\((?:\?(?:[:=!]|<[=!]|<\w+>))?|\{\d+(?:,\d*)?\}|[\s\S]/g;

/** How many different numbers of repetitions a quantifier allows; undefined for what is no quantifier. */
function repetitions(token: string): number | undefined {
  if (token === '*' || token === '+') return Number.POSITIVE_INFINITY;
  if (token === '?') return 2;
  const range = /^\{(\d+)(,?)(\d*)\}$/.exec(token);
  if (!range) return undefined;
  const [, least, comma, greatest] = range;
  if (!comma) return 1;
  return greatest ? Number(greatest) - Number(least) + 1 : Number.POSITIVE_INFINITY;
}
