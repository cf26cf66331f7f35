// A world for commands: real files in a folder of their own, and streams that are kept.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { filesBelow, type Io } from '../src/io.ts';

export interface World extends Io {
  /** What was written so far. */
  readonly written: { stdout: string; stderr: string };
  /** Asks the command to stop, as Ctrl-C does. */
  interrupt(): void;
}

export interface Setting {
  readonly stdin?: string;
  readonly env?: Io['env'];
  readonly isTTY?: boolean;
}

/** A world whose working directory holds these files, and is gone when the test is over. */
export function worldWith(files: Readonly<Record<string, string | Uint8Array>>, setting: Setting = {}): World {
  const { stdin = '', env = {}, isTTY = false } = setting;
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'world-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  // A git root of its own, so that what lies around the folder does not matter.
  mkdirSync(join(folder, '.git'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const written = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr') => ({
    isTTY,
    write(text: string) {
      written[name] += text;
    },
  });
  const waiting = new Set<() => void>();
  return {
    ...filesBelow(folder),
    env,
    stdout: output('stdout'),
    stderr: output('stderr'),
    stdin: async () => stdin,
    now: () => performance.now(),
    onInterrupt(stop) {
      waiting.add(stop);
      return () => waiting.delete(stop);
    },
    interrupt() {
      for (const stop of waiting) stop();
    },
    written,
  };
}
