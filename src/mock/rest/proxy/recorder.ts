import type { HarEntry } from './har.ts';

/** So many exchanges are kept: the last ones. */
const mostEntries = 10_000;
/** So many characters of them are kept: a text may not be much longer than five times this. */
const mostCharacters = 100_000_000;
/** Milliseconds between two writes; more, where writing takes long. */
const usualPause = 3_000;

/** Keeps what went through the proxy, and hands it on as a HAR 1.2 archive: every few seconds while there is more, and at the end. */
export class Recorder {
  readonly #write: (har: string) => void;
  readonly #failed: (reason: string) => void;
  readonly #version: string;
  readonly #entries: string[] = [];
  readonly #pending = new Set<Promise<void>>();
  #first = 0;
  #size = 0;
  #dropped = 0;
  #pause = usualPause;
  #timer: NodeJS.Timeout | null = null;

  /**
   * @param write takes the whole archive, to put it in the place of the last one
   * @param failed is told, in a sentence, when that could not be done
   */
  constructor(write: (har: string) => void, failed: (reason: string) => void, version = '1') {
    this.#write = write;
    this.#failed = failed;
    this.#version = version;
  }

  /** Begins with an empty archive. @throws what `write` throws: whether it can be written is known at once */
  open(): void {
    this.#write(this.har());
  }

  /** Takes an entry that may still be in the making. */
  add(entry: Promise<HarEntry>): void {
    const added = entry.then(
      (entry) => this.#keep(JSON.stringify(entry)),
      (error: unknown) => this.#failed(`an exchange could not be recorded: ${String(error)}`),
    );
    this.#pending.add(added);
    added.finally(() => this.#pending.delete(added));
  }

  #keep(text: string): void {
    this.#entries.push(text);
    this.#size += text.length;
    while (this.#size > mostCharacters || this.#entries.length - this.#first > mostEntries) this.#drop();
    this.#timer ??= setTimeout(() => this.#flush(), this.#pause).unref();
  }

  /** Writes what is still to be written. */
  async close(): Promise<void> {
    await Promise.all(this.#pending);
    if (this.#timer) this.#flush();
  }

  /** The archive as text. */
  har(): string {
    const comment = this.#dropped > 0 ? `,"comment":"${this.#dropped} earlier exchanges were left out."` : '';
    const entries = this.#entries.slice(this.#first).join(',\n');
    const creator = JSON.stringify({ name: 'apiarch', version: this.#version });
    return `{"log":{"version":"1.2","creator":${creator},"entries":[\n${entries}\n]${comment}}}\n`;
  }

  #drop(): void {
    this.#size -= this.#entries[this.#first]!.length;
    this.#entries[this.#first] = '';
    this.#first++;
    this.#dropped++;
    if (this.#first > mostEntries) {
      this.#entries.splice(0, this.#first);
      this.#first = 0;
    }
  }

  #flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const start = performance.now();
    try {
      this.#write(this.har());
    } catch (error) {
      this.#failed(error instanceof Error ? error.message : String(error));
    }
    // Writing holds up everything else: at most a twentieth of the time.
    this.#pause = Math.max(usualPause, 20 * (performance.now() - start));
  }
}
