import type { Io } from '../io.ts';

const width = 30;
/** Milliseconds: what is over sooner needs no bar. */
const patience = 1000;
const refresh = 100;

/** A bar on the terminal for work that takes long; nothing where stderr is no terminal. */
export interface Progress {
  /** Draws how far the work is, now and then. */
  show(done: number, total: number): void;
  /** Wipes the bar away. */
  clear(): void;
}

/** @param wanted false for `--no-progress` */
export function progressBar(io: Pick<Io, 'stderr' | 'now'>, wanted: boolean): Progress {
  let next = io.now() + patience;
  let drawn = false;
  return {
    show(done, total) {
      if (!wanted || !io.stderr.isTTY || io.now() < next) return;
      next = io.now() + refresh;
      drawn = true;
      const filled = Math.round((width * done) / total);
      io.stderr.write(`\r${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${done}/${total} rules`);
    },
    clear() {
      if (drawn) io.stderr.write('\r\u001b[K');
      drawn = false;
    },
  };
}
