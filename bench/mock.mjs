// How many requests a mock server answers in a second, beside Prism and a bare node:http that sends the same bytes.
import { execFile, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { installed } from './peers.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const cache = join(root, '.cache/bench');
/** Seconds that each server is asked for, in each run, and before that, until its code is warm. */
const duration = 5;
const warmUp = 2;
const connections = 50;

/**
 * Prints how many requests per second are answered, medians of several runs in turn, as ratios.
 * @param {{ runs?: number, only?: string }} settings
 */
export async function benchMock({ runs = 3, only } = {}) {
  mkdirSync(cache, { recursive: true });
  const rows = inputs().filter(({ name }) => !only || name.includes(only));
  console.log(
    `\n${cpus()[0].model}, ${cpus().length} cores, Node ${process.version}; ${connections} connections, medians of ${runs}\n`,
  );
  console.log('| static GET | bare node:http | Prism 5.14.2 | apiarch | apiarch / Prism | bare / apiarch |');
  console.log('|---|---|---|---|---|---|');
  for (const row of rows) console.log(await measureRow(row, runs));
}

function inputs() {
  const small = write('mock-small.json', documentOf(3));
  const large = write('mock-500.json', documentOf(500));
  return [
    { name: 'small document, as they start by default, with a log', document: small, path: '/things0/1', quiet: false },
    { name: 'small document, without a log', document: small, path: '/things0/1', quiet: true },
    { name: '500 operations, without a log', document: large, path: '/things499/1', quiet: true },
  ];
}

/** A document whose operations answer with an example. */
function documentOf(operations) {
  const example = { id: 1, name: 'Desk lamp', price_cents: 2490, tags: ['light', 'home'] };
  const schema = {
    type: 'object',
    required: ['id', 'name'],
    properties: {
      id: { type: 'integer' },
      name: { type: 'string' },
      price_cents: { type: 'integer' },
      tags: { type: 'array', items: { type: 'string' } },
    },
  };
  const get = (i) => ({
    operationId: `getThing${i}`,
    parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
    responses: { 200: { description: 'A thing.', content: { 'application/json': { schema, example } } } },
  });
  const paths = Object.fromEntries(Array.from({ length: operations }, (_, i) => [`/things${i}/{id}`, { get: get(i) }]));
  return { openapi: '3.0.3', info: { title: 'Things', version: '1.0.0' }, paths };
}

function write(name, document) {
  const path = join(cache, name);
  writeFileSync(path, JSON.stringify(document));
  return path;
}

async function measureRow({ name, document, path, quiet }, runs) {
  const servers = [
    { start: (port) => ['-e', bare(port)] },
    { start: (port) => [prism(), 'mock', document, '-p', String(port), ...(quiet ? ['-v', 'silent'] : [])] },
    { start: (port) => [join(root, 'bin/apiarch.js'), 'mock', document, '-p', String(port), ...(quiet ? ['-q'] : [])] },
  ];
  const rates = servers.map(() => []);
  for (let run = 0; run < runs; run++) {
    for (const [index, { start }] of servers.entries()) rates[index].push(await rate(start, path));
  }
  const [plain, peer, ours] = rates.map(median);
  const shown = (value) => Math.round(value).toLocaleString('en');
  return `| ${name} | ${shown(plain)} | ${shown(peer)} | ${shown(ours)} | ${(ours / peer).toFixed(1)}× | ${(plain / ours).toFixed(1)}× |`;
}

function bare(port) {
  const body = JSON.stringify({ id: 1, name: 'Desk lamp', price_cents: 2490, tags: ['light', 'home'] });
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  return `require('node:http').createServer((_, response) => { response.writeHead(200, ${JSON.stringify(headers)}); response.end(${JSON.stringify(body)}); }).listen(${port}, '127.0.0.1')`;
}

function prism() {
  return join(installed('prism', cache), 'node_modules/@stoplight/prism-cli/dist/index.js');
}

/** Starts a server, asks it as often as it answers, and ends it. @returns requests per second */
async function rate(start, path) {
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const server = spawn(process.execPath, start(port), {
    stdio: 'ignore',
    env: process.env,
  });
  try {
    const url = `http://127.0.0.1:${port}${path}`;
    await answering(url);
    const cannon = createRequire(join(installed('autocannon', cache), 'package.json')).resolve('autocannon');
    const ask = (seconds) =>
      promisify(execFile)(process.execPath, [cannon, '-j', '-c', String(connections), '-d', String(seconds), url]);
    await ask(warmUp);
    const { stdout } = await ask(duration);
    const { requests, non2xx, errors } = JSON.parse(stdout);
    if (non2xx || errors) throw new Error(`${url}: ${non2xx} answers that are no success, ${errors} errors`);
    return requests.average;
  } finally {
    server.kill();
  }
}

async function answering(url) {
  for (let tries = 0; tries < 200; tries++) {
    try {
      const { status } = await fetch(url);
      if (status === 200) return;
      throw new Error(`${url} answers ${status}`);
    } catch (error) {
      if (error instanceof TypeError) await new Promise((resolve) => setTimeout(resolve, 100));
      else throw error;
    }
  }
  throw new Error(`${url} does not answer`);
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
