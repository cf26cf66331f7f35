import * as graphql from '../../languages/graphql/select.ts';
import { removeEntries } from '../../languages/openapi/edit.ts';
import { isObject, type JsonObject, stringsOf } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { everySchema, type Node } from '../../languages/openapi/select.ts';
import { capitalised, titleOf } from '../../languages/openapi/titles.ts';
import { fingerprint } from '../../languages/openapi/values/equality.ts';
import { article, listed, show, typeOf } from '../../languages/openapi/values/words.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import type { Finding } from '../../text/problem.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'schemas/enum-valid',
  summary: 'the values of an enumeration are unique, of its type, and at least one',
  why: `A value of another type can never be sent: the type refuses it. A value that stands twice becomes two constants of one name in
generated code, which then does not compile. Values that differ in
case alone are one for people, and for generators that write all constants alike. All are usually slips.`,
  sources: [
    'Protocol Buffers, Style Guide, Enums',
    'JSON Schema Validation 2020-12, section 6.1.2',
    'OpenAPI 3.0.4, Schema Object',
    'Zalando #125',
  ],
  equivalents: [
    'spectral:typed-enum',
    'spectral:duplicated-entry-in-enum',
    'redocly:no-enum-type-mismatch',
    'redocly:no-duplicated-enum-values',
    'ibm:typed-enum',
    'graphql-eslint:unique-enum-value-names',
  ],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
components:
  schemas:
    Status: { type: string, enum: [open, closed] }
    Priority: { type: [integer, 'null'], enum: [1, 2, null] }
    Answer: { type: string, enum: ['yes', 'no', '1'] }
    Ratio: { type: number, enum: [1, 1.5] }
    Any: { enum: [auto, 0, true] }
`,
      bad: `
openapi: 3.1.0
components:
  schemas:
    Status: { type: string, enum: [open, closed, open] }
    Answer: { type: string, enum: [sure, true, 1] }
    Priority: { type: integer, enum: [1, 2, null] }
    Sizes: { type: array, enum: [s, m, l], items: { type: string } }
    Nothing: { type: string, enum: [] }
`,
      fixable: 'safe',
      *find(api) {
        for (const schema of everySchema(api)) {
          const values = schema.value['enum'];
          if (!Array.isArray(values)) continue;
          // Earlier versions forbid an empty list: there it is a matter of structure.
          const mayBeEmpty = api.version === '3.1' || api.version === '3.2';
          if (values.length === 0 && mayBeEmpty) {
            const message = `${capitalised(titleOf(schema.at))} has an empty \`enum\`, so no value is allowed.`;
            yield { at: schema.at.child('enum'), message, help: 'List the values, or leave `enum` out.' };
          }
          yield* twins(schema, values);
          yield* strangers(api, schema, values);
        }
      },
    },

    graphql: {
      good: `
enum State {
  OPEN
  OPENED
}
`,
      bad: `
enum State {
  OPEN
  Open
}

extend enum State {
  open
}
`,
      *find(api) {
        for (const type of graphql.typesOf(api, 'enum')) {
          const known = new Map<string, graphql.EnumValue>();
          for (const value of type.values) {
            const first = known.get(value.name.toLowerCase());
            if (!first) known.set(value.name.toLowerCase(), value);
            else {
              yield {
                at: value.at,
                message: `\`${value.name}\` differs from \`${first.name}\` in nothing but its case.`,
                help: 'Keep one of them.',
                related: [{ message: `\`${first.name}\` stands here`, at: first.at }],
              };
            }
          }
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";

enum State {
  STATE_UNSPECIFIED = 0;
  STATE_OPEN = 1;
  STATE_OPENED = 2;
}

enum Answer {
  option allow_alias = true;
  NO = 0;
  Yes = 1;
  YES = 1;
}
`,
      bad: `
syntax = "proto3";

enum State {
  STATE_UNSPECIFIED = 0;
  STATE_OPEN = 1;
  OPEN = 2;
  STATE_Open = 3;
}
`,
      *find(api) {
        for (const { name, values, node } of protobuf.enums(api)) {
          const hasAliases = protobuf.optionOf(node, 'allow_alias') !== undefined;
          const known = new Map<string, protobuf.EnumValue>();
          for (const value of values) {
            const stem = stemOf(value.name, name);
            const first = known.get(stem);
            if (!first) known.set(stem, value);
            else if (first.name !== value.name && !(hasAliases && first.number === value.number)) {
              yield {
                at: value.at,
                message: `\`${value.name}\` is \`${first.name}\` again, once case and the name of the enum are left out.`,
                help: 'Give it another name: code generators leave out both.',
                related: [{ message: `\`${first.name}\` stands here`, at: first.at }],
              };
            }
          }
        }
      },
    },
  },
});

