// How often callers may come, over real HTTP.
import { describe, expect, it } from 'vitest';
import { parseRate } from '../../src/mock/rest/limits.ts';
import { guarding } from './guarding.ts';

const plain = `
openapi: 3.1.0
info: { title: Shop, version: 1.0.0 }
paths:
  /x: { get: { responses: { '200': { description: OK } } } }
`;

/** A document whose answer declares these headers. */
const declaring = (headers: string) => `
openapi: 3.1.0
info: { title: Shop, version: 1.0.0 }
paths:
  /x:
    get:
      responses:
        '200': { description: OK, headers: { ${headers} } }
        '404': { description: Gone }
`;

const start = Date.UTC(2026, 0, 1);
const seconds = (time: number) => String(time / 1000);
const fieldsOf = (response: Response) =>
  Object.fromEntries([...response.headers].filter(([name]) => /rate|retry/.test(name)));

describe('a limit', () => {
  it('lets so many through, tells how many are left, then refuses until a token is there again', async () => {
    const guarded = await guarding(plain, { rateLimit: { requests: 3, window: 60_000 } });
    const get = () => fetch(`${guarded.url}/x`);
    const seen = [];
    for (let i = 0; i < 3; i++) seen.push(fieldsOf(await get()));
    expect(seen).toEqual([
      { 'x-ratelimit-limit': '3', 'x-ratelimit-remaining': '2', 'x-ratelimit-reset': seconds(start + 20_000) },
      { 'x-ratelimit-limit': '3', 'x-ratelimit-remaining': '1', 'x-ratelimit-reset': seconds(start + 40_000) },
      { 'x-ratelimit-limit': '3', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': seconds(start + 60_000) },
    ]);
    guarded.now += 1500;
    const refused = await get();
    expect(refused.status).toBe(429);
    expect(fieldsOf(refused)).toEqual({ ...seen[2], 'retry-after': '19' });
    expect((await refused.json()).error).toMatchObject({
      code: 'rate_limited',
      message: 'Only 3 requests are let in per minute. Try again in 19 seconds.',
    });
    guarded.now += 19_000;
    expect((await get()).status).toBe(200);
    expect((await get()).status).toBe(429);
    guarded.now += 3_600_000;
    expect((await get()).headers.get('x-ratelimit-remaining')).toBe('2');
  });

  it('is each caller’s own', async () => {
    const { url } = await guarding(plain, { rateLimit: { requests: 1, window: 1000 } });
    const statusOf = async (token: string) =>
      (await fetch(`${url}/x`, { headers: { authorization: `Bearer ${token}` } })).status;
    expect([await statusOf('a'), await statusOf('a'), await statusOf('b')]).toEqual([200, 429, 200]);
    expect([(await fetch(`${url}/x`)).status, (await fetch(`${url}/x`)).status]).toEqual([200, 429]);
  });

  it('asks to wait a second at least', async () => {
    const { url } = await guarding(plain, { rateLimit: { requests: 1, window: 10 } });
    await fetch(`${url}/x`);
    expect((await fetch(`${url}/x`)).headers.get('retry-after')).toBe('1');
  });

  it('does not suffer from clocks that are set back', async () => {
    const guarded = await guarding(plain, { rateLimit: { requests: 2, window: 1000 } });
    await fetch(`${guarded.url}/x`);
    guarded.now -= 3_600_000;
    expect((await fetch(`${guarded.url}/x`)).status).toBe(200);
    expect((await fetch(`${guarded.url}/x`)).status).toBe(429);
  });

  it('is told to those who are refused for other reasons', async () => {
    const { url } = await guarding(plain, { rateLimit: { requests: 5, window: 1000 } });
    const response = await fetch(`${url}/nowhere`);
    expect([response.status, response.headers.get('x-ratelimit-remaining')]).toEqual([404, '5']);
  });

  it('is not told of somebody else’s bucket', async () => {
    const { url } = await guarding(plain, { rateLimit: { requests: 5, window: 1000 } });
    const headers = { authorization: 'Bearer t', prefer: 'fault=503' };
    const response = await fetch(`${url}/x`, { headers });
    expect([response.status, response.headers.get('x-ratelimit-remaining')]).toEqual([503, null]);
  });

  it('lets exactly as many through of those who come at once', async () => {
    const { url } = await guarding(plain, { rateLimit: { requests: 10, window: 60_000 } });
    const statuses = await Promise.all(Array.from({ length: 25 }, async () => (await fetch(`${url}/x`)).status));
    expect(statuses.filter((status) => status === 200)).toHaveLength(10);
  });

  it('forgets callers that are too many, and goes on', async () => {
    const guarded = await guarding(plain, { rateLimit: { requests: 1, window: 60_000 } });
    const stage = guarded.stages.find(({ name }) => name === 'limits')!;
    const asked = (key: string) =>
      stage.before!({
        at: start,
        caller: { key, scopes: null },
        id: 'id',
        route: null,
        context: guarded.context,
      } as never) as { status: number } | undefined;
    for (let i = 0; i <= 10_000; i++) expect(asked(`key:${i}`)).toBeUndefined();
    expect(asked('key:10000')?.status).toBe(429);
    expect(asked('key:0')).toBeUndefined();
  });

  it('is told in the fields that the document declares', async () => {
    const { url } = await guarding(
      declaring('RateLimit: {}, RateLimit-Policy: {}, RateLimit-Remaining: {}, X-RateLimit-Used: {}'),
      { rateLimit: { requests: 100, window: 60_000 } },
    );
    expect(fieldsOf(await fetch(`${url}/x`))).toEqual({
      'x-ratelimit-limit': '100',
      'x-ratelimit-remaining': '99',
      'x-ratelimit-reset': seconds(start + 1000),
      'x-ratelimit-used': '1',
      ratelimit: '"default";r=99;t=1',
      'ratelimit-policy': '"default";q=100;w=60',
      'ratelimit-remaining': '99',
    });
  });
});

describe('without a limit', () => {
  it('nothing is told that nobody declares', async () => {
    const { url } = await guarding(plain);
    expect(fieldsOf(await fetch(`${url}/x`))).toEqual({});
  });

  it.each<[string, Record<string, string>]>([
    [
      'X-RateLimit-Limit: { schema: { type: integer, example: 60 } }, X-RateLimit-Remaining: {}, X-RateLimit-Reset: {}',
      { 'x-ratelimit-limit': '60', 'x-ratelimit-remaining': '59', 'x-ratelimit-reset': seconds(start + 3_600_000) },
    ],
    [
      'X-Rate-Limit: { schema: { type: integer } }, x-rate-limit-reset: { schema: { type: string, format: date-time } }',
      { 'x-rate-limit': '1000', 'x-rate-limit-reset': '2026-01-01T01:00:00.000Z' },
    ],
    ['RateLimit-Reset: { schema: { type: integer } }', { 'ratelimit-reset': '3600' }],
    [
      "ratelimit-reset: { description: 'When it resets, in Unix epoch time', schema: { type: integer } }",
      { 'ratelimit-reset': seconds(start + 3_600_000) },
    ],
    [
      'X-RateLimit-Reset: { description: Seconds until the window ends, schema: { type: integer } }',
      { 'x-ratelimit-reset': '3600' },
    ],
    ['X-RateLimit-Reset-After: {}, X-RateLimit-Bucket: {}', { 'x-ratelimit-reset-after': '3600' }],
  ])('the declared fields tell of plenty: %s', async (headers, fields) => {
    const { url } = await guarding(declaring(headers));
    for (let i = 0; i < 3; i++) expect(fieldsOf(await fetch(`${url}/x`))).toEqual(fields);
  });
});

it.each<[string, ReturnType<typeof parseRate>]>([
  ['100/m', { requests: 100, window: 60_000 }],
  ['10/s', { requests: 10, window: 1000 }],
  ['1000/h', { requests: 1000, window: 3_600_000 }],
  ['5000/day', { requests: 5000, window: 86_400_000 }],
  [' 20 / 15 min ', { requests: 20, window: 900_000 }],
  ['1/100ms', { requests: 1, window: 100 }],
  ['0/s', null],
  ['5/0s', null],
  ['-1/s', null],
  ['1.5/s', null],
  ['100', null],
  ['100/', null],
  ['100/w', null],
  ['', null],
])('%j is read as a rate', (text, rate) => {
  expect(parseRate(text)).toEqual(rate);
});
