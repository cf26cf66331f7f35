import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { findDocuments, readDocuments } from '../src/commands/documents.ts';
import { watch } from '../src/commands/watch.ts';
import { Failure } from '../src/failure.ts';
import type { Io } from '../src/io.ts';
import { type World, worldWith } from './world.ts';

const document = (title: string) => `openapi: 3.1.0\ninfo: { title: ${title}, version: 1.0.0 }\npaths: {}\n`;
const patient = { timeout: 30_000, interval: 20 };

/** Watches with a run that tells which documents there are; `runs` grows with each. */
function watching(world: World, paths: readonly string[] = [], more: (io: Io) => void = () => {}) {
  const runs: string[] = [];
  const run = async (io: Io) => {
    const documents = readDocuments(await findDocuments(paths, { stdinPath: 'stdin' }, io));
    const titles = documents.flatMap(({ sources }) => sources.map(({ text }) => /title: (\w+)/.exec(text)?.[1]));
    more(io);
    runs.push(titles.join(' '));
    return runs.length;
  };
  const ended = watch(paths, run, world);
  return {
    runs,
    ended,
    put: (path: string, text: string) => writeFileSync(join(world.cwd, path), text),
    /** Waits until so many runs are over, and the next change is waited for. */
    async until(count: number) {
      await vi.waitFor(() => {
        expect(runs.length).toBeGreaterThanOrEqual(count);
        expect(world.written.stderr.split('waiting for changes').length - 1).toBeGreaterThanOrEqual(count);
      }, patient);
    },
    /** Changes what matters to nobody, gives it time to be noticed, and tells how many runs there were. */
    async settled() {
      await new Promise((done) => setTimeout(done, 400));
      return runs.length;
    },
  };
}

