// The command as users meet it: it starts, answers, and ends when it is told to.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { main } from '../../src/cli.ts';
import { type World, worldWith } from '../world.ts';
import { orders } from './serving.ts';

const shop = `openapi: 3.1.0
info: { title: Shop, version: 1.0.0 }
paths:
  /things:
    get:
      responses: { '200': { description: All., content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Thing' } } } } } }
    post:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } }
      responses: { '201': { description: Made., content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } } }
  /things/{thing_id}:
    get:
      parameters: [{ name: thing_id, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: One., content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } } }
components:
  schemas:
    Thing: { type: object, required: [id, name], properties: { id: { type: string, readOnly: true }, name: { type: string } } }
`;
const free = ['--port', '0', '--grpc-port', '0'];
const patient = { timeout: 30_000, interval: 10 };

/** Starts the command and waits until it listens, for the `times`th time where it is started again. */
async function started(world: World, ...args: string[]) {
  const ended = main(['mock', ...free, ...args], world);
  let isOver = false;
  void ended.finally(() => {
    isOver = true;
  });
  onTestFinished(() => world.interrupt());
  const listening = () => [...world.written.stdout.matchAll(/listening on (\S+)/g)].map(([, url]) => url!);
  await vi.waitFor(() => expect(listening().length > 0 || isOver).toBe(true), patient);
  const [url] = listening();
  if (url === undefined) throw new Error(`It ended with ${await ended}: ${world.written.stderr}`);
  return { url, ended, listening };
}

async function create(url: string, name: string): Promise<{ id: string }> {
  const response = await fetch(`${url}/things`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name }),
  });
  expect(response.status).toBe(201);
  return (await response.json()) as { id: string };
}

const textAt = async (url: string): Promise<string> => (await fetch(url)).text();

