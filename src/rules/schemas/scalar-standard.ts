import { isCopied } from '../../conventions/protobuf/packages.ts';
import { formatOf, packageImports, resourceOf } from '../../languages/protobuf/annotations.ts';
import { commentsOf } from '../../languages/protobuf/comments.ts';
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import { type Field, fields, type Message, messages } from '../../languages/protobuf/select.ts';
import type { ProtoFile } from '../../languages/protobuf/tree.ts';
import type { Finding } from '../../text/problem.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'schemas/scalar-standard',
  summary: 'common scalar fields have their standard type and format',
  why: `Codes of languages and countries grow, and an enum of them is never complete. Base64 in a string costs a third more than bytes
and two conversions. Not every language has unsigned integers. And a string whose format is annotated can be checked before it is sent.`,
  sources: ['AIP-140', 'AIP-141', 'AIP-143', 'AIP-148', 'AIP-155', 'AIP-202'],
  equivalents: [
    'aip:0140::base64',
    'aip:0141::forbidden-types',
    'aip:0143::string-type',
    'aip:0148::ip-address-format',
    'aip:0148::uid-format',
    'aip:0155::request-id-format',
  ],
  checks: {
    protobuf: {
      good: `
syntax = "proto3";
package library.v1;

import "google/api/field_info.proto";
import "google/api/resource.proto";

message CreateBookRequest {
  string request_id = 1 [(google.api.field_info).format = UUID4];
}

message Book {
  option (google.api.resource) = {
    type: "library.example.com/Book"
    pattern: "books/{book}"
  };
  string name = 1;
  string uid = 2 [(google.api.field_info).format = UUID4];
  string language_code = 3;
  int32 page_count = 4;
  sint64 balance = 5;
  uint64 uint64_value = 8;
  // The base64 of this goes into the catalogue.
  bytes checksum = 6;
  // The checksum as hex, not base64.
  string hex_checksum = 7;
}

message Scan {
  string uid = 1;
}
`,
      bad: `
syntax = "proto3";
package library.v1;

import "google/api/field_info.proto";
import "google/api/resource.proto";

message CreateBookRequest {
  string request_id = 1;
}

message Book {
  option (google.api.resource) = {
    type: "library.example.com/Book"
    pattern: "books/{book}"
  };
  string name = 1;
  string uid = 2 [(google.api.field_info).format = IPV4];
  LanguageCode language_code = 3;
  uint32 page_count = 4;
  // The base64 of the checksum.
  string checksum = 5;
  string ip_address = 6;
}

enum LanguageCode {
  LANGUAGE_CODE_UNSPECIFIED = 0;
  EN = 1;
}
`,
      *find(api) {
        for (const field of fields(api)) {
          yield* codeFault(field);
          yield* binaryFault(field);
          yield* signFault(field);
        }
        for (const message of messages(api)) {
          if (!annotatesFields(api, message.file)) continue;
          for (const field of message.fields) yield* formatFault(message, field);
        }
      },
    },
  },
});

/** Formats are asked for only where the API could say them. */
function annotatesFields(api: Protobuf, { packageName }: ProtoFile): boolean {
  const files = ['field_info', 'field_behavior', 'resource'];
  return files.some((name) => packageImports(api, packageName, `google/api/${name}.proto`));
}

function* formatFault({ name: message, node }: Message, field: Field): Generator<Finding> {
  if (field.kind !== 'scalar' || field.type !== 'string') return;
  const wanted = wantedFormats(field.name, /Request$/.test(message), resourceOf(node) !== null);
  const format = formatOf(field.node);
  if (!wanted || (format && wanted.includes(format.value))) return;
  const standard = wanted.join('`, `');
  yield {
    at: format?.at ?? field.at,
    message: format
      ? `\`${field.name}\` has the format \`${format.value}\`.`
      : `\`${field.name}\` does not say its format, \`${wanted[0]}\`.`,
    help: `Set \`(google.api.field_info).format\` to \`${standard}\`.`.replace(/`, `(?!.*`, `)/, '` or `'),
  };
}

function wantedFormats(name: string, inRequest: boolean, inResource: boolean): readonly string[] | null {
  if (name === 'uid' && inResource) return ['UUID4'];
  if (name === 'request_id' && inRequest) return ['UUID4'];
  return /(?:^|_)ip_address$/.test(name) ? ['IPV4', 'IPV6', 'IPV4_OR_IPV6'] : null;
}

function* codeFault({ name, kind, type, typeAt }: Field): Generator<Finding> {
  const code = /(?:^|_)(language_code|region_code|country_code|currency_code|mime_type|time_zone)$/.exec(name)?.[1];
  if (!code || kind === 'unknown' || (kind === 'scalar' && type === 'string')) return;
  if (kind === 'map' || type === 'google.protobuf.StringValue') return;
  if (code === 'time_zone' && type === 'google.type.TimeZone') return;
  yield {
    at: typeAt,
    message: `\`${name}\` is not a string.`,
    help: `Make it a string that holds ${standards[code]}.`,
  };
}

const standards: Readonly<Record<string, string>> = {
  language_code: 'a BCP 47 tag',
  region_code: 'a CLDR region code',
  country_code: 'an ISO 3166 code',
  currency_code: 'an ISO 4217 code',
  mime_type: 'a media type',
  time_zone: 'a name of the tz database',
};

function* binaryFault({ name, kind, type, typeAt, node }: Field): Generator<Finding> {
  if (kind !== 'scalar' || type !== 'string') return;
  const { leading, trailing } = commentsOf(node);
  const said = [leading, trailing].some(
    (comment) =>
      comment && /\bbase-?64\b/i.test(comment.text.replace(/\b(?:not|no|without|instead of) base-?64\b/gi, '')),
  );
  if (!said) return;
  yield {
    at: typeAt,
    message: `\`${name}\` holds base64 in a string.`,
    help: 'Make it `bytes`: in JSON they are base64 anyway.',
  };
}

function* signFault({ name, kind, type, typeAt, file }: Field): Generator<Finding> {
  if (kind !== 'scalar' || !/^(?:uint32|uint64|s?fixed32|s?fixed64)$/.test(type)) return;
  // In a choice of all that values may be, the type is what the field is there for.
  if (name.includes(type) || name === 'uint_value' || isCopied(file)) return;
  yield {
    at: typeAt,
    message: `\`${name}\` has the type \`${type}\`.`,
    help: `Use \`${type.endsWith('64') ? 'int64' : 'int32'}\`, which every language has.`,
  };
}
