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
  methodsOf,
  payloadNameOf,
  payloadOf,
  requestsOf,
  simpleName,
} from '../../conventions/protobuf/standard-methods.ts';
import { rpcs } from '../../languages/protobuf/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'resources/update-shape',
  summary: 'an Update method takes the resource with a mask, and returns the resource',
  why: `Client libraries and infrastructure as code are generated from the shape of standard methods: an Update patches the
resource under its name, takes the resource as its body and a mask of the fields to change, and returns the resource. Without a
mask a client that does not know a new field yet erases it.`,
  sources: ['AIP-134'],
  equivalents: [
    'aip:0134::http-body',
    'aip:0134::http-method',
    'aip:0134::http-uri-name',
    'aip:0134::request-mask-field',
    'aip:0134::request-mask-required',
    'aip:0134::request-message-name',
    'aip:0134::request-required-fields',
    'aip:0134::request-resource-field',
    'aip:0134::request-resource-required',
    'aip:0134::request-unknown-fields',
    'aip:0134::response-message-name',
    'aip:0134::synonyms',
  ],
  checks: {
    protobuf: {
      good: `
syntax = "proto3";

package library.v1;

import "google/api/annotations.proto";
import "google/longrunning/operations.proto";
import "google/protobuf/field_mask.proto";

service Library {
  rpc UpdateBook(UpdateBookRequest) returns (Book) {
    option (google.api.http) = { patch: "/v1/{book.name=publishers/*/books/*}" body: "book" };
  }
  rpc UpdateShelf(UpdateShelfRequest) returns (google.longrunning.Operation) {
    option (google.longrunning.operation_info) = { response_type: "library.v1.Shelf" metadata_type: "Shelf" };
  }
}

message UpdateBookRequest {
  Book book = 1;
  google.protobuf.FieldMask update_mask = 2;
  bool allow_missing = 3;
}
message UpdateShelfRequest {
  Shelf shelf = 1;
  google.protobuf.FieldMask update_mask = 2;
}
message Book {}
message Shelf {}
`,
      bad: `
syntax = "proto3";

package library.v1;

import "google/api/annotations.proto";
import "google/api/field_behavior.proto";
import "google/protobuf/field_mask.proto";

service Library {
  rpc UpdateBook(UpdateBookRequest) returns (UpdateBookResponse) {
    option (google.api.http) = { patch: "/v1/{name=publishers/*/books/*}" body: "*" };
  }
  rpc UpdateShelf(Shelf) returns (Shelf) {
    option (google.api.http) = { put: "/v1/{shelf.name=shelves/*}" body: "shelf" };
  }
  rpc PatchAuthor(UpdateAuthorRequest) returns (Author);
}

message UpdateBookRequest {
  Book book = 1;
  string update_mask = 2;
  string library_id = 3;
  bool validate_only = 4 [(google.api.field_behavior) = REQUIRED];
}
message UpdateBookResponse {}
message UpdateAuthorRequest {
  Author payload = 1;
  google.protobuf.FieldMask fields = 2;
}
message UpdateShelfRequest {}
message Author {}
message Book {}
message Shelf {}
`,
      *find(api) {
        for (const method of methodsOf(api, 'Update')) {
          const { rpc, request } = method;
          const payload = request && payloadOf(api, request, method);
          const name = payload?.name ?? payloadNameOf(method, payload);
          // What the body should be is said of the request itself where that has no resource.
          const isNamed =
            !request || payload ? rpc.request && simpleName(rpc.request.type) === `${rpc.name}Request` : false;
          yield* boundOtherwise(method, {
            verb: 'PATCH',
            ...(isNamed ? { body: name, variables: [`${name}.name`] } : {}),
          });
          yield* requestMisnamed(rpc);
          yield* answersOtherwise(method, {
            names: resourceAnswers(api, method, payload),
            wanted: method.resource,
            operation: 'may',
          });
        }
        for (const request of requestsOf(api, 'Update')) {
          const { message } = request;
          const payload = payloadOf(api, message, request);
          const name = payloadNameOf(request, payload);
          yield* misshapen(message, {
            fields: [
              { name, wanted: true, meant: (field) => field === payload },
              { name: 'update_mask', type: 'google.protobuf.FieldMask', wanted: true },
              ...['allow_missing', 'validate_only', 'request_id', 'etag'].map((standard) => ({ name: standard })),
            ],
            closed: { except: isView },
            mayRequire: [name, 'update_mask'],
          });
        }
        for (const rpc of rpcs(api)) {
          if (rpc.name !== 'SetIamPolicy') {
            yield* calledOtherwise(rpc, 'Update', ['Patch', 'Put', 'Set'], ['PATCH', 'PUT']);
          }
        }
      },
    },
  },
});
