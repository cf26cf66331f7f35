// Slow, rude and confused clients: each is told what it can be told, and nobody else waits for it.
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listen } from '../../src/mock/server.ts';
import { mockOf, orders } from './serving.ts';

const { 'orders.yaml': yaml, 'orders.graphql': graphql } = orders();
const both = { 'orders.yaml': yaml!, 'orders.graphql': graphql! };
const credentials = 'Authorization: Bearer dev:orders:read,orders:write\r\n';

/** A connection, and all that came over it. */
class Line {
  readonly socket: Socket;
  received = '';
  readonly closed: Promise<void>;

  constructor(url: string) {
    this.socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', allowHalfOpen: true });
    this.socket.on('data', (bytes: Buffer) => {
      this.received += bytes.toString('latin1');
    });
    this.socket.on('error', () => {});
    this.closed = new Promise((resolve) => {
      this.socket.on('close', () => resolve());
      this.socket.on('end', () => {
        this.socket.end();
        resolve();
      });
    });
    onTestFinished(() => {
      this.socket.destroy();
    });
  }

  say(text: string | Buffer): this {
    this.socket.write(text);
    return this;
  }

  /** Waits until something came. */
  async until(pattern: RegExp): Promise<string> {
    while (!pattern.test(this.received) && !this.socket.closed) await new Promise((resolve) => setTimeout(resolve, 5));
    return this.received;
  }
}

/** Asks as an orderly client would. */
async function alive(url: string): Promise<void> {
  const response = await fetch(`${url}/orders`, { headers: { authorization: 'Bearer dev:orders:read' } });
  await response.text();
  expect(response.status).toBe(200);
}

const statuses = (text: string): string[] => [...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status!);

