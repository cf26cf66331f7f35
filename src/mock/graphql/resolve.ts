import {
  type GraphQLAbstractType,
  type GraphQLCompositeType,
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  getNamedType,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql/index.js';
import { split } from '../../words/split.ts';
import { isObject } from '../json.ts';
import type { Resource } from '../resources/resource.ts';
import { BadCursor, Conflict, type Item, type Page, type Query } from '../store/store.ts';
import type { Entrant } from './admission.ts';
import { asPage, type Collection, collectionOf } from './collections.ts';
import { readCriteria } from './criteria.ts';
import { idAmong, idsAmong } from './ids.ts';
import { fitLeaf, madeUpLeaf } from './leaves.ts';
import { type Asked, badInput, isLimitName, largestPage, readPaging, usualPage } from './paging.ts';
import { seedOf } from './seeds.ts';
import { sliced } from './slices.ts';
import { surroundings, withoutSurroundings } from './surroundings.ts';
import { type AnyField, type Call, Known, type Listing, Recorded } from './things.ts';
import type { World } from './world.ts';
import { Writing } from './writing.ts';

/**
 * Gives every field of a schema a value: from the store where its type is that of records, else made up, and then the same
 * at every reading.
 */
export class Resolver {
  readonly #world: World;
  readonly #writing: Writing;

  constructor(world: World) {
    this.#world = world;
    this.#writing = new Writing(world, this);
  }

  /** For graphql-js, of all fields. */
  readonly resolveField: GraphQLFieldResolver<unknown, Entrant> = (source, args, entrant, info) => {
    try {
      return this.#resolve(source, args as Readonly<Record<string, unknown>>, entrant, info);
    } catch (error) {
      throw this.#explained(error, info);
    }
  };

  /** For graphql-js: which type a value of an interface or a union is. */
  readonly resolveType = (value: unknown, _: unknown, __: GraphQLResolveInfo, type: GraphQLAbstractType): string => {
    const possible = this.#world.schema.getPossibleTypes(type);
    const known = value instanceof Recorded || value instanceof Known ? value.typeName : undefined;
    if (known !== undefined && possible.some(({ name }) => name === known)) return known;
    return possible[0]?.name ?? '';
  };

  /** The value for a field that something is known of, made fit for its type. */
  present(value: unknown, type: GraphQLOutputType, seed: string, called: readonly string[]): unknown {
    if (isNonNullType(type)) return this.present(value, type.ofType, seed, called) ?? this.invent(type, seed, called);
    if (value === null || value === undefined) return null;
    if (isListType(type)) {
      const items: readonly unknown[] = Array.isArray(value) ? value : [value];
      return items.map((item, index) => this.present(item, type.ofType, `${seed}[${index}]`, called));
    }
    if (isLeafType(type)) return fitLeaf(type, value) ?? madeUpLeaf(type, called, this.#world.random(seed));
    if (value instanceof Recorded || value instanceof Known || value instanceof Error) return value;
    const resource = this.#world.resourceOf(type.name);
    const id = isObject(value) ? value['id'] : value;
    const item = resource && typeof id !== 'object' ? this.#world.context.store.get(resource, String(id)) : undefined;
    if (resource && item) return new Recorded(resource, item, type.name);
    const values = isObject(value) ? value : { id: value };
    return Known.of(seed, values, this.#objectName(type, seed, values));
  }

  /** A value for a type that nothing is known of. */
  invent(type: GraphQLOutputType, seed: string, called: readonly string[]): unknown {
    if (isNonNullType(type)) return this.invent(type.ofType, seed, called);
    if (isListType(type)) {
      const many = this.#world.random(seed).integer(2, 3);
      return Array.from({ length: many }, (_, index) => this.invent(type.ofType, `${seed}[${index}]`, called));
    }
    if (isLeafType(type)) return madeUpLeaf(type, called, this.#world.random(seed));
    const name = this.#objectName(type, seed);
    const resource = this.#world.resourceOf(name);
    const item = resource && this.#world.pick(resource, seed);
    return resource && item ? new Recorded(resource, item, name) : new Known(seed, () => undefined, name);
  }

  /** The records of a resource that a field's arguments ask for. */
  records(
    resource: Resource,
    typeName: string,
    call: Call,
    usual: number,
    owner = '',
    belongs?: (item: Item) => boolean,
  ): Listing {
    const asked = readPaging(call.args, call.given(), usual);
    const { where, sort } = this.criteria(withoutSurroundings(asked.rest), resource, typeName);
    const query: Query = {
      ...(where || belongs
        ? {
            filter: JSON.stringify([call.parent, call.field.name, owner, asked.rest]),
            where: (item) => (belongs?.(item) ?? true) && (where?.(item) ?? true),
          }
        : {}),
      ...(sort.length > 0 ? { sort } : {}),
    };
    const page = this.#world.context.store.page(resource, query, asked.request);
    const fixed = surroundings(call.args);
    return listingOf(page, asked, (item) => new Recorded(resource, item, typeName, fixed));
  }

  #resolve(
    source: unknown,
    args: Readonly<Record<string, unknown>>,
    { caller }: Entrant,
    info: GraphQLResolveInfo,
  ): unknown {
    const { parentType, fieldName, schema } = info;
    const field = parentType.getFields()[fieldName]!;
    this.#world.guards?.check(parentType.name, field, caller);
    const call: Call = { field, args, parent: parentType.name, given: () => givenIn(info) };
    if (parentType === schema.getQueryType()) return this.#query(call);
    if (parentType === schema.getMutationType()) return this.#writing.run(call, caller);
    if (source instanceof Recorded) return this.#ofRecord(source, call);
    if (!(source instanceof Known)) return this.#invented(call, parentType.name, {});
    const value = source.read(field);
    const seed = seedOf(source.seed, call);
    return value === undefined ? this.#invented(call, source.seed, {}) : this.#presented(value, call, seed);
  }

  /** A listing becomes what the field's type wraps lists in. */
  #presented(value: unknown, { field, parent }: Call, seed: string): unknown {
    return this.present(value, field.type, seed, [parent, field.name]);
  }

  #query(call: Call): unknown {
    const { field, args } = call;
    if (field.name === '_service') return Known.of('_service', { sdl: this.#sdl() });
    if (field.name === '_entities') return this.#entities(args['representations']);
    const collection = collectionOf(field.type);
    if (collection) return this.#many(call, collection, null, call.parent);
    const named = getNamedType(field.type);
    if (isLeafType(named)) return this.#invented(call, call.parent, {});
    const resource = this.#world.resourceOf(named.name);
    if (resource) return this.#one(call, resource, named.name);
    const found = isAbstractType(named) ? this.#anyById(named, args['id']) : undefined;
    return found === undefined ? this.#invented(call, call.parent, args) : found;
  }

  /** A record by its id or by what else the arguments say of it. */
  #one(call: Call, resource: Resource, typeName: string): unknown {
    const { store } = this.#world.context;
    const id = idAmong(call, resource);
    if (id) {
      const item = store.get(resource, String(id.value));
      if (item) return new Recorded(resource, item, typeName);
      if (this.#world.isFindable(resource)) return null;
      return this.#standIn(call, resource, typeName, { [id.name]: id.value, id: String(id.value) });
    }
    const { where } = this.criteria(withoutSurroundings(call.args), resource, typeName);
    if (!where) return this.#standIn(call, resource, typeName, {});
    const [item] = store.page(resource, { where }, { limit: 1 }).items;
    if (item) return new Recorded(resource, item, typeName);
    return this.#world.isFindable(resource) ? null : this.#standIn(call, resource, typeName, call.args);
  }

  /** One of the records, as the one that was asked for: where callers cannot know which there are, each that they name is there. */
  #standIn(call: Call, resource: Resource, typeName: string, fixed: Readonly<Record<string, unknown>>): unknown {
    const seed = seedOf(call.parent, call);
    const hasArguments = Object.values(call.args).some((value) => value !== null && value !== undefined);
    const item = hasArguments
      ? this.#world.pick(resource, seed)
      : this.#world.context.store.page(resource, {}, { limit: 1 }).items[0];
    if (item) return new Recorded(resource, item, typeName, fixed);
    return isNonNullType(call.field.type) ? Known.of(seed, fixed, typeName) : null;
  }

  /** What has that id among the records that can be of an interface: `node(id:)`. */
  #anyById(type: GraphQLAbstractType, id: unknown): Recorded | null | undefined {
    if (typeof id !== 'string' && typeof id !== 'number') return undefined;
    let isAnyRecord = false;
    for (const { name } of this.#world.schema.getPossibleTypes(type)) {
      const resource = this.#world.resourceOf(name);
      if (!resource) continue;
      isAnyRecord = true;
      const item = this.#world.context.store.get(resource, String(id));
      if (item) return new Recorded(resource, item, name);
    }
    return isAnyRecord ? null : undefined;
  }

  #ofRecord(record: Recorded, call: Call): unknown {
    const { field } = call;
    const seed = seedOf(record.seed, call);
    const called = [call.parent, field.name];
    const named = getNamedType(field.type);
    if (Object.hasOwn(record.fixed, field.name) && isLeafType(named))
      return this.present(record.fixed[field.name], field.type, seed, called);
    if (isLeafType(named)) {
      if (field.name === 'id') return this.present(record.item.id, field.type, seed, called);
      const value =
        field.args.length > 0 && Object.keys(call.args).length > 0 && !this.#isKept(record, field)
          ? undefined
          : this.#world.reveal(record.item, record.resource, field);
      return value === undefined
        ? this.#invented(call, record.seed, {})
        : this.present(value, field.type, seed, called);
    }
    const collection = collectionOf(field.type);
    if (collection) return this.#manyOfRecord(record, call, collection);
    const target = this.#world.resourceOf(named.name);
    if (target) {
      const item = this.#world.related(record, field, target);
      if (item) return new Recorded(target, item, named.name);
      return isNonNullType(field.type) ? new Known(seed, () => undefined, named.name) : null;
    }
    if (!isObjectType(named)) return this.#invented(call, record.seed, {});
    const value = this.#world.reveal(record.item, record.resource, field);
    return value === undefined ? this.#invented(call, record.seed, {}) : this.present(value, field.type, seed, called);
  }

  /** Whether a record's home holds a field, so that its arguments say only how it is wanted. */
  #isKept({ item }: Recorded, field: AnyField): boolean {
    return Object.hasOwn(item.value, field.name) || Object.hasOwn(item.extra, field.name);
  }

  #manyOfRecord(record: Recorded, call: Call, collection: Collection): unknown {
    const { field } = call;
    const target = this.#world.resourceOf(collection.item.name);
    if (isObjectType(collection.item)) {
      const own = record.item.extra[field.name];
      const value =
        target || collection.form === 'page' ? own : this.#world.reveal(record.item, record.resource, field);
      if (Array.isArray(value)) {
        const seed = seedOf(record.seed, call);
        return this.#wrapped(sliced(value, call, seed), call, collection, seed);
      }
    }
    return this.#many(call, collection, record, record.seed);
  }

  /** Many things: records, or some that are made up. */
  #many(call: Call, collection: Collection, owner: Recorded | null, ownerSeed: string): unknown {
    const seed = seedOf(ownerSeed, call);
    const { item } = collection;
    const resource = this.#world.resourceOf(item.name);
    if (resource) {
      const ids = idsAmong(call.args, resource);
      if (ids && !owner) return this.#byIds(ids, call, collection, (id) => this.#record(resource, item.name, id));
      const belongs = owner
        ? (this.#world.belonging(owner, resource) ?? this.#share(`${ownerSeed}.${call.field.name}`))
        : undefined;
      const listing = this.records(resource, item.name, call, usualSize(call.field, collection), ownerSeed, belongs);
      return this.#wrapped(listing, call, collection, seed);
    }
    if (isAbstractType(item)) {
      const ids = idsAmong(call.args, null);
      if (ids && !owner) return this.#byIds(ids, call, collection, (id) => this.#anyById(item, id));
    }
    return this.#wrapped(sliced(this.#someOf(item, seed), call, seed), call, collection, seed);
  }

  /** Which records an owner has where nothing tells: some, always the same. */
  #share(seed: string): (item: Item) => boolean {
    return (item) => this.#world.random('share', seed, item.id).chance(share);
  }

  #byIds(
    ids: readonly unknown[],
    call: Call,
    collection: Collection,
    find: (id: unknown) => Recorded | null | undefined,
  ): unknown {
    const inner = isNonNullType(call.field.type) ? call.field.type.ofType : call.field.type;
    const isNullable = isListType(inner) && !isNonNullType(inner.ofType);
    const found = ids.slice(0, largestPage).map((id) => find(id) ?? null);
    const kept = isNullable ? found : found.filter((one) => one !== null);
    const seed = seedOf(call.parent, call);
    return this.#wrapped(sliced(kept, { ...call, args: {} }, seed), call, collection, seed);
  }

  #record(resource: Resource, typeName: string, id: unknown): Recorded | null {
    const item = this.#world.context.store.get(resource, String(id));
    return item ? new Recorded(resource, item, typeName) : null;
  }

  /** Two or three things of a type; of an abstract one, of different types. */
  #someOf(type: GraphQLCompositeType, seed: string): unknown[] {
    const random = this.#world.random(seed, 'how many');
    const possible = isAbstractType(type) ? this.#world.schema.getPossibleTypes(type) : [];
    const start = possible.length > 0 ? random.integer(0, possible.length - 1) : 0;
    return Array.from({ length: random.integer(2, 3) }, (_, index) => {
      const own = possible[(start + index) % Math.max(1, possible.length)] ?? type;
      return this.invent(own, `${seed}[${index}]`, []);
    });
  }

  #wrapped(listing: Listing, { field, parent }: Call, collection: Collection, seed: string): unknown {
    if (collection.form === 'page') return asPage(listing, collection, seed);
    return this.present(listing.items, field.type, seed, [parent, field.name]);
  }

  /** What arguments ask of the records of a resource: which they are, and in which order. */
  criteria(
    args: Readonly<Record<string, unknown>>,
    resource: Resource,
    typeName: string,
  ): {
    readonly where?: (item: Item) => boolean;
    readonly sort: readonly { readonly field: string; readonly descending: boolean }[];
  } {
    const type = this.#world.schema.getType(typeName);
    const fields = isObjectType(type) ? type.getFields() : {};
    const criteria = readCriteria<Item>(args, {
      fields,
      read: (item, field) => this.#compared(new Recorded(resource, item, typeName), field),
    });
    const sort = criteria.sort.flatMap(({ field, descending }) => {
      const home = this.#world.homeField(resource, typeName, field);
      return home === undefined ? [] : [{ field: home, descending }];
    });
    return { ...(criteria.where ? { where: criteria.where } : {}), sort };
  }

  /** What filters compare: what readers are given. */
  #compared(record: Recorded, field: AnyField): unknown {
    const value = this.#world.compared(record, field);
    if (value !== undefined || !isLeafType(getNamedType(field.type))) return value;
    return this.#ofRecord(record, { field, args: {}, parent: record.typeName, given: () => new Set() });
  }

  /** A field of something that nothing is known of. @param echoed what its value holds where it has such fields */
  #invented(call: Call, ownerSeed: string, echoed: Readonly<Record<string, unknown>>): unknown {
    const { field, parent } = call;
    const seed = seedOf(ownerSeed, call);
    if (!isNonNullType(field.type) && rarelyThere.test(split(field.name).join(' '))) return null;
    const collection = collectionOf(field.type);
    if (collection) return this.#many(call, collection, null, ownerSeed);
    const made = this.invent(field.type, seed, [parent, field.name]);
    return made instanceof Known && Object.keys(echoed).length > 0 ? echo(made, echoed) : made;
  }

  /** An object type for a value of a type; of an abstract one what the value says, else one that is chosen for good. */
  #objectName(type: GraphQLCompositeType, seed: string, values: Readonly<Record<string, unknown>> = {}): string {
    if (!isAbstractType(type)) return type.name;
    const possible = this.#world.schema.getPossibleTypes(type);
    const said = values['__typename'];
    const found = typeof said === 'string' ? possible.find(({ name }) => name === said) : undefined;
    return (found ?? this.#world.random(seed, 'type').pick(possible))?.name ?? '';
  }

  #entities(representations: unknown): unknown[] {
    return (Array.isArray(representations) ? representations : []).map((one: unknown) => {
      const name = isObject(one) ? one['__typename'] : undefined;
      const type = typeof name === 'string' ? this.#world.schema.getType(name) : undefined;
      if (!isObject(one) || !isObjectType(type))
        throw badInput('Each representation has to say its `__typename`, an entity of this schema.');
      const resource = this.#world.resourceOf(type.name);
      const id = one['id'];
      const item = resource && id !== undefined ? this.#world.context.store.get(resource, String(id)) : undefined;
      if (resource && item) return new Recorded(resource, item, type.name, one);
      return Known.of(`${type.name}:${JSON.stringify(one)}`, one, type.name);
    });
  }

  #sdl(): string {
    return this.#world.api.sources.map(({ text }) => text).join('\n\n');
  }

  /** What went wrong, as callers are to read it. */
  #explained(error: unknown, { parentType, fieldName }: GraphQLResolveInfo): unknown {
    if (error instanceof GraphQLError) return error;
    if (error instanceof BadCursor) return badInput(error.message);
    if (error instanceof Conflict)
      return new GraphQLError(error.message, {
        extensions: { code: error.reason === 'missing' ? 'NOT_FOUND' : 'CONFLICT' },
      });
    const stack = error instanceof Error ? error.stack : String(error);
    this.#world.context.log(`This is a bug, please report it: ${parentType.name}.${fieldName}: ${stack}`);
    return new GraphQLError('The mock server has a bug; its log tells more.', { extensions: { code: 'INTERNAL' } });
  }
}

