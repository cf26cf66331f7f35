import { isObject, itemsOf } from '../../languages/openapi/json.ts';
import type { Facts } from './facts.ts';

/**
 * What the document shows for a value that fits some schemas: examples, else defaults that say anything. Not yet checked.
 * Of members of `allOf`, only scalars count: their objects are parts.
 */
export function shownIn({ layers }: Facts): readonly unknown[] {
  const examples: unknown[] = [];
  const defaults: unknown[] = [];
  for (const { value, whole } of layers) {
    const counts = (shown: unknown): boolean => whole || layers.length === 1 || !isContainer(shown);
    for (const key of ['example', 'x-example']) {
      if (Object.hasOwn(value, key) && counts(value[key])) examples.push(value[key]);
    }
    examples.push(...itemsOf(value['examples']).filter(counts));
    const fallback = value['default'];
    if (fallback !== undefined && fallback !== null && fallback !== '' && !isContainer(fallback))
      defaults.push(fallback);
  }
  return examples.length > 0 ? examples : defaults;
}

/** A value of its own, so that whoever changes it does not change the document. */
export function copyOf(value: unknown, depth = 0): unknown {
  if (depth > 100) return null;
  if (Array.isArray(value)) return value.map((item) => copyOf(item, depth + 1));
  if (!isObject(value)) return value;
  const copy: Record<string, unknown> = {};
  for (const [name, part] of Object.entries(value)) put(copy, name, copyOf(part, depth + 1));
  return copy;
}

/** Sets a property whatever it is called: `__proto__` as well. */
export function put(object: Record<string, unknown>, name: string, value: unknown): void {
  if (name !== '__proto__') object[name] = value;
  else Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}

function isContainer(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
