import * as fs from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { Failure } from './failure.ts';

/** Where text goes. What is written keeps its order; a reader that has gone away is not an error. */
export interface Output {
  readonly isTTY: boolean;
  write(text: string): void;
}

export type EntryKind = 'file' | 'folder' | 'link' | 'other';

/** One thing in a folder. */
export interface Entry {
  readonly name: string;
  readonly kind: EntryKind;
}

/** The outside world, as far as commands touch it. Paths may be relative to `cwd`. */
export interface Io {
  /** The working directory, absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: Output;
  readonly stderr: Output;
  /** All of standard input as text. */
  stdin(): Promise<string>;
  /** What stands at `path`, links followed; null when there is nothing or it cannot be seen. */
  kind(path: string): Exclude<EntryKind, 'link'> | null;
  /** What a folder holds, sorted by name, links not followed. Throws a Failure when it cannot be read. */
  list(folder: string): Entry[];
  /** The paths of the files below `cwd` or beside it that match a glob, in no particular order. */
  glob(pattern: string): Promise<string[]>;
  /** A file's text, decoded by its byte order mark, else as UTF-8. Throws a Failure that says why it cannot be read. */
  read(path: string): string;
  /** The absolute path without links; null when there is nothing. */
  realPath(path: string): string | null;
  /** Replaces a file as a whole, or leaves what was there; makes the folders that it is to stand in. Throws a Failure that says why it cannot be written. */
  write(path: string, text: string): void;
  /**
   * Replaces the text of a file as a whole and keeps its encoding and byte order mark.
   * @param before what the file is to hold still
   * @throws Failure when it holds something else by now, or bytes that no text stands for
   */
  rewrite(path: string, before: string, after: string): void;
  /** Runs git without a shell. It takes no lock and asks for nothing. Throws a Failure when there is no git; that git fails is in the outcome. */
  git(args: readonly string[], input?: string): GitOutcome;
  /**
   * Tells of each change in folders, not in those below them, with its absolute path. Folders that are gone are left out.
   * Throws a Failure when they cannot be watched.
   * @returns what ends it
   */
  watch(folders: readonly string[], changed: (path: string) => void): () => void;
  /**
   * Tells when the user wants to stop, or nobody reads the output any more; until then Ctrl-C does not end the process.
   * @returns what ends it
   */
  onInterrupt(stop: () => void): () => void;
  /** Milliseconds since some moment. */
  now(): number;
}

/** How git ended. */
export interface GitOutcome {
  readonly status: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Files of more bytes are refused: their text could exceed what a string can hold. */
const mostBytes = 500_000_000;

/** The world of the running process. */
export function processIo(): Io {
  return {
    ...filesBelow(process.cwd()),
    env: process.env,
    stdout: outputTo(process.stdout),
    stderr: outputTo(process.stderr),
    stdin: () => readAll(process.stdin),
    onInterrupt,
    now: () => Number(process.hrtime.bigint()) / 1e6,
  };
}

/** The part of the world that is files, seen from a working directory. */
export function filesBelow(cwd: string): Omit<Io, 'env' | 'stdout' | 'stderr' | 'stdin' | 'onInterrupt' | 'now'> {
  return {
    cwd,
    kind: (path) => kindAt(resolve(cwd, path)),
    list: (folder) => list(resolve(cwd, folder), folder),
    glob: (pattern) => glob(pattern, cwd),
    read: (path) => readText(resolve(cwd, path), path),
    realPath: (path) => realPath(resolve(cwd, path)),
    write: (path, text) => replaceFile(resolve(cwd, path), path, text),
    rewrite: (path, before, after) => rewrite(resolve(cwd, path), path, before, after),
    git: (args, input) => git(args, input, cwd),
    watch,
  };
}

/** The path of a file relative to the working directory, with `/`, as reports print it. */
export function relativePath(cwd: string, path: string): string {
  const result = relative(cwd, resolve(cwd, path)) || '.';
  return sep === '/' ? result : result.replaceAll(sep, '/');
}

/** Writes to a stream of the process. A reader that closed the pipe early is no failure: what it did not want is dropped. */
export function outputTo(stream: NodeJS.WritableStream & { readonly isTTY?: boolean }): Output {
  let open = true;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    open = false;
    if (error.code === 'EPIPE') return;
    process.exitCode = 2;
    if (stream !== process.stderr) process.stderr.write(`apiarch: the output cannot be written: ${reasonOf(error)}.\n`);
  });
  return {
    isTTY: stream.isTTY === true,
    write(text) {
      if (open) stream.write(text);
    },
  };
}