/** How likely a record belongs to an owner of which nothing tells what belongs to it. */
const share = 0.15;

/** Fields that say something only of things that have met their end, or of what went wrong. */
const rarelyThere =
  /^(?:deleted|archived|cancell?ed|revoked|suspended|banned|trashed|error|errors|failure|failed)(?: |$)/;

/** The arguments that are written at a field; those whose variable has no value are not. */
function givenIn({ fieldNodes, variableValues }: GraphQLResolveInfo): ReadonlySet<string> {
  const given = new Set<string>();
  for (const { name, value } of fieldNodes[0]?.arguments ?? [])
    if (value.kind !== 'Variable' || variableValues[value.name.value] !== undefined) given.add(name.value);
  return given;
}

/** How many items a field gives unasked: where pages can be asked for a page, else all. */
export function usualSize(field: AnyField, { form }: Collection): number {
  return form === 'page' || field.args.some(({ name }) => isLimitName(name)) ? usualPage : largestPage;
}

function listingOf(page: Page, { request, page: number }: Asked, present: (item: Item) => Recorded): Listing {
  const { items, cursors, hasNext, hasPrevious, total } = page;
  return { items: items.map(present), cursors, hasNext, hasPrevious, total, limit: request.limit, page: number };
}

/** A made-up value that holds what it was asked by. */
function echo(made: Known, echoed: Readonly<Record<string, unknown>>): Known {
  return new Known(
    made.seed,
    (field) =>
      isLeafType(getNamedType(field.type)) && Object.hasOwn(echoed, field.name) ? echoed[field.name] : undefined,
    made.typeName,
  );
}
