import type { Source } from '../../../text/source.ts';
import type { Comment, Span } from '../document.ts';
import { ALIAS, ITEM, KEY, MERGE, SCALAR, type Tree } from './tree.ts';

/** The comments of a YAML document, found as the `#` that stand between the scalars of `tree`. */
export function commentsIn(source: Source, tree: Tree): Comment[] {
  const comments: Comment[] = [];
  const { text } = source;
  const limit = endOfDocument(text, tree);
  for (let at = text.indexOf('#'); at !== -1 && at < limit; at = text.indexOf('#', at)) {
    if (at > 0 && !/\s|\uFEFF/.test(text[at - 1]!)) {
      at++;
      continue;
    }
    const behind = endOfScalar(text, tree, at);
    if (behind > at) {
      at = behind;
      continue;
    }
    const end = endOfLine(text, at);
    comments.push({
      text: text.slice(at + 1, end).trim(),
      range: { source, start: at, end },
      covers: coveredBy(source, tree, at),
    });
    at = end;
  }
  return comments;
}

/** A `---` behind the root's end begins another document, of which the tree knows nothing. */
function endOfDocument(text: string, tree: Tree): number {
  const marker = /^(?:---|\.\.\.)(?=\s|$)/gm;
  marker.lastIndex = tree.span(0).end;
  return tree.span(0).end === 0 ? text.length : (marker.exec(text)?.index ?? text.length);
}

/** The end of the scalar that `at` is inside of, or `at`. The first line of a block scalar, with its `|`, may hold a comment. */
function endOfScalar(text: string, tree: Tree, at: number): number {
  const node = tree.lastAt(at);
  if (node === -1 || (tree.kind(node) !== SCALAR && tree.kind(node) !== ALIAS)) return at;
  const { start, end } = tree.span(node);
  const isBlock = text[start] === '|' || text[start] === '>';
  return isBlock && endOfLine(text, start) > at ? at : Math.max(end, at);
}

/** The outermost property or item that starts on the comment's line or, if that has nothing else, on the next that has. */
function coveredBy(source: Source, tree: Tree, at: number): Span | null {
  let { line } = source.position(at);
  const before = source.text.slice(source.lineStarts[line - 1], at);
  if (/^[\s\uFEFF?-]*$/.test(before)) {
    do line++;
    while (line <= source.lineStarts.length && /^\s*(?:#|$)|^---\s*$/.test(source.line(line)));
  }
  const from = source.lineStarts[line - 1];
  if (from === undefined) return null;
  const to = source.lineStarts[line] ?? source.text.length + 1;
  for (let node = tree.lastAt(from - 1) + 1; node < tree.size && tree.span(node).start < to; node++) {
    const role = tree.role(node);
    if (role === ITEM) return tree.span(node);
    if (role === KEY || role === MERGE) return { start: tree.span(node).start, end: tree.span(tree.next(node)).end };
  }
  return null;
}

function endOfLine(text: string, at: number): number {
  while (at < text.length && text[at] !== '\n' && text[at] !== '\r') at++;
  return at;
}
