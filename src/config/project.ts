import { dirname, resolve, sep } from 'node:path';
import { Failure } from '../failure.ts';
import { type Io, relativePath } from '../io.ts';
import type { FileResult, Files } from '../languages/language.ts';
import { Source } from '../text/source.ts';

/** Texts of up to so many characters in all are kept, so that what discovery has read need not be read again. */
const mostKept = 50_000_000;

/** The files that belong together: documents may refer to each other within it, and to nothing outside. */
export class Project implements Files {
  /** The folder of the configuration, else the git root, else the working directory; absolute. */
  readonly root: string;
  readonly #io: Io;
  readonly #folders: string[];
  readonly #sources = new Map<string, Source>();
  #kept = 0;

  /**
   * @param folders further folders that belong to it: those that were named, those that were allowed
   * @param root the folder of the configuration, absolute, where there is one
   */
  constructor(io: Io, folders: readonly string[], root = gitRoot(io)) {
    this.#io = io;
    this.root = root;
    this.#folders = [this.root, ...folders]
      .map((folder) => resolve(io.cwd, folder))
      .flatMap((folder) => [folder, io.realPath(folder) ?? folder]);
  }

  /** Reads what a document refers to. Links are followed before it is decided what lies outside. */
  read(path: string): FileResult {
    const known = this.#sources.get(path);
    if (known) return { source: known };
    const absolute = resolve(this.#io.cwd, path);
    const real = this.#io.realPath(absolute) ?? absolute;
    if (!this.contains(real))
      return { refused: `\`${path}\` lies outside the project; \`--allow-outside ${dirname(path)}\` lets it in.` };
    try {
      return { source: this.open(path) };
    } catch (error) {
      if (error instanceof Failure) return { refused: error.message };
      throw error;
    }
  }

  /** Whether a path without links lies inside. */
  contains(real: string): boolean {
    return this.#folders.some(
      (folder) => real === folder || real.startsWith(folder.endsWith(sep) ? folder : folder + sep),
    );
  }

  /** Reads a file that was asked for, wherever it lies. Throws a Failure when it cannot be read. */
  open(path: string): Source {
    const name = relativePath(this.#io.cwd, path);
    return this.#sources.get(name) ?? this.add(name, this.#io.read(path));
  }

  /** Puts a text in the place of a file. */
  add(name: string, text: string): Source {
    const source = new Source(name, text);
    this.#kept += text.length;
    if (this.#kept <= mostKept) this.#sources.set(name, source);
    return source;
  }
}

/** The nearest folder that holds `.git`, from the working directory upwards; that itself where there is none. Absolute. */
export function gitRoot(io: Pick<Io, 'cwd' | 'kind'>): string {
  for (let folder = io.cwd; ; folder = dirname(folder)) {
    if (io.kind(resolve(folder, '.git')) !== null) return folder;
    if (folder === dirname(folder)) return io.cwd;
  }
}
