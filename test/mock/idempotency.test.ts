// Idempotency keys over REST.
import { describe, expect, it } from 'vitest';
import type { Answer, Exchange } from '../../src/mock/rest/exchange.ts';
import { idempotencyStage } from '../../src/mock/rest/idempotency.ts';
import { type Crud, crudOf, ordersText } from './crud-server.ts';

const wanted = { currency: 'EUR', lines: [{ product_id: 'prd_1', quantity: 2 }] };
const key = () => ({ 'idempotency-key': crypto.randomUUID() });

async function count(mock: Crud): Promise<number> {
  return (await mock.ask('GET', '/v1/orders?limit=100')).body.data.length;
}

describe('idempotency keys', () => {
  it('answers a repeated request as the first one was, and changes nothing', async () => {
    const mock = await crudOf(ordersText());
    const headers = key();
    const first = await mock.ask('POST', '/v1/orders', wanted, headers);
    const again = await mock.ask('POST', '/v1/orders', wanted, headers);
    expect([again.status, again.body]).toEqual([201, first.body]);
    for (const name of ['location', 'etag', 'content-type'])
      expect(again.headers.get(name)).toBe(first.headers.get(name));
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(await count(mock)).toBe(26);
  });

  it('refuses the key for another request', async () => {
    const mock = await crudOf(ordersText());
    const headers = key();
    await mock.ask('POST', '/v1/orders', wanted, headers);
    const other = await mock.ask('POST', '/v1/orders', { ...wanted, currency: 'USD' }, headers);
    expect(other.status).toBe(422);
    expect(
      (await mock.ask('POST', '/v1/orders/ord_8f14e45fceea/cancel', { reason: 'out_of_stock' }, headers)).status,
    ).toBe(422);
    expect(await count(mock)).toBe(26);
  });

  it('keeps refusals that came of doing it, and no others', async () => {
    const mock = await crudOf(ordersText());
    const headers = key();
    const cancel = () => mock.ask('POST', '/v1/orders/ord_000000000000/cancel', { reason: 'out_of_stock' }, headers);
    expect((await cancel()).status).toBe(404);
    expect((await cancel()).headers.get('idempotent-replayed')).toBe('true');
    const other = key();
    expect((await mock.ask('POST', '/v1/orders', { currency: 'EUR' }, other)).status).toBeGreaterThanOrEqual(400);
    expect((await mock.ask('POST', '/v1/orders', wanted, other)).status).toBe(201);
  });

  it('forgets the oldest when they take too much room', async () => {
    const mock = await crudOf(
      `{"openapi":"3.1.0","info":{"title":"A","version":"1"},"paths":{"/notes":{"post":{"requestBody":{"content":{"application/json":{"schema":{"type":"object"}}}},"responses":{"201":{"description":"Made."}}}}}}`,
    );
    const body = { text: 'x'.repeat(9_000_000) };
    const keys = Array.from({ length: 7 }, key);
    for (const headers of keys) await mock.ask('POST', '/notes', body, headers);
    expect((await mock.ask('POST', '/notes', body, keys[6])).headers.get('idempotent-replayed')).toBe('true');
    expect((await mock.ask('POST', '/notes', body, keys[0])).headers.get('idempotent-replayed')).toBeNull();
  });

  it('forgets after a day', async () => {
    const mock = await crudOf(ordersText());
    const headers = key();
    const first = await mock.ask('POST', '/v1/orders', wanted, headers);
    mock.now += 23 * 3_600_000;
    expect((await mock.ask('POST', '/v1/orders', wanted, headers)).body.id).toBe(first.body.id);
    mock.now += 3_600_000;
    const later = await mock.ask('POST', '/v1/orders', wanted, headers);
    expect(later.headers.get('idempotent-replayed')).toBeNull();
    expect(later.body.id).not.toBe(first.body.id);
  });

  it('makes one record of many concurrent requests', async () => {
    const mock = await crudOf(ordersText());
    const headers = key();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => mock.ask('POST', '/v1/orders', wanted, headers)),
    );
    const made = answers.filter(({ status }) => status === 201);
    expect(new Set(made.map(({ body }) => body.id)).size).toBe(1);
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
    expect(await count(mock)).toBe(26);
  });

  it('asks for the key where it is required', async () => {
    const mock = await crudOf(ordersText());
    const without = await mock.ask('POST', '/v1/orders', wanted);
    expect([400, 422]).toContain(without.status);
    expect(JSON.stringify(without.body)).toMatch(/idempotency-key/i);
  });
});

describe('the stage', () => {
  it('says 409 while the first request is under way, and lets go of failures', async () => {
    const mock = await crudOf(ordersText());
    const stage = idempotencyStage(mock.context);
    const route = {
      ...[...mock.context.roles.rest.keys()]
        .map((operation) => ({
          api: mock.context.apis[0],
          operation,
          method: operation.method.toUpperCase(),
          template: operation.path,
        }))
        .find(({ operation }) => operation.name === 'POST /orders')!,
    };
    const exchange = () =>
      ({
        context: mock.context,
        route,
        method: 'POST',
        path: '/orders',
        query: '',
        bytes: Buffer.from('{}'),
        mediaType: 'application/json',
        caller: null,
        id: 'r',
        request: { headers: { 'idempotency-key': 'k' } },
        response: { once: () => {} },
      }) as unknown as Exchange;
    const failed: Answer = { status: 503, headers: {}, body: null };
    const done: Answer = { status: 201, headers: { location: '/x' }, body: { value: { id: 1 } } };
    const first = exchange();
    expect(stage.before!(first)).toBeUndefined();
    expect(stage.before!(exchange())).toMatchObject({ status: 409 });
    stage.after!(first, failed);
    const second = exchange();
    expect(stage.before!(second)).toBeUndefined();
    expect(stage.after!(second, done)).toBe(done);
    expect(stage.before!(exchange())).toEqual({ ...done, headers: { location: '/x', 'idempotent-replayed': 'true' } });
    expect(
      stage.before!({ ...exchange(), caller: { key: 'somebody else', scopes: null } } as Exchange),
    ).toBeUndefined();
  });
});
