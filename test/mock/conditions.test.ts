// Conditional requests over REST (RFC 9110, section 13).
import { describe, expect, it } from 'vitest';
import { crudOf, ordersText } from './crud-server.ts';

const path = '/v1/orders/ord_8f14e45fceea';
const patch = { 'content-type': 'application/merge-patch+json' };
const lines = [{ product_id: 'prd_9', quantity: 9 }];

describe('reading', () => {
  it('answers 304 without a body while nothing has changed, and 200 afterwards', async () => {
    const mock = await crudOf(ordersText());
    const first = await mock.ask('GET', path);
    const etag = first.headers.get('etag')!;
    expect(etag).toMatch(/^"[^"]+"$/);
    for (const tags of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await mock.ask('GET', path, undefined, { 'if-none-match': tags });
      expect([again.status, again.body]).toEqual([304, '']);
      expect(again.headers.get('etag')).toBe(etag);
    }
    expect((await mock.ask('HEAD', path, undefined, { 'if-none-match': etag })).status).toBe(304);
    expect((await mock.ask('GET', path, undefined, { 'if-none-match': '"other"' })).status).toBe(200);
    await mock.ask('PATCH', path, { lines }, patch);
    const changed = await mock.ask('GET', path, undefined, { 'if-none-match': etag });
    expect([changed.status, changed.body.lines]).toEqual([200, lines]);
  });

  it('goes by the time of the last change where no tag is given', async () => {
    const mock = await crudOf(ordersText());
    await mock.ask('PATCH', path, { lines }, patch);
    const modified = (await mock.ask('GET', path)).headers.get('last-modified')!;
    expect(modified).toBe('Fri, 01 May 2026 12:00:00 GMT');
    const since = (time: string, more = {}) => mock.ask('GET', path, undefined, { 'if-modified-since': time, ...more });
    expect((await since(modified)).status).toBe(304);
    expect((await since('Fri, 01 May 2026 11:59:59 GMT')).status).toBe(200);
    expect((await since('whenever')).status).toBe(200);
    expect((await since(modified, { 'if-none-match': '"other"' })).status).toBe(200);
  });

  it('tells a list by its records and by what was asked', async () => {
    const mock = await crudOf(ordersText());
    const list = await mock.ask('GET', '/v1/orders?limit=3');
    const tags = { 'if-none-match': list.headers.get('etag')! };
    expect((await mock.ask('GET', '/v1/orders?limit=3', undefined, tags)).status).toBe(304);
    expect((await mock.ask('GET', '/v1/orders?limit=4', undefined, tags)).status).toBe(200);
    await mock.ask('DELETE', path);
    expect((await mock.ask('GET', '/v1/orders?limit=3', undefined, tags)).status).toBe(200);
  });
});

describe('writing', () => {
  it('changes only the state that the caller means', async () => {
    const mock = await crudOf(ordersText());
    const etag = (await mock.ask('GET', path)).headers.get('etag')!;
    const change = (tag: string) => mock.ask('PATCH', path, { lines }, { ...patch, 'if-match': tag });
    expect((await change('"other"')).status).toBe(412);
    expect((await change(`W/${etag}`)).status).toBe(412);
    const done = await change(etag);
    expect(done.status).toBe(200);
    const late = await change(etag);
    expect(late.status).toBe(412);
    expect(late.body.error.message).toContain(done.headers.get('etag'));
    expect((await change(`"other", ${done.headers.get('etag')}`)).status).toBe(200);
    expect((await change('*')).status).toBe(200);
  });

  it('lets one of many concurrent writers through', async () => {
    const mock = await crudOf(ordersText());
    const etag = (await mock.ask('GET', path)).headers.get('etag')!;
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        mock.ask('PATCH', path, { lines: [{ product_id: `prd_${i}`, quantity: 1 }] }, { ...patch, 'if-match': etag }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(412)]);
  });

  it('holds deletions and actions against them, too', async () => {
    const mock = await crudOf(ordersText());
    const wrong = { 'if-match': '"other"' };
    const key = { 'idempotency-key': crypto.randomUUID() };
    expect((await mock.ask('DELETE', path, undefined, wrong)).status).toBe(412);
    expect((await mock.ask('POST', `${path}/cancel`, { reason: 'out_of_stock' }, { ...key, ...wrong })).status).toBe(
      412,
    );
    expect((await mock.ask('GET', path)).status).toBe(200);
    const stale = { 'if-unmodified-since': 'Thu, 01 Jan 1998 00:00:00 GMT' };
    expect((await mock.ask('DELETE', path, undefined, stale)).status).toBe(412);
    const fresh = { 'if-unmodified-since': 'Fri, 01 May 2026 12:00:00 GMT' };
    expect((await mock.ask('DELETE', path, undefined, fresh)).status).toBe(204);
  });

  it('says 404 of what is not there, whatever the conditions', async () => {
    const mock = await crudOf(ordersText());
    const gone = await mock.ask('DELETE', '/v1/orders/ord_000000000000', undefined, { 'if-match': '"x"' });
    expect(gone.status).toBe(404);
  });
});

const notes = `
openapi: 3.1.0
info: { title: Notes, version: '1' }
paths:
  /notes/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get: { responses: { '200': { $ref: '#/components/responses/Note' } } }
    put:
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Note' } } } }
      responses:
        '200': { $ref: '#/components/responses/Note' }
        '201': { $ref: '#/components/responses/Note' }
    patch:
      requestBody: { required: true, content: { application/json: { schema: { type: object } } } }
      responses:
        '200': { $ref: '#/components/responses/Note' }
        '428': { description: d }
components:
  responses:
    Note: { description: d, content: { application/json: { schema: { $ref: '#/components/schemas/Note' } } } }
  schemas:
    Note: { type: object, required: [id, text], properties: { id: { type: string, readOnly: true }, text: { type: string } } }
`;

describe('PUT and 428', () => {
  it('makes a record only where there is none', async () => {
    const mock = await crudOf(notes);
    const put = (tags: Record<string, string>) => mock.ask('PUT', '/notes/mine', { text: 'hello' }, tags);
    expect((await put({ 'if-match': '*' })).status).toBe(412);
    expect((await put({ 'if-none-match': '*' })).status).toBe(201);
    expect((await put({ 'if-none-match': '*' })).status).toBe(412);
    expect((await put({ 'if-match': '*' })).status).toBe(200);
  });

  it('asks for a condition where the document does', async () => {
    const mock = await crudOf(notes);
    const made = await mock.ask('PUT', '/notes/mine', { text: 'hello' });
    const without = await mock.ask('PATCH', '/notes/mine', { text: 'bye' });
    expect(without.status).toBe(428);
    const etag = made.headers.get('etag')!;
    expect((await mock.ask('PATCH', '/notes/mine', { text: 'bye' }, { 'if-match': etag })).body.text).toBe('bye');
  });
});
