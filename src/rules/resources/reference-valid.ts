import { messageOf } from '../../conventions/protobuf/collections.ts';
import {
  embeddedResource,
  type MethodMessage,
  payloadOf,
  requestsOf,
  resourceOfSubject,
} from '../../conventions/protobuf/standard-methods.ts';
import { isResourceType, type Resource, referenceOf } from '../../languages/protobuf/annotations.ts';
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import { fields } from '../../languages/protobuf/select.ts';
import type { Finding } from '../../text/problem.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'resources/reference-valid',
  summary: 'a resource reference stands on a string and points the right way',
  why: `A reference says what the names in a string lead to. On a message or a number there is no name; and where the parent of a
list refers to what is listed, or the name of one thing to its children, client libraries offer the wrong names.`,
  sources: ['AIP-122', 'AIP-131', 'AIP-132', 'AIP-133', 'AIP-233'],
  equivalents: [
    'aip:0122::resource-reference-type',
    'aip:0123::resource-reference-type',
    'aip:0131::request-name-reference-type',
    'aip:0132::request-parent-valid-reference',
    'aip:0132::resource-reference-type',
    'aip:0133::resource-reference-type',
    'aip:0233::resource-reference-type',
  ],
  checks: {
    protobuf: {
      good: `
syntax = "proto3";
package library.v1;

import "google/api/resource.proto";

message ListBooksRequest {
  string parent = 1 [(google.api.resource_reference).child_type = "library.example.com/Book"];
}

message CreateBookRequest {
  string parent = 1 [(google.api.resource_reference).type = "library.example.com/Shelf"];
  Book book = 2;
}

message Book {
  option (google.api.resource) = {
    type: "library.example.com/Book"
    pattern: "shelves/{shelf}/books/{book}"
  };
  string name = 1;
  repeated string authors = 2 [(google.api.resource_reference).type = "library.example.com/Author"];
}
`,
      bad: `
syntax = "proto3";
package library.v1;

import "google/api/resource.proto";

message GetBookRequest {
  string name = 1 [(google.api.resource_reference).child_type = "library.example.com/Book"];
}

message CreateBookRequest {
  string parent = 1 [(google.api.resource_reference).type = "library.example.com/Book"];
  Book book = 2;
}

message Book {
  option (google.api.resource) = {
    type: "library.example.com/Book"
    pattern: "shelves/{shelf}/books/{book}"
  };
  string name = 1;
  int64 author = 2 [(google.api.resource_reference).type = "library.example.com/Author"];
  string publisher = 3 [(google.api.resource_reference).type = "Publisher"];
}
`,
      *find(api) {
        for (const field of fields(api)) {
          if ((field.kind === 'scalar' && field.type === 'string') || !referenceOf(field.node)) continue;
          yield {
            at: field.typeAt,
            message: `\`${field.name}\` refers to a resource and is not a string.`,
            help: 'Make it a string: resources are referred to by name.',
          };
        }
        yield* malformed(api);
        yield* misdirected(api);
      },
    },
  },
});

function* malformed(api: Protobuf): Generator<Finding> {
  for (const { node, name } of fields(api)) {
    const reference = referenceOf(node);
    for (const type of [reference?.type, reference?.childType]) {
      if (!type || type.value === '*' || isResourceType(type.value)) continue;
      yield {
        at: type.at,
        message: `\`${name}\` refers to \`${type.value}\`, which is not a service, a slash and the name of a resource.`,
        help: 'Write it as `library.example.com/Book`.',
      };
    }
  }
}

function* misdirected(api: Protobuf): Generator<Finding> {
  for (const { message } of requestsOf(api, 'Get', 'Delete', 'Undelete')) {
    const field = message.fields.find(({ name }) => name === 'name');
    const childType = field && referenceOf(field.node)?.childType;
    if (!childType) continue;
    yield {
      at: field.at,
      message: `The \`name\` in \`${message.name}\` refers to what has \`${childType.value}\` as children.`,
      help: 'Say `type`: the name is that of the resource itself.',
    };
  }
  for (const request of requestsOf(api, 'List', 'Create', 'BatchCreate')) {
    const { message } = request;
    const field = message.fields.find(({ name }) => name === 'parent');
    const type = field && referenceOf(field.node)?.type;
    if (!type || !isType(api, request, type.value)) continue;
    yield {
      at: field.at,
      message: `The \`parent\` in \`${message.name}\` refers to \`${type.value}\`, which is what it is the parent of.`,
      help: 'Say `child_type` instead of `type`, or name the type of the parent.',
    };
  }
}

/** Whether a type is what a request lists or creates. What stands in itself, as folders do, may be its parent. */
function isType(api: Protobuf, request: MethodMessage, type: string): boolean {
  const resource = resourceIn(api, request);
  if (resource?.type) return resource.type.value === type && !nestsInItself(resource);
  return !resource && type.split('/')[1] === request.resource;
}

/** What a request carries, what its response lists, or else what its name says. */
function resourceIn(api: Protobuf, request: MethodMessage): Resource | undefined {
  const payload = payloadOf(api, request.message, request);
  const listed = request.methods
    .flatMap(({ rpc }) => messageOf(api, rpc.response)?.fields ?? [])
    .find((field) => field.label === 'repeated' && embeddedResource(field));
  const found = [payload, listed].flatMap((field) => (field ? [embeddedResource(field)] : []));
  return found.find((one) => one !== null) ?? resourceOfSubject(api, request);
}

function nestsInItself({ patterns }: Resource): boolean {
  return patterns.length === 0 || patterns.some(({ value }) => value === '*');
}
