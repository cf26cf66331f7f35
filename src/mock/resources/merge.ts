/** Putting together what several documents say of the same things. */
import { split } from '../../words/split.ts';
import { meaningOf, namesIdentity } from '../lens/meanings.ts';
import { timeMeaning } from '../store/stamps.ts';
import { type Draft, overlap } from './draft.ts';
import { linksOf } from './links.ts';
import type { Home, Resource } from './resource.ts';

/**
 * Resources of drafts: those of one noun in different documents are one, whose home is that of the first. The best matches are
 * made first, so that what only resembles a thing does not take the place of what it is.
 */
export function mergedDrafts(drafts: readonly Draft[]): {
  readonly resources: readonly Resource[];
  readonly of: (draft: Draft) => Resource;
} {
  const groupOf = groupsOf(drafts);
  const groups = [...new Set(drafts.map((draft) => groupOf.get(draft)!))];
  const names = namesOf(groups);
  const resourceOf = new Map<Draft[], InferredResource>();
  const directory = new Map<string, Resource[]>();
  const of = (draft: Draft): Resource => resourceOf.get(groupOf.get(draft)!)!;
  for (const group of groups) {
    const resource = new InferredResource(names.get(group)!, group, of, directory);
    resourceOf.set(group, resource);
    for (const name of new Set([resource.name, ...group.flatMap((draft) => draft.names)])) {
      const known = directory.get(name);
      if (known) known.push(resource);
      else directory.set(name, [resource]);
    }
  }
  return { resources: [...resourceOf.values()], of };
}

/** The drafts that speak of one thing, in their order, by each of them. */
function groupsOf(drafts: readonly Draft[]): ReadonlyMap<Draft, Draft[]> {
  const groupOf = new Map(drafts.map((draft) => [draft, [draft]]));
  const position = new Map(drafts.map((draft, i) => [draft, i]));
  for (const { one, other } of matchesIn(drafts)) {
    const [kept, joining] = [groupOf.get(one)!, groupOf.get(other)!];
    if (kept === joining || !kept.every((a) => joining.every((b) => mayBeOne(a, b)))) continue;
    kept.push(...joining);
    kept.sort((a, b) => position.get(a)! - position.get(b)!);
    for (const draft of joining) groupOf.set(draft, kept);
  }
  return groupOf;
}

interface Match {
  readonly one: Draft;
  readonly other: Draft;
  readonly score: number;
}

/** Drafts of different documents that may be one thing, the most alike first. */
function matchesIn(drafts: readonly Draft[]): readonly Match[] {
  const byName = new Map<string, Draft[]>();
  const matches = new Map<Draft, Map<Draft, Match>>();
  for (const draft of drafts) {
    const own = new Map<Draft, Match>();
    matches.set(draft, own);
    for (const name of draft.names) {
      const known = byName.get(name);
      for (const one of known ?? []) {
        if (one === draft || own.has(one) || !mayBeOne(one, draft)) continue;
        const score = likeness(one, draft);
        if (score !== null) own.set(one, { one, other: draft, score });
      }
      if (!known) byName.set(name, [draft]);
      else if (known.length < mostCompared && !known.includes(draft)) known.push(draft);
    }
  }
  return [...matches.values()].flatMap((own) => [...own.values()]).sort((a, b) => b.score - a.score);
}

/** With so many drafts of a name the others are compared, so that many documents take no longer than they are long. */
const mostCompared = 100;

/** Whether nothing forbids that two drafts are one. */
function mayBeOne(one: Draft, other: Draft): boolean {
  if (one.api === other.api) return false;
  // Two documents of one language that use one word for different things are not to be mixed.
  return one.api.language !== other.api.language || likenessOfFields(one, other) >= 0.5;
}

/** How likely two drafts with a name in common are one thing, from 0 to 2; null where they are not. */
function likeness(one: Draft, other: Draft): number | null {
  const fields = likenessOfFields(one, other);
  if (one.names[0] === other.names[0]) return tellsApart(one, other) ? null : 1 + fields;
  // What is called so only besides, as a list of `Order` under `/order-items` is, has to look like it.
  return fields >= 0.5 ? fields : null;
}

