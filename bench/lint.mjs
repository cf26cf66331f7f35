// `npm run bench`: how long `apiarch lint` takes on real and on generated documents, beside the linters of each language.
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { generate } from './generate.mjs';
import { compare } from './measure.mjs';
import { peers } from './peers.mjs';

const corpus = resolve('../shared/corpus');
const cache = resolve('.cache/bench');
const bin = resolve('bin/apiarch.js');

/**
 * What is measured beside which peer, and how many times faster than it we mean to be: with all of `recommended`, or with the
 * ruleset that asks for what the peer asks for.
 */
const rows = [
  { name: 'petstore.yaml', documents: ['openapi/petstore.yaml'], peer: 'Redocly', reach: 3 },
  { name: 'asana-old.yaml', documents: ['openapi/asana-old.yaml'], peer: 'Redocly', reach: 3 },
  { name: 'stripe.yaml', documents: ['openapi/stripe.yaml'], peer: 'Redocly', reach: 2.5 },
  { name: 'generated JSON', documents: () => [generated(900)], peer: 'Redocly', reach: 5 },
  {
    name: 'apis + twilio',
    documents: () => [...below('openapi/apis'), ...below('openapi/twilio')],
    peer: 'Redocly',
    reach: 6,
  },
  {
    name: 'digitalocean',
    documents: ['openapi/digitalocean/specification/DigitalOcean-public.v2.yaml'],
    peer: 'Redocly',
    reach: 4,
  },
  ...['graphql-schema-linter', 'graphql-eslint'].map((peer) => ({
    name: 'github-microcks.graphql',
    documents: ['graphql/github-microcks.graphql'],
    peer,
    reach: 1.5,
  })),
  {
    name: 'github-microcks.graphql',
    documents: ['graphql/github-microcks.graphql'],
    peer: 'graphql-eslint',
    ruleset: 'graphql-eslint-recommended',
    reach: 1.5,
  },
  { name: 'googleapis', documents: ['proto/googleapis'], peer: 'buf', reach: 2 },
  { name: 'googleapis', documents: ['proto/googleapis'], peer: 'buf', ruleset: 'buf-standard', reach: 2 },
];

export function benchLint({ runs = 5, only = '' } = {}) {
  if (!existsSync(corpus)) {
    console.log(`There are no documents in ${corpus}: nothing to measure.`);
    return;
  }
  mkdirSync(cache, { recursive: true });
  console.log(
    '| document | ruleset | size | apiarch | peer | | peer / apiarch | wanted | memory, apiarch | memory, peer |',
  );
  console.log('|---|---|---|---|---|---|---|---|---|---|');
  for (const { name, documents, peer, ruleset = 'recommended', reach } of rows.filter((row) =>
    `${row.name} ${row.peer}`.includes(only),
  )) {
    const paths = (typeof documents === 'function' ? documents() : documents).map((path) => resolve(corpus, path));
    const { ours, theirs } = compare(
      {
        ours: ['node', bin, 'lint', '--no-config', '--ruleset', ruleset, '-f', 'json', ...paths],
        theirs: peers[peer](cache, paths),
      },
      { runs, cwd: corpus },
    );
    if (ours.status === 2) throw new Error(`apiarch failed on ${name}`);
    const cells = [
      name,
      ruleset,
      megabytes(paths.reduce((sum, path) => sum + sizeOf(path), 0) / 2 ** 20),
      time(ours),
      peer,
      time(theirs),
      `${(theirs.seconds / ours.seconds).toFixed(2)}×`,
      `${reach}×`,
      megabytes(ours.megabytes),
      megabytes(theirs.megabytes),
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
}

/** In bytes; of a folder, all that is in it. */
function sizeOf(path) {
  if (!statSync(path).isDirectory()) return statSync(path).size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}

const time = ({ seconds }) => `${seconds.toFixed(2)} s`;
const megabytes = (number) =>
  Number.isNaN(number) ? '' : `${number < 10 ? number.toFixed(2) : Math.round(number)} MB`;

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
