import * as graphql from '../../languages/graphql/select.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { effectiveTypes, namedSchemas } from '../../languages/openapi/select.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'naming/type-no-affix',
  summary: 'names of types say what a thing is, not that it is a type',
  why: `\`UserDTO\` and \`StatusEnum\` tell callers how the server is built. The ending becomes part of every class name in generated
clients, and stays when the server has long changed.`,
  sources: ['guide S4, Consistency Over Cleverness', 'AIP-190'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
components:
  schemas:
    User: { type: object }
    PaymentType: { type: string, enum: [card, cash] }
    CarModel: { type: object }
    NetworkInterface: { type: object }
    StorageObject: { type: object }
`,
      bad: `
openapi: 3.1.0
components:
  schemas:
    UserDTO: { type: object }
    StatusEnum: { type: string, enum: [open, closed] }
    Order: { type: object }
    OrderModel: { type: object }
`,
      *find(api) {
        const idle = idleEndings(api);
        const names = new Set(namedSchemas(api).map(({ name }) => name));
        for (const { name, at } of namedSchemas(api)) {
          const words = split(name);
          const ending = words.at(-1) ?? '';
          if (words.length < 2 || !(always.has(ending) || idle.has(ending) || isTwin(name, ending, names))) continue;
          yield { at: at.onKey, ...findingOf('schema', name, ending, names) };
        }
      },
    },
    graphql: {
      good: `
enum PaymentType {
  CARD
}

type CarModel {
  id: ID!
}

type NetworkInterface {
  id: ID!
}

input UserInput {
  name: String
}
`,
      bad: `
enum StatusEnum {
  OPEN
}

interface NodeInterface {
  id: ID!
}

type Order {
  id: ID!
}

type OrderModel {
  id: ID!
}
`,
      *find(api) {
        const types = graphql.types(api).filter(({ base }) => base !== null);
        const idle = habitual(types.filter(({ kind }) => kind === 'type').map(({ name }) => name));
        const names = new Set(types.map(({ name }) => name));
        const enums = types.filter(({ kind }) => kind === 'enum');
        const marked = enums.filter(({ name }) => name.endsWith('Enum'));
        const isHabit = marked.length > many && marked.length * 4 > enums.length;
        if (isHabit) {
          yield {
            at: marked[0]!.at,
            message: `${marked.length} of the ${enums.length} enums, \`${marked[0]!.name}\` first, say \`Enum\`.`,
            help: 'Call enums for what they tell apart.',
          };
        }
        for (const { name, kind, at } of types) {
          if (isHabit && kind === 'enum') continue;
          const words = split(name);
          const ending = words.at(-1) ?? '';
          const isKind = kind === ending && kind !== 'type' && kind !== 'input';
          const isIdle = kind === 'type' && (idle.has(ending) || isTwin(name, ending, names));
          if (words.length < 2 || !(always.has(ending) || isKind || isIdle)) continue;
          yield { at, ...findingOf(kind, name, ending, names) };
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";

message PaymentType {}
message FileDescriptorProto {}
enum CarModel {
  CAR_MODEL_UNSPECIFIED = 0;
}
`,
      bad: `
syntax = "proto3";

message UserDTO {}
enum StatusEnum {
  STATUS_ENUM_UNSPECIFIED = 0;
}
message Order {}
message OrderModel {}
`,
      *find(api) {
        const messages = protobuf.messages(api).map(({ name, at }) => ({ what: 'message', name, at }));
        const idle = habitual(messages.map(({ name }) => name));
        const enums = protobuf.enums(api).map(({ name, at }) => ({ what: 'enum', name, at }));
        const names = new Set([...messages, ...enums].map(({ name }) => name));
        for (const { what, name, at } of [...messages, ...enums]) {
          const words = split(name);
          const ending = words.at(-1) ?? '';
          const isIdle = what === 'message' && (idle.has(ending) || isTwin(name, ending, names));
          if (words.length < 2 || !(always.has(ending) || isIdle)) continue;
          yield { at, ...findingOf(what, name, ending, names) };
        }
      },
    },
  },
});

/** From here on, enums that say so are one decision. */
const many = 10;

/** Endings that mean nothing in a description of an API. */
const always: ReadonlySet<string> = new Set(['dto', 'dtos', 'enum', 'pojo']);

/** Endings that may as well be what a thing is: a `PaymentType`, a `CarModel`, a `StorageObject`. */
const ambiguous: ReadonlySet<string> = new Set(['type', 'model', 'object', 'interface']);

/** A thing that stands there without the ending too. A type beside a thing (`PaymentType`) is a kind of it. */
function isTwin(name: string, ending: string, names: ReadonlySet<string>): boolean {
  return (ending === 'model' || ending === 'object') && names.has(stemOf(name, ending));
}

/** The ambiguous endings that a good part of all objects carry: there it is a habit. */
function idleEndings(api: OpenApi): ReadonlySet<string> {
  const objects = namedSchemas(api).filter((schema) => effectiveTypes(api, schema).includes('object'));
  return habitual(objects.map(({ name }) => name));
}

function stemOf(name: string, ending: string): string {
  return name.slice(0, -ending.length).replace(/[_.-]$/, '');
}

/** The ambiguous endings that a good part of some names have. */
function habitual(names: readonly string[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const name of names) {
    const words = split(name);
    const ending = words.at(-1) ?? '';
    if (words.length > 1 && ambiguous.has(ending)) counts.set(ending, (counts.get(ending) ?? 0) + 1);
  }
  return new Set([...counts].flatMap(([ending, count]) => (count > 3 && count * 4 > names.length ? [ending] : [])));
}

function findingOf(what: string, name: string, ending: string, names: ReadonlySet<string>) {
  const stem = stemOf(name, ending);
  return {
    message: `The ${what} \`${name}\` says \`${name.slice(-ending.length)}\`, which is about code rather than the thing.`,
    help: names.has(stem) ? `Name it for what sets it apart from \`${stem}\`.` : `Call it \`${stem}\`.`,
  };
}
