/** What was asked for cannot be done, for a reason that lies outside apiarch. The message is one sentence for the user; the run ends with 2. */
export class Failure extends Error {
  override readonly name: string = 'Failure';
}

/** There is no API document where one was looked for. */
export class NothingFound extends Failure {
  override readonly name = 'NothingFound';
}

/** The end of a sentence about an unknown name: `; did you mean …?` where there is a near one, else a full stop. */
export function didYouMean(suggestion: string | null): string {
  return suggestion === null ? '.' : `; did you mean \`${suggestion}\`?`;
}
