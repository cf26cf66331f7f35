// google.api.http on the HTTP port of a mock.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { MockSettings } from '../../src/mock/settings.ts';
import { mockOf } from './serving.ts';

const shop = { 'shop/orders/v1/orders.proto': readFileSync('examples/proto/shop/orders/v1/orders.proto', 'utf8') };
const odd = {
  'odd.proto': `syntax = "proto3"; package odd.v1; import "google/api/annotations.proto"; import "google/api/httpbody.proto";
    import "google/protobuf/timestamp.proto"; import "google/protobuf/duration.proto"; import "google/protobuf/field_mask.proto"; import "google/protobuf/wrappers.proto";
    service Odd {
      rpc Echo(Request) returns (Request) { option (google.api.http) = { get: "/v1/echo/{text}" additional_bindings { post: "/v1/echo" body: "*" }
        additional_bindings { put: "/v1/{inner.path=a/*/b/**}:verb" body: "inner" response_body: "inner" } additional_bindings { custom: { kind: "PURGE" path: "/v1/echo" } } }; }
      rpc Several(Request) returns (stream Request) { option (google.api.http) = { get: "/v1/several" }; }
      rpc Raw(Request) returns (google.api.HttpBody) { option (google.api.http) = { get: "/v1/raw" }; }
    }
    message Request { string text = 1; int64 large = 2; bool flag = 3; repeated string tags = 4; Kind kind = 5; Inner inner = 6; google.protobuf.Timestamp at = 7;
      google.protobuf.Duration took = 8; google.protobuf.FieldMask mask = 9; google.protobuf.Int32Value maybe = 10; bytes raw = 11; map<string, int32> counts = 12; double ratio = 13; }
    message Inner { string path = 1; int32 some_number = 2; Inner more = 3; }
    enum Kind { KIND_UNSPECIFIED = 0; FIRST = 1; SECOND = 2; }`,
};

async function jsonOf(url: string, init: RequestInit = {}) {
  const response = await fetch(url, { ...init, headers: { 'content-type': 'application/json', ...init.headers } });
  const text = await response.text();
  // biome-ignore lint/suspicious/noExplicitAny: whatever was answered
  return { status: response.status, headers: response.headers, body: (text === '' ? null : JSON.parse(text)) as any };
}

const line = { product: 'products/prd_1', quantity: 2 };

