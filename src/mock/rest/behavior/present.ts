/** Records as a response shows them: always valid by the response's schema, and nothing made up that the schema does not ask for. */
import { judging } from '../../../languages/openapi/examples.ts';
import { isObject as isSchemaObject } from '../../../languages/openapi/json.ts';
import type { OpenApi } from '../../../languages/openapi/openapi.ts';
import { effectiveTypes, keyword, partsOf, propertiesOf } from '../../../languages/openapi/select.ts';
import { mismatches, type SchemaAt } from '../../../languages/openapi/values.ts';
import type { Context } from '../../context.ts';
import type { Json, JsonObject } from '../../json.ts';
import { Random } from '../../random.ts';
import type { Resource } from '../../resources/resource.ts';
import { completeValue } from '../../sample/sample.ts';
import type { Item } from '../../store/store.ts';
import { itemsSchema } from './declared.ts';

/** Shows a record. The same record gives the same object, which nobody may change. */
export type Present = (item: Item) => Json;

/**
 * What shows the records of a resource in a schema.
 * @param schema of the record; null where the document does not describe it: then it is shown as it is
 */
export function presenter(context: Context, api: OpenApi, resource: Resource, schema: SchemaAt | null): Present {
  if (!schema) return ({ value }) => value;
  const shown = new WeakMap<Item, Json>();
  const fitted = fitter(context, api, schema, resource);
  return (item) => {
    let value = shown.get(item);
    if (value === undefined) {
      value = fitted(item.value, item.id);
      shown.set(item, value);
    }
    return value;
  };
}

/**
 * What makes a value fit a response's schema: what is only for requests is left out, what the schema has no place for too,
 * and what is missing or wrong is made up, the same for the same key.
 */
export function fitter(
  context: Context,
  api: OpenApi,
  schema: SchemaAt,
  resource: Resource,
): (value: Json, key: string) => Json {
  const judged = judging(api, 'response');
  const types = effectiveTypes(api, schema);
  const isList = types.includes('array') && !types.includes('object');
  const own = homeFields(resource);
  return (single, key) => {
    const value = isList && !Array.isArray(single) ? [single] : single;
    const projected = project(api, schema, value, own, 0);
    if (mismatches(projected, schema, judged).length === 0) return projected;
    const random = new Random(context.settings.seed, resource.name, key);
    const called = [resource.name];
    return completeValue(schema, projected, { api, direction: 'response', random, examples: true, called }) as Json;
  };
}

function homeFields(resource: Resource): ReadonlySet<string> {
  const { shape } = resource.home;
  return new Set(shape.kind === 'object' ? shape.fields().keys() : []);
}

/** Records nest no deeper than this; what lies below is taken as it is. */
const deepest = 24;

/**
 * Without what only requests hold, and on the top level without what the record's own schema has and this one does not:
 * a summary shows less than the record.
 */
function project(api: OpenApi, schema: SchemaAt, value: Json, own: ReadonlySet<string> | null, depth: number): Json {
  if (depth > deepest || value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) {
    const items = itemsSchema(api, schema);
    return items ? mapped(value, (item) => project(api, items, item, null, depth + 1)) : value;
  }
  const properties = propertiesOf(api, schema);
  if (properties.size === 0) return value;
  const open = own !== null && hasAlternatives(api, schema);
  const closed = keyword(api, schema, 'additionalProperties') === false;
  const kept: Record<string, Json> = {};
  let changed = own !== null;
  for (const [name, inner] of own ? inOrder(value as JsonObject, properties) : Object.entries(value as JsonObject)) {
    const property = properties.get(name);
    const hidden = property ? isWriteOnly(api, property) : !open && (closed || own?.has(name) === true);
    if (hidden) {
      changed = true;
      continue;
    }
    const next = property ? project(api, property, inner, null, depth + 1) : inner;
    if (next !== inner) changed = true;
    define(kept, name, next);
  }
  return changed ? kept : value;
}

/** The fields of a record in the order in which its schema has them; others come last. */
function inOrder(value: JsonObject, properties: ReadonlyMap<string, unknown>): [string, Json][] {
  const declared = [...properties.keys()].filter((name) => Object.hasOwn(value, name));
  const others = Object.keys(value).filter((name) => !properties.has(name));
  return [...declared, ...others].map((name) => [name, value[name]!]);
}

/** Sets a property even where its name is `__proto__`. */
export function define(target: Record<string, Json>, name: string, value: Json): void {
  if (name === '__proto__')
    Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
  else target[name] = value;
}

function mapped(list: readonly Json[], change: (item: Json) => Json): readonly Json[] {
  const next = list.map(change);
  return next.every((item, i) => item === list[i]) ? list : next;
}

function isWriteOnly(api: OpenApi, schema: SchemaAt): boolean {
  return keyword(api, schema, 'writeOnly') === true;
}

function hasAlternatives(api: OpenApi, schema: SchemaAt): boolean {
  return partsOf(api, schema).some(
    ({ value }) => isSchemaObject(value) && (value['oneOf'] ?? value['anyOf']) !== undefined,
  );
}
