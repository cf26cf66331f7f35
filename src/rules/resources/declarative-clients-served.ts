import { misshapen } from '../../conventions/protobuf/method-shapes.ts';
import {
  isSingleton,
  methodsOn,
  type ResourceMessage,
  resourceMessages,
} from '../../conventions/protobuf/resource-messages.ts';
import {
  type Method,
  methodsOf,
  requestsOf,
  startsOperation,
  suffixOf,
} from '../../conventions/protobuf/standard-methods.ts';
import { referenceOf } from '../../languages/protobuf/annotations.ts';
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import type { Finding } from '../../text/problem.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'resources/declarative-clients-served',
  summary: 'a declarative-friendly resource takes annotations, and its changes can be previewed and followed',
  why: `Tools that bring a system to a declared state use standard methods only, ask first what a change would do, and wait until it is
done. They keep notes of their own on what they manage. A resource without these can be declared, but not managed.`,
  sources: ['AIP-128', 'AIP-133', 'AIP-134', 'AIP-135', 'AIP-163', 'AIP-164'],
  equivalents: [
    'aip:0128::resource-annotations-field',
    'aip:0133::response-lro',
    'aip:0134::response-lro',
    'aip:0134::request-allow-missing-field',
    'aip:0135::response-lro',
    'aip:0136::declarative-standard-methods-only',
    'aip:0163::declarative-friendly-required',
    'aip:0164::response-lro',
  ],
  checks: {
    protobuf: {
      good: `
syntax = "proto3";

package library.v1;

import "google/api/annotations.proto";
import "google/api/resource.proto";
import "google/longrunning/operations.proto";

service Library {
  rpc GetBook(GetBookRequest) returns (Book);
  rpc UpdateBook(UpdateBookRequest) returns (google.longrunning.Operation);
}

message GetBookRequest { string name = 1; }
message UpdateBookRequest {
  Book book = 1;
  bool validate_only = 2;
  bool allow_missing = 3;
}
message Book {
  option (google.api.resource) = {
    type: "library.example.com/Book"
    pattern: "books/{book}"
    style: DECLARATIVE_FRIENDLY
  };
  map<string, string> annotations = 1;
}
`,
      bad: `
syntax = "proto3";

package library.v1;

import "google/api/annotations.proto";
import "google/api/resource.proto";

service Library {
  rpc UpdateBook(UpdateBookRequest) returns (Book);
  rpc ArchiveBook(ArchiveBookRequest) returns (Book) {
    option (google.api.http) = { post: "/v1/{name=books/*}:archive" body: "*" };
  }
}

message UpdateBookRequest { Book book = 1; }
message ArchiveBookRequest {
  string name = 1 [(google.api.resource_reference).type = "library.example.com/Book"];
}
message Book {
  option (google.api.resource) = {
    type: "library.example.com/Book"
    pattern: "books/{book}"
    style: DECLARATIVE_FRIENDLY
  };
}
`,
      *find(api) {
        for (const one of resourceMessages(api)) {
          if (!one.resource.isDeclarative) continue;
          yield* misshapen(one.message, {
            fields: [{ name: 'annotations', type: 'map<string, string>', wanted: true, meant: () => false }],
          });
          yield* methodFindings(api, one);
        }
      },
    },
  },
});

function* methodFindings(api: Protobuf, one: ResourceMessage): Generator<Finding> {
  const { resource } = one;
  for (const { rpc } of methodsOn(api, one, 'Create', 'Update', 'Delete', 'Undelete')) {
    if (!rpc.response || startsOperation(rpc)) continue;
    yield {
      at: rpc.response.at,
      message: `\`${rpc.name}\` answers at once, though \`${resource.name}\` is declarative-friendly.`,
      help: 'Return `google.longrunning.Operation`, so that clients can wait for the state that they declared.',
    };
  }
  for (const { message, methods, kind } of requestsOf(api, 'Create', 'Update', 'Delete')) {
    if (!methods.some((method) => methodsOn(api, one, kind).includes(method))) continue;
    yield* misshapen(message, {
      fields: [
        { name: 'validate_only', type: 'bool', wanted: true, meant: () => false },
        ...(kind === 'Update' && !isSingleton(resource)
          ? [{ name: 'allow_missing', type: 'bool', wanted: true, meant: () => false }]
          : []),
      ],
    });
  }
  for (const method of methodsOf(api, 'custom', 'Add', 'Remove')) {
    if (!actsOn(method, one)) continue;
    yield {
      at: method.rpc.at,
      message: `\`${method.rpc.name}\` is a custom method, though \`${resource.name}\` is declarative-friendly.`,
      help: 'Express what it does as a state of the resource, which is updated.',
    };
  }
}

/** Whether a custom method changes a resource, by what its request refers to. */
function actsOn({ rpc, request }: Method, { resource }: ResourceMessage): boolean {
  if (rpc.http.some(({ method, path }) => method === 'GET' || suffixOf(path) === null)) return false;
  const named = request?.fields.find(({ name }) => name === 'name');
  const type = named && referenceOf(named.node)?.type?.value;
  return type !== undefined && type === resource.type?.value;
}
