import { asString, get, isObject, itemsOf } from './json.ts';
import type { OpenApi } from './openapi.ts';
import type { At } from './references.ts';

/** The text under a key, unless it is blank. */
export function textOf(value: unknown, key = 'description'): string | undefined {
  const text = asString(get(value, key))?.trim();
  return text === '' ? undefined : text;
}

/**
 * Whether somebody who meets a schema where it is used is told what it means: by its own description, by that of what
 * it refers to or is put together from, or by that of its items.
 */
export function isExplained(api: OpenApi, schema: At | undefined): boolean {
  return schema !== undefined && explains(api, schema, 0);
}

/** References and combinations are followed this deep; circles end here too. */
const deepest = 6;

function explains(api: OpenApi, schema: At, depth: number): boolean {
  const { value, at } = schema;
  if (!isObject(value) || depth > deepest) return false;
  if (textOf(value) !== undefined) return true;
  if (asString(value['$ref']) !== undefined) {
    const target = api.resolve(schema);
    return target !== undefined && target.value !== value && explains(api, target, depth + 1);
  }
  if (isObject(value['items']) && explains(api, { value: value['items'], at: at.child('items') }, depth + 1))
    return true;
  return ['allOf', 'anyOf', 'oneOf'].some((field) =>
    itemsOf(value[field])
      .slice(0, mostMembers)
      .some((member, i) => explains(api, { value: member, at: at.child(field).child(i) }, depth + 1)),
  );
}

/** Of long unions the first members tell enough. */
const mostMembers = 8;
