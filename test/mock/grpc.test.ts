// The gRPC side of a mock: real servers, and clients that know nothing but what reflection tells them.
import { readFileSync } from 'node:fs';
import { connect } from 'node:http2';
import { connect as connectRaw } from 'node:net';
import { Client, credentials, Metadata, status } from '@grpc/grpc-js';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { MockSettings } from '../../src/mock/settings.ts';
import { detailsOf, Reflected } from './grpc-reflected.ts';
import { mockOf } from './serving.ts';

const path = 'examples/proto/shop/orders/v1/orders.proto';
const shop = { 'shop/orders/v1/orders.proto': readFileSync(path, 'utf8') };

const chat = {
  'chat.proto': `syntax = "proto3"; package chat.v1;
    import "google/protobuf/any.proto"; import "google/protobuf/struct.proto"; import "google/protobuf/wrappers.proto";
    service Chat {
      rpc Say(Line) returns (Line);
      rpc Hear(Topic) returns (stream Line);
      rpc Tell(stream Line) returns (Tally);
      rpc Talk(stream Line) returns (stream Line);
      rpc Odd(Everything) returns (Everything);
    }
    message Line { string text = 1; int32 stars = 2; Mood mood = 3; }
    message Topic { string name = 1; }
    message Tally { int32 line_count = 1; }
    enum Mood { MOOD_UNSPECIFIED = 0; GLAD = 1; SAD = 2; }
    message Everything { google.protobuf.Any any = 1; google.protobuf.Struct data = 2; google.protobuf.StringValue maybe = 3; map<string, Line> lines = 4;
      oneof pick { string a = 5; int64 b = 6; } repeated Mood moods = 7; bytes raw = 8; Everything again = 9; }
    service Shelf { rpc CreateBook(stream CreateBookRequest) returns (CreateBooksSummary); rpc GetBook(GetBookRequest) returns (Book);
      rpc ListBooks(ListBooksRequest) returns (ListBooksResponse); rpc BatchGetBooks(BatchGetBooksRequest) returns (BatchGetBooksResponse); }
    message Book { string id = 1; string title = 2; int32 pages = 3; }
    message CreateBookRequest { Book book = 1; }
    message CreateBooksSummary { int32 created_count = 1; repeated Book books = 2; }
    message GetBookRequest { string id = 1; }
    message ListBooksRequest { int32 page_size = 1; string page_token = 2; string filter = 3; string order_by = 4; }
    message ListBooksResponse { repeated Book books = 1; string next_page_token = 2; int32 total_size = 3; }
    message BatchGetBooksRequest { repeated string ids = 1; }
    message BatchGetBooksResponse { repeated Book books = 1; }`,
};

async function shopOf(settings: Partial<MockSettings> = {}) {
  const mock = await mockOf(shop, settings);
  const reflected = new Reflected(mock.grpcAddress!);
  onTestFinished(() => reflected.client.close());
  return { mock, reflected, orders: await reflected.service('shop.orders.v1.OrderService') };
}

async function chatOf(settings: Partial<MockSettings> = {}) {
  const mock = await mockOf(chat, settings);
  const reflected = new Reflected(mock.grpcAddress!);
  onTestFinished(() => reflected.client.close());
  return { mock, reflected };
}

const line = { product: 'products/prd_1', quantity: 2 };
type Order = { name: string; status: string; etag: string; lines: (typeof line)[]; update_time: { seconds: string } };

