import type { Source } from '../../text/source.ts';
import type { Api, Files, Language, Suppression } from '../language.ts';
import { type Workspace, workspaceOf } from './buf.ts';
import { suppressionsIn } from './comments.ts';
import { type ImportTarget, Links } from './link.ts';
import { parse } from './parse.ts';
import { foldersAround, inFolder, inferRoots } from './roots.ts';
import type { ImportNode, ProtoFile } from './tree.ts';
import { isPublished, wellKnownTypes } from './well-known.ts';

/** One API: the `.proto` files under an import root, with the files that they import. */
export class Protobuf implements Api {
  readonly language = 'protobuf';
  /** The files that were named or discovered. */
  readonly files: readonly ProtoFile[];
  /** The files that are read only for what they define. */
  readonly imported: readonly ProtoFile[];
  /** The folders that imports start from, relative to the working directory; that itself is the empty string. */
  readonly roots: readonly string[];
  /** Whether somebody said where imports start from; else it was told by packages and paths. */
  readonly rootsAreDeclared: boolean;
  /** What selectors have worked out for this API, by selector. */
  readonly memo = new Map<unknown, unknown>();
  readonly #imports: ReadonlyMap<ImportNode, ImportTarget>;
  #links: Links | undefined;

  constructor(
    files: readonly ProtoFile[],
    imported: readonly ProtoFile[],
    imports: ReadonlyMap<ImportNode, ImportTarget>,
    { roots, areDeclared }: Pick<Group, 'roots' | 'areDeclared'>,
  ) {
    this.files = files;
    this.imported = imported;
    this.#imports = imports;
    this.roots = roots;
    this.rootsAreDeclared = areDeclared;
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

  /** A file's path below its root, which is how others import it. */
  importPath({ source: { path } }: ProtoFile): string {
    const around = this.roots.filter((root) => root === '' || path.startsWith(`${root}/`));
    const longest = around.reduce((best, root) => (root.length > best.length ? root : best), '');
    return longest === '' ? path : path.slice(longest.length + 1);
  }

  suppressions(): readonly Suppression[] {
    return this.files.flatMap(suppressionsIn);
  }
}

/**
 * Reads `.proto` files with all that they import; never throws.
 * @param roots the folders that imports start from, as `protoc --proto_path`: then all files are one API. Without them, the
 * files of a Buf workspace are one; for the rest, roots are inferred from packages and paths, and each is an API of its own
 * @param areOne whether all files are one API, wherever imports start
 */
export function read(
  entries: readonly Source[],
  files: Files,
  roots?: readonly string[],
  areOne?: boolean,
): Protobuf[] {
  const parsed = entries.map(parse);
  const library = new Library(parsed, files);
  const sorted = roots ? [{ roots, areDeclared: true, files: parsed }] : grouped(parsed, files);
  const groups = areOne ? [together(sorted, parsed)] : sorted;
  return groups.filter((group) => group.files.length > 0).map((group) => new Loader(group, library).api());
}

/** The files of one API and where their imports start from. */
interface Group {
  readonly roots: readonly string[];
  readonly areDeclared: boolean;
  readonly files: readonly ProtoFile[];
  /** Whether imports that lead nowhere may come from modules that are not at hand. */
  readonly hasDependencies?: boolean;
}

function grouped(parsed: readonly ProtoFile[], files: Files): Group[] {
  const known = new Map<string, Workspace | null>();
  const workspaces = new Map<Workspace, ProtoFile[]>();
  const others: ProtoFile[] = [];
  for (const file of parsed) {
    const workspace = workspaceOf(file.source.path, files, known);
    if (workspace) add(workspaces, workspace, file);
    else others.push(file);
  }
  const inferred = new Map<string, ProtoFile[]>();
  for (const [file, root] of inferRoots(others)) add(inferred, root, file);
  return [
    ...[...workspaces].map(([workspace, group]) => ({ ...workspace, areDeclared: true, files: group })),
    ...[...inferred].map(([root, group]) => ({ roots: [root], areDeclared: false, files: group })),
  ];
}

function together(groups: readonly Group[], files: readonly ProtoFile[]): Group {
  return {
    roots: [...new Set(groups.flatMap(({ roots }) => roots))],
    areDeclared: groups.every(({ areDeclared }) => areDeclared),
    files,
    hasDependencies: groups.some(({ hasDependencies }) => hasDependencies),
  };
}

function add<K>(groups: Map<K, ProtoFile[]>, key: K, file: ProtoFile): void {
  const group = groups.get(key);
  if (group) group.push(file);
  else groups.set(key, [file]);
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
  readonly #group: Group;
  readonly #library: Library;
  /** By path. */
  readonly #own: Map<string, ProtoFile>;
  readonly #imported: ProtoFile[] = [];

  constructor(group: Group, library: Library) {
    this.#group = group;
    this.#library = library;
    this.#own = new Map(group.files.map((file) => [file.source.path, file]));
  }

  api(): Protobuf {
    const imports = new Map<ImportNode, ImportTarget>();
    const pending = [...this.#group.files];
    // Grows while it is walked.
    for (const file of pending) {
      for (const node of file.body) {
        if (node.kind !== 'import') continue;
        const known = this.#imported.length;
        imports.set(node, this.#target(node.path.value, file));
        pending.push(...this.#imported.slice(known));
      }
    }
    return new Protobuf(this.#group.files, this.#imported, imports, this.#group);
  }

  /** Import paths are relative to the roots; folders around the importing file are tried for trees whose root nobody told. */
  #target(path: string, from: ProtoFile): ImportTarget {
    if (/^$|^\/|\\|(?:^|\/)\.{0,2}(?:\/|$)/.test(path)) return null;
    const candidates = [...this.#group.roots, ...foldersAround(from.source.path)].map((folder) =>
      inFolder(folder, path),
    );
    const own = candidates.find((candidate) => this.#own.has(candidate));
    if (own !== undefined) return this.#own.get(own)!;
    for (const candidate of candidates) {
      const file = this.#library.file(candidate);
      if (file) return this.#adopted(file);
    }
    if (wellKnownTypes(path)) return 'well-known';
    return this.#group.hasDependencies || isPublished(path) ? 'external' : null;
  }

  #adopted(file: ProtoFile): ProtoFile {
    this.#own.set(file.source.path, file);
    this.#imported.push(file);
    return file;
  }
}

/** Protocol Buffers: proto2, proto3, editions 2023 and 2024. The files under one root, or of one workspace, are an API. */
export const protobuf: Language<'protobuf'> = {
  name: 'protobuf',
  read: (entries, files, settings = {}) => read(entries, files, settings.protoPaths, settings.areOne),
};
