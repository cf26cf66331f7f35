/** Edits of whole lines: what languages have in common whose texts are made of them. */
import type { Edit } from './fix.ts';
import type { Range } from './place.ts';
import type { Source } from './source.ts';

/** Offsets `[start, end)` in a text. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** The edit that puts a text in the place of a range. */
export function replacement({ source, start, end }: Range, text: string): Edit {
  return { range: { source, start, end }, text };
}

/** The edit that puts a text before `offset`. */
export function insertion(source: Source, offset: number, text: string): Edit {
  return { range: { source, start: offset, end: offset }, text };
}

/** How the first line of a text ends; `\n` where there is but one. */
export function lineBreakOf({ text }: Source): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
}

/** The white space before `offset` when nothing else stands before it on its line; else null. */
export function indentationAt(source: Source, offset: number): string | null {
  const before = source.text.slice(lineStartOf(source, offset), offset).replace(/^\uFEFF/, '');
  return /^[ \t]*$/.test(before) ? before : null;
}

/** The offset of the line break that ends the line of `offset`, or of the text's end. */
export function lineEndOf({ text }: Source, offset: number): number {
  let end = offset;
  while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end++;
  return end;
}

/**
 * The edit that takes out a stretch: with its lines where nothing else stands on them, and with the blank line above where another
 * one, or the end, is below; else with the white space before it.
 * @param filler more characters that go with what stands amid a line, as commas
 */
export function removal(source: Source, { start, end }: Span, filler = ''): Edit {
  const { text } = source;
  const stop = lineEndOf(source, end);
  const rest = text.slice(end, stop);
  if (indentationAt(source, start) === null || !isBlank(rest, filler)) {
    let from = start;
    while (from > 0 && (/[ \t]/.test(text[from - 1]!) || filler.includes(text[from - 1]!))) from--;
    // At the beginning of a line there is nothing to take from before.
    return { range: { source, start: from === lineStartOf(source, start) ? start : from, end }, text: '' };
  }
  const first = text.startsWith('\uFEFF') ? 1 : 0;
  let from = Math.max(first, lineStartOf(source, start));
  let to = afterBreak(text, stop);
  const isBlankBelow = isBlank(text.slice(to, lineEndOf(source, to)), '');
  if (from === first && isBlankBelow) to = afterBreak(text, lineEndOf(source, to));
  // The one above rather than the one below, so that neighbours can be taken out at the same time.
  else if (from > first && isBlankBelow && isBlank(source.line(source.position(from).line - 1), '')) {
    from = lineStartOf(source, from - 1);
  }
  return { range: { source, start: from, end: to }, text: '' };
}

/**
 * The edits that put the members of a list in another order, each with the comments that belong to it. None where a comment may
 * belong to several of them, or where comments and members share lines.
 * @param members as they stand
 * @param order the numbers of the members as they are to stand
 * @param comments all between the braces around the list, or at least from the lines above it to the end of its last line
 */
export function reordering(
  source: Source,
  members: readonly Span[],
  order: readonly number[],
  comments: readonly Span[],
): readonly Edit[] {
  const spans = withComments(source, members, comments);
  if (!spans?.every((span) => isApart(source.text, span))) return [];
  return order.flatMap((from, to) =>
    from === to
      ? []
      : [replacement({ source, ...spans[to]! }, source.text.slice(spans[from]!.start, spans[from]!.end))],
  );
}

/** Whether a stretch may stand beside others: letters and quotes would run together. */
function isApart(text: string, { start, end }: Span): boolean {
  return !/[\w"]/.test(text.charAt(start - 1) + text.charAt(end));
}

function withComments(source: Source, members: readonly Span[], all: readonly Span[]): readonly Span[] | null {
  const first = members[0]!;
  const stop = lineEndOf(source, members.at(-1)!.end);
  const start = leadOf(source, first, all).start;
  const comments = all.filter((comment) => comment.start >= start && comment.start < stop);
  if (comments.length === 0) return members;
  let taken = 0;
  const spans: Span[] = [];
  for (const member of members) {
    const lead = leadOf(source, member, comments);
    const end = lineEndOf(source, member.end);
    const behind = comments.filter((comment) => comment.start >= member.end && comment.start < end);
    const gap = source.text.slice(member.end, behind[0]?.start ?? end);
    const isAlone = indentationAt(source, member.start) !== null && /^[ \t,;]*$/.test(gap);
    if (!isAlone || behind.length > 1 || (behind[0]?.end ?? end) !== end) return null;
    taken += lead.count + behind.length;
    spans.push({ start: lead.start, end: behind[0]?.end ?? member.end });
  }
  const leads = spans.filter((span, i) => span.start < members[i]!.start);
  // A single comment above the first member may be about all of them.
  const isHeading = members.length > 1 && leads.length === 1 && leads[0] === spans[0];
  return taken === comments.length && !isHeading ? spans : null;
}

/** Where the comments on the lines directly above a stretch begin, and how many they are. */
function leadOf(source: Source, { start }: Span, comments: readonly Span[]): { start: number; count: number } {
  let [from, count] = [start, 0];
  for (const comment of [...comments].reverse()) {
    if (comment.end > from) continue;
    const gap = source.text.slice(comment.end, from);
    if (indentationAt(source, comment.start) === null || !/^[ \t]*(?:\r\n|\n|\r)[ \t]*$/.test(gap)) break;
    from = comment.start;
    count++;
  }
  return { start: from, count };
}

function lineStartOf(source: Source, offset: number): number {
  return offset - source.position(offset).column + 1;
}

function afterBreak(text: string, offset: number): number {
  return text.startsWith('\r\n', offset) ? offset + 2 : Math.min(text.length, offset + 1);
}

function isBlank(text: string, filler: string): boolean {
  for (const character of text) if (!/\s/.test(character) && !filler.includes(character)) return false;
  return true;
}