describe('records over gRPC', () => {
  it('are created, read, changed by mask, and deleted', async () => {
    const { orders } = await shopOf();
    const created = (await orders.call('CreateOrder', { order: { lines: [line] } })) as Order;
    expect(created.name).toMatch(/^orders\/.+/);
    expect(created.lines).toMatchObject([line]);
    expect(await orders.call('GetOrder', { name: created.name })).toEqual(created);

    const changed = (await orders.call('UpdateOrder', {
      order: { name: created.name, lines: [{ ...line, quantity: 7 }], etag: created.etag },
      update_mask: { paths: ['lines'] },
    })) as Order;
    expect(changed).toMatchObject({ name: created.name, status: created.status, lines: [{ quantity: 7 }] });
    expect(changed.etag).not.toBe(created.etag);
    expect(await orders.call('GetOrder', { name: created.name })).toEqual(changed);

    await expect(
      orders.call('UpdateOrder', {
        order: { name: created.name, lines: [line], etag: created.etag },
        update_mask: { paths: ['lines'] },
      }),
    ).rejects.toMatchObject({ code: status.ABORTED });

    expect(await orders.call('DeleteOrder', { name: created.name })).toEqual({});
    for (const rpc of ['GetOrder', 'DeleteOrder']) {
      const error = await orders.call(rpc, { name: created.name }).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: status.NOT_FOUND });
      expect(detailsOf(error)).toEqual([
        { type: 'google.rpc.ResourceInfo', resource_type: 'order', resource_name: created.name },
      ]);
    }
  });

  it('are told apart by name: another collection has none of them', async () => {
    const { orders } = await shopOf();
    const { orders: listed } = (await orders.call('ListOrders', { page_size: 1 })) as { orders: Order[] };
    const id = listed[0]!.name.slice('orders/'.length);
    await expect(orders.call('GetOrder', { name: `products/${id}` })).rejects.toMatchObject({ code: status.NOT_FOUND });
  });

  it('are the same again for the same request_id', async () => {
    const { orders } = await shopOf();
    const request = { order: { lines: [line] }, request_id: '8f1c' };
    const first = await orders.call('CreateOrder', request);
    expect(await orders.call('CreateOrder', request)).toEqual(first);
    expect(await orders.call('CreateOrder', { ...request, request_id: '8f1d' })).not.toEqual(first);
  });

  it('come in pages, none twice, with what is created meanwhile at the end', async () => {
    const { orders } = await shopOf({ count: 23 });
    const seen: string[] = [];
    let token = '';
    do {
      const page = (await orders.call('ListOrders', { page_size: 5, page_token: token })) as {
        orders: Order[];
        next_page_token?: string;
      };
      seen.push(...page.orders.map(({ name }) => name));
      token = page.next_page_token ?? '';
      if (seen.length === 5) await orders.call('DeleteOrder', { name: seen[0]! });
    } while (token !== '');
    expect(seen.length).toBe(23);
    expect(new Set(seen).size).toBe(23);
    const wrong = await orders.call('ListOrders', { page_token: 'nonsense' }).catch((thrown: unknown) => thrown);
    expect(wrong).toMatchObject({ code: status.INVALID_ARGUMENT });
    expect(detailsOf(wrong)).toMatchObject([{ field_violations: [{ field: 'page_token' }] }]);
    await expect(orders.call('ListOrders', { page_size: -1 })).rejects.toMatchObject({ code: status.INVALID_ARGUMENT });
  });

  it('are filtered as AIP-160 says', async () => {
    const { orders } = await shopOf();
    const all = ((await orders.call('ListOrders', { page_size: 1000 })) as { orders: Order[] }).orders;
    const matching = async (filter: string) =>
      (((await orders.call('ListOrders', { page_size: 1000, filter })) as { orders?: Order[] }).orders ?? []).map(
        ({ name }) => name,
      );
    const where = (fits: (order: Order) => boolean) => all.filter(fits).map(({ name }) => name);
    const shipped = 'ORDER_STATUS_SHIPPED';
    expect(where(({ status }) => status === shipped).length).toBeGreaterThan(0);
    expect(await matching(`status = ${shipped}`)).toEqual(where(({ status }) => status === shipped));
    expect(await matching(`NOT status = ${shipped}`)).toEqual(where(({ status }) => status !== shipped));
    expect(await matching(`status = ${shipped} AND lines.quantity >= 4`)).toEqual(
      where(({ status, lines }) => status === shipped && lines.some(({ quantity }) => quantity >= 4)),
    );
    expect(await matching(`status = ${shipped} OR status != ${shipped}`)).toEqual(where(() => true));
    const middle = all[12]!.update_time.seconds;
    const time = new Date(Number(middle) * 1000).toISOString();
    expect(await matching(`update_time > "${time}"`)).toEqual(
      where(({ update_time }) => Number(update_time.seconds) > Number(middle)),
    );
    for (const filter of ['colour = red', 'status =', '(status = X', '"open', `${'('.repeat(100)}status`]) {
      const error = await orders.call('ListOrders', { filter }).catch((thrown: unknown) => thrown);
      expect(error, filter).toMatchObject({ code: status.INVALID_ARGUMENT });
    }
  });

  it('are acted on as the name of an rpc says', async () => {
    const { orders } = await shopOf();
    const created = (await orders.call('CreateOrder', { order: { lines: [line] } })) as Order;
    const cancelled = await orders.call('CancelOrder', { name: created.name, reason: 'Too late.' });
    expect(cancelled).toMatchObject({ order: { name: created.name, status: 'ORDER_STATUS_CANCELLED' } });
    expect(await orders.call('GetOrder', { name: created.name })).toMatchObject({ status: 'ORDER_STATUS_CANCELLED' });
  });

  it('are watched until the caller has seen enough', async () => {
    const { orders } = await shopOf();
    const { name } = (await orders.call('CreateOrder', { order: { lines: [line] } })) as Order;
    const stream = orders.stream('WatchOrder', { name });
    const seen: Order[] = [];
    const ended = new Promise<number>((resolve) => {
      stream.on('error', (error: { code?: number }) => resolve(error.code!));
      stream.on('data', ({ order }: { order: Order }) => {
        seen.push(order);
        if (seen.length === 1) void orders.call('CancelOrder', { name, reason: 'Changed my mind.' });
        else stream.cancel();
      });
    });
    expect(await ended).toBe(status.CANCELLED);
    expect(seen.map((order) => order.status)).toEqual([seen[0]!.status, 'ORDER_STATUS_CANCELLED']);
  });

  it('end a watch when its deadline is over, and when the record is deleted', async () => {
    const { orders } = await shopOf();
    const { name } = (await orders.call('CreateOrder', { order: { lines: [line] } })) as Order;
    const late = orders.stream('WatchOrder', { name }, { deadline: Date.now() + 300 });
    late.resume();
    expect(await new Promise((resolve) => late.on('error', resolve))).toMatchObject({ code: status.DEADLINE_EXCEEDED });
    const stream = orders.stream('WatchOrder', { name });
    stream.once('data', () => void orders.call('DeleteOrder', { name }));
    expect(await new Promise((resolve) => stream.on('status', resolve))).toMatchObject({ code: status.OK });
  });

  it('are created by a stream of requests, and read in a batch', async () => {
    const { reflected } = await chatOf();
    const shelf = await reflected.service('chat.v1.Shelf');
    const titles = ['Emma', 'Ulysses', 'Walden'];
    const summary = (await shelf.send(
      'CreateBook',
      titles.map((title) => ({ book: { title } })),
    )) as { created_count: number; books: { id: string; title: string }[] };
    expect(summary.created_count).toBe(3);
    expect(summary.books.map(({ title }) => title)).toEqual(titles);
    const ids = summary.books.map(({ id }) => id);
    expect(await shelf.call('GetBook', { id: ids[1]! })).toEqual(summary.books[1]);
    expect(await shelf.call('BatchGetBooks', { ids })).toEqual({ books: summary.books });
    await expect(shelf.call('BatchGetBooks', { ids: [...ids, 'none'] })).rejects.toMatchObject({
      code: status.NOT_FOUND,
    });
    const sorted = (await shelf.call('ListBooks', { order_by: 'title desc', page_size: 100 })) as {
      books: { title: string }[];
      total_size: number;
    };
    expect(sorted.total_size).toBe(sorted.books.length);
    const names = sorted.books.map(({ title }) => title);
    expect(names.indexOf('Walden')).toBeLessThan(names.indexOf('Emma'));
    await expect(shelf.call('ListBooks', { order_by: 'colour' })).rejects.toMatchObject({
      code: status.INVALID_ARGUMENT,
    });
  });
});

