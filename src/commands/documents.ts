import { type Documents, discover, foldersOf, targetsOf } from '../config/discover.ts';
import { Project } from '../config/project.ts';
import { Failure } from '../failure.ts';
import { type Io, relativePath } from '../io.ts';
import type { Api, Files, ReadSettings } from '../languages/language.ts';
import { languages } from '../languages/registry.ts';

/** The flags that say which documents there are, and what they may refer to. */
export interface DocumentFlags {
  readonly stdinPath: string;
  readonly allowOutside?: readonly string[];
  readonly protoPath?: readonly string[];
}

/** Documents that were found, and what reading them goes by. */
export interface Found {
  readonly documents: readonly Documents[];
  readonly project: Files;
  readonly settings: ReadSettings;
}

/**
 * Finds the documents that paths stand for.
 * @throws Failure when a path has none, or a flag names what is no folder
 */
export async function findDocuments(paths: readonly string[], flags: DocumentFlags, io: Io): Promise<Found> {
  const targets = await targetsOf(paths, flags.stdinPath, io);
  const protoPaths = flags.protoPath?.map((dir) => mustBeFolder('--proto-path', dir, io));
  const allowed = (flags.allowOutside ?? []).map((dir) => mustBeFolder('--allow-outside', dir, io));
  const project = new Project(io, [...foldersOf(targets), ...allowed, ...(protoPaths ?? [])]);
  const documents = await discover(targets, project, Object.values(languages), io);
  const settings = protoPaths
    ? { protoPaths: protoPaths.map((dir) => relativePath(io.cwd, dir).replace(/^\.$/, '')) }
    : {};
  return { documents, project, settings };
}

/** Reads documents with all that they refer to. */
export function readDocuments({ documents, project, settings }: Found): Api[] {
  return documents.flatMap(({ language, entries }) => language.read(entries, project, settings));
}

function mustBeFolder(flag: string, path: string, io: Io): string {
  if (io.kind(path) === 'folder') return path;
  throw new Failure(`\`${flag}\` takes a folder, and \`${path}\` is none.`);
}
