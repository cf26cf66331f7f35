// Whatever comes as gRPC, and as HTTP where rpcs are served as such: a status that fits, and no mistake of ours.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:http2';
import { Client, credentials, Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Rpc, servicesOf } from '../../src/mock/grpc/services.ts';
import { shapeToInvent } from '../../src/mock/grpc/shape-of.ts';
import type { Json } from '../../src/mock/json.ts';
import { inventShape } from '../../src/mock/lens/invent.ts';
import type { Mock } from '../../src/mock/mock.ts';
import { Random } from '../../src/mock/random.ts';
import { oddities, randomFor, Sender, spoiled, times, torn } from './fuzzing.ts';
import { mockOf } from './serving.ts';

const kinds = `syntax = "proto3"; package kinds.v1;
  import "google/protobuf/any.proto"; import "google/protobuf/struct.proto"; import "google/protobuf/wrappers.proto";
  import "google/protobuf/timestamp.proto"; import "google/protobuf/duration.proto"; import "google/protobuf/field_mask.proto";
  service Kinds {
    rpc One(All) returns (All); rpc Down(All) returns (stream All); rpc Up(stream All) returns (All); rpc Both(stream All) returns (stream All);
  }
  service Things {
    rpc GetThing(GetThingRequest) returns (Thing); rpc ListThings(ListThingsRequest) returns (ListThingsResponse);
    rpc CreateThing(CreateThingRequest) returns (Thing); rpc UpdateThing(UpdateThingRequest) returns (Thing);
    rpc DeleteThing(GetThingRequest) returns (Thing); rpc WatchThings(ListThingsRequest) returns (stream Thing);
    rpc UploadThings(stream CreateThingRequest) returns (ListThingsResponse);
  }
  message All { double a = 1; float b = 2; int32 c = 3; int64 d = 4; uint32 e = 5; uint64 f = 6; sint32 g = 7; sint64 h = 8; fixed32 i = 9;
    fixed64 j = 10; sfixed32 k = 11; sfixed64 l = 12; bool m = 13; string n = 14; bytes o = 15; Kind p = 16; All q = 17; repeated int32 r = 18;
    repeated string s = 19; repeated All t = 20; map<string, All> u = 21; map<int64, bytes> v = 22; google.protobuf.Any w = 23; google.protobuf.Struct x = 24;
    google.protobuf.Value y = 25; google.protobuf.Timestamp z = 26; google.protobuf.Duration aa = 27; google.protobuf.FieldMask ab = 28;
    google.protobuf.Int64Value ac = 29; oneof pick { string ad = 30; All ae = 31; } optional int32 af = 32; google.protobuf.ListValue ag = 33; }
  enum Kind { KIND_UNSPECIFIED = 0; GOOD = 1; BAD = -1; }
  message Thing { string id = 1; string title = 2; int32 pages = 3; All all = 4; google.protobuf.Timestamp create_time = 5; map<string, string> labels = 6; }
  message GetThingRequest { string id = 1; }
  message ListThingsRequest { int32 page_size = 1; string page_token = 2; string filter = 3; string order_by = 4; google.protobuf.FieldMask read_mask = 5; }
  message ListThingsResponse { repeated Thing things = 1; string next_page_token = 2; int32 total_size = 3; }
  message CreateThingRequest { Thing thing = 1; string thing_id = 2; string request_id = 3; bool validate_only = 4; }
  message UpdateThingRequest { Thing thing = 1; google.protobuf.FieldMask update_mask = 2; bool allow_missing = 3; }`;

const shop = 'shop/orders/v1/orders.proto';
const etcd = '../shared/corpus/proto/etcd';
const documents: [name: string, count: number, read: () => Record<string, string>][] = [
  ['orders', 600, () => ({ [shop]: readFileSync(`examples/proto/${shop}`, 'utf8') })],
  ['kinds', 600, () => ({ 'kinds.proto': kinds })],
  [etcd, 300, () => protosBelow(etcd)],
];

