import { entriesOf, isObject, type JsonObject } from '../../../languages/openapi/json.ts';
import { type Operation, outgoing } from '../../../languages/openapi/select.ts';
import type { Context } from '../../context.ts';
import type { Change } from '../../store/store.ts';
import { digestOf } from '../credentials.ts';
import type { Answer, Exchange, Route, Stage } from '../exchange.ts';
import { perRoute } from '../per-route.ts';
import { bodyValue } from './answer-values.ts';
import { closeDeliveries, type Deliveries, deliveriesOf } from './deliveries.ts';
import { eventBody, eventHeaders, type Happening } from './event-bodies.ts';
import { filledIn } from './expressions.ts';
import { type Subscription, type Subscriptions, subscriptionsOf, wants } from './subscriptions.ts';
import { usualName, type Webhook, webhooksFor, webhooksOf } from './webhooks.ts';

/**
 * Tells others what happens, as the documents announce it. Only those are called whose URLs came with a request or a flag.
 *
 * - Callbacks (OpenAPI 3.0 and later) of an operation are sent when it has succeeded, to where their expressions lead.
 * - Webhooks (OpenAPI 3.1 and later) are sent when a record changes, by whatever protocol, to those who subscribed
 *   (`POST /webhooks { url, events }`) and to `settings.webhookUrl`. Documents without webhooks tell of every change.
 *
 * It stands right before the stage that does things, so that answers that are only repeated tell nobody again.
 */
export function eventsStage(context: Context): Stage {
  const subscriptions = subscriptionsOf(context);
  const callbacks = perRoute(callbacksOf);
  let webhooks: readonly Webhook[] | null = null;

  function tell(change: Change): void {
    const receivers = receiversOf(context, subscriptions);
    if (receivers.length === 0) return;
    webhooks ??= webhooksOf(context);
    const found = webhooksFor(change, webhooks);
    const events = webhooks.length > 0 ? found : [{ api: null, operation: null, event: usualName(change) }];
    for (const { api, operation, event } of events) {
      const happening = happeningOf(change, event, context);
      const { mediaType, text } = eventBody(api, operation, happening);
      const headers = api && operation ? eventHeaders(api, operation, happening) : {};
      const method = operation?.method.toUpperCase() ?? 'POST';
      for (const { url, secret } of receivers.filter((one) => wants(one, event))) {
        deliveriesOf(context).send({ url, method, event, mediaType, body: text, headers, secret });
      }
    }
  }

  // Whoever waits for webhooks has to know their secret before the first one comes.
  if (context.settings.webhookUrl !== null) deliveriesOf(context);

  // Listeners are called in the middle of a write: what is sent waits until it is done.
  const unsubscribe = context.store.subscribe((change) => setImmediate(() => guarded(context, () => tell(change))));
  return {
    name: 'events',
    after(exchange, answer) {
      const { route } = exchange;
      if (!route || answer.status < 200 || answer.status > 299) return answer;
      subscriptions.note(exchange, answer);
      const called = callbacks(route);
      if (called.length > 0) {
        const send = () => guarded(context, () => callBack(exchange, answer, called, deliveriesOf(context)));
        exchange.response.once('close', send);
      }
      return answer;
    },
    close() {
      unsubscribe();
      closeDeliveries(context);
    },
  };
}

/** What goes wrong while others are told is not the caller's problem. */
function guarded(context: Context, work: () => void): void {
  try {
    work();
  } catch (error) {
    context.log(`An event could not be told: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function receiversOf({ settings }: Context, subscriptions: Subscriptions): readonly Subscription[] {
  const { webhookUrl } = settings;
  return webhookUrl === null
    ? subscriptions.all
    : [...subscriptions.all, { url: webhookUrl, events: null, secret: null }];
}

function happeningOf({ resource, item }: Change, event: string, { settings, now }: Context): Happening {
  const id = `evt_${digestOf([event, resource.name, ...item.scope, item.id, item.version].join('\u0000')).slice(0, 16)}`;
  return {
    ...{ event, at: now(), id, thing: resource.name, thingId: item.id },
    ...{ record: item.value, seed: settings.seed },
  };
}

/** A callback of an operation: where it goes, and what it is. */
interface Callback {
  readonly name: string;
  readonly expression: string;
  readonly operation: Operation;
}

/** The callbacks of an operation, in the document's order. */
function callbacksOf({ api, operation }: Route): readonly Callback[] {
  const holder = operation.value['callbacks'];
  if (!isObject(holder)) return [];
  const known = new Map(outgoing(api).map((one) => [one.value, one]));
  return entriesOf(holder).flatMap(([name, value]) => {
    const callback = api.resolve({ value, at: operation.at.child('callbacks').child(name) });
    if (!callback) return [];
    return entriesOf(callback.value).flatMap(([expression, item]) => {
      const path = api.resolve({ value: item, at: callback.at.child(expression) });
      return entriesOf(path?.value).flatMap(([, one]) => {
        const found = isObject(one) ? known.get(one) : undefined;
        return found ? [{ name, expression, operation: found }] : [];
      });
    });
  });
}

function callBack(exchange: Exchange, answer: Answer, callbacks: readonly Callback[], deliveries: Deliveries): void {
  const { route, request, context } = exchange;
  const value = bodyValue(answer);
  const told = {
    ...{ url: exchange.base + (request.url ?? ''), method: exchange.method, statusCode: answer.status },
    ...{ path: exchange.pathParameters, query: exchange.query, headers: request.headers, body: exchange.body },
    ...{ responseHeaders: answer.headers, responseBody: value },
  };
  for (const { name, expression, operation } of callbacks) {
    const url = filledIn(expression, told);
    // An expression that leads nowhere: the caller did not ask to be called.
    if (url === null) continue;
    const record: JsonObject = { ...(isObject(exchange.body) ? exchange.body : {}), ...(isObject(value) ? value : {}) };
    const role = context.roles.rest.get(route!.operation);
    const id = record[role?.resource.home.idField ?? 'id'];
    const happening: Happening = {
      ...{ event: name, at: context.now(), id: `evt_${digestOf(`${exchange.id} ${name} ${expression}`).slice(0, 16)}` },
      ...{ thing: role?.resource.name ?? null, thingId: id === undefined || isObject(id) ? null : String(id) },
      ...{ record, seed: context.settings.seed },
    };
    const { mediaType, text } = eventBody(route!.api, operation, happening);
    const headers = eventHeaders(route!.api, operation, happening);
    const method = operation.method.toUpperCase();
    deliveries.send({ url, method, event: name, mediaType, body: text, headers, secret: null });
  }
}
