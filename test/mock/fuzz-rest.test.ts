// Whatever REST is asked: an answer in the words of the document, and no mistake of ours.
import { existsSync, readFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { judging } from '../../src/languages/openapi/examples.ts';
import { isObject } from '../../src/languages/openapi/json.ts';
import type { OpenApi } from '../../src/languages/openapi/openapi.ts';
import {
  bodyOf,
  isJson,
  type Operation,
  operations,
  parametersOf,
  responsesOf,
} from '../../src/languages/openapi/select.ts';
import { mismatches, type SchemaAt } from '../../src/languages/openapi/values.ts';
import { Random } from '../../src/mock/random.ts';
import { sampleSchema } from '../../src/mock/sample/sample.ts';
import type { MockSettings } from '../../src/mock/settings.ts';
import {
  asText,
  oddities,
  type Received,
  randomFor,
  Sender,
  type Sent,
  spoiled,
  times,
  torn,
  wellFormed,
} from './fuzzing.ts';
import { mockOf } from './serving.ts';

const corpus = '../shared/corpus/openapi';
const documents: [path: string, count: number, settings: Partial<MockSettings>][] = [
  ['examples/orders.yaml', 400, { auth: 'off' }],
  ['examples/orders.yaml', 200, { rateLimit: { requests: 50, window: 1000 }, errorStyle: 'problem' }],
  ['examples/flawed.yaml', 100, {}],
  [`${corpus}/petstore.yaml`, 250, { auth: 'off' }],
  [`${corpus}/museum.yaml`, 200, { auth: 'off' }],
  [`${corpus}/redoc-3-1.yaml`, 200, { auth: 'off' }],
  [`${corpus}/cafe.yaml`, 100, { auth: 'off' }],
  [`${corpus}/rebilly.yaml`, 100, { auth: 'off' }],
  [`${corpus}/discord.json`, 100, { auth: 'off' }],
];

describe.each<(typeof documents)[number]>(documents)('%s, %i requests', (path, count, settings) => {
  it.skipIf(!existsSync(path))('are answered', { timeout: 60_000 * times }, async () => {
    const mock = await mockOf({ [path]: readFileSync(path, 'utf8') }, { maxBody: 200_000, ...settings });
    const api = mock.context.apis[0] as OpenApi;
    const sender = new Sender(Number(new URL(mock.url).port));
    const random = randomFor(path + JSON.stringify(settings));
    const asked = new Asked(api, random);
    const wrong: string[] = [];
    const statuses: Record<number, number> = {};
    for (let i = 0; i < count * times; i++) {
      const { operation, sent, holds, wants5xx } = asked.next();
      const received = await sender.send(sent, holds ? 40 : 20_000);
      asked.learn(received);
      statuses[received.status] = (statuses[received.status] ?? 0) + 1;
      const problem = problemOf(api, operation, sent, received, { holds, wants5xx });
      if (problem) wrong.push(`${problem}\n${shown(sent)}`);
    }
    sender.close();
    process.stdout.write(
      times > 1
        ? `${path}: ${JSON.stringify(statuses)}
`
        : '',
    );
    expect(wrong.slice(0, 20)).toEqual([]);
    expect(mock.logged.filter((line) => line.includes('bug'))).toEqual([]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(statuses[200] ?? statuses[201]).toBeGreaterThan(0);
  });
});

const shown = ({ method, target, headers, body }: Sent): string =>
  `${method} ${target.slice(0, 300)} ${JSON.stringify(headers).slice(0, 300)} ${String(body).slice(0, 300)}`;

interface Question {
  readonly operation: Operation;
  readonly sent: Sent;
  /** Whether the mock was asked to hold the request, or to break it off. */
  readonly holds: boolean;
  readonly wants5xx: boolean;
}

/** Makes requests up: good ones, and such as were good before something was spoiled. */
class Asked {
  readonly #api: OpenApi;
  readonly #random: Random;
  readonly #operations: readonly Operation[];
  readonly #bodies = new Map<SchemaAt, unknown[]>();
  /** Ids, cursors and tags that were seen in answers. */
  readonly #seen: string[] = ['1'];
  #tag = '"x"';

  constructor(api: OpenApi, random: Random) {
    this.#api = api;
    this.#random = random;
    this.#operations = operations(api);
  }

  learn({ status, headers, text }: Received): void {
    if (typeof headers.etag === 'string') this.#tag = headers.etag;
    if (status !== 200 && status !== 201) return;
    for (const [, value] of text
      .slice(0, 20_000)
      .matchAll(/"(?:\w*_?id|\w*cursor\w*|next|name)": ?"?([\w=+/.:-]{1,300})/gi)) {
      this.#seen[this.#seen.length < 200 ? this.#seen.length : this.#random.integer(0, 199)] = value!;
    }
  }

  next(): Question {
    const random = this.#random;
    const operation = random.pick(this.#operations)!;
    const headers: Record<string, string> = random.chance(0.9)
      ? { authorization: 'Bearer dev:orders:read,orders:write' }
      : {};
    const query: string[] = [];
    const inPath: Record<string, string> = {};
    for (const parameter of parametersOf(this.#api, operation)) {
      const { name, in: place, required } = parameter;
      if (place !== 'path' && random.chance(required ? 0.07 : 0.5)) continue;
      const text = this.#textOf(parameter.schema);
      if (place === 'path') inPath[name] = random.chance(0.6) ? random.pick(this.#seen)! : text;
      if (place === 'query') query.push(`${encode(name)}=${random.chance(0.1) ? text : encode(text)}`);
      if (place === 'header') headers[name] = inHeader(text);
      if (place === 'cookie') headers['cookie'] = `${name}=${inHeader(text)}`;
    }
    let target = operation.path.replace(/\{([^{}]*)\}/g, (_, name: string) => {
      const value = inPath[name] ?? 'x';
      return random.chance(0.1) ? value : encode(value);
    });
    const { body, type } = this.#body(operation);
    if (type !== undefined) headers['content-type'] = type;
    const wish = random.chance(0.2) ? this.#wish() : undefined;
    if (wish && random.chance(0.5)) query.push(wish.replace(/^/, '__').replaceAll(', ', '&__'));
    else if (wish) headers['prefer'] = wish;
    const oddities = random.chance(0.3) ? this.#oddHeaders() : {};
    if (random.chance(0.05)) query.push(random.pick(oddQueries)!);
    if (query.length > 0) target += `?${query.join('&')}`;
    if (random.chance(0.06)) target = oddTarget(target, random);
    const method = random.chance(0.05)
      ? random.pick(['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'HEAD', 'PROPFIND', 'QUERY', 'POST'])!
      : operation.method.toUpperCase();
    const all = { ...headers, ...oddities };
    const expectsBody = body !== undefined;
    const packed = expectsBody && random.chance(0.05) ? this.#packed(body, all) : body;
    const wishes = `${all['prefer'] ?? ''} ${target}`;
    return {
      operation,
      sent: { method, target, headers: all, ...(packed !== undefined && { body: packed }) },
      holds: /fault|wait/i.test(wishes),
      wants5xx: /(?:code|status)=5|fault/i.test(wishes),
    };
  }

  #textOf(schema: SchemaAt | undefined): string {
    const random = this.#random;
    if (random.chance(0.12)) return random.pick(this.#seen)!;
    if (!schema || random.chance(0.2)) return asText(random.pick(oddities));
    return asText(this.#sample(schema));
  }

  /** One of a few values of a schema: making them takes longer than sending them. */
  #sample(schema: SchemaAt): unknown {
    let made = this.#bodies.get(schema);
    if (!made) {
      made = Array.from({ length: 4 }, (_, i) =>
        sampleSchema(schema, {
          api: this.#api,
          direction: 'request',
          random: new Random(i),
          examples: i === 0,
          called: [],
        }),
      );
      this.#bodies.set(schema, made);
    }
    return this.#random.pick(made);
  }

  #body(operation: Operation): { body?: string | Buffer; type?: string } {
    const random = this.#random;
    const declared = bodyOf(this.#api, operation);
    if (!declared) return random.chance(0.1) ? { body: 'x', type: random.pick(oddTypes)! } : {};
    if (random.chance(0.05)) return {};
    const media = random.pick(declared.media);
    if (!media) return {};
    const good = media.schema ? this.#sample(media.schema) : {};
    const value = random.chance(0.5) ? spoiled(good, random) : good;
    let body = written(value, media.name.replace('*/*', 'application/json'));
    if (random.chance(0.08)) body = torn(body, random);
    if (random.chance(0.02)) body = random.pick(bombs)!;
    const type = /multipart/.test(media.name)
      ? `${media.name}; boundary=b`
      : media.name.replace('*/*', 'application/json');
    return { body, type: random.chance(0.08) ? random.pick(oddTypes)! : type };
  }

  #packed(body: string | Buffer, headers: Record<string, string>): Buffer {
    const random = this.#random;
    const bomb = Buffer.alloc(3_000_000, 32);
    const bytes = random.chance(0.2) ? bomb : Buffer.from(body);
    headers['content-encoding'] = random.pick([
      'gzip',
      'br',
      'deflate',
      'gzip, gzip',
      'GZIP',
      'identity',
      'x',
      'gzip,'.repeat(50),
    ])!;
    return random.chance(0.5) ? gzipSync(bytes) : brotliCompressSync(bytes);
  }

  #wish(): string {
    const random = this.#random;
    const one = () =>
      random.pick([
        ...[
          'code=200',
          'code=404',
          'code=500',
          'code=999',
          'code=-1',
          'code=204',
          'code=304',
          'code=__proto__',
          'status=400',
        ],
        ...[
          'example=constructor',
          'example=__proto__',
          'example=toString',
          'example=x',
          'example=',
          'dynamic=true',
          'dynamic=x',
        ],
        ...[
          'seed=1',
          'seed=x',
          'seed=99999999999999999999',
          'delay=1',
          'delay=-1',
          'delay=1e9',
          'fault=reset',
          'fault=503',
        ],
        ...[
          'fault=timeout',
          'fault=x',
          'wait=1',
          'wait=x',
          'return=minimal',
          'return=representation',
          'constructor=1',
          '__proto__=1',
        ],
        ...['"', 'code="404', 'code=4\\04', 'respond-async'],
      ])!;
    return Array.from({ length: random.integer(1, 3) }, one).join(', ');
  }

  #oddHeaders(): Record<string, string> {
    const random = this.#random;
    const name = random.pick([
      ...[
        'accept',
        'accept-language',
        'accept-encoding',
        'x-request-id',
        'if-match',
        'if-none-match',
        'if-modified-since',
      ],
      ...[
        'if-unmodified-since',
        'if-range',
        'range',
        'idempotency-key',
        'authorization',
        'cookie',
        'origin',
        'host',
        'referer',
      ],
      ...[
        'access-control-request-method',
        'traceparent',
        'x-http-method-override',
        'content-disposition',
        'x-forwarded-for',
      ],
    ])!;
    const value = random.pick<string>([
      ...[
        '*/*',
        'application/json',
        'application/xml',
        'text/html;q=0.5, */*;q=0',
        ',,;;==',
        'image/png',
        '*',
        '"',
        'W/"1"',
        '"x", "y"',
      ],
      ...[
        'Thu, 01 Jan 1970 00:00:00 GMT',
        'x',
        'k1',
        'k2',
        'bytes=0-10',
        'bytes=-1',
        'Bearer dev:a,b',
        'Bearer a.b.c',
        'Bearer',
      ],
      ...[
        'Basic !!!',
        'Basic OjpA',
        'Bearer eyJhbGciOiJub25lIn0.eyJzY29wZSI6MX0.',
        `Bearer ${'x'.repeat(5000)}`,
        'Digest x',
      ],
      ...[
        'null',
        'http://x',
        'a=b; a; =; __proto__=1',
        ';'.repeat(500),
        'q=0.'.repeat(300),
        '\x80\xff',
        this.#tag,
        `${this.#tag}, *`,
      ],
    ])!;
    return { [name]: value };
  }
}

const encode = (text: string): string => encodeURIComponent(wellFormed(text));
const inHeader = (text: string): string => text.replace(/[^\t\x20-\x7e\x80-\xff]/g, '').slice(0, 4000);

const oddTypes = [
  ...[
    'application/json; charset=utf-16',
    'application/json; charset=x',
    'application/json;',
    'json',
    '',
    '/',
    'a/b; c="',
  ],
  ...[
    'text/xml',
    'application/xml',
    'text/plain',
    'multipart/form-data',
    'multipart/form-data; boundary=',
    'multipart/mixed; boundary=b',
  ],
  ...[
    'application/x-www-form-urlencoded',
    'application/json-patch+json',
    'application/merge-patch+json',
    'application/octet-stream',
  ],
  ...['application/x-ndjson', 'application/__proto__', 'application/vnd.x+json', 'constructor/toString'],
];

const oddQueries = [
  ...[
    '&&&',
    '=',
    '=x',
    'a=%',
    'a=%ff',
    '__proto__=1',
    '__proto__[x]=1',
    'a[__proto__][x]=1',
    'constructor[prototype][x]=1',
  ],
  ...[
    `a${'[a]'.repeat(500)}=1`,
    `a${'[]'.repeat(500)}=1`,
    'a=1&'.repeat(3000),
    `q=${'x'.repeat(20_000)}`,
    'limit=-1&limit=1e9&limit=x',
  ],
  ...[
    'cursor=x',
    'cursor=eyJ9',
    'after=%00',
    'page=0',
    'page=1e300',
    'offset=-5',
    'sort=-__proto__',
    'sort=constructor',
    'filter=((',
    '#',
  ],
];

const patch = (operations: readonly object[]): string => JSON.stringify(operations);
const bombs = [
  '['.repeat(100_000),
  '{"a":'.repeat(50_000),
  `"${'\\u0000'.repeat(20_000)}"`,
  `[${'1e999,'.repeat(1000)}1]`,
  '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><a>&b;</a>',
  `${'<a>'.repeat(20_000)}`,
  `<a ${'b="c" '.repeat(5000)}/>`,
  `${'a=b&'.repeat(20_000)}`,
  `a${'[b]'.repeat(20_000)}=c`,
  `--b\r\n`.repeat(5000),
  `--b\r\nContent-Disposition: form-data; name="__proto__"\r\n\r\nx\r\n--b--`,
  `--b\r\nContent-Disposition: form-data; name="${'a'.repeat(10_000)}"\r\n\r\nx\r\n--b--`,
  patch(Array.from({ length: 3000 }, () => ({ op: 'copy', from: '', path: '/a' }))),
  patch(Array.from({ length: 40 }, (_, i) => ({ op: 'copy', from: '', path: `/a${i}` }))),
  patch([{ op: 'add', path: '/__proto__/polluted', value: true }]),
  patch([{ op: 'add', path: '/constructor/prototype/polluted', value: true }]),
  patch([{ op: 'move', from: '/', path: '/a/b' }, { op: 'test', path: '/~2' }, { op: 'x' }]),
  patch([{ op: 'replace', path: '', value: null }]),
  patch([{ op: 'remove', path: '' }]),
  '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}',
  `{${Array.from({ length: 5000 }, (_, i) => `"k${i}":${i}`).join()}}`,
  '\ufeff{}',
  '{"a":1,"a":2}',
  'null',
];

function oddTarget(target: string, random: Random): string {
  return random.pick([
    `/${target}`,
    `${target}/`,
    target.replaceAll('/', '//'),
    `${target}/../../etc/passwd`,
    target.replace(/\/[^/]*$/, '/%2e%2e%2f%2e%2e'),
    `${target}%`,
    `${target}%ff%fe`,
    `${target}%00`,
    `${target};a=b`,
    `${target}#x`,
    `${target}${'/a'.repeat(2000)}`,
    `/${'a'.repeat(20_000)}`,
    '/__proto__',
    '/constructor/prototype',
    `http://other${target}`,
    '*',
    '/?',
    target.toUpperCase(),
  ])!;
}

/** A value in the form of a media type; some forms are only roughly met, which is bad input as well. */
function written(value: unknown, type: string): string {
  if (/form-urlencoded/.test(type) && isObject(value)) {
    return Object.entries(value)
      .map(([name, item]) => `${encode(name)}=${encode(asText(item))}`)
      .join('&');
  }
  if (/multipart/.test(type)) {
    const parts = Object.entries(isObject(value) ? value : { value }).map(
      ([name, item]) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${asText(item)}\r\n`,
    );
    return `${parts.join('')}--b--\r\n`;
  }
  if (/xml/.test(type)) return `<root>${inXml(value)}</root>`;
  if (/^text\//.test(type) && typeof value === 'string') return value;
  return JSON.stringify(value) ?? 'null';
}

function inXml(value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => `<item>${inXml(item)}</item>`).join('');
  if (isObject(value))
    return Object.entries(value)
      .map(([name, item]) => `<${name}>${inXml(item)}</${name}>`)
      .join('');
  return String(value);
}

/** What is wrong with an answer. */
function problemOf(
  api: OpenApi,
  operation: Operation,
  { method, target }: Sent,
  { status, headers, text }: Received,
  { holds, wants5xx }: { readonly holds: boolean; readonly wants5xx: boolean },
): string | undefined {
  if (status <= 0) return holds ? undefined : `The connection ended without an answer (${status}).`;
  if (status >= 500 && !wants5xx) return `${status}: ${text.slice(0, 500)}`;
  // What is no HTTP has no name.
  const isHttp = !(status === 400 && text === '') && status !== 431;
  if (isHttp && !headers['x-request-id']) return `${status} without X-Request-ID`;
  if (method === 'HEAD' || text === '') return undefined;
  const type = headers['content-type'] ?? '';
  if (!isJson(type)) return status >= 400 && type === '' ? `${status} without a media type` : undefined;
  const value: unknown = JSON.parse(text);
  // A spoiled path or method may have led elsewhere.
  if (method !== operation.method.toUpperCase() || !leadsTo(operation, target)) return undefined;
  const response = [String(status), `${String(status)[0]}XX`, 'default']
    .map((code) => responsesOf(api, operation).find((one) => one.code.toUpperCase() === code.toUpperCase()))
    .find(Boolean);
  const essence = type.split(';')[0];
  const schema = response?.media.find(({ name }) => name.split(';')[0] === essence)?.schema;
  if (!schema || (response!.code === 'default' && status < 400)) return undefined;
  const [first] = mismatches(value, schema, judging(api, 'response'));
  return first && `${status} with a body that does not fit: ${first.message}: ${text.slice(0, 500)}`;
}

function leadsTo({ path }: Operation, target: string): boolean {
  const parts = target.split(/[?#]/)[0]!.split('/');
  const template = path.split('/');
  return parts.length === template.length && template.every((part, i) => part.includes('{') || part === parts[i]);
}
