import { looksLikeJson } from './detect.ts';
import type { Document } from './document.ts';
import { type DirectiveUse, type Index, index } from './elements.ts';
import { isSpecifiedName } from './federation.ts';

/**
 * Sorts files into schemas: those that need each other's types are one. Nobody declares which files belong together, and a
 * folder may hold one schema in many files as well as many schemas in a file each.
 * @returns the files of each schema in their order, the schemas by their first file
 */
export function schemas(documents: readonly Document[]): (readonly Document[])[] {
  if (documents.length < 2) return documents.map((document) => [document]);
  const all = documents.map(partOf);
  const groups = new Groups(all);
  // An introspection result is all of a schema.
  const parts = all.filter(({ document }) => !looksLikeJson(document.source.text));
  joinThoseInNeed(parts, groups);
  joinThoseWithoutRoot(parts, groups);
  return groups.all().map((group) => group.map(({ document }) => document));
}

/** A file, and what tells which others it belongs to. Directives are named with their `@`. */
interface Part {
  readonly document: Document;
  /** The file's folder and those around it, the innermost first; the outermost is the empty string. */
  readonly folders: readonly string[];
  readonly defines: ReadonlySet<string>;
  readonly needs: ReadonlySet<string>;
  /** Whether queries can begin here. */
  readonly isRoot: boolean;
  /** Whether it links to Federation: each subgraph does so once. */
  readonly isLinked: boolean;
  /** The entities it defines or extends, as each subgraph does for itself. */
  readonly entities: ReadonlySet<string>;
}

const roots: ReadonlySet<string> = new Set(['Query', 'Mutation', 'Subscription']);

function partOf(document: Document): Part {
  const found = index([document]);
  const types = [...found.types.values()];
  const defines = new Set(types.flatMap(({ name, base }) => (base ? [name] : [])));
  for (const name of found.directiveDefinitions.keys()) defines.add(`@${name}`);
  return {
    document,
    folders: foldersOf(document.source.path),
    defines,
    needs: new Set(needsOf(found).filter((name) => !defines.has(name))),
    isRoot: defines.has('Query') || found.schemaParts.some(({ node }) => (node.operationTypes?.length ?? 0) > 0),
    isLinked: found.directiveUses.some(linksToFederation),
    entities: new Set(types.flatMap(({ name, directives }) => (directives.some(isKey) ? [name] : []))),
  };
}

function foldersOf(path: string): string[] {
  const folders: string[] = [];
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) folders.push(path.slice(0, end));
  return [...folders, ''];
}

/** The names that a file uses, but for those that every schema knows, the entities of other subgraphs, and their roots. */
function needsOf({ types, typeUses, directiveUses }: Index): string[] {
  const isSubgraph = directiveUses.some((use) => isKey(use) || linksToFederation(use));
  const extended = [...types.values()].filter(
    ({ name, base, directives }) => !base && !directives.some(isKey) && !(isSubgraph && roots.has(name)),
  );
  const names = [...extended, ...typeUses].map(({ name }) => name);
  return [...names, ...directiveUses.map(({ name }) => `@${name}`)].filter((name) => !isSpecifiedName(name));
}

function isKey({ name }: { readonly name: string }): boolean {
  return name === 'key';
}

function linksToFederation({ name, node }: DirectiveUse): boolean {
  const url = name === 'link' ? node.arguments?.find((argument) => argument.name.value === 'url')?.value : undefined;
  return url?.kind === 'StringValue' && url.value.includes('/federation/');
}

/** Joins each file with those that define what it lacks. Where several do, the nearest in the tree of folders are meant. */
function joinThoseInNeed(parts: readonly Part[], groups: Groups): void {
  const definers = new Map<string, Part[]>();
  for (const part of parts) {
    for (const name of part.defines) for (const folder of part.folders) append(definers, `${folder}:${name}`, part);
  }
  const joined = new Set<string>();
  for (const part of parts) {
    for (const name of part.needs) {
      const folder = part.folders.find((around) => definers.has(`${around}:${name}`));
      if (folder === undefined) continue;
      const key = `${folder}:${name}`;
      // Once all of them are joined, the first stands for the others.
      const nearest = joined.has(key) ? definers.get(key)!.slice(0, 1) : definers.get(key)!;
      joined.add(key);
      // Many schemas define it, and nothing tells which is meant.
      if (nearest.filter(({ isRoot }) => isRoot).length > 1) definers.set(key, []);
      else for (const definer of nearest) groups.join(part, definer);
    }
  }
}

