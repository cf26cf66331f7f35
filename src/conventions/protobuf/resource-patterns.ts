/** What the patterns of resource names are made of: `publishers/{publisher}/books/{book}` (AIP-122). */

/** A part between slashes: a collection's name or, with variables, an id. */
export interface Segment {
  readonly text: string;
  /** The names in braces: one of `{book}`, two of `{shelf}~{book}`, none of a literal. */
  readonly variables: readonly string[];
}

/** The parts of a pattern, in their order. */
export function segmentsOf(pattern: string): Segment[] {
  return pattern.split('/').map((text) => ({
    text,
    variables: [...text.matchAll(/\{([^{}=]*)[^{}]*\}/g)].map(([, name]) => name!.trim()),
  }));
}

/** Whether a part stands for an id. */
export function isVariable({ variables }: Segment): boolean {
  return variables.length > 0;
}

/** Whether a pattern is that of the one resource of its kind in its parent, as `users/{user}/settings`. */
export function isSingleton(pattern: string): boolean {
  const segments = segmentsOf(pattern);
  return segments.length > 2 && !isVariable(segments.at(-1)!) && segments.at(-1)!.text !== '*';
}

/**
 * The last collection of a pattern with the variable of its id, and the ids that stand before it.
 * @returns null for singletons, for `*`, and where the last id is made of several
 */
export function lastCollection(pattern: string): { collection: string; variable: string; parents: string[] } | null {
  const segments = segmentsOf(pattern);
  const [collection, id] = segments.slice(-2);
  if (!collection || !id || isVariable(collection) || id.variables.length !== 1) return null;
  const parents = segments.slice(0, -2).flatMap(({ variables }) => [...variables]);
  return { collection: collection.text, variable: id.variables[0]!, parents };
}
