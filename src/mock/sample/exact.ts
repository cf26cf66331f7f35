import { isObject } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { SchemaAt } from '../../languages/openapi/values.ts';
import { factsOf } from './facts.ts';

/**
 * Whether the texts of a value meet their formats to the letter. Judges of documents let some through that are none, such as
 * templates in addresses; what a server sends is held against the formats by whoever reads it.
 */
export function isExact(api: OpenApi, value: unknown, schemas: readonly SchemaAt[], depth = 0): boolean {
  if (depth > 30 || schemas.length === 0) return true;
  const { layers } = factsOf(api, schemas);
  if (typeof value === 'string') {
    return layers.every(({ value: { format } }) => typeof format !== 'string' || meets(format, value));
  }
  if (Array.isArray(value)) {
    const items = layers.flatMap(({ value: layer, at }) => partAt(layer['items'], at.child('items')));
    return value.every((item) => isExact(api, item, items, depth + 1));
  }
  if (!isObject(value)) return true;
  return Object.entries(value).every(([name, part]) => {
    const below = layers.flatMap(({ value: layer, at }) => {
      const properties = layer['properties'];
      const own = isObject(properties) && Object.hasOwn(properties, name) ? properties[name] : undefined;
      return partAt(own, at.child('properties').child(name));
    });
    return isExact(api, part, below, depth + 1);
  });
}

function partAt(value: unknown, at: SchemaAt['at']): SchemaAt[] {
  return isObject(value) ? [{ value, at }] : [];
}

const address = /^(?:[\w\-.~:/?#[\]@!$&'()*+,;=]|%[\da-f]{2})*$/i;
const whole = /^[a-z][a-z\d+.-]*:(?:\/\/[^/?#\s]+)?/i;
const clock = /^\d\d:\d\d:\d\d(?:\.\d+)?(?:z|[+-]\d\d:\d\d)$/i;

/** RFC 3986, RFC 3339, RFC 5321 and RFC 1123 as validators commonly read them. */
function meets(format: string, text: string): boolean {
  switch (format) {
    case 'uri':
      return address.test(text) && whole.test(text);
    case 'uri-reference':
      return address.test(text);
    case 'date-time':
      return text.charAt(10).toUpperCase() === 'T' && clock.test(text.slice(11));
    case 'time':
      return clock.test(text);
    case 'email':
      return /^[\w.!#$%&'*+/=?^`{|}~-]+@[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)+$/i.test(text);
    case 'hostname':
      return /^(?=.{1,253}$)[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?)*$/i.test(text);
    case 'byte':
      return text.length % 4 === 0 && /^[A-Za-z\d+/]*={0,2}$/.test(text);
    case 'uuid':
      return !/^urn:/i.test(text);
    default:
      return true;
  }
}
