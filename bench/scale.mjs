// `npm run bench -- scale`: the time per megabyte of documents that double in size. It must not grow.
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { generate } from './generate.mjs';
import { compare } from './measure.mjs';

const cache = resolve('.cache/bench');

export function benchScale({ runs = 3 } = {}) {
  mkdirSync(cache, { recursive: true });
  const empty = compare({ start: ['node', resolve('bin/apiarch.js'), '--version'] }, { runs, cwd: cache }).start
    .seconds;
  console.log('| resources | size | time | above starting up, per MB |\n|---|---|---|---|');
  for (let resources = 100; resources <= 3200; resources *= 2) {
    const path = join(cache, `generated-${resources}.json`);
    writeFileSync(path, JSON.stringify(generate(resources), null, 2));
    const size = statSync(path).size / 2 ** 20;
    const lint = ['node', resolve('bin/apiarch.js'), 'lint', '--no-config', '--ruleset', 'strict', '-f', 'json', path];
    const { seconds } = compare({ lint }, { runs, cwd: cache }).lint;
    const perMegabyte = ((seconds - empty) * 1000) / size;
    console.log(`| ${resources} | ${size.toFixed(1)} MB | ${seconds.toFixed(2)} s | ${perMegabyte.toFixed(0)} ms |`);
  }
}
