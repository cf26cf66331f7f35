import type { Source } from '../../text/source.ts';
import type { Files, Suppression } from '../language.ts';
import { suppressionsIn } from './comments.ts';
import { type ImportTarget, Links } from './link.ts';
import { parse } from './parse.ts';
import { foldersAround, inFolder, inferRoots } from './roots.ts';
import type { ImportNode, ProtoFile } from './tree.ts';
import { wellKnownTypes } from './well-known.ts';

/** One API: the `.proto` files under an import root, with the files that they import. */
export class Protobuf {
  readonly language = 'protobuf';
  /** The files that were named or discovered. */
  readonly files: readonly ProtoFile[];
  /** The files that are read only for what they define. */
  readonly imported: readonly ProtoFile[];
  /** What selectors have worked out for this API, by selector. */
  readonly memo = new Map<unknown, unknown>();
  readonly #imports: ReadonlyMap<ImportNode, ImportTarget>;
  #links: Links | undefined;

  constructor(
    files: readonly ProtoFile[],
    imported: readonly ProtoFile[],
    imports: ReadonlyMap<ImportNode, ImportTarget>,
  ) {
    this.files = files;
    this.imported = imported;
    this.#imports = imports;
  }

  /** What the names in the files mean. Worked out at the first call. */
  get links(): Links {
    this.#links ??= new Links(this.files, this.imported, this.#imports);
    return this.#links;
  }

  get sources(): readonly Source[] {
    return [...this.files, ...this.imported].map(({ source }) => source);
  }

  /** What an import leads to. */
  target(node: ImportNode): ImportTarget {
    return this.#imports.get(node) ?? null;
  }

  suppressions(): readonly Suppression[] {
    return [...this.files, ...this.imported].flatMap(suppressionsIn);
  }
}

/**
 * Reads `.proto` files with all that they import; never throws.
 * @param roots the folders that imports start from, as `protoc --proto_path`: then all files are one API. Without them, roots
 * are inferred from packages and paths, and each is an API of its own
 */
export function read(entries: readonly Source[], files: Files, roots?: readonly string[]): Protobuf[] {
  const parsed = entries.map(parse);
  const library = new Library(parsed, files);
  if (roots) return parsed.length === 0 ? [] : [new Loader(parsed, roots, library).api()];
  const groups = new Map<string, ProtoFile[]>();
  for (const [file, root] of inferRoots(parsed)) {
    const group = groups.get(root);
    if (group) group.push(file);
    else groups.set(root, [file]);
  }
  return [...groups].map(([root, group]) => new Loader(group, [root], library).api());
}

/** All files that have been read, so that none is read twice. */
class Library {
  readonly #known: Map<string, ProtoFile | null>;
  readonly #files: Files;

  constructor(entries: readonly ProtoFile[], files: Files) {
    this.#known = new Map(entries.map((file) => [file.source.path, file]));
    this.#files = files;
  }

  file(path: string): ProtoFile | null {
    const known = this.#known.get(path);
    if (known !== undefined) return known;
    const result = this.#files.read(path);
    const file = 'source' in result ? parse(result.source) : null;
    this.#known.set(path, file);
    return file;
  }
}

/** Follows the imports of an API's files. */
class Loader {
  readonly #entries: readonly ProtoFile[];
  readonly #roots: readonly string[];
  readonly #library: Library;
  /** By path. */
  readonly #own: Map<string, ProtoFile>;
  readonly #imported: ProtoFile[] = [];

  constructor(entries: readonly ProtoFile[], roots: readonly string[], library: Library) {
    this.#entries = entries;
    this.#roots = roots;
    this.#library = library;
    this.#own = new Map(entries.map((file) => [file.source.path, file]));
  }

  api(): Protobuf {
    const imports = new Map<ImportNode, ImportTarget>();
    const pending = [...this.#entries];
    // Grows while it is walked.
    for (const file of pending) {
      for (const node of file.body) {
        if (node.kind !== 'import') continue;
        const known = this.#imported.length;
        imports.set(node, this.#target(node.path.value, file));
        pending.push(...this.#imported.slice(known));
      }
    }
    return new Protobuf(this.#entries, this.#imported, imports);
  }

  /** Import paths are relative to the roots; folders around the importing file are tried for trees whose root nobody told. */
  #target(path: string, from: ProtoFile): ImportTarget {
    if (/^$|^\/|\\|(?:^|\/)\.{0,2}(?:\/|$)/.test(path)) return null;
    const candidates = [...this.#roots, ...foldersAround(from.source.path)].map((folder) => inFolder(folder, path));
    const own = candidates.find((candidate) => this.#own.has(candidate));
    if (own !== undefined) return this.#own.get(own)!;
    for (const candidate of candidates) {
      const file = this.#library.file(candidate);
      if (file) return this.#adopted(file);
    }
    return wellKnownTypes(path) ? 'well-known' : null;
  }

  #adopted(file: ProtoFile): ProtoFile {
    this.#own.set(file.source.path, file);
    this.#imported.push(file);
    return file;
  }
}
