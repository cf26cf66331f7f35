import { meetsFormat } from '../../languages/openapi/values/formats.ts';
import { matches } from '../../languages/openapi/values/patterns.ts';
import { isIdName } from '../../words/ids.ts';
import { wordsOf } from '../../words/split.ts';
import type { Random } from '../random.ts';
import { hex, shortInFormat, textInFormat, uuidOf } from './formats.ts';
import type { Layer } from './layers.ts';
import { words as plainWords } from './lexicon.ts';
import { plainText, plausible, tenseOf } from './plausible.ts';
import { textOf } from './regular.ts';

/** What texts some schemas leave. Lengths count code points. */
interface Limits {
  readonly least: number;
  readonly most: number;
  readonly patterns: readonly string[];
  readonly formats: readonly string[];
}

/** No text is made longer than this. */
const longest = 10_000;
const mostAttempts = 60;

/**
 * A text that fits the schemas, else one that nearly does: by its format, by its name, after an example, by its pattern.
 * @param shown what the documents show for it; new texts are made alike where they look made up themselves
 */
export function sampleString(
  layers: readonly Layer[],
  called: readonly string[],
  shown: readonly unknown[],
  random: Random,
): { readonly text: string; readonly fits: boolean } | undefined {
  const limits = limitsOf(layers);
  if (limits.least > limits.most) return undefined;
  const model = shown.find((value) => typeof value === 'string');
  let near: string | undefined;
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const made = attemptAt(attempt, limits, called, model, random);
    const text = made === undefined ? undefined : fitted(made, limits, random);
    if (text === undefined) continue;
    if (fits(text, limits)) return { text, fits: true };
    near ??= text;
  }
  return near === undefined ? undefined : { text: near, fits: false };
}

function limitsOf(layers: readonly Layer[]): Limits {
  let [least, most] = [0, longest];
  const patterns: string[] = [];
  const formats: string[] = [];
  for (const { value } of layers) {
    const { minLength, maxLength, pattern, format } = value;
    if (typeof minLength === 'number') least = Math.max(least, Math.min(Math.ceil(minLength), longest));
    if (typeof maxLength === 'number') most = Math.min(most, Math.floor(maxLength));
    // Broken patterns ask for nothing.
    if (typeof pattern === 'string' && matches(pattern, '') !== undefined) patterns.push(pattern);
    if (typeof format === 'string') formats.push(format);
  }
  return { least, most, patterns, formats };
}

function fits(text: string, { least, most, patterns, formats }: Limits): boolean {
  const size = [...text].length;
  if (size < least || size > most) return false;
  return (
    patterns.every((pattern) => matches(pattern, text) !== false) &&
    formats.every((format) => meetsFormat(format, text, true) !== false)
  );
}

/** Each attempt tries another source; with patterns, other lengths and characters as well. */
function attemptAt(
  attempt: number,
  { least, most, patterns, formats }: Limits,
  called: readonly string[],
  model: string | undefined,
  random: Random,
): string | undefined {
  const format = formats[0];
  if (attempt < 3) {
    const words = wordsOf(called.at(-1) ?? '');
    if (format !== undefined) {
      const made = textInFormat(format, tenseOf(words), random);
      if (made !== undefined) return made;
    }
    if (model !== undefined) return alike(model, words, random);
    if (patterns.length === 0 || attempt > 0) {
      const made = plausible(called, { kind: 'string' }, random);
      if (typeof made === 'string') return made;
      if (patterns.length === 0) return plainText(called, random);
    }
  }
  if (patterns.length > 0) {
    const pattern = patterns[attempt % patterns.length]!;
    const [wild, ahead] = [attempt % 4 === 3, attempt % 2 === 0];
    if (attempt < 12) {
      const made = textOf(pattern, { random, more: lengths[attempt % 6]!, exactly: false, wild, ahead });
      // What no `$` ends may go on.
      return attempt % 2 === 0 && !pattern.endsWith('$') ? `${made ?? ''}${random.pick(plainWords)}` : made;
    }
    const more = attempt < 36 ? attempt - 12 : Math.max(0, least - 6 + (attempt - 36));
    return textOf(pattern, { random, more: Math.min(more, most), exactly: true, wild, ahead });
  }
  if (attempt === 3 && format !== undefined) return shortInFormat(format);
  return attempt < 8 ? plainText(called, random) : random.pick(plainWords);
}

/** How often open repetitions repeat, attempt by attempt. */
const lengths = [4, 8, 2, 12, 0, 40];

/** Cuts and lengthens what no format and no pattern holds together. */
function fitted(text: string, { least, most, patterns, formats }: Limits, random: Random): string {
  const isBound = patterns.length > 0 || formats.some((format) => shortInFormat(format) !== undefined);
  const characters = [...text];
  if (characters.length > most && !isBound) return characters.slice(0, most).join('').trimEnd().padEnd(least, 'a');
  if (characters.length >= least) return text;
  if (isBound && patterns.length === 0) return lengthened(text, least - characters.length);
  if (isBound) return text;
  const more = [text];
  for (let size = characters.length; size < least; ) {
    const next = random.pick(plainWords)!;
    more.push(next);
    size += next.length + 1;
  }
  return [...more.join(' ')]
    .slice(0, Math.max(least, Math.min(most, least)))
    .join('')
    .replace(/ $/, 'a');
}

/** Texts in a format are lengthened where that changes little: at the front of addresses, at the end of all else. */
function lengthened(text: string, missing: number): string {
  const more = 'a'.repeat(missing);
  return text.includes('@') ? more + text : text + more;
}

/** A text that looks like another: new digits and letters for ids and keys, the same for words of a language. */
function alike(model: string, words: readonly string[], random: Random): string {
  if (!isIdName(words) && !keyLike.has(words.at(-1) ?? '')) return model;
  if (/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(model)) return uuidOf(random);
  const cut = Math.max(model.lastIndexOf('_'), model.lastIndexOf('-'), model.lastIndexOf(':')) + 1;
  const [head, tail] = /^[a-z]+(?:[_:-][a-z]+)*[_:-]$/i.test(model.slice(0, cut))
    ? [model.slice(0, cut), model.slice(cut)]
    : ['', model];
  if (!/\d/.test(tail)) return model;
  if (/^[\da-f]+$/.test(tail)) return head + (/[a-f]/.test(tail) ? hex(tail.length, random) : digitsLike(tail, random));
  return head + digitsLike(tail, random);
}

const keyLike = new Set(
  'token cursor key code number sku hash etag reference ref sid sha fingerprint serial isbn'.split(' '),
);

function digitsLike(model: string, random: Random): string {
  return model.replace(/[0-9a-zA-Z]/g, (character, index: number) => {
    if (/\d/.test(character))
      return String(index === 0 && character !== '0' ? random.integer(1, 9) : random.integer(0, 9));
    const letter = random.pick([...'abcdefghijklmnopqrstuvwxyz'])!;
    return character === character.toUpperCase() ? letter.toUpperCase() : letter;
  });
}
