import { embeddedResource, isString } from '../../conventions/protobuf/standard-methods.ts';
import { hasBehavior, ownResources, referenceOf, resourceOf } from '../../languages/protobuf/annotations.ts';
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import { type Field, type Message, memoised, messages } from '../../languages/protobuf/select.ts';
import type { Finding } from '../../text/problem.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'resources/related-by-name',
  summary: 'a resource refers to others by name, and no two need each other first',
  why: `A resource inside another one is a copy: nobody can tell which of the two counts, how old it is, and who may see it. Resources
that refer to each other in a circle cannot be created or deleted in any order. And a link to itself says what the name says.`,
  sources: ['AIP-121', 'AIP-122', 'AIP-124'],
  equivalents: ['aip:0121::no-mutable-cycles', 'aip:0122::embedded-resource', 'aip:0122::no-self-links'],
  checks: {
    protobuf: {
      good: `
syntax = "proto3";
package library.v1;

import "google/api/field_behavior.proto";
import "google/api/resource.proto";

message Author {
  option (google.api.resource) = {
    type: "library.example.com/Author"
    pattern: "authors/{author}"
  };
  string name = 1;
  string last_book = 2 [
    (google.api.field_behavior) = OUTPUT_ONLY,
    (google.api.resource_reference).type = "library.example.com/Book"
  ];
}

message Book {
  option (google.api.resource) = {
    type: "library.example.com/Book"
    pattern: "books/{book}"
  };
  string name = 1;
  string author = 2 [(google.api.resource_reference).type = "library.example.com/Author"];
  Cover cover = 3;
}

message Cover {
  string colour = 1;
}

message BookRevision {
  option (google.api.resource) = {
    type: "library.example.com/BookRevision"
    pattern: "books/{book}/revisions/{revision}"
  };
  string name = 1;
  Book snapshot = 2;
}
`,
      bad: `
syntax = "proto3";
package library.v1;

import "google/api/resource.proto";

message Author {
  option (google.api.resource) = {
    type: "library.example.com/Author"
    pattern: "authors/{author}"
  };
  string name = 1;
  string last_book = 2 [(google.api.resource_reference).type = "library.example.com/Book"];
}

message Book {
  option (google.api.resource) = {
    type: "library.example.com/Book"
    pattern: "books/{book}"
  };
  string name = 1;
  string author = 2 [(google.api.resource_reference).type = "library.example.com/Author"];
  string sequel = 3 [(google.api.resource_reference).type = "library.example.com/Book"];
  string self_link = 4;
}

message Shelf {
  option (google.api.resource) = {
    type: "library.example.com/Shelf"
    pattern: "shelves/{shelf}"
  };
  string name = 1;
  repeated Book books = 2;
}
`,
      *find(api) {
        for (const message of messages(api)) {
          if (!resourceOf(message.node)) continue;
          for (const field of message.fields) yield* fieldFaults(message, field);
        }
        for (const { field, path } of cycles(api)) yield circle(field, path);
      },
    },
  },
});

function* fieldFaults(message: Message, field: Field): Generator<Finding> {
  if (/^self_?link$/i.test(field.name) && isString(field)) {
    yield {
      at: field.at,
      message: `The resource \`${message.name}\` has a link to itself.`,
      help: 'Drop it: its `name` is what it is found by.',
    };
  }
  if (!isEmbedded(message, field)) return;
  yield {
    at: field.typeAt,
    message: `\`${field.name}\` holds the resource \`${nameOf(field)}\` instead of its name.`,
    help: 'Make it a string with a `google.api.resource_reference` to that type.',
  };
}

/** Revisions hold the resource as it was; groups of a kind hold themselves. */
function isEmbedded(message: Message, field: Field): boolean {
  if (!embeddedResource(field) || field.type === message.fullName || /Revision$/.test(message.name)) return false;
  return field.name !== 'snapshot' && !/Revision$/.test(nameOf(field));
}

function nameOf({ type }: Field): string {
  return type.slice(type.lastIndexOf('.') + 1);
}

function circle(field: Field, path: readonly string[]): Finding {
  const round = path.length === 1 ? 'refers to its own kind' : 'closes a circle of resources that need each other';
  return {
    at: field.at,
    message: `\`${field.name}\` ${round}: ${[...shortened(path), path[0]!].map((name) => `\`${name}\``).join(' → ')}.`,
    help: 'Let only one side refer to the other, or mark one reference as `OUTPUT_ONLY`.',
  };
}

/** Long ways round are told by where they begin and end. */
function shortened(path: readonly string[]): readonly string[] {
  return path.length > 6 ? [...path.slice(0, 3), '…', ...path.slice(-2)] : path;
}

/** A field that leads from a resource to another one. */
interface Edge {
  readonly field: Field;
  /** The type of the resource that it leads to. */
  readonly to: string;
}

/** The fields that close a circle, with the names of the resources on it from the one that the field leads to. */
function cycles(api: Protobuf): { field: Field; path: string[] }[] {
  const found: { field: Field; path: string[] }[] = [];
  const done = new Set<string>();
  for (const start of edges(api).keys()) {
    if (done.has(start)) continue;
    // Without recursion: a chain of resources may be as long as a hostile document.
    const path = [{ type: start, next: 0 }];
    const depths = new Map([[start, 0]]);
    while (path.length > 0) {
      const here = path.at(-1)!;
      const edge = edges(api).get(here.type)?.[here.next++];
      if (!edge) {
        done.add(here.type);
        depths.delete(here.type);
        path.pop();
      } else if (depths.has(edge.to)) {
        const round = path.slice(depths.get(edge.to)!).map(({ type }) => type.split('/').at(-1)!);
        found.push({ field: edge.field, path: round });
      } else if (!done.has(edge.to)) {
        depths.set(edge.to, path.length);
        path.push({ type: edge.to, next: 0 });
      }
    }
  }
  return found;
}

/** What each resource of the judged files refers to and callers may write, by its type. */
const edges = memoised((api): ReadonlyMap<string, readonly Edge[]> => {
  const byName = new Map(messages(api).map((message) => [message.fullName, message]));
  const byNode = new Map(messages(api).map((message) => [message.node, message]));
  const found = new Map<string, Edge[]>();
  for (const { type, message, nameField } of ownResources(api)) {
    if (!type || !message) continue;
    const root = byNode.get(message);
    const known = new Set([root]);
    const own: Edge[] = [];
    // Grows while it is walked.
    const pending = (root?.fields ?? []).filter(({ name }) => name !== nameField);
    for (const field of pending) {
      if (hasBehavior(field.node, 'OUTPUT_ONLY')) continue;
      const to = referenceOf(field.node)?.type?.value ?? embeddedResource(field)?.type?.value;
      const part = byName.get(field.type);
      if (to !== undefined) own.push({ field, to });
      else if (part && !known.has(part)) {
        known.add(part);
        pending.push(...part.fields);
      }
    }
    found.set(type.value, [...(found.get(type.value) ?? []), ...own]);
  }
  return found;
});