function* twins({ at }: Node, values: readonly unknown[]): Generator<Finding> {
  const seen = new Set<string>();
  const again = new Map<string, number>();
  const surplus: number[] = [];
  for (const [i, value] of values.entries()) {
    const print = fingerprint(value, { left: 1000 });
    if (print === undefined) continue;
    if (seen.has(print)) surplus.push(i);
    if (seen.has(print) && !again.has(print)) again.set(print, i);
    seen.add(print);
  }
  const indexes = [...again.values()];
  if (indexes.length === 0) return;
  const names = listed(
    indexes.map((i) => show(values[i])),
    'and',
  );
  yield {
    at: at.child('enum'),
    message: `${capitalised(names)} ${indexes.length > 1 ? 'stand' : 'stands'} more than once in the \`enum\` of ${titleOf(at)}.`,
    help: 'Leave all but one of each out.',
    fix: { title: 'Keep one of each', safe: true, edits: () => removeEntries(at.child('enum'), surplus) },
    related: indexes.slice(0, 3).map((i) => ({ message: 'It stands here again', at: at.child('enum').child(i) })),
  };
}

/** Values that the type refuses. Where it refuses all, the type or the place of `enum` is wrong: one finding. */
function* strangers(api: OpenApi, { value: schema, at }: Node, values: readonly unknown[]): Generator<Finding> {
  const types = allowedTypes(api, schema);
  if (types.length === 0 || types.includes('file')) return;
  const wrong = values.flatMap((value, i) => (fits(value, types) ? [] : [{ value, i }]));
  const wanted = listed(types.map(article), 'or');
  if (wrong.length > 1 && wrong.length === values.length) {
    const misplaced = types.includes('array') && isObject(schema['items']);
    yield {
      at: at.child('enum'),
      message: `None of the values in the \`enum\` of ${titleOf(at)} is ${wanted}, so no value is allowed.`,
      help: misplaced
        ? 'Move `enum` into `items`.'
        : 'Correct the type, or put quotes around the values or take them away.',
    };
    return;
  }
  for (const { value, i } of wrong) {
    const name = capitalised(value === null ? '`null`' : show(value));
    const reason =
      value === null
        ? `${titleOf(at)} is not nullable`
        : `${titleOf(at)} is ${wanted}, and this is ${article(typeOf(value))}`;
    yield {
      at: at.child('enum').child(i),
      message: `${name} in the \`enum\` can never be used: ${reason}.`,
      help:
        value === null
          ? 'Allow null in the type, or leave the value out.'
          : 'Write the value in that type, or correct the type.',
    };
  }
}

function allowedTypes(api: OpenApi, schema: JsonObject): string[] {
  const { type } = schema;
  const types = typeof type === 'string' ? [type] : stringsOf(type);
  const nullable = (api.version !== '2.0' && schema['nullable'] === true) || schema['x-nullable'] === true;
  return nullable && types.length > 0 ? [...types, 'null'] : types;
}

function fits(value: unknown, types: readonly string[]): boolean {
  const type = typeOf(value);
  return types.includes(type) || (type === 'integer' && types.includes('number'));
}

/** What is left of a value's name without case, underscores and the enum's name in front, as protoc compares them. */
function stemOf(value: string, owner: string): string {
  const bare = value.toLowerCase().replaceAll('_', '');
  const prefix = owner.toLowerCase().replaceAll('_', '');
  return bare.startsWith(prefix) && bare.length > prefix.length ? bare.slice(prefix.length) : bare;
}
