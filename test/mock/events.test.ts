// What the mock tells others: callbacks and webhooks, to real receivers.
import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Deliveries, deliveriesOf, problemOfTarget, signatureOf } from '../../src/mock/rest/events/deliveries.ts';
import { filledIn, type Told } from '../../src/mock/rest/events/expressions.ts';
import { wants } from '../../src/mock/rest/events/subscriptions.ts';
import { defaultSettings } from '../../src/mock/settings.ts';
import { mockOf } from './serving.ts';

interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: bodies of many kinds
  readonly body: any;
}

/** Somebody who wants to be told. @param statuses what it answers, the last one for ever */
async function receiver(...statuses: number[]) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      const status = statuses.length > 1 ? statuses.shift()! : (statuses[0] ?? 204);
      const body = text === '' ? undefined : JSON.parse(text);
      received.push({ method: request.method!, path: request.url!, headers: request.headers, text, body });
      response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const count = (wanted: number) => vi.waitFor(() => expect(received.length).toBeGreaterThanOrEqual(wanted), 5000);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received, count };
}

const shop = (webhooks = '') => `
openapi: 3.1.0
info: { title: Shop, version: 1.0.0 }
paths:
  /orders:
    get: { responses: { '200': { description: OK, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Order' } } } } } } }
    post:
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } }
      responses: { '201': { description: Made, content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } } }
  /orders/{order_id}:
    parameters: [{ name: order_id, in: path, required: true, schema: { type: string } }]
    get: { responses: { '200': { description: OK, content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } } } }
    patch:
      requestBody: { content: { application/json: { schema: { type: object } } } }
      responses: { '200': { description: OK, content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } } }
    delete: { responses: { '204': { description: Gone } } }
  /webhooks:
    post:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Webhook' } } } }
      responses: { '201': { description: Made, content: { application/json: { schema: { $ref: '#/components/schemas/Webhook' } } } } }
    get: { responses: { '200': { description: OK, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Webhook' } } } } } } }
  /webhooks/{webhook_id}:
    parameters: [{ name: webhook_id, in: path, required: true, schema: { type: string } }]
    get: { responses: { '200': { description: OK, content: { application/json: { schema: { $ref: '#/components/schemas/Webhook' } } } } } }
    delete: { responses: { '204': { description: Gone } } }
  /payments:
    post:
      requestBody: { content: { application/json: { schema: { type: object, properties: { notify: { type: string }, amount: { type: integer } } } } } }
      responses: { '202': { description: Taken, content: { application/json: { schema: { type: object, required: [id], properties: { id: { type: string } } }, example: { id: p1 } } } } }
      callbacks:
        paid:
          '{$request.body#/notify}?payment={$response.body#/id}':
            post:
              requestBody: { content: { application/json: { schema: { type: object, required: [amount, state], properties: { id: { type: string }, amount: { type: integer }, state: { type: string, enum: [paid] } } } } } }
              responses: { '204': { description: Heard } }
${webhooks}
components:
  schemas:
    Order:
      type: object
      required: [customer]
      properties: { id: { type: string, readOnly: true }, customer: { type: string }, status: { type: string, enum: [placed, shipped], default: placed } }
    Webhook:
      type: object
      required: [url]
      properties: { id: { type: string, readOnly: true }, url: { type: string, format: uri }, events: { type: array, items: { type: string } }, secret: { type: string } }
`;

const webhooks = `
webhooks:
  order.created: &hook
    post:
      parameters: [{ name: X-Shop, in: header, required: true, schema: { type: string }, example: s1 }]
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [id, type, timestamp, data]
              properties:
                id: { type: string, pattern: '^evt_' }
                type: { type: string }
                timestamp: { type: string, format: date-time }
                data: { type: object, required: [order_id, customer], properties: { order_id: { type: string }, customer: { type: string } } }
      responses: { '204': { description: Heard } }
  order.shipped: *hook
  order.deleted: *hook
`;

const json = (method: string, body: unknown) => ({
  method,
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json' },
});

/** Long enough for what would be sent to be on its way. */
const awhile = () => new Promise((resolve) => setTimeout(resolve, 100));

const start = (text: string, settings = {}) => mockOf({ 'openapi.yaml': text }, { count: 3, ...settings });

