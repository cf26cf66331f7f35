import { isForeign } from '../../conventions/graphql/documentation.ts';
import * as graphql from '../../languages/graphql/select.ts';
import { textOf } from '../../languages/openapi/descriptions.ts';
import { asText, get, isObject, itemsOf, type JsonObject } from '../../languages/openapi/json.ts';
import { everySchema, type Node } from '../../languages/openapi/select.ts';
import { capitalised, titleOf } from '../../languages/openapi/titles.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import { toCase } from '../../words/cases.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'docs/enum-value-described',
  summary: 'the values of an enumeration say what they mean',
  why: `A value that is a number or a letter means nothing to a reader: \`2\` may be "shipped" or "refunded". And a word leaves open
when it applies: does \`SHIPPED\` include what has arrived? The explanation has to stand beside it, for people and for the names in
generated code.`,
  sources: ['guide S4, Documentation and Testing', 'AIP-192'],
  equivalents: [
    'graphql-eslint:require-description',
    'graphql-schema-linter:enum-values-have-descriptions',
    'buf:COMMENT_ENUM_VALUE',
    'protolint:ENUM_FIELDS_HAVE_COMMENT',
    'aip:0192::has-comments',
  ],
  options: {
    selfEvident: {
      description:
        'Whether what speaks for itself needs a description, too: values that mean the same everywhere (`ASC`, `MONDAY`, `…_UNSPECIFIED`), codes of long lists, fields to sort by, values that the description of their enum names and, in .proto files, those with a comment behind them. In OpenAPI it changes nothing.',
      default: true,
      schema: { type: 'boolean' },
    },
  },
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
components:
  schemas:
    Status: { enum: [placed, paid, shipped] }
    Priority:
      description: 0 is low, 1 is normal, 2 is high.
      enum: [0, 1, 2]
    Size:
      enum: [A, B]
      x-enum-descriptions: { A: Up to 10 cm, B: Anything longer }
    PageSize: { enum: [10, 25, 50] }
`,
      bad: `
openapi: 3.1.0
components:
  schemas:
    Priority: { enum: [0, 1, 2] }
    Size:
      enum: [small, medium, large]
      x-enum-descriptions:
        small: Up to 10 cm
        medium: Up to 30 cm
`,
      *find(api) {
        for (const schema of everySchema(api)) {
          const values = itemsOf(schema.value['enum']).filter((value) => value !== null);
          if (values.length < 2) continue;
          const missing = undescribed(schema.value, values);
          if (missing === undefined && (!areCodes(values) || isExplainedInText(schema, values))) continue;
          if (missing?.length === 0) continue;
          yield {
            at: schema.at.child('enum'),
            message: missing
              ? `No description is given of ${list(missing)}, while other values have one.`
              : `${capitalised(titleOf(schema.at))} does not say what ${list(values)} mean.`,
            help: 'Say what each value means, in the `description` or in `x-enum-descriptions`.',
          };
        }
      },
    },
    graphql: {
      good: `
enum OrderStatus {
  "Taken, not yet paid."
  PLACED
  "On its way, or there."
  SHIPPED
}
`,
      bad: `
enum OrderStatus {
  "Taken, not yet paid."
  PLACED
  SHIPPED
  ""
  LOST
}

"\`ASC\` is smallest first, \`DESC\` largest first."
enum SortDirection {
  ASC
  DESC
}
`,
      *find(api, { selfEvident }) {
        for (const { name, node, at, owner } of graphql.enumValues(api)) {
          if (graphql.descriptionOf(node) !== '' || isForeign(owner)) continue;
          const told = owner.base ? graphql.descriptionOf(owner.base) : '';
          if (!selfEvident && (speaksForItself(name, owner.name, owner.values.length) || mentions(told, name)))
            continue;
          yield {
            at: node.description ? at.on(node.description) : at,
            message: node.description
              ? `The description of \`${at.element}\` is empty.`
              : `Value \`${at.element}\` has no description.`,
            help: 'Say what it means, and when it applies.',
          };
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";

enum OrderStatus {
  // Not to be sent.
  ORDER_STATUS_UNSPECIFIED = 0;
  // Taken, not yet paid.
  ORDER_STATUS_PLACED = 1;
}
`,
      bad: `
syntax = "proto3";

