import type { Config } from '../config/config.ts';
import { type Documents, discover, foldersOf, type Target, targetsOf } from '../config/discover.ts';
import { Project } from '../config/project.ts';
import { Failure } from '../failure.ts';
import { type Io, relativePath } from '../io.ts';
import type { Api, Files, ReadSettings } from '../languages/language.ts';
import { languages } from '../languages/registry.ts';
import type { Source } from '../text/source.ts';

/** The flags that say which documents there are, and what they may refer to. */
export interface DocumentFlags {
  readonly stdinPath: string;
  readonly allowOutside?: readonly string[];
  readonly protoPath?: readonly string[];
}

/** Documents that are read together, and what reading them goes by. */
export interface Batch extends Documents {
  readonly settings: ReadSettings;
}

/** Documents that were found. */
export interface Found {
  readonly documents: readonly Batch[];
  readonly project: Files;
}

/**
 * Finds the documents that paths stand for.
 * @param config says which to leave out, and which are one API
 * @throws Failure when a path has none, or a flag names what is no folder
 */
export async function findDocuments(
  paths: readonly string[],
  flags: DocumentFlags,
  io: Io,
  config?: Config,
): Promise<Found> {
  const targets = await targetsOf(paths, flags.stdinPath, io);
  const protoPaths = flags.protoPath?.map((dir) => mustBeFolder('--proto-path', dir, io));
  const allowed = (flags.allowOutside ?? []).map((dir) => mustBeFolder('--allow-outside', dir, io));
  const further = [...(protoPaths ?? []), ...(config?.apis.flatMap(({ protoPaths = [] }) => protoPaths) ?? [])];
  const project = new Project(io, [...foldersOf(targets), ...allowed, ...further], config?.folder ?? undefined);
  const ignores = config?.ignores ?? undefined;
  const wanted = targets.filter((target) => !isNamed(target) || !ignores?.(target.path));
  for (const { path } of targets.filter((target) => !wanted.includes(target))) {
    io.stderr.write(`apiarch: \`${path}\` is not judged, since \`${config!.path}\` ignores it.\n`);
  }
  const documents = await discover(wanted, project, Object.values(languages), io, ignores);
  const settings = protoPaths
    ? { protoPaths: protoPaths.map((dir) => relativePath(io.cwd, dir).replace(/^\.$/, '')) }
    : {};
  return { documents: documents.flatMap((one) => batches(one, settings, config)), project };
}

/** Reads documents with all that they refer to. */
export function readDocuments({ documents, project }: Found): Api[] {
  return documents.flatMap(({ language, entries, settings }) => language.read(entries, project, settings));
}

function isNamed({ kind }: Target): boolean {
  return kind === 'file' || kind === 'text';
}

/**
 * Parts the documents of each configured API, which are read together, from the rest. Ignored ones are left out.
 * @param settings what reading goes by where an API says nothing else
 */
export function batches({ language, entries }: Documents, settings: ReadSettings, config: Config | undefined): Batch[] {
  const wanted = entries.filter(({ path }) => !config?.ignores?.(path));
  const taken = new Set<Source>();
  const configured = (config?.apis ?? []).map(({ files, protoPaths }) => {
    const own = wanted.filter(({ path }) => files(path));
    for (const source of own) taken.add(source);
    return { language, entries: own, settings: { ...settings, ...(protoPaths && { protoPaths }), areOne: true } };
  });
  const rest = { language, entries: wanted.filter((source) => !taken.has(source)), settings };
  return [...configured, rest].filter((batch) => batch.entries.length > 0);
}

function mustBeFolder(flag: string, path: string, io: Io): string {
  if (io.kind(path) === 'folder') return path;
  throw new Failure(`\`${flag}\` takes a folder, and \`${path}\` is none.`);
}