describe.each(documents)('%s, %i calls', (name, count, read) => {
  it.skipIf(name === etcd && !existsSync(etcd))('over gRPC', { timeout: 60_000 * times }, async () => {
    const mock = await mockOf(read(), { maxBody: 300_000 });
    const client = new Client(mock.grpcAddress!, credentials.createInsecure());
    onTestFinished(() => client.close());
    const random = randomFor(name);
    const rpcs = [...servicesOf(mock.context).rpcs.values()];
    const asked = new Asked(random);
    const outcomes: Record<string, number> = {};
    const wrong: string[] = [];
    for (let i = 0; i < count * times; i++) {
      const rpc = random.pick(rpcs)!;
      const outcome = await call(client, rpc, asked, random);
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
      if (unwanted.has(outcome)) wrong.push(`${rpc.method.fullName}: ${outcome}`);
    }
    process.stdout.write(times > 1 ? `${name}: ${JSON.stringify(outcomes)}\n` : '');
    expect(wrong.slice(0, 10)).toEqual([]);
    expect(outcomes['OK']).toBeGreaterThan(0);
    expect(outcomes['INVALID_ARGUMENT']).toBeGreaterThan(0);
    expect(faults(mock.logged)).toEqual([]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

it('bytes that are no gRPC', { timeout: 60_000 * times }, async () => {
  const mock = await mockOf({ 'kinds.proto': kinds });
  const random = randomFor('frames');
  const answers: Record<string, number> = {};
  for (let i = 0; i < 150 * times; i++) {
    const answer = await raw(mock, random);
    answers[answer] = (answers[answer] ?? 0) + 1;
  }
  process.stdout.write(times > 1 ? `frames: ${JSON.stringify(answers)}\n` : '');
  expect(Object.keys(answers).length).toBeGreaterThan(2);
  expect(faults(mock.logged)).toEqual([]);
  const client = new Client(mock.grpcAddress!, credentials.createInsecure());
  onTestFinished(() => client.close());
  const get = servicesOf(mock.context).rpcs.get('/kinds.v1.Kinds/One')!;
  expect(await unary(client, get.method.path, Buffer.alloc(0), new Metadata(), {})).toBe('OK');
});

it('deadlines that have passed, all at once', { timeout: 60_000 * times }, async () => {
  const mock = await mockOf({ 'kinds.proto': kinds });
  const client = new Client(mock.grpcAddress!, credentials.createInsecure());
  onTestFinished(() => client.close());
  const slow = new Metadata();
  slow.set('apiarch-delay', '20000');
  const calls = Array.from({ length: 300 * times }, (_, i) =>
    unary(client, '/kinds.v1.Kinds/One', Buffer.alloc(0), slow, { deadline: Date.now() + (i % 40) }),
  );
  const outcomes = new Set(await Promise.all(calls));
  expect([...outcomes]).toEqual(['DEADLINE_EXCEEDED']);
  expect(await unary(client, '/kinds.v1.Kinds/One', Buffer.alloc(0), new Metadata(), {})).toBe('OK');
  expect(faults(mock.logged)).toEqual([]);
});

it('rpcs as HTTP', { timeout: 60_000 * times }, async () => {
  const mock = await mockOf({ [shop]: readFileSync(`examples/proto/${shop}`, 'utf8') }, { maxBody: 300_000 });
  const sender = new Sender(Number(new URL(mock.url).port));
  const random = randomFor('transcoding');
  const asked = new Asked(random);
  const rules = [...servicesOf(mock.context).rpcs.values()].flatMap((rpc) => rulesOf(rpc));
  expect(rules.length).toBeGreaterThan(0);
  const statuses: Record<number, number> = {};
  const wrong: string[] = [];
  for (let i = 0; i < 400 * times; i++) {
    const rule = random.pick(rules)!;
    const { rpc } = rule;
    const target = rule.template.replace(/\{(\w[\w.]*)(?:=[^{}]*)?\}/g, () =>
      encodeURIComponent(Buffer.from(asked.word()).toString()),
    );
    const query = random.chance(0.4)
      ? `?${random.pick(rpc.method.request.fields)!.name}=${encodeURIComponent(Buffer.from(asked.word()).toString())}`
      : '';
    let body = JSON.stringify(random.chance(0.7) ? spoiled(asked.request(rpc), random) : asked.request(rpc));
    if (random.chance(0.1)) body = torn(body, random);
    const headers = { 'content-type': random.chance(0.95) ? 'application/json' : 'text/plain' };
    const hasBody = rule.method !== 'GET' && rule.method !== 'DELETE';
    const received = await sender.send(
      { method: rule.method, target: target + query, headers, ...(hasBody && { body }) },
      random.chance(0.02) ? 5 : 2000,
    );
    statuses[received.status] = (statuses[received.status] ?? 0) + 1;
    if (received.status >= 500)
      wrong.push(`${rule.method} ${target}${query} ${body.slice(0, 500)}: ${received.text.slice(0, 300)}`);
    else if (received.text !== '' && /json/.test(received.headers['content-type'] ?? ''))
      JSON.parse(received.text.split('\n')[0]!);
  }
  sender.close();
  process.stdout.write(times > 1 ? `transcoding: ${JSON.stringify(statuses)}\n` : '');
  expect(wrong.slice(0, 10)).toEqual([]);
  expect(statuses[200]).toBeGreaterThan(0);
  expect(faults(mock.logged)).toEqual([]);
});

/** How an rpc is asked over HTTP. */
function rulesOf(rpc: Rpc): { readonly rpc: Rpc; readonly method: string; readonly template: string }[] {
  const rule = rpc.method.options['[google.api.http]'];
  return Object.entries((rule ?? {}) as object).flatMap(([name, template]) =>
    /^(?:get|put|post|delete|patch)$/.test(name)
      ? [{ rpc, method: name.toUpperCase(), template: String(template) }]
      : [],
  );
}

/** What nobody asked for. */
const unwanted = new Set(['UNKNOWN', 'INTERNAL', 'DATA_LOSS', 'UNIMPLEMENTED', 'UNAVAILABLE']);

const faults = (logged: readonly string[]): string[] => logged.filter((line) => /bug|^gRPC:/.test(line));

function protosBelow(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.proto'));
  return Object.fromEntries(paths.map((path) => [`etcd/${path}`, readFileSync(`${folder}/${path}`, 'utf8')]));
}

/** Makes requests up, good ones, and such as were good before something was spoiled. */
class Asked {
  readonly #random: Random;
  readonly #seen: string[] = ['1', 'orders/1', 'things/1'];

  constructor(random: Random) {
    this.#random = random;
  }

  learn(bytes: Buffer): void {
    for (const [text] of bytes
      .toString('latin1')
      .slice(0, 5000)
      .matchAll(/[\w/:.=-]{3,80}/g)) {
      if (this.#seen.length < 300) this.#seen.push(text);
      else this.#seen[this.#random.integer(0, 299)] = text;
    }
  }

  word(): string {
    const random = this.#random;
    return random.chance(0.5) ? random.pick(this.#seen)! : String(JSON.stringify(random.pick(oddities))).slice(0, 500);
  }

  request({ method }: Rpc): Json {
    const made = inventShape(shapeToInvent(method.request), new Random(this.#random.integer(0, 20)), [
      method.request.fullName,
    ]);
    return this.#random.chance(0.5) ? this.#withSeen(made) : made;
  }

  bytes(rpc: Rpc): Buffer {
    const random = this.#random;
    const value = this.request(rpc);
    const bytes = rpc.codec.encode(rpc.method.request, random.chance(0.4) ? (spoiled(value, random) as Json) : value);
    switch (random.integer(0, 9)) {
      case 0:
        return Buffer.from(Array.from({ length: random.integer(0, 60) }, () => random.integer(0, 255)));
      case 1:
      case 2:
        return flipped(bytes, random);
      case 3:
        return bytes.subarray(0, random.integer(0, bytes.length));
      case 4:
        return Buffer.concat([bytes, bytes, flipped(bytes, random)]);
      case 5:
        return random.chance(0.2) ? random.pick(bombs)! : bytes;
      default:
        return bytes;
    }
  }

  /** The same with texts that answers had. */
  #withSeen(value: Json): Json {
    if (typeof value === 'string') return this.#random.chance(0.3) ? this.word() : value;
    if (Array.isArray(value)) return value.map((item) => this.#withSeen(item));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, this.#withSeen(item)]));
  }
}

function flipped(bytes: Buffer, random: Random): Buffer {
  const copy = Buffer.from(bytes);
  for (let i = random.integer(1, 4); i > 0 && copy.length > 0; i--)
    copy[random.integer(0, copy.length - 1)] = random.integer(0, 255);
  return copy;
}

/** `times` messages in each other, in field 17. */
function nested(times: number): Buffer {
  let bytes = Buffer.alloc(0);
  for (let i = 0; i < times; i++) {
    const length: number[] = [];
    for (let rest = bytes.length; ; rest >>>= 7) {
      length.push(rest > 127 ? (rest & 127) | 128 : rest);
      if (rest <= 127) break;
    }
    bytes = Buffer.concat([Buffer.from([0x8a, 0x01, ...length]), bytes]);
  }
  return bytes;
}

const bombs = [
  nested(2000),
  Buffer.alloc(100_000, 0x0b),
  Buffer.alloc(100_000, 0x80),
  Buffer.alloc(200_000, 0x18),
  Buffer.from([0x72, 0xff, 0xff, 0xff, 0xff, 0x07]),
  Buffer.from([0x72, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]),
  Buffer.alloc(310_000, 1),
];

/** Calls with one spoiled thing or several. @returns the name of the status, or how the call went otherwise */
function call(client: Client, rpc: Rpc, asked: Asked, random: Random): Promise<string> {
  const { method } = rpc;
  const metadata = new Metadata();
  if (random.chance(0.2)) odd(metadata, random);
  const wants = metadata.get('apiarch-code').length > 0;
  const isHeld = metadata.get('apiarch-delay').length > 0;
  const options = isHeld || random.chance(0.05) ? { deadline: Date.now() + random.integer(-10, 5) } : {};
  const named = (outcome: string) => (wants ? 'as asked' : outcome);
  if (!method.clientStreaming && !method.serverStreaming) {
    return unary(client, method.path, asked.bytes(rpc), metadata, options, (bytes) => asked.learn(bytes)).then(named);
  }
  return new Promise((resolve) => {
    const same = (bytes: Buffer) => bytes;
    const done = (error: ServiceError | null) => resolve(named(error ? status[error.code]! : 'OK'));
    const count = random.integer(0, 5);
    const timer = setTimeout(() => stream.cancel(), random.integer(1, 15));
    const stream = method.clientStreaming
      ? method.serverStreaming
        ? client.makeBidiStreamRequest(method.path, same, same, metadata, options)
        : client.makeClientStreamRequest(method.path, same, same, metadata, options, () => {})
      : client.makeServerStreamRequest(method.path, same, same, asked.bytes(rpc), metadata, options);
    stream.on('error', () => {});
    stream.on('data', () => {});
    stream.on('status', ({ code }: { code: number }) => {
      clearTimeout(timer);
      done(code === 0 ? null : ({ code } as ServiceError));
    });
    if (!('write' in stream)) return;
    for (let i = 0; i < count; i++) stream.write(asked.bytes(rpc));
    if (random.chance(0.7)) stream.end();
  });
}

function unary(
  client: Client,
  path: string,
  bytes: Buffer,
  metadata: Metadata,
  options: { deadline?: number },
  learn?: (bytes: Buffer) => void,
): Promise<string> {
  const same = (bytes: Buffer) => bytes;
  return new Promise((resolve) => {
    client.makeUnaryRequest(path, same, same, bytes, metadata, options, (error, answer) => {
      if (answer) learn?.(answer);
      resolve(error ? status[error.code]! : 'OK');
    });
  });
}

function odd(metadata: Metadata, random: Random): void {
  const values = [
    '',
    '-1',
    'NaN',
    '1e9999',
    'x'.repeat(4000),
    '__proto__',
    'Bearer',
    'Bearer a.b.c',
    'Bearer dev:',
    'NOT_FOUND',
    '5',
    '99',
    'constructor',
    '%00',
    '"',
  ];
  const name = random.pick([
    'apiarch-code',
    'apiarch-delay',
    'authorization',
    'x-request-id',
    'x-request-params',
    'grpc-encoding',
    'x-bin',
    'traceparent',
    'x-goog-fieldmask',
  ])!;
  if (name.endsWith('-bin')) metadata.set(name, Buffer.from([0, 255, 1]));
  else metadata.set(name, random.pick(values)!);
}

/** A connection of its own, and things on it that no client of gRPC sends. */
function raw(mock: Mock, random: Random): Promise<string> {
  return new Promise((resolve) => {
    const session = connect(`http://${mock.grpcAddress}`);
    const over = (answer: string) => {
      clearTimeout(timer);
      session.destroy();
      resolve(answer);
    };
    const timer = setTimeout(() => over('silence'), 30);
    session.on('error', (error: NodeJS.ErrnoException) => over(String(error.code)));
    session.on('close', () => over('closed'));
    const stream = session.request({
      ':method': random.chance(0.9) ? 'POST' : random.pick(['GET', 'PUT', 'OPTIONS'])!,
      ':path': random.pick([
        '/kinds.v1.Kinds/One',
        '/kinds.v1.Kinds/Both',
        '/kinds.v1.Kinds/Nope',
        '/Nope/One',
        '/',
        '//',
        '/kinds.v1.Kinds',
        '/__proto__/constructor',
        '/%00',
      ])!,
      'content-type': random.pick([
        'application/grpc',
        'application/grpc',
        'application/grpc+proto',
        'application/grpc+json',
        'application/json',
        'text/plain',
        'application/grpc-web',
      ])!,
      ...(random.chance(0.7) && { te: 'trailers' }),
      ...(random.chance(0.3) && { 'grpc-timeout': random.pick(['1n', '0S', 'x', '99999999999999H', '-1S', '', '1']) }),
      ...(random.chance(0.3) && { 'grpc-encoding': random.pick(['gzip', 'identity', 'x', 'deflate']) }),
      ...(random.chance(0.2) && { [random.pick(['x-bin', 'grpc-tags-bin'])!]: random.pick(['!!!', 'AA==', '=']) }),
    });
    stream.on('error', () => {});
    stream.on('response', ({ ':status': code, 'grpc-status': grpc }) => over(`${code} ${grpc ?? ''}`));
    const frames = [
      Buffer.from([0, 0, 0, 0, 0]),
      Buffer.from([0, 255, 255, 255, 255]),
      Buffer.from([1, 0, 0, 0, 3, 1, 2, 3]),
      Buffer.from([7, 0, 0, 0, 1, 0]),
      Buffer.from([0, 0, 0, 0, 9, 1]),
      Buffer.alloc(5000, 0),
      Buffer.from('GET / HTTP/1.1\r\n\r\n'),
    ];
    stream.write(random.pick(frames)!);
    if (random.chance(0.6)) stream.end();
    else if (random.chance(0.5)) setTimeout(() => stream.close(8), 2);
  });
}
