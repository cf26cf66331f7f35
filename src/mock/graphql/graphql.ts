import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { GraphQl } from '../../languages/graphql/graphql.ts';
import type { Context } from '../context.ts';
import type { Serving } from './serving.ts';

/** Whoever answers GraphQL: over HTTP, as event streams and over WebSockets. */
export interface GraphqlHandler {
  /** @returns whether the request was for a GraphQL API; then it is, or will be, answered */
  handle(request: IncomingMessage, response: ServerResponse): boolean | Promise<boolean>;
  /** @returns whether the connection was for a GraphQL API; else its socket is untouched */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Ends all subscriptions. */
  close(): Promise<void>;
}

/**
 * Serves the GraphQL APIs of a mock: the first at `/graphql`, each at `/graphql/NAME` after its file; at `…/stream` the single
 * connection mode of the GraphQL over SSE protocol. Schemas are built when they are first asked for.
 */
export async function graphqlHandler(context: Context): Promise<GraphqlHandler> {
  const mounts = mountsOf(context);
  return {
    handle(request, response) {
      const mount = mountOf(request, mounts);
      if (!mount) return false;
      const { serving } = mount.api;
      if (serving) return serving.handle(request, response, mount.isStream).then(() => true);
      return start(mount.api, context).then(async (started) => {
        await started.handle(request, response, mount.isStream);
        return true;
      });
    },
    upgrade(request, socket, head) {
      const mount = mountOf(request, mounts);
      if (!mount || mount.isStream) return false;
      // Whatever happens to the socket before anybody listens to it.
      socket.on('error', () => socket.destroy());
      start(mount.api, context).then(
        (serving) => serving.upgrade(request, socket, head),
        (error: unknown) => {
          context.log(`This is a bug, please report it: ${error instanceof Error ? error.stack : String(error)}`);
          socket.destroy();
        },
      );
      return true;
    },
    async close() {
      const started = new Set([...mounts.values()].map(({ api }) => api));
      await Promise.all([...started].map(async ({ starting }) => (await starting)?.close()));
    },
  };
}

/** Where the GraphQL APIs of a mock are served, in their order: `/graphql`, `/graphql/orders`. */
export function graphqlPaths(
  context: Pick<Context, 'apis'>,
): { readonly api: GraphQl; readonly paths: readonly string[] }[] {
  const taken = new Set<string>(['stream']);
  return context.apis
    .filter((api) => api instanceof GraphQl)
    .map((api, index) => {
      const name = freeName(nameOf(api), taken);
      return { api, paths: [...(index === 0 ? ['/graphql'] : []), `/graphql/${name}`] };
    });
}

/** An API that is served, once somebody asked for it. */
interface Served {
  readonly api: GraphQl;
  starting: Promise<Serving> | undefined;
  serving: Serving | undefined;
}

interface Mount {
  readonly api: Served;
  readonly isStream: boolean;
}

function mountsOf(context: Context): ReadonlyMap<string, Mount> {
  const mounts = new Map<string, Mount>();
  for (const { api, paths } of graphqlPaths(context)) {
    const served: Served = { api, starting: undefined, serving: undefined };
    for (const path of paths) {
      mounts.set(path, { api: served, isStream: false });
      mounts.set(`${path}/stream`, { api: served, isStream: true });
    }
  }
  return mounts;
}

function mountOf({ url = '/' }: IncomingMessage, mounts: ReadonlyMap<string, Mount>): Mount | undefined {
  const end = url.indexOf('?');
  const path = end < 0 ? url : url.slice(0, end);
  return mounts.get(path) ?? (path.endsWith('/') ? mounts.get(path.slice(0, -1)) : undefined);
}

/** Loads what executes GraphQL, and builds the schema. */
function start(served: Served, context: Context): Promise<Serving> {
  served.starting ??= import('./serving.ts').then(({ Serving }) => {
    served.serving = new Serving(context, served.api);
    return served.serving;
  });
  return served.starting;
}

/** What an API is called in addresses: as its first file, without folders and ending. */
function nameOf({ sources }: GraphQl): string {
  const file = sources[0]?.path.split('/').at(-1) ?? '';
  return file.replace(/\.(?:graphqls?|gql|json)$/, '').replace(/[^\w.-]+/g, '-') || 'api';
}

function freeName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let count = 2; taken.has(name); count++) name = `${wanted}-${count}`;
  taken.add(name);
  return name;
}
