import { type GraphQLSchema, getNamedType, isLeafType, isObjectType } from 'graphql/index.js';
import type { GraphQl } from '../../languages/graphql/graphql.ts';
import { split } from '../../words/split.ts';
import type { Context } from '../context.ts';
import { isObject, type Json } from '../json.ts';
import { homePath, revealField } from '../lens/lens.ts';
import { Random } from '../random.ts';
import { TypeShapes } from '../resources/graphql-shape.ts';
import type { Resource } from '../resources/resource.ts';
import type { Field } from '../shape.ts';
import type { Item } from '../store/store.ts';
import { Guards } from './guards.ts';
import { fieldOf } from './shapes.ts';
import { type AnyField, Recorded } from './things.ts';

/** One GraphQL API and the store behind it, with what is worked out once. */
export class World {
  readonly context: Context;
  readonly api: GraphQl;
  readonly schema: GraphQLSchema;
  readonly shapes: TypeShapes;
  /** Null where the schema asks nothing of callers, or they need no credentials. */
  readonly guards: Guards | null;
  readonly #fields = new WeakMap<AnyField, Field>();
  /** What was read of records: they never change, and most are read again and again. */
  readonly #revealed = new WeakMap<Item, Map<AnyField, Json | undefined>>();
  readonly #typesByResource = new Map<Resource, string[]>();
  /** Resources whose records callers can come to know: some field or operation lists or creates them. */
  readonly #findable: ReadonlySet<Resource>;

