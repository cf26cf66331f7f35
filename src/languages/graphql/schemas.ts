import type { Document } from './document.ts';
import { type Index, index } from './elements.ts';
import { isSpecifiedName } from './federation.ts';

/**
 * Sorts files into schemas: those that need each other's types are one. Nobody declares which files belong together, and a
 * folder may hold one schema in many files as well as many schemas in a file each.
 * @returns the files of each schema in their order, the schemas by their first file
 */
export function schemas(documents: readonly Document[]): (readonly Document[])[] {
  if (documents.length < 2) return documents.map((document) => [document]);
  const parts = documents.map(partOf);
  const groups = new Groups(parts);
  joinThoseInNeed(parts, groups);
  joinThoseWithoutRoot(parts, groups);
  return groups.all().map((group) => group.map(({ document }) => document));
}

/** A file, and what tells which others it belongs to. Directives are named with their `@`. */
interface Part {
  readonly document: Document;
  readonly folders: readonly string[];
  readonly defines: ReadonlySet<string>;
  readonly needs: ReadonlySet<string>;
  /** Whether queries can begin here. */
  readonly isRoot: boolean;
}

function partOf(document: Document): Part {
  const found = index([document]);
  const defines = new Set([...found.types.values()].flatMap(({ name, base }) => (base ? [name] : [])));
  for (const name of found.directiveDefinitions.keys()) defines.add(`@${name}`);
  return {
    document,
    folders: document.source.path.split('/').slice(0, -1),
    defines,
    needs: new Set(needsOf(found).filter((name) => !defines.has(name))),
    isRoot: defines.has('Query') || found.schemaParts.some(({ node }) => (node.operationTypes?.length ?? 0) > 0),
  };
}

/** The names that a file uses, but for those that every schema knows and the entities of other subgraphs. */
function needsOf({ types, typeUses, directiveUses }: Index): string[] {
  const extended = [...types.values()].filter(({ base, directives }) => !base && !directives.some(isKey));
  const names = [...extended, ...typeUses].map(({ name }) => name);
  return [...names, ...directiveUses.map(({ name }) => `@${name}`)].filter((name) => !isSpecifiedName(name));
}

function isKey({ name }: { readonly name: string }): boolean {
  return name === 'key';
}

/** Joins each file with those that define what it lacks. Where several do, the nearest in the tree of folders are meant. */
function joinThoseInNeed(parts: readonly Part[], groups: Groups): void {
  const definers = new Map<string, Part[]>();
  for (const part of parts) {
    for (const name of part.defines) {
      const known = definers.get(name);
      if (known) known.push(part);
      else definers.set(name, [part]);
    }
  }
  for (const part of parts) {
    for (const name of part.needs) {
      for (const definer of nearest(part, definers.get(name) ?? [])) groups.join(part, definer);
    }
  }
}

/** What no query leads to still belongs to the schema around it, if there is one alone. */
function joinThoseWithoutRoot(parts: readonly Part[], groups: Groups): void {
  const rooted = groups.all().filter((group) => group.some(({ isRoot }) => isRoot));
  const joined = new Set(rooted.flat());
  for (const part of parts) {
    if (joined.has(part)) continue;
    const around = nearest(
      part,
      rooted.flatMap((group) => group.filter(({ isRoot }) => isRoot)),
    ).filter((root) => sharedFolders(part, root) === root.folders.length);
    if (new Set(around.map((root) => groups.of(root))).size === 1) groups.join(around[0]!, part);
  }
}

function nearest(part: Part, others: readonly Part[]): Part[] {
  const near = others.map((other) => sharedFolders(part, other));
  const most = Math.max(...near);
  return others.filter((_, index) => near[index] === most);
}

function sharedFolders(a: Part, b: Part): number {
  const differing = a.folders.findIndex((folder, index) => folder !== b.folders[index]);
  return differing === -1 ? a.folders.length : differing;
}

/** Parts that have been found to belong together (disjoint sets). */
class Groups {
  readonly #parts: readonly Part[];
  readonly #leaders = new Map<Part, Part>();

  constructor(parts: readonly Part[]) {
    this.#parts = parts;
  }

  of(part: Part): Part {
    let leader = part;
    for (let next = this.#leaders.get(leader); next; next = this.#leaders.get(leader)) leader = next;
    if (leader !== part) this.#leaders.set(part, leader);
    return leader;
  }

  join(a: Part, b: Part): void {
    const [first, second] = [this.of(a), this.of(b)];
    if (first !== second) this.#leaders.set(second, first);
  }

  all(): Part[][] {
    const groups = new Map<Part, Part[]>();
    for (const part of this.#parts) {
      const leader = this.of(part);
      const group = groups.get(leader);
      if (group) group.push(part);
      else groups.set(leader, [part]);
    }
    return [...groups.values()];
  }
}
