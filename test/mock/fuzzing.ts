// Bad input for mocks, and what to hold answers against. The same for the same seed.
import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { isObject } from '../../src/languages/openapi/json.ts';
import { Random } from '../../src/mock/random.ts';

/** `FUZZ=10` tries ten times as many requests, others each time. */
export const times = Number(process.env['FUZZ'] ?? 1);
const seed = times === 1 ? 20261120 : Date.now();

/** A source of chance for one test; what it began with is told in failures. */
export const randomFor = (name: string): Random => new Random('fuzz', seed, name);

/** Values that programs stumble over. */
export const oddities: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1.5, -0, 1e21, -1e21, 1e308, 5e-324, 2 ** 31, 2 ** 53, -(2 ** 53) - 1, 2 ** 63],
  ...['', ' ', '\u0000', '0', '-1', 'true', 'null', 'undefined', 'NaN', '[object Object]', '\u{1f4a9}', '\ud800'],
  ...[
    '\u202etxt',
    'é'.repeat(50),
    'x'.repeat(5000),
    '../../etc/passwd',
    '..\\..\\',
    '%00',
    '%',
    "' OR 1=1 --",
    '<script>',
  ],
  ...['__proto__', 'constructor', 'toString', '2026-13-45', '0000-00-00T00:00:00Z', '99999-01-01', '1e400', '\r\nX: y'],
  ...[
    '<%= 7 %>',
    '{{7}}',
    '(((((((((a+)+)+)+)+)+)+',
    '!'.repeat(200),
    ':',
    '//',
    'http://[::1',
    'a@b@c',
    '-',
    '.',
    '..',
  ],
  ...[[], {}, [[]], [null], { id: null }, [[[[[[[[[]]]]]]]]], { a: { b: { c: { d: {} } } } }, Array(300).fill(0)],
  JSON.parse('{"__proto__":{"polluted":true}}'),
  JSON.parse('{"constructor":{"prototype":{"polluted":true}}}'),
  JSON.parse('{"toString":1,"valueOf":1,"hasOwnProperty":1,"then":1,"toJSON":1}'),
];

/** A value with a few places of it spoiled. */
export function spoiled(value: unknown, random: Random): unknown {
  let result = value;
  for (let i = random.integer(1, 3); i > 0; i--) result = spoiledOnce(result, random, 0);
  return result;
}

function spoiledOnce(value: unknown, random: Random, depth: number): unknown {
  const goesDown = depth < 8 && random.chance(0.75);
  if (goesDown && Array.isArray(value) && value.length > 0) {
    const at = random.integer(0, value.length - 1);
    return value.map((item, i) => (i === at ? spoiledOnce(item, random, depth + 1) : item));
  }
  if (goesDown && isObject(value) && Object.keys(value).length > 0) {
    const name = random.pick(Object.keys(value))!;
    return copyWith(value, name, spoiledOnce(value[name], random, depth + 1));
  }
  if (isObject(value)) {
    const names = Object.keys(value);
    switch (random.integer(0, 3)) {
      case 0:
        return Object.fromEntries(Object.entries(value).filter(([name]) => name !== (random.pick(names) ?? '')));
      case 1:
        return copyWith(value, asText(random.pick(oddities)), random.pick(oddities));
      case 2:
        return copyWith(value, '__proto__', { polluted: true });
    }
  }
  if (Array.isArray(value) && random.chance(0.5)) return [...value, ...value, random.pick(oddities)];
  if (typeof value === 'string' && random.chance(0.4)) return value + asText(random.pick(oddities));
  if (typeof value === 'number' && random.chance(0.4))
    return random.pick([-value, value * 1e15, value + 0.5, String(value)]);
  return random.pick(oddities);
}

/** Text without halves of characters. */
export const wellFormed = (text: string): string => Buffer.from(text).toString();

/** A value as it stands in paths, queries and headers. */
export function asText(value: unknown): string {
  return value !== null && typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Like a spread, but a `__proto__` stays a property as it is one in JSON. */
function copyWith(value: object, name: string, item: unknown): object {
  return Object.fromEntries([...Object.entries(value), [name, item]]);
}

/** Text with some characters dropped, doubled, changed or cut off. */
export function torn(text: string, random: Random): string {
  let result = text;
  for (let i = random.integer(1, 4); i > 0; i--) {
    const at = random.integer(0, result.length);
    const piece = random.pick([
      '',
      '"',
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '\\',
      '\u0000',
      '<',
      '>',
      '&',
      '=',
      '%',
      ';',
      '\ufeff',
    ])!;
    const cut = random.chance(0.1) ? result.length : at + random.integer(0, 2);
    result = result.slice(0, at) + piece + result.slice(cut);
  }
  return result;
}

/** What is sent. */
export interface Sent {
  readonly method: string;
  /** Path and query, in ASCII. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** What came back; `status` 0 where the connection broke off, and -1 where the caller lost patience. */
export interface Received {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Sends requests one after the other over kept connections. */
export class Sender {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 8 });
  readonly #port: number;

  constructor(port: number) {
    this.#port = port;
  }

  /** @param patience milliseconds after which the caller goes away; undefined: it waits */
  send({ method, target, headers, body }: Sent, patience?: number): Promise<Received> {
    return new Promise((resolve, reject) => {
      const none = (status: number) => resolve({ status, headers: {}, text: '' });
      const path = target.replace(/[^\x21-\x7e]+/g, (text) => encodeURIComponent(wellFormed(text)));
      const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      const sending = request({
        port: this.#port,
        host: '127.0.0.1',
        agent: this.#agent,
        method,
        path,
        headers: { ...length, ...headers },
      });
      const timer = patience === undefined ? undefined : setTimeout(() => sending.destroy(), patience);
      sending.on('response', (response) => {
        const chunks: Buffer[] = [];
        const isStream = /event-stream|ndjson/.test(response.headers['content-type'] ?? '');
        const leave = isStream ? setTimeout(() => sending.destroy(), 20) : undefined;
        const end = () => {
          clearTimeout(timer);
          clearTimeout(leave);
          resolve({ status: response.statusCode!, headers: response.headers, text: Buffer.concat(chunks).toString() });
        };
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', end);
        response.on('error', end);
      });
      sending.on('error', (error: NodeJS.ErrnoException) => {
        clearTimeout(timer);
        if (error.code === 'ECONNRESET' || error.code === 'EPIPE')
          none(patience !== undefined && sending.destroyed ? -1 : 0);
        else reject(error);
      });
      sending.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
