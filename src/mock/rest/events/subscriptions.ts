import { isObject } from '../../../languages/openapi/json.ts';
import type { Context } from '../../context.ts';
import type { Answer, Exchange } from '../exchange.ts';
import { LatestMap } from '../idp-memory.ts';
import { bodyValue } from './answer-values.ts';

/** Somebody who wants to be told. */
export interface Subscription {
  readonly url: string;
  /** The names of events, with `*` for any text; null: all. */
  readonly events: readonly string[] | null;
  readonly secret: string | null;
}

/**
 * Who has asked to be told of events: whoever POSTs `{ url, events }` to a path such as `/webhooks`, until a DELETE of what that made;
 * PUT and PATCH change it. Only what callers have sent themselves counts, not what records are made up with.
 */
export class Subscriptions {
  readonly #known = new LatestMap<string, Subscription>(1000);

  get all(): readonly Subscription[] {
    return this.#known.values();
  }

  /** Takes note of what a request has achieved. */
  note(exchange: Exchange, answer: Answer): void {
    const { route, method, path } = exchange;
    if (!route || answer.status >= 300 || !subscribing.test(withoutLastParameter(route.template))) return;
    if (method === 'DELETE') {
      this.#known.take(path);
      return;
    }
    if (method !== 'POST' && method !== 'PUT' && method !== 'PATCH') return;
    const name = method === 'POST' ? placeOf(exchange, answer) : path;
    const before = method === 'PATCH' ? this.#known.get(name) : undefined;
    const subscription = subscriptionIn(exchange.body, before);
    if (subscription) this.#known.set(name, subscription);
  }
}

const known = new WeakMap<Context['settings'], Subscriptions>();

/** The subscriptions to a mock. They outlive a change of the documents, as the settings do. */
export function subscriptionsOf({ settings }: Context): Subscriptions {
  let subscriptions = known.get(settings);
  if (!subscriptions) {
    subscriptions = new Subscriptions();
    known.set(settings, subscriptions);
  }
  return subscriptions;
}

const subscribing = /\/[^/{}]*(?:webhook|hook|subscription|listener|callback|endpoint)s?\/?$/i;

function withoutLastParameter(template: string): string {
  return template.replace(/\/\{[^{}/]*\}\/?$/, '');
}

/** The path of what a POST has made. */
function placeOf({ path }: Exchange, answer: Answer): string {
  const { location } = answer.headers;
  if (typeof location === 'string') {
    try {
      return new URL(location, 'http://localhost').pathname;
    } catch {
      // Below.
    }
  }
  const value = bodyValue(answer);
  const id = isObject(value) ? (value['id'] ?? value['uuid'] ?? value['uid']) : undefined;
  return `${path.replace(/\/$/, '')}/${typeof id === 'string' || typeof id === 'number' ? encodeURIComponent(id) : ''}`;
}

const urlNames = [
  'url',
  'callback_url',
  'callbackUrl',
  'target_url',
  'targetUrl',
  'webhook_url',
  'webhookUrl',
  'endpoint',
  'uri',
  'address',
];
const eventNames = [
  'events',
  'event_types',
  'eventTypes',
  'topics',
  'enabled_events',
  'enabledEvents',
  'types',
  'event',
  'topic',
];
const secretNames = ['secret', 'signing_secret', 'signingSecret'];

function subscriptionIn(body: unknown, before: Subscription | undefined): Subscription | null {
  if (!isObject(body)) return null;
  const inner = ['config', 'data', 'webhook', 'subscription', 'hook'].map((name) => body[name]).filter(isObject);
  const first = <T>(names: readonly string[], read: (value: unknown) => T | undefined): T | undefined => {
    for (const holder of [body, ...inner]) {
      for (const name of names) {
        const value = read(holder[name]);
        if (value !== undefined) return value;
      }
    }
    return undefined;
  };
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  const texts = (value: unknown) => {
    if (typeof value === 'string') return [value];
    return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : undefined;
  };
  const url = first(urlNames, text) ?? before?.url;
  if (url === undefined) return null;
  const events = first(eventNames, texts) ?? before?.events ?? null;
  return { url, events, secret: first(secretNames, text) ?? before?.secret ?? null };
}

/** Whether a subscription is for an event: by its name, however it is written, with `*` for any text. */
export function wants({ events }: Subscription, event: string): boolean {
  if (!events || events.length === 0) return true;
  const plain = (name: string) => name.toLowerCase().replace(/[^a-z0-9*]+/g, '');
  const name = plain(event);
  return events.some((wanted) => {
    const [start = '', ...rest] = plain(wanted).split('*');
    if (rest.length === 0) return start === name;
    const end = rest.at(-1)!;
    return name.length >= start.length + end.length && name.startsWith(start) && name.endsWith(end);
  });
}
