import { countable, irregular, uncountable } from './nouns.ts';
import { wordsOf } from './split.ts';

/** How many a name speaks of; `either` where the word is used for both, or is not known well enough to say. */
export type GrammaticalNumber = 'singular' | 'plural' | 'either';

/**
 * Whether a name speaks of one or of many, as its last word does (`line_items`, `userSettings`). With a preposition,
 * the word before it decides (`steps_to_reproduce`) unless the last word disagrees, which may be the head
 * (`terms_of_use_url`). `singular` is said only of nouns that the lexicon knows can be counted.
 */
export function number(name: string | readonly string[]): GrammaticalNumber {
  const words = wordsOf(name);
  const last = words.at(-1) ?? '';
  const preposition = words.findIndex((word, i) => i > 0 && prepositions.has(word));
  if (preposition < 0) return numberOf(last);
  if (preposition === words.length - 1) return 'either';
  const [before, after] = [numberOf(words[preposition - 1]!), numberOf(last)];
  return after === 'either' || after === before ? before : 'either';
}

/** Whether a name certainly speaks of many. */
export function isPlural(name: string | readonly string[]): boolean {
  return number(name) === 'plural';
}

/** Whether a name certainly speaks of one. */
export function isSingular(name: string | readonly string[]): boolean {
  return number(name) === 'singular';
}

/** The plural of one lower-case word: `person` gives `people`; a plural or an uncountable word gives itself. */
export function plural(word: string): string {
  const known = pluralOf.get(word);
  if (known !== undefined) return known;
  if (uncountable.has(word) || singular(word) !== word) return word;
  if (/(?:s|x|z|ch|sh)$/.test(word)) return `${word}es`;
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return `${word}s`;
}

/** The singular of one lower-case word: `people` gives `person`; a singular or an uncountable word gives itself. */
export function singular(word: string): string {
  const known = singularOf.get(word);
  if (known !== undefined) return known;
  if (countable.has(word) || pluralOf.has(word) || uncountable.has(word)) return word;
  if (word.endsWith('s') && countable.has(word.slice(0, -1))) return word.slice(0, -1);
  if (!endsAsPlural(word)) return word;
  if (/[^aeiou]ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (/(?:ss|x|ch|sh|tz)es$/.test(word)) return word.slice(0, -2);
  return word.slice(0, -1);
}

const pluralOf = new Map([...irregular].reverse());
const singularOf = new Map(irregular.map(([one, many]) => [many, one] as const).reverse());

/** Plurals that are also an uncountable word, a product's name or a verb in the third person. */
const bothNumbers: ReadonlySet<string> = new Set(
  'data media windows appears belongs contains exists expires includes needs pays requires'.split(' '),
);

const prepositions: ReadonlySet<string> = new Set(
  'about after at before between by during for from in into of on per since to until via with within without'.split(
    ' ',
  ),
);

function numberOf(word: string): GrammaticalNumber {
  if (/\d/.test(word) || bothNumbers.has(word) || uncountable.has(word)) return 'either';
  if (countable.has(word)) return 'singular';
  if (singularOf.has(word) || countable.has(singular(word))) return 'plural';
  if (pluralOf.has(word)) return 'singular';
  return endsAsPlural(word) ? 'plural' : 'either';
}

/** Whether an unknown word ends as English plurals do and few other words. */
function endsAsPlural(word: string): boolean {
  return word.length > 3 && /[a-z]s$/.test(word) && !/(?:ss|us|is|ics|as|os|bps|series)$/.test(word);
}