describe('requests that are wrong', () => {
  it('are refused with every field that is', async () => {
    const { orders } = await shopOf();
    const error = await orders.call('CreateOrder', { order: { lines: [{}, line] } }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: status.INVALID_ARGUMENT });
    expect(detailsOf(error)).toMatchObject([
      {
        type: 'google.rpc.BadRequest',
        field_violations: [
          { field: 'order.lines[0].product', description: 'The field is required.' },
          { field: 'order.lines[0].quantity', description: 'The field is required.' },
        ],
      },
    ]);
    const { orders: known } = (await orders.call('ListOrders', {})) as { orders: Order[] };
    const mask = await orders
      .call('UpdateOrder', { order: { name: known[0]!.name }, update_mask: { paths: ['lines', 'colour'] } })
      .catch((thrown: unknown) => thrown);
    expect(mask).toMatchObject({ code: status.INVALID_ARGUMENT });
    expect(detailsOf(mask)).toMatchObject([{ field_violations: [{ field: 'update_mask' }] }]);
  });

  it('are judged by the rules of buf.validate', async () => {
    const mock = await mockOf({
      'a.proto': `syntax = "proto3"; package a; import "buf/validate/validate.proto";
        service S { rpc Do(Request) returns (Request); }
        message Request { string name = 1 [(buf.validate.field).string = { min_len: 2, max_len: 5, pattern: "^[a-z]+$" }];
          int32 age = 2 [(buf.validate.field).int32.gte = 18, (buf.validate.field).int32.lt = 100];
          repeated string tags = 3 [(buf.validate.field).repeated = { min_items: 1, unique: true, items: { string: { in: ["a", "b"] } } }];
          optional string mail = 4 [(buf.validate.field).string.email = true]; }`,
    });
    const reflected = new Reflected(mock.grpcAddress!);
    onTestFinished(() => reflected.client.close());
    const service = await reflected.service('a.S');
    expect(await service.call('Do', { name: 'abc', age: 20, tags: ['a', 'b'] })).toBeTruthy();
    const error = await service
      .call('Do', { name: 'ABCDEF', age: 17, tags: ['a', 'a', 'c'], mail: 'nobody' })
      .catch((thrown: unknown) => thrown);
    const [{ field_violations }] = detailsOf(error) as [{ field_violations: { field: string }[] }];
    expect(field_violations.map(({ field }) => field)).toEqual(['name', 'name', 'age', 'tags', 'tags', 'mail']);
  });

  it('never break the server: random bytes, unknown methods, broken frames, large metadata', async () => {
    const { mock, reflected } = await chatOf();
    const bytes = (bytes: Buffer) => bytes;
    const raw = (path: string, message: Buffer, metadata = new Metadata()) =>
      new Promise<number>((resolve) => {
        reflected.client.makeUnaryRequest(path, bytes, bytes, message, metadata, (error) => resolve(error?.code ?? 0));
      });
    expect(await raw('/chat.v1.Chat/Nothing', Buffer.alloc(0))).toBe(status.UNIMPLEMENTED);
    expect(await raw('/no.Service/Nothing', Buffer.alloc(0))).toBe(status.UNIMPLEMENTED);
    let seed = 7;
    const random = () => {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
      return seed / 2 ** 32;
    };
    const codes = new Set<number>();
    for (let i = 0; i < 2000; i++) {
      const message = Buffer.from(Array.from({ length: Math.floor(random() * 60) }, () => Math.floor(random() * 256)));
      codes.add(await raw('/chat.v1.Chat/Odd', message));
    }
    expect([...codes].every((code) => code === status.OK || code === status.INVALID_ARGUMENT)).toBe(true);
    const deep = Array.from({ length: 200 }).reduce<Buffer>((inner) => {
      const length = [...(inner.length < 128 ? [inner.length] : [(inner.length & 127) | 128, inner.length >> 7])];
      return Buffer.concat([Buffer.from([9 * 8 + 2, ...length]), inner]);
    }, Buffer.alloc(0));
    expect(await raw('/chat.v1.Chat/Odd', deep)).toBe(status.INVALID_ARGUMENT);
    const large = new Metadata();
    large.set('x-large', 'x'.repeat(200_000));
    expect(await raw('/chat.v1.Chat/Say', Buffer.alloc(0), large)).not.toBe(status.OK);
    await brokenFrames(mock.grpcAddress!);
    const again = new Client(mock.grpcAddress!, credentials.createInsecure());
    onTestFinished(() => again.close());
    expect(
      await new Promise((resolve) =>
        again.makeUnaryRequest('/chat.v1.Chat/Say', bytes, bytes, Buffer.alloc(0), (error) => resolve(error)),
      ),
    ).toBeNull();
    expect(mock.logged.filter((text) => text.includes('Error'))).toEqual([]);
  });

  it('may have as many bytes as the settings say', async () => {
    const { reflected } = await chatOf({ maxBody: 1000 });
    const service = await reflected.service('chat.v1.Chat');
    await expect(service.call('Say', { text: 'x'.repeat(2000) })).rejects.toMatchObject({
      code: status.RESOURCE_EXHAUSTED,
    });
    expect(await service.call('Say', { text: 'x' })).toMatchObject({ text: 'x' });
  });
});

