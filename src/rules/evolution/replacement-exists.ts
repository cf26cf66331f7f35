import * as graphqlConventions from '../../conventions/graphql/deprecations.ts';
import { type Deprecation, deprecations, textsOf } from '../../conventions/openapi/deprecations.ts';
import { versionInPath } from '../../conventions/openapi/versions.ts';
import * as protobufConventions from '../../conventions/protobuf/deprecations.ts';
import type { GraphQl } from '../../languages/graphql/graphql.ts';
import * as graphql from '../../languages/graphql/select.ts';
import { asString, entriesOf, itemsOf } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { segmentsOf } from '../../languages/openapi/paths.ts';
import type { At } from '../../languages/openapi/references.ts';
import {
  componentsOf,
  everyOperation,
  everySchema,
  parameters,
  paths,
  properties,
  responses,
  tags,
} from '../../languages/openapi/select.ts';
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import { closest } from '../../text/closest.ts';
import { replacementsIn } from '../../words/deprecations.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'evolution/replacement-exists',
  summary: 'the replacement that a deprecation names exists',
  why: `Callers who do as they are told look for the new name and find nothing: it was misspelt, renamed since, or never built.`,
  sources: ['guide S4, Deprecation Strategy'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /v1/orders/search:
    get:
      deprecated: true
      description: Use \`GET /v1/orders\` instead.
  /v1/orders/all:
    get:
      deprecated: true
      description: Use \`/v2/orders\` instead.
  /v1/orders:
    get:
      parameters:
        - { name: page, in: query, deprecated: true, description: Use \`cursor\` instead. }
        - { name: cursor, in: query }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders/search:
    get:
      deprecated: true
      description: Use \`GET /order\` instead.
  /orders/all:
    delete:
      deprecated: true
      description: Replaced by \`DELETE /orders\`.
  /orders:
    get:
      parameters:
        - { name: page, in: query, deprecated: true, description: Use \`curser\` instead. }
        - { name: cursor, in: query }
`,
      *find(api) {
        for (const deprecation of deprecations(api)) {
          for (const { value, at } of replacements(api, deprecation)) {
            const missing = value.includes('/') ? missingOperation(api, value) : missingName(api, value);
            if (missing) yield { at, ...told(value, missing) };
          }
        }
      },
    },
    graphql: {
      good: `
type Query {
  orders(page: Int @deprecated(reason: "Use \`after\` instead."), after: String): [Order!]
  allOrders: [Order!] @deprecated(reason: "Use \`Query.orders\`.")
}

type Order {
  id: ID!
  state: String @deprecated(reason: "Use \`orders.status\` of the REST API.")
}
`,
      bad: `
type Query {
  orders(page: Int @deprecated(reason: "Use \`affter\` instead."), after: String): [Order!]
}

type Order {
  id: ID!
  total: Float @deprecated(reason: "Replaced by \`Order.price\`.")
}
`,
      *find(api) {
        for (const { texts } of graphqlConventions.deprecations(api)) {
          for (const { value, at } of texts) {
            for (const name of replacementsIn(value)) {
              const missing = schemaLacks(api, name);
              if (missing) yield { at, ...told(name, missing) };
            }
          }
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";

message Order {
  // Deprecated: use \`total\`.
  double amount = 1 [deprecated = true];
  string total = 2;
  // Deprecated: use \`shop.v2.Order.notes\`.
  string note = 3 [deprecated = true];
}
`,
      bad: `
syntax = "proto3";

message Order {
  // Deprecated: use \`totel\`.
  double amount = 1 [deprecated = true];
  string total = 2;
}
`,
      *find(api) {
        for (const { text, textAt } of protobufConventions.deprecations(api)) {
          for (const name of replacementsIn(text)) {
            const missing = filesLack(api, name);
            if (missing) yield { at: textAt, ...told(name, missing) };
          }
        }
      },
    },
  },
});

/** The replacements that a deprecation names: in backticks behind the words for it, or in an extension. */
function replacements(api: OpenApi, deprecation: Deprecation): At<string>[] {
  const found = textsOf(api, deprecation).flatMap(({ value, at }) =>
    replacementsIn(value).map((name) => ({ value: name, at })),
  );
  const told = entriesOf(deprecation.value).flatMap(([key, value]) =>
    /^x-(?:replaced-by|replacement|successor)$/i.test(key) && typeof value === 'string'
      ? [{ value, at: deprecation.at.child(key) }]
      : [],
  );
  return [...found, ...told].filter(({ value }) => /^(?:[A-Z]+\s+)?\/[^:]*$|^[A-Za-z_][\w.-]*$/.test(value));
}

/** The finding about a replacement that is missing. */
function told(name: string, { near }: Missing): { message: string; help: string } {
  const help = near ? `Did you mean \`${near}\`?` : 'Name what is there.';
  return { message: `The replacement \`${name}\` does not exist.`, help };
}

interface Missing {
  /** What was probably meant. */
  readonly near: string | null;
}

/** A path, perhaps with a method in front, that the API does not have. One of another version may be described elsewhere. */
function missingOperation(api: OpenApi, text: string): Missing | undefined {
  const [, method, path = ''] = /^(?:([A-Z]+)\s+)?(\/\S*)$/.exec(text) ?? [];
  const version = versionInPath(path);
  const all = paths(api);
  if (version && !all.some((entry) => versionInPath(entry.path) === version)) return undefined;
  const wanted = form(path);
  const there = all.filter((entry) => wanted.endsWith(form(entry.path)) || form(entry.path).endsWith(wanted));
  if (there.length === 0)
    return {
      near: closest(
        path,
        all.map((entry) => entry.path),
      ),
    };
  if (!method || there.some(({ item }) => Object.hasOwn(item.value, method.toLowerCase()))) return undefined;
  return { near: null };
}

/** A path without the names of its placeholders. */
function form(path: string): string {
  return segmentsOf(path)
    .map(({ text, literal }) => (literal && !text.startsWith('<') ? `/${text.toLowerCase()}` : '/{}'))
    .join('');
}

/** A name that nothing in the API has. Of a dotted name the last part counts. */
function missingName(api: OpenApi, text: string): Missing | undefined {
  return lacks(namesOf(api), text);
}

function lacks(names: ReadonlyMap<string, string>, text: string): Missing | undefined {
  const last = text.split('.').at(-1) ?? text;
  if (names.has(fold(text)) || names.has(fold(last))) return undefined;
  return { near: closest(last, new Set(names.values())) };
}

/**
 * A name or the coordinate of a member, `Order.price`, that the schema does not have. A member of something that it does not have
 * either is no member of this schema; and a plain name without one like it may be that of anything.
 */
function schemaLacks(api: GraphQl, text: string): Missing | undefined {
  const [, owner, name] = /^(?:([A-Za-z_]\w*)\.)?([A-Za-z_]\w*)(?:\([^()]*\))?$/.exec(text) ?? [];
  if (name === undefined || (owner !== undefined && !api.index.types.has(owner))) return undefined;
  const missing = lacks(schemaNames(api), name);
  return owner === undefined && missing?.near === null ? undefined : missing;
}

const schemaNames = graphql.memoised((api) =>
  byLetters([
    ...graphql.types(api),
    ...graphql.fields(api),
    ...graphql.everyArgument(api),
    ...graphql.inputFields(api),
    ...graphql.enumValues(api),
    ...graphql.directiveDefinitions(api),
  ]),
);

/** A plain name that the files do not have, but one like it: dotted ones may be those of other packages. */
function filesLack(api: Protobuf, text: string): Missing | undefined {
  if (!/^[A-Za-z_]\w*$/.test(text)) return undefined;
  const missing = lacks(protoNames(api), text);
  return missing?.near === null ? undefined : missing;
}

const protoNames = protobuf.memoised((api) =>
  byLetters([
    ...protobuf.messages(api),
    ...protobuf.messages(api).flatMap(({ oneofs }) => oneofs.map(({ name }) => ({ name: name.text }))),
    ...protobuf.fields(api),
    ...protobuf.enums(api),
    ...protobuf.enumValues(api),
    ...protobuf.services(api),
    ...protobuf.rpcs(api),
  ]),
);

function byLetters(elements: readonly { readonly name: string }[]): ReadonlyMap<string, string> {
  return new Map(elements.map(({ name }) => [fold(name), name]));
}

const fold = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** Every name of the API, by its letters and digits. */
function namesOf(api: OpenApi): ReadonlyMap<string, string> {
  const known = api.memo.get(namesOf) as ReadonlyMap<string, string> | undefined;
  if (known) return known;
  const names = [
    ...everyOperation(api).flatMap(({ value }) => [asString(value['operationId']), asString(value['summary'])]),
    ...parameters(api).map(({ name }) => name),
    ...properties(api).map(({ name }) => name),
    ...responses(api).flatMap(({ headers }) => headers.map(({ name }) => name)),
    ...tags(api).map(({ name }) => name),
    ...componentsOf(api, 'schemas').map(({ name }) => name),
    ...paths(api).flatMap(({ path }) => segmentsOf(path).map(({ text }) => text)),
    ...everySchema(api).flatMap(({ value }) => [value['const'], ...itemsOf(value['enum'])].map(asString)),
  ];
  const found = new Map(names.flatMap((name) => (name === undefined ? [] : [[fold(name), name] as const])));
  api.memo.set(namesOf, found);
  return found;
}
