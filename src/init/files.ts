/** A file that `init` is to write: its path, relative to the working directory, and its whole text. */
export interface NewFile {
  readonly path: string;
  readonly text: string;
  /** What stands there now, where the new text comes of it; null when the file is to be new. */
  readonly before: string | null;
}

/** Something of another tool's configuration that could not be carried over as it was, and why. */
export interface Left {
  readonly what: string;
  readonly why: string;
}
