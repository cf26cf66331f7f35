import type { Mismatch } from '../../languages/openapi/values.ts';
import type { Violation } from './exchange.ts';

/** What a value's mismatches with its schema are as violations. @param place where the value stands: `['query', 'limit']` */
export function violationsOf(found: readonly Mismatch[], place: readonly string[]): Violation[] {
  return found.map(({ path, message, schema }) => ({
    location: [...place, ...path],
    code: codeOf(schema.path),
    message: sentence(path.length === 0 ? message.replace(/^the value\b/, subject(place)) : message),
  }));
}

/** The keyword that is not met; what stands behind it says which of its members. */
function codeOf(path: readonly (string | number)[]): string {
  for (let i = path.length - 1; i >= 0; i--) {
    const key = path[i]!;
    if (typeof key === 'string' && keywords.has(key)) return key;
  }
  return 'schema';
}

const keywords = new Set(
  (
    'type enum const format pattern required minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength ' +
    'minItems maxItems uniqueItems contains minContains maxContains minProperties maxProperties additionalProperties ' +
    'propertyNames dependentRequired unevaluatedProperties unevaluatedItems not oneOf anyOf items'
  ).split(' '),
);

const subject = (place: readonly string[]): string => (place.length > 1 ? `\`${place.at(-1)}\`` : `the ${place[0]}`);

const sentence = (text: string): string => `${text[0]!.toUpperCase()}${text.slice(1)}.`;
