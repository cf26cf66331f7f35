import { type Comment, commentsOf } from './comments.ts';
import type { Node } from './tree.ts';

/**
 * What the documentation of a statement says: its leading comment, else the one behind it, without lines that speak to tools
 * (`apiarch-ignore …`, `buf:lint:ignore …`, `(-- … --)`).
 * @returns the empty string where nothing is said
 */
export function descriptionOf(node: Node): string {
  const comment = docCommentOf(node);
  return comment === null ? '' : saidIn(comment);
}

/** The comment that documents a statement; one that speaks to tools alone is none. */
export function docCommentOf(node: Node): Comment | null {
  const { leading, trailing } = commentsOf(node);
  return [leading, trailing].find((comment) => comment !== null && saidIn(comment) !== '') ?? null;
}

/** What a comment says to people; the empty string where it speaks to tools alone. */
export function saidIn({ text }: Comment): string {
  return text
    .replace(/\(--[\s\S]*?--\)/g, '')
    .split('\n')
    .filter((line) => !/^\s*(?:apiarch-ignore|buf:lint:ignore|protolint:(?:disable|enable)|@exclude\b)/.test(line))
    .join('\n')
    .trim();
}