describe('rpcs as REST', () => {
  it('create, read, list, change, act and delete', async () => {
    const { url } = await mockOf(shop);
    const created = await jsonOf(`${url}/v1/orders`, { method: 'POST', body: JSON.stringify({ lines: [line] }) });
    expect(created.status).toBe(200);
    expect(created.body).toMatchObject({ name: expect.stringMatching(/^orders\/./), lines: [line] });
    const at = `${url}/v1/${created.body.name}`;
    expect((await jsonOf(at)).body).toEqual(created.body);
    expect((await jsonOf(`${url}/v1/orders?pageSize=2`)).body).toMatchObject({
      orders: [{}, {}],
      nextPageToken: expect.any(String),
    });
    expect((await jsonOf(`${url}/v1/orders?page_size=3`)).body.orders.length).toBe(3);

    const changed = await jsonOf(at, {
      method: 'PATCH',
      body: JSON.stringify({ lines: [{ ...line, quantity: 5 }], status: 'ORDER_STATUS_PACKED' }),
    });
    expect(changed.body).toMatchObject({ lines: [{ quantity: 5 }], status: created.body.status });
    const masked = await jsonOf(`${at}?updateMask=lines`, { method: 'PATCH', body: JSON.stringify({ lines: [line] }) });
    expect(masked.body).toMatchObject({ lines: [{ quantity: 2 }] });

    const cancelled = await jsonOf(`${at}:cancel`, { method: 'POST', body: JSON.stringify({ reason: 'Too late.' }) });
    expect(cancelled.body).toMatchObject({ order: { status: 'ORDER_STATUS_CANCELLED' } });
    expect(await jsonOf(at, { method: 'DELETE' })).toMatchObject({ status: 200, body: {} });
    expect(await jsonOf(at)).toMatchObject({
      status: 404,
      body: {
        error: {
          code: 404,
          status: 'NOT_FOUND',
          details: [{ '@type': 'type.googleapis.com/google.rpc.ResourceInfo', resourceName: created.body.name }],
        },
      },
    });
  });

  it('refuse what is wrong', async () => {
    const { url } = await mockOf(shop);
    const post = (body: string) => jsonOf(`${url}/v1/orders`, { method: 'POST', body });
    expect(await post('{')).toMatchObject({ status: 400, body: { error: { status: 'INVALID_ARGUMENT' } } });
    expect(await post('[]')).toMatchObject({ status: 400 });
    const wrong = await post(JSON.stringify({ lines: [{ product: 1, quantity: 'many', colour: 'red' }] }));
    expect(wrong.status).toBe(400);
    expect(wrong.body.error.details[0].fieldViolations.map(({ field }: { field: string }) => field)).toEqual([
      'order.lines[0].product',
      'order.lines[0].quantity',
      'order.lines[0].colour',
    ]);
    expect(await jsonOf(`${url}/v1/orders?nothing=1`)).toMatchObject({ status: 400 });
    expect(await jsonOf(`${url}/v1/orders?pageSize=many`)).toMatchObject({ status: 400 });
    const put = await jsonOf(`${url}/v1/orders`, { method: 'PUT', body: '{}' });
    expect(put.status).toBe(405);
    expect(put.headers.get('allow')).toBe('GET, POST, OPTIONS');
    expect((await fetch(`${url}/v1/nothing`)).status).toBe(404);
  });

  it('read all kinds of fields from path, query and body, and write them as ProtoJSON', async () => {
    const { url } = await mockOf(odd);
    const query =
      'large=9007199254740993&flag=true&tags=a&tags=b&kind=SECOND&inner.someNumber=3&inner.more.path=x&at=2030-01-31T12:00:00.5Z&took=1.5s&mask=inner.some_number,tags&maybe=7&raw=AQI=&ratio=0.5';
    expect((await jsonOf(`${url}/v1/echo/a%2Fb%20c?${query}`)).body).toMatchObject({
      text: 'a/b c',
      large: '9007199254740993',
      flag: true,
      tags: ['a', 'b'],
      kind: 'SECOND',
      raw: 'AQI=',
      ratio: 0.5,
    });
    const body = {
      text: '0',
      large: 5,
      kind: 1,
      inner: { some_number: 1 },
      at: '2030-01-31T13:00:00+01:00',
      counts: { a: 1 },
    };
    expect((await jsonOf(`${url}/v1/echo`, { method: 'POST', body: JSON.stringify(body) })).body).toMatchObject({
      text: '0',
      large: '5',
      kind: 'FIRST',
    });
    const put = await jsonOf(`${url}/v1/a/x/b/y/z:verb`, { method: 'PUT', body: JSON.stringify({ someNumber: 4 }) });
    expect(put).toMatchObject({ status: 200, body: { path: expect.any(String) } });
    expect((await fetch(`${url}/v1/echo`, { method: 'PURGE' })).status).toBe(200);
    for (const [name, value] of Object.entries({
      at: 'soon',
      took: '5',
      kind: 'THIRD',
      flag: 'yes',
      maybe: '1.5',
      raw: '***',
      'inner.nothing': '1',
    })) {
      expect((await jsonOf(`${url}/v1/echo/x?${name}=${encodeURIComponent(value)}`)).status, name).toBe(400);
    }
  });

  it('stream as an array or as lines', async () => {
    const { url } = await mockOf(odd);
    const array = await jsonOf(`${url}/v1/several?text=x`);
    expect(array.body).toMatchObject([{ text: 'x' }, { text: 'x' }, { text: 'x' }]);
    const lines = await (
      await fetch(`${url}/v1/several?text=x`, { headers: { accept: 'application/x-ndjson' } })
    ).text();
    expect(
      lines
        .trimEnd()
        .split('\n')
        .map((text) => JSON.parse(text)),
    ).toEqual(array.body);
    expect((await fetch(`${url}/v1/raw`)).status).toBe(200);
  });

  it('obey the settings', async () => {
    const settings: Partial<MockSettings> = {
      maxBody: 100,
      tokens: { secret: ['*'] },
      rateLimit: { requests: 3, window: 60_000 },
    };
    const { url } = await mockOf(shop, settings);
    const headers = { authorization: 'Bearer secret' };
    expect((await jsonOf(`${url}/v1/orders`)).status).toBe(401);
    const large = await jsonOf(`${url}/v1/orders`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ etag: 'x'.repeat(200) }),
    });
    expect(large.status).toBe(413);
    expect((await jsonOf(`${url}/v1/orders`, { headers })).status).toBe(200);
    expect((await jsonOf(`${url}/v1/orders`, { headers: { ...headers, 'apiarch-code': 'ABORTED' } })).status).toBe(409);
    await jsonOf(`${url}/v1/orders`, { headers });
    const limited = await jsonOf(`${url}/v1/orders`, { headers });
    expect(limited.status).toBe(429);
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(10);
  });
});
