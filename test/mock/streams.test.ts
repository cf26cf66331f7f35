// Streams of events, and lists that are waited for, with real clients.
import { describe, expect, it } from 'vitest';
import { mockOf } from './serving.ts';

const document = `
openapi: 3.1.0
info: { title: Shop, version: 1.0.0 }
paths:
  /orders:
    get:
      parameters: [{ name: customer, in: query, schema: { type: string } }, { name: timeout, in: query, schema: { type: integer } }]
      responses: { '200': { description: OK, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Order' } } } } } }
    post:
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } }
      responses: { '201': { description: Made, content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } } }
  /orders/{order_id}:
    parameters: [{ name: order_id, in: path, required: true, schema: { type: string } }]
    get: { responses: { '200': { description: OK, content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } } } }
    delete: { responses: { '204': { description: Gone } } }
  /orders/stream:
    get: { responses: { '200': { description: OK, content: { text/event-stream: { schema: { $ref: '#/components/schemas/Order' } } } } } }
  /completions:
    post:
      requestBody: { content: { application/json: { schema: { type: object, properties: { stream: { type: boolean } } } } } }
      responses:
        '200':
          description: OK
          content:
            application/json: { schema: { type: object, properties: { whole: { type: boolean } } } }
            text/event-stream: { schema: { type: object, required: [delta], properties: { delta: { type: string } } } }
  /news:
    get: { responses: { '200': { description: OK, content: { text/event-stream: { example: "event: news\\ndata: one\\n\\ndata: two" } } } } }
components:
  schemas:
    Order: { type: object, required: [customer], properties: { id: { type: string, readOnly: true }, customer: { type: string } } }
`;

const start = (settings = {}) => mockOf({ 'openapi.yaml': document }, { count: 2, ...settings });

const post = (url: string, body: object) =>
  fetch(url, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });

/** Reads a stream event by event, comments left out. */
async function* eventsOf(response: Response) {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true });
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const lines = text.slice(0, end).split('\n');
      text = text.slice(end + 2);
      const field = (name: string) =>
        lines.flatMap((line) => (line.startsWith(`${name}: `) ? [line.slice(name.length + 2)] : [])).join('\n');
      if (!lines.every((line) => line.startsWith(':')))
        yield { id: field('id'), event: field('event'), data: field('data') };
    }
  }
}

const next = async <T>(events: AsyncGenerator<T>): Promise<T> => (await events.next()).value as T;

describe('a stream', () => {
  it('tells of changes as they happen', async () => {
    const { url } = await start();
    const response = await fetch(`${url}/orders/stream`);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const events = eventsOf(response);
    const made = await (await post(`${url}/orders`, { customer: 'ada' })).json();
    await fetch(`${url}/orders/${made.id}`, { method: 'DELETE' });
    const first = await next(events);
    expect(first).toEqual({ id: '1', event: 'order.created', data: JSON.stringify(made) });
    expect(await next(events)).toMatchObject({ id: '2', event: 'order.deleted' });
    await events.return(undefined);
    // Whoever comes back hears what was missed.
    const again = eventsOf(await fetch(`${url}/orders/stream`, { headers: { 'last-event-id': '1' } }));
    expect(await next(again)).toMatchObject({ id: '2', event: 'order.deleted' });
    await again.return(undefined);
  });

  it('comes by the clock where that is asked for', async () => {
    const { url } = await start({ tick: 20 });
    const events = eventsOf(await fetch(`${url}/orders/stream`));
    expect(await next(events)).toMatchObject({ id: '', event: 'order.updated' });
    expect(JSON.parse((await next(events)).data)).toHaveProperty('customer');
    await events.return(undefined);
  });

  it('is made up where nothing is watched, and ends', async () => {
    const { url } = await start();
    const events = [];
    for await (const { data } of eventsOf(await post(`${url}/completions`, { stream: true }))) events.push(data);
    expect(events.pop()).toBe('[DONE]');
    expect(events).toHaveLength(3);
    for (const data of events) expect(JSON.parse(data)).toEqual({ delta: expect.any(String) });
    const whole = await post(`${url}/completions`, {});
    expect(whole.headers.get('content-type')).toBe('application/json');
    const accepted = await fetch(`${url}/completions`, { method: 'POST', headers: { accept: 'text/event-stream' } });
    expect(accepted.headers.get('content-type')).toBe('text/event-stream');
    await accepted.body!.cancel();
  });

  it('is the example where there is one', async () => {
    const { url } = await start();
    expect(await (await fetch(`${url}/news`)).text()).toBe('event: news\ndata: one\n\ndata: two\n\n');
  });

  it('ends with the mock', async () => {
    const mock = await start();
    const response = await fetch(`${mock.url}/orders/stream`);
    const rest = response.text().catch(() => 'broken off');
    await mock.close();
    expect(await rest).toMatch(/connected|broken off/);
  });
});

describe('a list that is waited for', () => {
  const path = '/orders?customer=grace';

  it('comes once there is something in it', async () => {
    const { url } = await start();
    const waiting = fetch(url + path, { headers: { prefer: 'wait=30' } });
    await new Promise((resolve) => setTimeout(resolve, 100));
    await post(`${url}/orders`, { customer: 'ada' });
    await post(`${url}/orders`, { customer: 'grace' });
    expect(await (await waiting).json()).toMatchObject([{ customer: 'grace' }]);
  });

  it('comes empty in the end', async () => {
    const { url } = await start();
    const begun = performance.now();
    expect(await (await fetch(`${url}${path}&timeout=1`)).json()).toEqual([]);
    expect(performance.now() - begun).toBeGreaterThan(950);
  });

  it('comes at once where nobody wants to wait, or something is there', async () => {
    const { url } = await start();
    expect(await (await fetch(url + path)).json()).toEqual([]);
    expect(await (await fetch(`${url}/orders`, { headers: { prefer: 'wait=60' } })).json()).toHaveLength(2);
  });
});
