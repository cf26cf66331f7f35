// Draws findings at random from real documents, for a reviewer to judge: `node scripts/precision.mjs --rule ID FOLDER…`.
// The same seed draws the same findings from the same documents; docs/precision.md says what came of it.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values: options, positionals: paths } = parseArgs({
  allowPositionals: true,
  options: {
    rule: { type: 'string', multiple: true },
    ruleset: { type: 'string', default: 'recommended' },
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '12' },
    context: { type: 'string', default: '6' },
    counts: { type: 'boolean' },
  },
});
const bin = join(dirname(fileURLToPath(import.meta.url)), '../bin/apiarch.js');
const chosen = (options.rule ?? []).flatMap((id) => ['--rule', id]);
const { problems } = JSON.parse(lint(['--ruleset', options.ruleset, ...chosen, '-f', 'json', ...paths]));

const byRule = new Map();
for (const problem of problems) byRule.set(problem.rule, [...(byRule.get(problem.rule) ?? []), problem]);
for (const [rule, found] of [...byRule].sort()) {
  if (options.counts) console.log(`${String(found.length).padStart(7)}  ${rule}`);
  else show(rule, draw(found, Number(options.count), random(`${rule} ${options.seed}`)), found.length);
}

function lint(args) {
  const settings = { encoding: 'utf8', maxBuffer: 2 ** 30, stdio: ['ignore', 'pipe', 'inherit'] };
  try {
    return execFileSync(process.execPath, [bin, 'lint', '--no-config', ...args], settings);
  } catch (error) {
    if (error.status === 1) return error.stdout;
    throw error;
  }
}

/** `count` of `all`, at most three of one file while others are left, in a random order. */
function draw(all, count, next) {
  const shuffled = all
    .map((item) => [next(), item])
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);
  const perFile = new Map();
  const first = [];
  const rest = [];
  for (const item of shuffled) {
    const seen = (perFile.get(item.file) ?? 0) + 1;
    perFile.set(item.file, seen);
    (seen <= 3 ? first : rest).push(item);
  }
  return [...first, ...rest].slice(0, count);
}

/** Numbers in [0, 1) from a text: mulberry32 over an FNV-1a hash. */
function random(text) {
  let state = 0x811c9dc5;
  for (const char of text) state = Math.imul(state ^ char.codePointAt(0), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function show(rule, findings, total) {
  console.log(`\n=== ${rule}: ${findings.length} of ${total}`);
  for (const { file, start, message, element } of findings) {
    console.log(`\n${file}:${start.line}:${start.column}  ${message}\n    ${element}`);
    const lines = readFileSync(file, 'utf8').split('\n');
    const from = Math.max(0, start.line - 1 - 2);
    for (let i = from; i < Math.min(lines.length, start.line - 1 + Number(options.context)); i++) {
      console.log(`    ${i + 1 === start.line ? '>' : ' '} ${lines[i].slice(0, 160)}`);
    }
  }
}
