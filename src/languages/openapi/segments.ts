import type { OpenApi } from './openapi.ts';
import { type Segment, segmentsOf } from './paths.ts';
import type { Pointer } from './pointer.ts';
import { type PathEntry, paths } from './select.ts';

/** A literal segment where it stands in a path. */
export interface PlacedSegment {
  readonly text: string;
  readonly entry: PathEntry;
  /** The key of the path. */
  readonly at: Pointer;
  readonly before: Segment | undefined;
  readonly after: Segment | undefined;
}

/** The literal segments of all paths, in the document's order, as often as they stand there. Empty ones are left out. */
export function literalSegments(api: OpenApi): readonly PlacedSegment[] {
  const known = api.memo.get(literalSegments) as readonly PlacedSegment[] | undefined;
  if (known) return known;
  const found = paths(api).flatMap((entry) => {
    const at = entry.at.onKey;
    return segmentsOf(entry.path).flatMap(({ text, literal }, i, all) =>
      literal && text !== '' ? [{ text, entry, at, before: all[i - 1], after: all[i + 1] }] : [],
    );
  });
  api.memo.set(literalSegments, found);
  return found;
}
