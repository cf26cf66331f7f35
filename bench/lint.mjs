// `npm run bench`: how long `apiarch lint` takes on real and on generated documents, beside Redocly.
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { generate } from './generate.mjs';
import { compare } from './measure.mjs';
import { installPeers, redocly } from './peers.mjs';

const corpus = resolve('../shared/corpus/openapi');
const cache = resolve('.cache/bench');
const bin = resolve('bin/apiarch.js');

/** What is measured, and how many times faster than Redocly we mean to be. */
const rows = [
  { name: 'petstore.yaml', documents: ['petstore.yaml'], reach: 3 },
  { name: 'asana-old.yaml', documents: ['asana-old.yaml'], reach: 3 },
  { name: 'stripe.yaml', documents: ['stripe.yaml'], reach: 2.5 },
  { name: 'generated JSON', documents: () => [generated(900)], reach: 5 },
  { name: 'apis + twilio', documents: () => [...below('apis'), ...below('twilio')], reach: 6 },
  { name: 'digitalocean', documents: ['digitalocean/specification/DigitalOcean-public.v2.yaml'], reach: 4 },
];

export function benchLint({ runs = 5, only = '' } = {}) {
  if (!existsSync(corpus)) {
    console.log(`There are no documents in ${corpus}: nothing to measure.`);
    return;
  }
  mkdirSync(cache, { recursive: true });
  installPeers(cache);
  console.log(
    `| document | size | apiarch | Redocly | Redocly / apiarch | wanted | memory, apiarch | memory, Redocly |`,
  );
  console.log('|---|---|---|---|---|---|---|---|');
  for (const { name, documents, reach } of rows.filter((row) => row.name.includes(only))) {
    const paths = typeof documents === 'function' ? documents() : documents;
    const size = paths.reduce((sum, path) => sum + statSync(resolve(corpus, path)).size, 0);
    const { ours, theirs } = compare(
      { ours: [bin, 'lint', '--no-config', '-f', 'json', ...paths], theirs: redocly(cache, paths) },
      { runs, cwd: corpus },
    );
    if (ours.status === 2) throw new Error(`apiarch failed on ${name}`);
    const ratio = theirs.seconds / ours.seconds;
    const cells = [
      name,
      megabytes(size / 2 ** 20),
      time(ours),
      time(theirs),
      `${ratio.toFixed(2)}×`,
      `${reach}×`,
      megabytes(ours.megabytes),
      megabytes(theirs.megabytes),
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
}

const time = ({ seconds }) => `${seconds.toFixed(2)} s`;
const megabytes = (number) => `${number < 10 ? number.toFixed(2) : Math.round(number)} MB`;

const below = (folder) =>
  readdirSync(join(corpus, folder))
    .filter((name) => /\.(?:json|ya?ml)$/.test(name))
    .sort()
    .map((name) => `${folder}/${name}`);

function generated(resources) {
  const path = join(cache, `generated-${resources}.json`);
  if (!existsSync(path)) writeFileSync(path, JSON.stringify(generate(resources), null, 2));
  return path;
}