describe('rpcs that fit no resource', () => {
  it('answer with what is made up, the same for the same request', async () => {
    const { reflected } = await chatOf();
    const service = await reflected.service('chat.v1.Chat');
    const answer = await service.call('Say', { text: 'hello' });
    expect(answer).toMatchObject({ text: 'hello' });
    expect(['GLAD', 'SAD']).toContain(answer.mood);
    expect(await service.call('Say', { text: 'hello' })).toEqual(answer);
    expect(await service.call('Odd', { a: 'x' })).toEqual(await service.call('Odd', { a: 'x' }));
  });

  it('stream in all directions', async () => {
    const { reflected } = await chatOf();
    const service = await reflected.service('chat.v1.Chat');
    const heard: object[] = [];
    for await (const message of service.stream('Hear', { name: 'weather' })) heard.push(message as object);
    expect(heard.length).toBe(3);
    expect(await service.send('Tell', [{ text: 'a' }, { text: 'b' }, { text: 'c' }])).toEqual({ line_count: 3 });
    const talk = service.talk('Talk');
    const answers: { text: string }[] = [];
    talk.on('data', (message: { text: string }) => {
      answers.push(message);
      if (answers.length < 3) talk.write({ text: `line ${answers.length}` });
      else talk.end();
    });
    talk.write({ text: 'line 0' });
    await new Promise((resolve) => talk.on('end', resolve));
    expect(answers.map(({ text }) => text)).toEqual(['line 0', 'line 1', 'line 2']);
  });

  it('stand a thousand calls at once', async () => {
    const { reflected } = await chatOf();
    const service = await reflected.service('chat.v1.Chat');
    const calls = Array.from({ length: 1000 }, (_, i) => service.call('Say', { text: `${i}` }));
    expect((await Promise.all(calls)).map(({ text }) => text)).toEqual(calls.map((_, i) => `${i}`));
  });
});

