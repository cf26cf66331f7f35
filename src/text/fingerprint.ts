import { hash } from 'node:crypto';
import type { Problem } from './problem.ts';

/** What a problem is known by from one run to the next. */
type Known = Pick<Problem, 'rule' | 'element' | 'place' | 'message'>;

/**
 * A name for a problem that stays the same when lines move, items of lists change places, and the numbers and names in its
 * message change: 16 hexadecimal digits over rule, element and the shape of the message. It says nothing of the file, and two
 * problems of one element may share it.
 */
export function fingerprint(problem: Known): string {
  const { rule, message } = problem;
  return hash('sha256', `${rule}\0${identityOf(problem)}\0${shapeOf(message)}`, 'hex').slice(0, 16);
}

/** What the element of a problem is known by from one run to the next. */
export function identityOf({ element, place }: Pick<Problem, 'element' | 'place'>): string {
  return place?.identity ?? element;
}

/** A message without what it names and counts: how many things it lists, and the plurals that follow from that. */
function shapeOf(message: string): string {
  return message
    .replace(/`[^`]*`/g, '`')
    .replace(/`(?:,? and `|,? or `|, `)+/g, '`')
    .replace(/\d+/g, '0')
    .replace(/ \(and 0 more[^)]*\)| and (?:0 more|0 others?|others)\b/g, '')
    .replace(/\b(?:are|is)\b/g, 'be')
    .replace(/\b(?:has|have)\b/g, 'have')
    .replace(/(?:ies|y|es|e|s)\b/g, '');
}
