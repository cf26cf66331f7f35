import { basename, dirname, extname, resolve, sep } from 'node:path';
import { didYouMean, Failure, NothingFound } from '../failure.ts';
import { decode, type Entry, globIn, type Io, relativePath } from '../io.ts';
import { languages } from '../languages/registry.ts';
import { knownFindings, takeOut } from '../lint/baseline.ts';
import { closest } from '../text/closest.ts';
import type { Problem } from '../text/problem.ts';

/** The working directory as it was at a merge base. What git does not track, submodules among it, is as it is now. */
export interface Before {
  /** Reads as of then. Nothing is written through it, and nothing told. */
  readonly io: Io;
  /** The paths that stood then for what paths stand for now. What was not there then is missing. */
  paths(now: readonly string[], stdinPath: string): string[];
  /** The present path of a file, which may have been renamed since; as paths in reports. */
  nameNow(then: string): string;
}

/**
 * Looks at the merge base of a ref and `HEAD`, without touching working tree or index.
 * @throws Failure when there is no repository, no such commit or no merge base
 */
export function lookBack(ref: string, io: Io): Before {
  const root = rootOf(io);
  const changes = changesSince(mergeBase(ref, io), root, io);
  const then = new Then(changes, root, io);
  const nameNow = (file: string) => {
    const renamed = changes.renamed.get(resolve(io.cwd, file));
    return renamed === undefined ? file : relativePath(io.cwd, renamed);
  };
  return { io: then.io, paths: (now, stdinPath) => then.paths(now, stdinPath), nameNow };
}

/**
 * Finds documents as they were. Where some paths stood for none, each is tried alone, so `find` had better do no more than look.
 * @param paths what was typed; none for the working directory
 * @param find finds what paths stand for in a world; fails with NothingFound when one of them stands for nothing
 * @returns null when there were no documents
 */
export async function findBefore<T>(
  then: Before,
  paths: readonly string[],
  stdinPath: string,
  find: (paths: readonly string[], io: Io) => Promise<T>,
): Promise<T | null> {
  const found = async (some: readonly string[]) => {
    try {
      return some.length === 0 ? null : await find(some, then.io);
    } catch (error) {
      if (error instanceof NothingFound) return null;
      throw error;
    }
  };
  const wanted = then.paths(paths.length === 0 ? ['.'] : paths, stdinPath);
  const all = await found(wanted);
  if (all !== null || wanted.length < 2) return all;
  const fruitful: string[] = [];
  for (const path of wanted) if ((await found([path])) !== null) fruitful.push(path);
  return found(fruitful);
}

/** The problems that were not there before. */
export function newSince(
  now: readonly Problem[],
  before: readonly Problem[],
  { nameNow }: Before,
  io: Pick<Io, 'kind'>,
): readonly Problem[] {
  const known = knownFindings(before).map((finding) => ({ ...finding, file: nameNow(finding.file) }));
  const exists = (file: string) => io.kind(file) === 'file';
  return takeOut(now, known, { judged: () => true, exists, ran: () => true }).news;
}

/** What a file was, as git knows it. */
interface Blob {
  readonly id: string;
  readonly isLink: boolean;
}

/** How the working tree differs from a commit. Paths are absolute. */
interface Changes {
  /** What files were that are otherwise now, or gone. */
  readonly old: ReadonlyMap<string, Blob>;
  /** Files that were not there. */
  readonly added: ReadonlySet<string>;
  /** New paths by old ones. */
  readonly renamed: ReadonlyMap<string, string>;
}

function rootOf(io: Io): string {
  const { status, stdout, stderr } = io.git(['rev-parse', '--show-cdup']);
  if (status === 0) {
    const root = resolve(io.cwd, stdout.toString('utf8').replace(/\n$/, ''));
    return io.realPath(root) ?? root;
  }
  if (stderr.includes('not a git repository')) {
    throw new Failure('`--since` compares with a commit, and the working directory lies in no git repository.');
  }
  throw gitFailure(stderr);
}

