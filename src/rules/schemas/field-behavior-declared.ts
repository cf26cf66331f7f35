import { standardFields } from '../../conventions/protobuf/behaviors.ts';
import { behaviorsOf, packageImports, resourceOf } from '../../languages/protobuf/annotations.ts';
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import { type Field, type Message, memoised, messages, optionOf, rpcs } from '../../languages/protobuf/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'schemas/field-behavior-declared',
  summary: 'every field that callers send says whether it is required',
  why: `In proto3 nothing in a field's type tells whether it must be set. Callers find out by trying, and client libraries and
documentation cannot tell an argument from an option.`,
  sources: ['AIP-203'],
  equivalents: ['aip:0203::field-behavior-required'],
  checks: {
    protobuf: {
      good: `
syntax = "proto3";
package library.v1;

import "google/api/field_behavior.proto";

service Library {
  rpc GetBook(GetBookRequest) returns (Book);
}

message GetBookRequest {
  string name = 1 [(google.api.field_behavior) = REQUIRED];
  Reader reader = 2 [(google.api.field_behavior) = OPTIONAL];
}

message Reader {
  oneof by {
    string email = 1;
    string card = 2;
  }
}

message Book {
  string name = 1;
}
`,
      bad: `
syntax = "proto3";
package library.v1;

import "google/api/field_behavior.proto";

service Library {
  rpc GetBook(GetBookRequest) returns (Book);
}

message GetBookRequest {
  string name = 1;
  Reader reader = 2;
}

message Reader {
  string email = 1;
}

message Book {
  string name = 1;
}
`,
      *find(api) {
        const elsewhere = judgedElsewhere(api);
        for (const { name: message, fields, file } of sent(api)) {
          // Whoever marks nothing has not taken up the annotation at all.
          if (!packageImports(api, file.packageName, 'google/api/field_behavior.proto')) continue;
          for (const field of fields) {
            const { node, name, oneof, at } = field;
            if (oneof || elsewhere.has(field) || behaviorsOf(node).length > 0 || isDeprecated(node)) continue;
            yield {
              at,
              message: `\`${name}\` in \`${message}\` does not say whether it is required.`,
              help: 'Add `(google.api.field_behavior)`: `REQUIRED`, `OPTIONAL`, `OUTPUT_ONLY`, …',
            };
          }
        }
      },
    },
  },
});

/**
 * What has to be marked in one way, which is left to `schemas/standard-field-behavior-declared`, and to
 * `schemas/field-behavior-placed` for the names of resources.
 */
function judgedElsewhere(api: Protobuf): ReadonlySet<Field> {
  const names = messages(api).flatMap(({ node, fields }) => {
    const resource = resourceOf(node);
    return resource ? fields.filter(({ name }) => name === resource.nameField) : [];
  });
  return new Set([...names, ...standardFields(api).map(({ field }) => field)]);
}

function isDeprecated(node: Field['node']): boolean {
  const value = optionOf(node, 'deprecated')?.value;
  return value?.kind === 'word' && value.text === 'true';
}

/** The messages that callers send: requests, resources, and what these are made of within their package. */
function sent(api: Protobuf): readonly Message[] {
  const reached = reachable(api);
  return messages(api).filter((message) => reached.has(message));
}

const reachable = memoised((api): ReadonlySet<Message> => {
  const byName = new Map(messages(api).map((message) => [message.fullName, message]));
  const found = new Set<Message>();
  for (const { request } of rpcs(api)) {
    const message = request && byName.get(request.type);
    if (message) found.add(message);
  }
  for (const message of messages(api)) {
    if (resourceOf(message.node)) found.add(message);
    else if (rpcs(api).length === 0 && /Request$/.test(message.name)) found.add(message);
  }
  // Grows while it is walked.
  for (const message of found) {
    for (const { type } of message.fields) {
      const part = byName.get(type);
      if (part && part.file.packageName === message.file.packageName) found.add(part);
    }
  }
  return found;
});
