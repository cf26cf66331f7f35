import {
  answersOtherwise,
  boundOtherwise,
  calledOtherwise,
  isView,
  misshapen,
  requestMisnamed,
  resourceAnswers,
} from '../../conventions/protobuf/method-shapes.ts';
import {
  isTopLevel,
  type Method,
  methodsOf,
  oneOf,
  payloadNameOf,
  payloadOf,
  requestsOf,
  resourceOfSubject,
  simpleName,
} from '../../conventions/protobuf/standard-methods.ts';
import type { Resource } from '../../languages/protobuf/annotations.ts';
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import { rpcs } from '../../languages/protobuf/select.ts';
import type { Finding } from '../../text/problem.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'resources/create-shape',
  summary: 'a Create method takes a parent, the resource and its id, and returns the resource',
  why: `Client libraries and infrastructure as code are generated from the shape of standard methods: a Create is posted to the
collection with the resource as its body, takes the id that the caller wants, and returns the resource. One that looks
otherwise needs code, and reading, of its own; one without an id can't be repeated safely.`,
  sources: ['AIP-133'],
  equivalents: [
    'aip:0133::http-body',
    'aip:0133::http-method',
    'aip:0133::http-uri-parent',
    'aip:0133::http-uri-resource',
    'aip:0133::request-id-field',
    'aip:0133::request-message-name',
    'aip:0133::request-parent-field',
    'aip:0133::request-parent-required',
    'aip:0133::request-required-fields',
    'aip:0133::request-required-fields-types',
    'aip:0133::request-resource-field',
    'aip:0133::request-unknown-fields',
    'aip:0133::response-message-name',
    'aip:0133::synonyms',
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
  rpc CreateBook(CreateBookRequest) returns (Book) {
    option (google.api.http) = { post: "/v1/{parent=publishers/*}/books" body: "book" };
  }
  rpc CreatePublisher(CreatePublisherRequest) returns (google.longrunning.Operation) {
    option (google.api.http) = { post: "/v1/publishers" body: "publisher" };
    option (google.longrunning.operation_info) = { response_type: "Publisher" metadata_type: "Publisher" };
  }
}

message CreateBookRequest {
  string parent = 1;
  Book book = 2;
  string book_id = 3;
  bool validate_only = 4;
}
message CreatePublisherRequest {
  string publisher_id = 1;
  Publisher publisher = 2;
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
  rpc CreateBook(CreateBookRequest) returns (CreateBookResponse) {
    option (google.api.http) = { put: "/v1/{publisher=publishers/*}/catalogue" body: "book" };
  }
  rpc CreateShelf(Shelf) returns (Shelf);
  rpc CreateAuthor(CreateAuthorRequest) returns (Author) {
    option (google.api.http) = { post: "/v1/{parent=publishers/*}/authors" body: "*" };
  }
  rpc InsertAuthor(CreateAuthorRequest) returns (Author);
}

message CreateBookRequest {
  string publisher = 1;
  Book payload = 2;
  string book_id = 3;
}
message CreateBookResponse {}
message CreateAuthorRequest {
  bytes parent = 1;
  Author author = 2;
  bool validate_only = 3 [(google.api.field_behavior) = REQUIRED];
  string library_id = 4;
}
message CreateShelfRequest {
  string shelf_id = 1;
}
message Book {
  option (google.api.resource) = { type: "library.example.com/Book" pattern: "publishers/{publisher}/books/{book}" };
}
message Author {}
message Shelf {}
`,
      *find(api) {
        for (const method of methodsOf(api, 'Create')) {
          const { rpc, request } = method;
          const payload = request && payloadOf(api, request, method);
          // What the body should be is said of the request itself where that has no resource.
          const isNamed =
            !request || payload ? rpc.request && simpleName(rpc.request.type) === `${rpc.name}Request` : false;
          yield* boundOtherwise(method, {
            verb: 'POST',
            ...(isNamed ? { body: payload?.name ?? payloadNameOf(method, payload) } : {}),
            ...(isTopLevel(api, method, [method]) ? {} : { variables: ['parent'] }),
          });
          yield* boundElsewhere(api, method);
          yield* requestMisnamed(rpc);
          yield* answersOtherwise(method, {
            names: resourceAnswers(api, method, payload),
            wanted: method.resource,
            operation: 'may',
          });
        }
        for (const request of requestsOf(api, 'Create')) {
          const { message, methods } = request;
          const payload = payloadOf(api, message, request);
          const name = payloadNameOf(request, payload);
          yield* misshapen(message, {
            fields: [
              {
                name: 'parent',
                type: 'string',
                wanted: !isTopLevel(api, { ...request, resource: oneOf(request.noun) }, methods),
              },
              { name, wanted: true, meant: (field) => field === payload },
              { name: `${name}_id`, type: 'string', wanted: true, meant: () => false },
              ...['validate_only', 'request_id'].map((standard) => ({ name: standard })),
            ],
            closed: { except: isView },
            mayRequire: ['parent', name, `${name}_id`],
          });
        }
        for (const rpc of rpcs(api)) yield* calledOtherwise(rpc, 'Create', ['Insert', 'Make', 'Post'], ['POST']);
      },
    },
  },
});

/** Judges that the path ends in the collection that the resource belongs to, by its words. */
function* boundElsewhere(api: Protobuf, method: Method): Generator<Finding> {
  const resource = resourceOfSubject(api, method);
  const collections = resource ? collectionsOf(resource) : [];
  if (collections.length === 0) return;
  for (const { path, at } of method.rpc.http) {
    const last = path.slice(path.lastIndexOf('/') + 1);
    if (collections.some((collection) => split(collection).join() === split(last).join())) continue;
    yield {
      at,
      message: `The path of \`${method.rpc.name}\` does not end in \`${collections[0]}\`.`,
      help: 'Post to the collection that the new resource belongs to.',
    };
  }
}

function collectionsOf({ patterns, plural }: Resource): string[] {
  const collections = patterns.flatMap(({ value }) => {
    const segments = value.split('/');
    return segments.filter((segment) => segment !== '' && segment !== '*' && !segment.includes('{')).slice(-1);
  });
  return plural && collections.length > 0 ? [...collections, plural.value] : collections;
}
