import { asString, isObject, itemsOf, type JsonObject } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { At } from '../../languages/openapi/references.ts';
import {
  effectiveTypes,
  namedSchemas,
  parameters,
  partsOf,
  properties,
  typesOf,
} from '../../languages/openapi/select.ts';
import { type Shown, shownTexts } from '../../languages/openapi/shown.ts';
import { capitalised, titleOf } from '../../languages/openapi/titles.ts';
import { quote } from '../../languages/openapi/values/words.ts';
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
        due: { type: string, examples: ['01/02/2024'] }
`,
      *find(api) {
        const judged = new Set<unknown>();
        for (const { name, value, at, text } of namedPlaces(api)) {
          const expected = timeOf(name);
          if (expected === null || !isObject(value)) continue;
          judged.add(value);
          yield* byName({ value, at }, expected, text ?? '');
        }
        for (const shown of shownTexts(api)) if (!judged.has(shown.schema.value)) yield* byExample(api, shown);
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
  if (types.length !== 1 || isNarrowed(value) || /\bcursor\b/i.test(`${text} ${textOf(value)}`)) return;
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
  // A small number is a length, a count or a weight that bears the name of a time.
  if (typeof value['maximum'] === 'number' && value['maximum'] < 1e8) return;
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

/** A string whose examples are points of time, whatever its name. */
function* byExample(api: OpenApi, { schema, texts, mixed }: Shown): Generator<Finding> {
  if (mixed || texts.length === 0 || !isPlainString(api, schema)) return;
  const title = titleOf(schema.at);
  const forms = texts.map((text) => formOf(text.trim()));
  const form = forms[0];
  if (!form || forms.some((other) => other === null)) return;
  // Versions of APIs are named after days, and numbers of other things look like days.
  if (form !== 'date-time' && /version|revision|period|range|quarter|month|cycle|label|name|title|text/i.test(title))
    return;
  yield {
    at: schema.at,
    message: `${capitalised(title)} is a ${form === 'date-time' ? 'time' : 'date'} by its example ${quote(texts[0]!)}, but a string without a format.`,
    help:
      form === 'other'
        ? 'Send it as RFC 3339 writes it, and give it `format: date-time` or `format: date`.'
        : `Give it \`format: ${form}\`.`,
  };
}

/** Whether a schema is a string, by itself or in all of its alternatives, of which nothing says what form it has. */
function isPlainString(api: OpenApi, schema: At<JsonObject>, depth = 0): boolean {
  const parts = partsOf(api, schema);
  if (parts.some(({ value }) => value['format'] !== undefined || isNarrowed(value))) return false;
  const members = parts.flatMap(({ value, at }) =>
    ['oneOf', 'anyOf'].flatMap((keyword) =>
      itemsOf(value[keyword]).map((member, i) => ({ value: member, at: at.child(keyword).child(i) })),
    ),
  );
  const strings = members.flatMap((member) => {
    const target = api.resolve(member);
    return target && isObject(target.value) && typesOf(target.value).length > 0 ? [target as At<JsonObject>] : [];
  });
  if (strings.length > 0) return depth < 8 && strings.every((member) => isPlainString(api, member, depth + 1));
  const types = effectiveTypes(api, schema);
  return types.length === 1 && types[0] === 'string';
}

/** How a text writes a point of time: as RFC 3339, in another way, or, if it is none, null. */
function formOf(text: string): 'date' | 'date-time' | 'other' | null {
  if (/^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?$/.test(text)) return 'date-time';
  if (/^(?:19|20)\d\d-(?:0\d|1[0-2])-[0-3]\d$/.test(text)) return 'date';
  return otherForms.some((form) => form.test(text)) ? 'other' : null;
}

const month =
  '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|January|February|March|April|June|July|August|September|October|November|December)\\.?';
const day = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)';
const clock = '\\d{1,2}:\\d\\d(?::\\d\\d)?(?: ?[AP]M)?(?: (?:[A-Z]{1,4}|[+-]\\d{4}))?';

/** `01/02/2023`, `July 3, 2023, 4:15 PM`, and what RFC 822 and RFC 850 write. */
const otherForms = [
  /^\d{1,2}[/.]\d{1,2}[/.]\d{4}$/,
  /^\d{4}\/\d{1,2}\/\d{1,2}$/,
  new RegExp(`^${month} \\d{1,2}(?:(?:st|nd|rd|th)?,? \\d{4})?(?:,? ${clock})?$`),
  new RegExp(`^${day}, \\d{1,2}[ -]${month}[ -]\\d{2,4} ${clock}$`),
];