enum OrderStatus {
  ORDER_STATUS_UNSPECIFIED = 0;
  // Taken, not yet paid.
  ORDER_STATUS_PLACED = 1;
  ORDER_STATUS_SHIPPED = 2; // On its way, or there.
}
`,
      *find(api, { selfEvident }) {
        for (const { node: owner, name: enumName, values } of protobuf.enums(api)) {
          const told = protobuf.descriptionOf(owner);
          for (const { name, node, at } of values) {
            if ((selfEvident ? protobuf.leadingDescriptionOf : protobuf.descriptionOf)(node) !== '') continue;
            if (!selfEvident && (speaksForItself(name, enumName, values.length) || mentions(told, name))) continue;
            yield {
              at,
              message: `Value \`${name}\` has no comment.`,
              help: 'Say above it what it means, and when it applies.',
            };
          }
        }
      },
    },
  },
});

/** The values that a table of explanations leaves out; undefined where there is no table. */
function undescribed(schema: JsonObject, values: readonly unknown[]): unknown[] | undefined {
  for (const key of tables) {
    const table = schema[key];
    if (isObject(table)) return values.filter((value) => get(table, asText(value)) === undefined);
    if (Array.isArray(table)) return values.slice(table.length);
  }
  return isObject(schema['x-ms-enum']) ? [] : undefined;
}

const tables = ['x-enum-descriptions', 'x-enumDescriptions', 'x-enum-varnames', 'x-enumNames', 'x-enum-names'];

/** Whether the values are codes: single letters, or numbers that count up from 0 or 1. Other numbers are amounts. */
function areCodes(values: readonly unknown[]): boolean {
  const texts = values.map(asText);
  if (texts.every((text) => /^[A-Za-z]$/.test(text))) return true;
  if (texts.length < 3 || !texts.every((text) => /^\d{1,3}$/.test(text))) return false;
  const numbers = texts.map(Number);
  return numbers[0]! <= 1 && numbers.every((number, i) => i === 0 || number === numbers[i - 1]! + 1);
}

/** Whether what is said of the schema, or of what holds it, mentions each value. */
function isExplainedInText(schema: Node, values: readonly unknown[]): boolean {
  const texts: string[] = [];
  for (let node: Node | null = schema; node; node = node.parent) {
    for (const key of ['description', 'title', 'summary']) texts.push(textOf(node.value, key) ?? '');
    if (node !== schema && (node.kind !== 'Schema' || node.field === 'properties')) break;
    if (node.field === 'properties') break;
  }
  const said = new Set(texts.join(' ').match(/[\p{L}\p{N}]+/gu));
  return values.every((value) => said.has(asText(value)));
}

function list(values: readonly unknown[]): string {
  const shown = values.slice(0, 3).map((value) => `\`${asText(value)}\``);
  const more = values.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** Values that mean the same everywhere, those of long lists of codes (countries, languages, currencies), and fields to sort by. */
function speaksForItself(name: string, owner: string, among: number): boolean {
  if (/(?:^|_)UN(?:SPECIFIED|SET|KNOWN)$|^UNKNOWN_/i.test(name) || sortsBy.test(owner)) return true;
  if (among > 50 && /^[A-Z]{2,3}(?:_[A-Za-z]{2,4})*$/.test(name)) return true;
  const prefix = `${toCase(owner, 'snake')}_`;
  const value = name.toLowerCase();
  const bare = value.startsWith(prefix) ? value.slice(prefix.length) : value;
  return everywhere.has(bare) || /^(?:cubic|square|sq)_[a-z]+$/.test(bare);
}

const sortsBy = /(?:Sort|Sorting|Order|Ordering)(?:Field|By|Key)s?(?:Enum)?$/;

const everywhere: ReadonlySet<string> = new Set(
  `asc desc ascending descending true false yes no read write read_write readwrite none
second seconds minute minutes hour hours day days week weeks month months quarter quarters year years
monday tuesday wednesday thursday friday saturday sunday
january february march april may june july august september october november december
json xml yaml csv html markdown pdf zip png jpg jpeg gif svg webp avif mp3 mp4 webm utf8 utf_8
http https tcp udp grpc ftp sftp ssh ssl tls get put post patch delete head options
enabled disabled bool boolean int int32 int64 uint32 uint64 integer float double string bytes object array
not_found already_exists unauthorized unauthenticated forbidden permission_denied
gram kilogram ounce pound tonne mm cm m km inch foot feet yard mile liter litre kg g lb oz`.split(/\s+/),
);

/** Whether the description of an enum speaks of a value by its name. */
function mentions(text: string, name: string): boolean {
  return text.includes(name) && text.split(/\W+/).includes(name);
}