describe('what callers and settings ask for', () => {
  it('forces a status or a delay by metadata', async () => {
    const { orders } = await shopOf();
    for (const code of ['NOT_FOUND', '5', 'not_found']) {
      await expect(orders.call('ListOrders', {}, metadataOf({ 'apiarch-code': code }))).rejects.toMatchObject({
        code: status.NOT_FOUND,
      });
    }
    await expect(orders.call('ListOrders', {}, metadataOf({ 'apiarch-code': 'nonsense' }))).rejects.toMatchObject({
      code: status.INVALID_ARGUMENT,
    });
    await expect(
      orders.call('ListOrders', {}, metadataOf({ 'apiarch-delay': '5000' }), { deadline: Date.now() + 200 }),
    ).rejects.toMatchObject({ code: status.DEADLINE_EXCEEDED });
    const start = performance.now();
    await orders.call('ListOrders', {}, metadataOf({ 'apiarch-delay': '150' }));
    expect(performance.now() - start).toBeGreaterThan(140);
  });

  it('echoes the id of a request', async () => {
    const { reflected } = await chatOf();
    const bytes = (bytes: Buffer) => bytes;
    const call = reflected.client.makeUnaryRequest(
      '/chat.v1.Chat/Say',
      bytes,
      bytes,
      Buffer.alloc(0),
      metadataOf({ 'x-request-id': 'mine' }),
      () => {},
    );
    const metadata = await new Promise<Metadata>((resolve) => call.on('metadata', resolve));
    expect(metadata.get('x-request-id')).toEqual(['mine']);
  });

  it('wants tokens where the settings list some', async () => {
    const { orders } = await shopOf({ tokens: { secret: ['read'] } });
    await expect(orders.call('ListOrders', {})).rejects.toMatchObject({ code: status.UNAUTHENTICATED });
    await expect(orders.call('ListOrders', {}, metadataOf({ authorization: 'Bearer wrong' }))).rejects.toMatchObject({
      code: status.UNAUTHENTICATED,
    });
    expect(await orders.call('ListOrders', {}, metadataOf({ authorization: 'Bearer secret' }))).toBeTruthy();
  });

  it('limits the rate, and says when to come again', async () => {
    const { orders } = await shopOf({ rateLimit: { requests: 2, window: 60_000 } });
    await orders.call('ListOrders', {});
    await orders.call('ListOrders', {});
    const error = await orders.call('ListOrders', {}).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: status.RESOURCE_EXHAUSTED });
    const [info] = detailsOf(error) as [{ type: string; retry_delay: { seconds: string } }];
    expect(info.type).toBe('google.rpc.RetryInfo');
    expect(Number(info.retry_delay.seconds)).toBeGreaterThan(25);
  });
});

