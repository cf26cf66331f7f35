import type { DuplicateKey, Path, SyntaxProblem } from '../document.ts';
import { duplicatesIn } from './duplicates.ts';
import { plainScalar } from './plain-scalar.ts';
import { ALIAS, ITEM, KEY, type Kind, MAPPING, MERGE, ROOT, type Role, SCALAR, SEQUENCE, Tree, VALUE } from './tree.ts';

/** How deep objects and arrays may nest, aliases counted as what they stand for: whoever walks a document may recurse. */
export const MAX_DEPTH = 1000;

/** How many values all aliases of a document may stand for: what a few lines can make billions of (“billion laughs”). */
const MAX_ALIASED = 1_000_000;

/** Thrown by `Construction` at a collection that nests too deep; readers turn it into a syntax problem. */
export class TooDeep extends Error {
  readonly offset: number;

  constructor(offset: number) {
    super(`The document nests deeper than ${MAX_DEPTH} levels.`);
    this.offset = offset;
  }
}

/** What precedes a node: `tag` as `int` for `!!int`, as written for others, and the anchor's name; empty where there is none. */
export interface Properties {
  readonly tag: string;
  readonly anchor: string;
  /** The offset behind both; -1 where there is none. */
  readonly end: number;
}

/** A document as its readers leave it. */
export interface Content {
  readonly value: unknown;
  readonly tree: Tree;
  readonly syntax: readonly SyntaxProblem[];
  readonly duplicates: readonly DuplicateKey[];
}

type Scalar = string | number | boolean | null;

/** What is known of a value beyond itself: how many values it holds and how deep, aliases counted as what they stand for. */
interface Extent {
  size: number;
  height: number;
}

/** A node that aliases may stand for. An open one has not been read to its end. */
interface Anchor extends Extent {
  value: unknown;
  readonly node: number;
  open: boolean;
}

/** A mapping or sequence that is being read. */
interface Frame extends Extent {
  readonly node: number;
  readonly object: Record<string, unknown> | null;
  readonly array: unknown[] | null;
  readonly brackets: boolean;
  readonly anchor: Anchor | null;
  /** The property that waits for its value, or null while a key is due. */
  key: string | null;
  merging: boolean;
  /** Keys that came through `<<` and may be written over. */
  merged: Set<string> | null;
  hasDuplicates: boolean;
}

/**
 * Makes a YAML document's values, and the tree of their places, from its nodes, which are told in the order of the text.
 * It does not care which parser tells them.
 */
export class Construction {
  readonly #text: string;
  readonly #tree = new Tree((key) => this.#names[key]!);
  readonly #names: string[] = [];
  readonly #frames: Frame[] = [];
  readonly #anchors = new Map<string, Anchor>();
  readonly #syntax: SyntaxProblem[] = [];
  readonly #duplicates: DuplicateKey[] = [];
  #root: unknown;
  #lastStart = 0;
  #lastEnd = 0;
  #aliased = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** A scalar with its token's offsets; `plain` when it is not quoted. */
  scalar(start: number, end: number, text: string, plain: boolean, properties: Properties): void {
    const { tag } = properties;
    const isMerge = plain && text === '<<' && tag === '' && this.#keyIsDue();
    const node = this.#add(SCALAR, start, end, isMerge);
    const value = tag === '' ? (plain && !isMerge ? plainScalar(text) : text) : this.#tagged(tag, text, plain, node);
    if (properties.anchor !== '')
      this.#anchors.set(properties.anchor, { value, node, open: false, size: 1, height: 0 });
    this.#put(value, node, 1, 0);
  }

  /** A scalar of which nothing is written, as the value in `key:`. */
  empty(properties: Properties): void {
    const at = properties.end === -1 ? this.#emptyAt() : properties.end;
    this.scalar(at, at, '', true, properties);
  }

