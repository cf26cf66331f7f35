import type { OpenApi } from '../../../languages/openapi/openapi.ts';
import {
  effectiveTypes,
  type Header,
  isJson,
  isSuccess,
  type Operation,
  propertiesOf,
  type Response,
  responsesOf,
} from '../../../languages/openapi/select.ts';
import type { SchemaAt } from '../../../languages/openapi/values.ts';

/** The answer that an operation gives when all goes well. */
export interface Success {
  readonly status: number;
  /** Whether there is a body at all. */
  readonly hasBody: boolean;
  /** What the body looks like; null where the document does not say. */
  readonly schema: SchemaAt | null;
  readonly headers: readonly Header[];
}

/**
 * The success that an operation declares: the first of the preferred codes, else the lowest, else its `2XX` or `default`,
 * for which the first preferred code stands; of an operation that declares none, the preferred code with any body.
 * @param preferred codes, the best first
 */
export function successOf(api: OpenApi, operation: Operation, preferred: readonly number[]): Success {
  const all = responsesOf(api, operation);
  const exact = all.filter(({ code }) => /^2\d\d$/.test(code));
  const best = preferred.map((status) => exact.find(({ code }) => code === String(status))).find(Boolean);
  const lowest = [...exact].sort((a, b) => Number(a.code) - Number(b.code))[0];
  const chosen = best ?? lowest;
  if (chosen) return asSuccess(api, Number(chosen.code), chosen);
  const wide = all.find(({ code }) => isSuccess(code)) ?? all.find(({ code }) => code === 'default');
  const status = preferred[0] ?? 200;
  if (wide) return asSuccess(api, status, wide);
  return { status, hasBody: status !== 204, schema: null, headers: [] };
}

/** The answer that an operation declares for exactly this status. */
export function successWith(api: OpenApi, operation: Operation, status: number): Success | undefined {
  const response = responsesOf(api, operation).find(({ code }) => code === String(status));
  return response && asSuccess(api, status, response);
}

function asSuccess(api: OpenApi, status: number, { media, headers }: Response): Success {
  const bodiless = status === 204 || status === 205 || media.length === 0;
  const best =
    media.find(({ name, schema }) => isJson(name) && schema) ??
    media.find(({ schema }) => schema && hasStructure(api, schema)) ??
    media.find(({ schema }) => schema);
  return { status, hasBody: !bodiless, schema: bodiless ? null : (best?.schema ?? null), headers };
}

/** Whether a schema describes an object or a list rather than text or bytes. */
function hasStructure(api: OpenApi, schema: SchemaAt): boolean {
  const types = effectiveTypes(api, schema);
  return types.length === 0 || types.includes('object') || types.includes('array');
}

/** Whether an operation declares a code of its own, not by range or default. */
export function declaresExactly(api: OpenApi, operation: Operation, status: number): boolean {
  return responsesOf(api, operation).some(({ code }) => code === String(status));
}

/** The schema of a property; undefined where the schema does not name it. */
export function propertyOf(api: OpenApi, schema: SchemaAt | null, name: string): SchemaAt | undefined {
  return schema ? propertiesOf(api, schema).get(name) : undefined;
}

/** The schema of a property of a property …; the schema itself where there is no way to go. */
export function propertyAlong(api: OpenApi, schema: SchemaAt | null, way: readonly string[]): SchemaAt | undefined {
  return way.reduce<SchemaAt | undefined>((here, name) => propertyOf(api, here ?? null, name), schema ?? undefined);
}

/** The schema that has the say at a place: behind `$ref`s. */
export function itemsSchema(api: OpenApi, schema: SchemaAt | null | undefined): SchemaAt | undefined {
  for (let here = schema ?? undefined, steps = 0; here && steps < 20; steps++) {
    const resolved = api.resolve(here);
    const value = resolved?.value as Record<string, unknown> | undefined;
    if (!resolved || value === undefined || value === null || typeof value !== 'object') return undefined;
    if (value['items'] !== undefined) return { value: value['items'], at: resolved.at.child('items') };
    const all = value['allOf'];
    if (!Array.isArray(all)) return undefined;
    const index = all.findIndex((part) => part !== null && typeof part === 'object');
    if (index < 0) return undefined;
    here = { value: all[index], at: resolved.at.child('allOf').child(index) };
  }
  return undefined;
}
