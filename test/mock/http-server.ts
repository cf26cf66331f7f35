// A mock of REST alone, listening, for tests.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { OpenApi } from '../../src/languages/openapi/openapi.ts';
import { read } from '../../src/languages/openapi/read/read.ts';
import { Traffic } from '../../src/mock/admin/traffic.ts';
import type { Context } from '../../src/mock/context.ts';
import { type RestHandler, restHandler } from '../../src/mock/rest/rest.ts';
import { defaultSettings, type MockSettings } from '../../src/mock/settings.ts';
import { memoryStore } from '../../src/mock/store/memory-store.ts';
import { Source } from '../../src/text/source.ts';

/** A document from YAML or JSON text. */
export function documentOf(text: string, path = 'api.yaml'): OpenApi {
  return new OpenApi(read(new Source(path, text)), { read: () => ({ refused: 'there is no such file' }) });
}

/** What the handlers of a mock share, without roles: every operation answers with examples. */
export function contextWith(apis: readonly OpenApi[], changed: Partial<MockSettings> = {}): Context {
  const settings = { ...defaultSettings, ...changed };
  return {
    settings,
    store: memoryStore([], settings, Date.now),
    traffic: new Traffic(Date.now, () => {}),
    apis,
    roles: {
      resources: [],
      rest: new Map(),
      graphql: new Map(),
      graphqlTypes: new Map(),
      grpc: new Map(),
      messages: new Map(),
    },
    now: Date.now,
    log: () => {},
  };
}

export interface Served {
  readonly url: string;
  readonly port: number;
  readonly handler: RestHandler;
  /** What handlers threw. */
  readonly thrown: unknown[];
}

/** Serves documents on a free port until the test is over. */
export async function serve(texts: string | readonly string[], settings: Partial<MockSettings> = {}): Promise<Served> {
  const apis = [texts].flat().map((text) => documentOf(text));
  return serveContext(contextWith(apis, settings));
}

export async function serveContext(context: Context): Promise<Served> {
  const handler = restHandler(context);
  const thrown: unknown[] = [];
  const server = createServer(async (request, response) => {
    try {
      const taken = await handler.handle(request, response);
      if (!taken) response.writeHead(404, { 'x-left': 'true' }).end();
    } catch (error) {
      thrown.push(error);
      response.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await handler.close();
  });
  return { url: `http://127.0.0.1:${port}`, port, handler, thrown };
}