  /**
   * Begins a mapping or sequence.
   * @param brackets whether it stands in brackets of its own
   */
  open(kind: typeof MAPPING | typeof SEQUENCE, start: number, brackets: boolean, properties: Properties): void {
    if (this.#frames.length >= MAX_DEPTH) throw new TooDeep(start);
    const node = this.#add(kind, start, start, false);
    this.#lastEnd = Math.max(this.#lastEnd, brackets ? start + 1 : start);
    const object = kind === MAPPING ? {} : null;
    const array = kind === SEQUENCE ? [] : null;
    let anchor: Anchor | null = null;
    if (properties.anchor !== '') {
      anchor = { value: object ?? array, node, open: true, size: 1, height: 1 };
      this.#anchors.set(properties.anchor, anchor);
    }
    if (properties.tag !== '') this.#checkCollectionTag(properties.tag, kind, node);
    this.#frames.push({
      node,
      object,
      array,
      brackets,
      anchor,
      key: null,
      merging: false,
      merged: null,
      hasDuplicates: false,
      size: 1,
      height: 1,
    });
  }

  /** Ends the mapping or sequence begun last, at `end`, or with -1 behind its last token. */
  close(end: number): void {
    const frame = this.#frames.at(-1)!;
    if (frame.key !== null) this.empty({ tag: '', anchor: '', end: -1 });
    if (end === -1) end = frame.brackets ? this.#bracketEnd(frame.object ? '}' : ']') : this.#lastEnd;
    this.#lastEnd = Math.max(this.#lastEnd, end);
    this.#tree.close(frame.node, this.#lastEnd);
    if (frame.hasDuplicates) {
      for (const duplicate of duplicatesIn(this.#tree, frame.node, this.#path())) this.#duplicates.push(duplicate);
    }
    this.#frames.pop();
    if (frame.anchor) {
      frame.anchor.open = false;
      frame.anchor.size = frame.size;
      frame.anchor.height = frame.height;
    }
    this.#put(frame.object ?? frame.array, frame.node, frame.size, frame.height);
  }

  /** An alias; its offsets include the `*`. */
  alias(start: number, end: number, name: string): void {
    const node = this.#add(ALIAS, start, end, false);
    const anchor = this.#anchors.get(name);
    const refusal = this.#refusal(anchor, name);
    if (refusal !== null || !anchor) {
      if (refusal) this.#complain(node, refusal);
      this.#put(null, node, 1, 0);
      return;
    }
    this.#aliased += anchor.size;
    this.#tree.alias(node, anchor.node);
    this.#put(anchor.value, node, anchor.size, anchor.height);
  }

  /** The offset behind the last token told. */
  get lastEnd(): number {
    return this.#lastEnd;
  }

  /** The document, once all is told; where nothing was, its value is undefined. */
  finish(): Content {
    if (this.#tree.size === 0) this.#tree.add(SCALAR, ROOT, 0, 0);
    this.#duplicates.sort((a, b) => a.again.start - b.again.start);
    return { value: this.#root, tree: this.#tree, syntax: this.#syntax, duplicates: this.#duplicates };
  }

  /** Adds a node to the tree; keeps starts in order even where a broken text's nodes are not. */
  #add(kind: Kind, start: number, end: number, isMerge: boolean): number {
    const frame = this.#frames.at(-1);
    const from = Math.max(start, this.#lastStart);
    const role: Role = !frame ? ROOT : frame.array ? ITEM : frame.key !== null ? VALUE : isMerge ? MERGE : KEY;
    const node = this.#tree.add(kind, role, from, Math.max(from, end));
    if (frame?.object && !frame.brackets && node === frame.node + 1) this.#tree.startAt(frame.node, from);
    this.#lastStart = from;
    this.#lastEnd = Math.max(this.#lastEnd, from, end);
    this.#names.push('');
    return node;
  }

  #put(value: unknown, node: number, size: number, height: number): void {
    const frame = this.#frames.at(-1);
    if (!frame) {
      this.#root = value;
      return;
    }
    frame.size += size;
    if (height >= frame.height) frame.height = height + 1;
    if (frame.array) {
      frame.array.push(value);
    } else if (frame.key === null) {
      frame.key = this.#names[node] = this.#keyName(value, node);
      frame.merging = this.#tree.role(node) === MERGE;
    } else {
      if (frame.merging) this.#merge(frame, value, node);
      else this.#set(frame, frame.key, value);
      frame.key = null;
    }
  }

  #set(frame: Frame, key: string, value: unknown): void {
    const object = frame.object!;
    if (Object.hasOwn(object, key) && !frame.merged?.delete(key)) frame.hasDuplicates = true;
    setOwn(object, key, value);
  }

  /** Properties are spelled as JavaScript spells the value. */
  #keyName(value: unknown, node: number): string {
    if (value === null || typeof value !== 'object') return String(value);
    this.#complain(node, 'A key must be a string, not an object or array; quote it.');
    const { start, end } = this.#tree.span(node);
    return this.#text.slice(start, end);
  }

  /** Copies what stands behind `<<`: a mapping, or several, of which earlier ones count first. */
  #merge(frame: Frame, value: unknown, node: number): void {
    const object = frame.object!;
    for (const source of Array.isArray(value) ? value : [value]) {
      if (source === null) continue;
      if (typeof source !== 'object' || Array.isArray(source)) {
        this.#complain(node, '`<<` merges objects; this is not one.');
        return;
      }
      for (const key of Object.keys(source)) {
        if (Object.hasOwn(object, key)) continue;
        setOwn(object, key, source[key]);
        frame.merged ??= new Set();
        frame.merged.add(key);
      }
    }
  }

  /** Why an alias cannot be followed; null when it can, empty when that was said before. */
  #refusal(anchor: Anchor | undefined, name: string): string | null {
    if (!anchor) return `The alias \`*${name}\` has no anchor \`&${name}\` before it.`;
    if (anchor.open) return `The alias \`*${name}\` stands inside of what it stands for.`;
    if (this.#frames.length + anchor.height > MAX_DEPTH) {
      return `With what the alias \`*${name}\` stands for, the document nests deeper than ${MAX_DEPTH} levels.`;
    }
    if (this.#aliased > MAX_ALIASED) return '';
    if (this.#aliased + anchor.size <= MAX_ALIASED) return null;
    this.#aliased = MAX_ALIASED + 1;
    return `The aliases up to here stand for more than ${MAX_ALIASED} values; this one and all that follow are read as null.`;
  }

  #tagged(tag: string, text: string, plain: boolean, node: number): Scalar {
    if (!KNOWN_TAGS.has(tag)) {
      this.#complain(
        node,
        `The tag \`${tag}\` has no meaning here; what it stands at is read as if it were not there.`,
      );
      return plain ? plainScalar(text) : text;
    }
    const isOf = SCALAR_TAGS[tag];
    if (!isOf) return text;
    const value = plainScalar(text);
    if (isOf(value)) return tag === 'float' ? Number(value) : value;
    this.#complain(node, `\`${text.slice(0, 40)}\` is no ${tag}, as its tag says it is.`);
    return text;
  }

  #checkCollectionTag(tag: string, kind: Kind, node: number): void {
    if (!KNOWN_TAGS.has(tag)) {
      this.#complain(
        node,
        `The tag \`${tag}\` has no meaning here; what it stands at is read as if it were not there.`,
      );
    } else if ((kind === MAPPING ? ['seq', 'omap', 'pairs'] : ['map', 'set']).includes(tag) || tag in SCALAR_TAGS) {
      this.#complain(
        node,
        `This is a ${kind === MAPPING ? 'mapping' : 'sequence'}, not a ${tag}, as its tag says it is.`,
      );
    }
  }

  /** Points at a node, at no more than its first letter while it is open. */
  #complain(node: number, message: string): void {
    const { start, end } = this.#tree.span(node);
    this.#syntax.push({ start, end: Math.min(this.#text.length, Math.max(end, start + 1)), message });
  }

  #keyIsDue(): boolean {
    const frame = this.#frames.at(-1);
    return frame !== undefined && frame.object !== null && frame.key === null;
  }

  /** An empty value stands behind its `:` or `-`, where there is one. */
  #emptyAt(): number {
    const frame = this.#frames.at(-1);
    const indicator = !frame || this.#keyIsDue() ? '' : frame.array ? '-' : ':';
    const at = nextToken(this.#text, this.#lastEnd);
    return indicator !== '' && this.#text[at] === indicator ? at + 1 : this.#lastEnd;
  }

  #bracketEnd(bracket: string): number {
    let at = nextToken(this.#text, this.#lastEnd);
    while (at < this.#text.length && this.#text[at] !== bracket) at = nextToken(this.#text, at + 1);
    return Math.min(at + 1, this.#text.length);
  }

  /** The way to the mapping or sequence begun last. */
  #path(): Path {
    return this.#frames.slice(0, -1).map((frame) => frame.key ?? frame.array?.length ?? '');
  }
}

