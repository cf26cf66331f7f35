import type { Edit, Fix } from '../text/fix.ts';
import { type Case, isCase, toCase } from '../words/cases.ts';

/** What to do about a name that is not in the case that is wanted. */
export function renaming(name: string, style: Case): string {
  const written = inCase(name, style);
  return written === null ? 'Give it a name that is made of words.' : `Call it \`${written}\`.`;
}

/** The fix that does so, as a part of a finding; empty where the words of the name cannot be told. */
export function renamingFix(name: string, style: Case, edits: (to: string) => readonly Edit[]): { fix?: Fix } {
  const written = inCase(name, style);
  return written === null ? {} : { fix: renamedTo(written, edits) };
}

/** The fix that gives something another name. Callers use names, so it is none that is safe. */
export function renamedTo(name: string, edits: (to: string) => readonly Edit[]): Fix {
  return { title: `Call it \`${name}\``, safe: false, edits: () => edits(name) };
}

function inCase(name: string, style: Case): string | null {
  const written = toCase(name, style);
  return written !== name && isCase(written, style) && /^\p{L}/u.test(written) ? written : null;
}
