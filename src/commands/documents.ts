import { resolve, sep } from 'node:path';
import type { Config } from '../config/config.ts';
import { type Documents, discover, foldersOf, type Target, targetsOf } from '../config/discover.ts';
import { Project } from '../config/project.ts';
import { Failure, NothingFound } from '../failure.ts';
import { type Io, relativePath } from '../io.ts';
import type { Api, Files, ReadSettings } from '../languages/language.ts';
import { languages } from '../languages/registry.ts';
import { compareText } from '../text/problem.ts';
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
  /** The files that are read only since they belong to an API of which others were asked for. */
  readonly aside: ReadonlySet<string>;
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
  const asked = await discover(wanted, project, Object.values(languages), io, ignores);
  const rest = config ? await restOfApis(asked, wanted, project, config, io) : [];
  const settings = protoPaths
    ? { protoPaths: protoPaths.map((dir) => relativePath(io.cwd, dir).replace(/^\.$/, '')) }
    : {};
  const documents = joined(asked, rest).flatMap((one) => batches(one, settings, config));
  return { documents, project, aside: new Set(rest.flatMap(({ entries }) => entries.map(({ path }) => path))) };
}

/** Reads documents with all that they refer to. */
export function readDocuments({ documents, project }: Pick<Found, 'documents' | 'project'>): Api[] {
  return documents.flatMap(({ language, entries, settings }) => language.read(entries, project, settings));
}

/**
 * The documents that were not asked for, but are one API with some that were: half an API would be judged wrongly. OpenAPI
 * documents each stand for themselves.
 */
async function restOfApis(
  asked: readonly Documents[],
  targets: readonly Target[],
  project: Project,
  { apis, folder, ignores }: Config,
  io: Io,
): Promise<Documents[]> {
  const known = new Set(asked.flatMap(({ entries }) => entries.map(({ path }) => path)));
  const touched = apis.filter(({ files }) => [...known].some((path) => files(path)));
  if (touched.length === 0 || folder === null) return [];
  if (targets.some(({ kind, path }) => kind === 'folder' && contains(resolve(io.cwd, path), folder))) return [];
  const target: Target = { kind: 'folder', path: relativePath(io.cwd, folder) };
  const isOther = (path: string) =>
    known.has(relativePath(io.cwd, path)) || ignores?.(path) || !touched.some(({ files }) => files(path));
  try {
    return await discover([target], project, [languages.graphql, languages.protobuf], io, isOther);
  } catch (error) {
    if (error instanceof NothingFound) return [];
    throw error;
  }
}

function contains(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** All documents, in the order of their paths for each language. */
function joined(some: readonly Documents[], others: readonly Documents[]): Documents[] {
  return some.map(({ language, entries }) => {
    const further = others.filter((other) => other.language === language).flatMap((other) => other.entries);
    return { language, entries: [...entries, ...further].sort((a, b) => compareText(a.path, b.path)) };
  });
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
    return { language, entries: own, settings: { ...(protoPaths && { protoPaths }), ...settings, areOne: true } };
  });
  const rest = { language, entries: wanted.filter((source) => !taken.has(source)), settings };
  return [...configured, rest].filter((batch) => batch.entries.length > 0);
}

function mustBeFolder(flag: string, path: string, io: Io): string {
  if (io.kind(path) === 'folder') return path;
  throw new Failure(`\`${flag}\` takes a folder, and \`${path}\` is none.`);
}
