// Proxies before real upstreams, for tests: both on free ports of the loopback.
import { createServer, type IncomingMessage, type RequestListener, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { startMock } from '../../src/mock/mock.ts';
import { defaultSettings, type MockSettings } from '../../src/mock/settings.ts';
import { apisOf } from './serving.ts';

/** What the upstream's document says. */
export const shop = `openapi: 3.0.3
info: { title: Shop, version: '1' }
servers: [{ url: /v1 }]
paths:
  /items:
    get:
      parameters:
        - { name: limit, in: query, schema: { type: integer, minimum: 1 } }
      responses:
        '200':
          description: all
          headers:
            X-Total: { required: true, schema: { type: integer } }
          content:
            application/json:
              schema: { type: array, items: { $ref: '#/components/schemas/Item' } }
        '404':
          description: none
          content: { application/json: { schema: { $ref: '#/components/schemas/Error' } } }
    post:
      security: [{ key: [] }, { token: [] }]
      requestBody:
        required: true
        content:
          application/json: { schema: { $ref: '#/components/schemas/Item' } }
          application/x-www-form-urlencoded: { schema: { $ref: '#/components/schemas/Item' } }
      responses:
        '201':
          description: made
          content: { application/json: { schema: { $ref: '#/components/schemas/Item' } } }
  /items/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
      responses:
        '200':
          description: one
          content: { application/json: { schema: { $ref: '#/components/schemas/Item' } } }
    delete:
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
      responses: { '204': { description: gone } }
  /file:
    put:
      requestBody: { content: { application/octet-stream: { schema: { type: string, format: binary } } } }
      responses: { '200': { description: kept, content: { application/octet-stream: {} } } }
  /events:
    get:
      responses: { '200': { description: told, content: { text/event-stream: { schema: { type: string } } } } }
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Shop-Key }
    token: { type: http, scheme: bearer }
  schemas:
    Item:
      type: object
      required: [id, name]
      properties: { id: { type: integer }, name: { type: string, maxLength: 20 } }
    Error:
      type: object
      required: [error]
      properties:
        error:
          type: object
          required: [code, message]
          properties: { code: { type: string }, message: { type: string } }
`;

/** A server on a free port, which ends with the test. */
export async function upstreamOf(
  listener: RequestListener,
): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

/** A proxy before an upstream. */
export async function proxyTo(upstream: string, settings: Partial<MockSettings> = {}, document = shop) {
  const logged: string[] = [];
  const archives: string[] = [];
  const mock = await startMock(
    await apisOf({ 'shop.yaml': document }),
    { ...defaultSettings, port: 0, grpcPort: 0, proxy: upstream, quiet: true, ...settings },
    (line) => logged.push(line),
    undefined,
    (har) => archives.push(har),
  );
  onTestFinished(() => mock.close());
  return { mock, url: mock.url, logged, archives };
}

/** What came back over a bare connection. */
export interface Back {
  readonly status: number;
  readonly statusMessage: string;
  readonly headers: IncomingMessage['headers'];
  readonly rawHeaders: string[];
  readonly bytes: Buffer;
  readonly trailers: NodeJS.Dict<string>;
  readonly interim: { readonly statusCode: number; readonly headers: IncomingMessage['headers'] }[];
}

/** Asks without anything that clients do for comfort. @param headers names and values in turn, or by name */
export function ask(
  url: string,
  options: {
    readonly method?: string;
    readonly path?: string;
    readonly headers?: string[] | Record<string, string>;
    readonly body?: Buffer | string;
  } = {},
): Promise<Back> {
  return new Promise((resolve, reject) => {
    const { method = 'GET', path, headers = {}, body } = options;
    const { hostname, port, pathname, search } = new URL(url);
    const interim: Back['interim'] = [];
    const list = Array.isArray(headers) ? ['Host', `${hostname}:${port}`, ...headers] : headers;
    const outgoing = request({
      ...{ hostname, port, method, path: path ?? pathname + search, agent: false },
      headers: list as never,
    });
    outgoing.on('information', ({ statusCode, headers }) => interim.push({ statusCode, headers }));
    outgoing.on('error', reject);
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        const { statusCode = 0, statusMessage = '', headers, rawHeaders, trailers } = incoming;
        const bytes = Buffer.concat(chunks);
        resolve({ status: statusCode, statusMessage, headers, rawHeaders, bytes, trailers, interim });
      });
    });
    // Of texts, Node would write the head in UTF-8 as well.
    outgoing.end(body === undefined ? body : Buffer.from(body));
  });
}

/** The violations that an answer tells of. */
export function violationsIn(headers: IncomingMessage['headers'] | Headers): {
  location: (string | number)[];
  code: string;
  message: string;
}[] {
  const text = headers instanceof Headers ? headers.get('x-apiarch-violations') : headers['x-apiarch-violations'];
  return text ? JSON.parse(text as string) : [];
}

/** Reads all of a request. */
export async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
