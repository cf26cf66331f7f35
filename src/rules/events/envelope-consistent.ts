import { eventMessages } from '../../conventions/protobuf/events.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import {
  bodyOf,
  effectiveTypes,
  isJson,
  keyword,
  type Operation,
  outgoing,
  propertiesOf,
} from '../../languages/openapi/select.ts';
import type { Place } from '../../text/place.ts';
import type { Finding } from '../../text/problem.ts';
import { split } from '../../words/split.ts';
import { timeOf } from '../../words/times.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'events/envelope-consistent',
  summary: 'events share one envelope: id, type, time and data',
  why: `A receiver first has to find out what arrived, and whether it arrived before. It does that once for all events, if they tell it
in the same place; else it needs code for each of them before it can even pass the event on.`,
  sources: ['guide S0, Event Bus Architecture', 'guide S4, Webhook Implementation', 'CloudEvents 1.0'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
webhooks:
  order.created:
    post:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Event' } } } }
  order.shipped:
    post:
      requestBody:
        content:
          application/json:
            schema:
              allOf: [{ $ref: '#/components/schemas/Event' }]
              properties: { carrier: { type: string } }
components:
  schemas:
    Event:
      properties:
        id: { type: string }
        type: { type: string }
        timestamp: { type: string, format: date-time }
        data: { type: object }
`,
      bad: `
openapi: 3.1.0
webhooks:
  order.created:
    post:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Event' } } } }
  order.paid:
    post:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Event' } } } }
  order.shipped:
    post:
      requestBody:
        content:
          application/json:
            schema:
              properties:
                event_id: { type: string }
                type: { type: string }
                data: { type: object }
components:
  schemas:
    Event:
      properties:
        id: { type: string }
        type: { type: string }
        timestamp: { type: string, format: date-time }
        data: { type: object }
`,
      *find(api) {
        yield* unlikeMost(outgoing(api).flatMap((operation) => eventOf(api, operation) ?? []));
      },
    },
    protobuf: {
      good: `
syntax = "proto3";

message OrderPlacedEvent {
  string event_id = 1;
  google.protobuf.Timestamp occur_time = 2;
  Order data = 3;
}

message OrderShippedEvent {
  string event_id = 1;
  google.protobuf.Timestamp occur_time = 2;
  string carrier = 3;
  Order data = 4;
}

message OrderEvent {
  string event_id = 1;
  google.protobuf.Timestamp occur_time = 2;
  oneof data {
    OrderLostEvent lost = 3;
  }
}

message OrderLostEvent {
  string reason = 1;
}
`,
      bad: `
syntax = "proto3";

message OrderPlacedEvent {
  string event_id = 1;
  google.protobuf.Timestamp create_time = 2;
  Order data = 3;
}

message OrderPaidEvent {
  string event_id = 1;
  google.protobuf.Timestamp create_time = 2;
  Order data = 3;
}

message OrderShippedEvent {
  string id = 1;
  Order data = 2;
}
`,
      *find(api) {
        const byPackage = new Map<string, Event[]>();
        for (const { message, isPart } of eventMessages(api)) {
          if (isPart || message.fields.length === 0) continue;
          const names = [...message.fields, ...message.oneofs.map(({ name }) => ({ name: name.text }))];
          const found = event(
            message.name,
            message.at,
            message,
            names.map(({ name }) => name),
          );
          const known = byPackage.get(message.file.packageName);
          if (known) known.push(found);
          else byPackage.set(message.file.packageName, [found]);
        }
        for (const events of byPackage.values()) yield* unlikeMost(events);
      },
    },
  },
});

type Role = 'id' | 'type' | 'time' | 'data';

interface Event {
  readonly name: string;
  readonly at: Place;
  /** What says how the event looks: events that share it are told of once. */
  readonly definition: unknown;
  /** The names of its fields. */
  readonly fields: ReadonlySet<string>;
  /** The names under which the event tells its id, type, time and data. */
  readonly roles: ReadonlyMap<Role, string>;
}

/** The events that lack what most others tell. */
function* unlikeMost(events: readonly Event[]): Generator<Finding> {
  const usual = usualNames(events);
  const seen = new Set<unknown>();
  for (const { name: event, at, definition, roles, fields } of events) {
    const missing = [...usual].filter(([, name]) => !fields.has(name));
    if (missing.length === 0 || seen.has(definition)) continue;
    seen.add(definition);
    const told = missing.map(([role, name]) => {
      const own = roles.get(role);
      return own === undefined ? `lacks \`${name}\`` : `has \`${own}\` for \`${name}\``;
    });
    yield {
      at,
      message: `\`${event}\` ${told.join(' and ')}, unlike most events of this API.`,
      help: 'Build all events on one schema with `id`, `type`, `timestamp` and `data`.',
    };
  }
}

function eventOf(api: OpenApi, operation: Operation): Event | undefined {
  const body = bodyOf(api, operation)?.media.find(({ name }) => isJson(name))?.schema;
  const schema = body && api.resolve(body);
  if (!schema || !['object', undefined].includes(effectiveTypes(api, schema)[0])) return undefined;
  // What is one of several is told apart there.
  if (['oneOf', 'anyOf'].some((name) => keyword(api, schema, name) !== undefined)) return undefined;
  const properties = propertiesOf(api, schema);
  if (properties.size === 0) return undefined;
  return event(operation.name, operation.at, schema.value, properties.keys());
}

function event(name: string, at: Place, definition: unknown, names: Iterable<string>): Event {
  const fields = new Set(names);
  const roles = new Map<Role, string>();
  for (const field of fields) {
    const role = roleOf(field);
    if (role && !roles.has(role)) roles.set(role, field);
  }
  return { name, at, definition, fields, roles };
}

const names: Readonly<Record<string, Role>> = {
  id: 'id',
  'event id': 'id',
  'message id': 'id',
  'notification id': 'id',
  'webhook id': 'id',
  type: 'type',
  event: 'type',
  'event type': 'type',
  'event name': 'type',
  topic: 'type',
  data: 'data',
  payload: 'data',
};

function roleOf(name: string): Role | undefined {
  const words = split(name);
  const known = Object.hasOwn(names, words.join(' ')) ? names[words.join(' ')] : undefined;
  return known ?? (timeOf(words) === 'date-time' && words.length <= 2 ? 'time' : undefined);
}

/**
 * The names that more than half of the events use, by role. One event has nothing to agree with, and one name in common
 * is no envelope: that of a thing has an `id`, too.
 */
function usualNames(events: readonly Event[]): ReadonlyMap<Role, string> {
  const usual = new Map<Role, string>();
  if (events.length < 2) return usual;
  for (const role of ['id', 'type', 'time', 'data'] as const) {
    const uses = new Map<string, number>();
    for (const { roles } of events) {
      const name = roles.get(role);
      if (name !== undefined) uses.set(name, (uses.get(name) ?? 0) + 1);
    }
    for (const [name, count] of uses) if (count * 2 > events.length) usual.set(role, name);
  }
  return usual.size < 2 ? new Map() : usual;
}
