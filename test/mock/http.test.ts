import { connect } from 'node:net';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partsOfMultipart } from '../../src/mock/rest/body-multipart.ts';
import { readJson } from '../../src/mock/rest/body-text.ts';
import { readXml, writeXml } from '../../src/mock/rest/xml.ts';
import { documentOf, serve } from './http-server.ts';

const shop = `
openapi: 3.1.0
info: { title: Shop, version: '1' }
servers: [{ url: https://api.shop.dev/v1 }]
paths:
  /things:
    get:
      responses:
        '200':
          description: ok
          headers:
            X-Total: { schema: { type: integer }, example: 7 }
            Link: { schema: { type: string }, example: '</things?page=2>; rel="next"' }
          content:
            application/json:
              schema: { type: object, required: [name], properties: { name: { type: string } } }
              examples:
                one: { value: { name: first } }
                two: { value: { name: second } }
            application/xml:
              schema: { type: object, xml: { name: thing }, properties: { name: { type: string } } }
              example: { name: a & b }
        '404': { description: none, content: { application/json: { schema: { type: object }, example: { gone: true } } } }
        '5XX': { description: broken, content: { text/plain: { schema: { type: string }, example: oh } } }
    post:
      requestBody:
        required: true
        content:
          application/json: { schema: { type: object, required: [name], properties: { name: { type: string } } } }
          application/x-www-form-urlencoded: { schema: { type: object, properties: { n: { type: integer } } } }
          text/*: { schema: { type: string, maxLength: 5 } }
      responses: { '201': { description: made } }
    patch:
      requestBody: { content: { application/json: { schema: { type: object, properties: { name: { type: string } } } } } }
      responses: { '200': { description: ok } }
  /bad:
    get:
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema: { type: object, required: [id, at], properties: { id: { type: integer }, at: { type: string, format: date-time } } }
              example: { id: seven, note: kept }
  /made:
    get:
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema: { type: object, required: [id, name], properties: { id: { type: integer }, name: { type: string, minLength: 3 } } }
  /csv:
    get: { responses: { '200': { description: ok, content: { text/csv: { schema: { type: array }, example: [{ a: 1, b: 'x,y' }] } } } } }
  /image:
    get: { responses: { '200': { description: ok, content: { image/png: {} } } } }
  /gone:
    delete: { responses: { '204': { description: gone } } }
`;

