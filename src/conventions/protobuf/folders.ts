/** How packages and folders go together. Rules about the one and the other ask here, so that they see the same folders. */
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import { type ProtoFile, placeOf } from '../../languages/protobuf/tree.ts';
import type { Place } from '../../text/place.ts';

/** The folder of a file, below the import root where that is declared; the root is the empty string. */
function folderOf(api: Protobuf, file: ProtoFile): string {
  const path = api.rootsAreDeclared ? api.importPath(file) : file.source.path;
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** A package whose files stand in more than one folder. */
interface ScatteredPackage {
  readonly name: string;
  /** In the order in which they are met. */
  readonly folders: readonly string[];
  readonly files: readonly ProtoFile[];
}

export function packagesInSeveralFolders(api: Protobuf): ScatteredPackage[] {
  const named = readable(api).filter(({ packageName }) => packageName !== '');
  return [...grouped(named, ({ packageName }) => packageName)]
    .map(([name, files]) => ({ name, files, folders: [...new Set(files.map((file) => folderOf(api, file)))] }))
    .filter(({ folders }) => folders.length > 1);
}

/** A folder whose files belong to more than one package. A file without package is of none, and so of another. */
interface MixedFolder {
  readonly folder: string;
  /** Those that have a name, in the order in which they are met. */
  readonly packages: readonly string[];
  readonly files: readonly ProtoFile[];
}

export function foldersOfSeveralPackages(api: Protobuf): MixedFolder[] {
  return [...grouped(readable(api), (file) => folderOf(api, file))]
    .map(([folder, files]) => ({ folder, files, all: [...new Set(files.map(({ packageName }) => packageName))] }))
    .filter(({ all }) => all.length > 1)
    .map(({ folder, files, all }) => ({ folder, files, packages: all.filter((name) => name !== '') }));
}

/** Where a file says its package, or else its first statement. */
export function packageStatement(file: ProtoFile): Place {
  const statement = file.body.find(({ kind }) => kind === 'package');
  if (statement?.kind === 'package') return placeOf(statement, statement.name);
  const { starts, ends } = file.tokens;
  const first = file.body[0]?.first ?? 0;
  const span = { start: starts[first]!, end: ends[first]! };
  return placeOf(file, span, file.source.path);
}

/** A file that could not be read whole may have lost its package. */
function readable({ files }: Protobuf): ProtoFile[] {
  return files.filter(({ problems, body }) => problems.length === 0 && body.length > 0);
}

function grouped<K>(files: readonly ProtoFile[], keyOf: (file: ProtoFile) => K): Map<K, ProtoFile[]> {
  const groups = new Map<K, ProtoFile[]>();
  for (const file of files) {
    const group = groups.get(keyOf(file));
    if (group) group.push(file);
    else groups.set(keyOf(file), [file]);
  }
  return groups;
}
