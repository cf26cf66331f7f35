import type { Source } from '../../text/source.ts';
import { type Content, MAX_DEPTH, TooDeep } from './construction.ts';
import type { DuplicateKey, Path, SyntaxProblem } from './document.ts';
import { duplicatesIn } from './duplicates.ts';
import { ITEM, KEY, MAPPING, ROOT, SCALAR, SEQUENCE, Tree, VALUE } from './tree.ts';

/** A document, or the first reason why there is none. */
export type JsonResult = { readonly content: Content } | { readonly refused: SyntaxProblem; readonly tooDeep: boolean };

/** Reads JSON (RFC 8259), which a byte-order mark may precede. Never throws. */
export function readJson(source: Source): JsonResult {
  const { text } = source;
  let value: unknown;
  try {
    value = JSON.parse(text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text);
  } catch {
    value = undefined;
  }
  const { tree, duplicates, refused, tooDeep } = new Scan(text).run();
  if (refused) return { refused, tooDeep };
  if (value === undefined) {
    const message = 'The text is too large to be read as JSON.';
    return { refused: { start: 0, end: Math.min(1, text.length), message }, tooDeep: true };
  }
  return { content: { value, tree, syntax: [], duplicates } };
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

/** One pass over a JSON text: where its nodes stand, keys that stand twice, and the first error if there is one. */
class Scan {
  readonly #text: string;
  readonly #tree: Tree;
  readonly #duplicates: DuplicateKey[] = [];
  /** The open objects and arrays; of each object the keys so far, as hashes, on one stack. */
  readonly #open: number[] = [];
  readonly #firstHash: number[] = [];
  #hashes = new Int32Array(64);
  #hashCount = 0;
  #hash = 0;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tree = new Tree((key) => keyName(text, this.#tree.span(key)));
  }
}
