/** What one document implies, before the documents are put together. */
import type { Api } from '../../languages/language.ts';
import { singular } from '../../words/plurals.ts';
import { split } from '../../words/split.ts';
import type { Home } from './resource.ts';
import type { RoleKind } from './roles.ts';

/** A resource as one document has it. */
export interface Draft {
  readonly api: Api;
  /** Its names in the singular, as words joined by spaces, the best first: `comment`, `issue comment`. */
  readonly names: readonly string[];
  /** The draft whose records hold these; null at the top. */
  readonly parent: Draft | null;
  /** How much can be done with it: of several of one name, the one with most has the name. */
  readonly weight: number;
  /** The names of its record's fields, as words joined by spaces: what tells whether two drafts speak of the same. */
  readonly fields: () => ReadonlySet<string>;
  readonly home: () => Home;
}

/** A role as one document has it. */
export interface DraftRole {
  readonly kind: RoleKind;
  readonly draft: Draft;
  readonly action: string | null;
}

/** The words of a name in the singular: `order line` of `orderLines` and `order-line`. */
export function nounOf(name: string | readonly string[]): string {
  const words = typeof name === 'string' ? split(name) : name;
  return [...words.slice(0, -1), singular(words.at(-1) ?? '')].join(' ');
}

/**
 * The nouns that a type's name stands for, the longest first, without what only says which view of a thing it is:
 * `repository` of `minimal-repository` and `RepositoryResponse`.
 */
export function coreOf(name: string): string {
  let words = split(name);
  while (words.length > 1 && viewsBehind.has(words.at(-1)!)) words = words.slice(0, -1);
  while (words.length > 1 && viewsBefore.has(words[0]!)) words = words.slice(1);
  return nounOf(words);
}

const version = 'v1 v2 v3 v4 v5 v6 v7 v8 v9 v1alpha v1alpha1 v1beta v1beta1 v1beta2 v2beta';

const viewsBehind = words(
  `response resp dto model entity object obj resource detail details detailed summary schema compact full minimal simple base
   basic mini reduced short read out output vo view ref info public private result props properties representation record
   payload body data ${version}`,
);

const viewsBefore = words(
  `full minimal simple base basic mini reduced short nullable public private new get read the single api detailed abstract
   generic common compact describe ${version}`,
);

/** Whether two nouns may be one: the same, one the end of the other, or one the other's abbreviation (`repo`, `repository`). */
export function areAlike(one: string, other: string): boolean {
  if (one === other) return true;
  if (one === '' || other === '') return false;
  if (one.endsWith(` ${other}`) || other.endsWith(` ${one}`)) return true;
  if (abbreviations.get(one)?.has(other) || abbreviations.get(other)?.has(one)) return true;
  return one.replaceAll(' ', '') === other.replaceAll(' ', '');
}

/** What people shorten in paths, and what schemas then call it in full. */
const abbreviations: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  `acct:account addr:address admin:administrator app:application auth:authorization cat:category cert:certificate conf:configuration
   config:configuration cust:customer db:database dept:department dir:directory doc:document emp:employee env:environment
   img:image info:information inv:invoice lang:language loc:location msg:message org:organization org:organisation
   param:parameter perm:permission pic:picture prod:product pub:publication repo:repository spec:specification
   stat:statistic sub:subscription tx:transaction txn:transaction`
    .split(/\s+/)
    .reduce((found, pair) => {
      const [short, long] = pair.split(':') as [string, string];
      return found.set(short, (found.get(short) ?? new Set<string>()).add(long));
    }, new Map<string, Set<string>>()),
);

/** How many of the names of the smaller set are in the larger one, from 0 to 1. */
export function overlap(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const [small, large] = one.size < other.size ? [one, other] : [other, one];
  if (small.size === 0) return 0;
  let shared = 0;
  for (const name of small) if (large.has(name)) shared++;
  return shared / small.size;
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/));
}
