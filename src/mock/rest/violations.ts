import { stringsOf } from '../../languages/openapi/json.ts';
import { valueAt } from '../../languages/openapi/pointer.ts';
import type { Mismatch } from '../../languages/openapi/values.ts';
import type { Violation } from './exchange.ts';

/**
 * What a value's mismatches with its schema are as violations; each missing property is one of its own.
 * @param place where the value stands: `['query', 'limit']`
 */
export function violationsOf(found: readonly Mismatch[], value: unknown, place: readonly string[]): Violation[] {
  return found.flatMap((mismatch) => {
    const code = codeOf(mismatch.schema.path);
    const missing = code === 'required' ? missingIn(mismatch, value) : [];
    if (missing.length > 0) {
      return missing.map((name) => {
        const location = [...place, ...mismatch.path, name];
        return { location, code, message: `${wayOf(location)} is required.` };
      });
    }
    const location = [...place, ...mismatch.path];
    const { message } = mismatch;
    const named = mismatch.path.length === 0 ? message.replace(/^the value\b/, subject(place)) : message;
    return [{ location, code, message: sentence(named) }];
  });
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

/** The properties that `required` asks for and that are not there, as far as the message names them: some are spared. */
function missingIn({ path, message, schema }: Mismatch, value: unknown): string[] {
  const names = stringsOf(valueAt(schema.document.value, schema.path));
  const holder = valueAt(value, path);
  if (holder === null || typeof holder !== 'object' || /alternatives\)$/.test(message)) return [];
  return names.filter((name) => !Object.hasOwn(holder, name) && message.includes(`\`${name}\``));
}

/** `lines[0].quantity` in backticks, without the place that it stands in. */
function wayOf(location: readonly (string | number)[]): string {
  const way = location.length > 1 ? location.slice(1) : location;
  return `\`${way.map((key, i) => (typeof key === 'number' ? `[${key}]` : i === 0 ? key : `.${key}`)).join('')}\``;
}

const subject = (place: readonly string[]): string => (place.length > 1 ? `\`${place.at(-1)}\`` : `the ${place[0]}`);

const sentence = (text: string): string => `${text[0]!.toUpperCase()}${text.slice(1)}.`;