/** What no query leads to still belongs to the schema around it, if there is one alone. */
function joinThoseWithoutRoot(parts: readonly Part[], groups: Groups): void {
  const rooted = new Map<string, Part[]>();
  const led = new Set<Part>();
  for (const part of parts) {
    if (!part.isRoot) continue;
    append(rooted, part.folders[0]!, part);
    led.add(groups.of(part));
  }
  const lost = parts.filter((part) => !led.has(groups.of(part)));
  for (const part of lost) {
    const folder = part.folders.find((around) => rooted.has(around));
    if (folder === undefined) continue;
    const leaders = new Set(rooted.get(folder)!.map((root) => groups.of(root)));
    if (leaders.size === 1) groups.join([...leaders][0]!, part, 'unasked');
    // Files of one schema from now on: the next ones need not ask for all of them.
    if (leaders.size === 1) rooted.set(folder, [...leaders]);
  }
}

function append<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

/** What a group of files defines together. */
interface Group {
  readonly defines: Set<string>;
  readonly entities: Set<string>;
  isRoot: boolean;
  isLinked: boolean;
}

/** Parts that have been found to belong together (disjoint sets, the smaller joined to the larger). */
class Groups {
  readonly #parts: readonly Part[];
  readonly #leaders = new Map<Part, Part>();
  readonly #groups: Map<Part, Group>;

  constructor(parts: readonly Part[]) {
    this.#parts = parts;
    this.#groups = new Map(
      parts.map((part) => [
        part,
        {
          defines: new Set(part.defines),
          entities: new Set(part.entities),
          isRoot: part.isRoot,
          isLinked: part.isLinked,
        },
      ]),
    );
  }

  of(part: Part): Part {
    let leader = part;
    for (let next = this.#leaders.get(leader); next; next = this.#leaders.get(leader)) leader = next;
    if (leader !== part) this.#leaders.set(part, leader);
    return leader;
  }

  /**
   * Joins the groups of two parts, unless they cannot be of one schema.
   * @param unasked that neither needs the other; then nothing may be defined in both
   */
  join(a: Part, b: Part, unasked?: 'unasked'): void {
    const [one, other] = [this.of(a), this.of(b)];
    if (one === other) return;
    const [first, second] = [this.#groups.get(one)!, this.#groups.get(other)!];
    if (areApart(first, second) || (unasked && share(first.defines, second.defines))) return;
    const isLarger = first.defines.size >= second.defines.size;
    const [to, from] = isLarger ? [first, second] : [second, first];
    this.#leaders.set(isLarger ? other : one, isLarger ? one : other);
    this.#groups.delete(isLarger ? other : one);
    for (const name of from.defines) to.defines.add(name);
    for (const name of from.entities) to.entities.add(name);
    to.isRoot ||= from.isRoot;
    to.isLinked ||= from.isLinked;
  }

  all(): Part[][] {
    const order = new Map<Part, Part[]>();
    for (const part of this.#parts) {
      const leader = this.of(part);
      const group = order.get(leader);
      if (group) group.push(part);
      else order.set(leader, [part]);
    }
    return [...order.values()];
  }
}

/**
 * Whether two groups are schemas of their own: both are subgraphs, or both have roots and define other types twice. Roots
 * alone may be defined in many files of one schema, for whatever merges them.
 */
function areApart(a: Group, b: Group): boolean {
  if ((a.isLinked && b.isLinked) || share(a.entities, b.entities)) return true;
  return a.isRoot && b.isRoot && share(a.defines, b.defines);
}

function share(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [few, many] = a.size < b.size ? [a, b] : [b, a];
  for (const name of few) if (many.has(name) && !roots.has(name)) return true;
  return false;
}
