/** What character classes of patterns are put together from. */
export interface Letters {
  readonly upper: string;
  readonly lower: string;
  /** Letters that are neither large nor small. */
  readonly other: string;
  /** All of these. */
  readonly letter: string;
  readonly mark: string;
  /** Of any script. */
  readonly digit: string;
}

/** Unicode's general categories. */
const unicode: Letters = {
  upper: '\\p{Lu}',
  lower: '\\p{Ll}',
  other: '\\p{Lo}',
  letter: '\\p{L}',
  mark: '\\p{M}',
  digit: '\\p{N}',
};
const ascii: Letters = { upper: 'A-Z', lower: 'a-z', other: '', letter: 'A-Za-z', mark: '', digit: '0-9' };

/**
 * Makes what reads names twice, each when a name first needs it: for those in ASCII, which nearly all are, and for all others.
 * Patterns with Unicode's classes take milliseconds to compile, and run at half the speed.
 * @param make gets the flags for its patterns too
 */
export function forLetters<T>(make: (letters: Letters, flags: string) => T): (name: string) => T {
  let plain: T | undefined;
  let full: T | undefined;
  return (name) => {
    if (isAscii(name)) {
      plain ??= make(ascii, '');
      return plain;
    }
    full ??= make(unicode, 'u');
    return full;
  };
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
}