describe('webhooks', () => {
  it('tell of what the document says, signed', async () => {
    const { url, received, count } = await receiver();
    const mock = await start(shop(webhooks), { webhookUrl: `${url}/hear`, webhookSecret: 'shh' });
    const made = await (await fetch(`${mock.url}/orders`, json('POST', { customer: 'ada' }))).json();
    await count(1);
    const [first] = received;
    expect(first).toMatchObject({ method: 'POST', path: '/hear' });
    expect(first!.body).toEqual({
      ...{ id: expect.stringMatching(/^evt_/), type: 'order.created', timestamp: expect.stringMatching(/^\d{4}-.*Z$/) },
      data: { order_id: made.id, customer: 'ada' },
    });
    const stamp = first!.headers['x-timestamp'];
    const hmac = createHmac('sha256', 'shh').update(`${stamp}.${first!.text}`).digest('hex');
    expect(first!.headers).toMatchObject({
      'x-signature': `sha256=${hmac}`,
      'x-event': 'order.created',
      'x-shop': 's1',
    });
    // A change that no webhook is named for is not told; that of a field to what a webhook is named for is.
    await fetch(`${mock.url}/orders/${made.id}`, json('PATCH', { customer: 'bob' }));
    await fetch(`${mock.url}/orders/${made.id}`, json('PATCH', { status: 'shipped' }));
    await fetch(`${mock.url}/orders/${made.id}`, { method: 'DELETE' });
    await count(3);
    expect(received.map(({ body }) => body.type).sort()).toEqual(['order.created', 'order.deleted', 'order.shipped']);
  });

  it('tell of every change where the document names none', async () => {
    const { url, received, count } = await receiver();
    const mock = await start(shop(), { webhookUrl: url });
    await fetch(`${mock.url}/orders`, json('POST', { customer: 'ada' }));
    await count(1);
    expect(received[0]!.body).toMatchObject({ type: 'order.created', data: { customer: 'ada', status: 'placed' } });
    expect(mock.logged.filter((line) => line.includes('whsec_'))).toHaveLength(1);
  });

  it('go to those who subscribed, until they don’t', async () => {
    const { url, received, count } = await receiver();
    const mock = await start(shop(webhooks));
    const subscribe = (body: object) => fetch(`${mock.url}/webhooks`, json('POST', body));
    const all = await subscribe({ url: `${url}/all`, secret: 'mine' });
    await subscribe({ url: `${url}/deleted`, events: ['order.deleted'] });
    const made = await (await fetch(`${mock.url}/orders`, json('POST', { customer: 'ada' }))).json();
    await count(1);
    const { headers, text } = received[0]!;
    expect(headers['x-signature']).toBe(signatureOf('mine', String(headers['x-timestamp']), text));
    const place = new URL(all.headers.get('location')!, mock.url);
    expect((await fetch(place, { method: 'DELETE' })).status).toBe(204);
    await fetch(`${mock.url}/orders/${made.id}`, { method: 'DELETE' });
    await count(2);
    expect(received.map(({ path }) => path)).toEqual(['/all', '/deleted']);
  });

  it('call nobody whose URL was only made up', async () => {
    const mock = await start(shop(webhooks));
    expect(await (await fetch(`${mock.url}/webhooks`)).json()).not.toEqual([]);
    await fetch(`${mock.url}/orders`, json('POST', { customer: 'ada' }));
    await awhile();
    expect(deliveriesOf(mock.context).recent).toEqual([]);
  });
});

describe('callbacks', () => {
  it('go where the request says', async () => {
    const { url, received, count } = await receiver();
    const mock = await start(shop());
    const response = await fetch(`${mock.url}/payments`, json('POST', { notify: `${url}/paid`, amount: 12 }));
    const { id } = await response.json();
    await count(1);
    expect(received[0]).toMatchObject({ method: 'POST', path: `/paid?payment=${id}` });
    expect(received[0]!.body).toMatchObject({ amount: 12, state: 'paid' });
  });

  it('are not sent where nobody asked, nor for what failed', async () => {
    const mock = await start(shop());
    await fetch(`${mock.url}/payments`, json('POST', { amount: 12 }));
    await fetch(`${mock.url}/payments`, json('POST', { amount: 'much', notify: 'http://127.0.0.1:1/' }));
    await fetch(`${mock.url}/orders`);
    await awhile();
    expect(deliveriesOf(mock.context).recent).toEqual([]);
  });
});

