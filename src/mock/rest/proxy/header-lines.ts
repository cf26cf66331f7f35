/** Header lines as they came: names and values in turn, with their letters, order and repetitions. */
export type HeaderLines = readonly string[];

/** Fields that are for the next station alone (RFC 9110, section 7.6.1), and those of proxies' own authentication (section 11.7). */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'transfer-encoding',
  'upgrade',
]);

/**
 * The lines that are for everybody on the way: all but those that are for the next station, among them all that `Connection` names.
 * @param without more names to leave out, in lower case
 */
export function endToEnd(lines: HeaderLines, without: ReadonlySet<string> = none): string[] {
  const named = new Set(valuesOf(lines, 'connection').flatMap((value) => value.toLowerCase().split(/\s*,\s*/)));
  const kept: string[] = [];
  for (let i = 0; i + 1 < lines.length; i += 2) {
    const name = lines[i]!.toLowerCase();
    if (!hopByHop.has(name) && !named.has(name) && !without.has(name)) kept.push(lines[i]!, lines[i + 1]!);
  }
  return kept;
}

const none: ReadonlySet<string> = new Set();

/** All values of a field. @param name in lower case */
export function valuesOf(lines: HeaderLines, name: string): string[] {
  const found: string[] = [];
  for (let i = 0; i + 1 < lines.length; i += 2) if (lines[i]!.toLowerCase() === name) found.push(lines[i + 1]!);
  return found;
}

/** The first value of a field. @param name in lower case */
export const firstOf = (lines: HeaderLines, name: string): string | undefined => valuesOf(lines, name)[0];

/** Pairs of names and values. */
export function pairsOf(lines: HeaderLines): [string, string][] {
  const pairs: [string, string][] = [];
  for (let i = 0; i + 1 < lines.length; i += 2) pairs.push([lines[i]!, lines[i + 1]!]);
  return pairs;
}
