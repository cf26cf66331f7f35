import { asString, isObject, itemsOf, type JsonObject } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { Pointer } from '../../languages/openapi/pointer.ts';
import type { SchemaAt } from '../../languages/openapi/values.ts';

/** One of the schemas that a value has to fit all at once. */
export interface Layer {
  readonly value: JsonObject;
  readonly at: Pointer;
  /** Whether it describes the whole value: reached by references alone, not as a member of `allOf`. */
  readonly whole: boolean;
}

/** A schema taken apart: itself, what its references lead to, and the members of its `allOf`. */
export interface Flat {
  readonly layers: readonly Layer[];
  /** Whether the schema `false` is among them: nothing fits. */
  readonly never: boolean;
}

/** More layers than this are not taken together. */
const mostLayers = 300;

const nothing: Flat = { layers: [], never: false };

/** A schema taken apart, each layer once. Nothing is chosen: alternatives and conditions are left in their layers. */
export function layersOf(api: OpenApi, schema: SchemaAt): Flat {
  if (!isObject(schema.value)) return schema.value === false ? { layers: [], never: true } : nothing;
  const known = remembered<Flat>(api, layersOf);
  let flat = known.get(schema.value);
  if (!flat) {
    flat = flatten(api, schema);
    known.set(schema.value, flat);
  }
  return flat;
}

/** What was worked out for schemas of an API, by their values; for those that we put together ourselves, as long as they live. */
export function remembered<T>(api: OpenApi, what: unknown): WeakMap<object, T> {
  let known = api.memo.get(what) as WeakMap<object, T> | undefined;
  if (!known) {
    known = new WeakMap();
    api.memo.set(what, known);
  }
  return known;
}

function flatten(api: OpenApi, schema: SchemaAt): Flat {
  const isModern = api.version === '3.1' || api.version === '3.2';
  const layers: Layer[] = [];
  const seen = new Set<unknown>();
  let never = false;
  const pending: { readonly schema: SchemaAt; readonly whole: boolean }[] = [{ schema, whole: true }];
  for (let next = pending.pop(); next && seen.size < mostLayers; next = pending.pop()) {
    const { value, at } = next.schema;
    if (value === false && isModern) never = true;
    if (!isObject(value) || seen.has(value)) continue;
    seen.add(value);
    const ref = asString(value['$ref']) ?? (isModern ? asString(value['$dynamicRef']) : undefined);
    const resolution = ref === undefined ? undefined : api.references.resolve(ref, at);
    const target = resolution && 'target' in resolution ? resolution.target : undefined;
    const members = ref !== undefined && !isModern ? [] : itemsOf(value['allOf']);
    if (ref === undefined || isModern) layers.push({ value, at, whole: next.whole });
    const below = at.child('allOf');
    for (let i = members.length - 1; i >= 0; i--) {
      pending.push({ schema: { value: members[i], at: below.child(i) }, whole: false });
    }
    if (target) pending.push({ schema: target, whole: next.whole });
  }
  return { layers, never };
}

/** The name of the component that a schema is, such as `Order`; undefined for others. */
export function componentName(at: Pointer): string | undefined {
  const holder = at.parent;
  const isNamed = holder?.key === 'definitions' || holder?.key === '$defs' || holder?.key === 'schemas';
  return isNamed ? String(at.key) : undefined;
}
