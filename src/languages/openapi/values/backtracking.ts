/**
 * The natural logarithm of how many ways a backtracking matcher may try `pattern` on a text of `length`, at worst: an
 * upper estimate for patterns that compile (ECMA-262), from the choices that quantifiers and alternatives leave.
 * @param length in UTF-16 code units, from 1
 */
export function logWays(pattern: string, length: number): number {
  const tokens = pattern.match(tokenPattern) ?? [];
  return readAlternatives({ tokens, next: 0, length }).ways;
}

/** Escapes, classes, openings of groups, quantifiers, and any other single character. */
const tokenPattern = /\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]|\((?:\?(?:[:=!]|<[=!]|<[^>]*>))?|\{\d+(?:,\d*)?\}|[\s\S]/g;

interface Reader {
  readonly tokens: readonly string[];
  next: number;
  readonly length: number;
}

/** What a part of a pattern costs: the logarithm of its ways, and in how many spots it has a choice. */
interface Cost {
  readonly ways: number;
  readonly choices: number;
}

function readAlternatives(reader: Reader): Cost {
  let { ways, choices } = readSequence(reader);
  while (reader.tokens[reader.next] === '|') {
    reader.next++;
    const other = readSequence(reader);
    const most = Math.max(ways, other.ways);
    ways = most + Math.log(Math.exp(ways - most) + Math.exp(other.ways - most));
    choices += other.choices + 1;
  }
  return { ways, choices };
}

function readSequence(reader: Reader): Cost {
  let ways = 0;
  let choices = 0;
  for (
    let token = reader.tokens[reader.next];
    token && token !== '|' && token !== ')';
    token = reader.tokens[reader.next]
  ) {
    const part = readRepeated(reader, token);
    ways += part.ways;
    choices += part.choices;
  }
  return { ways, choices };
}

function readRepeated(reader: Reader, token: string): Cost {
  const start = ++reader.next;
  const inner = token.startsWith('(') ? readAlternatives(reader) : { ways: 0, choices: 0 };
  const body = reader.tokens.slice(start, reader.next);
  if (token.startsWith('(')) reader.next++;
  const range = repetitions(reader.tokens[reader.next]);
  if (!range) return inner;
  reader.next++;
  // A lazy quantifier tries the same ways in another order.
  if (reader.tokens[reader.next] === '?') reader.next++;
  return repeated(inner, range, reader.length, body);
}

function repeated(inner: Cost, { least, greatest }: Repetitions, length: number, body: readonly string[]): Cost {
  const isFree = greatest > least;
  const own = isFree ? Math.log(Math.min(length + 1, greatest - least + 1)) : 0;
  const choices = inner.choices + (isFree ? 1 : 0);
  if (inner.choices === 0 || isDelimited(body)) return { ways: inner.ways + own, choices };
  const rounds = Math.max(least, Math.min(greatest, length));
  // Either each round tries all its ways, or each character (and each empty round) is where some choice is made.
  const perRound = rounds * inner.ways;
  const perCharacter = Math.max(least, length) * Math.log(1 + choices);
  return { ways: own + Math.min(perRound, perCharacter), choices };
}

/**
 * Whether rounds of a group begin or end with a character that occurs nowhere else in them, as in `(,[a-z]+)*`: then it
 * is plain where rounds end, and only one choice inside adds no further ways.
 */
function isDelimited(body: readonly string[]): boolean {
  if (body.some((token) => token === '|' || token.startsWith('('))) return false;
  const free = body.filter((token) => isFree(repetitions(token)));
  const atoms = body.filter((token) => !repetitions(token));
  if (free.length > 1) return false;
  const isAlone = (mark: string | undefined) =>
    mark !== undefined && atoms.filter((atom) => meets(atom, mark)).length === 1;
  const [first, second] = body;
  const last = body.at(-1);
  return (isLiteral(first) && !repetitions(second) && isAlone(first)) || (isLiteral(last) && isAlone(last));
}

function isFree(range: Repetitions | undefined): boolean {
  return range !== undefined && range.greatest > range.least;
}

function isLiteral(token: string | undefined): boolean {
  return token !== undefined && /^(?:[^\\^$.*+?()[\]{}|]|\\[^\w\s])$/.test(token);
}

/** Whether an atom may stand for the character that a literal stands for. */
function meets(atom: string, literal: string): boolean {
  try {
    return new RegExp(`^${atom}$`).test(literal.replace('\\', ''));
  } catch {
    return true;
  }
}

interface Repetitions {
  readonly least: number;
  readonly greatest: number;
}

/** What a quantifier allows; undefined for what is none. */
function repetitions(token: string | undefined): Repetitions | undefined {
  if (token === '*') return { least: 0, greatest: Number.POSITIVE_INFINITY };
  if (token === '+') return { least: 1, greatest: Number.POSITIVE_INFINITY };
  if (token === '?') return { least: 0, greatest: 1 };
  const range = /^\{(\d+)(,?)(\d*)\}$/.exec(token ?? '');
  if (!range) return undefined;
  const [, least, comma, greatest] = range;
  if (!comma) return { least: Number(least), greatest: Number(least) };
  return { least: Number(least), greatest: greatest ? Number(greatest) : Number.POSITIVE_INFINITY };
}
