import {
  answersOtherwise,
  boundOtherwise,
  calledOtherwise,
  isView,
  misshapen,
  requestMisnamed,
  resourceAnswers,
} from '../../conventions/protobuf/method-shapes.ts';
import { methodsOf, requestsOf } from '../../conventions/protobuf/standard-methods.ts';
import { rpcs } from '../../languages/protobuf/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'resources/get-shape',
  summary: 'a Get method takes a name and returns the resource',
  why: `Client libraries, command-line tools and infrastructure as code are generated from the shape of standard methods: a Get
takes a \`name\` and nothing else that matters, is bound to GET on that name, and returns the resource itself. One that looks
otherwise needs code, and reading, of its own.`,
  sources: ['AIP-131'],
  equivalents: [
    'aip:0131::http-body',
    'aip:0131::http-method',
    'aip:0131::http-uri-name',
    'aip:0131::request-message-name',
    'aip:0131::request-name-field',
    'aip:0131::request-name-required',
    'aip:0131::request-required-fields',
    'aip:0131::request-unknown-fields',
    'aip:0131::response-message-name',
    'aip:0131::synonyms',
  ],
  checks: {
    protobuf: {
      good: `
syntax = "proto3";

package library.v1;

import "google/api/annotations.proto";
import "google/protobuf/field_mask.proto";

service Library {
  rpc GetBook(GetBookRequest) returns (Book) {
    option (google.api.http).get = "/v1/{name=publishers/*/books/*}";
  }
  rpc GetBookCover(GetBookCoverRequest) returns (GetBookCoverResponse) {
    option (google.api.http).get = "/v1/{name=publishers/*/books/*}:cover";
  }
  rpc LookUpWord(GetBookRequest) returns (Book) {
    option (google.api.http) = { post: "/v1/words:lookUp" body: "*" };
  }
}

message GetBookRequest {
  string name = 1;
  google.protobuf.FieldMask read_mask = 2;
  BookView view = 3;
}
message GetBookCoverRequest {
  string name = 1;
  int32 width = 2;
}
message GetBookCoverResponse {}
message Book {}
enum BookView { BOOK_VIEW_UNSPECIFIED = 0; }
`,
      bad: `
syntax = "proto3";

package library.v1;

import "google/api/annotations.proto";
import "google/api/field_behavior.proto";
import "google/protobuf/field_mask.proto";

service Library {
  rpc GetBook(Book) returns (GetBookResponse) {
    option (google.api.http) = { get: "/v1/{publisher=publishers/*}/{name=books/*}" body: "*" };
  }
  rpc GetAuthor(GetAuthorRequest) returns (Author) {
    option (google.api.http).post = "/v1/{name=authors/*}";
  }
  rpc FetchShelf(ShelfRequest) returns (Shelf);
}

message GetAuthorRequest {
  string author = 1;
}
message GetShelfRequest {
  bytes name = 1;
  bool with_books = 2;
  google.protobuf.FieldMask read_mask = 3 [(google.api.field_behavior) = REQUIRED];
}
message GetPageRequest {}
message ShelfRequest {}
message GetBookResponse {}
message Author {}
message Book {}
message Shelf {}
`,
      *find(api) {
        for (const method of methodsOf(api, 'Get')) {
          yield* boundOtherwise(method, { verb: 'GET', body: null, variables: ['name'] });
          yield* requestMisnamed(method.rpc);
          yield* answersOtherwise(method, {
            names: resourceAnswers(api, method).add('HttpBody'),
            wanted: method.resource,
            operation: 'never',
          });
        }
        for (const { message } of requestsOf(api, 'Get')) {
          yield* misshapen(message, {
            fields: [
              { name: 'name', type: 'string', wanted: true },
              { name: 'read_mask' },
              { name: 'show_deleted' },
              { name: 'request_id' },
            ],
            closed: { except: isView },
            mayRequire: ['name'],
          });
        }
        const synonyms = ['Acquire', 'Fetch', 'Lookup', 'Read', 'Retrieve'];
        for (const rpc of rpcs(api)) yield* calledOtherwise(rpc, 'Get', synonyms, ['GET']);
      },
    },
  },
});