describe('reflection and health', () => {
  it.each(['v1', 'v1alpha'])('tell of all services and files, %s', async (version) => {
    const { mock } = await chatOf();
    const reflected = new Reflected(mock.grpcAddress!, version);
    onTestFinished(() => reflected.client.close());
    expect(await reflected.services()).toEqual([
      'chat.v1.Chat',
      'chat.v1.Shelf',
      'grpc.health.v1.Health',
      'grpc.reflection.v1.ServerReflection',
      'grpc.reflection.v1alpha.ServerReflection',
    ]);
    for (const symbol of [
      'chat.v1.Line',
      'chat.v1.Line.text',
      'chat.v1.Chat.Say',
      'chat.v1.GLAD',
      'chat.v1.Everything.pick',
    ]) {
      expect((await reflected.rootOf(symbol)).lookupType('chat.v1.Line').fields.text!.id).toBe(1);
    }
    expect(
      (await reflected.rootOf('grpc.health.v1.Health')).lookupService('grpc.health.v1.Health').methods.Check,
    ).toBeTruthy();
    expect(await reflected.ask({ file_by_filename: 'google/protobuf/any.proto' })).toHaveProperty(
      'file_descriptor_response',
    );
    expect(await reflected.ask({ file_containing_symbol: 'chat.v1.Nothing' })).toMatchObject({
      error_response: { error_code: status.NOT_FOUND },
    });
  });

  it('tell of extensions', async () => {
    const mock = await mockOf({
      'a.proto': `syntax = "proto2"; package a; message M { extensions 100 to 200; } extend M { optional string more = 120; optional int32 less = 110; }
        service S { rpc Do(M) returns (M); }`,
    });
    const reflected = new Reflected(mock.grpcAddress!);
    onTestFinished(() => reflected.client.close());
    expect(await reflected.ask({ all_extension_numbers_of_type: 'a.M' })).toMatchObject({
      all_extension_numbers_response: { base_type_name: 'a.M', extension_number: [110, 120] },
    });
    expect(
      await reflected.ask({ file_containing_extension: { containing_type: 'a.M', extension_number: 120 } }),
    ).toHaveProperty('file_descriptor_response');
  });

  it('say that services are served, until the server stops', async () => {
    const { mock, reflected } = await chatOf();
    const health = await reflected.service('grpc.health.v1.Health');
    expect(await health.call('Check', {})).toEqual({ status: 'SERVING' });
    expect(await health.call('Check', { service: 'chat.v1.Chat' })).toEqual({ status: 'SERVING' });
    await expect(health.call('Check', { service: 'nobody' })).rejects.toMatchObject({ code: status.NOT_FOUND });
    expect(await health.call('List', {})).toMatchObject({ statuses: { '': { status: 'SERVING' } } });
    const watch = health.stream('Watch', { service: 'chat.v1.Chat' });
    const seen: string[] = [];
    watch.on('data', ({ status }: { status: string }) => {
      seen.push(status);
      if (seen.length === 1) void mock.close();
    });
    await new Promise((resolve) => watch.on('error', resolve));
    expect(seen).toEqual(['SERVING', 'NOT_SERVING']);
  });
});

function metadataOf(values: Readonly<Record<string, string>>): Metadata {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(values)) metadata.set(name, value);
  return metadata;
}

/** What is no gRPC: other bytes, and HTTP/2 whose body is no frame. */
async function brokenFrames(address: string): Promise<void> {
  const [host, port] = address.split(':') as [string, string];
  await new Promise<void>((resolve) => {
    const socket = connectRaw(Number(port), host, () => socket.end('GET / HTTP/1.1\r\n\r\n'));
    socket.on('error', () => resolve());
    socket.on('close', () => resolve());
    socket.resume();
  });
  const session = connect(`http://${address}`);
  session.on('error', () => {});
  for (const body of [
    Buffer.from([0, 0xff, 0xff, 0xff, 0xff]),
    Buffer.from('nonsense'),
    Buffer.from([9, 0, 0, 0, 1, 1]),
  ]) {
    await new Promise<void>((resolve) => {
      const stream = session.request({
        ':method': 'POST',
        ':path': '/chat.v1.Chat/Say',
        'content-type': 'application/grpc',
        te: 'trailers',
      });
      stream.on('error', () => resolve());
      stream.on('close', () => resolve());
      stream.resume();
      stream.end(body);
    });
  }
  session.close();
}
