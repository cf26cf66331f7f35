import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { graphql } from '../../src/languages/graphql/graphql.ts';
import type { Api } from '../../src/languages/language.ts';
import { Traffic } from '../../src/mock/admin/traffic.ts';
import type { Context } from '../../src/mock/context.ts';
import { graphqlHandler } from '../../src/mock/graphql/graphql.ts';
import { inferRoles } from '../../src/mock/resources/infer.ts';
import { defaultSettings, type MockSettings } from '../../src/mock/settings.ts';
import { memoryStore } from '../../src/mock/store/memory-store.ts';
import { Source } from '../../src/text/source.ts';

/** A GraphQL mock that listens. */
export interface GraphqlServer {
  readonly url: string;
  readonly context: Context;
  /** What the mock logged. */
  readonly lines: readonly string[];
  /** How many listen to the store. */
  readonly listeners: () => number;
  ask(query: string, variables?: Readonly<Record<string, unknown>>): Promise<Answer>;
  close(): Promise<void>;
}

export interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into by whoever knows their query
  readonly data?: any;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions?: { readonly code?: string };
    readonly path?: readonly (string | number)[];
  }[];
}

/** Mocks schemas, each in a file of its own unless it is text of several files. */
export async function serveText(text: string, settings: Partial<MockSettings> = {}): Promise<GraphqlServer> {
  return serveApis(apisOf([['schema.graphql', text]]), settings);
}

export async function serveFile(path: string, settings: Partial<MockSettings> = {}): Promise<GraphqlServer> {
  return serveApis(apisOf([[path, readFileSync(path, 'utf8')]]), settings);
}

export function apisOf(files: readonly (readonly [path: string, text: string])[]): Api[] {
  return graphql.read(
    files.map(([path, text]) => new Source(path, text)),
    { read: (path) => ({ refused: path }) },
  );
}

export async function serveApis(apis: readonly Api[], changed: Partial<MockSettings> = {}): Promise<GraphqlServer> {
  const settings = { ...defaultSettings, ...changed };
  const roles = inferRoles(apis, settings);
  const lines: string[] = [];
  const store = memoryStore(roles.resources, settings, Date.now);
  let listeners = 0;
  const subscribe = store.subscribe.bind(store);
  store.subscribe = (listener) => {
    const stop = subscribe(listener);
    listeners++;
    return () => {
      listeners--;
      stop();
    };
  };
  const log = (line: string): void => void lines.push(line);
  const traffic = new Traffic(Date.now, () => {});
  const context: Context = { settings, apis, roles, store, now: Date.now, traffic, log };
  const handler = await graphqlHandler(context);
  const server = createServer((request, response) => {
    Promise.resolve(handler.handle(request, response)).then(
      (taken) => (taken ? undefined : response.writeHead(404).end()),
      (error: unknown) => {
        lines.push(`This is a bug: ${String(error)}`);
        response.writeHead(500).end();
      },
    );
  });
  server.on('upgrade', (request, socket, head) => {
    if (!handler.upgrade(request, socket, head)) socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  return {
    url,
    context,
    lines,
    listeners: () => listeners,
    async ask(query, variables) {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      });
      return (await response.json()) as Answer;
    },
    async close() {
      await handler.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
