import { BAD, END, INTEGER, lex, type Span, STRING, type SyntaxProblem, type Tokens, WORD } from './lex.ts';
import { unquoted } from './strings.ts';
import type { Name, NumberLiteral, StringLiteral } from './tree.ts';

/** The code of a symbol, which is the kind of its token. */
export function code(symbol: string): number {
  return symbol.charCodeAt(0);
}

const open = code('{');
const close = code('}');

/**
 * A way through a file's tokens. What is expected and missing makes one problem; from then on the cursor is broken: nothing
 * matches, nothing moves, until `recover` has found the end of the statement.
 */
export class Cursor {
  readonly tokens: Tokens;
  readonly problems: SyntaxProblem[];
  /** The number of the token that comes next. */
  at = 0;
  broken = false;
  #balance: Balance | undefined;

  constructor(text: string) {
    this.tokens = lex(text);
    this.problems = [...this.tokens.problems];
  }

  /** Whether a `{` is never closed: then a statement that can only stand outside tells where the end was meant. */
  get unbalanced(): boolean {
    this.#balance ??= balanceOf(this.tokens);
    return this.#balance.open > 0;
  }

  /** Whether a `}` closes nothing. */
  get isOverclosed(): boolean {
    this.#balance ??= balanceOf(this.tokens);
    return this.#balance.overclosed > 0;
  }

  /** The kind of the next token or of one further on; `END` while broken. */
  kind(ahead = 0): number {
    return this.broken ? END : (this.tokens.kinds[this.at + ahead] ?? END);
  }

  /** What the next token or one further on says; empty while broken. */
  text(ahead = 0): string {
    return this.broken ? '' : this.textAt(this.at + ahead);
  }

  /** What the token of a number says. */
  textAt(token: number): string {
    return this.tokens.text.slice(this.tokens.starts[token], this.tokens.ends[token]);
  }

  /** The offsets from one token to another, both included. */
  span(first: number, last = first): Span {
    return { start: this.tokens.starts[first]!, end: this.tokens.ends[last]! };
  }

  /** Whether the next token is the word `word`. */
  isWord(word: string): boolean {
    return this.kind() === WORD && this.text() === word;
  }

  /** Steps over a symbol if it comes next. */
  skip(symbol: string): boolean {
    if (this.kind() !== code(symbol)) return false;
    this.at++;
    return true;
  }

  /** Steps over a symbol, which has to come next. */
  expect(symbol: string): boolean {
    return this.skip(symbol) || this.fail(`\`${symbol}\``);
  }

  /** The end of a statement. One that is missing at a line's end costs nothing else. */
  expectEnd(): boolean {
    if (this.skip(';')) return true;
    const isLineEnd = this.at > 0 && this.startsLine(this.at);
    if (this.broken || !(isLineEnd || this.kind() === close || this.kind() === END)) return this.fail('`;`');
    this.report('This statement has to end with `;`.', this.span(this.at - 1));
    return false;
  }

  /** Says that something else was expected here. Once per statement, and not where the lexer has said so. */
  fail(expected: string): false {
    if (this.broken) return false;
    const found = this.kind() === END ? 'the file ends' : `here is \`${this.text().slice(0, 40)}\``;
    if (this.kind() !== BAD) this.report(`Expected ${expected}, but ${found}.`, this.span(this.at));
    this.broken = true;
    return false;
  }

  /** Notes a problem. */
  report(message: string, { start, end }: Span): void {
    this.problems.push({ message, start, end });
  }

  /** One word. */
  word(expected: string): Name | null {
    if (this.kind() !== WORD) return this.fail(expected) || null;
    const name = { text: this.text(), ...this.span(this.at) };
    this.at++;
    return name;
  }

