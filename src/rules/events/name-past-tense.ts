import { eventMessages } from '../../conventions/protobuf/events.ts';
import * as graphql from '../../languages/graphql/select.ts';
import { asString, itemsOf } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { Pointer } from '../../languages/openapi/pointer.ts';
import { bodyOf, keyword, outgoing, partsOf, propertiesOf } from '../../languages/openapi/select.ts';
import { split } from '../../words/split.ts';
import { tense } from '../../words/tenses.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'events/name-past-tense',
  summary: 'names of events say what has happened',
  why: `\`order.cancel\` reads as an order to cancel, \`order.cancelled\` as news. Receivers that mistake one for the other do the thing
again, or wait for it to happen.`,
  sources: ['guide S2, Event-Driven Architecture', 'guide S0, Event-Driven Patterns'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
webhooks:
  order.created: {}
  invoice.payment_failed: {}
  invoice.upcoming: {}
  ping: {}
  orderShipped: {}
`,
      bad: `
openapi: 3.1.0
webhooks:
  order.create:
    post:
      requestBody:
        content:
          application/json:
            schema:
              properties:
                type: { enum: [order.cancel, order.shipped] }
  sendInvoice: {}
`,
      *find(api) {
        const seen = new Set<string>();
        for (const { name, at } of [...webhookNames(api), ...typesInBodies(api)]) {
          const verb = present(name);
          if (verb === undefined || seen.has(name)) continue;
          seen.add(name);
          yield {
            at,
            message: `The event \`${name}\` is named by what to do, \`${verb}\`, not by what has happened.`,
            help: 'Name it in the past tense, as `order.created`.',
          };
        }
      },
    },
    graphql: {
      good: `
type Subscription {
  messageAdded(room: ID!): Message
  weatherUpdates(city: String!): Weather
  onOrderShipped(id: ID!): Order
  liveOrders: [Order!]
}
`,
      bad: `
type Subscription {
  addMessage(room: ID!): Message
  orderCancel(id: ID!): Order
}
`,
      *find(api) {
        for (const { operation, field } of graphql.rootFields(api)) {
          const verb = operation === 'subscription' ? present(field.name) : undefined;
          if (verb === undefined) continue;
          yield {
            at: field.at,
            message: `The subscription \`${field.name}\` is named by what to do, \`${verb}\`, not by what has happened.`,
            help: 'Name it as the news that it brings, as `messageAdded`.',
          };
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";

message OrderPlacedEvent {}
message DisruptionEvent {}
message UpgradeEvent {}
message CreateEventRequest {}
`,
      bad: `
syntax = "proto3";

message CreateOrderEvent {}
message OrderCancelEvent {}
`,
      *find(api) {
        for (const { message, subject } of eventMessages(api)) {
          const verb = present(subject);
          if (verb === undefined) continue;
          yield {
            at: message.at,
            message: `The event \`${message.name}\` is named by what to do, \`${verb}\`, not by what has happened.`,
            help: 'Name it in the past tense, as `OrderCreatedEvent`.',
          };
        }
      },
    },
  },
});

interface Name {
  readonly name: string;
  readonly at: Pointer;
}

function webhookNames(api: OpenApi): Name[] {
  return api.index.paths
    .filter(({ context }) => context === 'webhook')
    .map(({ path, at }) => ({ name: path, at: at.onKey }));
}

/** The values that the type of an event can have, in the bodies of webhooks and callbacks. */
function typesInBodies(api: OpenApi): Name[] {
  return outgoing(api)
    .flatMap((operation) =>
      (bodyOf(api, operation)?.media ?? []).flatMap(({ schema }) => {
        const properties = propertiesOf(api, schema);
        const type = ['type', 'event', 'event_type', 'eventType'].flatMap((name) => properties.get(name) ?? [])[0];
        if (!type || (keyword(api, type, 'enum') === undefined && keyword(api, type, 'const') === undefined)) return [];
        return partsOf(api, type).flatMap((part) => [
          ...itemsOf(part.value['enum']).map((value, i) => ({ value, at: part.at.child('enum').child(i) })),
          { value: part.value['const'], at: part.at.child('const') },
        ]);
      }),
    )
    .flatMap(({ value, at }) => {
      const name = asString(value);
      return name === undefined || split(name).length < 2 ? [] : [{ name, at }];
    });
}

/** The verb in the present tense with which a name of at least two words begins or ends, unless it has one in the past. */
function present(name: string): string | undefined {
  const words = split(name);
  if (words.some((word) => tense(word) === 'past')) return undefined;
  return [words.at(-1), words[0]].find((word) => word !== undefined && tense(word) === 'present');
}
