// `apiarch mock --proxy` as users start it.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { main } from '../../src/cli.ts';
import { type World, worldWith } from '../world.ts';
import { shop, upstreamOf, violationsIn } from './proxy-serving.ts';

const patient = { timeout: 30_000, interval: 10 };

async function started(world: World, ...args: string[]) {
  const ended = main(['mock', '--port', '0', ...args], world);
  onTestFinished(() => world.interrupt());
  const listening = () => [...world.written.stdout.matchAll(/listening on (\S+)/g)].map(([, url]) => url!);
  await vi.waitFor(() => expect(listening().length).toBeGreaterThan(0), patient);
  return { url: listening()[0]!, ended, listening };
}

describe('apiarch mock --proxy', () => {
  it('reports, records, and writes the record at the end', async () => {
    const { url: origin } = await upstreamOf((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end('[{"id":1}]');
    });
    const world = worldWith({ 'shop.yaml': shop });
    const { url, ended } = await started(world, '--proxy', origin, '--record', 'out/session.har');
    const file = join(world.cwd, 'out/session.har');
    expect(world.written.stdout).toContain(`passing on to ${origin}\n`);
    expect(existsSync(file)).toBe(true);
    const response = await fetch(`${url}/v1/items`);
    expect(violationsIn(response.headers)).toHaveLength(2);
    await response.text();
    world.interrupt();
    expect(await ended).toBe(0);
    const { log } = JSON.parse(readFileSync(file, 'utf8')) as { log: { entries: { request: { url: string } }[] } };
    expect(log.entries.map(({ request }) => request.url)).toEqual([`${origin}/v1/items`]);
    const told = 'violation GET /v1/items 200: response.body[0].name: ';
    await vi.waitFor(() => expect(world.written.stderr).toContain(told), patient);
  });

  it('writes the record while it runs', async () => {
    const { url: origin } = await upstreamOf((_, response) => response.end('x'));
    const world = worldWith({ 'shop.yaml': shop });
    const { url } = await started(world, '--proxy', origin, '--record', 'session.har');
    await (await fetch(`${url}/x`)).text();
    await vi.waitFor(
      () => expect(readFileSync(join(world.cwd, 'session.har'), 'utf8')).toContain(`${origin}/x`),
      patient,
    );
  });

  it('checks by the document as it is now with --watch, and keeps the record', async () => {
    const { url: origin } = await upstreamOf((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'x-total': '1' }).end('[]');
    });
    const world = worldWith({ 'shop.yaml': shop });
    const { url, ended, listening } = await started(
      world,
      'shop.yaml',
      '--watch',
      '--proxy',
      origin,
      '--record',
      'a.har',
    );
    expect(violationsIn((await fetch(`${url}/v1/items`)).headers)).toEqual([]);
    writeFileSync(join(world.cwd, 'shop.yaml'), shop.replace('X-Total:', 'X-Sum:'));
    await vi.waitFor(() => expect(listening().length).toBe(2), patient);
    expect(violationsIn((await fetch(`${url}/v1/items`)).headers)).toMatchObject([{ code: 'required' }]);
    world.interrupt();
    expect(await ended).toBe(0);
    const { log } = JSON.parse(readFileSync(join(world.cwd, 'a.har'), 'utf8')) as { log: { entries: unknown[] } };
    expect(log.entries).toHaveLength(2);
  });

  it.each([
    [['--record', 'a.har'], '`--record` needs `--proxy`.'],
    [['--proxy-timeout', '1s'], '`--proxy-timeout` needs `--proxy`.'],
    [['--proxy', 'http://x', '--proxy-timeout', '1s-2s'], '`--proxy-timeout` takes a time'],
    [['--proxy', 'http://x', '--data', 'a.json'], '`--data` keeps records'],
    [['--proxy', 'http://x', '--tick', '1s'], '`--tick` says how the mock answers'],
    [['--proxy', 'http://x', '--rate-limit', '1/s'], '`--rate-limit` says how the mock answers'],
    [['--proxy', 'http://x', '--record', 'shop.yaml/x.har'], 'cannot be written'],
    [['--proxy', 'http://x', 'schema.graphql'], 'none was found'],
  ])('refuses %j', async (args, message) => {
    const world = worldWith({ 'shop.yaml': shop, 'schema.graphql': 'type Query { a: Int }' });
    expect(await main(['mock', '--port', '0', ...args], world)).toBe(2);
    expect(world.written.stderr).toContain(message);
  });
});