async function readAll(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > mostBytes) throw tooLarge('standard input');
    chunks.push(chunk);
  }
  return decode(Buffer.concat(chunks));
}

function kindAt(path: string): Exclude<EntryKind, 'link'> | null {
  try {
    const stats = fs.statSync(path);
    return stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : 'other';
  } catch {
    return null;
  }
}

function list(absolute: string, shown: string): Entry[] {
  const entries = attempt(() => fs.readdirSync(absolute, { withFileTypes: true }), shown, 'be read');
  return entries.map((entry) => ({ name: entry.name, kind: kindOf(entry) })).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function kindOf(entry: fs.Dirent): EntryKind {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  return entry.isSymbolicLink() ? 'link' : 'other';
}

function glob(pattern: string, cwd: string): Promise<string[]> {
  return globIn((folder) => list(folder, folder), pattern, cwd);
}

/** The files that match a glob among what folders hold, whoever lists them. @param list as `Io.list`, of absolute paths */
export async function globIn(list: Io['list'], pattern: string, cwd: string): Promise<string[]> {
  const { glob: find } = await import('tinyglobby');
  const readdir = (folder: string, _: unknown, done: (error: unknown, entries?: unknown[]) => void) => {
    try {
      done(null, list(folder).map(asDirent));
    } catch (error) {
      done(error);
    }
  };
  const options = { cwd, dot: true, followSymbolicLinks: false, expandDirectories: false };
  return find(pattern, { ...options, fs: { readdir: readdir as unknown as typeof fs.readdir } });
}

function asDirent({ name, kind }: Entry) {
  return {
    name,
    isFile: () => kind === 'file',
    isDirectory: () => kind === 'folder',
    isSymbolicLink: () => kind === 'link',
  };
}

function readText(absolute: string, shown: string): string {
  return decode(readBytes(absolute, shown));
}

function readBytes(absolute: string, shown: string): Buffer {
  const stats = attempt(() => fs.statSync(absolute), shown, 'be read');
  if (stats.isDirectory()) throw new Failure(`\`${shown}\` is a folder, not a file.`);
  if (!stats.isFile()) throw new Failure(`\`${shown}\` is not a regular file.`);
  if (stats.size > mostBytes) throw tooLarge(`\`${shown}\``);
  return attempt(() => fs.readFileSync(absolute), shown, 'be read');
}

function tooLarge(subject: string): Failure {
  return new Failure(`${subject} is too large: apiarch reads files of up to ${mostBytes / 1e6} MB.`);
}

/** A file's text. Unicode 15, section 23.8: the byte order mark tells the encoding and is no part of the text. */
export function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le', 2);
  if (bytes[0] === 0xfe && bytes[1] === 0xff)
    return Buffer.from(bytes.subarray(2, bytes.length & ~1))
      .swap16()
      .toString('utf16le');
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return bytes.toString('utf8', marked ? 3 : 0);
}

/** The bytes that `decode` makes this text of, with the byte order mark of `like`. */
function encode(text: string, like: Buffer): Buffer {
  if (like[0] === 0xff && like[1] === 0xfe) return Buffer.from(`\uFEFF${text}`, 'utf16le');
  if (like[0] === 0xfe && like[1] === 0xff) return Buffer.from(`\uFEFF${text}`, 'utf16le').swap16();
  const marked = like[0] === 0xef && like[1] === 0xbb && like[2] === 0xbf;
  return Buffer.from(marked ? `\uFEFF${text}` : text, 'utf8');
}

