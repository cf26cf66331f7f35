import { type GraphQLFieldResolver, getNamedType, isAbstractType, isObjectType } from 'graphql/index.js';
import { split } from '../../words/split.ts';
import type { Resource } from '../resources/resource.ts';
import type { Role } from '../resources/roles.ts';
import { fieldsOf } from '../rest/behavior/fields.ts';
import type { Change, Item } from '../store/store.ts';
import type { Entrant } from './admission.ts';
import { idAmong } from './ids.ts';
import { Payloads } from './payloads.ts';
import type { Resolver } from './resolve.ts';
import { type Call, Known } from './things.ts';
import type { World } from './world.ts';

/** The most events that wait for a subscriber; of more, the oldest are lost. */
const mostWaiting = 1_000;

/** What subscriptions send: the changes of the store that they are about, and where a tick is set something now and then. */
export class Feed {
  readonly #world: World;
  readonly #resolver: Resolver;
  readonly #payloads: Payloads;
  readonly #open = new Set<Events>();

  constructor(world: World, resolver: Resolver) {
    this.#world = world;
    this.#resolver = resolver;
    this.#payloads = new Payloads(world, resolver);
  }

  /** How many subscriptions there are. */
  get size(): number {
    return this.#open.size;
  }

  /** For graphql-js, of the fields of the subscription root. */
  readonly subscribe: GraphQLFieldResolver<unknown, Entrant> = (_, args, { caller }, { parentType, fieldName }) => {
    const field = parentType.getFields()[fieldName]!;
    this.#world.guards?.check(parentType.name, field, caller);
    return this.#follow({
      field,
      args: args as Readonly<Record<string, unknown>>,
      parent: parentType.name,
      given: () => new Set(),
    });
  };

  /** Ends all. */
  close(): void {
    for (const events of this.#open) void events.return();
  }

  #follow(call: Call): AsyncIterableIterator<unknown> {
    const { context } = this.#world;
    const role = context.roles.graphql.get(`${call.parent}.${call.field.name}`);
    const about = aboutOf(call, role, this.#world);
    const isMeant = this.#selection(call, about);
    const events = new Events();
    this.#open.add(events);
    const stop = context.store.subscribe((change) => {
      if (isMeant(change)) events.push(this.#event(call, change, about));
    });
    const ticks = this.#ticks(call, about, events);
    events.onEnd(() => {
      stop();
      clearInterval(ticks);
      this.#open.delete(events);
    });
    return events;
  }

  /** Which changes a subscription is about, by its name and its arguments. */
  #selection(call: Call, about: About): (change: Change) => boolean {
    const id = about.resources.size === 1 ? idAmong(call, [...about.resources][0]!) : undefined;
    const [resource] = about.resources;
    const typeName = resource && this.#world.typesOf(resource)[0];
    const { where } = resource && typeName && !id ? this.#resolver.criteria(call.args, resource, typeName) : {};
    return (change) =>
      about.resources.has(change.resource) &&
      about.happens(change) &&
      (id === undefined || change.item.id === String(id.value)) &&
      (where?.(change.item) ?? true);
  }

  /** The root value with which the selection is executed. */
  #event(call: Call, { resource, item, kind }: Change, { role }: About): Known {
    const own: Role = { kind: 'watch', action: role?.action ?? null, resource };
    const value = this.#payloads.of(call, own, { items: [item], problems: [], change: kind }, call.args);
    return Known.of(call.field.name, { [call.field.name]: value });
  }

  #ticks(call: Call, about: About, events: Events): NodeJS.Timeout | undefined {
    const { settings, store } = this.#world.context;
    if (settings.tick === null) return undefined;
    let count = 0;
    const isMeant = this.#selection(call, { ...about, happens: () => true });
    const [resource] = about.resources;
    const timer = setInterval(() => {
      const number = count++;
      if (!resource) {
        const seed = `${call.parent}.${call.field.name}#${number}`;
        const value = this.#resolver.invent(call.field.type, seed, [call.parent, call.field.name]);
        events.push(Known.of(seed, { [call.field.name]: value }));
        return;
      }
      const item = meantItem(store.page(resource, {}, { limit: 1000 }).items, number, (one) =>
        isMeant({ kind: 'updated', resource, item: one, before: null, action: null }),
      );
      if (item) events.push(this.#event(call, { kind: about.kind, resource, item, before: null, action: null }, about));
    }, settings.tick);
    timer.unref();
    return timer;
  }
}

function meantItem(items: readonly Item[], number: number, isMeant: (item: Item) => boolean): Item | undefined {
  const meant = items.filter(isMeant);
  return meant[number % Math.max(1, meant.length)];
}

