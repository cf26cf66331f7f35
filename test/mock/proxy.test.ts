// Requests through the proxy to real upstreams, checked against a document.
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type AddressInfo, connect, createServer } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ask, bytesOf, proxyTo, upstreamOf, violationsIn } from './proxy-serving.ts';
import { mockOf } from './serving.ts';

const json = { 'content-type': 'application/json' };

function answer(response: ServerResponse, status: number, value: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { ...json, ...headers });
  response.end(JSON.stringify(value));
}

describe('what is passed on', () => {
  it('arrives as it was sent, but for what is for the next station', async () => {
    let seen: { request: IncomingMessage; bytes: Buffer } | undefined;
    const { url: origin } = await upstreamOf(async (request, response) => {
      seen = { request, bytes: await bytesOf(request) };
      answer(response, 201, { id: 1, name: 'a' });
    });
    const { url } = await proxyTo(`${origin}/base/`);
    const body = '{"id": 1,   "name":"ä"}';
    const { status, headers } = await ask(`${url}/v1/items?b=%20x&a=1&a=2`, {
      method: 'POST',
      headers: [
        ...['Content-Type', 'application/json', 'Content-Length', String(Buffer.byteLength(body))],
        ...['X-Shop-Key', 'k', 'X-Twice', '1', 'x-twice', '2', 'X-Latin', 'caf\xe9'],
        ...['Connection', 'close, X-Hop', 'X-Hop', 'no', 'Keep-Alive', 'timeout=9', 'TE', 'trailers'],
        ...['X-Forwarded-For', '10.0.0.9'],
      ],
      body,
    });
    expect(status).toBe(201);
    expect(violationsIn(headers)).toEqual([]);
    const { request, bytes } = seen!;
    expect(request.method).toBe('POST');
    expect(request.url).toBe('/base/v1/items?b=%20x&a=1&a=2');
    expect(bytes.toString()).toBe(body);
    expect(request.headers.host).toBe(new URL(origin).host);
    expect(request.rawHeaders.join('\n')).toContain('X-Twice\n1\nx-twice\n2\nX-Latin\ncaf\xe9');
    expect(request.headers['content-length']).toBe(String(Buffer.byteLength(body)));
    expect(request.headers['transfer-encoding']).toBeUndefined();
    for (const name of ['x-hop', 'keep-alive', 'te']) expect(request.headers[name]).toBeUndefined();
    expect(request.headers['x-forwarded-for']).toBe('10.0.0.9, 127.0.0.1');
    expect(request.headers['x-forwarded-host']).toBe(new URL(url).host);
    expect(request.headers['x-forwarded-proto']).toBe('http');
    expect(request.headers.via).toMatch(/^1\.1 apiarch-/);
  });

  it('comes back as it was answered', async () => {
    const { url: origin } = await upstreamOf((_, response) => {
      response.writeHead(200, 'All Right', [
        ...[
          'Content-Type',
          'application/json; charset=utf-8',
          'X-Total',
          '1',
          'Set-Cookie',
          'a=1',
          'Set-Cookie',
          'b=2',
        ],
        ...['X-CASE', 'kept', 'Date', 'Thu, 01 Jan 1970 00:00:00 GMT', 'Keep-Alive', 'timeout=77', 'Upgrade', 'h2c'],
      ]);
      response.end('[ {"id":1,"name":"a"} ]');
    });
    const { url } = await proxyTo(origin);
    const back = await ask(`${url}/v1/items`);
    expect(back.status).toBe(200);
    expect(back.statusMessage).toBe('All Right');
    expect(back.bytes.toString()).toBe('[ {"id":1,"name":"a"} ]');
    expect(back.headers['set-cookie']).toEqual(['a=1', 'b=2']);
    expect(back.headers.date).toBe('Thu, 01 Jan 1970 00:00:00 GMT');
    expect(back.rawHeaders).toContain('X-CASE');
    expect(back.headers.upgrade).toBeUndefined();
    expect(back.headers['keep-alive']).not.toBe('timeout=77');
    expect(violationsIn(back.headers)).toEqual([]);
  });

  it('keeps every byte of bodies and header values', async () => {
    const seen: { bytes: Buffer; header: string | undefined }[] = [];
    const { url: origin } = await upstreamOf(async (request, response) => {
      const bytes = await bytesOf(request);
      const header = request.headers['x-value'] as string | undefined;
      seen.push({ bytes, header });
      response.writeHead(200, {
        'content-type': request.headers['content-type']!,
        'x-value': header ?? '',
        'x-total': '1',
      });
      response.end(bytes);
    });
    const { url } = await proxyTo(origin);
    const values = fc
      .string({
        unit: fc
          .integer({ min: 0x20, max: 0xff })
          .filter((c) => c !== 0x7f)
          .map((c) => String.fromCharCode(c)),
      })
      .map((text) => text.trim());
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 5000 }),
        values,
        fc.constantFrom(
          'application/octet-stream',
          'application/json',
          'text/plain',
          'multipart/form-data; boundary=x',
        ),
        fc.constantFrom('/v1/file', '/v1/items', '/elsewhere'),
        async (array, value, type, path) => {
          const body = Buffer.from(array);
          // Trimming of other blanks is not ours.
          const header = value.replace(/^[\s\xa0]+|[\s\xa0]+$/g, '');
          const back = await ask(url + path, {
            method: 'PUT',
            headers: ['Content-Type', type, 'X-Value', header, 'Content-Length', String(body.length)],
            body,
          });
          const { bytes, header: arrived } = seen.at(-1)!;
          expect(bytes.equals(body)).toBe(true);
          expect(arrived ?? '').toBe(header);
          expect(back.bytes.equals(body)).toBe(true);
          expect(back.headers['x-value'] ?? '').toBe(header);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('goes for 200 requests at once', async () => {
    const { url: origin } = await upstreamOf(async (request, response) => {
      const bytes = await bytesOf(request);
      setTimeout(() => answer(response, 201, JSON.parse(bytes.toString())), 5);
    });
    const { url } = await proxyTo(origin);
    const all = await Promise.all(
      Array.from({ length: 200 }, async (_, id) => {
        const body = JSON.stringify({ id, name: `n${id}` });
        const response = await fetch(`${url}/v1/items`, {
          method: 'POST',
          headers: { ...json, 'x-shop-key': 'k' },
          body,
        });
        return { status: response.status, value: await response.json(), violations: violationsIn(response.headers) };
      }),
    );
    expect(all).toEqual(all.map((_, id) => ({ status: 201, value: { id, name: `n${id}` }, violations: [] })));
  });

  it('has no body for HEAD, 204 and 304', async () => {
    const { url: origin } = await upstreamOf((request, response) => {
      if (request.method === 'DELETE') response.writeHead(204).end();
      else if (request.headers['if-none-match']) response.writeHead(304, { etag: '"1"' }).end();
      else response.writeHead(200, { ...json, 'content-length': '21', 'x-total': '1' }).end();
    });
    const { url } = await proxyTo(origin);
    const head = await ask(`${url}/v1/items`, { method: 'HEAD' });
    expect(head).toMatchObject({ status: 200, headers: { 'content-length': '21' } });
    expect(violationsIn(head.headers)).toEqual([]);
    const gone = await ask(`${url}/v1/items/1`, { method: 'DELETE' });
    expect(gone.status).toBe(204);
    expect(gone.headers['content-length']).toBeUndefined();
    expect(violationsIn(gone.headers)).toEqual([]);
    const same = await ask(`${url}/v1/items`, { headers: { 'If-None-Match': '"1"' } });
    expect(same).toMatchObject({ status: 304, headers: { etag: '"1"' } });
    expect(violationsIn(same.headers)).toEqual([]);
  });

  it('may be empty, chunked, or a body of GET', async () => {
    const seen: string[] = [];
    const { url: origin } = await upstreamOf(async (request, response) => {
      const { 'content-length': length, 'transfer-encoding': coding } = request.headers;
      const bytes = await bytesOf(request);
      seen.push(`${request.method} ${length ?? '-'} ${coding ?? '-'} ${bytes}`);
      response.end();
    });
    const { url } = await proxyTo(origin);
    await ask(`${url}/a`, { method: 'POST', headers: ['Content-Length', '0'] });
    await ask(`${url}/a`, { method: 'POST', headers: ['Transfer-Encoding', 'chunked'], body: 'abc' });
    await ask(`${url}/a`, { method: 'GET', headers: ['Content-Length', '3'], body: 'abc' });
    await ask(`${url}/a`, { method: 'GET', headers: ['Transfer-Encoding', 'chunked'], body: 'abc' });
    await ask(`${url}/v1/items`, {
      method: 'POST',
      headers: ['Transfer-Encoding', 'chunked', 'Content-Type', 'application/json'],
      body: '{}',
    });
    await ask(`${url}/a`);
    expect(seen).toEqual([
      'POST 0 - ',
      'POST - chunked abc',
      'GET 3 - abc',
      'GET - chunked abc',
      'POST - chunked {}',
      'GET - - ',
    ]);
  });

  it('flows while it comes', async () => {
    let release: (() => void) | undefined;
    const { url: origin } = await upstreamOf((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: 1\n\n');
      release = () => response.end('data: 2\n\n');
    });
    const { url } = await proxyTo(origin);
    const response = await fetch(`${url}/v1/events`);
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader.read()).value).toBe('data: 1\n\n');
    release!();
    expect((await reader.read()).value).toBe('data: 2\n\n');
    expect((await reader.read()).done).toBe(true);
    expect(response.headers.get('x-apiarch-unchecked')).toBeNull();
  });

  it('flows to the upstream while it comes', async () => {
    const { url: origin } = await upstreamOf((request, response) => {
      response.writeHead(200, { 'content-type': 'application/octet-stream' });
      request.pipe(response);
    });
    const { url } = await proxyTo(origin);
    const { port } = new URL(url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(
      'PUT /v1/file HTTP/1.1\r\nHost: x\r\nContent-Type: application/octet-stream\r\nContent-Length: 6\r\n\r\none',
    );
    let received = '';
    socket.on('data', (chunk) => {
      received += chunk;
    });
    await expect.poll(() => received).toContain('one');
    expect(received).not.toContain('two');
    socket.write('two');
    await expect.poll(() => received).toContain('two');
    socket.destroy();
  });

  it('lets JSON that never ends flow, unchecked', async () => {
    const { url: origin } = await upstreamOf((_, response) => {
      response.writeHead(200, { ...json, 'x-total': '1' });
      response.write('[{"id":1,"name":"a"},');
    });
    const { url } = await proxyTo(origin);
    const response = await fetch(`${url}/v1/items`);
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader.read()).value).toBe('[{"id":1,"name":"a"},');
    await reader.cancel();
    expect(response.headers.get('x-apiarch-unchecked')).toContain('had not ended');
  });

  it('tells of 103, and of trailers', async () => {
    const { url: origin } = await upstreamOf((_, response) => {
      response.writeEarlyHints({ link: '</style.css>; rel=preload' });
      response.writeHead(200, { 'content-type': 'text/plain', trailer: 'x-sum' });
      response.write('body');
      response.addTrailers({ 'x-sum': '7' });
      response.end();
    });
    const { url } = await proxyTo(origin);
    const back = await ask(`${url}/hints`);
    expect(back.interim).toMatchObject([{ statusCode: 103, headers: { link: '</style.css>; rel=preload' } }]);
    expect(back.trailers['x-sum']).toBe('7');
  });

  it('sends redirections to the upstream back to the proxy', async () => {
    let location = '';
    const { url: origin } = await upstreamOf((_, response) => response.writeHead(302, { location }).end());
    const { url } = await proxyTo(`${origin}/api`);
    const led = async (to: string) => {
      location = to;
      return (await ask(`${url}/x`)).headers.location;
    };
    expect(await led(`${origin}/api/items/1?a=b#c`)).toBe(`${url}/items/1?a=b#c`);
    expect(await led(`${origin}/api`)).toBe(`${url}/`);
    expect(await led('/api/items/1')).toBe('/items/1');
    expect(await led(`${origin}/login`)).toBe(`${origin}/login`);
    expect(await led('/login')).toBe('/login');
    expect(await led('../items/1')).toBe('../items/1');
    expect(await led('https://example.com/api/items')).toBe('https://example.com/api/items');
    expect(await led(`${origin}.example.com/api/x`)).toBe(`${origin}.example.com/api/x`);
    expect(await led('//example.com/api')).toBe('//example.com/api');
  });
});