describe('answers', () => {
  it('come from the first example, with and without the base path', async () => {
    const { url } = await serve(shop);
    for (const path of ['/v1/things', '/things', '/things/']) {
      const response = await fetch(url + path);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('application/json');
      expect(await response.json()).toEqual({ name: 'first' });
    }
  });

  it.each([
    [{ Prefer: 'example=two' }, '', 200, '{"name":"second"}'],
    [{}, '?__example=two', 200, '{"name":"second"}'],
    [{ Prefer: 'example=one' }, '?__example=two', 200, '{"name":"first"}'],
    [{ Prefer: 'code=404' }, '', 404, '{"gone":true}'],
    [{ Prefer: 'status=404' }, '', 404, '{"gone":true}'],
    [{}, '?__code=404', 404, '{"gone":true}'],
    [{ Prefer: 'code=503' }, '', 503, 'oh'],
    [{ Prefer: 'foo; code=1, code="404"' }, '', 404, '{"gone":true}'],
    [{ Prefer: 'respond-async' }, '', 200, '{"name":"first"}'],
    [
      { Accept: 'application/xml' },
      '',
      200,
      '<?xml version="1.0" encoding="UTF-8"?>\n<thing><name>a &amp; b</name></thing>',
    ],
    [
      { Accept: 'application/xml;q=0.5, application/json;q=0.4' },
      '',
      200,
      '<?xml version="1.0" encoding="UTF-8"?>\n<thing><name>a &amp; b</name></thing>',
    ],
    [{ Accept: 'application/xml;q=0, */*' }, '', 200, '{"name":"first"}'],
    [{ Accept: 'text/html, */*;q=0.1' }, '', 200, '{"name":"first"}'],
    [{ Accept: '' }, '', 200, '{"name":"first"}'],
    [{ Accept: ';;;' }, '', 200, '{"name":"first"}'],
  ] as const)('heed %j %s', async (headers, query, status, text) => {
    const { url } = await serve(shop);
    const response = await fetch(`${url}/things${query}`, { headers });
    expect([response.status, await response.text()]).toEqual([status, text]);
  });

  it.each([
    [{ Prefer: 'code=abc' }, 400, 'code'],
    [{ Prefer: 'code=999' }, 400, 'code'],
    [{ Prefer: 'delay=-1' }, 400, 'delay'],
    [{ Prefer: 'fault=fire' }, 400, 'fault'],
    [{ Prefer: 'code=418' }, 404, '418'],
    [{ Prefer: 'example=three' }, 404, '`one`, `two`'],
    [{ Accept: 'text/html' }, 406, 'application/xml'],
  ] as const)('refuse %j with %i', async (headers, status, word) => {
    const { url } = await serve(shop);
    const response = await fetch(`${url}/things`, { headers });
    expect(response.status).toBe(status);
    expect(((await response.json()) as { error: { message: string } }).error.message).toContain(word);
  });

  it('mend examples that do not fit, and keep of them what does', async () => {
    const { url } = await serve(shop);
    const value = (await (await fetch(`${url}/bad`)).json()) as Record<string, unknown>;
    expect(value['note']).toBe('kept');
    expect(Number.isInteger(value['id'])).toBe(true);
    expect(Number.isNaN(Date.parse(value['at'] as string))).toBe(false);
  });

  it('are the same each time, another one by seed, and new ones where that is asked for', async () => {
    const { url } = await serve(shop);
    const ask = async (prefer?: string) =>
      (await fetch(`${url}/made`, { headers: prefer ? { Prefer: prefer } : {} })).text();
    expect(await ask()).toBe(await ask());
    expect(await ask('seed=5')).toBe(await ask('seed=5'));
    expect(await ask('seed=5')).not.toBe(await ask('seed=6'));
    expect(await ask('dynamic=true')).not.toBe(await ask('dynamic=true'));
    expect(await ask('dynamic=true, seed=a')).toBe(await ask('dynamic=true, seed=a'));
  });

  it('are told in the media type of the document', async () => {
    const { url } = await serve(shop);
    expect(await (await fetch(`${url}/csv`)).text()).toBe('a,b\r\n1,"x,y"\r\n');
    const image = await fetch(`${url}/image`);
    expect(image.headers.get('content-type')).toBe('image/png');
    expect(
      Buffer.from(await image.arrayBuffer())
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
    const gone = await fetch(`${url}/gone`, { method: 'DELETE' });
    expect([gone.status, await gone.text(), gone.headers.get('content-length')]).toEqual([204, '', null]);
  });

  it('carry declared headers, a request id and what browsers ask for', async () => {
    const { url } = await serve(shop);
    const response = await fetch(`${url}/things`, { headers: { 'X-Request-ID': 'mine-1', Origin: 'https://a.dev' } });
    expect(response.headers.get('x-total')).toBe('7');
    expect(response.headers.get('x-request-id')).toBe('mine-1');
    expect(response.headers.get('access-control-allow-origin')).toBe('https://a.dev');
    expect(response.headers.get('access-control-expose-headers')).toContain('x-total');
    const odd = await fetch(`${url}/things`, { headers: { 'X-Request-ID': 'a b<script>' } });
    expect(odd.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(odd.headers.get('access-control-allow-origin')).toBe('*');
  });

  it('are asked for anew rather than guessed at by caches, and differ by what they say they differ by', async () => {
    const { url } = await serve(shop);
    const told = async (headers: Record<string, string> = {}) => {
      const response = await fetch(`${url}/things`, { headers });
      return ['cache-control', 'vary', 'x-content-type-options'].map((name) => response.headers.get(name));
    };
    expect(await told()).toEqual(['no-cache', 'Accept, Origin', 'nosniff']);
    expect(await told({ Origin: 'https://page.dev' })).toEqual(['no-cache', 'Accept, Origin', 'nosniff']);
    const { url: closed } = await serve(shop, { cors: false });
    expect((await fetch(`${closed}/things`)).headers.get('vary')).toBe('Accept');
    expect((await fetch(`${closed}/nowhere`)).headers.get('vary')).toBe(null);
  });

  it('to HEAD have the headers of GET and no body', async () => {
    const { url } = await serve(shop);
    const [get, head] = [await fetch(`${url}/things`), await fetch(`${url}/things`, { method: 'HEAD' })];
    expect(head.headers.get('content-length')).toBe(String((await get.arrayBuffer()).byteLength));
    expect(await head.text()).toBe('');
  });

  it('to OPTIONS tell of methods, and preflights are let through', async () => {
    const { url } = await serve(shop);
    const options = await fetch(`${url}/things`, { method: 'OPTIONS' });
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, POST, PATCH, HEAD, OPTIONS']);
    const preflight = await fetch(`${url}/things`, {
      method: 'OPTIONS',
      headers: {
        Origin: 'https://a.dev',
        'Access-Control-Request-Method': 'PUT',
        'Access-Control-Request-Headers': 'X-A',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-methods')).toBe('PUT');
    expect(preflight.headers.get('access-control-allow-headers')).toBe('X-A');
    const wrong = await fetch(`${url}/things`, { method: 'DELETE' });
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, POST, PATCH, HEAD, OPTIONS']);
  });
});

/** Posts to `/things` and gives status and message. */
async function post(url: string, headers: Record<string, string>, body: BodyInit): Promise<[number, string]> {
  const response = await fetch(`${url}/things`, { method: 'POST', headers, body });
  const text = await response.text();
  return [response.status, text === '' ? '' : (JSON.parse(text) as { error: { message: string } }).error.message];
}

const json = { 'content-type': 'application/json' };

describe('bodies', () => {
  it.each([
    [json, '{"name":"a"}', 201, ''],
    [{ 'content-type': 'application/json; charset=utf-16le' }, Buffer.from('{"name":"ä"}', 'utf16le'), 201, ''],
    [json, Buffer.from('\ufeff{"name":"a"}'), 201, ''],
    [{ 'content-type': 'application/x-www-form-urlencoded' }, 'n=5', 201, ''],
    [{ 'content-type': 'text/markdown' }, 'abc', 201, ''],
    [{ 'content-type': 'text/markdown' }, 'too long', 422, 'at most 5'],
    [{ 'content-type': 'application/x-www-form-urlencoded' }, 'n=x', 422, '`n` must be an integer'],
    [json, '{"name":1}', 422, '`name` must be a string'],
    [json, '{}', 422, '`name` is required'],
    [json, '', 422, 'A body is required'],
    [json, '{"name":"a",}', 400, 'line 1, column 13'],
    [json, '{"name":\n  nope}', 400, 'line 2, column 3'],
    [json, '{"name":"a"', 400, 'ends where'],
    [json, Buffer.from([0x22, 0xff, 0x22]), 400, 'no valid UTF-8'],
    [json, `${'['.repeat(5000)}${']'.repeat(5000)}`, 400, 'nested'],
    [{ 'content-type': 'application/json; charset=klingon' }, '{}', 415, 'charset'],
    [{ 'content-type': 'application/xml' }, '<a/>', 415, 'application/json'],
    [{ 'content-type': 'rubbish' }, '<a/>', 415, 'rubbish'],
    [{ ...json, 'content-encoding': 'gzip' }, gzipSync('{"name":"a"}'), 201, ''],
    [{ ...json, 'content-encoding': 'br' }, brotliCompressSync('{"name":"a"}'), 201, ''],
    [{ ...json, 'content-encoding': 'deflate' }, deflateSync('{"name":"a"}'), 201, ''],
    [{ ...json, 'content-encoding': 'deflate' }, deflateRawSync('{"name":"a"}'), 201, ''],
    [{ ...json, 'content-encoding': 'gzip' }, '{"name":"a"}', 400, 'packed'],
    [{ ...json, 'content-encoding': 'lzma' }, '{"name":"a"}', 415, 'gzip'],
    [{ ...json, 'content-encoding': 'gzip' }, gzipSync(Buffer.alloc(5_000_000)), 413, '1000 bytes'],
    [json, `"${'x'.repeat(2000)}"`, 413, '1000 bytes'],
  ])('are read or refused for what they are: %#', async (headers, body, status, word) => {
    const isDeep = typeof body === 'string' && body.startsWith('[[');
    const { url } = await serve(shop, { maxBody: isDeep ? 20_000 : 1000 });
    const [answered, message] = await post(url, headers, body as BodyInit);
    expect([answered, message]).toEqual([status, expect.stringContaining(word)]);
  });

  it('of a type that is not taken are told which are', async () => {
    const { url } = await serve(shop);
    const response = await fetch(`${url}/things`, { method: 'POST', headers: { 'content-type': 'a/b' }, body: 'x' });
    expect(response.headers.get('accept-post')).toBe('application/json, application/x-www-form-urlencoded, text/*');
  });

  it('may patch in the standard ways wherever JSON is patched', async () => {
    const { url } = await serve(shop);
    const patch = (type: string, body: string) =>
      fetch(`${url}/things`, { method: 'PATCH', headers: { 'content-type': type }, body }).then(({ status }) => status);
    expect(await patch('application/merge-patch+json', '{"name":"a"}')).toBe(200);
    expect(await patch('application/merge-patch+json', '{"name":1}')).toBe(422);
    expect(await patch('application/json-patch+json', '[{"op":"remove","path":"/name"}]')).toBe(200);
    expect(await patch('application/xml', '<a/>')).toBe(415);
  });

  it('that are endless are cut off, and the connection closed after the answer', async () => {
    const { port, thrown } = await serve(shop, { maxBody: 1000 });
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      let text = '';
      const timer = setInterval(() => socket.write(`400\r\n${'x'.repeat(1024)}\r\n`), 5);
      socket.on('data', (data) => {
        text += data.toString();
      });
      socket.on('error', () => {});
      socket.on('close', () => {
        clearInterval(timer);
        resolve(text);
      });
      socket.write(
        'POST /things HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n',
      );
    });
    expect(answer).toContain('413 Payload Too Large');
    expect(answer.toLowerCase()).toContain('connection: close');
    expect(thrown).toEqual([]);
  });

  it('that are broken off do no harm', async () => {
    const { url, port, thrown } = await serve(shop);
    for (let i = 0; i < 20; i++) {
      await new Promise<void>((resolve) => {
        const socket = connect(port, '127.0.0.1', () => {
          socket.write(
            'POST /things HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{"na',
            () => {
              socket.destroy();
              resolve();
            },
          );
        });
      });
    }
    expect((await fetch(`${url}/things`)).status).toBe(200);
    expect(thrown).toEqual([]);
  });
});

describe('multipart bodies', () => {
  const upload = `
openapi: 3.0.3
info: { title: Upload, version: '1' }
paths:
  /files:
    post:
      requestBody:
        content:
          multipart/form-data:
            schema:
              type: object
              required: [file, meta]
              properties:
                file: { type: string, format: binary }
                meta: { type: object, required: [n], properties: { n: { type: integer } } }
                tags: { type: array, items: { type: integer } }
            encoding: { meta: { contentType: application/json } }
      responses: { '201': { description: ok } }
`;

  const send = async (form: FormData) => {
    const { url } = await serve(upload);
    const response = await fetch(`${url}/files`, { method: 'POST', body: form });
    return [response.status, await response.text()] as const;
  };

  it('are read part by part, by their types and the encoding', async () => {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array([0, 255, 13, 10])]), 'a.bin');
    form.append('meta', '{"n":1}');
    form.append('tags', '1');
    form.append('tags', '2');
    expect((await send(form))[0]).toBe(201);
  });

  it('are held against the schema', async () => {
    const form = new FormData();
    form.append('meta', '{"n":"x"}');
    form.append('tags', 'y');
    const [status, text] = await send(form);
    expect(status).toBe(422);
    const { error } = JSON.parse(text) as { error: { details: { field: string; code: string }[] } };
    expect(error.details.map(({ field, code }) => `${field} ${code}`).sort()).toEqual([
      'file required',
      'meta.n type',
      'tags[0] type',
    ]);
  });

  it.each([
    ['multipart/form-data', 'x', 'boundary'],
    ['multipart/form-data; boundary=q', 'x', 'does not stand'],
    ['multipart/form-data; boundary=q', '--q\r\nContent-Disposition: form-data; name="a"\r\n\r\nx', 'last boundary'],
    ['multipart/form-data; boundary=q', '--q\r\nContent-Disposition: form-data; name="a"', 'last boundary'],
    ['multipart/form-data; boundary=q', '--q\r\nno end--q--\r\n--q--', 'no end'],
    ['multipart/form-data; boundary=q', '--q\r\n\r\nx\r\n--q--', 'must have a name'],
  ])('%s %j are refused with 400', async (type, body, word) => {
    const { url, thrown } = await serve(upload);
    const response = await fetch(`${url}/files`, { method: 'POST', headers: { 'content-type': type }, body });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(word);
    expect(thrown).toEqual([]);
  });

  it('of any bytes are parts or a sentence', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.constantFrom('--q\r\n', '--q--', '\r\n\r\n', ''),
        (bytes, glue) => {
          const body = Buffer.concat([Buffer.from(`--q\r\n${glue}`), bytes, Buffer.from(glue), bytes]);
          try {
            partsOfMultipart(body, 'q');
          } catch (error) {
            expect((error as Error).name).toBe('Unreadable');
          }
        },
      ),
    );
  });
});

