import type { Range } from '../../text/place.ts';
import type { Source } from '../../text/source.ts';

/** The way from a document's root to a value: keys of objects, indexes of arrays. */
export type Path = readonly (string | number)[];

/** Offsets `[start, end)` in a document's source. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where a value stands: its own token or block and, in an object, its key. */
export interface Spot {
  readonly key: Span | null;
  readonly value: Span;
}

/** A sentence on what keeps the text from being read as YAML or JSON. */
export interface SyntaxProblem extends Span {
  readonly message: string;
}

/** A key that stands twice in one object. */
export interface DuplicateKey {
  readonly path: Path;
  readonly key: string;
  readonly first: Span;
  readonly again: Span;
}

/** A comment, its text without the `#`, and the node that it stands above or beside. */
export interface Comment {
  readonly text: string;
  readonly range: Range;
  /** The key and value that start on the comment's own line or, for a comment that has its line to itself, on the next. */
  readonly covers: Span | null;
}

/** One YAML or JSON file: plain values now, offsets when asked for. Never thrown away half-read: what is broken is in `syntax`. */
export interface Document {
  readonly source: Source;
  /** Plain objects, arrays, strings, numbers, booleans and null. Aliases are shared objects. */
  readonly value: unknown;
  readonly syntax: readonly SyntaxProblem[];
  readonly duplicates: readonly DuplicateKey[];
  /** Where the value at `path` stands; where there is none, its deepest ancestor that exists. */
  locate(path: Path): Spot;
  /** The values that aliases elsewhere in the document stand for as well: who changes one changes all. */
  shared(): readonly Span[];
  /** The comments of a YAML document; a JSON one has none. */
  comments(): readonly Comment[];
}
