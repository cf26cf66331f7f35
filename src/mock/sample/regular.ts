import type { Random } from '../random.ts';

/** A part of a regular expression (ECMA-262) as far as it says what a text that matches looks like. */
type Part =
  | { readonly kind: 'any'; readonly of: readonly Part[] }
  | { readonly kind: 'row'; readonly of: readonly Part[] }
  | { readonly kind: 'times'; readonly of: Part; readonly min: number; readonly max: number }
  | { readonly kind: 'group'; readonly of: Part; readonly number: number; readonly name: string | undefined }
  /** A positive lookahead. */
  | { readonly kind: 'ahead'; readonly of: Part }
  | { readonly kind: 'back'; readonly to: number | string }
  | { readonly kind: 'class'; readonly source: string }
  | { readonly kind: 'text'; readonly text: string };

/** How a text is to be made of a pattern. */
export interface Making {
  readonly random: Random;
  /** How often open repetitions repeat beyond what they must: up to so often, or exactly. */
  readonly more: number;
  readonly exactly: boolean;
  /** Whether classes give all their characters rather than letters and digits where they can. */
  readonly wild: boolean;
  /** Whether what lookaheads ask for is put at the end. */
  readonly ahead: boolean;
}

/**
 * A text made after a pattern; undefined when the pattern is not understood. What surrounds it (lookbehinds, anchors in odd
 * places) is not heeded: whoever asks tests the text with the pattern.
 */
export function textOf(pattern: string, making: Making): string | undefined {
  const part = partOf(pattern);
  if (!part) return undefined;
  const writer = new Writer(making);
  writer.write(part);
  return writer.text + writer.ahead;
}

/** No text is made longer than this, in UTF-16 code units. */
const longest = 20_000;

class Writer {
  text = '';
  /** What lookaheads ask for. */
  ahead = '';
  readonly #making: Making;
  readonly #groups = new Map<number | string, string>();

  constructor(making: Making) {
    this.#making = making;
  }

  write(part: Part): void {
    if (this.text.length > longest) return;
    const { random } = this.#making;
    switch (part.kind) {
      case 'text':
        this.text += part.text;
        break;
      case 'class':
        this.text += random.pick(charactersOf(part.source, this.#making.wild)) ?? '';
        break;
      case 'row':
        for (const each of part.of) this.write(each);
        break;
      case 'any': {
        const chosen = random.pick(part.of);
        if (chosen) this.write(chosen);
        break;
      }
      case 'times':
        for (let left = this.#times(part.min, part.max); left > 0 && this.text.length <= longest; left--) {
          this.write(part.of);
        }
        break;
      case 'group': {
        const start = this.text.length;
        this.write(part.of);
        const made = this.text.slice(start);
        this.#groups.set(part.number, made);
        if (part.name !== undefined) this.#groups.set(part.name, made);
        break;
      }
      case 'ahead':
        if (this.#making.ahead) this.#writeAhead(part.of);
        break;
      case 'back':
        this.text += this.#groups.get(part.to) ?? '';
    }
  }

  #writeAhead(part: Part): void {
    const { text } = this;
    this.text = '';
    this.write(part);
    this.ahead += this.text;
    this.text = text;
  }

  #times(min: number, max: number): number {
    const { random, more, exactly } = this.#making;
    const most = Math.min(max, min + more);
    return exactly ? most : random.integer(min, most);
  }
}

const parsed = new Map<string, Part | null>();

function partOf(pattern: string): Part | null {
  const known = parsed.get(pattern);
  if (known !== undefined) return known;
  if (parsed.size > 2_000) parsed.clear();
  const part = new Reader(pattern).read();
  parsed.set(pattern, part);
  return part;
}

/** Groups nested deeper than this are not read. */
const deepest = 100;

/** Reads patterns. What is no pattern at all gives null. */
class Reader {
  readonly #source: string;
  #index = 0;
  #groups = 0;

  constructor(source: string) {
    this.#source = source;
  }

  read(): Part | null {
    const part = this.#alternatives(0);
    return part && this.#index >= this.#source.length ? part : null;
  }

  #alternatives(depth: number): Part | null {
    if (depth > deepest) return null;
    const of: Part[] = [];
    do {
      const row = this.#row(depth);
      if (!row) return null;
      of.push(row);
    } while (this.#take('|'));
    return of.length === 1 ? of[0]! : { kind: 'any', of };
  }

  #row(depth: number): Part | null {
    const of: Part[] = [];
    while (this.#index < this.#source.length && !'|)'.includes(this.#source[this.#index]!)) {
      const atom = this.#atom(depth);
      if (!atom) return null;
      of.push(this.#repeated(atom));
    }
    return { kind: 'row', of };
  }

