import { split } from '../../words/split.ts';
import type { Json } from '../json.ts';
import type { Resource } from '../resources/resource.ts';
import type { Field, Shape } from '../shape.ts';
import { hasResourceNames, idOfName, resourceNameOf } from '../store/resource-names.ts';
import type { Item } from '../store/store.ts';
import { namesIdentity } from './meanings.ts';
import { type ObjectShape, pairingOf } from './pairing.ts';

/** The field with which a reader tells the records of a resource apart, and whether it holds ids or resource names (AIP-122). */
export interface Identity {
  readonly field: Field;
  readonly style: 'id' | 'name';
}

/** How readers of a shape tell the records of a resource apart; null where they can't. */
export function identityOf(resource: Resource, shape: ObjectShape): Identity | null {
  let identities = known.get(resource);
  if (!identities) {
    identities = new WeakMap();
    known.set(resource, identities);
  }
  let identity = identities.get(shape);
  if (identity === undefined) {
    identity = findIdentity(resource, shape);
    identities.set(shape, identity);
  }
  return identity;
}

const known = new WeakMap<Resource, WeakMap<ObjectShape, Identity | null>>();

/** A record's id as a reader's field holds it. */
export function writeIdentity({ field, style }: Identity, item: Item, resource: Resource): Json {
  if (style === 'name') {
    const own = hasResourceNames(resource) ? item.value['name'] : undefined;
    return typeof own === 'string' ? own : resourceNameOf(resource, item.id, item.scope);
  }
  const { shape } = field;
  return shape.kind === 'integer' && !shape.asText && Number.isSafeInteger(Number(item.id)) ? Number(item.id) : item.id;
}

/** The id in what a reader's field holds; undefined where it holds none. */
export function readIdentity({ style }: Identity, value: Json | undefined): string | undefined {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string' || value === '') return undefined;
  return style === 'name' ? idOfName(value) : value;
}

function findIdentity(resource: Resource, shape: ObjectShape): Identity | null {
  const { home } = resource;
  const fields = [...shape.fields().values()];
  if (shape === home.shape) {
    const own = home.idField === null ? undefined : shape.fields().get(home.idField);
    return own ? { field: own, style: hasResourceNames(resource) ? 'name' : 'id' } : null;
  }
  const named = fields.find(({ shape }) => shape.kind === 'string' && shape.format === 'resource-name');
  if (named?.name === 'name') return { field: named, style: 'name' };
  const thing = split(resource.name);
  const id =
    fields.find(({ name }) => name === 'id') ??
    fields.find(({ name }) => namesIdentity(name, thing)) ??
    fields.find(({ name }) => home.idField !== null && isSame(name, home.idField) && !hasResourceNames(resource));
  if (id) return meansAnother(resource, shape, id) ? null : { field: id, style: 'id' };
  const name = fields.find(({ name, shape }) => name === 'name' && shape.kind === 'string');
  return name && namesResources(resource, fields) ? { field: name, style: 'name' } : null;
}

/** Whether the home has that field, too, and tells its records apart by another. */
function meansAnother({ home }: Resource, shape: ObjectShape, field: Field): boolean {
  if (home.shape.kind !== 'object' || home.idField === null) return false;
  const pair = pairingOf(home.shape, shape).byTo.get(field.name);
  return pair !== undefined && pair.from.name !== home.idField && isSame(pair.from.name, field.name);
}

/** Whether `name` is a resource name rather than what people call a thing: the home has no name, or it is in another field. */
function namesResources(resource: Resource, fields: readonly Field[]): boolean {
  const { shape } = resource.home;
  if (hasResourceNames(resource) || shape.kind !== 'object' || !shape.fields().has('name')) return true;
  return fields.some(({ name }) => ['display name', 'title'].includes(split(name).join(' ')));
}

function isSame(a: string, b: string): boolean {
  return split(a).join(' ') === split(b).join(' ');
}

/** An object without one of its fields, by another name: what is left once the id is taken care of. Always the same object. */
export function withoutField(shape: Shape, field: string | null, name: string): ObjectShape {
  const rests = restsOf.get(shape) ?? new Map<string, ObjectShape>();
  restsOf.set(shape, rests);
  const key = JSON.stringify([field, name]);
  const rest = rests.get(key) ?? makeRest(shape, field, name);
  rests.set(key, rest);
  return rest;
}

const restsOf = new WeakMap<Shape, Map<string, ObjectShape>>();

function makeRest(shape: Shape, field: string | null, name: string): ObjectShape {
  let fields: ReadonlyMap<string, Field> | undefined;
  return {
    kind: 'object',
    name,
    fields: () => {
      fields ??= new Map(shape.kind === 'object' ? [...shape.fields()].filter(([name]) => name !== field) : []);
      return fields;
    },
  };
}
