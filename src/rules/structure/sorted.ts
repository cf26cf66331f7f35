import type { ASTNode, NameNode } from 'graphql';
import { Coordinate } from '../../languages/graphql/coordinate.ts';
import { sortMembers } from '../../languages/graphql/edit.ts';
import type { GraphQl } from '../../languages/graphql/graphql.ts';
import * as graphql from '../../languages/graphql/select.ts';
import { reorder } from '../../languages/openapi/edit.ts';
import { keysOf } from '../../languages/openapi/json.ts';
import type { Pointer } from '../../languages/openapi/pointer.ts';
import { componentsOf, tags } from '../../languages/openapi/select.ts';
import { importBlocks, sortImports } from '../../languages/protobuf/edit.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import { placeOf } from '../../languages/protobuf/tree.ts';
import type { Edit, Fix } from '../../text/fix.ts';
import type { Place } from '../../text/place.ts';
import { compareText, type Finding } from '../../text/problem.ts';
import type { Source } from '../../text/source.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'structure/sorted',
  summary: 'lists whose order means nothing are sorted by name',
  why: `In a sorted list things are found, duplicates stand side by side, and two changes rarely meet on the same line.`,
  sources: ['OpenAPI 3.1.1, OpenAPI Object, `tags`', 'Protocol Buffers Style Guide, File structure'],
  equivalents: [
    'spectral:openapi-tags-alphabetical',
    'redocly:tags-alphabetical',
    'graphql-eslint:alphabetize',
    'graphql-schema-linter:enum-values-sorted-alphabetically',
    'graphql-schema-linter:input-object-fields-sorted-alphabetically',
    'graphql-schema-linter:interface-fields-sorted-alphabetically',
    'graphql-schema-linter:type-fields-sorted-alphabetically',
    'protolint:IMPORTS_SORTED',
  ],
  options: {
    lists: {
      description: 'Which lists have to be sorted.',
      default: ['tags', 'fields', 'inputFields', 'values', 'imports'],
      schema: {
        type: 'array',
        items: {
          enum: ['tags', 'paths', 'schemas', 'definitions', 'fields', 'inputFields', 'arguments', 'values', 'imports'],
        },
        uniqueItems: true,
      },
    },
  },
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
tags:
  - name: Refunds
  - name: items
  - name: orders
paths:
  /orders: {}
  /items: {}
`,
      bad: `
openapi: 3.1.0
tags:
  - name: orders
  - name: items
`,
      fixable: 'safe',
      *find(api, { lists }) {
        const wanted = lists as readonly string[];
        if (wanted.includes('tags')) yield* unsortedEntries('tag', placed(tags(api)));
        if (wanted.includes('paths')) {
          const at = api.root.at.child('paths');
          yield* unsortedEntries(
            'path',
            keysOf(api.root.value['paths']).map((name) => ({ name, at: at.child(name).onKey, entry: at.child(name) })),
          );
        }
        if (wanted.includes('schemas')) yield* unsortedEntries('schema', placed(componentsOf(api, 'schemas')));
      },
    },
    graphql: {
      good: `
type Query {
  user: User
  Users(last: Int, after: String): [User!]
}

type User { id: ID!, name: String }

extend type User { age: Int }
`,
      bad: `
type User {
  id: ID!
  name: String
  age: Int
}

enum Role { USER, ADMIN }
`,
      fixable: 'safe',
      *find(api, { lists }) {
        for (const { list, members } of listsOf(api, lists as readonly string[])) {
          yield* misplaced(list, members && sortingOf(() => sortMembers(api, members)));
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";

import "google/protobuf/duration.proto";
import "google/protobuf/timestamp.proto";

import "acme/money.proto";
`,
      bad: `
syntax = "proto3";

import "google/protobuf/timestamp.proto";
import "acme/money.proto";
import "google/protobuf/duration.proto";
`,
      fixable: 'safe',
      *find(api, { lists }) {
        if (!(lists as readonly string[]).includes('imports')) return;
        for (const { node } of protobuf.files(api)) {
          for (const group of importBlocks(node)) {
            const list = group.map((one) => ({ name: one.path.value, at: placeOf(one, one.path) }));
            const fix = sortingOf(() => sortImports(group));
            for (const finding of firstUnsorted('import', list)) yield { ...finding, fix };
          }
        }
      },
    },
  },
});

