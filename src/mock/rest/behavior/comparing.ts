/** How what a caller asks for is compared with what records hold. */

/** Less than 0, 0, more than 0 as a record's value stands to the one asked for; NaN where they cannot be compared. */
export function compare(held: unknown, asked: unknown): number {
  const [a, b] = [held, asked];
  if (typeof a === 'number' || typeof b === 'number') {
    const [x, y] = [asNumber(a, b), asNumber(b, a)];
    return x - y;
  }
  if (typeof a === 'string' && typeof b === 'string') {
    const [x, y] = [timeIn(a), timeIn(b)];
    if (x !== undefined && y !== undefined) return x - y;
    if (a !== '' && b !== '' && Number.isFinite(Number(a)) && Number.isFinite(Number(b))) return Number(a) - Number(b);
    return a < b ? -1 : a > b ? 1 : 0;
  }
  return Number.NaN;
}

/** A number, also of text; a date becomes seconds or milliseconds, whichever the other one holds. */
function asNumber(value: unknown, other: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.trim() === '') return Number.NaN;
  const number = Number(value);
  if (Number.isFinite(number)) return number;
  const time = timeIn(value);
  if (time === undefined) return Number.NaN;
  return typeof other === 'number' && Math.abs(other) > 1e11 ? time : time / 1000;
}

/** The milliseconds since 1970 of a date or date-time of RFC 3339; undefined of any other text. */
export function timeIn(text: string): number | undefined {
  // In a query, the `+` of a zone may have become a space.
  const match = /^(\d{4}-\d\d-\d\d)(?:[Tt ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)\s*([Zz]|[+ -]\d\d:?\d\d)?)?$/.exec(text);
  if (!match) return undefined;
  const [, date, time = '00:00:00', zone = 'Z'] = match;
  const milliseconds = Date.parse(`${date}T${time}${zone.replace(' ', '+').toUpperCase()}`);
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}

/** Whether a record holds what is asked for: as text, whatever the case; any item of a list; the id of an object; a day that a time is in. */
export function holds(held: unknown, asked: unknown): boolean {
  if (held === undefined || held === null) return asked === null || asked === 'null';
  if (Array.isArray(held)) return held.some((item) => holds(item, asked));
  if (typeof held === 'object') {
    const { id, name, code } = held as Record<string, unknown>;
    return [id, name, code].some((part) => part !== undefined && typeof part !== 'object' && holds(part, asked));
  }
  const [a, b] = [String(held).toLowerCase(), String(asked).toLowerCase()];
  if (a === b) return true;
  if (typeof held === 'boolean') return held ? b === '1' || b === 'yes' : b === '0' || b === 'no';
  if (typeof held === 'number') return b.trim() !== '' && Number(b) === held;
  return /^\d{4}-\d\d-\d\d$/.test(b) && /^\d{4}-\d\d-\d\dt/.test(a) && a.startsWith(b);
}

/** Whether some text in a record has all the words that are searched for. */
export function mentions(value: unknown, words: readonly string[]): boolean {
  const texts: string[] = [];
  collect(value, texts, 0);
  const all = texts.join('\n').toLowerCase();
  return words.every((word) => all.includes(word));
}

function collect(value: unknown, texts: string[], depth: number): void {
  if (typeof value === 'string') texts.push(value);
  else if (typeof value === 'number') texts.push(String(value));
  else if (value !== null && typeof value === 'object' && depth < 4) {
    for (const inner of Object.values(value)) collect(inner, texts, depth + 1);
  }
}
