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
  /** The token to underline. */
  range(): Range;
}
