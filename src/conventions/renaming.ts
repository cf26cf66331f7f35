import { type Case, isCase, toCase } from '../words/cases.ts';

/** What to do about a name that is not in the case that is wanted. */
export function renaming(name: string, style: Case): string {
  const written = toCase(name, style);
  const isBetter = written !== name && isCase(written, style) && /^\p{L}/u.test(written);
  return isBetter ? `Call it \`${written}\`.` : 'Give it a name that is made of words.';
}
