import { formatWords, meetsFormat } from './formats.ts';
import { matches } from './patterns.ts';
import type { JsonObject, Visit } from './visit.ts';
import { count, quote, show } from './words.ts';

/** Judges a text by `minLength`, `maxLength`, `pattern` and `format`. Lengths count code points (RFC 8259, section 7). */
export function judgeString(visit: Visit, schema: JsonObject, value: string): void {
  judgeLength(visit, schema, value);
  const pattern = schema['pattern'];
  if (typeof pattern === 'string') {
    const matching = matches(pattern, value);
    if (matching === undefined) visit.doubt();
    if (matching === false)
      visit.fault('pattern', () => `must match the pattern ${quote(pattern)}, unlike ${show(value)}`);
  }
  const format = schema['format'];
  if (typeof format !== 'string') return;
  const meets = meetsFormat(format, value, visit.run.isModern);
  if (meets === 'unknown') visit.doubt();
  if (meets === false) visit.fault('format', () => `must be ${formatWords(format)}, not ${show(value)}`);
}

function judgeLength(visit: Visit, schema: JsonObject, value: string): void {
  const min = schema['minLength'];
  const max = schema['maxLength'];
  if (typeof min !== 'number' && typeof max !== 'number') return;
  const length = codePoints(value);
  if (typeof min === 'number' && length < min) {
    visit.fault('minLength', () => `must be at least ${count(min, 'character')} long, not ${length}`);
  }
  if (typeof max === 'number' && length > max) {
    visit.fault('maxLength', () => `must be at most ${count(max, 'character')} long, not ${length}`);
  }
}

function codePoints(text: string): number {
  let length = text.length;
  for (const _ of text.matchAll(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g)) length--;
  return length;
}
