import { get, isObject } from '../../../languages/openapi/json.ts';
import { type MediaType, propertiesOf, successesOf } from '../../../languages/openapi/select.ts';
import type { Context } from '../../context.ts';
import { Random } from '../../random.ts';
import type { RestRole } from '../../resources/roles.ts';
import { sampleSchema } from '../../sample/sample.ts';
import type { Change, Item } from '../../store/store.ts';
import { presenter } from '../behavior/present.ts';
import { examplesOf } from '../examples.ts';
import type { Answer, Exchange, Route, Stage } from '../exchange.ts';
import { perRoute } from '../per-route.ts';
import { usualName } from './webhooks.ts';

/**
 * Streams events (`text/event-stream`, WHATWG HTML, section 9.2) where an operation declares it: to who accepts it, who asks for it by
 * `"stream": true` in the body, or where nothing else is declared.
 *
 * - Operations that watch a resource send each change as it happens, `event: order.created`, from `Last-Event-ID` on where the caller has
 *   one, until the caller goes; with `settings.tick`, also an event by the clock.
 * - All others send their example, or a few events made up by the schema, and end. `[DONE]` comes last where an answer to `"stream": true` ends.
 */
export function streamsStage(context: Context): Stage {
  const streamOf = perRoute(declaredStream);
  const changes = new Changes(context);
  const ending = new AbortController();
  return {
    name: 'streams',
    before(exchange) {
      const { route } = exchange;
      const declared = route && streamOf(route);
      if (!declared || context.settings.compat === 'prism' || !isWanted(exchange, declared)) return undefined;
      if (exchange.wishes.code !== undefined || exchange.wishes.example !== undefined) return undefined;
      const role = context.roles.rest.get(route.operation);
      const watched = role && (role.kind === 'watch' || role.kind === 'list' || role.kind === 'get') ? role : null;
      return {
        status: declared.status,
        // A connection that streamed is not used again: when the mock stops, it need not wait for it.
        headers: { 'cache-control': 'no-store', 'x-accel-buffering': 'no', connection: 'close' },
        body: {
          mediaType: 'text/event-stream',
          stream: (out, signal) => {
            const either = AbortSignal.any([signal, ending.signal]);
            return watched
              ? follow(exchange, declared.media, watched, changes, out, either)
              : recite(exchange, declared.media, out);
          },
        },
      };
    },
    close() {
      ending.abort();
      changes.close();
    },
  };
}

interface Declared {
  readonly status: number;
  readonly media: MediaType;
  /** Whether the operation answers with nothing else. */
  readonly isOnly: boolean;
}

function declaredStream({ api, operation }: Route): Declared | null {
  for (const response of successesOf(api, operation)) {
    const media = response.media.find(({ name }) => /^text\/event-stream\b/i.test(name));
    if (!media) continue;
    const status = /^\d{3}$/.test(response.code) ? Number(response.code) : 200;
    return { status, media, isOnly: response.media.length === 1 };
  }
  return null;
}

function isWanted({ request, body }: Exchange, { isOnly }: Declared): boolean {
  if (isOnly || get(body, 'stream') === true) return true;
  return /\btext\/event-stream\b/i.test(request.headers.accept ?? '');
}

/** The latest changes, for who comes back; and who wants to hear of the next. */
class Changes {
  readonly #latest: { readonly id: number; readonly change: Change }[] = [];
  readonly #listeners = new Set<(id: number, change: Change) => void>();
  readonly #unsubscribe: () => void;
  #count = 0;

  constructor(context: Context) {
    this.#unsubscribe = context.store.subscribe((change) => {
      const id = ++this.#count;
      this.#latest.push({ id, change });
      if (this.#latest.length > 1000) this.#latest.shift();
      for (const listener of this.#listeners) listener(id, change);
    });
  }

