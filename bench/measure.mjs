// Runs commands as whole processes, in turn, and keeps their wall time and peak memory.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const reporter = fileURLToPath(new URL('report-memory.mjs', import.meta.url));

/**
 * @param {Record<string, readonly string[]>} commands the program and its arguments, by name; `node` is the one that runs this
 * @param {{ runs: number, cwd: string }} settings
 * @returns {Record<string, { seconds: number, megabytes: number, status: number }>} medians, by name; NaN for what is unknown
 */
export function compare(commands, { runs, cwd }) {
  const names = Object.keys(commands);
  const samples = Object.fromEntries(names.map((name) => [name, []]));
  // Interleaved, after one round that is not counted: what slows the machine down slows all of them down.
  for (let round = 0; round <= runs; round++) {
    for (const name of names) {
      const sample = run(commands[name], cwd);
      if (round > 0) samples[name].push(sample);
    }
  }
  return Object.fromEntries(names.map((name) => [name, medians(samples[name])]));
}

function run([program, ...args], cwd) {
  const start = process.hrtime.bigint();
  const isNode = program === 'node';
  const child = spawnSync(isNode ? process.execPath : program, isNode ? ['--import', reporter, ...args] : args, {
    cwd,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', NO_COLOR: '1' },
  });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  // Only Node tells its peak.
  const megabytes = isNode ? Number(child.output[3]) / 1024 : Number.NaN;
  return { seconds, megabytes, status: child.status };
}

function medians(samples) {
  return {
    seconds: median(samples.map(({ seconds }) => seconds)),
    megabytes: median(samples.map(({ megabytes }) => megabytes)),
    status: samples.at(-1).status,
  };
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