describe('JSON and XML', () => {
  it('are placed where they break, for any text', () => {
    fc.assert(
      fc.property(
        fc.json(),
        fc.nat(),
        fc.constantFrom('', ',', '}', '"', 'x', '[', '\u0001', ':'),
        (text, at, junk) => {
          const place = at % (text.length + 1);
          const broken = text.slice(0, place) + junk + text.slice(place + 1);
          let valid = true;
          try {
            JSON.parse(broken);
          } catch {
            valid = false;
          }
          let message = '';
          try {
            readJson(broken);
          } catch (error) {
            message = (error as Error).message;
          }
          expect(message === '').toBe(valid);
          if (!valid) expect(message).toMatch(/at line \d+, column \d+\.$/);
        },
      ),
    );
  });

  const api = documentOf(`
openapi: 3.1.0
info: { title: T, version: '1' }
paths: {}
components:
  schemas:
    Pet:
      type: object
      properties:
        id: { type: integer, xml: { attribute: true } }
        name: { type: string }
        tags: { type: array, xml: { wrapped: true, name: labels }, items: { type: string, xml: { name: label } } }
        sizes: { type: array, items: { type: number, xml: { name: size } } }
        owner: { type: object, xml: { name: human }, properties: { good: { type: boolean } } }
`);
  const schema = api.resolve({ value: { $ref: '#/components/schemas/Pet' }, at: api.root.at });
  const value = { id: 7, name: 'a < b & "c"', tags: ['x', 'y'], sizes: [1, 2.5], owner: { good: true } };

  it('write and read the same value by the hints of its schema', () => {
    const text = writeXml(value, schema, api);
    expect(text).toContain('<labels><label>x</label><label>y</label></labels><size>1</size><size>2.5</size>');
    expect(text).toContain(' id="7"');
    expect(readXml(text, schema, api)).toEqual(value);
  });

  it.each([
    ['<a>', 'not closed'],
    ['<a></b>', 'closes nothing'],
    ['<a/><b/>', 'second root'],
    ['<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', 'document type'],
    ['<a>&x;</a>', 'no entity'],
    ['text', 'outside'],
    ['', 'no element'],
    ['<a b=c/>', 'a tag that is none'],
    ['<a>'.repeat(200), 'nesting'],
  ])('%j is refused: %s', (text, word) => {
    expect(() => readXml(text, undefined, api)).toThrow(word);
  });
});

