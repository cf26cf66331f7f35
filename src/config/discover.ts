import { dirname, join } from 'node:path';
import { NothingFound } from '../failure.ts';
import type { Io } from '../io.ts';
import type { Language } from '../languages/language.ts';
import type { LanguageEntry } from '../languages/registry.ts';
import { compareText } from '../text/problem.ts';
import type { Source } from '../text/source.ts';
import { IgnoreFiles } from './gitignore.ts';
import { gitRoot, type Project } from './project.ts';

/** The documents of one language that a run judges, in the order of their paths. */
export interface Documents {
  readonly language: Language;
  readonly entries: readonly Source[];
}

/** A path as the user gave it, and what it turned out to be. */
export type Target =
  | { readonly kind: 'file' | 'folder'; readonly path: string }
  | { readonly kind: 'glob'; readonly path: string; readonly files: readonly string[] }
  | { readonly kind: 'text'; readonly path: string; readonly text: string };

/** Tells files, folders and globs apart. Without paths it is the working directory; `-` is standard input, named `stdinPath`. */
export function targetsOf(paths: readonly string[], stdinPath: string, io: Io): Promise<Target[]> {
  const wanted = paths.length > 0 ? paths : ['.'];
  return Promise.all([...new Set(wanted)].map((path) => targetOf(path, stdinPath, io)));
}

async function targetOf(path: string, stdinPath: string, io: Io): Promise<Target> {
  if (path === '-') return { kind: 'text', path: stdinPath, text: await io.stdin() };
  const kind = io.kind(path);
  if (kind === 'folder') return { kind, path };
  // What is neither file nor glob is read like a file all the same: the failure says best what is wrong with it.
  if (kind !== null || !/[*?{[]|[!@+]\(/.test(path)) return { kind: 'file', path };
  return { kind: 'glob', path, files: await io.glob(path) };
}

/** The folders in which targets lie: what is in them belongs to the project. */
export function foldersOf(targets: readonly Target[]): string[] {
  return targets.map(({ kind, path }) => {
    if (kind === 'folder') return path;
    return kind === 'glob' ? globBase(path) : dirname(path);
  });
}

/** The folders of a glob up to the first that is a pattern. */
function globBase(pattern: string): string {
  const folders = pattern.split('/').slice(0, -1);
  const wild = folders.findIndex((folder) => /[*?{[(!]/.test(folder));
  return folders.slice(0, wild === -1 ? undefined : wild).join('/') || (pattern.startsWith('/') ? '/' : '.');
}

/**
 * Finds and reads the documents that targets stand for.
 * @param isIgnored whether a file below a folder or behind a glob is not wanted, whatever `.gitignore` says
 * @throws NothingFound when a target has no API document, another Failure when a file cannot be read
 */
export async function discover(
  targets: readonly Target[],
  project: Project,
  languages: readonly LanguageEntry[],
  io: Io,
  isIgnored?: (path: string) => boolean,
): Promise<Documents[]> {
  const ignored = new IgnoreFiles(io, gitRoot(io));
  const found = new Map<LanguageEntry, Map<string, Source>>();
  for (const target of targets) {
    let documents = 0;
    for (const path of candidates(target, project, ignored, io)) {
      const named = target.kind === 'file' || target.kind === 'text';
      const fitting = languages.filter(({ extensions }) => extensions.some((extension) => path.endsWith(extension)));
      if (!named && (fitting.length === 0 || isIgnored?.(path))) continue;
      const source = target.kind === 'text' ? project.add(path, target.text) : project.open(path);
      const language = await detect(source, fitting.length > 0 ? fitting : languages, named);
      if (!language) continue;
      documents++;
      if (!found.has(language)) found.set(language, new Map());
      // A link and what it leads to are one document.
      const identity = io.realPath(path) ?? path;
      if (!found.get(language)!.has(identity)) found.get(language)!.set(identity, source);
    }
    if (documents === 0)
      throw new NothingFound(`${nothingAt(target, isIgnored !== undefined)}: ${lookedFor(languages)}`);
  }
  return Promise.all(
    [...found].map(async ([entry, sources]) => ({ language: await entry.load(), entries: inOrder(sources) })),
  );
}

function inOrder(sources: ReadonlyMap<string, Source>): Source[] {
  return [...sources.values()].sort((a, b) => compareText(a.path, b.path));
}

/** The language of a document. One that was named may lack what tells its language: that is a finding, not a failure. */
async function detect(
  source: Source,
  entries: readonly LanguageEntry[],
  named: boolean,
): Promise<LanguageEntry | null> {
  for (const entry of entries) {
    if ((await entry.detection()).detect(source)) return entry;
  }
  if (!named) return null;
  for (const entry of entries) {
    if ((await entry.detection()).resembles(source)) return entry;
  }
  return null;
}

function candidates(target: Target, project: Project, ignored: IgnoreFiles, io: Io): Iterable<string> {
  if (target.kind === 'folder') return filesBelow(target.path, project, ignored, io);
  if (target.kind !== 'glob') return [target.path];
  const skipped = /(^|[\\/])(node_modules|\.git)[\\/]/;
  return target.files.filter((path) => !skipped.test(path) && !ignored.ignores(path, false, gitRoot(io)));
}

/** The files below a folder that no `.gitignore` names. Links to folders are not followed, so there are no circles. */
function* filesBelow(start: string, project: Project, ignored: IgnoreFiles, io: Io): Generator<string> {
  const top = ignored.topFor(start);
  const links: string[] = [];
  const waiting = [start];
  while (waiting.length > 0) {
    const folder = waiting.pop()!;
    for (const { name, kind } of io.list(folder)) {
      const path = join(folder, name);
      if (kind === 'other' || skippedFolders.has(name) || ignored.ignores(path, kind === 'folder', top)) continue;
      if (kind === 'folder') waiting.push(path);
      else if (kind === 'file') yield path;
      else links.push(path);
    }
  }
  // After the files themselves, so that what is reached twice goes by its own name.
  yield* links.filter((path) => io.kind(path) === 'file' && project.contains(io.realPath(path) ?? ''));
}

const skippedFolders: ReadonlySet<string> = new Set(['node_modules', '.git']);

function nothingAt({ kind, path }: Target, someIgnored: boolean): string {
  const besides = someIgnored ? ' but for what the configuration ignores' : '';
  const where = path === '.' ? 'the working directory' : `\`${path}\``;
  if (kind === 'folder') return `there is no API document in ${where}${besides}`;
  if (kind === 'glob') return `no API document matches ${where}${besides}`;
  return `\`${path}\` is no API document`;
}

/** The end of a sentence: `apiarch looked for … in .yaml or .json files; … in .proto files.` */
function lookedFor(languages: readonly LanguageEntry[]): string {
  const marks = languages.map(({ extensions, mark }) => `${mark} in ${listing(extensions)} files`);
  return `apiarch looked for ${marks.join('; ')}.`;
}

function listing(items: readonly string[]): string {
  return items.length < 2 ? items.join() : `${items.slice(0, -1).join(', ')} or ${items.at(-1)}`;
}
