/** What was asked for cannot be done, for a reason that lies outside apiarch. The message is one sentence for the user; the run ends with 2. */
export class Failure extends Error {
  override readonly name = 'Failure';
}

/** The end of a sentence about an unknown name: `; did you mean …?` where there is a near one, else a full stop. */
export function didYouMean(suggestion: string | null): string {
  return suggestion === null ? '.' : `; did you mean \`${suggestion}\`?`;
}
