import { wordsOf } from '../../words/split.ts';

/** What comes before what: pairs of words that tell the ends of a stretch of time. */
const before = set(
  'created create start starts started begin begins from issued opened since registered placed ordered',
);
const after = set(
  'updated modified changed end ends ended until to expires expired expiry closed completed finished deleted cancelled canceled shipped delivered paid',
);

function set(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}

/** The same object with its points of time in order: nothing is updated before it is created. */
export function inOrder(object: Record<string, unknown>): Record<string, unknown> {
  const names = Object.keys(object).filter((name) => isMoment(object[name]));
  if (names.length < 2) return object;
  for (const first of names) {
    if (!has(first, before)) continue;
    for (const second of names) {
      if (has(first, after) || has(second, before) || !has(second, after)) continue;
      const [a, b] = [object[first], object[second]];
      if (typeof a !== typeof b || String(a).length !== String(b).length || (a as string) <= (b as string)) continue;
      [object[first], object[second]] = [b, a];
    }
  }
  return object;
}

function has(name: string, words: ReadonlySet<string>): boolean {
  return wordsOf(name).some((word) => words.has(word));
}

/** Texts as of RFC 3339 in UTC, and whole seconds of this century. */
function isMoment(value: unknown): boolean {
  if (typeof value === 'string') return /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?Z)?$/.test(value);
  return typeof value === 'number' && Number.isInteger(value) && value > 1_000_000_000 && value < 2_000_000_000;
}
