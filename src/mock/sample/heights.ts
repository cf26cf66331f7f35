import { isObject, itemsOf, stringsOf } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { SchemaAt } from '../../languages/openapi/values.ts';
import { remembered } from './layers.ts';

/** One of these must be met for a schema to be. `deeper`: by a part of the value rather than by the value itself. */
interface Need {
  readonly any: readonly object[];
  readonly deeper: 0 | 1;
}

/**
 * How many levels the flattest value of a schema has: 0 for scalars and for what may be empty, Infinity where required
 * parts lead back to themselves for ever. Worked out for all that a schema leads to at once, when first asked for.
 */
export function heightOf(api: OpenApi, schema: SchemaAt): number {
  if (!isObject(schema.value)) return 0;
  const heights = remembered<number>(api, heightOf);
  if (!heights.has(schema.value)) settle(api, schema, heights);
  return heights.get(schema.value) ?? 0;
}

/** Levels beyond this count as endless. */
const mostRounds = 60;

function settle(api: OpenApi, start: SchemaAt, heights: WeakMap<object, number>): void {
  const open = new Map<object, readonly Need[]>();
  const pending: SchemaAt[] = [start];
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (!isObject(next.value) || open.has(next.value) || heights.has(next.value)) continue;
    open.set(next.value, needsOf(api, next, pending));
  }
  const found = new Map<object, number>();
  const heightNow = (schema: object): number => heights.get(schema) ?? found.get(schema) ?? Number.POSITIVE_INFINITY;
  for (let round = 0, changed = true; changed && round < mostRounds; round++) {
    changed = false;
    for (const [schema, needs] of open) {
      const height = needs.reduce((most, need) => Math.max(most, least(need, heightNow)), 0);
      if (height >= heightNow(schema)) continue;
      found.set(schema, height);
      changed = true;
    }
  }
  for (const schema of open.keys()) heights.set(schema, heightNow(schema));
}

function least({ any, deeper }: Need, heightNow: (schema: object) => number): number {
  let lowest = Number.POSITIVE_INFINITY;
  for (const schema of any) lowest = Math.min(lowest, heightNow(schema));
  return lowest + deeper;
}

function needsOf(api: OpenApi, { value, at }: SchemaAt, pending: SchemaAt[]): readonly Need[] {
  const needs: Need[] = [];
  if (!isObject(value)) return needs;
  const need = (schemas: readonly SchemaAt[], deeper: 0 | 1): void => {
    pending.push(...schemas);
    const any = schemas.map((schema) => schema.value).filter(isObject);
    // What is no object, such as `true`, asks for nothing.
    if (any.length === schemas.length && any.length > 0) needs.push({ any, deeper });
  };
  const ref = value['$ref'];
  if (typeof ref === 'string') {
    const resolution = api.references.resolve(ref, at);
    if ('target' in resolution) need([resolution.target], 0);
    if (api.version === '2.0' || api.version === '3.0') return needs;
  }
  const parts = (key: string): SchemaAt[] =>
    itemsOf(value[key]).map((part, i) => ({ value: part, at: at.child(key).child(i) }));
  for (const part of parts('allOf')) need([part], 0);
  for (const key of ['oneOf', 'anyOf']) need(parts(key), 0);
  if (value['nullable'] === true || value['enum'] !== undefined || value['const'] !== undefined) return needs;
  if (Array.isArray(value['type']) && value['type'].includes('null')) return needs;
  const properties = value['properties'];
  for (const name of stringsOf(value['required'])) {
    const property = isObject(properties) && Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (property !== undefined) need([{ value: property, at: at.child('properties').child(name) }], 1);
  }
  const { items, minItems } = value;
  if (typeof minItems === 'number' && minItems > 0 && isObject(items))
    need([{ value: items, at: at.child('items') }], 1);
  return needs;
}
