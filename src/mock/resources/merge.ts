/** Putting together what several documents say of the same things. */
import { type Draft, overlap } from './draft.ts';
import { linksOf } from './links.ts';
import type { Home, Resource } from './resource.ts';

/** Resources of drafts: those of one noun in different languages are one, whose home is that of the first. */
export function mergedDrafts(drafts: readonly Draft[]): {
  readonly resources: readonly Resource[];
  readonly of: (draft: Draft) => Resource;
} {
  const groups: Draft[][] = [];
  const groupOf = new Map<Draft, Draft[]>();
  const byName = new Map<string, Draft[][]>();
  for (const draft of drafts) {
    let group = groupFor(draft, byName);
    if (!group) {
      group = [];
      groups.push(group);
    }
    group.push(draft);
    groupOf.set(draft, group);
    for (const name of draft.names) {
      const known = byName.get(name);
      if (!known) byName.set(name, [group]);
      else if (!known.includes(group)) known.push(group);
    }
  }
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

/** The group that a draft belongs to: one of its name without a draft of the same document that is another thing. */
function groupFor(draft: Draft, byName: ReadonlyMap<string, readonly Draft[][]>): Draft[] | undefined {
  const [best] = draft.names;
  const candidates = draft.names.flatMap((name) => byName.get(name) ?? []);
  const fitting = candidates.filter((group) =>
    group.every((other) => {
      if (other.api === draft.api) return false;
      // Two documents of one language that use one word for different things are not to be mixed.
      return other.api.language !== draft.api.language || overlap(other.fields(), draft.fields()) >= 0.5;
    }),
  );
  const score = (group: readonly Draft[]): number =>
    (group.some(({ names }) => names[0] === best) ? 1 : 0) + overlap(group[0]!.fields(), draft.fields());
  return fitting.sort((a, b) => score(b) - score(a))[0];
}

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
