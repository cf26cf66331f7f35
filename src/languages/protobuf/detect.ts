import type { Source } from '../../text/source.ts';

/** Whether a text begins, behind comments, as a `.proto` file does. */
export function detect({ path, text }: Source): boolean {
  const from = endOfComments(text);
  return path.endsWith('.proto') ? from < text.length : statement.test(text.slice(from, from + longestStart));
}

/** Nothing else is called so: see `detect`. */
export function resembles({ path }: Source): boolean {
  return path.endsWith('.proto');
}

/** What files begin with. */
const statement =
  /^(?:(?:syntax|edition)\s*=|package\s+[\w.]+\s*;|import\s+(?:(?:public|weak|option)\s+)?["']|option\s+[\w.()]+\s*=|(?:message|service)\s+\w+\s*\{)/;
/** How much of a text the expression gets to see, in UTF-16 code units. */
const longestStart = 500;

/** The offset behind white space and comments. */
function endOfComments(text: string): number {
  const gap = /(?:[\s\uFEFF]+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)/y;
  let end = 0;
  while (gap.test(text)) end = gap.lastIndex;
  return end;
}