describe('deliveries', () => {
  const deliveries = (logged: string[] = []) => {
    const settings = { ...defaultSettings, webhookSecret: 's' };
    const made = new Deliveries({ settings, now: () => 1_700_000_000_999, log: (line) => logged.push(line) }, 10);
    onTestFinished(() => made.close());
    return made;
  };
  const message = (url: string) => ({
    ...{ url, method: 'POST', event: 'order.created', mediaType: 'application/json', body: '{"a":1}' },
    ...{ headers: {}, secret: null },
  });

  it('are repeated until they are taken', async () => {
    const { url, received, count } = await receiver(500, 302, 429, 202);
    const sent = deliveries();
    sent.send(message(url));
    await count(4);
    await vi.waitFor(() => expect(sent.recent[0]).toMatchObject({ state: 'delivered', attempts: 4, outcome: '202' }));
    // The same message each time, and no redirect followed.
    expect(new Set(received.map(({ headers }) => headers['x-message-id'])).size).toBe(1);
    expect(received.map(({ path }) => path)).toEqual(['/', '/', '/', '/']);
    expect(received[0]!.headers).toMatchObject({
      ...{ 'x-timestamp': '1700000000', 'x-signature': signatureOf('s', '1700000000', '{"a":1}') },
    });
    expect(sent.dead).toEqual([]);
  });

  it('are given up in the end, and can be seen', async () => {
    const { url, received } = await receiver(500);
    const logged: string[] = [];
    const sent = deliveries(logged);
    sent.send(message(url));
    await vi.waitFor(() => expect(sent.dead).toHaveLength(1), 5000);
    expect(sent.dead[0]).toMatchObject({ state: 'dead', attempts: 4, outcome: '500', body: '{"a":1}' });
    expect(received).toHaveLength(4);
    expect(logged).toEqual([`order.created was sent 4 times in vain to ${url}: 500`]);
  });

  it('tell why nobody answered', async () => {
    const sent = deliveries();
    sent.send(message('http://127.0.0.1:1/'));
    await vi.waitFor(() => expect(sent.dead).toHaveLength(1), 5000);
    expect(sent.dead[0]!.outcome).toMatch(/ECONNREFUSED|bad port/);
  });

  it('are bounded', async () => {
    const held = createServer(() => {});
    await new Promise<void>((resolve) => held.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      held.closeAllConnections();
      held.close();
    });
    const sent = deliveries();
    const url = `http://127.0.0.1:${(held.address() as AddressInfo).port}/`;
    for (let i = 0; i < 1200; i++) sent.send(message(url));
    expect(sent.recent).toHaveLength(200);
    // Eight are under way, a thousand wait.
    expect(sent.dead).toHaveLength(192);
    expect(sent.dead[0]!.outcome).toBe('too many messages wait');
  });

  it.each<[string, string | null]>([
    ['http://127.0.0.1:1/x', null],
    ['https://receiver.internal/', null],
    ['/relative', 'it is no absolute URL'],
    ['ftp://localhost/', 'only http and https are spoken'],
    ['file:///etc/passwd', 'only http and https are spoken'],
    ['http://a:b@localhost/', 'a URL with credentials is not called'],
    ['https://api.example.com/', 'the host is an example'],
    ['https://example.org./', 'the host is an example'],
    ['https://counterexample.com/', null],
    ['http://169.254.169.254/latest', 'the address is link-local'],
    ['http://2852039166/', 'the address is link-local'],
    ['http://[fe80::1]/', 'the address is link-local'],
    ['http://[::ffff:169.254.169.254]/', 'the address is link-local'],
  ])('to %s: %s', (url, problem) => {
    expect(problemOfTarget(url)).toBe(problem);
  });
});

describe('expressions', () => {
  const told: Told = {
    ...{ url: 'http://localhost/a?b=c', method: 'POST', statusCode: 201, path: { id: '7' }, query: 'q=a%20b&q=2' },
    ...{ headers: { 'x-url': 'http://localhost/h' }, body: { url: 'u', 'a/b': { '~': [1, true, null] } } },
    ...{ responseHeaders: { location: ['/x', '/y'] }, responseBody: 'text' },
  };
  it.each<[string, string | null]>([
    ['{$url}', told.url],
    ['$method', 'POST'],
    ['{$method}-{$statusCode}', 'POST-201'],
    ['http://h/{$request.path.id}/{$request.query.q}', 'http://h/7/a b'],
    ['{$request.header.X-Url}', 'http://localhost/h'],
    ['$request.body#/url', 'u'],
    ['{$request.body#/a~1b/~0/0}{$request.body#/a~1b/~0/1}', '1true'],
    ['{$response.header.Location}', '/x'],
    ['{$response.body}', 'text'],
    ['https://plain/', 'https://plain/'],
    ['{$request.body#/a~1b/~0/2}', null],
    ['{$request.body#/a~1b}', null],
    ['{$request.body#/lost}', null],
    ['{$request.body#/constructor}', null],
    ['{$request.body#url}', null],
    ['{$request.body.url}', null],
    ['{$response.query.q}', null],
    ['{$response.path.id}', null],
    ['{$request.path.toString}', null],
    ['{$magic}', null],
  ])('%s is %j', (template, text) => {
    expect(filledIn(template, told)).toBe(text);
  });

  it('may be anything', () => {
    fc.assert(
      fc.property(fc.string(), fc.jsonValue(), (text, body) => {
        filledIn(`{$request.body#/${text}}{$${text}}`, { ...told, body });
      }),
    );
  });
});

it.each<[readonly string[] | null, string, boolean]>([
  [null, 'order.created', true],
  [[], 'order.created', true],
  [['order.created'], 'order.created', true],
  [['ORDER_CREATED'], 'order.created', true],
  [['order.*'], 'order.created', true],
  [['*'], 'order.created', true],
  [['*.created'], 'order.created', true],
  [['order.deleted'], 'order.created', false],
  [['customer.*', 'order.deleted'], 'order.created', false],
  [['order.created.twice'], 'order.created', false],
])('a subscription to %j wants %s: %s', (events, event, answer) => {
  expect(wants({ url: '', events, secret: null }, event)).toBe(answer);
});
