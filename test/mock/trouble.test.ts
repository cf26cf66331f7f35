// What goes wrong when it is asked to, over real HTTP.
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { parseChaos, parseLatency } from '../../src/mock/rest/trouble.ts';
import { guarding } from './guarding.ts';

const document = `
openapi: 3.1.0
info: { title: Shop, version: 1.0.0 }
paths:
  /x: { get: { responses: { '200': { description: OK } } } }
`;

/** The status of an answer, or how the connection broke. */
async function outcomeOf(url: string, prefer?: string): Promise<number | string> {
  try {
    const response = await fetch(`${url}/x`, prefer ? { headers: { prefer } } : {});
    await response.arrayBuffer();
    return response.status;
  } catch (error) {
    return (error as { cause?: { code?: string } }).cause?.code ?? 'broken';
  }
}

const took = async (work: () => Promise<unknown>) => {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
};

describe('a request that asks for trouble', () => {
  it('gets it', async () => {
    const { url } = await guarding(document);
    expect(await outcomeOf(url, 'fault=reset')).toBe('ECONNRESET');
    expect(await outcomeOf(url, 'fault=503')).toBe(503);
    expect(await outcomeOf(url)).toBe(200);
    const refused = await fetch(`${url}/x`, { headers: { prefer: 'fault=503' } });
    expect(refused.headers.get('retry-after')).toBe('1');
    expect((await refused.json()).error.code).toBe('unavailable');
  });

  it('waits', async () => {
    const { url } = await guarding(document, { latency: { least: 200_000, most: 200_000 } });
    // In place of the minutes that all others wait.
    expect(await took(() => outcomeOf(url, 'delay=80'))).toBeGreaterThan(75);
  });

  it('is held without an answer until the caller goes away', async () => {
    const { url } = await guarding(document);
    const aborted = fetch(`${url}/x`, { headers: { prefer: 'fault=timeout' }, signal: AbortSignal.timeout(150) });
    await expect(aborted).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(await outcomeOf(url)).toBe(200);
  });
});

describe('trouble for everybody', () => {
  const courseOf = async (settings: Parameters<typeof guarding>[1], requests = 200) => {
    const { url } = await guarding(document, settings);
    const course = [];
    for (let i = 0; i < requests; i++) course.push(await outcomeOf(url));
    return course;
  };
  const chaos = { '5xx': 0.2, '429': 0.1, reset: 0.1 } as const;

  it('comes as often as asked', async () => {
    const course = await courseOf({ chaos });
    const share = (test: (outcome: number | string) => boolean) => course.filter(test).length / course.length;
    expect(share((outcome) => Number(outcome) >= 500)).toBeCloseTo(0.2, 0.5);
    expect(share((outcome) => outcome === 429)).toBeCloseTo(0.1, 0.5);
    expect(share((outcome) => outcome === 'ECONNRESET')).toBeCloseTo(0.1, 0.5);
    expect(new Set(course)).toEqual(new Set([200, 429, 500, 502, 503, 504, 'ECONNRESET']));
  });

  it('is the same for the same seed', async () => {
    const course = await courseOf({ chaos, seed: 5 }, 60);
    expect(await courseOf({ chaos, seed: 5 }, 60)).toEqual(course);
    expect(await courseOf({ chaos, seed: 6 }, 60)).not.toEqual(course);
  });

  it('may be certain', async () => {
    expect(await courseOf({ chaos: { '503': 1 } }, 5)).toEqual([503, 503, 503, 503, 503]);
  });

  it('is not there unless asked for', async () => {
    expect(new Set(await courseOf({}, 50))).toEqual(new Set([200]));
  });

  it('may be slowness', async () => {
    const { url } = await guarding(document, { latency: { least: 60, most: 90 } });
    expect(await took(() => outcomeOf(url))).toBeGreaterThan(55);
  });
});

describe('a caller that goes away', () => {
  it('ends the wait, and harms nobody', async () => {
    const guarded = await guarding(document, { latency: { least: 60_000, most: 60_000 } });
    const { port } = new URL(guarded.url);
    for (let i = 0; i < 20; i++) {
      const socket = connect(Number(port), '127.0.0.1');
      await once(socket, 'connect');
      socket.write('GET /x HTTP/1.1\r\nHost: localhost\r\n\r\n');
      await new Promise((resolve) => setTimeout(resolve, 5));
      socket.destroy();
    }
    expect(await outcomeOf(guarded.url, 'delay=0')).toBe(200);
  });
});

it('what waits is let go when the mock stops', async () => {
  const guarded = await guarding(document);
  const held = outcomeOf(guarded.url, 'fault=timeout');
  await new Promise((resolve) => setTimeout(resolve, 50));
  for (const stage of guarded.stages) await stage.close?.();
  expect(await held).not.toBe(200);
  expect(typeof (await held)).toBe('string');
});

it.each<[string, ReturnType<typeof parseLatency>]>([
  ['100ms', { least: 100, most: 100 }],
  ['50-300ms', { least: 50, most: 300 }],
  ['50ms - 1s', { least: 50, most: 1000 }],
  ['1s', { least: 1000, most: 1000 }],
  ['0.5s', { least: 500, most: 500 }],
  ['1-2s', { least: 1000, most: 2000 }],
  ['250', { least: 250, most: 250 }],
  ['0', { least: 0, most: 0 }],
  ['300-50ms', null],
  ['50ms-300', null],
  ['301s', null],
  ['-5ms', null],
  ['soon', null],
  ['', null],
])('%j is read as a latency', (text, latency) => {
  expect(parseLatency(text)).toEqual(latency);
});

it.each<[string, ReturnType<typeof parseChaos>]>([
  ['5xx=5%,reset=1%', { '5xx': 0.05, reset: 0.01 }],
  ['503=0.1', { '503': 0.1 }],
  [' timeout = 50% , 429 = .5 ', { timeout: 0.5, '429': 0.5 }],
  ['reset=100%', { reset: 1 }],
  ['RESET=0', { reset: 0 }],
  ['5xx=60%,reset=60%', null],
  ['5xx=5', null],
  ['5xx=5%,5xx=1%', null],
  ['404=5%', null],
  ['5xx', null],
  ['5xx=5%,', null],
  ['', null],
])('%j is read as chaos', (text, chaos) => {
  expect(parseChaos(text)).toEqual(chaos);
});
