import { hash } from 'node:crypto';
import type { Problem } from './problem.ts';

/**
 * A name for a problem that stays the same when lines move and when the numbers and names in its message change:
 * 16 hexadecimal digits over rule, element and the shape of the message. It says nothing of the file, and two problems
 * of one element may share it.
 */
export function fingerprint({ rule, element, message }: Pick<Problem, 'rule' | 'element' | 'message'>): string {
  const shape = message.replace(/`[^`]*`/g, '`…`').replace(/\d+/g, '0');
  return hash('sha256', `${rule}\0${element}\0${shape}`, 'hex').slice(0, 16);
}
