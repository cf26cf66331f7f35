import { replaceScalar } from '../../languages/openapi/edit.ts';
import { asString } from '../../languages/openapi/json.ts';
import type { Pointer } from '../../languages/openapi/pointer.ts';
import { everySchema, typesOf } from '../../languages/openapi/select.ts';
import { capitalised, titleOf } from '../../languages/openapi/titles.ts';
import { article, listed } from '../../languages/openapi/values/words.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import { closest } from '../../text/closest.ts';
import type { Fix } from '../../text/fix.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'schemas/format-known',
  summary: 'formats are spelt as they are registered and fit the type beside them',
  why: `Tools ignore formats that they don't know and those of another type: \`datetime\` and \`guid\` look as if they were checked, and nothing is.
Strings may have formats of your own, but only your own tools understand them; for other types there are only the registered ones.`,
  sources: [
    'OpenAPI Format Registry',
    'OpenAPI 3.0.4, Data Types',
    'JSON Schema Validation 2020-12, section 7',
    'Zalando #238',
  ],
  equivalents: ['aip:0202::string-only-format', 'ibm:ibm-integer-attributes', 'zally:171', 'vacuum:oas-schema-check'],
  options: {
    custom: {
      description: 'Whether formats of strings that nobody has registered are `allowed` or `refused`.',
      default: 'allowed',
      schema: { enum: ['allowed', 'refused'] },
    },
    known: {
      description: 'Names of formats of your own that are in order.',
      default: [] as readonly string[],
      schema: { type: 'array', items: { type: 'string' } },
    },
  },
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
components:
  schemas:
    Order:
      type: object
      properties:
        created: { type: string, format: date-time }
        link: { type: [string, 'null'], format: uri }
        lines: { type: integer, format: int32 }
        total: { type: string, format: decimal }
        # 64-bit integers travel as strings where clients cannot hold them.
        number: { type: string, format: int64 }
        account: { type: string, format: iban }
`,
      bad: `
openapi: 3.1.0
components:
  schemas:
    Order:
      type: object
      properties:
        created: { type: string, format: datetime }
        key: { type: string, format: guid }
        due: { type: integer, format: date-time }
        ratio: { type: integer, format: double }
        size: { type: integer, format: int128 }
        tags: { type: array, format: uuid, items: { type: string } }
`,
      fixable: 'unsafe',
      *find(api, { custom, known }) {
        const own = new Set(known);
        for (const { value, at } of everySchema(api)) {
          const format = asString(value['format']);
          const types = typesOf(value);
          if (format === undefined || types.length === 0 || types.includes('file') || own.has(format)) continue;
          const right = registry.get(format);
          if (right) {
            if (types.some((type) => right.has(type))) continue;
            yield {
              at,
              message: `The format \`${format}\` of ${titleOf(at)} is not one for ${article(types[0]!)}.`,
              help: `It is for ${listed([...right].filter((type) => type !== 'integer' || !right.has('number')).map(plural), 'and')}: correct the type or the format.`,
            };
            continue;
          }
          const meant = meantBy(format, types);
          if (meant === null && types.some((type) => open.has(type)) && (custom === 'allowed' || isMarked(format)))
            continue;
          yield {
            at,
            message: `${capitalised(titleOf(at))} has the format \`${format}\`, which is not a registered one for ${plural(types[0]!)}.`,
            help:
              meant === null ? 'Use a registered format, or describe the form with `pattern`.' : `Write \`${meant}\`.`,
            ...(meant !== null && { fix: respelling(meant, at) }),
          };
        }
      },
    },

    protobuf: {
      good: `
syntax = "proto3";

import "google/api/field_info.proto";

message User {
  string uid = 1 [(google.api.field_info).format = UUID4];
  repeated string addresses = 2 [(google.api.field_info).format = IPV4];
}
`,
      bad: `
syntax = "proto3";

import "google/api/field_info.proto";

message User {
  bytes uid = 1 [(google.api.field_info).format = UUID4];
  int32 address = 2 [(google.api.field_info) = { format: IPV4 }];
}
`,
      *find(api) {
        for (const { name, type, typeAt, node } of protobuf.fields(api)) {
          const format = type === 'string' ? null : fieldFormat(node);
          if (format === null || format === 'FORMAT_UNSPECIFIED') continue;
          yield {
            at: typeAt,
            message: `\`${name}\` has the format \`${format}\`, which only strings have, but is \`${type}\`.`,
            help: 'Make it a `string`, or leave the format out.',
          };
        }
      },
    },
  },
});