function mergeBase(ref: string, io: Io): string {
  if (ref === '' || ref.startsWith('-')) throw new Failure(`\`--since\` takes a commit, and \`${ref}\` names none.`);
  if (!commitOf('HEAD', io)) throw new Failure('`--since` compares with a commit, and there is none yet.');
  const commit = commitOf(ref, io);
  if (!commit) throw new Failure(`git knows no commit \`${ref}\`${hintFor(ref, io)}`);
  const { status, stdout, stderr } = io.git(['merge-base', commit, 'HEAD']);
  if (status === 0) return stdout.toString('utf8').trim();
  if (status !== 1) throw gitFailure(stderr);
  const isShallow = io.git(['rev-parse', '--is-shallow-repository']).stdout.toString('utf8').trim() === 'true';
  const hint = isShallow ? '; the clone is shallow: `git fetch --unshallow` brings the rest of the history' : '';
  throw new Failure(`\`${ref}\` and \`HEAD\` have no commit in common${hint}.`);
}

function commitOf(ref: string, io: Io): string | null {
  const { status, stdout } = io.git(['rev-parse', '--verify', '--quiet', `${ref}^{commit}`]);
  return status === 0 ? stdout.toString('utf8').trim() : null;
}

/** The end of a sentence: the nearest name, else what brings a branch of a remote, as checkouts of CI systems lack them. */
function hintFor(ref: string, io: Io): string {
  const { stdout } = io.git(['for-each-ref', '--format=%(refname:short)']);
  const nearest = closest(ref, stdout.toString('utf8').trim().split('\n'));
  const [, branch] = /^origin\/([^~^@:\s]+)/.exec(ref) ?? [];
  if (nearest !== null || branch === undefined) return didYouMean(nearest);
  return `; \`git fetch origin ${branch}:refs/remotes/origin/${branch}\` brings it.`;
}

function changesSince(commit: string, root: string, io: Io): Changes {
  const old = new Map<string, Blob>();
  const added = new Set(fieldsOf(['-C', root, 'ls-files', '--others', '--exclude-standard', '-z'], io).map(absolute));
  const renamed = new Map<string, string>();
  // Plumbing, since what `git diff` does depends on how the user has set it up.
  const diff = ['diff-index', '--raw', '-z', '-M', '--no-abbrev', '--ignore-submodules=all', commit];
  const fields = fieldsOf(['-C', root, ...diff], io);
  for (let at = 0; at < fields.length; at++) {
    const [oldMode, , id, , status] = fields[at]!.slice(1).split(' ') as [string, string, string, string, string];
    const path = absolute(fields[++at]!);
    const isRename = status.startsWith('R');
    if (isRename) renamed.set(path, absolute(fields[++at]!));
    if (oldMode.startsWith('10') || oldMode === '120000') old.set(path, { id, isLink: oldMode === '120000' });
    else if (oldMode === '000000') added.add(path);
    if (isRename) added.add(renamed.get(path)!);
  }
  for (const path of old.keys()) added.delete(path);
  for (const [path, now] of untrackedRenames(old, added, renamed, io)) renamed.set(path, now);
  return { old, added, renamed };

  function absolute(path: string): string {
    return resolve(root, path);
  }
}

/** More new files than this are not looked through for renamed ones. */
const mostHashed = 1000;

/** The files that were renamed without a word to git, and hold what they held. */
function* untrackedRenames(
  old: ReadonlyMap<string, Blob>,
  added: ReadonlySet<string>,
  renamed: ReadonlyMap<string, string>,
  io: Io,
): Generator<[string, string]> {
  const known = new Set(renamed.values());
  const gone = [...old].filter(([path]) => !renamed.has(path) && io.kind(path) === null);
  const endings = new Set(gone.map(([path]) => extname(path)));
  const fresh = [...added].filter((path) => !known.has(path) && endings.has(extname(path)) && !path.includes('\n'));
  if (fresh.length === 0 || fresh.length > mostHashed) return;
  const { status, stdout } = io.git(['hash-object', '--stdin-paths'], `${fresh.join('\n')}\n`);
  if (status !== 0) return;
  const ids = stdout.toString('utf8').split('\n');
  const byId = new Map(fresh.map((path, index) => [ids[index]!, path]));
  for (const [path, { id }] of gone) {
    const now = byId.get(id);
    if (now !== undefined) yield [path, now];
    byId.delete(id);
  }
}