/** What a subscription is about. */
interface About {
  readonly role: Role | undefined;
  readonly resources: ReadonlySet<Resource>;
  readonly happens: (change: Change) => boolean;
  /** What a tick says has happened. */
  readonly kind: Change['kind'];
}

function aboutOf(call: Call, role: Role | undefined, world: World): About {
  const resources = role ? new Set([role.resource]) : resourcesIn(call, world);
  const words = split(call.field.name).filter((word) => !role?.resource.name.split(' ').includes(word));
  const said = new Set([...words, ...split(role?.action ?? '')]);
  // `orderChanged` and `orderEvents` tell of everything.
  const isAny = words.some((word) => /^(?:chang(?:e[ds]?|ing)|events?|activity|feed|stream)$/.test(word));
  const kinds = (['created', 'updated', 'deleted'] as const).filter(
    (kind) => !isAny && kindWords[kind].some((word) => said.has(word)),
  );
  const verbs = words.filter(
    (word) => /(?:ed|ied)$/.test(word) && !kinds.some((kind) => kindWords[kind].includes(word)),
  );
  return {
    role,
    resources,
    kind: kinds[0] ?? 'updated',
    happens: ({ kind, action, resource, item, before }) => {
      // `orderCancelled` tells of what the action `cancel` did.
      if (!isAny && kinds.length === 0 && verbs.length > 0)
        return kind === 'updated' && (isDoneBy(verbs, action) || verbs.includes(enteredState(resource, item, before)));
      return kinds.length === 0 || kinds.includes(kind);
    },
  };
}

const kindWords: Readonly<Record<Change['kind'], readonly string[]>> = {
  created: ['created', 'added', 'new', 'placed', 'inserted', 'posted', 'create', 'published', 'received'],
  updated: ['updated', 'modified', 'edited', 'update', 'status'],
  deleted: ['deleted', 'removed', 'destroyed', 'delete'],
};

/** The last word of the state that a record has got into; empty where it was in it before. */
function enteredState(resource: Resource, { value }: Item, before: Item | null): string {
  const { state } = fieldsOf(resource);
  if (!state || before?.value[state.name] === value[state.name]) return '';
  return split(String(value[state.name])).at(-1) ?? '';
}

function isDoneBy(verbs: readonly string[], action: string | null): boolean {
  const stem = action?.split(' ')[0]?.replace(/e$/, '');
  return stem !== undefined && verbs.some((verb) => verb.startsWith(stem.replace(/y$/, '')));
}

/** The resources whose records a subscription without a role gives, directly or in its payload. */
function resourcesIn({ field }: Call, world: World): ReadonlySet<Resource> {
  const found = new Set<Resource>();
  const named = getNamedType(field.type);
  const types = isAbstractType(named) ? world.schema.getPossibleTypes(named) : isObjectType(named) ? [named] : [];
  for (const type of types) {
    const own = world.resourceOf(type.name);
    if (own) found.add(own);
    else
      for (const inner of Object.values(type.getFields())) {
        const resource = world.resourceOf(getNamedType(inner.type).name);
        if (resource) found.add(resource);
      }
  }
  return found;
}

/** Events on their way to one subscriber. */
class Events implements AsyncIterableIterator<unknown> {
  readonly #waiting: unknown[] = [];
  #reader: ((result: IteratorResult<unknown>) => void) | null = null;
  #isOver = false;
  #ended: () => void = () => {};

  onEnd(ended: () => void): void {
    this.#ended = ended;
  }

  push(event: unknown): void {
    if (this.#isOver) return;
    if (this.#reader) {
      const read = this.#reader;
      this.#reader = null;
      read({ done: false, value: event });
      return;
    }
    if (this.#waiting.length >= mostWaiting) this.#waiting.shift();
    this.#waiting.push(event);
  }

  next(): Promise<IteratorResult<unknown>> {
    if (this.#waiting.length > 0) return Promise.resolve({ done: false, value: this.#waiting.shift() });
    if (this.#isOver) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve) => {
      this.#reader = resolve;
    });
  }

  return(): Promise<IteratorResult<unknown>> {
    if (!this.#isOver) {
      this.#isOver = true;
      this.#waiting.length = 0;
      this.#ended();
      this.#reader?.({ done: true, value: undefined });
      this.#reader = null;
    }
    return Promise.resolve({ done: true, value: undefined });
  }

  throw(error: unknown): Promise<IteratorResult<unknown>> {
    void this.return();
    return Promise.reject(error);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
