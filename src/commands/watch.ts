import { hash } from 'node:crypto';
import { basename, dirname, resolve } from 'node:path';
import { Failure } from '../failure.ts';
import { globIn, type Io, relativePath } from '../io.ts';
import { languages } from '../languages/registry.ts';

/** Milliseconds: a burst of changes, as when an editor saves or git switches branches, is over when so long nothing has happened. */
const calm = 100;
/** So many times the run waits for calm, then goes ahead. */
const mostWaits = 20;
/** Clears the screen and what was scrolled out of it. */
const clear = '\u001b[2J\u001b[3J\u001b[H';

/**
 * Runs again whenever something changes that the run before has looked at, until the user stops it.
 * @param paths what is to be linted: standard input cannot be waited for
 * @param run one run; what it reads and lists through its world is what is waited for
 * @returns the status of the last run
 * @throws Failure when the first run fails before it has looked at anything, as flags that are wrong make it
 */
export async function watch(paths: readonly string[], run: (io: Io) => Promise<number>, io: Io): Promise<number> {
  if (paths.includes('-')) throw new Failure('`--watch` waits for files to change, and standard input does not.');
  for (;;) {
    const seen = new Seen(io);
    const status = await attempt(run, seen, io);
    io.stderr.write('apiarch: waiting for changes; Ctrl-C ends.\n');
    const changed = await nextChange(seen, io);
    if (changed === null) return status;
    if (io.stdout.isTTY) io.stdout.write(clear);
    io.stderr.write(`apiarch: ${told(changed, io)} changed.\n`);
  }
}

/** A failure or a bug may come from a file that is half saved: the next run may do better. */
async function attempt(run: (io: Io) => Promise<number>, seen: Seen, io: Io): Promise<number> {
  try {
    return await run(seen.io);
  } catch (error) {
    if (!seen.anything) throw error;
    const what = error instanceof Error ? error.message : String(error);
    io.stderr.write(
      error instanceof Failure ? `apiarch: ${what}\n` : `apiarch: this is a bug (${what}); please report it.\n`,
    );
    return 2;
  }
}

/** Waits until something is otherwise than it was seen. @returns the paths; null when the user wants to stop */
async function nextChange(seen: Seen, io: Io): Promise<readonly string[] | null> {
  const touched = new Set<string>();
  let events = 0;
  let isOver = false;
  let wake = () => {};
  const unwatch = io.watch(seen.folders, (path) => {
    touched.add(path);
    events++;
    wake();
  });
  const release = io.onInterrupt(() => {
    isOver = true;
    wake();
  });
  try {
    // What changed while the run was on its way, before anybody watched.
    let changed = seen.paths.filter((path) => seen.isOtherwise(path));
    while (changed.length === 0) {
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (isOver || touched.size > 0) resolve();
      });
      for (let waits = 0, before = -1; waits < mostWaits && before !== events && !isOver; waits++) {
        before = events;
        await new Promise((resolve) => setTimeout(resolve, calm));
      }
      if (isOver) return null;
      changed = [...touched].filter((path) => seen.isOtherwise(path));
      touched.clear();
    }
    return changed.sort();
  } finally {
    unwatch();
    release();
  }
}

function told(paths: readonly string[], io: Io): string {
  const first = `\`${relativePath(io.cwd, paths[0]!)}\``;
  return paths.length === 1 ? first : `${first} and ${paths.length - 1} more`;
}

/** Folders that nobody looks for documents in, and that change often. */
const noise = /(^|[\\/])(node_modules|\.git)([\\/]|$)/;

/** What a run has looked at, and what it saw there. Paths are absolute. */
class Seen {
  /** Passes everything on, and takes notes. */
  readonly io: Io;
  /** Whether a file was read or a folder listed. */
  anything = false;
  readonly #now: Io;
  /** What files held, hashed; null where there was none. */
  readonly #texts = new Map<string, string | null>();
  /** What folders held, by name. */
  readonly #lists = new Map<string, ReadonlySet<string>>();

  constructor(now: Io) {
    this.#now = now;
    const list: Io['list'] = (folder) => {
      const entries = now.list(folder);
      this.anything = true;
      const path = resolve(now.cwd, folder);
      if (!noise.test(path)) this.#lists.set(path, new Set(entries.map(({ name }) => name)));
      return entries;
    };
    this.io = {
      ...now,
      list,
      glob: (pattern) => globIn(list, pattern, now.cwd),
      kind: (path) => {
        const kind = now.kind(path);
        if (kind === null) this.#noteAbsence(path);
        return kind;
      },
      read: (path) => {
        this.#note(path, null);
        const text = now.read(path);
        this.anything = true;
        this.#note(path, text);
        return text;
      },
      write: (path, text) => {
        now.write(path, text);
        this.#note(path, text);
      },
      rewrite: (path, before, after) => {
        now.rewrite(path, before, after);
        this.#note(path, after);
      },
    };
  }

  /** The folders in which something may change that matters. */
  get folders(): string[] {
    return [...new Set([...[...this.#texts.keys()].map((path) => dirname(path)), ...this.#lists.keys()])];
  }

  /** All that was looked at. */
  get paths(): string[] {
    return [...this.#texts.keys(), ...this.#lists.keys()];
  }

  /** Whether a path holds something else now, as far as it matters. */
  isOtherwise(path: string): boolean {
    const text = this.#texts.get(path);
    if (text !== undefined) return text !== this.#hashAt(path);
    if (this.#lists.has(path)) return this.#hasNewEntry(path);
    return this.#lists.get(dirname(path))?.has(basename(path)) === false && this.#mayMatter(path);
  }

  #hasNewEntry(folder: string): boolean {
    if (this.#now.kind(folder) !== 'folder') return true;
    return this.#now.list(folder).some(({ name }) => {
      const path = resolve(folder, name);
      return !this.#lists.get(folder)!.has(name) && !this.#texts.has(path) && this.#mayMatter(path);
    });
  }

  /** Whether something new may be a document, or hold some. */
  #mayMatter(path: string): boolean {
    const kind = this.#now.kind(path);
    if (kind === 'folder') return !noise.test(path);
    return kind === 'file' && extensions.some((extension) => path.endsWith(extension));
  }

  #note(path: string, text: string | null): void {
    const absolute = resolve(this.#now.cwd, path);
    const hashed = text === null ? null : digest(text);
    this.#texts.set(absolute, hashed);
    // A link may be led elsewhere, and what it leads to may change.
    const real = this.#now.realPath(absolute);
    if (real !== null && real !== absolute) this.#texts.set(real, hashed);
  }

  /** A configuration or a `.gitignore` that comes into being matters; those of folders above are not waited for. */
  #noteAbsence(path: string): void {
    const absolute = resolve(this.#now.cwd, path);
    const isBelow = !relativePath(this.#now.cwd, absolute).startsWith('..');
    if (isBelow && !noise.test(absolute) && this.#now.kind(dirname(absolute)) === 'folder')
      this.#texts.set(absolute, null);
  }

  #hashAt(path: string): string | null {
    if (this.#now.kind(path) === null) return null;
    try {
      return digest(this.#now.read(path));
    } catch {
      return null;
    }
  }
}

const extensions = Object.values(languages).flatMap((entry) => entry.extensions);

function digest(text: string): string {
  return hash('sha1', text, 'base64');
}