  /** Calls back for what came after `last`, then for what comes. @returns what ends it */
  follow(last: number, listener: (id: number, change: Change) => void): () => void {
    for (const { id, change } of this.#latest) if (id > last) listener(id, change);
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get count(): number {
    return this.#count;
  }

  close(): void {
    this.#unsubscribe();
    this.#listeners.clear();
  }
}

/** Milliseconds between comments that keep proxies from closing a stream. */
const keepAlive = 15_000;
/** Bytes that a slow reader may be behind before its stream is broken off. */
const mostBehind = 1_000_000;

function follow(
  exchange: Exchange,
  media: MediaType,
  role: RestRole,
  changes: Changes,
  out: Exchange['response'],
  signal: AbortSignal,
): Promise<void> {
  const { context, route, request } = exchange;
  const { settings, store } = context;
  const show = shower(context, route!, media, role);
  const isMeant = meant(exchange, role);
  const last = Number(request.headers['last-event-id'] ?? Number.NaN);
  const random = new Random('tick', settings.seed);
  return new Promise((resolve) => {
    const write = (text: string) => {
      out.write(text);
      if (out.writableLength > mostBehind) out.destroy();
    };
    const end = () => {
      stop();
      clearInterval(comments);
      clearInterval(ticks);
      resolve();
    };
    write(': connected\n\n');
    const stop = changes.follow(Number.isSafeInteger(last) ? last : changes.count, (id, change) => {
      if (change.resource === role.resource && isMeant(change.item)) {
        write(eventText(show(usualName(change), change.item), String(id)));
      }
    });
    const comments = setInterval(() => write(': still here\n\n'), keepAlive);
    const ticks =
      settings.tick === null
        ? undefined
        : setInterval(() => {
            const { items } = store.page(role.resource, { where: isMeant }, { limit: 100 });
            const item = random.pick(items);
            const event = `${role.resource.name.replaceAll(' ', '_')}.updated`;
            if (item) write(eventText(show(event, item), null));
          }, settings.tick);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}

/** Which records a stream is about: one, those of a parent, or all. */
function meant({ pathParameters }: Exchange, role: RestRole): (item: Item) => boolean {
  const { idParameter, scopeParameters } = role;
  const id = idParameter === null ? undefined : pathParameters[idParameter];
  const scope = scopeParameters.map((name) => pathParameters[name]);
  return (item) => (id === undefined || item.id === id) && scope.every((part, i) => part === item.scope[i]);
}

/** One event, before it is written. */
interface Event {
  readonly event: string | null;
  readonly data: unknown;
}

/** How a record is told of: as the data of an event, or as the declared event object of OpenAPI 3.2 (`itemSchema`) that has `data`. */
function shower(
  context: Context,
  { api }: Route,
  media: MediaType,
  role: RestRole,
): (event: string, item: Item) => Event {
  const schema = media.schema;
  const properties = schema ? propertiesOf(api, api.resolve(schema) ?? schema) : new Map();
  const described = properties.get('data');
  const present = presenter(
    context,
    api,
    role.resource,
    properties.size === 0 ? null : ((described ?? schema) as never),
  );
  return (event, item) => {
    const value = present(item);
    const data = isObject(value) && Object.keys(value).length > 0 ? value : item.value;
    return { event, data };
  };
}

/** How many events are made up where the document shows none. */
const madeUp = 3;

/** Sends what the document shows: the text of its example, an example for each event, or events made up by the schema. */
async function recite(exchange: Exchange, media: MediaType, out: Exchange['response']): Promise<void> {
  const { route, body, context } = exchange;
  const [shown] = examplesOf(route!, media);
  if (shown && typeof shown.value === 'string' && /^(?:data|event|id|retry|):/m.test(shown.value)) {
    out.write(shown.value.endsWith('\n\n') ? shown.value : `${shown.value.trimEnd()}\n\n`);
    return;
  }
  const events = shown ? [shown.value].flat() : sampled(route!, media, context.settings.seed);
  for (const [i, event] of events.entries()) out.write(eventText(asEvent(event), String(i + 1)));
  if (get(body, 'stream') === true) out.write('data: [DONE]\n\n');
}

function sampled({ api, operation }: Route, { schema }: MediaType, seed: number): unknown[] {
  if (!schema) return [];
  return Array.from({ length: madeUp }, (_, i) => {
    const random = new Random('stream', operation.name, seed, i);
    return sampleSchema(schema, { api, direction: 'response', random, examples: true, called: ['event'] });
  });
}

/** An object with `data` and what else events have is an event, all else the data of one. */
function asEvent(value: unknown): Event {
  if (!isObject(value) || !Object.hasOwn(value, 'data')) return { event: null, data: value };
  const isEvent = Object.keys(value).every((name) => /^(?:data|event|id|retry)$/.test(name));
  if (!isEvent) return { event: null, data: value };
  return { event: typeof value['event'] === 'string' ? value['event'] : null, data: value['data'] };
}

/** An event as it is sent; data of several lines stays so. */
function eventText({ event, data }: Event, id: string | null): string {
  const text = typeof data === 'string' ? data : JSON.stringify(data ?? null);
  const lines = text.split(/\r\n|\r|\n/).map((line) => `data: ${line}\n`);
  const name = event === null ? '' : `event: ${event.replace(/[\r\n]+/g, ' ')}\n`;
  return `${id === null ? '' : `id: ${id}\n`}${name}${lines.join('')}\n`;
}

/**
 * Holds lists that are empty until there is something in them (long polling), as long as the request asks for: `Prefer: wait=30`
 * (RFC 7240, section 4.3), or a declared query parameter such as `timeout` or `wait`, in seconds. A minute at most.
 * @param again does what the request asks for once more
 */
export function pollingStage(context: Context, again: Stage): Stage {
  const ends = new Set<() => void>();
  return {
    name: 'polling',
    after(exchange, answer) {
      const seconds = exchange.method === 'GET' && answer.status === 200 ? patienceOf(exchange) : 0;
      const role = exchange.route && context.roles.rest.get(exchange.route.operation);
      if (!(seconds > 0) || role?.kind !== 'list' || !isEmpty(answer, role)) return answer;
      return new Promise<Answer>((resolve, reject) => {
        const end = (last: Answer) => {
          clearTimeout(timer);
          unsubscribe();
          ends.delete(giveUp);
          exchange.response.off('close', giveUp);
          resolve(last);
        };
        const giveUp = () => end(answer);
        const timer = setTimeout(giveUp, seconds * 1000);
        const unsubscribe = context.store.subscribe(({ resource }) => {
          if (resource !== role.resource) return;
          // Behind the write that has caused it.
          setImmediate(async () => {
            try {
              const next = await again.before?.(exchange);
              if (next && !isEmpty(next, role)) end(next);
            } catch (error) {
              giveUp();
              reject(error);
            }
          });
        });
        exchange.response.once('close', giveUp);
        ends.add(giveUp);
      });
    },
    close() {
      for (const end of [...ends]) end();
    },
  };
}

const longestPoll = 60;

/** Seconds that a request wants to wait. */
function patienceOf({ wishes, parameters }: Exchange): number {
  const asked = ['timeout', 'wait', 'timeout_seconds', 'timeoutSeconds', 'wait_seconds', 'waitSeconds', 'poll_timeout']
    .map((name) => parameters.query[name])
    .find((value) => typeof value === 'number');
  return Math.min(wishes.wait ?? (asked as number | undefined) ?? 0, longestPoll);
}

function isEmpty({ body }: Answer, role: RestRole): boolean {
  if (!body || !('value' in body)) return false;
  const list = Array.isArray(body.value) ? body.value : role.inside.reduce<unknown>(get, body.value);
  return Array.isArray(list) && list.length === 0;
}
