import type { GraphQl } from '../../languages/graphql/graphql.ts';
import * as graphql from '../../languages/graphql/select.ts';
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
import * as protobuf from '../../languages/protobuf/select.ts';
import type { Finding } from '../../text/problem.ts';
import { split } from '../../words/split.ts';
import { timeOf } from '../../words/times.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'schemas/time-typed',
  summary: 'times and dates have a type that says so: `format: date-time`, a `DateTime` scalar, `Timestamp`',
  why: `Without such a type every client guesses: a string may be RFC 3339, a local time without a zone, or \`01/02/2024\`, which is two different days on
two sides of an ocean; a number may count seconds or milliseconds. With the type, clients get a date for free and
bad values are refused.`,
  sources: [
    'guide S4, GraphQL Schema Design',
    'guide S4, OpenAPI Specification',
    'RFC 3339',
    'Zalando #169',
    'Zalando #238',
    'AIP-142',
  ],
  equivalents: [
    'ibm:ibm-use-date-based-format',
    'zally:174',
    'aip:0142::time-field-type',
    'aip:0142::time-offset-type',
    'aip:0214::ttl-type',
  ],
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

    graphql: {
      good: `
type Order {
  createdAt: DateTime!
  birthDate: Date
  updatedAt(format: DateFormat): String!
  expiresAt: Int! @deprecated
  timeZone: String
  runTime: Float
  "In seconds since 1970."
  startTime: Int
}

scalar DateTime
scalar Date
`,
      bad: `
type Query {
  orders(createdBeforeDate: String): [Order!]!
}

type Order {
  createdAt: String!
  updatedAt: Int!
}

input OrderInput {
  dueDate: String
}
`,
      *find(api) {
        for (const { name, node, at } of graphqlValues(api)) {
          const { value: type } = graphql.namedType(node.type).name;
          if (!/^(?:String|Int|Float|ID)$/.test(type) || graphql.deprecationOf(node)) continue;
          // What takes a format returns text for people.
          if (node.kind === 'FieldDefinition' && node.arguments && node.arguments.length > 0) continue;
          const expected = timeOf(name);
          if (expected === null) continue;
          if (type !== 'String' && unitTold.test(graphql.descriptionOf(node))) continue;
          yield {
            at: at.on(graphql.namedType(node.type)),
            message: `\`${name}\` is a ${expected === 'date' ? 'date' : 'time'} by its name, but ${type === 'Int' || type === 'ID' ? 'an' : 'a'} \`${type}\`.`,
            help: `Give it a scalar such as \`${expected === 'date' ? 'Date' : 'DateTime'}\`, with \`@specifiedBy\`.`,
          };
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";

import "google/protobuf/duration.proto";
import "google/protobuf/timestamp.proto";

message Order {
  google.protobuf.Timestamp create_time = 1;
  google.type.Date birth_date = 2;
  google.protobuf.Duration ttl = 3;
  google.protobuf.Duration start_time_offset = 4;
  string time_zone = 5;
  int32 timeout_seconds = 6;
  int64 create_time_ms = 7;
  // In seconds.
  int64 session_ttl = 8;
  OpeningHours opening_time = 9;
}
`,
      bad: `
syntax = "proto3";

message Order {
  int64 create_time = 1;
  string updated_at = 2;
  int32 session_ttl = 3;
  int64 start_time_offset = 4;
  double playback_duration = 5;
}
`,
      *find(api) {
        for (const field of protobuf.fields(api)) {
          if (!rawTimes.has(field.type) || field.kind === 'map') continue;
          const wanted = wellKnownOf(field);
          if (wanted === null) continue;
          yield {
            at: field.typeAt,
            message: `\`${field.name}\` is a ${wanted.noun} by its name, but ${/^(?:u?int|[aeio])/.test(field.type) && !field.type.startsWith('u') ? 'an' : 'a'} \`${field.type}\`.`,
            help: `Make it a \`${wanted.type}\`.`,
          };
        }
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

/** Fields without those of subscriptions' roots, input fields, and the arguments of fields. */
function graphqlValues(api: GraphQl): (graphql.Field | graphql.InputField | graphql.Argument)[] {
  const taken = graphql.everyArgument(api).filter(({ owner }) => 'owner' in owner);
  return [...graphql.fields(api), ...graphql.inputFields(api), ...taken];
}

/** Words that say what a number counts. */
const unitTold = /second|millis|micros|nanos|minute|hour|\bdays?\b|epoch|unix|\bms\b|yyyy/i;

/** Types that say nothing about what their number or text means. */
const rawTimes: ReadonlySet<string> = new Set([
  ...'int32 int64 uint32 uint64 sint32 sint64 fixed32 fixed64 sfixed32 sfixed64 double float string'.split(' '),
  ...'Int32Value Int64Value UInt32Value UInt64Value DoubleValue FloatValue StringValue'
    .split(' ')
    .map((name) => `google.protobuf.${name}`),
]);

/** What a field should be by its name, or null. */
function wellKnownOf({ name, type, node }: protobuf.Field): { readonly noun: string; readonly type: string } | null {
  const words = split(name).join(' ');
  const isText = type === 'string' || type === 'google.protobuf.StringValue';
  if (/\btime offset$/.test(words)) return duration;
  if (/(?:^| )(?:ttl|duration)$/.test(words)) {
    // A number whose unit is told is no riddle; a text is one all the same.
    if (words.endsWith('duration') && isText) return null;
    return isText || !unitTold.test(protobuf.descriptionOf(node)) ? duration : null;
  }
  const expected = timeOf(name);
  if (expected === null || /\bHH\b|time of (?:the )?day/i.test(protobuf.descriptionOf(node))) return null;
  if (expected === 'date') return isText ? { noun: 'date', type: 'google.type.Date' } : null;
  return { noun: 'time', type: 'google.protobuf.Timestamp' };
}

const duration = { noun: 'length of time', type: 'google.protobuf.Duration' };
