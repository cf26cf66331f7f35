/** JSON Schemas as shapes. */
import { get, isObject, itemsOf, stringsOf } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { At } from '../../languages/openapi/references.ts';
import { effectiveTypes, keyword, partsOf, propertiesOf } from '../../languages/openapi/select.ts';
import type { Field, Shape } from '../shape.ts';
import { schemaName } from './openapi-bodies.ts';

/** What values of a schema look like. Worked out once per schema; the fields of objects when they are first asked for. */
export function shapeOfSchema(api: OpenApi, schema: At): Shape {
  return shapeWithin(api, schema, 0);
}

/** Alternatives of alternatives are followed this far: a schema that is one of itself never ends. */
const deepest = 10;

function shapeWithin(api: OpenApi, schema: At, depth: number): Shape {
  const target = api.resolve(schema);
  if (!target || !isObject(target.value) || depth > deepest) return { kind: 'any' };
  const shapes = (api.memo.get(shapeOfSchema) as Map<unknown, Shape> | undefined) ?? new Map<unknown, Shape>();
  api.memo.set(shapeOfSchema, shapes);
  const known = shapes.get(target.value);
  if (known) return known;
  const shape = readShape(api, target, depth);
  shapes.set(target.value, shape);
  return shape;
}

function readShape(api: OpenApi, schema: At, depth: number): Shape {
  const values = keyword(api, schema, 'enum') ?? onlyOne(keyword(api, schema, 'const'));
  const texts = stringsOf(values);
  if (texts.length > 0 && itemsOf(values).every((value) => value === null || typeof value === 'string')) {
    return { kind: 'enum', name: schemaName(schema), values: texts };
  }
  const types = effectiveTypes(api, schema);
  if (types.length > 1) return types.includes('string') ? { kind: 'string' } : { kind: 'any' };
  const format = keyword(api, schema, 'format');
  const formatted = typeof format === 'string' ? { format } : {};
  switch (types[0]) {
    case 'string':
      return { kind: 'string', ...formatted };
    case 'integer':
      return { kind: 'integer', ...formatted };
    case 'number':
      return { kind: 'number' };
    case 'boolean':
      return { kind: 'boolean' };
    case 'array':
      return { kind: 'list', items: itemsShape(api, schema, depth) };
    case 'object':
    case undefined:
      return objectShape(api, schema, types[0] === 'object', depth);
    default:
      return { kind: 'any' };
  }
}

const onlyOne = (value: unknown): unknown => (value === undefined ? undefined : [value]);

function itemsShape(api: OpenApi, schema: At, depth: number): Shape {
  const part = partsOf(api, schema).find(({ value }) => value['items'] !== undefined);
  return part
    ? shapeWithin(api, { value: part.value['items'], at: part.at.child('items') }, depth + 1)
    : { kind: 'any' };
}

function objectShape(api: OpenApi, schema: At, isObjectSaid: boolean, depth: number): Shape {
  const branches = branchesOf(api, schema);
  const own = propertiesOf(api, schema);
  const objects = branches.filter((branch) => propertiesOf(api, branch).size > 0);
  if (own.size > 0 || (objects.length > 0 && objects.length === branches.length)) {
    return { kind: 'object', name: schemaName(schema), fields: once(() => fieldsOf(api, [schema, ...objects])) };
  }
  // `customer: an id, or the customer`: what can be told of all readers is the simpler one.
  const simple = branches.map((branch) => shapeWithin(api, branch, depth + 1)).find(({ kind }) => kind !== 'any');
  if (simple) return simple;
  for (const part of partsOf(api, schema)) {
    const more = get(part.value, 'additionalProperties');
    if (!isObject(more)) continue;
    return {
      kind: 'map',
      values: shapeWithin(api, { value: more, at: part.at.child('additionalProperties') }, depth + 1),
    };
  }
  return isObjectSaid ? { kind: 'map', values: { kind: 'any' } } : { kind: 'any' };
}

/** The alternatives of a schema but `null`. */
function branchesOf(api: OpenApi, schema: At): At[] {
  return partsOf(api, schema).flatMap(({ value, at }) =>
    ['oneOf', 'anyOf'].flatMap((name) =>
      itemsOf(value[name]).flatMap((branch, i) => {
        const target = api.resolve({ value: branch, at: at.child(name).child(i) });
        return target && get(target.value, 'type') !== 'null' ? [target] : [];
      }),
    ),
  );
}

function fieldsOf(api: OpenApi, schemas: readonly At[]): ReadonlyMap<string, Field> {
  const found = new Map<string, Field>();
  for (const [i, schema] of schemas.entries()) {
    for (const property of propertiesOf(api, schema).values()) {
      if (found.has(property.name)) continue;
      found.set(property.name, {
        name: property.name,
        shape: shapeOfSchema(api, property),
        // What only some alternatives have is never there for certain.
        required: i === 0 && property.required,
        writable: keyword(api, property, 'readOnly') !== true,
      });
    }
  }
  return found;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
