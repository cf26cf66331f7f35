import type { Range } from './place.ts';

/** A text to put in the place of a range. An empty range inserts, an empty text deletes. */
export interface Edit {
  readonly range: Range;
  readonly text: string;
}

/** What mends a problem. Cheap to make: the edits are worked out only when somebody wants them. */
export interface Fix {
  /** What it does, in the imperative, without a full stop: ``Remove the `/` at the end``. */
  readonly title: string;
  /** Whether nothing changes for those who call the API. What is not safe is done with `--unsafe-fixes` alone. */
  readonly safe: boolean;
  /** Edits that belong together and do not overlap. None where the document is written in a way in which this cannot be mended. */
  edits(): readonly Edit[];
}