/** Tells of the first that stands before one it should follow: one finding a list, since moving one thing mends the rest. */
function* firstUnsorted(noun: string, list: readonly Named[]): Generator<Finding> {
  const index = list.findIndex(({ name }, i) => i + 1 < list.length && compareText(name, list[i + 1]!.name) > 0);
  if (index < 0) return;
  const [one, next] = [list[index]!, list[index + 1]!];
  yield {
    at: one.at,
    message: `The ${noun} \`${one.name}\` stands before \`${next.name}\`, which sorts first.`,
    help: 'Sort the list by name.',
  };
}

/** The same of entries of one document, with what sorts them. */
function* unsortedEntries(noun: string, list: readonly PlacedName[]): Generator<Finding> {
  const fix = sortingOf(() => sortByName(list));
  for (const finding of firstUnsorted(noun, list)) yield { ...finding, fix };
}

/** The edits that sort a list by name; none where its members do not all stand in it. */
function sortByName(list: readonly PlacedName[]): readonly Edit[] {
  const parents = new Set(list.map(({ entry }) => entry.parent!.element));
  const sorted = list.toSorted((a, b) => compareText(a.name, b.name));
  return parents.size === 1
    ? reorder(
        list[0]!.entry.parent!,
        sorted.map(({ entry }) => entry.key),
      )
    : [];
}

function placed(list: readonly { readonly name: string; readonly at: Pointer }[]): PlacedName[] {
  return list.map(({ name, at }) => ({ name, at, entry: at }));
}

/** What has a name, where it stands, and the entry of the list that it is. */
interface PlacedName extends Named {
  readonly entry: Pointer;
}

/** The lists of a schema that are to be sorted: definitions by file, members by definition and extension. */
function* listsOf(api: GraphQl, lists: readonly string[]): Generator<MemberList> {
  if (lists.includes('definitions')) {
    for (const list of byFile(graphql.types(api).filter(({ base }) => base !== null))) yield { list };
  }
  for (const { name, base, extensions } of graphql.types(api)) {
    for (const node of [...(base ? [base] : []), ...extensions]) {
      const members = 'fields' in node ? node.fields : 'values' in node ? node.values : undefined;
      const list = 'values' in node ? 'values' : node.kind.startsWith('Input') ? 'inputFields' : 'fields';
      if (members && lists.includes(list)) yield { list: members.map((member) => memberOf(name, member)), members };
    }
  }
  if (!lists.includes('arguments')) return;
  for (const field of [...graphql.fields(api), ...graphql.directiveDefinitions(api)]) {
    yield { list: field.arguments, members: field.arguments.map(({ node }) => node) };
  }
}

interface MemberList {
  readonly list: readonly Named[];
  /** What a machine can sort. Definitions are far apart, with comments between them. */
  readonly members?: readonly (ASTNode & { readonly name: NameNode })[];
}

/** One fix for all that stands in the wrong place in a list. */
function sortingOf(sort: () => readonly Edit[]): Fix {
  let edits: readonly Edit[] | undefined;
  return { title: 'Sort the list', safe: true, edits: () => (edits ??= sort()) };
}

interface Named {
  readonly name: string;
  readonly at: Place;
}

function memberOf(owner: string, { name }: { readonly name: NameNode }): Named {
  return { name: name.value, at: new Coordinate(`${owner}.${name.value}`, name) };
}

function byFile(types: readonly graphql.Type[]): Iterable<readonly Named[]> {
  const files = new Map<Source, Named[]>();
  for (const type of types) {
    const { source } = type.at.range();
    const list = files.get(source);
    if (list) list.push(type);
    else files.set(source, [type]);
  }
  return files.values();
}

/** Each that sorts before the one above it. */
function* misplaced(list: readonly Named[], fix: Fix | undefined): Generator<Finding> {
  for (const [index, { name, at }] of list.entries()) {
    const above = list[index - 1];
    if (!above || isInOrder(above.name, name)) continue;
    yield {
      at,
      message: `\`${name}\` stands behind \`${above.name}\`, but sorts before it.`,
      help: 'Sort the list by name.',
      ...(fix && { fix }),
    };
  }
}

/** Capitals may sort before small letters, or beside them: `canUpdate, cannotUpdate` is as good as the other way round. */
function isInOrder(above: string, name: string): boolean {
  return compareText(above, name) <= 0 || compareText(above.toLowerCase(), name.toLowerCase()) <= 0;
}
