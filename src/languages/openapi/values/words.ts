import { closest } from '../../../text/closest.ts';

/** A name or text as messages show it: in backticks, on one line, shortened when long. */
export function quote(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return `\`${line.length > 60 ? `${line.slice(0, 59).replace(/[\uD800-\uDBFF]$/, '')}…` : line}\``;
}

/** A value as messages show it: texts and numbers in backticks, what is large by its kind. */
export function show(value: unknown): string {
  if (typeof value === 'string') return value === '' ? 'an empty text' : quote(value);
  if (Array.isArray(value) || (typeof value === 'object' && value !== null)) return article(typeOf(value));
  return quote(String(value));
}

/** "`a`, `b` or `c`"; of many, the first ten and how many more there are. */
export function listed(items: readonly string[], conjunction: 'or' | 'and'): string {
  if (items.length > 12) return `${items.slice(0, 10).join(', ')} ${conjunction} ${items.length - 10} others`;
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${conjunction} ${items.at(-1)}`;
}

/** "must be an integer or null, not a string". */
export function typeWords(expected: readonly string[], value: unknown): string {
  const wanted = listed([...new Set(expected)].map(article), 'or');
  if (typeof value === 'number') return `must be ${wanted}, not ${expected.includes('integer') ? value : 'a number'}`;
  return `must be ${wanted}, not ${article(typeOf(value))}`;
}

/** "must be one of `a` or `b`, not `c`", with a guess at what was meant. */
export function valueWords(expected: readonly unknown[], value: unknown): string {
  const shown = [...new Set(expected.map(show))];
  const texts = expected.filter((item) => typeof item === 'string');
  const meant = typeof value === 'string' && shown.length > 1 ? closest(value, texts) : null;
  const guess = meant === null ? '' : `; did you mean ${show(meant)}?`;
  return `must be ${shown.length > 1 ? 'one of ' : ''}${listed(shown, 'or')}, not ${show(value)}${guess}`;
}

/** "the property `a`", "the properties `a` and `b`", "the property `a` or `b`". */
export function propertyWords(names: readonly string[], conjunction: 'or' | 'and'): string {
  const noun = names.length > 1 && conjunction === 'and' ? 'properties' : 'property';
  return `the ${noun} ${listed([...new Set(names)].map(quote), conjunction)}`;
}

/** The JSON Schema name of a value's type; whole numbers are integers. */
export function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

/** A type with its article: "an array", "a string", "null". */
export function article(type: string): string {
  if (type === 'null') return type;
  return `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;
}

/** "1 item", "2 items", "1 property", "2 properties". */
export function count(number: number, noun: string): string {
  if (number === 1) return `1 ${noun}`;
  return `${number} ${noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`}`;
}
