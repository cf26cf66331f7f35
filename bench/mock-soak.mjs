// Asks a built mock 100,000 things over REST, GraphQL and gRPC, and tells what its heap holds after each 10,000:
// node bench/mock-soak.mjs [requests] [folder of documents]. Flat is good. With POSTS=1, only creates: what records
// cost; with POSTS=0, none: nothing may grow.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client, credentials } from '@grpc/grpc-js';

const requests = Number(process.argv[2] ?? 100_000);
const documents = process.argv[3] ?? 'examples';
const onlyPosts = process.env.POSTS === '1';
const noPosts = process.env.POSTS === '0';
const atOnce = 16;
const credential = 'Bearer dev:orders:read,orders:write';

/** Runs in the mock's process: tells its memory after a full collection, in MB, when it is sent SIGUSR2. */
const probe = `process.on('SIGUSR2', () => {
  globalThis.gc(); globalThis.gc();
  const { heapUsed, rss, external } = process.memoryUsage();
  process.stderr.write('memory ' + [heapUsed, rss, external].map((bytes) => (bytes / 1e6).toFixed(1)).join(' ') + '\\n');
});`;
const preload = join(mkdtempSync(join(tmpdir(), 'soak-')), 'probe.cjs');
writeFileSync(preload, probe);

const flags = ['-p', '0', '--grpc-port', '0', '--quiet', '--rate-limit', '1000000/s'];
const args = ['--expose-gc', '--require', preload, 'bin/apiarch.js', 'mock', documents, ...flags];
const mock = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
let isOver = false;
mock.on('exit', (code, signal) => {
  if (isOver) return;
  console.error(`The mock ended (${code ?? signal}).`);
  process.exit(1);
});
const errors = createInterface(mock.stderr);
errors.on('line', (line) => line.startsWith('memory') || console.error(line));
const { url, grpc } = await addresses();
const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
const client = new Client(grpc, credentials.createInsecure());
const statuses = {};
const ids = ['1'];
let tag = '"x"';

console.log(
  `${'requests'.padStart(9)} ${'heap MB'.padStart(9)} ${'rss MB'.padStart(9)} ${'buffers MB'.padStart(10)}  requests/s`,
);
let asked = 0;
await Promise.all(Array.from({ length: atOnce }, (_, i) => ask(i)));
await tell(0, 1);
for (let done = 0; done < requests; ) {
  const start = performance.now();
  const least = done;
  const goal = Math.min(requests, done + 10_000);
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (done < goal) await ask(done++);
    }),
  );
  await tell(goal, ((goal - least) / (performance.now() - start)) * 1000);
}
console.log(
  Object.entries(statuses)
    .map(([status, count]) => `${status}: ${count}`)
    .join(', '),
);
isOver = true;
client.close();
agent.destroy();
const stop = performance.now();
mock.kill('SIGTERM');
const [code] = await once(mock, 'exit');
console.log(`ended with ${code} after ${Math.round(performance.now() - stop)} ms`);
process.exit(code);

async function tell(count, rate) {
  const told = new Promise((resolve) => {
    errors.on('line', function take(line) {
      if (!line.startsWith('memory')) return;
      errors.off('line', take);
      resolve(line.split(' ').slice(1));
    });
  });
  mock.kill('SIGUSR2');
  const [heap, rss, external] = await told;
  console.log(
    `${String(count).padStart(9)} ${heap.padStart(9)} ${rss.padStart(9)} ${external.padStart(10)}  ${Math.round(rate)}`,
  );
}