/** The output of a command of git that ends its fields in NUL. */
function fieldsOf(args: readonly string[], io: Io): string[] {
  const { status, stdout, stderr } = io.git(args);
  if (status !== 0) throw gitFailure(stderr);
  return stdout.toString('utf8').split('\0').slice(0, -1);
}

function gitFailure(stderr: string): Failure {
  const [first = ''] = stderr.replace(/^(?:fatal|error): /, '').split('\n', 1);
  return new Failure(`git failed: ${first.replace(/\.?$/, '.')}`);
}

const extensions = Object.values(languages).flatMap((entry) => entry.extensions);

/** Links to links and so on end here, as in most systems. */
const mostLinks = 40;

/** The files as they were: those that changed come from git, the others from the working tree. */
class Then {
  readonly io: Io;
  readonly #now: Io;
  readonly #root: string;
  readonly #changes: Changes;
  /** What folders held that changed since, by their paths. */
  readonly #folders = new Map<string, Map<string, Entry>>();
  readonly #contents = new Map<string, Buffer>();

  constructor(changes: Changes, root: string, now: Io) {
    this.#changes = changes;
    this.#root = root;
    this.#now = now;
    for (const [path, { isLink }] of changes.old) this.#enter(path, isLink ? 'link' : 'file');
    this.io = {
      ...now,
      stderr: { isTTY: false, write() {} },
      kind: (path) => this.#kind(resolve(now.cwd, path)),
      list: (folder) => this.#list(resolve(now.cwd, folder), folder),
      glob: (pattern) => globIn((folder) => this.#list(folder, folder), pattern, now.cwd),
      read: (path) => this.#read(resolve(now.cwd, path), path),
      realPath: (path) => this.#locate(resolve(now.cwd, path)),
      write: (path) => {
        throw new Error(`nothing is written to the past: ${path}`);
      },
    };
  }

  paths(now: readonly string[], stdinPath: string): string[] {
    const old = new Map([...this.#changes.renamed].map(([then, path]) => [path, then]));
    let tracked: ReadonlySet<string> | undefined;
    const paths = now.flatMap((path) => {
      const absolute = resolve(this.#now.cwd, path === '-' ? stdinPath : path);
      const kind = path === '-' ? 'file' : this.#now.kind(path);
      if (kind !== 'file') {
        const isThere = kind === null || this.#kind(absolute) === 'folder';
        return [...(isThere ? [path] : []), ...this.#movedInto(kind === null ? null : absolute)];
      }
      const real = this.#now.realPath(absolute) ?? absolute;
      const then = old.get(absolute) ?? old.get(real) ?? absolute;
      tracked ??= this.#tracked();
      const wasThere = this.#kind(then) === 'file' && (this.#changes.old.has(then) || tracked.has(real));
      return wasThere ? [relativePath(this.#now.cwd, then)] : [];
    });
    return [...new Set(paths)];
  }

  /** Where files stood that are now below a folder, or below whatever a glob means, and may be documents. */
  #movedInto(folder: string | null): string[] {
    const isInside = (path: string) => folder !== null && path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
    const moved = [...this.#changes.renamed].filter(([then, now]) => {
      return folder === null || (isInside(now) && !isInside(then));
    });
    const documents = moved.filter(([then]) => extensions.some((extension) => then.endsWith(extension)));
    return documents.map(([then]) => relativePath(this.#now.cwd, then));
  }

  #tracked(): ReadonlySet<string> {
    const paths = fieldsOf(['-C', this.#root, 'ls-files', '-z'], this.#now);
    return new Set(paths.map((path) => resolve(this.#root, path)));
  }

  /** Notes what is at a path, and the folders that it stands in. */
  #enter(path: string, kind: Entry['kind']): void {
    const folder = dirname(path);
    const entries = this.#folders.get(folder) ?? new Map<string, Entry>();
    entries.set(basename(path), { name: basename(path), kind });
    if (this.#folders.has(folder)) return;
    this.#folders.set(folder, entries);
    if (folder !== this.#root && folder.startsWith(this.#root)) this.#enter(folder, 'folder');
  }

  /** Where a path leads to, links followed; null when there was nothing. */
  #locate(path: string, links = 0): string | null {
    if (links > mostLinks) return null;
    const { old, added } = this.#changes;
    const blob = old.get(path);
    if (blob?.isLink)
      return this.#locate(resolve(dirname(path), this.#content(path, blob).toString('utf8')), links + 1);
    if (blob || this.#folders.has(path)) return path;
    if (added.has(path)) return null;
    const real = this.#now.realPath(path) ?? this.#realParent(path);
    return real === path ? (this.#now.kind(path) === null ? null : path) : this.#locate(real, links + 1);
  }

  /** The path with the links of its folders followed. */
  #realParent(path: string): string {
    const folder = dirname(path);
    if (folder === path) return path;
    return resolve(this.#now.realPath(folder) ?? this.#realParent(folder), basename(path));
  }

  #kind(path: string): ReturnType<Io['kind']> {
    const real = this.#locate(path);
    if (real === null) return null;
    if (this.#changes.old.has(real)) return 'file';
    return this.#folders.has(real) ? 'folder' : this.#now.kind(real);
  }

  #list(path: string, shown: string): Entry[] {
    const real = this.#locate(path) ?? path;
    const then = this.#folders.get(real);
    if (!then || this.#now.kind(real) === 'folder') {
      const { old, added } = this.#changes;
      const kept = this.#now.list(this.#shown(real, shown)).filter(({ name }) => {
        const entry = real.endsWith(sep) ? real + name : real + sep + name;
        return !old.has(entry) && !added.has(entry) && !then?.has(name);
      });
      return [...kept, ...(then?.values() ?? [])].sort((a, b) => (a.name < b.name ? -1 : 1));
    }
    return [...then.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  #read(path: string, shown: string): string {
    const real = this.#locate(path);
    if (real === null) throw new Failure(`\`${shown}\` cannot be read: it was not there at the merge base.`);
    const blob = this.#changes.old.get(real);
    return blob ? decode(this.#content(real, blob)) : this.#now.read(this.#shown(real, shown));
  }

  /** The path as it was asked for, unless it leads elsewhere now. */
  #shown(real: string, shown: string): string {
    return resolve(this.#now.cwd, shown) === real ? shown : real;
  }

  /** What a file held. The first that is wanted brings all with the same ending, so that git is started once for each. */
  #content(path: string, { id, isLink }: Blob): Buffer {
    const known = this.#contents.get(id);
    if (known) return known;
    const alike = [...this.#changes.old].filter(([other, blob]) => {
      return blob.isLink === isLink && (isLink || extname(other) === extname(path));
    });
    const ids = [...new Set(alike.map(([, blob]) => blob.id))];
    const { status, stdout, stderr } = this.#now.git(['cat-file', '--batch'], `${ids.join('\n')}\n`);
    if (status !== 0) throw gitFailure(stderr);
    for (const [id, content] of objectsIn(stdout)) this.#contents.set(id, content);
    const content = this.#contents.get(id);
    if (content) return content;
    throw new Failure(
      `git lacks what \`${relativePath(this.#now.cwd, path)}\` was at the merge base; \`git fetch\` may bring it.`,
    );
  }
}

/** The output of `git cat-file --batch`: `<id> <type> <size>`, LF, the content, LF; or `<id> missing`, LF. */
function* objectsIn(output: Buffer): Generator<[id: string, content: Buffer]> {
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf(10, at);
    const [id, type, size] = output.toString('latin1', at, end).split(' ') as [string, string, string?];
    at = end + 1;
    if (type === 'missing' || size === undefined) continue;
    yield [id, output.subarray(at, at + Number(size))];
    at += Number(size) + 1;
  }
}