/**
 * The offsets of a block scalar: from its `|` or `>` to the end of its content, without the line breaks at its end.
 * @param from an offset at or before the indicator, behind the last token
 * @param end an offset behind the content
 */
export function blockScalarSpan(text: string, from: number, end: number): { start: number; end: number } {
  let start = nextToken(text, from);
  while (start < text.length && text[start] !== '|' && text[start] !== '>') start = nextToken(text, start + 1);
  let headerEnd = start + 1;
  while (/[-+0-9]/.test(text[headerEnd] ?? '')) headerEnd++;
  let lineEnd = headerEnd;
  while (lineEnd < text.length && !isLineBreak(text.charCodeAt(lineEnd))) lineEnd++;
  let contentEnd = Math.min(end, text.length);
  for (let at = contentEnd; at > lineEnd && isBlank(text.charCodeAt(at - 1)); at--) {
    // Blanks behind the last word belong to the content; the lines that follow it don't.
    if (isLineBreak(text.charCodeAt(at - 1))) contentEnd = at - 1;
  }
  return { start, end: contentEnd > lineEnd ? contentEnd : headerEnd };
}

/** The first offset from `at` on that holds neither white space nor a comment. */
function nextToken(text: string, at: number): number {
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 35 && (at === 0 || isBlank(text.charCodeAt(at - 1)))) {
      while (at + 1 < text.length && !isLineBreak(text.charCodeAt(at + 1))) at++;
    } else if (!isBlank(code)) {
      break;
    }
  }
  return at;
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9 || isLineBreak(code);
}

function isLineBreak(code: number): boolean {
  return code === 10 || code === 13;
}

/** Sets an own property, even one named `__proto__`. */
function setOwn(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') object[key] = value;
  else Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}

/** The tags of YAML 1.1 and 1.2, without their prefix; what has no type in JSON is read as the text or collection it is. */
const KNOWN_TAGS = new Set(
  ['!', 'str', 'int', 'float', 'bool', 'null', 'map', 'seq'].concat(['binary', 'timestamp', 'set', 'omap', 'pairs']),
);

const SCALAR_TAGS: Readonly<Record<string, (value: Scalar) => boolean>> = {
  int: (value) => typeof value === 'number' && Number.isInteger(value),
  float: (value) => typeof value === 'number',
  bool: (value) => typeof value === 'boolean',
  null: (value) => value === null,
};
