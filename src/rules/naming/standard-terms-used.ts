import { packageImports, resourceOf } from '../../languages/protobuf/annotations.ts';
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import {
  type Enum,
  type EnumValue,
  enums,
  type Field,
  fields,
  type Message,
  messages,
  rpcs,
  services,
} from '../../languages/protobuf/select.ts';
import type { Place } from '../../text/place.ts';
import type { Finding } from '../../text/problem.ts';
import { caseOf, toCase } from '../../words/cases.ts';
import { singular } from '../../words/plurals.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'naming/standard-terms-used',
  summary: "names use the AIPs' word for a thing",
  why: `One API says \`config\` and \`uri\`, the next \`configuration\` and \`url\`: whoever uses both has to look up every name. With one
word for a thing, names can be guessed, and tools know what a field holds.`,
  sources: ['AIP-122', 'AIP-140', 'AIP-141', 'AIP-143', 'AIP-148', 'AIP-160', 'AIP-163', 'AIP-216', 'AIP-217'],
  equivalents: [
    'aip:0122::name-suffix',
    'aip:0140::abbreviations',
    'aip:0140::uri',
    'aip:0141::count-suffix',
    'aip:0143::standardized-codes',
    'aip:0148::human-names',
    'aip:0148::use-uid',
    'aip:0160::filter-field-name',
    'aip:0163::synonyms',
    'aip:0216::synonyms',
    'aip:0216::value-synonyms',
    'aip:0217::synonyms',
  ],
  checks: {
    protobuf: {
      good: `
syntax = "proto3";

import "google/api/resource.proto";

message BookConfig {
  option (google.api.resource) = {
    type: "library.example.com/BookConfig"
    pattern: "bookConfigs/{book_config}"
  };
  string name = 1;
  string uid = 2;
  string display_name = 3;
  string given_name = 4;
  string cover_uri = 5;
  int32 page_count = 6;
  string language_code = 7;
  State state = 8;

  enum State {
    STATE_UNSPECIFIED = 0;
    STATE_ACTIVE = 1;
    SUCCEEDED = 2;
  }
}

message Loan {
  string id = 1;
  Country country = 2;
  bool validate = 3;
}

message Country {
  string code = 1;
}

enum HttpStatusCode {
  HTTP_STATUS_CODE_UNSPECIFIED = 0;
  SUCCESS = 200;
}
`,
      bad: `
syntax = "proto3";

import "google/api/resource.proto";

message BookConfiguration {
  option (google.api.resource) = {
    type: "library.example.com/BookConfiguration"
    pattern: "bookConfigurations/{book_configuration}"
  };
  string id = 1;
  string author_name = 2;
  string last_name = 3;
  string cover_url = 4;
  int32 num_pages = 5;
  string lang = 6;
  BookStatus status = 7;
}

enum BookStatus {
  BOOK_STATUS_UNSPECIFIED = 0;
}

enum State {
  STATE_UNSPECIFIED = 0;
  STATE_SUCCESSFUL = 1;
}

message ListBooksRequest {
  string filters = 1;
  bool dry_run = 2;
}

message ListBooksResponse {
  repeated string unreachable_locations = 1;
}
`,
      *find(api) {
        for (const { name, at } of [...messages(api), ...services(api), ...rpcs(api)]) yield* abbreviated(name, at);
        const owners = new Map(messages(api).flatMap((message) => message.fields.map((field) => [field, message])));
        for (const field of fields(api)) yield* fieldFault(api, field, owners.get(field));
        for (const one of enums(api)) {
          yield* enumFault(one);
          for (const value of one.values) yield* valueFault(api, one, value);
        }
      },
    },
  },
});

const abbreviations: ReadonlyMap<string, string> = new Map([
  ['configuration', 'config'],
  ['configurations', 'configs'],
  ['identifier', 'id'],
  ['identifiers', 'ids'],
  ['information', 'info'],
  ['specification', 'spec'],
  ['specifications', 'specs'],
  ['statistics', 'stats'],
]);

function* abbreviated(name: string, at: Place): Generator<Finding> {
  const words = split(name);
  const long = words.find((word) => abbreviations.has(word));
  if (long === undefined) return;
  yield say(
    name,
    at,
    inStyleOf(
      name,
      words.map((word) => abbreviations.get(word) ?? word),
    ),
    `spells out \`${long}\``,
  );
}

function inStyleOf(name: string, words: readonly string[]): string {
  return toCase(words, caseOf(name) ?? 'snake');
}

function say(name: string, at: Place, instead: string, fault: string): Finding {
  return { at, message: `\`${name}\` ${fault}.`, help: `Call it \`${instead}\`, as other APIs do.` };
}