/** Generated clients hold dates and ids in other types once the format is known. */
function respelling(format: string, at: Pointer): Fix {
  return { title: `Write \`${format}\``, safe: false, edits: () => replaceScalar(at.child('format'), format) };
}

const plural = (type: string): string => `${type}s`;

/** Types of which people make up formats, for which the specification leaves room. */
const open = new Set(['string', 'object']);

/** Formats of dialects that say by their name whose they are, as `x-iban` and `acme:iban`. */
function isMarked(format: string): boolean {
  return /^x-|:/.test(format);
}

/** What is registered, by the types it is for: the OpenAPI Format Registry and JSON Schema Validation 2020-12. */
const registry: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ...entries(
    `base64url binary byte char commonmark date date-time date-time-local duration email hostname html http-date
     idn-email idn-hostname ipv4 ipv6 iri iri-reference json-pointer media-range password regex relative-json-pointer
     sf-binary sf-boolean sf-string sf-token time time-local uri uri-reference uri-template uuid`,
    ['string'],
  ),
  ...entries('int8 int16 int32 uint8 uint16 uint32 double-int sf-integer', ['integer', 'number']),
  ...entries('int64 uint64', ['integer', 'number', 'string']),
  // The first is the registered one, the second that of Stripe and its followers.
  ...entries('unixtime unix-time', ['integer', 'number']),
  ...entries('float double sf-decimal', ['number']),
  ...entries('decimal decimal128', ['number', 'string']),
]);

function entries(names: string, types: readonly string[]): [string, ReadonlySet<string>][] {
  return names
    .trim()
    .split(/\s+/)
    .map((name) => [name, new Set(types)]);
}

/** Names that people write for registered ones. */
const aliases: ReadonlyMap<string, string> = new Map([
  ['datetime', 'date-time'],
  ['date time', 'date-time'],
  ['iso8601', 'date-time'],
  ['iso-8601', 'date-time'],
  ['rfc3339', 'date-time'],
  ['iso-date', 'date'],
  ['guid', 'uuid'],
  ['base64', 'byte'],
  ['e-mail', 'email'],
  ['int', 'int32'],
  ['integer', 'int32'],
  ['long', 'int64'],
  ['bigint', 'int64'],
]);

/** The registered format for the type that was probably meant. */
function meantBy(format: string, types: readonly string[]): string | null {
  const fitting = [...registry].flatMap(([name, right]) => (types.some((type) => right.has(type)) ? [name] : []));
  const alias = aliases.get(format.toLowerCase());
  if (alias !== undefined) return fitting.includes(alias) ? alias : null;
  // Short names are near too many others: `card` is no `char`.
  return format.length < 5 || format === 'url' ? null : closest(format, fitting);
}

/** What `google.api.field_info` says of a field's format, in either way of writing it. */
function fieldFormat(node: protobuf.Field['node']): string | null {
  const single = protobuf.optionOf(node, '(google.api.field_info).format')?.value;
  const whole = protobuf.optionOf(node, '(google.api.field_info)')?.value;
  const value =
    single ?? (whole?.kind === 'message' ? whole.fields.find(({ name }) => name.text === 'format')?.value : undefined);
  return value?.kind === 'word' ? value.text : null;
}
