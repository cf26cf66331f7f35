import { asString, isObject, type JsonObject } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { At } from '../../languages/openapi/references.ts';
import { everySchema, namedSchemas, parameters, properties, typesOf } from '../../languages/openapi/select.ts';
import { capitalised, titleOf } from '../../languages/openapi/titles.ts';
import type { Finding } from '../../text/problem.ts';
import { timeOf } from '../../words/times.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'schemas/time-typed',
  summary: 'times and dates are strings with `format: date-time` or `format: date`',
  why: `Without a format every client guesses: a string may be RFC 3339, a local time without a zone, or \`01/02/2024\`, which is two different days on
two sides of an ocean; a number may count seconds or milliseconds. With the format, clients get a date type for free and
bad values are refused.`,
  sources: [
    'guide S4, GraphQL Schema Design',
    'guide S4, OpenAPI Specification',
    'RFC 3339',
    'Zalando #169',
    'Zalando #238',
    'AIP-142',
  ],
  equivalents: ['ibm:ibm-use-date-based-format', 'zally:174'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
components:
  schemas:
    Order:
      type: object
      properties:
        created_at: { type: string, format: date-time }
        birth_date: { type: [string, 'null'], format: date }
        updated_at: { type: integer, format: int64, description: Unix time in milliseconds. }
        card_expiry_date: { type: string, pattern: '^\\d\\d/\\d\\d$' }
        time_zone: { type: string, examples: [Europe/Berlin] }
        api_version: { type: string, examples: ['2024-01-01'] }
        opened_at: { $ref: '#/components/schemas/Instant' }
    Instant: { type: string, format: date-time }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get:
      parameters:
        - { name: created_before_date, in: query, schema: { type: string } }
components:
  schemas:
    Order:
      type: object
      properties:
        created_at: { type: string }
        updated_at: { type: integer, format: int64 }
        seen: { type: string, examples: ['2024-05-01T12:00:00Z'] }
`,
      *find(api) {
        const judged = new Set<unknown>();
        for (const { name, value, at, text } of namedPlaces(api)) {
          const expected = timeOf(name);
          if (expected === null || !isObject(value)) continue;
          judged.add(value);
          yield* byName({ value, at }, expected, text ?? '');
        }
        for (const schema of everySchema(api)) if (!judged.has(schema.value)) yield* byExample(schema);
      },
    },
  },
});

function namedPlaces(api: OpenApi): (At & { readonly name: string; readonly text?: string })[] {
  const taken = parameters(api).flatMap(({ name, schema, value }) =>
    schema ? [{ ...schema, name, text: textOf(value) }] : [],
  );
  return [...properties(api), ...taken, ...namedSchemas(api)];
}

/** @param text what is said of it elsewhere */
function* byName({ value, at }: At<JsonObject>, expected: 'date' | 'date-time', text: string): Generator<Finding> {
  const types = typesOf(value);
  if (types.length !== 1 || isNarrowed(value)) return;
  const format = asString(value['format']);
  const formats = expected === 'date' ? '`format: date` or `format: date-time`' : '`format: date-time`';
  if (types[0] === 'string' && format === undefined) {
    yield {
      at,
      message: `${capitalised(titleOf(at))} is a ${expected === 'date' ? 'date' : 'time'} by its name, but a string without a format.`,
      help: `Give it ${formats}, and send values as RFC 3339 writes them.`,
    };
  }
  if (types[0] !== 'integer' && types[0] !== 'number') return;
  if (format !== undefined && !plainNumbers.has(format)) return;
  if (/second|millis|micros|nanos|epoch|unix|\bms\b|timestamp|yyyy/i.test(`${text} ${textOf(value)}`)) return;
  yield {
    at,
    message: `${capitalised(titleOf(at))} is a number, and nothing says whether it counts seconds or milliseconds.`,
    help: `Make it a string with ${formats}, or at least say in the description what the number counts.`,
  };
}

const plainNumbers = new Set(['int32', 'int64', 'float', 'double']);

/** A pattern or list of values tells the form of the string more exactly than a format. */
function isNarrowed(value: JsonObject): boolean {
  return ['pattern', 'enum', 'const'].some((keyword) => value[keyword] !== undefined);
}

function textOf(value: JsonObject): string {
  return `${asString(value['title']) ?? ''} ${asString(value['description']) ?? ''}`;
}

/** A string whose example is a point of time as RFC 3339 writes it, whatever its name. */
function* byExample({ value, at }: At<JsonObject>): Generator<Finding> {
  if (!typesOf(value).includes('string') || value['format'] !== undefined || isNarrowed(value)) return;
  const examples = [value['example'], ...(Array.isArray(value['examples']) ? value['examples'] : [])];
  const shown = examples.find((example) => typeof example === 'string');
  if (typeof shown !== 'string' || !instant.test(shown)) return;
  yield {
    at,
    message: `${capitalised(titleOf(at))} is a time by its example \`${shown}\`, but a string without a format.`,
    help: 'Give it `format: date-time`.',
  };
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;
