/** Whether values have the form that the grammar asks for. */
import type { Kind, Shape, Version } from './grammar.ts';
import { isObject, type JsonObject } from './json.ts';

/** Whether a value has the form that its place asks for. Objects of the specification are judged as nodes of their own. */
export type Form = (value: unknown) => boolean;

/** Whether an object has all fields that it must have, and each with the right form: nearly all have. */
export function isSound(
  rule: Kind,
  forms: ReadonlyMap<string, Form>,
  entry: Form | undefined,
  value: JsonObject,
): boolean {
  // `for…in` makes no list of keys, and the objects of documents inherit none.
  for (const key in value) {
    const form = forms.get(key);
    if (form === undefined) {
      if (rule.extensions && key.startsWith('x-')) continue;
      if (!entry || !rule.entries!.keys.test(key) || !entry(value[key])) return false;
    } else if (!form(value[key])) return false;
  }
  for (const field of rule.required) if (value[field] === undefined) return false;
  return true;
}

/** Makes of a shape a function that tests it: each is made once and asked hundreds of thousands of times. */
export function formOf(version: Version, shape: Shape, key = ''): Form {
  if (typeof shape === 'string') return namedForm(version, shape);
  if ('values' in shape) return (value) => typeof value === 'string' && shape.values.includes(value);
  if ('list' in shape) {
    const item = shape.list === 'any' ? null : formOf(version, shape.list);
    const { min = 0, unique } = key === 'enum' ? {} : shape;
    return (value) =>
      Array.isArray(value) && value.length >= min && !(unique && hasTwice(value)) && (!item || value.every(item));
  }
  if ('either' in shape) {
    const forms = shape.either.map((one) => formOf(version, one, key));
    return (value) => forms.some((form) => form(value));
  }
  const { keys, extensions } = shape;
  const form = shape.map === 'any' ? null : formOf(version, shape.map);
  return (value) => {
    if (!isObject(value)) return false;
    if (isReference(value)) return true;
    for (const name in value) {
      if (extensions && name.startsWith('x-')) continue;
      if (keys && !keys.test(name)) return false;
      if (form && !form(value[name])) return false;
    }
    return true;
  };
}

function namedForm(version: Version, shape: Shape & string): Form {
  switch (shape) {
    case 'any':
      return () => true;
    case 'string':
    case 'regex':
      return (value) => typeof value === 'string';
    case 'boolean':
      return (value) => typeof value === 'boolean';
    case 'number':
      return (value) => typeof value === 'number';
    case 'count':
      return (value) => Number.isInteger(value) && (value as number) >= 0;
    case 'positive':
      return (value) => typeof value === 'number' && value > 0;
    case 'url':
      return (value) => typeof value === 'string' && !/\s/.test(value);
    case 'uri':
      return (value) => typeof value === 'string' && /^[a-z][a-z\d+.-]*:\S*$/i.test(value);
    case 'email':
      return (value) => typeof value === 'string' && /^[^\s@]+@[^\s@]+$/.test(value);
    case 'Schema':
      if (version === '2.0' || version === '3.0') return isObject;
      return (value) => isObject(value) || typeof value === 'boolean';
    default:
      return isObject;
  }
}

/** Tests one value: for what is asked seldom. */
export function fits(version: Version, shape: Shape, value: unknown, key: string): boolean {
  return formOf(version, shape, key)(value);
}

function hasTwice(items: readonly unknown[]): boolean {
  return (
    new Set(items.map((item) => (item !== null && typeof item === 'object' ? JSON.stringify(item) : item))).size <
    items.length
  );
}

/** Of several shapes, the one that a value comes nearest to: a list for arrays, an object for objects, else a scalar. */
export function nearestAlternative(shapes: readonly Shape[], value: unknown): Shape | undefined {
  if (Array.isArray(value)) return shapes.find((shape) => typeof shape === 'object' && 'list' in shape);
  return undefined;
}

/** Whether an object is a reference rather than the thing itself. */
export const isReference = (value: JsonObject): boolean => typeof value['$ref'] === 'string';