describe('what departs from the document', () => {
  it('is told in the header and the log, and passed on', async () => {
    const { url: origin } = await upstreamOf(async (request, response) => {
      await bytesOf(request);
      answer(response, 201, { id: 'one', name: 'a' });
    });
    const { url, logged, mock } = await proxyTo(origin);
    const response = await fetch(`${url}/v1/items?x=1`, { method: 'POST', headers: json, body: '{"id":1}' });
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({ id: 'one', name: 'a' });
    expect(violationsIn(response.headers)).toEqual([
      { location: ['request', 'security'], code: 'unauthenticated', message: expect.stringContaining('X-Shop-Key') },
      { location: ['request', 'body', 'name'], code: 'required', message: '`name` is required.' },
      { location: ['response', 'body', 'id'], code: 'type', message: expect.any(String) },
    ]);
    expect(logged).toHaveLength(3);
    expect(logged[1]).toBe('violation POST /v1/items 201: request.body.name: `name` is required. (required)');
    expect(response.headers.get('sl-violations')).toBeNull();
    await expect
      .poll(() => mock.context.traffic.entries.at(-1))
      .toMatchObject({
        endpoint: '/items',
        status: 201,
        violations: 3,
      });
  });

  it('is seen in paths, methods, parameters, media types, statuses and headers', async () => {
    let status = 200;
    let headers: Record<string, string> = { ...json, 'x-total': '1' };
    let body = '[]';
    const { url: origin } = await upstreamOf((_, response) => {
      response.writeHead(status, headers).end(body);
    });
    const { url } = await proxyTo(origin);
    const seen = async (path: string, init: RequestInit = {}) => {
      const response = await fetch(url + path, init);
      expect(response.status).toBe(status);
      expect(await response.text()).toBe(body);
      return violationsIn(response.headers).map(({ location, code }) => [location.join('.'), code]);
    };
    expect(await seen('/v1/items')).toEqual([]);
    expect(await seen('/nowhere')).toEqual([['request.path', 'not_found']]);
    expect(await seen('/v1/items', { method: 'PATCH' })).toEqual([['request.method', 'method_not_allowed']]);
    expect(await seen('/v1/items', { method: 'OPTIONS' })).toEqual([]);
    expect(await seen('/v1/items?limit=0')).toEqual([['request.query.limit', 'minimum']]);
    headers = { ...json };
    expect(await seen('/v1/items')).toEqual([['response.header.x-total', 'required']]);
    headers = { ...json, 'x-total': 'many' };
    expect(await seen('/v1/items')).toEqual([['response.header.x-total', 'type']]);
    headers = { 'content-type': 'text/html', 'x-total': '1' };
    expect(await seen('/v1/items')).toEqual([['response.header.content-type', 'undeclared_media_type']]);
    headers = { ...json, 'x-total': '1' };
    body = '[{]';
    expect(await seen('/v1/items')).toEqual([['response.body', 'malformed']]);
    body = '';
    headers = { ...json, 'x-total': '1', 'content-length': '0' };
    expect(await seen('/v1/items')).toEqual([['response.body', 'required']]);
    headers = { ...json, 'x-total': '1' };
    body = '{}';
    status = 418;
    expect(await seen('/v1/items')).toEqual([['response.status', 'undeclared_status']]);
    status = 201;
    headers = { ...json };
    body = '{"id":1,"name":"a"}';
    const post = { method: 'POST', body: '<a/>', headers: { 'content-type': 'text/xml', 'x-shop-key': 'k' } };
    expect(await seen('/v1/items', post)).toEqual([['request.header.content-type', 'unsupported_media_type']]);
    const form = { 'content-type': 'application/x-www-form-urlencoded', authorization: 'Bearer whatever' };
    expect(await seen('/v1/items', { method: 'POST', body: 'id=x', headers: form })).toEqual([
      ['request.body.name', 'required'],
      ['request.body.id', 'type'],
    ]);
    const broken = { ...json, 'x-shop-key': 'k' };
    expect(await seen('/v1/items', { method: 'POST', body: '{"id":', headers: broken })).toEqual([
      ['request.body', 'malformed'],
    ]);
  });

  it('is seen through content codings, which stay', async () => {
    const text = '[{"id":"1","name":"a"}]';
    const packed: Record<string, Buffer> = {
      gzip: gzipSync(text),
      br: brotliCompressSync(text),
      zstd: Buffer.from('x'),
    };
    const { url: origin } = await upstreamOf((request, response) => {
      const coding = request.headers['accept-encoding'] as string;
      const broken = { 'x-broken': Buffer.from('no gzip') }[request.url!.slice(10)];
      response.writeHead(200, { ...json, 'x-total': '1', 'content-encoding': coding });
      response.end(broken ?? packed[coding]);
    });
    const { url } = await proxyTo(origin);
    for (const coding of ['gzip', 'br']) {
      const back = await ask(`${url}/v1/items`, { headers: { 'Accept-Encoding': coding } });
      expect(back.headers['content-encoding']).toBe(coding);
      expect(back.bytes.equals(packed[coding]!)).toBe(true);
      expect(violationsIn(back.headers)).toMatchObject([{ location: ['response', 'body', 0, 'id'], code: 'type' }]);
    }
    const other = await ask(`${url}/v1/items`, { headers: { 'Accept-Encoding': 'zstd' } });
    expect(violationsIn(other.headers)).toEqual([]);
    expect(other.headers['x-apiarch-unchecked']).toContain('not known');
    const broken = await ask(`${url}/v1/items?x-broken`, { headers: { 'Accept-Encoding': 'gzip' } });
    expect(violationsIn(broken.headers)).toMatchObject([{ code: 'encoding' }]);
    expect(broken.bytes.toString()).toBe('no gzip');
  });

  it('is told within the bounds of a header', async () => {
    const many = Array.from({ length: 3000 }, (_, i) => ({ id: `ü${i}`, name: 'a' }));
    const { url: origin } = await upstreamOf((_, response) => answer(response, 200, many, { 'x-total': '1' }));
    const { url, logged } = await proxyTo(origin, { compat: 'prism' });
    const back = await ask(`${url}/v1/items`);
    const text = back.headers['x-apiarch-violations'] as string;
    expect(text.length).toBeLessThanOrEqual(8000);
    const told = violationsIn(back.headers);
    expect(told.length).toBeGreaterThan(10);
    expect(told.at(-1)).toMatchObject({ code: 'truncated' });
    expect((back.headers['sl-violations'] as string).length).toBeLessThanOrEqual(8000);
    expect(JSON.parse(back.headers['sl-violations'] as string)[0]).toMatchObject({
      location: ['response', 'body', '0', 'id'],
      severity: 'Error',
      code: 'type',
    });
    expect(logged.length).toBeLessThan(30);
  });

  it('is not looked for in bodies that are too large', async () => {
    const large = JSON.stringify([{ id: 'x', name: 'n'.repeat(3000) }]);
    const { url: origin } = await upstreamOf(async (request, response) => {
      await bytesOf(request);
      const length = { 'content-length': String(large.length) };
      response.writeHead(request.method === 'POST' ? 201 : 200, {
        ...json,
        'x-total': '1',
        ...(request.url!.endsWith('?l') && length),
      });
      response.end(large);
    });
    const { url } = await proxyTo(origin, { maxBody: 1000, strict: true });
    for (const path of ['/v1/items', '/v1/items?l']) {
      const response = await fetch(url + path);
      expect(response.status).toBe(200);
      expect(await response.text()).toBe(large);
      expect(response.headers.get('x-apiarch-unchecked')).toContain('more than 1000 bytes');
    }
    for (const headers of [
      ['Transfer-Encoding', 'chunked'],
      ['Content-Length', String(large.length)],
    ]) {
      const back = await ask(`${url}/v1/items`, {
        method: 'POST',
        headers: [...headers, 'Content-Type', 'application/json', 'X-Shop-Key', 'k'],
        body: large,
      });
      expect(back.status).toBe(201);
      expect(back.bytes.toString()).toBe(large);
      expect(back.headers['x-apiarch-unchecked']).toContain('request');
    }
  });
});

