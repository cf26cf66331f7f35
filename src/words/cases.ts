import { forLetters } from './letters.ts';
import { wordsOf } from './split.ts';

/** The styles that a name can be written in; `lower` and `upper` are single words or run words together. */
export const cases = [
  'camel',
  'pascal',
  'snake',
  'kebab',
  'screaming-snake',
  'hyphenated-pascal',
  'dotted',
  'lower',
  'upper',
] as const;
export type Case = (typeof cases)[number];

/** The styles as reports name them: each written in itself. */
export const caseLabels: Readonly<Record<Case, string>> = {
  camel: 'camelCase',
  pascal: 'PascalCase',
  snake: 'snake_case',
  kebab: 'kebab-case',
  'screaming-snake': 'SCREAMING_SNAKE_CASE',
  'hyphenated-pascal': 'Hyphenated-Pascal-Case',
  dotted: 'dotted.case',
  lower: 'lowercase',
  upper: 'UPPERCASE',
};

const patternsFor = forLetters(({ upper, lower, other, letter, mark }, flags): Readonly<Record<Case, RegExp>> => {
  const small = `[${lower}${other}${mark}\\d]`;
  const large = `[${upper}${other}${mark}\\d]`;
  const any = `[${letter}${mark}\\d]`;
  const part = `${small}+(?:[_-]${small}+)*`;
  const whole = (pattern: string) => new RegExp(`^${pattern}$`, flags);
  return {
    camel: whole(`${small}${any}*`),
    pascal: whole(`${large}${any}*`),
    snake: whole(`${small}+(?:_${small}+)*`),
    kebab: whole(`${small}+(?:-${small}+)*`),
    'screaming-snake': whole(`${large}+(?:_${large}+)*`),
    'hyphenated-pascal': whole(`${large}${any}*(?:-${large}${any}*)*`),
    dotted: whole(`(?:${small}+|${part}(?:\\.${part})+)`),
    lower: whole(`${small}+`),
    upper: whole(`${large}+`),
  };
});

/**
 * Whether a name is written in a style. A single lower-case word fits camel, snake and kebab alike; acronyms may stay
 * capital in camel and pascal (`userID`, `HTTPServer`). Sigils in front (`_links`, `$ref`, `@type`) don't count.
 */
export function isCase(name: string, style: Case): boolean {
  return patternsFor(name)[style].test(withoutSigils(name));
}

/** Writes a name, or words from `split`, in a style: `toCase('userId', 'snake')` is `user_id`. Sigils are dropped. */
export function toCase(name: string | readonly string[], style: Case): string {
  const words = wordsOf(name);
  switch (style) {
    case 'camel':
      return words.map((word, i) => (i === 0 ? word : capitalized(word))).join('');
    case 'pascal':
      return words.map(capitalized).join('');
    case 'snake':
      return words.join('_');
    case 'kebab':
      return words.join('-');
    case 'screaming-snake':
      return words.join('_').toUpperCase();
    case 'hyphenated-pascal':
      return words.map(capitalized).join('-');
    case 'dotted':
      return words.join('.');
    case 'lower':
      return words.join('');
    case 'upper':
      return words.join('').toUpperCase();
  }
}

/**
 * The style that a name is written in: the narrowest that it fits, so `users` is lower and `ID` upper; null when it
 * mixes styles or has no letters.
 */
export function caseOf(name: string): Case | null {
  if (!hasLetter(name)) return null;
  return narrowestFirst.find((style) => isCase(name, style)) ?? null;
}

const narrowestFirst: readonly Case[] = [
  'lower',
  'upper',
  'camel',
  'pascal',
  'snake',
  'kebab',
  'screaming-snake',
  'hyphenated-pascal',
  'dotted',
];

/**
 * The style that most names are written in, the earliest of equals. One word in lower case (`users`) fits several and
 * decides none; acronyms (`ID`) have no vote. Null when no name decides, or most break every style.
 */
export function majority(names: Iterable<string>): Case | null {
  const all = [...names].filter((name) => hasLetter(name) && !isAcronym(name));
  const styles = new Set(all.map(decisiveCase));
  let best: Case | null = null;
  let most = 0;
  for (const style of styles) {
    if (style === null) continue;
    const fitting = all.filter((name) => isCase(name, style)).length;
    if (fitting > most) [best, most] = [style, fitting];
  }
  return most * 2 >= all.length ? best : null;
}

/** The style to hold names to: the one asked for, or that of most of them. */
export function wantedCase(style: Case | 'majority', names: Iterable<string>): Case | null {
  return style === 'majority' ? majority(names) : style;
}

/** The style that one can tell from a name alone: that of a name of several words, or with a capital that decides. */
function decisiveCase(name: string): Case | null {
  const style = caseOf(name);
  if (style === 'upper') return 'screaming-snake';
  return style === 'lower' ? null : style;
}

/** A short word in capitals fits in with any style. */
function isAcronym(name: string): boolean {
  return withoutSigils(name).length <= longestAcronym && isCase(name, 'upper');
}

/** Longer words in capitals are shouted words, not acronyms. */
const longestAcronym = 5;

const hasLetter = (name: string): boolean => letterFor(name).test(name);
const letterFor = forLetters(({ letter }, flags) => new RegExp(`[${letter}]`, flags));

function withoutSigils(name: string): string {
  return name.replace(/^[_$@]+/, '');
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
