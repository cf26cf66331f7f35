import { behaviorsOf, hasBehavior, ownResources, type Resource } from '../../languages/protobuf/annotations.ts';
import { type Field, messages } from '../../languages/protobuf/select.ts';
import type { Finding } from '../../text/problem.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'schemas/field-behavior-placed',
  summary: 'field behaviors stand where they mean something, and `IDENTIFIER` marks the names of resources',
  why: `Tools read from \`IDENTIFIER\` which field names the resource: it is required in an update and forbidden in a create. Without
it they guess; on another field, or where two behaviors contradict each other, they do the wrong thing.`,
  sources: ['AIP-203'],
  equivalents: [
    'aip:0203::resource-identifier-only',
    'aip:0203::resource-name-identifier',
    'aip:0203::unordered-list-repeated',
  ],
  checks: {
    protobuf: {
      good: `
syntax = "proto3";
package library.v1;

import "google/api/field_behavior.proto";
import "google/api/resource.proto";

message Book {
  option (google.api.resource) = {
    type: "library.example.com/Book"
    pattern: "books/{book}"
  };
  string name = 1 [(google.api.field_behavior) = IDENTIFIER];
  repeated string tags = 2 [(google.api.field_behavior) = UNORDERED_LIST];
  string isbn = 3 [(google.api.field_behavior) = REQUIRED, (google.api.field_behavior) = IMMUTABLE];
}
`,
      bad: `
syntax = "proto3";
package library.v1;

import "google/api/field_behavior.proto";
import "google/api/resource.proto";

message Book {
  option (google.api.resource) = {
    type: "library.example.com/Book"
    pattern: "books/{book}"
  };
  string name = 1;
  string tag = 2 [(google.api.field_behavior) = UNORDERED_LIST];
  string isbn = 3 [(google.api.field_behavior) = IDENTIFIER];
  string uid = 4 [(google.api.field_behavior) = REQUIRED, (google.api.field_behavior) = OUTPUT_ONLY];
}

message Page {
  string name = 1 [(google.api.field_behavior) = IDENTIFIER];
}
`,
      *find(api) {
        const resources = new Map(ownResources(api).map((resource) => [resource.message, resource]));
        for (const { node, fields } of messages(api)) {
          const resource = resources.get(node);
          for (const field of fields) {
            yield* identifierFaults(field, resource);
            yield* behaviorFaults(field);
          }
        }
      },
    },
  },
});

function* identifierFaults(field: Field, resource: Resource | undefined): Generator<Finding> {
  const { node, name, at } = field;
  const isName = resource?.nameField === name;
  const mark = behaviorsOf(node).find(({ value }) => value === 'IDENTIFIER');
  if (isName && !mark) {
    yield {
      at,
      message: `The name of the resource \`${resource.name}\` is not marked as \`IDENTIFIER\`.`,
      help: 'Add `(google.api.field_behavior) = IDENTIFIER`.',
    };
  } else if (mark && !isName) {
    const of = resource ? `not the name of the resource \`${resource.name}\`` : 'in a message that is no resource';
    yield {
      at: mark.at,
      message: `\`${name}\` is marked as \`IDENTIFIER\` and is ${of}.`,
      help: resource ? `Mark only \`${resource.nameField}\` so.` : 'Drop the mark.',
    };
  }
}

function* behaviorFaults({ node, name, label, kind }: Field): Generator<Finding> {
  const unordered = behaviorsOf(node).find(({ value }) => value === 'UNORDERED_LIST');
  if (unordered && label !== 'repeated' && kind !== 'map') {
    yield {
      at: unordered.at,
      message: `\`${name}\` is marked as \`UNORDERED_LIST\` and is no list.`,
      help: 'Drop the mark, or make the field repeated.',
    };
  }
  if (!hasBehavior(node, 'REQUIRED')) return;
  const other = behaviorsOf(node).find(({ value }) => value === 'OPTIONAL' || value === 'OUTPUT_ONLY');
  if (!other) return;
  yield {
    at: other.at,
    message: `\`${name}\` is marked both as \`REQUIRED\` and as \`${other.value}\`.`,
    help: 'Keep the one that is true.',
  };
}
