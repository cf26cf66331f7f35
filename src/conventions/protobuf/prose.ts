/** The prose of comments: what people read, without code, links and what is not for them. */
import type { Comment } from '../../languages/protobuf/comments.ts';
import { fileOf, type Node, placeOf } from '../../languages/protobuf/tree.ts';
import type { Place } from '../../text/place.ts';

/** A comment as it is written, delimiters included, with blanks where code and internal notes stood: offsets stay those of the comment. */
export function proseOf(node: Node, { start, end }: Comment): string {
  return withoutCode(fileOf(node).source.text.slice(start, end));
}

/** The place of a part of a comment, by its offsets in the prose. */
export function placeIn(node: Node, comment: Comment, from: number, to: number): Place {
  return placeOf(node, { start: comment.start + from, end: comment.start + to });
}

/** What opens a stretch that is no prose, and what ends it. */
const closers: Readonly<Record<string, string>> = { '```': '```', '`': '`', '(--': '--)' };

function withoutCode(text: string): string {
  const opener = /```|`|\(--/g;
  const open = new Set<string>();
  let prose = '';
  let from = 0;
  for (let found = opener.exec(text); found; found = opener.exec(text)) {
    const [sign] = found;
    // Where one of a kind is never closed, none behind it is.
    const close = open.has(sign) ? -1 : text.indexOf(closers[sign]!, opener.lastIndex);
    if (close < 0) open.add(sign);
    if (close < 0 || (sign === '`' && close - found.index > longestSpan)) continue;
    const end = close + closers[sign]!.length;
    prose += text.slice(from, found.index) + text.slice(found.index, end).replace(/[^\n]/g, ' ');
    from = end;
    opener.lastIndex = end;
  }
  return prose + text.slice(from);
}

/** Backticks further apart belong to different pieces of code. */
const longestSpan = 200;
