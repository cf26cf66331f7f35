import {
  answersOtherwise,
  boundOtherwise,
  misshapen,
  requestMisnamed,
  resourceAnswers,
} from '../../conventions/protobuf/method-shapes.ts';
import {
  type MethodMessage,
  methodsOf,
  referencedResource,
  requestsOf,
  resourceOfSubject,
} from '../../conventions/protobuf/standard-methods.ts';
import { resources } from '../../languages/protobuf/annotations.ts';
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'resources/delete-shape',
  summary: 'a Delete method takes a name and returns nothing, or the resource',
  why: `Client libraries and tools are generated from the shape of standard methods: a Delete takes a \`name\`, is bound to DELETE
on it without a body, and returns nothing or, where it only marks, the resource. What has children is deleted with them only by
\`force\`, so that nobody loses a tree by one call.`,
  sources: ['AIP-135', 'RFC 9110, 9.3.5'],
  equivalents: [
    'aip:0135::force-field',
    'aip:0135::http-body',
    'aip:0135::http-method',
    'aip:0135::http-uri-name',
    'aip:0135::request-force-field',
    'aip:0135::request-message-name',
    'aip:0135::request-name-field',
    'aip:0135::request-name-required',
    'aip:0135::request-required-fields',
    'aip:0135::request-unknown-fields',
    'aip:0135::response-message-name',
  ],
  checks: {
    protobuf: {
      good: `
syntax = "proto3";

package library.v1;

import "google/api/annotations.proto";
import "google/api/resource.proto";
import "google/protobuf/empty.proto";

service Library {
  rpc DeleteBook(DeleteBookRequest) returns (google.protobuf.Empty) {
    option (google.api.http).delete = "/v1/{name=publishers/*/books/*}";
  }
  rpc DeletePublisher(DeletePublisherRequest) returns (Publisher) {
    option (google.api.http).delete = "/v1/{name=publishers/*}";
  }
}

message DeleteBookRequest {
  string name = 1;
  string etag = 2;
}
message DeletePublisherRequest {
  string name = 1;
  bool force = 2;
}
message Book {
  option (google.api.resource) = { type: "library.example.com/Book" pattern: "publishers/{publisher}/books/{book}" };
}
message Publisher {
  option (google.api.resource) = { type: "library.example.com/Publisher" pattern: "publishers/{publisher}" };
}
`,
      bad: `
syntax = "proto3";

package library.v1;

import "google/api/annotations.proto";
import "google/api/field_behavior.proto";
import "google/api/resource.proto";

service Library {
  rpc DeleteBook(Book) returns (DeleteBookResponse) {
    option (google.api.http) = { delete: "/v1/{book=publishers/*/books/*}" body: "*" };
  }
  rpc DeleteShelf(DeleteShelfRequest) returns (Shelf) {
    option (google.api.http) = { post: "/v1/{name=shelves/*}" body: "*" };
  }
}

message DeleteBookRequest { string book = 1; }
message DeleteBookResponse {}
message DeleteShelfRequest {
  bytes name = 1;
  string force = 2;
  string library_id = 3;
  string etag = 4 [(google.api.field_behavior) = REQUIRED];
}
message DeletePublisherRequest { string name = 1; }
message Book {
  option (google.api.resource) = { type: "library.example.com/Book" pattern: "publishers/{publisher}/books/{book}" };
}
message Publisher {
  option (google.api.resource) = { type: "library.example.com/Publisher" pattern: "publishers/{publisher}" };
}
message Shelf {}
`,
      *find(api) {
        for (const method of methodsOf(api, 'Delete')) {
          yield* boundOtherwise(method, { verb: 'DELETE', body: null, variables: ['name'] });
          yield* requestMisnamed(method.rpc);
          yield* answersOtherwise(method, {
            names: resourceAnswers(api, method).add('Empty'),
            wanted: 'google.protobuf.Empty',
            operation: 'may',
          });
        }
        for (const request of requestsOf(api, 'Delete')) {
          const { message } = request;
          yield* misshapen(message, {
            fields: [
              { name: 'name', type: 'string', wanted: true },
              { name: 'force', type: 'bool' },
              ...['etag', 'allow_missing', 'validate_only', 'request_id'].map((name) => ({ name })),
            ],
            closed: {},
            mayRequire: ['name'],
          });
          if (message.fields.some(({ name }) => name === 'force')) continue;
          const child = childOf(api, request);
          if (child === undefined) continue;
          yield {
            at: message.at,
            message: `\`${message.name}\` has no \`force\`, though there are resources below it, such as \`${child}\`.`,
            help: 'Declare `bool force`: without it, what has children is not deleted.',
          };
        }
      },
    },
  },
});

/** A pattern of another resource below the one that a request deletes. */
function childOf(api: Protobuf, request: MethodMessage): string | undefined {
  const named = request.message.fields.find(({ name }) => name === 'name');
  const resource = (named && referencedResource(api, named)) ?? resourceOfSubject(api, request);
  const own = resource?.patterns.map(({ value }) => `${value}/`) ?? [];
  return resources(api)
    .filter((other) => other !== resource && other.file.packageName === request.package)
    .flatMap(({ patterns }) => patterns)
    .find(({ value }) => own.some((start) => value.startsWith(start) && value.endsWith('}')))?.value;
}