describe('what is no request', () => {
  it.each<[string, string | Buffer, string]>([
    ['the greeting of TLS', Buffer.from('16030100c8010000c40303', 'hex'), '400'],
    ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', '400'],
    ['HTTP/9.9', 'GET /orders HTTP/9.9\r\nHost: x\r\n\r\n', '400'],
    ['an unknown method', 'PEEK /orders HTTP/1.1\r\nHost: x\r\n\r\n', '400'],
    ['a header without a name', 'GET /orders HTTP/1.1\r\nHost: x\r\n: x\r\n\r\n', '400'],
    ['a header with a zero byte', 'GET /orders HTTP/1.1\r\nHost: x\r\nA: a\0b\r\n\r\n', '400'],
    ['no host', 'GET /orders HTTP/1.1\r\n\r\n', '400'],
    ['headers beyond 32 KiB', `GET /orders HTTP/1.1\r\nHost: x\r\nA: ${'x'.repeat(40_000)}\r\n\r\n`, '431'],
    ['a path beyond 32 KiB', `GET /${'x'.repeat(40_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, '431'],
    ['two lengths', 'POST /orders HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}', '400'],
    ['a length that is none', 'POST /orders HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n', '400'],
    [
      'both a length and chunks',
      'POST /orders HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /orders HTTP/1.1\r\nHost: x\r\n\r\n',
      '400',
    ],
    [
      'chunks that are not last',
      'POST /orders HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n',
      '400',
    ],
    [
      'a chunk of no size',
      `POST /orders HTTP/1.1\r\nHost: x\r\n${credentials}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n`,
      '400',
    ],
  ])('%s', async (_, text, status) => {
    const mock = await mockOf(both);
    const line = new Line(mock.url).say(text);
    await line.closed;
    // One answer, and nothing hidden behind it is taken for a request.
    expect(statuses(line.received)).toEqual([status]);
    await alive(mock.url);
    expect(mock.logged.filter((one) => one.includes('bug'))).toEqual([]);
  });

  it('garbage behind a good request', async () => {
    const mock = await mockOf(both);
    const line = new Line(mock.url).say(
      `GET /orders HTTP/1.1\r\nHost: x\r\n${credentials}\r\n\u0000\u0001garbage\r\n\r\n`,
    );
    await line.closed;
    expect(statuses(line.received)).toEqual(['200', '400']);
    await alive(mock.url);
  });

  it('asks to become something else', async () => {
    const mock = await mockOf(both);
    for (const [path, status] of [
      ['/orders', '404'],
      ['/nowhere', '404'],
      ['/graphql', '4\\d\\d'],
    ]) {
      const line = new Line(mock.url).say(
        `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
      );
      await line.closed;
      expect(line.received).toMatch(new RegExp(`^HTTP/1.1 ${status}`));
    }
    // Those who reset the connection at once as well.
    for (let i = 0; i < 50; i++) {
      const { socket } = new Line(mock.url);
      socket.write(
        `GET /${i % 2 ? 'graphql' : 'x'} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
      );
      await new Promise((resolve) => setTimeout(resolve, i % 3));
      socket.resetAndDestroy();
    }
    const tunnel = new Line(mock.url).say('CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n');
    await tunnel.closed;
    await alive(mock.url);
  });
});

it('offers of other protocols are passed over, and what was asked is answered', async () => {
  const mock = await mockOf(both);
  const offer = 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n';
  const line = new Line(mock.url);
  for (let i = 1; i <= 15; i++) {
    line.say(`GET /orders?limit=${i} HTTP/1.1\r\nHost: x\r\n${credentials}${offer}\r\n`);
    while (statuses(line.received).length < i && !line.socket.closed)
      await new Promise((resolve) => setTimeout(resolve, 2));
  }
  expect(statuses(line.received)).toEqual(Array(15).fill('200'));
  const body = JSON.stringify({ query: '{ __typename }' });
  const post = new Line(mock.url).say(
    `POST /graphql HTTP/1.1\r\nHost: x\r\n${offer}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  expect(await post.until(/__typename|errors/)).toContain('{"data":{"__typename":"Query"}}');
});

describe('who takes their time', () => {
  const brief = { headersTimeout: 150, requestTimeout: 300, connectionsCheckingInterval: 20 };

  it('with the headers is shut out with 408', async () => {
    const listener = await listen('127.0.0.1', 0, () => answering, brief);
    onTestFinished(() => listener.close(0));
    const line = new Line(listener.url).say('GET / HTTP/1.1\r\n');
    const drip = setInterval(() => line.say('X: y\r\n'), 10);
    await line.closed;
    clearInterval(drip);
    expect(statuses(line.received)).toEqual(['408']);
  });

  it('with the body, too', async () => {
    const listener = await listen('127.0.0.1', 0, () => answering, brief);
    onTestFinished(() => listener.close(0));
    const line = new Line(listener.url).say('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n');
    const drip = setInterval(() => line.say('x'), 10);
    await line.closed;
    clearInterval(drip);
    expect(statuses(line.received)).toEqual(['408']);
  });

  it('does not hold others up, be they 1,000', async () => {
    const mock = await mockOf(both);
    const texts = [
      '',
      'GET /orders HTTP/1.1\r\nX: ',
      `POST /orders HTTP/1.1\r\nHost: x\r\n${credentials}Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{`,
      `POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"qu`,
    ];
    const lines = Array.from({ length: 1000 }, (_, i) => new Line(mock.url).say(texts[i % texts.length]!));
    await alive(mock.url);
    for (const { socket } of lines) socket.destroy();
    await alive(mock.url);
  });

  const answering = {
    handle: (request: NodeJS.ReadableStream, response: { end(text: string): void }) => {
      request
        .resume()
        .on('end', () => response.end('done'))
        .on('error', () => {});
    },
    upgrade: () => {},
    // biome-ignore lint/suspicious/noExplicitAny: as much of a request and its answer as is looked at
  } as any;
});

it('the end does not wait for those who became something else and stay', async () => {
  const silence = {
    handle: (_: unknown, response: { end(text: string): void }) => response.end('done'),
    upgrade: (_: unknown, socket: { end(text: string): void }) => socket.end('HTTP/1.1 404 Not Found\r\n\r\n'),
    // biome-ignore lint/suspicious/noExplicitAny: as much of a request and its answer as is looked at
  } as any;
  const listener = await listen('127.0.0.1', 0, () => silence);
  const socket = connect({ port: listener.port, host: '127.0.0.1', allowHalfOpen: true });
  onTestFinished(() => {
    socket.destroy();
  });
  const answers = new Promise<void>((resolve) => {
    let text = '';
    socket.on('data', (bytes: Buffer) => {
      text += bytes.toString();
      if (text.includes('404')) resolve();
    });
  });
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  socket.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  await answers;
  await listener.close(50);
});

it('what is under way at the end is answered, and what hangs on purpose is broken off', async () => {
  const mock = await mockOf(both, { latency: { least: 60_000, most: 60_000 } });
  const asked = (headers = '') =>
    new Line(mock.url).say(`GET /orders HTTP/1.1\r\nHost: x\r\n${credentials}${headers}\r\n`);
  const [slow, hanging] = [asked(), asked('Prefer: fault=timeout\r\n')];
  const seen = () => mock.context.traffic.metrics().match(/api_active_requests (\d+)/)?.[1];
  while (seen() !== '2') await new Promise((resolve) => setTimeout(resolve, 5));
  await mock.close();
  await Promise.all([slow.closed, hanging.closed]);
  expect(statuses(slow.received)).toEqual(['200']);
  expect(hanging.received).toBe('');
});

describe('bodies', () => {
  const paths = ['/orders', '/graphql', '/__apiarch/grpc/x'];

  it.each(paths)('that break off midway, at %s', async (path) => {
    const mock = await mockOf(both);
    for (const how of ['end', 'destroy', 'resetAndDestroy'] as const) {
      const line = new Line(mock.url).say(
        `POST ${path} HTTP/1.1\r\nHost: x\r\n${credentials}Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"a":`,
      );
      await new Promise((resolve) => setTimeout(resolve, 10));
      line.socket[how]();
      await line.closed;
    }
    await alive(mock.url);
    expect(mock.logged.filter((one) => one.includes('bug'))).toEqual([]);
  });

  it.each(['/orders', '/graphql'])(
    'too large by what they say are refused before they are sent, at %s',
    async (path) => {
      const mock = await mockOf(both, { maxBody: 1000 });
      const line = new Line(mock.url).say(
        `POST ${path} HTTP/1.1\r\nHost: x\r\n${credentials}Content-Type: application/json\r\nContent-Length: 5000\r\nExpect: 100-continue\r\n\r\n`,
      );
      expect(statuses(await line.until(/\r\n\r\n/))).toEqual(['413']);
      await line.closed;
    },
  );

  it.each(['/orders', '/graphql'])('that may come are asked for, at %s', async (path) => {
    const mock = await mockOf(both);
    const line = new Line(mock.url).say(
      `POST ${path} HTTP/1.1\r\nHost: x\r\n${credentials}Content-Type: application/json\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n`,
    );
    expect(statuses(await line.until(/\r\n\r\n/))).toEqual(['100']);
    line.say('{}');
    await line.until(/HTTP\/1\.1 4/);
    expect(statuses(line.received)[1]).toMatch(/^4/);
  });

  it('are not waited for with other expectations', async () => {
    const mock = await mockOf(both);
    const line = new Line(mock.url).say(
      `POST /orders HTTP/1.1\r\nHost: x\r\n${credentials}Content-Type: application/json\r\nContent-Length: 2\r\nExpect: a-miracle\r\n\r\n`,
    );
    expect(statuses(await line.until(/\r\n\r\n/))).toEqual(['417']);
  });

  it.each(['/orders', '/graphql'])('too large without saying so are refused as they come, at %s', async (path) => {
    const mock = await mockOf(both, { maxBody: 100_000 });
    const status = await uploaded(`${mock.url}${path}`, 3_000_000);
    expect(status).toBe(413);
    await alive(mock.url);
  });

  it('of rpcs as HTTP, too large or broken off, are refused as well', async () => {
    const path = 'proto/shop/orders/v1/orders.proto';
    const mock = await mockOf({ [path]: orders()[path]! }, { maxBody: 100_000 });
    expect(await uploaded(`${mock.url}/v1/orders`, 3_000_000)).toBe(413);
    const line = new Line(mock.url).say('POST /v1/orders HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{');
    await new Promise((resolve) => setTimeout(resolve, 10));
    line.socket.resetAndDestroy();
    expect((await fetch(`${mock.url}/v1/orders`)).status).toBe(200);
    expect(mock.logged.filter((one) => /bug|gRPC:/.test(one))).toEqual([]);
  });

  it('too large once they are unpacked are refused', async () => {
    const mock = await mockOf(both, { maxBody: 100_000 });
    const response = await fetch(`${mock.url}/orders`, {
      method: 'POST',
      headers: {
        authorization: 'Bearer dev:orders:write',
        'content-type': 'application/json',
        'content-encoding': 'gzip',
      },
      body: gzipSync(Buffer.alloc(50_000_000, 32)),
    });
    expect(response.status).toBe(413);
  });
});

/** Sends chunks until something is answered. */
function uploaded(url: string, most: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', authorization: 'Bearer dev:orders:write' };
    const sending = request(url, { method: 'POST', headers }, (response) => {
      response.resume();
      resolve(response.statusCode!);
    });
    sending.on('error', reject);
    let sent = 0;
    const more = (): void => {
      if (sent >= most) {
        sending.end();
        return;
      }
      sent += 50_000;
      sending.write(Buffer.alloc(50_000, 32), () => setTimeout(more, 1));
    };
    more();
  });
}
