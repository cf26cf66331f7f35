import type { Source } from '../../../text/source.ts';
import type { DuplicateKey, Path, Span } from '../document.ts';
import { type Content, MAX_DEPTH, TooDeep } from './construction.ts';
import { duplicatesIn } from './duplicates.ts';
import { ITEM, KEY, MAPPING, ROOT, SCALAR, SEQUENCE, Tree, VALUE } from './tree.ts';
import type { Refusal } from './yaml.ts';

/** A document, or the first reason why there is none; `tooDeep` tells that nothing else will read it either. */
export type JsonResult = { readonly content: Content } | { readonly refused: Refusal };

/** Reads JSON (RFC 8259), which a byte-order mark may precede. Never throws. */
export function readJson(source: Source): JsonResult {
  const { text } = source;
  try {
    const { tree, duplicates } = new Scan(text).run();
    const value: unknown = JSON.parse(text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text);
    return { content: { value, tree, syntax: [], duplicates } };
  } catch (error) {
    return { refused: refusal(text, error) };
  }
}

function refusal(text: string, error: unknown): Refusal {
  if (error instanceof JsonError) return { start: error.start, end: error.end, message: error.message, tooDeep: false };
  const start = error instanceof TooDeep ? error.offset : 0;
  const message = error instanceof TooDeep ? error.message : 'The text is too large to be read.';
  return { start, end: Math.min(start + 1, text.length), message, tooDeep: true };
}

const BYTE_ORDER_MARK = 0xfeff;
const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPENING_SQUARE = 91;
const BACKSLASH = 92;
const CLOSING_SQUARE = 93;
const OPENING_CURLY = 123;
const CLOSING_CURLY = 125;

/** What ends a scan; caught where the scan starts. */
class JsonError extends Error {
  readonly start: number;
  readonly end: number;

  constructor(start: number, end: number, message: string) {
    super(message);
    this.start = start;
    this.end = end;
  }
}

/** One pass over a JSON text: where its nodes stand, which keys stand twice, and the first error if there is one. */
class Scan {
  readonly #text: string;
  readonly #tree: Tree;
  readonly #duplicates: DuplicateKey[] = [];
  /** The objects and arrays that are open, how many items each array has so far, and where each object's hashes begin. */
  readonly #open: number[] = [];
  readonly #counts: number[] = [];
  readonly #firstHashes: number[] = [];
  /** Hashes of the keys of all open objects. */
  #hashes = new Int32Array(64);
  #hashCount = 0;
  /** The hash of the string read last. */
  #hash = 0;
  #at: number;

  constructor(text: string) {
    this.#text = text;
    this.#at = text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0;
    this.#tree = new Tree((key) => nameOf(text, this.#tree.span(key)));
  }