describe('apiarch mock', () => {
  it('tells what it serves, answers, logs, and ends with 0', async () => {
    const world = worldWith(orders());
    const { url, ended } = await started(world);
    const response = await fetch(`${url}/orders`, {
      headers: { authorization: 'Bearer dev:orders:read', 'x-request-id': 'from-the-test' },
    });
    expect(response.status).toBe(200);
    await response.text();
    await vi.waitFor(() => expect(world.written.stderr).toContain('from-the-test'), patient);
    world.interrupt();
    expect(await ended).toBe(0);
    expect(world.written.stdout).toMatch(/gRPC on 127\.0\.0\.1:\d+\n/);
    expect(world.written.stdout).toContain('/orders');
    expect(world.written.stderr).toMatch(/GET \/orders 200 [\d.]+ ms from-the-test/);
    await expect(fetch(url)).rejects.toThrow();
  });

  it('logs no requests with --quiet', async () => {
    const world = worldWith({ 'shop.yaml': shop });
    const { url, ended } = await started(world, '--quiet');
    await textAt(`${url}/things`);
    world.interrupt();
    expect(await ended).toBe(0);
    expect(world.written.stderr).toBe('');
  });

  it('says the same for the same seed, and something else for another', async () => {
    const texts: string[] = [];
    for (const seed of ['7', '7', '8']) {
      const world = worldWith({ 'shop.yaml': shop });
      const { url, ended } = await started(world, '--seed', seed, '--count', '5');
      texts.push(await textAt(`${url}/things`));
      world.interrupt();
      await ended;
    }
    expect(JSON.parse(texts[0]!)).toHaveLength(5);
    expect(texts[1]).toBe(texts[0]);
    expect(texts[2]).not.toBe(texts[0]);
  });

  it('keeps records with --data', async () => {
    const world = worldWith({ 'shop.yaml': shop });
    const first = await started(world, '--data', 'kept/data.json', 'shop.yaml');
    const { id } = await create(first.url, 'Lamp');
    world.interrupt();
    expect(await first.ended).toBe(0);
    const saved = readFileSync(join(world.cwd, 'kept/data.json'), 'utf8');
    expect(saved).toContain('Lamp');
    world.written.stdout = '';
    const second = await started(world, '--data', 'kept/data.json', '--seed', '5', 'shop.yaml');
    expect(JSON.parse(await textAt(`${second.url}/things/${id}`))).toEqual({ id, name: 'Lamp' });
    world.interrupt();
    expect(await second.ended).toBe(0);
  });

  it('leaves a data file that it cannot read as it is', async () => {
    const world = worldWith({ 'shop.yaml': shop, 'data.json': '{ "things": [{' });
    expect(await main(['mock', ...free, '--data', 'data.json', 'shop.yaml'], world)).toBe(2);
    expect(world.written.stderr).toMatch(/^apiarch: `data\.json` cannot be loaded: The data is no JSON: .*\n$/);
    expect(readFileSync(join(world.cwd, 'data.json'), 'utf8')).toBe('{ "things": [{');
  });

  it('says where a document is broken, and serves the rest', async () => {
    const world = worldWith({
      'shop.yaml': `${shop}broken: [\n`,
      'a.graphql': 'type Query { a: Int }\ntype B { c Int }\n',
    });
    const { url, ended } = await started(world);
    expect((await fetch(`${url}/things`)).status).toBe(200);
    expect(await textAt(`${url}/graphql?query={a}`)).toContain('data');
    world.interrupt();
    expect(await ended).toBe(0);
    expect(world.written.stderr).toMatch(/^apiarch: shop\.yaml:\d+: .+; what can be read is served\.$/m);
    expect(world.written.stderr).toMatch(/^apiarch: a\.graphql:2: .+; what can be read is served\.$/m);
  });

  it('reads documents again with --watch, at the same address, and keeps the records', async () => {
    const world = worldWith({ 'shop.yaml': shop });
    const { url, ended, listening } = await started(world, '--watch', 'shop.yaml');
    const { id } = await create(url, 'Lamp');
    const goesOn = () =>
      vi.waitFor(() => expect(world.written.stderr.split('waiting for changes').length).toBeGreaterThan(1), patient);
    await goesOn();
    writeFileSync(
      join(world.cwd, 'shop.yaml'),
      shop
        .replace('/things:', '/things/:')
        .replace('  /things/{', "  /more:\n    get: { responses: { '204': { description: Nothing. } } }\n  /things/{"),
    );
    await vi.waitFor(() => expect(listening()).toHaveLength(2), patient);
    expect(listening()[1]).toBe(url);
    expect((await fetch(`${url}/more`)).status).toBe(204);
    expect(JSON.parse(await textAt(`${url}/things/${id}`))).toEqual({ id, name: 'Lamp' });
    // What is broken halfway does not end it, and what was there is served on.
    writeFileSync(join(world.cwd, 'shop.yaml'), 'openapi: [');
    await vi.waitFor(
      () => expect(world.written.stderr.split('waiting for changes').length).toBeGreaterThan(3),
      patient,
    );
    expect(world.written.stderr).toMatch(/^apiarch: shop\.yaml:\d+: .+; what was read before is served on\.$/m);
    expect(JSON.parse(await textAt(`${url}/things/${id}`))).toEqual({ id, name: 'Lamp' });
    world.interrupt();
    await ended;
    await expect(fetch(url)).rejects.toThrow();
  });

  it.each(['--port', '--grpc-port'])('says so when the port of %s is taken', async (flag) => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    const { port } = other.address() as AddressInfo;
    const world = worldWith(orders());
    expect(await main(['mock', ...free, flag, String(port)], world)).toBe(2);
    expect(world.written.stderr).toBe(
      `apiarch: ${flag === '--port' ? '' : 'gRPC: '}port ${port} is in use; another one, or 0 for any that is free, can be given.\n`,
    );
    expect(world.written.stdout).toBe('');
  });

  it.each([
    [['--port', '70000'], '`--port` takes a port from 0 to 65535, not `70000`.'],
    [['--port', 'x'], '`--port` takes a port from 0 to 65535, not `x`.'],
    [['--grpc-port', '-1'], '`--grpc-port` takes a port from 0 to 65535, not `-1`.'],
    [['--host', 'nowhere.invalid'], '`nowhere.invalid` is no address of this machine.'],
    [['--host', '192.0.2.1'], '`192.0.2.1` is no address of this machine.'],
    [['--seed', 'x'], '`--seed` takes a whole number, not `x`.'],
    [['--count', '-1'], '`--count` takes a whole number, not `-1`.'],
    [['--auth', 'maybe'], '`--auth` takes on or off, not `maybe`.'],
    [['--rate-limit', '100'], '`--rate-limit` takes requests by s, m, h or d, such as `100/m`, not `100`.'],
    [['--rate-limit', '0/m'], '`--rate-limit` takes requests by s, m, h or d, such as `100/m`, not `0/m`.'],
    [['--latency', 'slow'], '`--latency` takes a time or a range, such as `100ms` or `50-300ms`, not `slow`.'],
    [['--latency', '300-50ms'], '`--latency` takes a time or a range, such as `100ms` or `50-300ms`, not `300-50ms`.'],
    [
      ['--chaos', '5xx=200%'],
      '`--chaos` takes what goes wrong and how often, such as `5xx=5%,reset=1%` (5xx, 503, 429, timeout, reset), not `5xx=200%`.',
    ],
    [['--error-style', 'x'], '`--error-style` takes envelope or problem, not `x`.'],
    [['--max-body', '1gb'], '`--max-body` takes a size, such as `500kb` or `10mb`, not `1gb`.'],
    [['--now', 'tomorrow'], '`--now` takes a date, such as `2027-01-31` or `2027-01-31T12:00:00Z`, not `tomorrow`.'],
    [
      ['--now', '2027-02-31T99:00:00Z'],
      '`--now` takes a date, such as `2027-01-31` or `2027-01-31T12:00:00Z`, not `2027-02-31T99:00:00Z`.',
    ],
    [['--compat', 'other'], '`--compat` takes prism, not `other`.'],
    [['--tick', '0s'], '`--tick` takes a time, such as `500ms` or `1s`, not `0s`.'],
    [['--proxy', 'example.com'], '`--proxy` takes an address that begins with http:// or https://, not `example.com`.'],
    [
      ['--webhook-url', 'ftp://x'],
      '`--webhook-url` takes an address that begins with http:// or https://, not `ftp://x`.',
    ],
    [['--strict'], '`--strict` needs `--proxy`.'],
    [['--tokens', 'missing.json'], /^there is no file `missing\.json`|missing\.json/i],
    [['--tokens', 'shop.yaml'], /^`shop\.yaml` is no JSON: /],
    [['--jwks', 'empty.json'], /^`empty\.json` is no JSON Web Key Set that can be used: /],
    [['--tokens', 'list.json'], '`list.json` is to hold the scopes of each token: {"token": ["orders:read"]}.'],
    [['--data', 'list.json'], /^`list\.json` cannot be loaded: /],
    [
      ['--data', 'list.json/records.json'],
      /^`list\.json\/records\.json` cannot be written: `list\.json` is a file, not a folder\.$/m,
    ],
    [['--data', '.'], /^`--data` takes a file, and `\.` is a folder\.$/m],
    [['--prot', '1'], 'unknown option `--prot`; did you mean `--port`?'],
  ] as [string[], string | RegExp][])('%s is refused', async (args, message) => {
    const world = worldWith({ 'shop.yaml': shop, 'empty.json': '{}', 'list.json': '[]' });
    const ended = main(['mock', '--port', '0', ...args, 'shop.yaml'], world);
    const stop = setTimeout(() => world.interrupt(), 3000);
    expect(await ended).toBe(2);
    clearTimeout(stop);
    const said = world.written.stderr.replace(/^apiarch: /, '');
    if (typeof message === 'string') expect(said).toBe(`${message}\n`);
    else expect(said).toMatch(message);
    expect(said.split('\n')).toHaveLength(2);
    expect(world.written.stdout).toBe('');
    expect(existsSync(join(world.cwd, 'data.json'))).toBe(false);
  });
});