function rewrite(absolute: string, shown: string, before: string, after: string): void {
  const bytes = readBytes(absolute, shown);
  if (decode(bytes) !== before) {
    throw new Failure(`\`${shown}\` has changed since it was read, and is left as it is; run apiarch again.`);
  }
  if (!encode(before, bytes).equals(bytes)) {
    throw new Failure(`\`${shown}\` holds bytes that are no text in its encoding, and is left as it is.`);
  }
  replaceFile(absolute, shown, encode(after, bytes));
}

function realPath(path: string): string | null {
  try {
    return fs.realpathSync.native(path);
  } catch {
    return null;
  }
}

/** Writes beside the file and renames, so that no reader ever sees half of it. */
function replaceFile(absolute: string, shown: string, text: string | Buffer): void {
  const target = realPath(absolute) ?? absolute;
  const draft = resolve(dirname(target), `.apiarch-${process.pid}-${Math.random().toString(36).slice(2)}.tmp`);
  const existing = kindAt(target);
  if (existing === 'folder') throw new Failure(`\`${shown}\` is a folder, not a file.`);
  const run = (task: () => unknown) => attempt(task, shown, 'be written');
  // A pipe or /dev/stdout has nothing that could be half written.
  if (existing === 'other') {
    run(() => fs.writeFileSync(target, text));
    return;
  }
  run(() => fs.mkdirSync(dirname(target), { recursive: true }));
  try {
    run(() => fs.writeFileSync(draft, text, { flag: 'wx', mode: existing ? fs.statSync(target).mode : 0o666 }));
    run(() => fs.renameSync(draft, target));
  } finally {
    fs.rmSync(draft, { force: true });
  }
}

function git(args: readonly string[], input = '', cwd: string): GitOutcome {
  // Loaded here, since few runs need it.
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  const env = { ...process.env, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' };
  const { status, stdout, stderr, error } = spawnSync('git', args, { cwd, input, env, maxBuffer: 2 * mostBytes });
  const { code } = (error ?? {}) as NodeJS.ErrnoException;
  if (code === 'ENOENT') throw new Failure('`git` is not installed, or not found in `PATH`.');
  if (code === 'ENOBUFS') throw tooLarge('what git gives out');
  // A git that fails before it has read its input is a git that fails.
  if (error && code !== 'EPIPE') throw new Failure(`git cannot be run: ${reasonOf(error)}.`);
  return { status, stdout, stderr: stderr.toString('utf8') };
}

function watch(folders: readonly string[], changed: (path: string) => void): () => void {
  const watchers: fs.FSWatcher[] = [];
  const close = () => {
    for (const watcher of watchers) watcher.close();
  };
  for (const folder of folders) {
    try {
      const watcher = fs.watch(folder, (_, name) => changed(name === null ? folder : resolve(folder, name)));
      watcher.on('error', () => changed(folder));
      watchers.push(watcher);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' || code === 'ENOTDIR') continue;
      close();
      const reason = code === 'ENOSPC' ? 'too many are watched already' : reasonOf(error as NodeJS.ErrnoException);
      throw new Failure(`\`${folder}\` cannot be watched: ${reason}.`);
    }
  }
  return close;
}

function onInterrupt(stop: () => void): () => void {
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const signal of signals) process.on(signal, stop);
  process.stdout.on('error', stop);
  // The reader may have gone before anybody listened.
  if (process.stdout.destroyed) queueMicrotask(stop);
  return () => {
    for (const signal of signals) process.off(signal, stop);
    process.stdout.off('error', stop);
  };
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of its path is a file, not a folder',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EROFS: 'the file system is read-only',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'its name is too long',
  ENOSPC: 'no space is left',
  EMFILE: 'too many files are open',
};

function attempt<T>(task: () => T, shown: string, verb: string): T {
  try {
    return task();
  } catch (error) {
    throw new Failure(`\`${shown}\` cannot ${verb}: ${reasonOf(error as NodeJS.ErrnoException)}.`);
  }
}

function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  return reasons[code ?? ''] ?? message;
}
