import type { Edit } from '../src/text/fix.ts';
import type { Source } from '../src/text/source.ts';

/**
 * The texts that edits make of files, in the order of their paths.
 * @throws when two edits overlap
 */
export function edited(edits: readonly Edit[]): string[] {
  const files = new Map<Source, Edit[]>();
  for (const edit of edits) {
    const { source } = edit.range;
    files.set(source, [...(files.get(source) ?? []), edit]);
  }
  const ordered = [...files].sort(([a], [b]) => (a.path < b.path ? -1 : 1));
  return ordered.map(([{ text }, those]) => {
    const sorted = [...those].sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
    let result = '';
    let at = 0;
    for (const { range, text: written } of sorted) {
      if (range.start < at) throw new Error(`Two edits overlap at ${range.start}.`);
      result += text.slice(at, range.start) + written;
      at = range.end;
    }
    return result + text.slice(at);
  });
}