describe('errors', () => {
  const withErrors = (schema: string, rest = '') => `
openapi: 3.1.0
info: { title: T, version: '1' }
paths:
  /x:
    get:
      parameters: [{ name: n, in: query, required: true, schema: { type: integer } }]
      responses:
        '200': { description: ok }
        '400': { description: bad, content: { application/json: { schema: ${schema} } } }
${rest}`;

  it.each([
    [
      '{ type: object, required: [error], properties: { error: { type: object, required: [code, message], properties: { code: { type: string, enum: [BAD_REQUEST, NOT_FOUND] }, message: { type: string } } } } }',
      {
        error: {
          code: 'BAD_REQUEST',
          message: '`n` is required.',
          details: [{ field: 'n', in: 'query', code: 'required', message: '`n` is required.' }],
        },
      },
    ],
    [
      '{ type: object, properties: { type: { type: string, format: uri }, title: { type: string }, status: { type: integer }, detail: { type: string }, instance: { type: string } } }',
      {
        type: 'about:blank',
        title: 'Bad Request',
        status: 400,
        detail: '`n` is required.',
        instance: '/x',
        details: expect.any(Array),
      },
    ],
    [
      '{ type: object, properties: { errors: { type: array, items: { type: object, properties: { status: { type: string }, title: { type: string }, detail: { type: string }, source: { type: object, properties: { pointer: { type: string }, parameter: { type: string } } } } } } } }',
      { errors: [{ status: '400', title: 'Bad Request', detail: '`n` is required.', source: { parameter: 'n' } }] },
    ],
    [
      '{ type: object, properties: { message: { type: string }, errors: { type: object, additionalProperties: { type: array, items: { type: string } } } } }',
      { message: '`n` is required.', errors: { n: ['`n` is required.'] } },
    ],
    [
      '{ type: object, properties: { code: { type: integer }, message: { type: string } } }',
      { code: 400, message: '`n` is required.', details: expect.any(Array) },
    ],
    [
      '{ type: object, properties: { type: { type: string }, code: { type: string }, decline_code: { type: string }, payment_method_type: { type: string }, message: { type: string }, source: { type: object, properties: { id: { type: string }, status: { type: string } } } } }',
      { type: 'validation_failed', code: 'validation_failed', message: '`n` is required.', details: expect.any(Array) },
    ],
    ['{ type: string }', '`n` is required.'],
  ])('have the shape %s', async (schema, expected) => {
    const { url } = await serve(withErrors(schema));
    const response = await fetch(`${url}/x`);
    expect([response.status, await response.json()]).toEqual([400, expected]);
  });

  it('tell in a header what the shape has no place for', async () => {
    const { url } = await serve(
      withErrors('{ type: object, additionalProperties: false, properties: { message: { type: string } } }'),
    );
    const response = await fetch(`${url}/x`);
    expect(Object.keys((await response.json()) as object)).toEqual(['message']);
    expect(JSON.parse(response.headers.get('x-violations')!)).toMatchObject([{ field: 'n', code: 'required' }]);
  });

  it('are problems where that is wanted and nothing is declared', async () => {
    const { url } = await serve(shop, { errorStyle: 'problem' });
    const response = await fetch(`${url}/nowhere`);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({ status: 404, title: 'Not Found', code: 'not_found' });
  });
});

it('leaves unknown paths to others where a .proto document is served as well', async () => {
  const { restHandler } = await import('../../src/mock/rest/rest.ts');
  const { contextWith, serveContext } = await import('./http-server.ts');
  const context = contextWith([documentOf(shop)]);
  const { url } = await serveContext({ ...context, apis: [...context.apis, { language: 'protobuf' } as never] });
  expect(restHandler).toBeTypeOf('function');
  expect((await fetch(`${url}/nowhere`)).headers.get('x-left')).toBe('true');
  expect((await fetch(`${url}/things`)).status).toBe(200);
});
