import { isExplainedByInterface } from '../../conventions/graphql/documentation.ts';
import type { GraphQl } from '../../languages/graphql/graphql.ts';
import * as graphql from '../../languages/graphql/select.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { effectiveTypes, keyword, type Property, properties } from '../../languages/openapi/select.ts';
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import { split } from '../../words/split.ts';
import { timeOf } from '../../words/times.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'naming/time-field-suffix',
  summary: 'points of time are named after one pattern',
  why: `With \`created_at\`, \`update_time\` and \`expires\` in one API, nobody can guess the next one, and tools that find times by their names
find half of them.`,
  sources: ['guide S4, Consistency Over Cleverness', 'AIP-142', 'Zalando 235'],
  equivalents: ['zally:235', 'aip:0142::time-field-names'],
  options: {
    suffix: {
      description:
        'What names of times end in; `majority` is what most of them end in, in .proto files `time` unless most end in `at`.',
      default: 'majority' as 'majority' | 'at' | 'time',
      schema: { enum: ['majority', 'at', 'time'] },
    },
  },
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
components:
  schemas:
    Order:
      properties:
        created_at: { type: string, format: date-time }
        paid_at: { type: string, format: date-time }
        shipped_on: { type: string, format: date }
        timeout: { type: integer }
        timezone: { type: string }
`,
      bad: `
openapi: 3.1.0
components:
  schemas:
    Order:
      properties:
        created_at: { type: string, format: date-time }
        paid_at: { type: string, format: date-time }
        sent_at: { type: string, format: date-time }
        update_time: { type: string, format: date-time }
        expires: { type: string, format: date-time }
`,
      *find(api, { suffix }) {
        for (const { thing, message } of oddOnes(timesOf(api, properties(api), isTime), suffix)) {
          yield { at: thing.at.onKey, message, help };
        }
      },
    },
    graphql: {
      good: `
scalar DateTime

type Order {
  createdAt: DateTime!
  paidAt: DateTime
  shippedOn: Date
  window(startTime: DateTime): String
  startTime: String
}
`,
      bad: `
scalar DateTime

type Order {
  createdAt: DateTime!
  paidAt: DateTime
  sentAt: DateTime
  updateTime: DateTime
}
`,
      *find(api, { suffix }) {
        for (const { thing, message } of oddOnes(
          timesOf(api, timeFields(api), () => true),
          suffix,
        )) {
          yield { at: thing.at, message, help };
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";

import "google/protobuf/timestamp.proto";

message Order {
  google.protobuf.Timestamp create_time = 1;
  google.protobuf.Timestamp timestamp = 2;
  repeated google.protobuf.Timestamp retry_times = 3;
  google.protobuf.Timestamp timestamp_value = 4;
}
`,
      bad: `
syntax = "proto3";

import "google/protobuf/timestamp.proto";

message Order {
  google.protobuf.Timestamp created_at = 1;
  google.protobuf.Timestamp published_time = 2;
  google.protobuf.Timestamp deadline = 3;
}
`,
      *find(api, { suffix }) {
        const times = timestamps(api);
        const ending = suffix === 'majority' ? usualEnding(times) : suffix;
        for (const { name, at } of times) {
          const words = split(name);
          const last = words.at(-1)!;
          const past =
            ending === 'time' && words.length === 2 && last === 'time' ? inImperative.get(words[0]!) : undefined;
          if (past !== undefined) {
            yield {
              at,
              message: `The time \`${name}\` says what has happened rather than what happens.`,
              help: `Call it \`${past}_time\`.`,
            };
          } else if (last !== ending && last !== `${ending}s`) {
            yield {
              at,
              message: `The time \`${name}\` does not end in \`_${ending}\`.`,
              help: 'Name all points of time after one pattern.',
            };
          }
        }
      },
    },
  },
});

type Pattern = 'at' | 'time' | 'timestamp' | 'bare';

interface Time<T> {
  readonly first: T;
  readonly pattern: Pattern;
}

