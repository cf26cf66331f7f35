import { dirname, relative, resolve, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import type { Io } from '../io.ts';

/** What the `.gitignore` files say, each read once. */
export class IgnoreFiles {
  readonly #io: Io;
  readonly #root: string;
  readonly #rules = new Map<string, Ignore | null>();

  /** @param root the topmost folder whose `.gitignore` counts */
  constructor(io: Io, root: string) {
    this.#io = io;
    this.#root = root;
  }

  /**
   * The topmost folder whose `.gitignore` counts when `start` is searched: who names an ignored folder wants what is in it.
   */
  topFor(start: string): string {
    const folder = resolve(this.#io.cwd, start);
    const inside = folder === this.#root || folder.startsWith(this.#root + sep);
    return inside && !this.ignores(folder, true, this.#root) ? this.#root : folder;
  }

  /** Whether a file or folder is ignored. The nearest `.gitignore` that has something to say decides. */
  ignores(path: string, isFolder: boolean, top: string): boolean {
    const absolute = resolve(this.#io.cwd, path);
    for (let folder = absolute; folder !== top && folder !== dirname(folder); ) {
      folder = dirname(folder);
      const verdict = this.#at(folder)?.test(relative(folder, absolute).replaceAll(sep, '/') + (isFolder ? '/' : ''));
      if (verdict?.ignored) return true;
      if (verdict?.unignored) return false;
    }
    return false;
  }

  #at(folder: string): Ignore | null {
    const known = this.#rules.get(folder);
    if (known !== undefined) return known;
    const file = resolve(folder, '.gitignore');
    const rules = this.#io.kind(file) === 'file' ? ignore().add(this.#io.read(file)) : null;
    this.#rules.set(folder, rules);
    return rules;
  }
}