describe('watching', () => {
  it('runs again when a document changes, and ends with the last status', async () => {
    const world = worldWith({ 'a.yaml': document('One') });
    const { runs, until, put, ended } = watching(world);
    await until(1);
    put('a.yaml', document('Two'));
    await until(2);
    world.interrupt();
    expect(await ended).toBe(2);
    expect(runs).toEqual(['One', 'Two']);
    expect(world.written.stderr).toBe(
      'apiarch: waiting for changes; Ctrl-C ends.\napiarch: `a.yaml` changed.\napiarch: waiting for changes; Ctrl-C ends.\n',
    );
    expect(world.written.stdout).toBe('');
  });

  it('notices new, renamed and deleted documents, in new folders too', async () => {
    const world = worldWith({ 'a.yaml': document('A') });
    const { runs, until, put, ended } = watching(world);
    await until(1);
    put('b.yaml', document('B'));
    await until(2);
    mkdirSync(join(world.cwd, 'sub'));
    await until(3);
    put('sub/c.yaml', document('C'));
    await until(4);
    renameSync(join(world.cwd, 'sub/c.yaml'), join(world.cwd, 'sub/d.yaml'));
    await until(5);
    rmSync(join(world.cwd, 'b.yaml'));
    await until(6);
    world.interrupt();
    await ended;
    expect(runs).toEqual(['A', 'A B', 'A B', 'A B C', 'A B C', 'A C']);
  });

  it('notices what documents refer to, where links lead, and a .gitignore that is new', async () => {
    const world = worldWith({
      'docs/a.yaml': `${document('A')}components:\n  schemas:\n    Pet: { $ref: '../parts/pet.yaml' }\n`,
      'parts/pet.yaml': 'type: object\n',
      'elsewhere/real.txt': document('Link'),
    });
    symlinkSync('../elsewhere/real.txt', join(world.cwd, 'docs/link.yaml'));
    const { runs, until, put, ended } = watching(world, ['docs']);
    await until(1);
    put('parts/pet.yaml', 'type: string\n');
    await until(2);
    put('elsewhere/real.txt', document('Linked'));
    await until(3);
    put('docs/.gitignore', 'link.yaml\n');
    await until(4);
    world.interrupt();
    await ended;
    expect(runs.map((run) => run.trim().replace(/\s+/g, ' '))).toEqual(['A Link', 'A Link', 'A Linked', 'A']);
  });

  it('does not run for what it wrote itself, nor for what it does not read', async () => {
    const world = worldWith({ 'a.yaml': document('A'), 'node_modules/x/y.yaml': document('N') });
    const { runs, until, put, settled, ended } = watching(world, [], (io) =>
      io.write('report.json', `{"n": ${Math.random()}}`),
    );
    await until(1);
    expect(await settled()).toBe(1);
    put('notes.txt', 'x');
    put('node_modules/x/z.yaml', document('N'));
    put('a.yaml', document('A'));
    expect(await settled()).toBe(1);
    put('a.yaml', document('B'));
    await until(2);
    expect(await settled()).toBe(2);
    world.interrupt();
    await ended;
    expect(runs).toEqual(['A', 'B']);
  });

  it('runs again at once for what changed while it ran', async () => {
    const world = worldWith({ 'a.yaml': document('A') });
    let times = 0;
    const { runs, until, put, ended } = watching(world, ['a.yaml'], () => {
      if (times++ === 0) put('a.yaml', document('B'));
    });
    await until(2);
    world.interrupt();
    await ended;
    expect(runs).toEqual(['A', 'B']);
  });

  it('takes a burst of changes for one', async () => {
    const world = worldWith({ 'a.yaml': document('A') });
    const { runs, until, put, ended } = watching(world);
    await until(1);
    for (let i = 0; i < 20; i++) put('a.yaml', document(`B${i}`));
    await until(2);
    world.interrupt();
    await ended;
    expect(runs).toEqual(['A', 'B19']);
  });

  it('goes on after a run that failed, in whatever way', async () => {
    const world = worldWith({ 'a.yaml': document('A') });
    const faults = [new Failure('this cannot be.'), new TypeError('x is not a function')];
    const { until, put, ended } = watching(world, [], () => {
      const fault = faults.shift();
      if (fault) throw fault;
    });
    await vi.waitFor(() => expect(world.written.stderr).toContain('this cannot be.\napiarch: waiting'), patient);
    put('a.yaml', document('B'));
    await vi.waitFor(() => expect(world.written.stderr).toContain('this is a bug (x is not a function)'), patient);
    put('a.yaml', document('C'));
    await until(1);
    put('a.yaml', 'openapi: [');
    await until(2);
    world.interrupt();
    expect(await ended).toBe(2);
  });

  it('waits for a document where there is none, and gives up on what was typed wrongly', async () => {
    const world = worldWith({});
    const { runs, put, until, ended } = watching(world);
    await vi.waitFor(() => expect(world.written.stderr).toContain('there is no API document'), patient);
    put('a.yaml', document('A'));
    await vi.waitFor(() => expect(runs).toEqual(['A']), patient);
    await until(1);
    world.interrupt();
    await ended;
    await expect(watching(worldWith({}), ['missing.yaml']).ended).rejects.toThrow('`missing.yaml`');
    await expect(watching(worldWith({}), ['-']).ended).rejects.toThrow('standard input does not');
  });

  it('ends with 2 when the last run failed', async () => {
    const world = worldWith({ 'a.yaml': document('A') });
    const { ended } = watching(world, [], () => {
      throw new Failure('no.');
    });
    await vi.waitFor(() => expect(world.written.stderr).toContain('waiting'), patient);
    world.interrupt();
    expect(await ended).toBe(2);
  });

  it('clears the screen before each further run on a terminal', async () => {
    const world = worldWith({ 'a.yaml': document('A') }, { isTTY: true });
    const { until, put, ended } = watching(world);
    await until(1);
    expect(world.written.stdout).toBe('');
    put('a.yaml', document('B'));
    await until(2);
    world.interrupt();
    await ended;
    expect(world.written.stdout).toBe('\u001b[2J\u001b[3J\u001b[H');
  });

  it('leaves nobody watching when it ends', async () => {
    const world = worldWith({ 'a.yaml': document('A') });
    let open = 0;
    const counted = {
      ...world,
      watch: (folders: readonly string[], changed: (path: string) => void) => {
        open++;
        const close = world.watch(folders, changed);
        return () => {
          open--;
          close();
        };
      },
    };
    const { until, put, ended } = watching(counted);
    await until(1);
    put('a.yaml', document('B'));
    await until(2);
    expect(open).toBe(1);
    world.interrupt();
    await ended;
    expect(open).toBe(0);
  });
});
