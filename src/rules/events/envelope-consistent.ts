import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { At } from '../../languages/openapi/references.ts';
import {
  bodyOf,
  effectiveTypes,
  isJson,
  keyword,
  type Operation,
  outgoing,
  type Property,
  propertiesOf,
} from '../../languages/openapi/select.ts';
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
        const events = outgoing(api).flatMap((operation) => eventOf(api, operation) ?? []);
        const usual = usualNames(events);
        const seen = new Set<unknown>();
        for (const { operation, schema, roles, properties } of events) {
          const missing = [...usual].filter(([, name]) => !properties.has(name));
          if (missing.length === 0 || seen.has(schema.value)) continue;
          seen.add(schema.value);
          const told = missing.map(([role, name]) => {
            const own = roles.get(role);
            return own === undefined ? `lacks \`${name}\`` : `has \`${own}\` for \`${name}\``;
          });
          yield {
            at: operation.at,
            message: `\`${operation.name}\` ${told.join(' and ')}, unlike most events of this API.`,
            help: 'Build all events on one schema with `id`, `type`, `timestamp` and `data`.',
          };
        }
      },
    },
  },
});

type Role = 'id' | 'type' | 'time' | 'data';

interface Event {
  readonly operation: Operation;
  readonly schema: At;
  readonly properties: ReadonlyMap<string, Property>;
  /** The names under which the event tells its id, type, time and data. */
  readonly roles: ReadonlyMap<Role, string>;
}

function eventOf(api: OpenApi, operation: Operation): Event | undefined {
  const body = bodyOf(api, operation)?.media.find(({ name }) => isJson(name))?.schema;
  const schema = body && api.resolve(body);
  if (!schema || !['object', undefined].includes(effectiveTypes(api, schema)[0])) return undefined;
  // What is one of several is told apart there.
  if (['oneOf', 'anyOf'].some((name) => keyword(api, schema, name) !== undefined)) return undefined;
  const properties = propertiesOf(api, schema);
  if (properties.size === 0) return undefined;
  const roles = new Map<Role, string>();
  for (const name of properties.keys()) {
    const role = roleOf(name);
    if (role && !roles.has(role)) roles.set(role, name);
  }
  return { operation, schema, properties, roles };
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