/** What is a point of time, by name, with what it ends in. */
function timesOf<A, T extends { readonly name: string }>(
  api: A,
  all: readonly T[],
  isTime: (api: A, thing: T) => boolean,
): Map<string, Time<T>> {
  const found = new Map<string, Time<T>>();
  for (const thing of all) {
    if (found.has(thing.name)) continue;
    const pattern = patternOf(thing.name);
    if (pattern !== null && isTime(api, thing)) found.set(thing.name, { first: thing, pattern });
  }
  return found;
}

/** What a time's name ends in; null for what is no time, and for days. */
function patternOf(name: string): Pattern | null {
  const words = split(name);
  if (timeOf(words) !== 'date-time' || words.join(' ') === 'date time') return null;
  const last = words.at(-1)!;
  if (words.length > 1 && (last === 'at' || last === 'time' || last === 'timestamp')) return last;
  return words.length === 1 && last !== 'timestamp' && last !== 'datetime' ? 'bare' : null;
}

function isTime(api: OpenApi, property: Property): boolean {
  const types = effectiveTypes(api, property);
  if (types.includes('integer')) return true;
  return types.includes('string') && keyword(api, property, 'format') === 'date-time';
}

/** The pattern that more than half have, of at least three. */
function commonest(patterns: readonly Pattern[]): Pattern | null {
  if (patterns.length < 3) return null;
  return patterns.find((one) => patterns.filter((other) => other === one).length * 2 > patterns.length) ?? null;
}

/** The times that differ from the rest, and what to say of them. */
function* oddOnes<T>(times: ReadonlyMap<string, Time<T>>, suffix: 'majority' | 'at' | 'time') {
  const usual = suffix === 'majority' ? commonest([...times.values()].map(({ pattern }) => pattern)) : suffix;
  if (usual === null || usual === 'bare') return;
  for (const [name, { first, pattern }] of times) {
    if (pattern === usual) continue;
    const most = suffix === 'majority' ? ', as most times of this API do' : '';
    yield { thing: first, message: `The time \`${name}\` does not end in \`${usual}\`${most}.` };
  }
}

const help = 'Name all points of time after one pattern.';

/** The fields whose type is a point of time: not again those of interfaces, nor what is on its way out. */
function timeFields(api: GraphQl): (graphql.Field | graphql.InputField)[] {
  const own = graphql.fields(api).filter((field) => !isExplainedByInterface(api, field));
  return [...own, ...graphql.inputFields(api)].filter(({ node }) => {
    const isTime = /^(?:\w*DateTime\w*|Timestamp\w*|Instant)$/i.test(graphql.namedType(node.type).name.value);
    return isTime && !graphql.isList(node.type) && !graphql.deprecationOf(node);
  });
}

/** The fields that are timestamps and have a name that tells of what. */
function timestamps(api: Protobuf): protobuf.Field[] {
  return protobuf.fields(api).filter(({ node, name, kind, type, extend }) => {
    if (type.replace(/^\./, '') !== 'google.protobuf.Timestamp' || kind === 'map' || extend) return false;
    const words = split(name);
    const last = words.at(-1) ?? '';
    if (words.length < 2 && /^(?:(?:time|timestamp|date)s?|ts|value|now)$/.test(last)) return false;
    return !notEndings.test(last) && !protobuf.optionOf(node, 'deprecated');
  });
}

/** Last words of a value among others, of a setting, and of bounds that a filter has. */
const notEndings = /^(?:type|values?|before|after|since|until|from|to)$/;

/** `at` where at least two times end so, and more than end in `time`. */
function usualEnding(times: readonly protobuf.Field[]): 'at' | 'time' {
  const count = (ending: string) => times.filter(({ name }) => name.endsWith(`_${ending}`)).length;
  const at = count('at');
  return at > 1 && at > count('time') ? 'at' : 'time';
}

/** What AIP-142 has before `_time` where others write a participle. */
const inImperative: ReadonlyMap<string, string> = new Map(
  'created:create updated:update modified:modify deleted:delete expired:expire purged:purge published:publish'
    .split(' ')
    .map((pair) => pair.split(':') as [string, string]),
);
