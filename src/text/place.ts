import type { Source } from './source.ts';

/** A half-open range of offsets in a source. */
export interface Range {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
}

/**
 * What a finding points at. Cheap to make and to pass around: the range is worked out only when a finding is printed.
 */
export interface Place {
  /** The element's name in its language: a JSON pointer (`#/paths/~1users/get`), a schema coordinate, a full name. */
  readonly element: string;
  /**
   * What the element is known by from one run to the next, where its name holds what an edit elsewhere changes: the numbers of
   * list items, the path of the file.
   */
  readonly identity?: string | undefined;
  /** The token to underline. */
  range(): Range;
}