/** How much of what records hold is the same, their ids and times apart, from 0 to 1. */
const likenessOfFields = (one: Draft, other: Draft): number => overlap(meaningsOf(one), meaningsOf(other));

/** Whether two things of one name have enough fields to see that they are different: no word of one is in the other. */
function tellsApart(one: Draft, other: Draft): boolean {
  const [a, b] = [meaningsOf(one), meaningsOf(other)];
  if (a.size < 3 || b.size < 3) return false;
  const words = new Set([...a].flatMap((meaning) => meaning.split(' ')));
  return ![...b].some((meaning) => meaning.split(' ').some((word) => words.has(word)));
}

/** What the fields of a draft mean, in whatever words: `quantity` and `qty` are one. */
function meaningsOf(draft: Draft): ReadonlySet<string> {
  let meanings = known.get(draft);
  if (!meanings) {
    const thing = split(draft.names[0] ?? '');
    // What anything may have tells nothing.
    const fields = [...draft.fields()].filter((name) => !namesIdentity(name, thing) && timeMeaning(name) === null);
    meanings = new Set(fields.map((name) => meaningOf(name.replace(/ (?:cents|minor)$/, ''), thing)));
    known.set(draft, meanings);
  }
  return meanings;
}

const known = new WeakMap<Draft, ReadonlySet<string>>();

/** A name for each group: its best one where no other group has it, else a more telling one, else with a number. */
function namesOf(groups: readonly Draft[][]): ReadonlyMap<Draft[], string> {
  const byBest = new Map<string, Draft[][]>();
  for (const group of groups) {
    const best = group[0]!.names[0]!;
    byBest.set(best, [...(byBest.get(best) ?? []), group]);
  }
  const taken = new Set([...byBest.keys()].filter((name) => byBest.get(name)!.length === 1));
  const names = new Map<Draft[], string>();
  for (const [best, same] of byBest) {
    if (same.length === 1) {
      names.set(same[0]!, best);
      continue;
    }
    const sorted = [...same].sort((a, b) => b[0]!.weight - a[0]!.weight);
    for (const group of sorted) names.set(group, freeName(group[0]!, best, taken));
  }
  return names;
}

function freeName(draft: Draft, best: string, taken: Set<string>): string {
  const telling = draft.names.filter((name) => name.split(' ').length > best.split(' ').length);
  const parent = draft.parent?.names[0];
  const candidates = [
    ...(draft.parent ? telling : []),
    best,
    ...telling,
    ...(parent ? [`${parent} ${best}`] : []),
    ...draft.names,
  ];
  let name = candidates.find((candidate) => !taken.has(candidate));
  for (let number = 2; name === undefined; number++) if (!taken.has(`${best} ${number}`)) name = `${best} ${number}`;
  taken.add(name);
  return name;
}

/** A resource whose home and links are worked out when they are first asked for. */
class InferredResource implements Resource {
  readonly name: string;
  readonly #drafts: readonly Draft[];
  readonly #of: (draft: Draft) => Resource;
  readonly #directory: ReadonlyMap<string, readonly Resource[]>;
  #links: ReadonlyMap<string, Resource> | undefined;

  constructor(
    name: string,
    drafts: readonly Draft[],
    of: (draft: Draft) => Resource,
    directory: ReadonlyMap<string, readonly Resource[]>,
  ) {
    this.name = name;
    this.#drafts = drafts;
    this.#of = of;
    this.#directory = directory;
  }

  get home(): Home {
    return this.#drafts[0]!.home();
  }

  get parent(): Resource | null {
    const [{ parent }] = this.#drafts as readonly [Draft];
    return parent && this.#of(parent);
  }

  get links(): ReadonlyMap<string, Resource> {
    this.#links ??= linksOf(this, this.#directory);
    return this.#links;
  }
}
