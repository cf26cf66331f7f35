/** A part of a path between slashes. */
export interface Segment {
  readonly text: string;
  /** The names of its placeholders. */
  readonly placeholders: readonly string[];
  /** Whether it has no placeholder. */
  readonly literal: boolean;
}

/**
 * The segments of a path template (OpenAPI "Path Templating"), without query and fragment. An empty segment at the end,
 * as in `/users/`, is left out; others are kept.
 */
export function segmentsOf(path: string): readonly Segment[] {
  let segments = known.get(path);
  if (!segments) {
    if (known.size >= mostKnown) known.clear();
    segments = readSegments(path);
    known.set(path, segments);
  }
  return segments;
}

/** Dozens of rules ask for the segments of the same paths. */
const known = new Map<string, readonly Segment[]>();
const mostKnown = 10_000;

function readSegments(path: string): Segment[] {
  const texts = path.replace(/[?#].*$/s, '').split('/');
  if (texts[0] === '') texts.shift();
  if (texts.at(-1) === '') texts.pop();
  return texts.map((text) => {
    const placeholders = placeholdersOf(text);
    return { text, placeholders, literal: placeholders.length === 0 };
  });
}

/** The names between braces, in order, twice where they stand twice. */
export function placeholdersOf(path: string): string[] {
  if (!path.includes('{')) return [];
  return [...path.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1]!);
}

/** The last segment, or undefined for `/`. */
export function lastSegment(path: string): Segment | undefined {
  return segmentsOf(path).at(-1);
}

/** Whether a path addresses one item: it ends in a placeholder. */
export function isItemPath(path: string): boolean {
  const last = lastSegment(path);
  return last !== undefined && !last.literal;
}
