import type { ProtoFile } from './tree.ts';

/**
 * The import root of each file: the folder that the paths of imports start from. Told by what is plain: a folder named like
 * the file's package, or an import that fits another file. A file that tells nothing belongs to the nearest root around it.
 * @returns folders relative to the working directory, without a slash at the end; the working directory is the empty string
 */
export function inferRoots(files: readonly ProtoFile[]): ReadonlyMap<ProtoFile, string> {
  const byPath = new Map(files.map((file) => [file.source.path, file]));
  const votes = new Map<ProtoFile, Map<string, number>>(files.map((file) => [file, new Map()]));
  const vote = (file: ProtoFile, root: string, weight: number): void => {
    const counts = votes.get(file)!;
    counts.set(root, (counts.get(root) ?? 0) + weight);
  };
  for (const file of files) {
    const byPackage = rootByPackage(file);
    if (byPackage !== null) vote(file, byPackage, 1);
    for (const node of file.body) {
      if (node.kind !== 'import') continue;
      const root = foldersAround(file.source.path).find((folder) => byPath.has(inFolder(folder, node.path.value)));
      if (root === undefined) continue;
      vote(file, root, importWeight);
      vote(byPath.get(inFolder(root, node.path.value))!, root, importWeight);
    }
  }
  const told = new Map(files.map((file) => [file, mostVoted(votes.get(file)!)]));
  const known = new Set(told.values());
  return new Map(files.map((file) => [file, told.get(file) ?? nearestRoot(file.source.path, known)]));
}

/** Imports have to be found, while packages need not be named like their folders. */
const importWeight = 2;

/** The folders that a file stands in, the innermost first, the working directory last. */
export function foldersAround(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return [...parts.keys(), parts.length].reverse().map((count) => parts.slice(0, count).join('/'));
}

/** The path of something in a folder. */
export function inFolder(folder: string, path: string): string {
  return folder === '' ? path : `${folder}/${path}`;
}

/** The folder in which `user/v1` stands, if the file of the package `user.v1` stands in that. */
function rootByPackage(file: ProtoFile): string | null {
  const wanted = file.packageName.replaceAll('.', '/');
  const folder = foldersAround(file.source.path)[0]!;
  if (wanted === '') return null;
  if (folder === wanted) return '';
  return folder.endsWith(`/${wanted}`) ? folder.slice(0, -wanted.length - 1) : null;
}

function mostVoted(votes: ReadonlyMap<string, number>): string | null {
  let best: string | null = null;
  for (const [root, count] of votes) {
    if (best === null || count > votes.get(best)!) best = root;
  }
  return best;
}

function nearestRoot(path: string, known: ReadonlySet<string | null>): string {
  const folders = foldersAround(path);
  return folders.find((folder) => known.has(folder)) ?? folders[0]!;
}
