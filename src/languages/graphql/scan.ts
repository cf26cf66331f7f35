/** A stretch of text told apart without knowing the grammar. */
export interface Token {
  readonly kind: 'name' | 'string' | 'comment' | 'mark';
  readonly start: number;
  readonly end: number;
}

/**
 * The names, strings, comments and other characters of a text, broken ones too. A string that is not closed ends with its
 * line; the opening `"""` of a block string that is not closed stands by itself.
 * @param from the offset to begin at, outside strings and comments
 */
export function* tokens(text: string, from: number): Generator<Token, void> {
  let start = from;
  while (start < text.length) {
    const code = text.charCodeAt(start);
    if (isIgnored(code)) {
      start++;
      continue;
    }
    const token = tokenAt(text, start, code);
    yield token;
    start = token.end;
  }
}

/** Whether a character stands between tokens: white space, line breaks, commas, byte order marks. */
export function isIgnored(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9 || code === 44 || code === 0xfeff;
}

/** The end of the string that begins at `start`, behind its closing quotes if it has them. */
export function endOfString(text: string, start: number): number {
  return text.startsWith('"""', start) ? endOfBlockString(text, start) : endOfQuoted(text, start);
}

/** The column of `offset`, counted from 0, when only white space stands before it on its line; else -1. */
export function indentAt(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && /[ \t,\uFEFF]/.test(text[start - 1]!)) start--;
  return start === 0 || text[start - 1] === '\n' || text[start - 1] === '\r' ? offset - start : -1;
}

function tokenAt(text: string, start: number, code: number): Token {
  if (code === 35) return { kind: 'comment', start, end: endOfLine(text, start) };
  if (code === 34) return { kind: 'string', start, end: endOfString(text, start) };
  if (isNamePart(code)) return { kind: 'name', start, end: endOfName(text, start) };
  // An escaped `"""` belongs to a block string whose beginning was lost; it opens none.
  return { kind: 'mark', start, end: text.startsWith('\\"""', start) ? start + 4 : start + 1 };
}

function endOfBlockString(text: string, start: number): number {
  for (let end = text.indexOf('"""', start + 3); end !== -1; end = text.indexOf('"""', end + 1)) {
    if (text[end - 1] !== '\\') return end + 3;
  }
  return start + 3;
}

function endOfQuoted(text: string, start: number): number {
  let end = start + 1;
  while (end < text.length && text[end] !== '\n' && text[end] !== '\r') {
    if (text[end] === '"') return end + 1;
    end += text[end] === '\\' && text[end + 1] !== '\n' && text[end + 1] !== '\r' ? 2 : 1;
  }
  return Math.min(end, text.length);
}

function endOfLine(text: string, start: number): number {
  let end = start;
  while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end++;
  return end;
}

function endOfName(text: string, start: number): number {
  let end = start;
  while (end < text.length && isNamePart(text.charCodeAt(end))) end++;
  return end;
}

function isNamePart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || (code >= 48 && code <= 57);
}