describe('strictly', () => {
  it('refuses requests as the mock does, and does not pass them on', async () => {
    let asked = 0;
    const { url: origin } = await upstreamOf((_, response) => {
      asked++;
      answer(response, 200, [], { 'x-total': '1' });
    });
    const { url } = await proxyTo(origin, { strict: true });
    const status = async (path: string, init?: RequestInit) => {
      const response = await fetch(url + path, init);
      const { error } = (await response.json()) as { error: { code: string } };
      expect(error.code).toBeTruthy();
      expect(violationsIn(response.headers).length).toBeGreaterThan(0);
      return response.status;
    };
    const key = { 'x-shop-key': 'k' };
    expect(await status('/nowhere')).toBe(404);
    expect(await status('/v1/items', { method: 'PATCH' })).toBe(405);
    expect(await status('/v1/items?limit=x')).toBe(422);
    expect(await status('/v1/items', { method: 'POST', headers: json, body: '{}' })).toBe(401);
    expect(await status('/v1/items', { method: 'POST', headers: { ...json, ...key }, body: '{}' })).toBe(422);
    expect(await status('/v1/items', { method: 'POST', headers: { ...json, ...key }, body: '{' })).toBe(400);
    expect(
      await status('/v1/items', { method: 'POST', headers: { 'content-type': 'text/xml', ...key }, body: 'x' }),
    ).toBe(415);
    expect(asked).toBe(0);
    expect((await fetch(`${url}/v1/items`)).status).toBe(200);
    expect(asked).toBe(1);
  });

  it('answers with 502 in place of an answer that departs; with 500 as Prism', async () => {
    const { url: origin } = await upstreamOf((_, response) => answer(response, 200, [{ id: 1 }], { 'x-total': '1' }));
    const { url } = await proxyTo(origin, { strict: true });
    const response = await fetch(`${url}/v1/items`);
    expect(response.status).toBe(502);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(await response.json()).toMatchObject({
      error: { code: 'invalid_answer', message: expect.stringContaining('`[0].name` is required.') },
    });
    expect(violationsIn(response.headers)).toMatchObject([
      { location: ['response', 'body', 0, 'name'], code: 'required' },
    ]);
    const prism = await proxyTo(origin, { strict: true, compat: 'prism' });
    const other = await fetch(`${prism.url}/v1/items`);
    expect(other.status).toBe(500);
    expect(await other.json()).toMatchObject({ type: expect.stringContaining('VIOLATIONS'), status: 500 });
  });
});

