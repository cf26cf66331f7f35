import type { Violation } from '../exchange.ts';

/** So many violations of one exchange are told one by one. */
const mostLines = 20;
/** Clients take 16 kB of headers in all, and some less. */
const longestHeader = 8_000;

/** The violations of a request or of its answer, told apart by where their locations begin. */
export function within(side: 'request' | 'response', violations: readonly Violation[]): Violation[] {
  return violations.map((violation) => ({ ...violation, location: [side, ...violation.location] }));
}

/** The violations as JSON in ASCII, cut where they are more than a header may hold; the last then says how many are missing. */
export function headerOf(violations: readonly Violation[]): string {
  const told: string[] = [];
  let size = 2;
  for (const { location, code, message } of violations) {
    const text = inAscii(JSON.stringify({ location, code, message: shortened(message, 500) }));
    // Room for the note.
    if (size + text.length + 1 > longestHeader - 150) break;
    told.push(text);
    size += text.length + 1;
  }
  const left = violations.length - told.length;
  if (left > 0) told.push(JSON.stringify({ location: [], code: 'truncated', message: `${left} more are in the log.` }));
  return `[${told.join(',')}]`;
}

/** The same in Prism's words: `sl-violations`. */
export function prismHeaderOf(violations: readonly Violation[]): string {
  const inPrismWords = violations.map(({ location, code, message }) =>
    inAscii(JSON.stringify({ location: location.map(String), severity: 'Error', code, message })),
  );
  let size = 2;
  const told = inPrismWords.filter((text) => {
    size += text.length + 1;
    return size <= longestHeader;
  });
  return `[${told.join(',')}]`;
}

/** One line for each violation. @param what the request that they are about: `GET /orders 200` */
export function linesOf(what: string, violations: readonly Violation[]): string[] {
  const lines = violations
    .slice(0, mostLines)
    .map(({ location, code, message }) => onOneLine(`violation ${what}: ${wayOf(location)}: ${message} (${code})`));
  const left = violations.length - lines.length;
  return left > 0 ? [...lines, onOneLine(`violation ${what}: and ${left} more`)] : lines;
}

/** `response.body.lines[0].quantity`. */
function wayOf(location: Violation['location']): string {
  return location.map((key, i) => (typeof key === 'number' ? `[${key}]` : i === 0 ? key : `.${key}`)).join('');
}

const shortened = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most)}…` : text);

/** Values of requests stand in messages: they must not look like lines of their own. */
const onOneLine = (text: string): string => shortened(text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' '), 1_000);

const inAscii = (text: string): string =>
  text.replace(/[^\x20-\x7e]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
