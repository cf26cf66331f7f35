/**
 * What `bin/apiarch.js` runs: the command line in the world of the process, from code that V8 compiled in an earlier run. Most
 * functions of a short run are called a few times only, and compiling them is a good part of it. Bundled by itself, as the
 * one module that has to be compiled each time.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';
import { crc32 } from 'node:zlib';

/** A chunk of the bundle. */
interface Chunk {
  readonly exports: unknown;
  readonly script: Script;
  /** The processor time, in milliseconds, of the longest run that its compiled code comes from; 0 without any. */
  readonly age: number;
}

/** Tells builds apart: V8 itself compares no more of a text than its length. Put in by the build. */
declare const BUILD: string;
/** Node's own switch for its own cache of this kind. */
const mayKeep = process.env['NODE_DISABLE_COMPILE_CACHE'] !== '1';
/** Beside the code that it is made of: whoever can change the one can change the other. */
const kept = join(import.meta.dirname, '../.cache/code', `${BUILD}-node-${process.version}-${process.arch}`);
/** V8 wants the code to begin at a multiple of 8. */
const headerBytes = 16;
const nothing = { code: undefined, age: 0 };
const chunks = new Map<string, Chunk>();

// A run is over before most of its functions pay back what it costs to optimise them, so V8 waits three times as long as
// it would: 15 to 40 % less processor time, up to 25 % less wall time. Nor is there a point in forgetting what was compiled.
// V8 12, from Node 22 on, no longer knows the first.
if (Number.parseInt(process.versions.v8, 10) <= 11) {
  setFlagsFromString('--interrupt-budget=400000');
  setFlagsFromString('--no-flush-bytecode');
}

const { main, processIo } = load(join(import.meta.dirname, 'main.cjs')) as typeof import('./main.ts');
// Set rather than exited with: output drains first.
process.exitCode = await main(process.argv.slice(2), processIo());
if (mayKeep) keepCompiled();

/** Node's `require` for the chunks, but for where their compiled code comes from. */
function load(file: string): unknown {
  const known = chunks.get(file);
  if (known) return known.exports;
  const text = readFileSync(file, 'utf8');
  const { code, age } = mayKeep ? keptOf(file) : nothing;
  const script = new Script(`(function (exports, require, module, __filename, __dirname) {${text}\n})`, {
    filename: file,
    cachedData: code,
  });
  const chunk = { exports: {}, script, age: script.cachedDataRejected ? 0 : age };
  chunks.set(file, chunk);
  const outside = createRequire(file);
  const require = (id: string) => (id.startsWith('.') ? load(resolve(dirname(file), id)) : outside(id));
  script.runInThisContext()(chunk.exports, require, chunk, file, dirname(file));
  return chunk.exports;
}

/** What an earlier run left, if it is whole. V8 refuses what another version of it made, or other flags, but looks no further. */
function keptOf(file: string): { code: Buffer | undefined; age: number } {
  try {
    const data = readFileSync(keptAt(file));
    const code = data.subarray(headerBytes);
    return data.readUInt32LE(8) === crc32(code) ? { code, age: data.readDoubleLE(0) } : nothing;
  } catch {
    return nothing;
  }
}

/** Compiled code behind a header: the age of the run, 8 bytes, the code's CRC-32, 4 bytes, and as many of nothing. */
function packed(code: Buffer, age: number): Buffer {
  const header = Buffer.alloc(headerBytes);
  header.writeDoubleLE(age, 0);
  header.writeUInt32LE(crc32(code), 8);
  return Buffer.concat([header, code]);
}

/**
 * Leaves what V8 has compiled to later runs, where the folder of the package can be written to: when there was nothing, or
 * only what a much shorter run had compiled, which calls fewer functions.
 */
function keepCompiled(): void {
  const age = process.cpuUsage().user / 1000;
  if ([...chunks.values()].every((chunk) => age < 3 * chunk.age)) return;
  try {
    mkdirSync(kept, { recursive: true });
    for (const [file, chunk] of chunks) {
      const draft = `${keptAt(file)}.${process.pid}`;
      writeFileSync(draft, packed(chunk.script.createCachedData(), Math.max(age, chunk.age)));
      renameSync(draft, keptAt(file));
    }
    for (const other of readdirSync(dirname(kept))) {
      if (!other.startsWith(BUILD)) rmSync(join(dirname(kept), other), { recursive: true });
    }
  } catch {
    // Later runs start as slowly as this one, and that is all.
  }
}

function keptAt(file: string): string {
  return join(kept, `${basename(file)}.bin`);
}
