/** Offsets `[start, end)` in a file's text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A sentence on what keeps the text from being read. */
export interface SyntaxProblem extends Span {
  readonly message: string;
}

/** The kinds of tokens. A symbol's kind is its character code, which is above all of these. */
export const END = 0;
export const WORD = 1;
export const INTEGER = 2;
export const FLOAT = 3;
export const STRING = 4;
/** What is no token at all. The lexer has already said so. */
export const BAD = 5;

/** The tokens of a file, by number, in parallel lists; the last one is `END`. Comments stand between them. */
export interface Tokens {
  readonly text: string;
  readonly kinds: readonly number[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** The comments with their delimiters, and the number of the token that follows each. */
  readonly comments: readonly (Span & { readonly next: number })[];
  readonly problems: readonly SyntaxProblem[];
}

/** Splits a text as protoc's tokenizer does. Whatever it holds becomes tokens and problems; takes linear time. */
export function lex(text: string): Tokens {
  const kinds: number[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const comments: (Span & { next: number })[] = [];
  const problems: SyntaxProblem[] = [];
  const add = (kind: number, start: number, end: number): number => {
    kinds.push(kind);
    starts.push(start);
    ends.push(end);
    return end;
  };
  const bad = (start: number, end: number, message: string): number => {
    problems.push({ message, start, end });
    return add(BAD, start, end);
  };
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 32 || (code >= 9 && code <= 13)) {
      at++;
    } else if (isLetter(code)) {
      at = add(WORD, at, endOfWord(text, at + 1));
    } else if (isDigit(code) || (code === DOT && isDigit(text.charCodeAt(at + 1)))) {
      const end = endOfNumber(text, at);
      const wordEnd = endOfWord(text, end);
      if (wordEnd === end) {
        const isWhole = isInteger(text, at, end);
        if (isWhole && isNoOctal(text, at, end)) {
          problems.push({ message: 'A number that begins with zero is octal: its digits are 0 to 7.', start: at, end });
        }
        at = add(isWhole ? INTEGER : FLOAT, at, end);
      } else at = bad(at, wordEnd, `\`${text.slice(at, wordEnd)}\` is neither a number nor a name.`);
    } else if (code === QUOTE || code === APOSTROPHE) {
      const end = endOfString(text, at, code);
      if (end > 0) {
        problems.push(...badEscapes(text, at, end));
        at = add(STRING, at, end);
      } else at = bad(at, -end, 'This string has no end on its line.');
    } else if (code === SLASH && (text.charCodeAt(at + 1) === SLASH || text.charCodeAt(at + 1) === STAR)) {
      const end = endOfComment(text, at);
      const inner = text.charCodeAt(at + 1) === STAR ? text.indexOf('/*', at + 2) : -1;
      if (end === -1) problems.push({ message: 'This comment has no end.', start: at, end: at + 2 });
      else if (inner !== -1 && inner < end - 2) {
        problems.push({ message: 'A comment cannot stand in a comment.', start: inner, end: inner + 2 });
      }
      comments.push({ start: at, end: end === -1 ? text.length : end, next: kinds.length });
      at = end === -1 ? text.length : end;
    } else if (symbols.has(code)) {
      at = add(code, at, at + 1);
    } else {
      const end = at + (text.codePointAt(at)! > 0xffff ? 2 : 1);
      at = bad(at, end, 'This character has no meaning here.');
    }
  }
  add(END, text.length, text.length);
  return { text, kinds, starts, ends, comments, problems };
}

const DOT = 46;
const QUOTE = 34;
const APOSTROPHE = 39;
const SLASH = 47;
const STAR = 42;
const symbols = new Set([...'{}[]()<>=;,:.-+/'].map((symbol) => symbol.charCodeAt(0)));

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function endOfWord(text: string, at: number): number {
  let end = at;
  for (let code = text.charCodeAt(end); isLetter(code) || isDigit(code); code = text.charCodeAt(end)) end++;
  return end;
}

const continuesNumber = /[.\w]/;
const number = /0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[fF]?/y;

function endOfNumber(text: string, at: number): number {
  let end = at;
  while (isDigit(text.charCodeAt(end))) end++;
  // Whole decimal numbers, as nearly all are: what follows their digits could not continue any number.
  if (end > at && !continuesNumber.test(text.charAt(end))) return end;
  number.lastIndex = at;
  number.exec(text);
  return number.lastIndex;
}

function isInteger(text: string, start: number, end: number): boolean {
  const written = text.slice(start, end);
  return /^(?:\d+|0[xX].*)$/.test(written);
}

function isNoOctal(text: string, start: number, end: number): boolean {
  return text[start] === '0' && /^0\d*[89]/.test(text.slice(start, end));
}

const escapeSequence =
  /\\(?:[abfnrtv\\?'"]|[0-7]{1,3}|[xX][0-9a-fA-F]{1,2}|u[0-9a-fA-F]{4}|U(?:000[0-9a-fA-F]|0010)[0-9a-fA-F]{4}|(.))/gs;

function badEscapes(text: string, start: number, end: number): SyntaxProblem[] {
  const written = text.slice(start, end);
  if (!written.includes('\\')) return [];
  return [...written.matchAll(escapeSequence)].flatMap(({ 0: { length }, 1: unknown, index }) =>
    unknown === undefined
      ? []
      : [{ message: `\`\\${unknown}\` is no escape.`, start: start + index, end: start + index + length }],
  );
}

/** The end of the string that starts at `at`; the end of its line, negated, when it isn't closed there. */
function endOfString(text: string, at: number, quote: number): number {
  for (let end = at + 1; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code === quote) return end + 1;
    if (code === 10 || code === 13) return -end;
    if (code === 92 && text.charCodeAt(end + 1) !== 10) end++;
  }
  return -text.length;
}

/** The end of a comment, a line's without its line break; -1 when a block isn't closed. */
function endOfComment(text: string, at: number): number {
  if (text.charCodeAt(at + 1) === STAR) {
    const close = text.indexOf('*/', at + 2);
    return close === -1 ? -1 : close + 2;
  }
  const lineEnd = text.indexOf('\n', at);
  if (lineEnd === -1) return text.length;
  return text.charCodeAt(lineEnd - 1) === 13 ? lineEnd - 1 : lineEnd;
}
