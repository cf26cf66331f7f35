/** What names of rpcs and of root fields say is done, and to what. */
import { singular } from '../../words/plurals.ts';
import { isPastTense } from '../../words/tenses.ts';
import { canBeVerb, effectOf } from '../../words/verbs.ts';
import { nounOf } from './draft.ts';
import type { RoleKind } from './roles.ts';

/** A name as far as it tells. */
export interface NameReading {
  readonly kind: RoleKind;
  /** What it is done to, in the singular; empty where the name is the verb alone. */
  readonly noun: string;
  /** Whether the name speaks of many: `ListOrders`, `deleteOrders`. */
  readonly isPlural: boolean;
}

/**
 * What a name says, by the verb that it begins or ends with; null where that is none of the usual ones.
 * @param words of the name, in lower case
 */
export function readName(words: readonly string[]): NameReading | null {
  const [first = ''] = words;
  const batch = first === 'batch' || first === 'bulk' || first === 'multi';
  if (batch) return words.length > 1 ? named('batch', words.slice(kindOf.has(words[1]!) ? 2 : 1)) : null;
  const kind = kindOf.get(first);
  if (kind) return named(kind, words.slice(1));
  const last = words.at(-1) ?? '';
  const behind = words.length > 1 ? kindOf.get(last) : undefined;
  if (!behind || !isCertain.has(last)) return null;
  if (words.at(-2) === 'bulk' || words.at(-2) === 'batch') return named('batch', words.slice(0, -2));
  return named(behind, words.slice(0, -1));
}

function named(kind: RoleKind, words: readonly string[]): NameReading {
  const by = words.findIndex((word, i) => i > 0 && /^(?:by|with|for|from|of|in|where)$/.test(word));
  const head = (by > 0 ? words.slice(0, by) : words).filter((word) => !/^(?:all|new|the|my|one|many)$/.test(word));
  const noun = nounOf(head);
  return { kind, noun, isPlural: words.includes('all') || words.includes('many') || noun !== head.join(' ') };
}

const verbs: Readonly<Partial<Record<RoleKind, string>>> = {
  get: 'get fetch retrieve read describe lookup show view',
  list: 'list search query find scan enumerate browse',
  create: 'create add register insert new place make submit open',
  update: 'update edit modify patch change',
  replace: 'replace put',
  delete: 'delete remove destroy',
  watch: 'watch stream subscribe listen follow observe monitor tail',
};

const kindOf: ReadonlyMap<string, RoleKind> = new Map(
  Object.entries(verbs).flatMap(([kind, list]) => list.split(' ').map((verb) => [verb, kind as RoleKind] as const)),
);

/** Verbs that are believed at the end of a name, too: `orderCreate`, but not `orderPlace`. */
const isCertain = new Set('create add register update edit modify delete remove destroy replace'.split(' '));

/**
 * What is done to a thing by a name that has the thing in it: `cancel` of `CancelOrder` and `orderCancel`, `mark as paid` of
 * `MarkOrderAsPaid`; null where it has not, and where the name speaks of reading or of something else.
 */
export function actionOn(words: readonly string[], noun: string): string | null {
  const own = noun.split(' ');
  for (let from = 0; from + own.length <= words.length; from++) {
    if (!isAt(words, from, own)) continue;
    const rest = [...words.slice(0, from), ...words.slice(from + own.length)];
    const [first] = rest;
    if (first === undefined || effectOf(first) === 'read') return null;
    const isDone = from === 1 || canBeVerb(first) || canBeVerb(rest.at(-1)!) || isPastTense(rest.at(-1)!);
    return isDone ? rest.join(' ') : null;
  }
  return null;
}

/** Whether a noun stands somewhere among words, its last word in the singular or the plural. */
function isAt(words: readonly string[], from: number, noun: readonly string[]): boolean {
  const last = noun.length - 1;
  for (let i = 0; i < last; i++) if (words[from + i] !== noun[i]) return false;
  const word = words[from + last]!;
  return word === noun[last] || singular(word) === noun[last];
}
