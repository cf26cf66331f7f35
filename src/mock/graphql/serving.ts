import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { GraphQl } from '../../languages/graphql/graphql.ts';
import type { Context } from '../context.ts';
import { Admission } from './admission.ts';
import { Http } from './http.ts';
import { Operations } from './operations.ts';
import { Resolver } from './resolve.ts';
import { executableSchema } from './schema.ts';
import type { Sockets } from './sockets.ts';
import { Feed } from './subscriptions.ts';
import { World } from './world.ts';

/** One GraphQL API, ready to be asked: its schema built, its transports as far as somebody came by them. */
export class Serving {
  readonly #context: Context;
  readonly #feed: Feed;
  readonly #operations: Operations;
  readonly #admission: Admission;
  readonly #http: Http;
  #sockets: Promise<Sockets> | undefined;

  constructor(context: Context, api: GraphQl) {
    const world = new World(context, api, executableSchema(api, context.log));
    const resolver = new Resolver(world);
    this.#context = context;
    this.#feed = new Feed(world, resolver);
    this.#operations = new Operations(world, resolver, this.#feed);
    this.#admission = new Admission(context, world.guards !== null);
    this.#http = new Http(context, this.#operations, this.#admission);
  }

  /** How many subscriptions are open. */
  get subscriptions(): number {
    return this.#feed.size;
  }

  /** @param isStream whether it came to the address of the single connection mode */
  async handle(request: IncomingMessage, response: ServerResponse, isStream: boolean): Promise<void> {
    await this.#http.handle(request, response, isStream);
  }

  async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    this.#sockets ??= import('./sockets.ts').then(
      ({ Sockets }) => new Sockets(this.#context, this.#operations, this.#admission),
    );
    (await this.#sockets).upgrade(request, socket, head);
  }

  async close(): Promise<void> {
    this.#feed.close();
    this.#admission.close();
    this.#http.close();
    (await this.#sockets)?.close();
  }
}