  /** @throws JsonError, TooDeep */
  run(): { tree: Tree; duplicates: DuplicateKey[] } {
    this.#value(ROOT);
    while (this.#open.length > 0) {
      const container = this.#open.at(-1)!;
      if (this.#tree.kind(container) === MAPPING) this.#property(container);
      else this.#item(container);
    }
    if (!Number.isNaN(this.#next())) this.#fail('Nothing may follow the end of the JSON value.');
    this.#duplicates.sort((a, b) => a.again.start - b.again.start);
    return { tree: this.#tree, duplicates: this.#duplicates };
  }

  /** Reads the next key and its value, or the end of the object. */
  #property(object: number): void {
    if (!this.#separated(object, CLOSING_CURLY)) return;
    if (this.#text.charCodeAt(this.#at) !== QUOTE) this.#fail('A key in double quotes has to stand here.');
    const start = this.#at;
    this.#string();
    this.#tree.add(SCALAR, KEY, start, this.#at);
    this.#pushHash(start);
    if (this.#next() !== COLON) this.#fail('A colon has to stand between a key and its value.');
    this.#at++;
    this.#value(VALUE);
  }

  /** Reads the next item, or the end of the array. */
  #item(array: number): void {
    if (!this.#separated(array, CLOSING_SQUARE)) return;
    this.#counts[this.#counts.length - 1]!++;
    this.#value(ITEM);
  }

  /** Goes to the next property or item, over the comma before it; false when `closing` ends the container instead. */
  #separated(container: number, closing: number): boolean {
    const code = this.#next();
    if (code === closing) {
      this.#at++;
      this.#close(container);
      return false;
    }
    if (this.#tree.size === container + 1) return true;
    if (code !== COMMA) this.#fail('A comma is missing before this.');
    const comma = this.#at++;
    if (this.#next() === closing) throw new JsonError(comma, comma + 1, 'A comma must not stand behind the last one.');
    return true;
  }

  /** Reads a scalar, or goes into an object or array. */
  #value(role: typeof ROOT | typeof VALUE | typeof ITEM): void {
    const code = this.#next();
    const start = this.#at;
    if (code === OPENING_CURLY || code === OPENING_SQUARE) {
      if (this.#open.length >= MAX_DEPTH) throw new TooDeep(start);
      this.#open.push(this.#tree.add(code === OPENING_CURLY ? MAPPING : SEQUENCE, role, start, start));
      this.#counts.push(-1);
      this.#firstHashes.push(this.#hashCount);
      this.#at++;
      return;
    }
    if (code === QUOTE) this.#string();
    else this.#literal();
    this.#tree.add(SCALAR, role, start, this.#at);
  }

  #close(container: number): void {
    this.#tree.close(container, this.#at);
    const first = this.#firstHashes.pop()!;
    if (hasTwice(this.#hashes, first, this.#hashCount)) {
      for (const duplicate of duplicatesIn(this.#tree, container, this.#path())) this.#duplicates.push(duplicate);
    }
    this.#hashCount = first;
    this.#open.pop();
    this.#counts.pop();
  }

  /** Goes to the end of the string that starts here, and hashes what is in its quotes. */
  #string(): void {
    const text = this.#text;
    const start = this.#at;
    let hash = 0;
    for (let at = start + 1; ; at++) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) {
        this.#at = at + 1;
        this.#hash = hash;
        return;
      }
      if (code === BACKSLASH) {
        if (!/["\\/bfnrt]|u[0-9a-fA-F]{4}/y.test(text.slice(at + 1, at + 6))) {
          throw new JsonError(
            at,
            Math.min(at + 2, text.length),
            'JSON has no such escape sequence; write `\\\\` for a backslash.',
          );
        }
        at++;
      } else if (!(code >= 32)) {
        const isOpen = Number.isNaN(code) || code === 10 || code === 13;
        if (isOpen) throw new JsonError(start, at, 'This string is not closed on its line.');
        throw new JsonError(at, at + 1, `The character U+${hexadecimal(code)} must be escaped in a string.`);
      }
      hash = (Math.imul(hash, 31) + code) | 0;
    }
  }

  #literal(): void {
    LITERAL.lastIndex = this.#at;
    if (!LITERAL.test(this.#text)) this.#fail('A value has to stand here.');
    this.#at = LITERAL.lastIndex;
  }

  #pushHash(start: number): void {
    if (this.#hashCount === this.#hashes.length) {
      const roomy = new Int32Array(this.#hashCount * 2);
      roomy.set(this.#hashes);
      this.#hashes = roomy;
    }
    const token = this.#text.slice(start, this.#at);
    this.#hashes[this.#hashCount++] = token.includes('\\') ? hashOf(JSON.parse(token)) : this.#hash;
  }

  /** Goes over white space; gives the code of the character behind it, NaN at the end. */
  #next(): number {
    const text = this.#text;
    let at = this.#at;
    let code = text.charCodeAt(at);
    while (code === 32 || code === 10 || code === 13 || code === 9) code = text.charCodeAt(++at);
    this.#at = at;
    return code;
  }

  /** The way to the object opened last. A key is a single node, so it stands right before its value. */
  #path(): Path {
    return this.#open.slice(1).map((node, i) => {
      return this.#tree.kind(this.#open[i]!) === MAPPING ? this.#tree.name(node - 1) : this.#counts[i]!;
    });
  }

  /** Refuses the token that stands here. */
  #fail(message: string): never {
    const text = this.#text;
    if (this.#at >= text.length) {
      throw new JsonError(
        Math.max(0, text.length - 1),
        text.length,
        'The JSON text ends before all that is open is closed.',
      );
    }
    const [token] = /^(?:[\w$.+-]+|\/\/|\/\*|.)/s.exec(text.slice(this.#at, this.#at + 80))!;
    throw new JsonError(this.#at, this.#at + token.length, HINTS.get(token) ?? message);
  }
}

const LITERAL = /(?:true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)(?![\w.+-])/y;

/** What to say of tokens that JSON never has. */
const HINTS: ReadonlyMap<string, string> = new Map([
  ['//', 'JSON has no comments.'],
  ['/*', 'JSON has no comments.'],
  ["'", 'Keys and strings stand in double quotes.'],
]);

/** Whether a number stands twice between two indexes. */
function hasTwice(numbers: Int32Array, from: number, to: number): boolean {
  if (to - from > 16) {
    const sorted = numbers.slice(from, to).sort();
    return sorted.some((number, i) => i > 0 && number === sorted[i - 1]);
  }
  for (let i = from; i < to; i++) {
    for (let j = i + 1; j < to; j++) if (numbers[i] === numbers[j]) return true;
  }
  return false;
}

/** The hash that `Scan` takes of a string without escape sequences. */
function hashOf(name: string): number {
  let hash = 0;
  for (let i = 0; i < name.length; i++) hash = (Math.imul(hash, 31) + name.charCodeAt(i)) | 0;
  return hash;
}

function nameOf(text: string, { start, end }: Span): string {
  const token = text.slice(start, end);
  return token.includes('\\') ? JSON.parse(token) : token.slice(1, -1);
}

function hexadecimal(code: number): string {
  return code.toString(16).toUpperCase().padStart(4, '0');
}
