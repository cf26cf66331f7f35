import { parseIgnore } from '../../text/ignore.ts';
import type { Suppression } from '../language.ts';
import { END, type Span, type Tokens } from './lex.ts';
import { fileOf, type Node, type ProtoFile, placeOf, spanOf } from './tree.ts';

/** A block comment, or line comments on lines that follow each other. */
export interface Comment extends Span {
  /** Without the delimiters and the indentation that all comments have. */
  readonly text: string;
}

/** What is said about a statement. */
export interface Comments {
  /** Directly above it. */
  readonly leading: Comment | null;
  /** Behind it, or directly below it and apart from what follows. */
  readonly trailing: Comment | null;
  /** Further above, each apart from the next. */
  readonly detached: readonly Comment[];
}

/** A statement's comments, attached as protoc does (`SourceCodeInfo.Location` in descriptor.proto). */
export function commentsOf(node: Node): Comments {
  const { tokens } = fileOf(node);
  const { leading, detached } = between(tokens, node.first);
  return {
    leading: leading && commentAt(tokens.text, leading),
    trailing: trailingCommentOf(node),
    detached: detached.map((span) => commentAt(tokens.text, span)),
  };
}

/** The comment directly above a statement. */
export function leadingCommentOf(node: Node): Comment | null {
  const { tokens } = fileOf(node);
  const { leading } = between(tokens, node.first);
  return leading && commentAt(tokens.text, leading);
}

/** The comment behind a statement, or directly below it and apart from what follows. */
export function trailingCommentOf(node: Node): Comment | null {
  const { tokens } = fileOf(node);
  const { trailing } = between(tokens, node.head + 1);
  return trailing && commentAt(tokens.text, trailing);
}

/**
 * The suppressions in a file's comments. A comment on the line of a statement, or on those above it, covers the statement;
 * one inside a statement that has no statements covers that one.
 */
export function suppressionsIn(file: ProtoFile): Suppression[] {
  const { source, tokens } = file;
  if (!source.text.includes('apiarch-ignore')) return [];
  return tokens.comments.flatMap((comment) => {
    const ignore = parseIgnore(withoutDelimiters(source.text.slice(comment.start, comment.end)));
    if (!ignore) return [];
    const covers = ignore.file ? { start: 0, end: source.text.length } : covered(file, comment);
    const at = placeOf(file, comment, source.path);
    return [{ rules: ignore.rules, reason: ignore.reason, at, covers }];
  });
}

/** Where comments stand that may still belong to either side. */
interface Gap {
  trailing: Span | null;
  readonly detached: Span[];
  leading: Span | null;
}

/** Most tokens have no comments between them. */
const nothing: Gap = { trailing: null, detached: [], leading: null };

/** The comments between the token `next` and the one before it, shared out. */
function between({ text, kinds, starts, ends, comments }: Tokens, next: number): Gap {
  const first = firstWhere(comments.length, (index) => comments[index]!.next >= next);
  if (comments[first]?.next !== next) return nothing;
  const gap: Gap = { trailing: null, detached: [], leading: null };
  const nextStart = starts[next] ?? text.length;
  let end = next === 0 ? 0 : ends[next - 1]!;
  let mayTrail = next > 0;
  let pending: (Span & { isLine: boolean }) | null = null;
  const flush = (): void => {
    if (pending && mayTrail) gap.trailing = pending;
    else if (pending) gap.detached.push(pending);
    if (pending) mayTrail = false;
    pending = null;
  };
  for (let index = first; comments[index]?.next === next; index++) {
    const comment = comments[index]!;
    const lines = lineBreaks(text, end, comment.start);
    const isLine = text[comment.start + 1] === '/';
    const followed = Math.min(nextStart, comments[index + 1]?.start ?? nextStart);
    if (lines > 1) {
      flush();
      mayTrail = false;
    }
    const isBeside = index === first && next > 0 && lines === 0;
    // Nobody knows what a comment amid a line belongs to.
    if (isBeside && !isLine && lineBreaks(text, comment.end, followed) === 0 && kinds[next] !== END) return gap;
    if (pending && isLine && (pending as { isLine: boolean }).isLine) {
      pending = { start: (pending as Span).start, end: comment.end, isLine };
    } else {
      flush();
      pending = { start: comment.start, end: comment.end, isLine };
    }
    if (isBeside) flush();
    end = comment.end;
  }
  if (lineBreaks(text, end, nextStart) > 1) {
    flush();
    mayTrail = false;
  }
  if (isClosing(text[nextStart])) flush();
  gap.leading = pending;
  return gap;
}

function isClosing(character: string | undefined): boolean {
  return character === undefined || character === '}' || character === ']' || character === ')';
}

function lineBreaks(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

function commentAt(text: string, { start, end }: Span): Comment {
  const written = text.slice(start, end);
  if (written.startsWith('/*')) return { start, end, text: withoutDelimiters(written) };
  const lines = written.split('\n').map((line) => {
    const said = line.trimStart();
    return said.slice(said.startsWith('// ') ? 3 : 2).trimEnd();
  });
  return { start, end, text: lines.join('\n') };
}

/** What a comment says. In a block, lines may start with `*`. */
function withoutDelimiters(comment: string): string {
  if (comment.startsWith('//')) return comment.slice(2);
  const lines = comment.slice(2, comment.endsWith('*/') ? -2 : undefined).split('\n');
  return lines
    .map((line, index) => (index === 0 ? line : line.replace(/^\s*\*? ?/, '')).trimEnd())
    .join('\n')
    .trim();
}

/** The offsets of the statement that a comment speaks of, or null. */
function covered(file: ProtoFile, comment: Span & { readonly next: number }): Span | null {
  const lineStart = file.source.lineStarts[file.source.position(comment.start).line - 1]!;
  const { starts } = file.tokens;
  const onLine = firstWhere(starts.length, (token) => starts[token]! >= lineStart);
  const node = statementAt(file, Math.min(onLine, comment.next));
  return node && spanOf(node);
}

/** The outermost statement that starts with a token; else the innermost one around it, unless the token ends a block. */
function statementAt(file: ProtoFile, token: number): Node | null {
  let around: Node | null = null;
  let body: readonly Node[] = file.body;
  for (;;) {
    const node = statementAround(body, token);
    if (!node) break;
    if (node.first === token) return node;
    around = node;
    body = 'body' in node ? node.body : 'group' in node && node.group ? node.group.body : [];
  }
  const endsBlock = around !== null && 'body' in around && file.tokens.kinds[token] === '}'.charCodeAt(0);
  return endsBlock ? null : around;
}

function statementAround(body: readonly Node[], token: number): Node | undefined {
  const node = body[firstWhere(body.length, (index) => body[index]!.first > token) - 1];
  return node && node.last >= token ? node : undefined;
}

/** The first of `count` numbers from which on `holds` does, by bisection; `count` if it never does. */
function firstWhere(count: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