  constructor(context: Context, api: GraphQl, schema: GraphQLSchema) {
    this.context = context;
    this.api = api;
    this.schema = schema;
    this.guards = context.settings.auth === 'on' && Guards.isNeeded(api) ? new Guards(api) : null;
    const { graphqlTypes, graphql, rest, grpc } = context.roles;
    this.shapes = new TypeShapes(api, (name) => graphqlTypes.has(name));
    for (const [name, resource] of graphqlTypes) {
      const known = this.#typesByResource.get(resource);
      if (known) known.push(name);
      else this.#typesByResource.set(resource, [name]);
    }
    this.#findable = new Set(
      [...graphql.values(), ...rest.values(), ...grpc.values()]
        .filter(({ kind }) => kind === 'list' || kind === 'create')
        .map(({ resource }) => resource),
    );
  }

  /** The resource whose records are the values of an object type. */
  resourceOf(typeName: string): Resource | undefined {
    return this.context.roles.graphqlTypes.get(typeName);
  }

  /** The object types as which the records of a resource are read, in this schema. */
  typesOf(resource: Resource): readonly string[] {
    return (this.#typesByResource.get(resource) ?? []).filter((name) => isObjectType(this.schema.getType(name)));
  }

  isFindable(resource: Resource): boolean {
    return this.#findable.has(resource);
  }

  random(...names: readonly (string | number)[]): Random {
    return new Random(this.context.settings.seed, ...names);
  }

  /**
   * What a record says of a field that leads to no other record, as its home and other writers left it.
   * @returns undefined where nothing is known of it
   */
  reveal(item: Item, resource: Resource, field: AnyField): Json | undefined {
    let known = this.#revealed.get(item);
    if (!known) {
      known = new Map();
      this.#revealed.set(item, known);
    }
    if (known.has(field)) return known.get(field);
    const value = this.#reveal(item, resource, field);
    known.set(field, value);
    return value;
  }

  #reveal(item: Item, resource: Resource, field: AnyField): Json | undefined {
    let shape = this.#fields.get(field);
    if (!shape) {
      shape = fieldOf(field.name, field.type, this.shapes);
      this.#fields.set(field, shape);
    }
    return revealField(item, resource, shape, this.random(resource.name, item.id, field.name));
  }

  /**
   * The record that a field of a record leads to: over a link of its home, over what a writer said of it, else over one that
   * is chosen for good.
   * @returns null where the record says that there is none
   */
  related({ item, resource }: Recorded, field: AnyField, target: Resource): Item | null {
    const id = this.#relatedId(item, resource, field, target);
    if (id === null) return null;
    const { store } = this.context;
    const found = id === undefined ? undefined : store.get(target, id);
    return found ?? this.pick(target, `${resource.name}:${item.id}.${field.name}`) ?? null;
  }

  /** The id of the record that a field leads to, as far as it is written down. */
  #relatedId(item: Item, resource: Resource, field: AnyField, target: Resource): string | null | undefined {
    const link = this.#linkOf(resource, field, target);
    if (link !== undefined && Object.hasOwn(item.value, link)) return idIn(item.value[link]);
    for (const values of [item.value, item.extra]) {
      for (const name of [field.name, `${field.name}Id`, `${field.name}_id`])
        if (Object.hasOwn(values, name)) return idIn(values[name]);
    }
    return resource.parent === target ? item.scope.at(-1) : undefined;
  }

  /** The home's field that holds the id of what a field leads to: `customer_id` of `customer`. */
  #linkOf(resource: Resource, field: AnyField, target: Resource): string | undefined {
    const links = [...resource.links].filter(([, linked]) => linked === target);
    const wanted = split(field.name).join(' ');
    const named = links.find(
      ([name]) =>
        split(name)
          .join(' ')
          .replace(/ (?:id|uuid|ref|key)$/, '') === wanted,
    );
    // `customer` over a link called `buyer_id`: the only one to customers.
    return (named ?? (links.length === 1 && wanted.endsWith(target.name) ? links[0] : undefined))?.[0];
  }

  /** Which records of a resource belong to a record of another; undefined where nothing tells. */
  belonging(owner: Recorded, resource: Resource): ((item: Item) => boolean) | undefined {
    const back = this.#fieldsBack(owner.typeName, resource);
    if (back.length > 0)
      return (item) =>
        back.some(({ field, typeName }) => {
          const record = new Recorded(resource, item, typeName);
          return this.related(record, field, owner.resource)?.id === owner.item.id;
        });
    const links = [...resource.links].filter(([, target]) => target === owner.resource).map(([name]) => name);
    if (links.length > 0)
      return (item) =>
        links.some((name) => Object.hasOwn(item.value, name) && idIn(item.value[name]) === owner.item.id);
    if (resource.parent !== owner.resource) return undefined;
    const scope = [...owner.item.scope, owner.item.id];
    return (item) => item.scope.length === 0 || scope.every((part, index) => item.scope[index] === part);
  }

  /** The fields of a resource's records that lead to one record of a type. */
  #fieldsBack(
    ownerType: string,
    resource: Resource,
  ): readonly { readonly field: AnyField; readonly typeName: string }[] {
    return this.typesOf(resource).flatMap((typeName) => {
      const type = this.schema.getType(typeName);
      if (!isObjectType(type)) return [];
      return Object.values(type.getFields())
        .filter((field) => String(field.type).replace('!', '') === ownerType && field.args.length === 0)
        .map((field) => ({ field, typeName }));
    });
  }

  /** One of the records that a resource began with, always the same for the same seed as long as it is there. */
  pick(resource: Resource, seed: string): Item | undefined {
    const { store, settings } = this.context;
    const { total } = store.page(resource, {}, { limit: 0 });
    if (total === 0) return undefined;
    // What is added later stands behind: it changes no choice.
    const skip = this.random('pick', seed).integer(0, Math.min(total, Math.max(1, settings.count)) - 1);
    return store.page(resource, {}, { limit: 1, skip }).items[0];
  }

  /** The home's field that a field of an object type reads, where it is one alone; for sorting. */
  homeField(resource: Resource, typeName: string, name: string): string | undefined {
    return homePath(resource, this.shapes.of(typeName), [name])?.join('.');
  }

  /** What a filter or a subscription compares: of leaves their values, of records their ids. */
  compared(record: Recorded, field: AnyField): unknown {
    const named = getNamedType(field.type);
    if (isLeafType(named))
      return field.name === 'id' ? record.item.id : this.reveal(record.item, record.resource, field);
    const target = this.resourceOf(named.name);
    return target && !String(field.type).startsWith('[') ? this.related(record, field, target)?.id : undefined;
  }
}

/** The id in a link: itself, or that of the object that stands there. */
function idIn(value: Json | undefined): string | null | undefined {
  if (value === null) return null;
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  return isObject(value) ? idIn(value['id'] ?? undefined) : undefined;
}