describe('the upstream', () => {
  it('may leave to the mock what it has not built yet', async () => {
    const { url: origin } = await upstreamOf(async (request, response) => {
      await bytesOf(request);
      response.writeHead(501).end();
    });
    const { url } = await proxyTo(origin);
    const made = await fetch(`${url}/v1/items`, {
      method: 'POST',
      headers: { ...json, 'x-shop-key': 'k' },
      body: '{"id":77,"name":"mine"}',
    });
    expect(made.status).toBe(201);
    expect(made.headers.get('x-apiarch-mocked')).toBe('true');
    expect(await made.json()).toMatchObject({ name: 'mine' });
    expect((await fetch(`${url}/elsewhere`)).status).toBe(501);
  });

  it('may be down', async () => {
    const { url } = await proxyTo('http://127.0.0.1:1');
    const response = await fetch(`${url}/v1/items`, { method: 'GET' });
    expect(response.status).toBe(502);
    expect(await response.json()).toMatchObject({
      error: { code: 'upstream_unavailable', message: expect.any(String) },
    });
    const upload = await ask(`${url}/v1/file`, {
      method: 'PUT',
      headers: ['Content-Type', 'application/octet-stream', 'Content-Length', '3000000'],
      body: Buffer.alloc(3_000_000),
    });
    expect(upload.status).toBe(502);
  });

  it('may be too slow', async () => {
    const { url: origin } = await upstreamOf(() => {});
    const { url } = await proxyTo(origin, { proxyTimeout: 50 });
    const response = await fetch(`${url}/v1/items`);
    expect(response.status).toBe(504);
    expect(await response.json()).toMatchObject({ error: { code: 'upstream_timeout' } });
  });

  it('may break off', async () => {
    const { url: origin } = await upstreamOf((request, response) => {
      if (request.url === '/v1/items/1') return void request.socket.destroy();
      const isJson = request.url === '/v1/items';
      response.writeHead(200, { 'content-type': isJson ? 'application/json' : 'text/plain', 'content-length': '100' });
      response.write('[', () => request.socket.destroy());
    });
    const { url } = await proxyTo(origin);
    expect((await fetch(`${url}/v1/items/1`)).status).toBe(502);
    expect((await fetch(`${url}/v1/items`)).status).toBe(502);
    const cut = await fetch(`${url}/other`);
    expect(cut.status).toBe(200);
    await expect(cut.text()).rejects.toThrow();
  });

  it('may speak no HTTP', async () => {
    const server = createServer((socket) => socket.end('SSH-2.0-nothing\r\n')).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { url } = await proxyTo(origin);
    const response = await fetch(`${url}/v1/items`);
    expect(response.status).toBe(502);
    expect(await response.text()).toContain('no HTTP');
  });

  it('hears when the caller goes', async () => {
    let gone: Promise<unknown> | undefined;
    const { url: origin } = await upstreamOf((_, response) => {
      gone = once(response, 'close');
    });
    const { url, mock } = await proxyTo(origin);
    const stop = new AbortController();
    const asked = fetch(`${url}/v1/items`, { signal: stop.signal }).catch(() => 'stopped');
    await expect.poll(() => gone !== undefined).toBe(true);
    stop.abort();
    expect(await asked).toBe('stopped');
    await gone;
    await expect.poll(() => mock.context.traffic.entries.at(-1)?.status).toBe(0);
  });

  it('hears when the caller goes in the middle of a body', async () => {
    let aborted = false;
    const { url: origin } = await upstreamOf((request) => {
      request.on('data', () => {});
      request.on('close', () => {
        aborted = !request.complete;
      });
    });
    const { url } = await proxyTo(origin);
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write(
      'PUT /v1/file HTTP/1.1\r\nHost: x\r\nContent-Type: application/octet-stream\r\nContent-Length: 600\r\n\r\none',
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.destroy();
    await expect.poll(() => aborted).toBe(true);
  });

  it('keeps its connections', async () => {
    const sockets = new Set<unknown>();
    const { url: origin } = await upstreamOf((request, response) => {
      sockets.add(request.socket);
      answer(response, 200, [], { 'x-total': '1' });
    });
    const { url } = await proxyTo(origin);
    for (let i = 0; i < 10; i++) await (await fetch(`${url}/v1/items`)).text();
    expect(sockets.size).toBe(1);
  });

  it('may close a kept connection just before the next request', async () => {
    let closeAfter = true;
    const { url: origin } = await upstreamOf((request, response) => {
      answer(response, 200, [], { 'x-total': '1' });
      if (closeAfter) response.on('finish', () => setImmediate(() => request.socket.resetAndDestroy()));
    });
    const { url } = await proxyTo(origin);
    for (let i = 0; i < 20; i++) {
      const response = await fetch(`${url}/v1/items`);
      expect(response.status).toBe(200);
      await response.text();
    }
    closeAfter = false;
  });

  it('may be the proxy itself, which does not go on for ever', async () => {
    const outer = await mockOf({}, { proxy: null });
    const port = Number(new URL(outer.url).port);
    await outer.close();
    const { url } = await proxyTo(`http://127.0.0.1:${port}`, { port });
    const response = await fetch(`${url}/v1/items`);
    expect(response.status).toBe(508);
  });

  it('is not asked to speak anything but HTTP', async () => {
    const { url: origin } = await upstreamOf(() => {});
    const { url } = await proxyTo(origin);
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write(
      'GET /x HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
    const [data] = (await once(socket, 'data')) as [Buffer];
    expect(data.toString()).toMatch(/^HTTP\/1\.1 501 /);
    expect(data.toString()).toContain('upgrade_not_supported');
    socket.destroy();
  });

  it("is reached with the mock's own pages beside it", async () => {
    const { url: origin } = await upstreamOf((_, response) => response.end('up'));
    const { url } = await proxyTo(origin);
    expect((await fetch(`${url}/__apiarch/health`)).status).toBe(200);
    expect(await (await fetch(`${url}/anything`)).text()).toBe('up');
  });

  it('waits and fails as the settings say', async () => {
    const { url: origin } = await upstreamOf((_, response) => answer(response, 200, [], { 'x-total': '1' }));
    const { url } = await proxyTo(origin, { chaos: { '503': 1 } });
    expect((await fetch(`${url}/v1/items`)).status).toBe(503);
  });
});