  /** Words joined by dots, after a dot if `absolute` allows one. */
  dotted(expected: string, absolute: boolean): Name | null {
    const first = this.at;
    let length = absolute && this.skip('.') ? 1 : 0;
    do {
      const part = this.word(expected);
      if (!part) return null;
      length += part.text.length + 1;
    } while (this.skip('.'));
    const { start, end } = this.span(first, this.at - 1);
    // Hardly any name has spaces in it: this way it is one piece of the text.
    const isWhole = end - start === length - 1;
    return { text: isWhole ? this.tokens.text.slice(start, end) : this.#joined(first, this.at), start, end };
  }

  /** What the tokens from one number to another, exclusive, say together. */
  #joined(first: number, end: number): string {
    let text = '';
    for (let token = first; token < end; token++) text += this.textAt(token);
    return text;
  }

  /** A whole number with its sign. */
  integer(expected: string): NumberLiteral | null {
    const first = this.at;
    const sign = this.skip('-') ? '-' : '';
    if (this.kind() !== INTEGER) return this.fail(expected) || null;
    const written = this.text();
    this.at++;
    return { kind: 'number', text: sign + written, value: numberOf(sign, written), ...this.span(first, this.at - 1) };
  }

  /** One or more strings, which are one. */
  string(expected: string): StringLiteral | null {
    const first = this.at;
    if (this.kind() !== STRING) return this.fail(expected) || null;
    const pieces: string[] = [];
    for (; this.kind() === STRING; this.at++) pieces.push(this.text());
    return { kind: 'string', value: unquoted(pieces), ...this.span(first, this.at - 1) };
  }

  /** Whether a token is the first of its line. */
  startsLine(token: number): boolean {
    const { starts, ends, text } = this.tokens;
    const from = token === 0 ? 0 : ends[token - 1]!;
    return token === 0 || text.slice(from, starts[token]).includes('\n');
  }

  /** Whether a token stands at its line's very beginning. */
  isAtMargin(token: number): boolean {
    const { starts, text } = this.tokens;
    return starts[token] === 0 || text[starts[token]! - 1] === '\n';
  }

  /**
   * Ends the statement that began with the token `first`: after its `;`, after its block, before the `}` around it, or before
   * a line that looks like the next statement.
   * @param startsStatement whether a token at a line's start begins a statement without doubt
   */
  recover(first: number, startsStatement: (token: number) => boolean): void {
    if (!this.broken) return;
    this.broken = false;
    const { kinds } = this.tokens;
    let braces = 0;
    let brackets = 0;
    let assigned = false;
    for (let token = first; kinds[token] !== END; token++) {
      const kind = kinds[token]!;
      const passed = token >= this.at && token > first;
      if (passed && (braces === 0 || this.unbalanced) && this.startsLine(token) && startsStatement(token)) {
        this.at = token;
        return;
      }
      if (kind === open) braces++;
      else if (kind === code('[')) brackets++;
      else if (kind === code(']')) brackets--;
      else if (kind === code('=')) assigned = true;
      else if (kind === close && --braces < 0) {
        this.at = Math.max(this.at, token);
        return;
      }
      const ends = kind === code(';') ? braces === 0 : kind === close && braces === 0 && brackets <= 0 && !assigned;
      if (ends && token >= this.at) {
        this.at = token + 1;
        return;
      }
    }
    this.at = kinds.length - 1;
  }
}

/** The value of a whole number in decimal, octal or hexadecimal digits, or of a fraction. */
export function numberOf(sign: string, written: string): number {
  const octal = /^0[0-7]+$/.test(written);
  const value = octal
    ? Number.parseInt(written, 8)
    : Number(/^0[xX]/.test(written) ? written : written.replace(/[fF]$/, ''));
  return sign === '-' ? -value : value;
}

/** How many blocks are opened and never closed, and how many closed that were never opened. */
interface Balance {
  readonly open: number;
  readonly overclosed: number;
}

function balanceOf({ kinds }: Tokens): Balance {
  let depth = 0;
  let overclosed = 0;
  for (const kind of kinds) {
    if (kind === open) depth++;
    else if (kind === close && depth > 0) depth--;
    else if (kind === close) overclosed++;
  }
  return { open: depth, overclosed };
}
