// What the proxy records: HAR 1.2 without secrets.
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Recorder } from '../../src/mock/rest/proxy/recorder.ts';
import { ask, bytesOf, proxyTo, shop, upstreamOf } from './proxy-serving.ts';

interface Entry {
  readonly startedDateTime: string;
  readonly time: number;
  readonly comment?: string;
  readonly _violations?: readonly unknown[];
  // biome-ignore lint/suspicious/noExplicitAny: JSON as it was written
  readonly request: any;
  // biome-ignore lint/suspicious/noExplicitAny: JSON as it was written
  readonly response: any;
}

interface Archive {
  readonly log: {
    readonly version: string;
    readonly creator: object;
    readonly comment?: string;
    readonly entries: Entry[];
  };
}

const archiveOf = (archives: readonly string[]): Archive => JSON.parse(archives.at(-1)!) as Archive;

describe('the record', () => {
  it('has requests and answers as other tools read them', async () => {
    const { url: origin } = await upstreamOf(async (request, response) => {
      await bytesOf(request);
      response.writeHead(201, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      response.end(gzipSync('{"id":"1","name":"ä"}'));
    });
    const { url, mock, archives } = await proxyTo(`${origin}/base`);
    expect(archiveOf(archives).log.entries).toEqual([]);
    await ask(`${url}/v1/items?limit=1&q=a%20b`, {
      method: 'POST',
      headers: ['Content-Type', 'application/json', 'X-Shop-Key', 'k', 'X-Twice', '1', 'X-Twice', '2'],
      body: '{"id":1,"name":"ö"}',
    });
    await mock.close();
    const { log } = archiveOf(archives);
    expect(log).toMatchObject({ version: '1.2', creator: { name: 'apiarch', version: expect.any(String) } });
    const [entry] = log.entries;
    expect(log.entries).toHaveLength(1);
    expect(new Date(entry!.startedDateTime).toISOString()).toBe(entry!.startedDateTime);
    expect(entry).toMatchObject({
      time: expect.any(Number),
      cache: {},
      timings: { send: expect.any(Number), wait: expect.any(Number), receive: expect.any(Number) },
      request: {
        method: 'POST',
        url: `${origin}/base/v1/items?limit=1&q=a%20b`,
        httpVersion: 'HTTP/1.1',
        queryString: [
          { name: 'limit', value: '1' },
          { name: 'q', value: 'a b' },
        ],
        postData: { mimeType: 'application/json', text: '{"id":1,"name":"ö"}' },
        bodySize: 20,
        headersSize: -1,
      },
      response: {
        status: 201,
        statusText: 'Created',
        content: { mimeType: 'application/json', text: '{"id":"1","name":"ä"}', size: 22 },
        redirectURL: '',
      },
      _violations: [{ location: ['response', 'body', 'id'], code: 'type' }],
    });
    expect(entry!.request.headers.filter(({ name }: { name: string }) => name === 'X-Twice')).toHaveLength(2);
  });

  it('has no secrets', async () => {
    const { url: origin } = await upstreamOf(async (request, response) => {
      await bytesOf(request);
      response.writeHead(200, {
        'content-type': 'application/json',
        'set-cookie': ['sid=S3CRET; Path=/', 'b=S3CRET'],
        location: '/cb?code=S3CRET&state=1#access_token=S3CRET',
      });
      response.end('{"access_token": "S3C\\"RET", "refreshToken":"S3CRET", "name":"kept"}');
    });
    const document = shop.replace('in: header, name: X-Shop-Key', 'in: query, name: shop_key');
    for (const text of [shop, document]) {
      const { url, mock, archives } = await proxyTo(origin, {}, text);
      await ask(`${url}/v1/items?${text === document ? 'shop%5Fkey' : 'Access_Token'}=S3CRET&limit=1`, {
        method: 'POST',
        headers: [
          ...['Authorization', 'Bearer S3CRET', 'Cookie', 'a=S3CRET; b=S3CRET', 'Referer', 'http://x/?token=S3CRET'],
          ...[
            text === shop ? 'X-Shop-Key' : 'X-API-Key',
            'S3CRET',
            'Content-Type',
            'application/x-www-form-urlencoded',
          ],
        ],
        body: 'client_secret=S3CRET&grant_type=x',
      });
      await mock.close();
      const har = archives.at(-1)!;
      expect(har).not.toMatch(/S3C|RET/);
      const { request, response } = archiveOf(archives).log.entries[0]!;
      expect(request.headers).toContainEqual({ name: 'Authorization', value: 'Bearer ***' });
      expect(request.cookies).toEqual([
        { name: 'a', value: '***' },
        { name: 'b', value: '***' },
      ]);
      expect(request.postData.text).toBe('client_secret=***&grant_type=x');
      expect(response.headers).toContainEqual({ name: 'set-cookie', value: 'sid=***; Path=/' });
      expect(response.content.text).toContain('"name":"kept"');
      expect(JSON.parse(response.content.text)).toMatchObject({ access_token: '***' });
    }
  });

  it('has bytes in base64, long bodies in part, streams, and what failed', async () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
    const long = 'ä'.repeat(1_000_000);
    const { url: origin } = await upstreamOf(async (request, response) => {
      const sent = await bytesOf(request);
      const type = request.url === '/long' ? 'text/plain' : 'application/octet-stream';
      if (request.url === '/broken') {
        response.writeHead(200, { 'content-length': '10' });
        response.write('abc', () => request.socket.destroy());
        return;
      }
      response.writeHead(200, { 'content-type': type }).end(request.url === '/long' ? long : sent);
    });
    const { url, mock, archives } = await proxyTo(origin);
    await ask(`${url}/v1/file`, { method: 'PUT', headers: ['Content-Type', 'application/octet-stream'], body: bytes });
    expect((await ask(`${url}/long`)).bytes.toString()).toBe(long);
    await ask(`${url}/broken`).catch(() => {});
    await mock.close();
    const [binary, cut, broken] = archiveOf(archives).log.entries;
    expect(binary!.request.postData).toMatchObject({ _encoding: 'base64', text: bytes.toString('base64') });
    expect(binary!.response.content).toMatchObject({ encoding: 'base64', text: bytes.toString('base64'), size: 256 });
    expect(cut!.response.content.text).toBe('ä'.repeat(500_000));
    expect(cut!.response.content.comment).toContain('1000000 bytes');
    expect(cut!.response.bodySize).toBe(2_000_000);
    expect(broken).toMatchObject({ comment: 'The answer broke off.', response: { status: 200 } });

    const down = await proxyTo('http://127.0.0.1:1');
    await ask(`${down.url}/v1/items`);
    await down.mock.close();
    expect(archiveOf(down.archives).log.entries).toMatchObject([
      { comment: expect.stringContaining('takes no connections'), response: { status: 0 } },
    ]);
  });

  it('keeps the last 10,000 exchanges', async () => {
    const archives: string[] = [];
    const recorder = new Recorder(
      (har) => archives.push(har),
      () => {},
    );
    for (let i = 0; i < 25_000; i++) recorder.add(Promise.resolve({ i }));
    await recorder.close();
    const { log } = archiveOf(archives) as unknown as { log: { comment: string; entries: { i: number }[] } };
    expect(log.entries).toHaveLength(10_000);
    expect(log.entries[0]).toEqual({ i: 15_000 });
    expect(log.entries.at(-1)).toEqual({ i: 24_999 });
    expect(log.comment).toContain('15000 earlier');
  });

  it('keeps within 100 MB', async () => {
    const archives: string[] = [];
    const recorder = new Recorder(
      (har) => archives.push(har),
      () => {},
    );
    const text = 'x'.repeat(1_000_000);
    for (let i = 0; i < 150; i++) recorder.add(Promise.resolve({ i, text }));
    await recorder.close();
    expect(archives.at(-1)!.length).toBeLessThan(101_000_000);
    expect(archiveOf(archives).log.entries.length).toBe(99);
  });

  it('goes on when it cannot be written', async () => {
    const failures: string[] = [];
    const recorder = new Recorder(
      () => {
        throw new Error('the disk is full');
      },
      (reason) => failures.push(reason),
    );
    recorder.add(Promise.resolve({}));
    await recorder.close();
    expect(failures).toEqual(['the disk is full']);
  });
});
