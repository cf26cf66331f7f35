import { type Comment, leadingCommentOf, trailingCommentOf } from './comments.ts';
import { fileOf, type Node, type ProtoFile } from './tree.ts';

/**
 * What the documentation of a statement says: its leading comment, else the one behind it, without lines that speak to tools
 * (`apiarch-ignore …`, `buf:lint:ignore …`, `(-- … --)`).
 * @returns the empty string where nothing is said
 */
export function descriptionOf(node: Node): string {
  return documentationOf(node)?.text ?? '';
}

/**
 * What the comment above a statement says, as `descriptionOf` without the comment behind it: where generated documentation and
 * other linters look.
 */
export function leadingDescriptionOf(node: Node): string {
  const leading = leadingCommentOf(node);
  return leading ? saidIn(leading) : '';
}

/** The comment that documents a statement; one that speaks to tools alone is none. */
export function docCommentOf(node: Node): Comment | null {
  return documentationOf(node)?.comment ?? null;
}

interface Documentation {
  readonly comment: Comment;
  readonly text: string;
}

/** Many rules ask for the comments of the same statements. */
const byFile = new WeakMap<ProtoFile, Map<Node, Documentation | null>>();

function documentationOf(node: Node): Documentation | null {
  const file = fileOf(node);
  const known = byFile.get(file) ?? new Map<Node, Documentation | null>();
  if (known.size === 0) byFile.set(file, known);
  let documentation = known.get(node);
  if (documentation === undefined) {
    documentation = documentationIn(leadingCommentOf(node)) ?? documentationIn(trailingCommentOf(node));
    known.set(node, documentation);
  }
  return documentation;
}

function documentationIn(comment: Comment | null): Documentation | null {
  const text = comment ? saidIn(comment) : '';
  return comment && text !== '' ? { comment, text } : null;
}

/** What tells that a comment may speak to tools. Hardly any does. */
const forTools = ['(--', 'apiarch-ignore', 'buf:lint:ignore', 'protolint:', '@exclude'];

/** What a comment says to people; the empty string where it speaks to tools alone. */
export function saidIn({ text }: Comment): string {
  if (!forTools.some((mark) => text.includes(mark))) return text.trim();
  return text
    .replace(/\(--[\s\S]*?--\)/g, '')
    .split('\n')
    .filter((line) => !/^\s*(?:apiarch-ignore|buf:lint:ignore|protolint:(?:disable|enable)|@exclude\b)/.test(line))
    .join('\n')
    .trim();
}
