// What roles do over REST, on the project's own example.
import { describe, expect, it } from 'vitest';
import { type Crud, crudOf, ordersText } from './crud-server.ts';

const key = { 'idempotency-key': '3f1c2f0e-8a55-4f43-9d0c-2b7a6f1f0b44' };
const mergePatch = { 'content-type': 'application/merge-patch+json' };
const wanted = { currency: 'EUR', lines: [{ product_id: 'prd_1', quantity: 2 }] };

async function place(mock: Crud, body: unknown = wanted) {
  return mock.ask('POST', '/v1/orders', body, { 'idempotency-key': crypto.randomUUID() });
}

describe('orders', () => {
  it('creates with 201, a Location that leads to the record, its first state and the time', async () => {
    const mock = await crudOf(ordersText());
    const made = await place(mock);
    expect(made.status).toBe(201);
    expect(made.headers.get('location')).toBe(`${mock.url}/v1/orders/${made.body.id}`);
    expect(made.body).toMatchObject({ ...wanted, status: 'placed', created_at: '2026-05-01T12:00:00.000Z' });
    expect(made.body.id).toMatch(/^ord_[0-9a-f]{12}$/);
    const read = await mock.ask('GET', made.headers.get('location')!);
    expect(read.status).toBe(200);
    expect(read.body).toEqual(made.body);
    expect(read.headers.get('etag')).toBe(made.headers.get('etag'));
  });

  it('does not take from callers what only the server sets', async () => {
    const mock = await crudOf(ordersText());
    const made = await place(mock, {
      ...wanted,
      id: 'ord_000000000000',
      status: 'shipped',
      created_at: '1999-01-01T00:00:00Z',
    });
    expect(made.body.id).not.toBe('ord_000000000000');
    expect(made.body).toMatchObject({ status: 'placed', created_at: '2026-05-01T12:00:00.000Z' });
  });

  it('changes the fields that are sent, leaves the others, and tells when', async () => {
    const mock = await crudOf(ordersText());
    const made = await place(mock);
    mock.now += 60_000;
    const lines = [{ product_id: 'prd_2', quantity: 1 }];
    const changed = await mock.ask('PATCH', `/v1/orders/${made.body.id}`, { lines }, mergePatch);
    expect(changed.status).toBe(200);
    expect(changed.body).toEqual({ ...made.body, lines, updated_at: '2026-05-01T12:01:00.000Z' });
    expect(changed.headers.get('etag')).not.toBe(made.headers.get('etag'));
    expect((await mock.ask('GET', `/v1/orders/${made.body.id}`)).body).toEqual(changed.body);
  });

  it('deletes with 204, then knows nothing of it', async () => {
    const mock = await crudOf(ordersText());
    const made = await place(mock);
    const path = `/v1/orders/${made.body.id}`;
    expect((await mock.ask('DELETE', path)).status).toBe(204);
    for (const method of ['GET', 'DELETE']) {
      const gone = await mock.ask(method, path);
      expect(gone.status).toBe(404);
      expect(gone.body.error.message).toMatch(
        /There is no order ord_\w+\. There is one with the id ord_8f14e45fceea\./,
      );
    }
    expect((await mock.ask('PATCH', path, { lines: wanted.lines }, mergePatch)).status).toBe(404);
    expect((await mock.ask('POST', `${path}/cancel`, { reason: 'out_of_stock' }, key)).status).toBe(404);
  });

  it('does what an action says', async () => {
    const mock = await crudOf(ordersText());
    const made = await place(mock);
    mock.now += 1000;
    const cancelled = await mock.ask('POST', `/v1/orders/${made.body.id}/cancel`, { reason: 'out_of_stock' }, key);
    expect(cancelled.status).toBe(200);
    expect(cancelled.body).toEqual({ ...made.body, status: 'cancelled', updated_at: '2026-05-01T12:00:01.000Z' });
    expect((await mock.ask('GET', `/v1/orders/${made.body.id}`)).body.status).toBe('cancelled');
  });

  it('answers HEAD as GET, without the body', async () => {
    const mock = await crudOf(ordersText());
    const read = await mock.ask('GET', '/v1/orders/ord_8f14e45fceea');
    const head = await mock.ask('HEAD', '/v1/orders/ord_8f14e45fceea');
    expect(head.status).toBe(200);
    expect(head.body).toBe('');
    for (const name of ['etag', 'content-length', 'content-type'])
      expect(head.headers.get(name)).toBe(read.headers.get(name));
  });

  it('leaves out what it wrote where the caller does not want it', async () => {
    const mock = await crudOf(ordersText());
    const made = await mock.ask('POST', '/v1/orders', wanted, { ...key, prefer: 'return=minimal' });
    expect([made.status, made.body]).toEqual([201, '']);
    const path = made.headers.get('location')!;
    const changed = await mock.ask('PATCH', path, { lines: wanted.lines }, { ...mergePatch, prefer: 'return=minimal' });
    expect([changed.status, changed.body]).toEqual([204, '']);
  });

  it('answers with an example when one is asked for', async () => {
    const mock = await crudOf(ordersText());
    const answer = await mock.ask('GET', '/v1/orders/ord_8f14e45fceea', undefined, { prefer: 'code=404' });
    expect(answer.status).toBe(404);
  });
});