function* fieldFault(api: Protobuf, field: Field, owner: Message | undefined): Generator<Finding> {
  const { name, at } = field;
  const words = split(name);
  const term = owner && termFor(field, owner);
  if (term) yield say(name, at, term, `is not the standard word, \`${term}\``);
  else if (name !== 'type_url' && words.some((word) => word === 'url' || word === 'urls')) {
    const instead = inStyleOf(
      name,
      words.map((word) => word.replace(/^url(s?)$/, 'uri$1')),
    );
    yield say(name, at, instead, 'says URL for a URI');
  } else if (words.some((word) => abbreviations.has(word))) yield* abbreviated(name, at);
  else if (isNameOfOther(field) && namesThings(api, field)) {
    const instead = name.slice(0, -'_name'.length);
    yield {
      at,
      message: `\`${name}\` ends in \`_name\`.`,
      help: `Call a reference to a resource \`${instead}\`, and what is shown to people \`display_name\`.`,
    };
  }
}

/** What a whole field should be called, if it has a synonym of that. */
function termFor({ name, kind, type, label }: Field, owner: Message): string | undefined {
  const isScalar = kind === 'scalar' && label !== 'repeated';
  const count = /^(?:num|number_of)_(\w+)$/.exec(name)?.[1];
  if (count && isScalar && /int|fixed/.test(type)) return `${oneOf(count)}_count`;
  const isText = isScalar && type === 'string';
  if (isText && names.has(name)) return names.get(name);
  if ((isText || (kind === 'enum' && label !== 'repeated')) && codes.has(name)) return codes.get(name);
  if (name === 'id' && isScalar && /string|int|fixed/.test(type) && resourceOf(owner.node)) {
    return owner.fields.some((field) => field.name === 'uid') ? undefined : 'uid';
  }
  if (name === 'filters' && /^List\w+Request$/.test(owner.name)) return 'filter';
  if (isScalar && type === 'bool' && /Request$/.test(owner.name) && previews.has(name)) return 'validate_only';
  if (/^unreachable_(?:locations|resources)$/.test(name) && /Response$/.test(owner.name)) return 'unreachable';
  return undefined;
}

function oneOf(words: string): string {
  const all = words.split('_');
  return [...all.slice(0, -1), singular(all.at(-1)!)].join('_');
}

const names: ReadonlyMap<string, string> = new Map([
  ['first_name', 'given_name'],
  ['last_name', 'family_name'],
  ['surname', 'family_name'],
]);

const codes: ReadonlyMap<string, string> = new Map([
  ['lang', 'language_code'],
  ['language', 'language_code'],
  ['country', 'region_code'],
  ['country_code', 'region_code'],
  ['region', 'region_code'],
  ['currency', 'currency_code'],
  ['mimetype', 'mime_type'],
  ['mime', 'mime_type'],
  ['content_type', 'mime_type'],
  ['tz', 'time_zone'],
  ['timezone', 'time_zone'],
]);

const previews = new Set(['dry_run', 'dryrun', 'validate', 'is_validate_only', 'check_only']);

/** Whether a package has resources: elsewhere a name is no reference, and a state no resource's. */
function namesThings(api: Protobuf, { file }: Pick<Field, 'file'>): boolean {
  return packageImports(api, file.packageName, 'google/api/resource.proto');
}

/** Whether a string is called after the name of something else. */
function isNameOfOther({ name, kind, type }: Field): boolean {
  return kind === 'scalar' && type === 'string' && name.endsWith('_name') && !ownNames.test(name);
}

/** What has a name that is no resource's: people, hosts, and what is named in code, in files and in queries. */
const named = `
  alias argument attribute brand browser canonical class client column common company constraint crypto_key display
  distinguished dns domain enum event family field file full full_resource function given header host index json key
  label legal library long message method metric middle model module namespace nick object original os package
  parameter policy product property query range rpc schema sdk short signal software span street table tag time_zone
  timezone trigger type user variable
`;

const ownNames = new RegExp(`(?:^|_)(?:${named.trim().split(/\s+/).join('|')})_name$`);

function* enumFault({ name, at, values }: Enum): Generator<Finding> {
  if (
    /(?:^|[a-z\d])Status$/.test(name) &&
    !/https?status$/i.test(name) &&
    values.every(({ number }) => number !== 404)
  ) {
    yield say(name, at, name.replace(/Status$/, 'State'), 'says status for a state');
  } else yield* abbreviated(name, at);
}

const states: ReadonlyMap<string, string> = new Map([
  ['SUCCESS', 'SUCCEEDED'],
  ['SUCCESSFUL', 'SUCCEEDED'],
  ['READY', 'ACTIVE'],
  ['CANCELED', 'CANCELLED'],
  ['CANCELING', 'CANCELLING'],
  ['FAIL', 'FAILED'],
  ['FAILURE', 'FAILED'],
]);

function* valueFault(api: Protobuf, { name: owner }: Enum, { name, at, file }: EnumValue): Generator<Finding> {
  const prefix = `${toCase(owner, 'screaming-snake')}_`;
  const own = name.startsWith(prefix) ? name.slice(prefix.length) : name.replace(/^STATE_/, '');
  const term = /State$/.test(owner) && namesThings(api, { file }) && states.get(own);
  if (term)
    yield say(name, at, name.slice(0, name.length - own.length) + term, `is not the standard word, \`${term}\``);
  else yield* abbreviated(name, at);
}