/** One of many kinds of requests; what could pile up is another each time. */
function ask(n) {
  asked = n;
  if (onlyPosts)
    return post('/orders', order(n), { 'idempotency-key': `00000000-0000-4000-8000-${String(n).padStart(12, '0')}` });
  const id = encodeURIComponent(ids[n % ids.length]);
  switch (n % 20) {
    case noPosts ? -1 : 0:
      return post('/orders', order(n), { 'idempotency-key': `00000000-0000-4000-8000-${String(n).padStart(12, '0')}` });
    case 1:
      return send('DELETE', `/orders/${id}`);
    case 2:
      return send('GET', `/orders/${id}`, undefined, { 'if-none-match': tag });
    case 3:
      return send('GET', `/orders?limit=${(n % 100) + 1}&status=x${n}`);
    case 4:
      return send('GET', `/orders?limit=5&cursor=x${n}`);
    case 5:
      return send('GET', `/orders?__seed=${n}&__dynamic=true`);
    case 6:
      return send('GET', '/orders', undefined, {
        prefer: `seed=s${n}`,
        accept: `application/json;q=0.${n % 1000}, a/b${n}`,
      });
    case 7:
      return send('GET', `/nowhere/${n}/at/all`, undefined, { authorization: `Bearer dev:a${n}` });
    case 8:
      return send('GET', '/orders', undefined, {
        authorization: `Bearer dev:orders:read,x${n}`,
        origin: `http://o${n}`,
      });
    case 9:
      return send('PATCH', `/orders/${id}`, '{"note":1}', { 'content-type': `application/x${n}+json` });
    case 10:
      return post('/orders', { lines: `x${n}` });
    case 11:
      return send(`GET`, '/orders', undefined, { authorization: `Basic ${Buffer.from(`u${n}:p`).toString('base64')}` });
    case 12:
      return graphql(`{ a${n}: orders(first: 3) { edges { cursor node { id } } } }`);
    case 13:
      return graphql(`query ($id: ID!) { order(id: $id) { id } }`, { id: `${n}` });
    case 14:
      return graphql(`{ nothing${n} `);
    case 15:
      return graphql(`subscription { orderUpdated(id: "${n}") { id } }`, {}, 'text/event-stream');
    case 16:
      return rpc('GetOrder', field(1, `orders/${n}`));
    case 17:
      return rpc('ListOrders', Buffer.from([8, n % 100]));
    case 18:
      return rpc('CreateOrder', Buffer.from([n & 255, (n >> 8) & 255, n % 7]));
    default:
      return send('GET', `/__apiarch/resources?limit=3&x=${n}`);
  }
}

function order(n) {
  return { currency: 'EUR', lines: [{ product_id: `prd_${n.toString(16).padStart(12, '0')}`, quantity: 1 + (n % 5) }] };
}

function post(path, value, headers = {}) {
  return send('POST', path, JSON.stringify(value), { 'content-type': 'application/json', ...headers });
}

function graphql(query, variables = {}, accept = 'application/json') {
  return post('/graphql', { query, variables }, { accept });
}

function field(number, text) {
  return Buffer.concat([Buffer.from([(number << 3) | 2, text.length]), Buffer.from(text)]);
}

function rpc(name, bytes) {
  return new Promise((resolve) => {
    const same = (bytes) => bytes;
    client.makeUnaryRequest(`/shop.orders.v1.OrderService/${name}`, same, same, bytes, (error) => {
      count(`grpc ${error?.code ?? 0}`);
      resolve();
    });
  });
}

function send(method, path, body, headers = {}) {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const sending = request(
      url + path,
      { method, agent, headers: { authorization: credential, ...length, ...headers } },
      (response) => {
        count(response.statusCode);
        if (typeof response.headers.etag === 'string') tag = response.headers.etag;
        const isStream = response.headers['content-type']?.includes('event-stream');
        if (isStream) {
          response.once('close', resolve);
          sending.destroy();
          return;
        }
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk) => {
          text += chunk;
        });
        response.on('end', () => {
          if (response.statusCode === 201) ids[asked % 500] = /"(?:id|order_id)": ?"?([^",}]+)/.exec(text)?.[1] ?? '1';
          resolve();
        });
      },
    );
    sending.on('error', (error) => (error.code === 'ECONNRESET' ? resolve() : reject(error)));
    sending.end(body);
  });
}

function count(status) {
  statuses[status] = (statuses[status] ?? 0) + 1;
}

/** What the mock says when it listens. */
async function addresses() {
  let grpc;
  for await (const line of createInterface(mock.stdout)) {
    grpc ??= /gRPC on (\S+)/.exec(line)?.[1];
    const url = /listening on (\S+)/.exec(line)?.[1];
    if (url) return { url, grpc };
  }
  throw new Error('The mock has not said where it listens.');
}
