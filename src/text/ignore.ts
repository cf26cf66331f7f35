/** A note in a comment that asks for silence. */
export interface Ignore {
  /** The rule ids it names, as written; `principle/*` stands for all rules of a principle. */
  readonly rules: readonly string[];
  /** Why; empty when the author gave none. */
  readonly reason: string;
  /** Whether it speaks for the whole file (`apiarch-ignore-file`). */
  readonly file: boolean;
}

/**
 * Reads `apiarch-ignore RULE[, RULE]: why` or `apiarch-ignore-file RULE[, RULE]: why`.
 * @param text a comment without its `#` or `//`
 * @returns null when the comment is no such note
 */
export function parseIgnore(text: string): Ignore | null {
  const match = /^\s*apiarch-ignore(-file)?(?![\w-])([^:]*)(?::(.*))?$/s.exec(text);
  if (!match) return null;
  const [, file, rules = '', reason = ''] = match;
  return {
    rules: rules.split(/[\s,]+/).filter((rule) => rule !== ''),
    reason: reason.trim(),
    file: file !== undefined,
  };
}