  #repeated(of: Part): Part {
    const match = /^(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})\??/.exec(this.#source.slice(this.#index, this.#index + 40));
    if (!match) return of;
    this.#index += match[0].length;
    const open = Number.POSITIVE_INFINITY;
    if (match[1] === '*') return { kind: 'times', of, min: 0, max: open };
    if (match[1] === '+') return { kind: 'times', of, min: 1, max: open };
    if (match[1] === '?') return { kind: 'times', of, min: 0, max: 1 };
    const min = Number(match[2]);
    const max = match[3] === undefined ? min : match[4] === '' ? open : Number(match[4]);
    return { kind: 'times', of, min, max };
  }

  #atom(depth: number): Part | null {
    const character = this.#source[this.#index]!;
    if (character === '(') return this.#group(depth);
    if (character === '[') return this.#class();
    if (character === '\\') return this.#escape();
    const text = String.fromCodePoint(this.#source.codePointAt(this.#index)!);
    this.#index += text.length;
    if (text === '^' || text === '$') return empty;
    return text === '.' ? { kind: 'class', source: '.' } : { kind: 'text', text };
  }

  #group(depth: number): Part | null {
    const opening = /^\((?:\?(?:<?[=!]|:|<([^>]+)>))?/.exec(this.#source.slice(this.#index, this.#index + 200))!;
    this.#index += opening[0].length;
    const captures = opening[0] === '(' || opening[1] !== undefined;
    const number = captures ? ++this.#groups : 0;
    const of = this.#alternatives(depth + 1);
    if (!of || !this.#take(')')) return null;
    if (opening[0] === '(?=') return { kind: 'ahead', of };
    if (/[=!]$/.test(opening[0])) return empty;
    return captures ? { kind: 'group', of, number, name: opening[1] } : of;
  }

  #class(): Part | null {
    const start = this.#index;
    for (let i = start + 1; i < this.#source.length; i++) {
      if (this.#source[i] === '\\') i++;
      else if (this.#source[i] === ']') {
        this.#index = i + 1;
        return { kind: 'class', source: this.#source.slice(start, i + 1) };
      }
    }
    return null;
  }

  #escape(): Part | null {
    const match = escapes.exec(this.#source.slice(this.#index, this.#index + 80));
    if (!match) return null;
    this.#index += match[0].length;
    const [whole, back, name, kind] = match;
    if (back !== undefined) return { kind: 'back', to: Number(back) };
    if (name !== undefined) return { kind: 'back', to: name };
    if (kind !== undefined) return empty;
    return { kind: 'class', source: whole };
  }

  #take(character: string): boolean {
    if (this.#source[this.#index] !== character) return false;
    this.#index++;
    return true;
  }
}

const empty: Part = { kind: 'row', of: [] };

/** Back references by number and name, word boundaries, then classes and single characters in all spellings. */
const escapes =
  /^\\(?:([1-9]\d?)|k<([^>]+)>|([bB])|[pP]\{[^}]+\}|u\{[\da-fA-F]+\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|c[A-Za-z]|[\s\S])/;

const known = new Map<string, readonly string[]>();

/** The characters of a class, as the engine itself has it; without `wild` only letters and digits where there are any. */
function charactersOf(source: string, wild: boolean): readonly string[] {
  const key = `${wild ? '*' : ' '}${source}`;
  let found = known.get(key);
  if (!found) {
    if (known.size > 2_000) known.clear();
    found = findCharacters(source, wild);
    known.set(key, found);
  }
  return found;
}

function findCharacters(source: string, wild: boolean): readonly string[] {
  const expression = compile(`^${source}$`);
  if (!expression) return [];
  const among = (first: number, last: number): string[] => {
    const found: string[] = [];
    for (let code = first; code <= last && found.length < 300; code++) {
      if (code >= 0xd800 && code <= 0xdfff) continue;
      const text = String.fromCodePoint(code);
      if (expression.test(text)) found.push(text);
    }
    return found;
  };
  const printable = among(32, 126);
  const plain = printable.filter((text) => /[A-Za-z0-9]/.test(text));
  if (plain.length > 0 && !wild) return plain;
  if (printable.length > 0) return printable;
  for (const [first, last] of [
    [0xa0, 0x2fff],
    [0, 31],
    [0x3000, 0xffff],
    [0x10000, 0x1ffff],
  ] as const) {
    const found = among(first, last);
    if (found.length > 0) return found;
  }
  return [];
}

function compile(source: string): RegExp | null {
  for (const flags of ['u', '']) {
    try {
      return new RegExp(source, flags);
    } catch {
      // Tried again without the flag, and given up after that.
    }
  }
  return null;
}
