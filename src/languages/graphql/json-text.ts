/** JSON with the place of every value: what `JSON.parse` gives, and where it stands (RFC 8259). */

/** A value and the offsets where it begins and ends. Of equal keys the last counts. */
export type Json = JsonObject | JsonList | JsonScalar;

export interface JsonObject {
  readonly kind: 'object';
  readonly entries: Map<string, JsonEntry>;
  readonly start: number;
  end: number;
}

export interface JsonList {
  readonly kind: 'list';
  readonly items: Json[];
  readonly start: number;
  end: number;
}

export interface JsonScalar {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  readonly start: number;
  readonly end: number;
}

export interface JsonEntry {
  readonly key: JsonScalar;
  readonly value: Json;
}

/** What keeps a text from being JSON: a sentence without its full stop, and where it is. */
export interface JsonFault {
  readonly message: string;
  readonly offset: number;
}

/** Reads JSON, however deep. A byte order mark may stand before it. */
export function readJson(text: string): { readonly root: Json } | { readonly fault: JsonFault } {
  try {
    return { root: new Reader(text).read() };
  } catch (error) {
    if (error instanceof Unreadable) return { fault: error };
    throw error;
  }
}

/** What stands at a key, if `json` is an object that has it. */
export function entryAt(json: Json | undefined, key: string): JsonEntry | undefined {
  return json?.kind === 'object' ? json.entries.get(key) : undefined;
}

/** The value at a key, if `json` is an object that has it. */
export function valueAt(json: Json | undefined, key: string): Json | undefined {
  return entryAt(json, key)?.value;
}

class Unreadable extends Error implements JsonFault {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

const numbers = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const literals: readonly (readonly [string, boolean | null])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];

class Reader {
  readonly #text: string;
  /** The objects and lists that are not closed yet, the innermost last. */
  readonly #open: (JsonObject | JsonList)[] = [];
  #at: number;

  constructor(text: string) {
    this.#text = text;
    this.#at = text.startsWith('\uFEFF') ? 1 : 0;
  }

  read(): Json {
    const root = this.#value();
    for (let holder = this.#open.at(-1); holder; holder = this.#open.at(-1)) this.#goOn(holder);
    this.#space();
    if (this.#at < this.#text.length) throw this.#expected('nothing more');
    return root;
  }

  /** Reads the next member of what is open, or closes it. */
  #goOn(holder: JsonObject | JsonList): void {
    const [close, count] = holder.kind === 'object' ? ['}', holder.entries.size] : [']', holder.items.length];
    this.#space();
    if (this.#text[this.#at] === close) {
      holder.end = ++this.#at;
      this.#open.pop();
      return;
    }
    if (count > 0) {
      if (this.#text[this.#at] !== ',') throw this.#expected(`"," or "${close}"`);
      this.#at++;
    }
    if (holder.kind === 'list') {
      holder.items.push(this.#value());
      return;
    }
    const key = this.#key();
    holder.entries.set(key.value as string, { key, value: this.#value() });
  }

  #key(): JsonScalar {
    this.#space();
    if (this.#text[this.#at] !== '"') throw this.#expected('a key in double quotes');
    const key = this.#string();
    this.#space();
    if (this.#text[this.#at] !== ':') throw this.#expected('":"');
    this.#at++;
    return key;
  }

  /** The next value; an object or a list is opened, and filled later. */
  #value(): Json {
    this.#space();
    const start = this.#at;
    const first = this.#text[start];
    if (first === '"') return this.#string();
    if (first === '{' || first === '[') {
      this.#at++;
      const holder: JsonObject | JsonList =
        first === '{'
          ? { kind: 'object', entries: new Map(), start, end: this.#at }
          : { kind: 'list', items: [], start, end: this.#at };
      this.#open.push(holder);
      return holder;
    }
    return this.#numberOrLiteral(start);
  }

  #numberOrLiteral(start: number): JsonScalar {
    for (const [word, value] of literals) {
      if (!this.#text.startsWith(word, start)) continue;
      this.#at += word.length;
      return { kind: 'scalar', value, start, end: this.#at };
    }
    numbers.lastIndex = start;
    const written = numbers.exec(this.#text)?.[0];
    if (written === undefined) throw this.#expected('a value');
    this.#at += written.length;
    return { kind: 'scalar', value: Number(written), start, end: this.#at };
  }

  #string(): JsonScalar {
    const start = this.#at;
    const end = this.#text.indexOf('"', start + 1);
    const value = this.#text.slice(start + 1, end);
    if (end < 0 || needsCare.test(value)) return this.#carefulString(start);
    this.#at = end + 1;
    return { kind: 'scalar', value, start, end: this.#at };
  }

  /** A string with escapes, or one that is none. */
  #carefulString(start: number): JsonScalar {
    let end = start + 1;
    for (let code = this.#text.charCodeAt(end); code !== 34; code = this.#text.charCodeAt(end)) {
      if (end >= this.#text.length) throw new Unreadable('Unterminated string', start);
      if (code < 32) throw new Unreadable('Expected a line break or control character in a string to be escaped', end);
      if (code === 92 && !isEscape(this.#text, end)) {
        throw new Unreadable('Expected an escape such as `\\n` or `\\u00e9`', end);
      }
      end += code === 92 ? 2 : 1;
    }
    this.#at = end + 1;
    return { kind: 'scalar', value: JSON.parse(this.#text.slice(start, this.#at)) as string, start, end: this.#at };
  }

  #space(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return;
      this.#at++;
    }
  }

  #expected(what: string): Unreadable {
    const found = this.#text[this.#at];
    return new Unreadable(`Expected ${what}, found ${found === undefined ? 'the end' : `"${found}"`}`, this.#at);
  }
}

/** What a string holds that is more than its letters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them in strings
const needsCare = /[\\\u0000-\u001f]/;
const escapes = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;

function isEscape(text: string, at: number): boolean {
  escapes.lastIndex = at;
  return escapes.test(text);
}
