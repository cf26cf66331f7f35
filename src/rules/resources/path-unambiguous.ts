import { overlappingPaths } from '../../languages/openapi/overlaps.ts';
import { overlaps } from '../../languages/protobuf/http-overlaps.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'resources/path-unambiguous',
  summary: 'no two path templates match one URL, unless one of them is the more specific',
  why: `Which of two templates answers is left to the router, and each server, gateway and mock decides in its own way. A request then
reaches one operation in tests and another in production.`,
  sources: [
    'OpenAPI 3.1.1, Paths Object (Path Templating Matching)',
    'guide S4, Consistency Over Cleverness',
    'google/api/http.proto',
  ],
  equivalents: ['redocly:no-ambiguous-paths', 'ibm:ibm-no-ambiguous-paths', 'vacuum:no-ambiguous-paths'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /users/{id}:
    get: {}
  /users/me:
    get: { description: The concrete template wins. }
  /users/{id}/orders:
    get: {}
  /teams/{id}/orders:
    get: {}
  /items/{number}/parts:
    parameters:
      - { name: number, in: path, required: true, schema: { type: integer } }
    get: { description: A number is not "latest". }
  /items/latest/{part}:
    get: {}
`,
      bad: `
openapi: 3.1.0
paths:
  /users/{id}/settings:
    get: {}
  /users/me/{section}:
    get: {}
`,
      *find(api) {
        for (const { path, other, sample } of overlappingPaths(api)) {
          yield {
            at: path.at.onKey,
            message: `\`${path.path}\` and \`${other.path}\` both match \`${sample}\`.`,
            help: 'Rename a segment of one of them, so that every URL belongs to one template.',
            related: [{ message: 'The other template.', at: other.at.onKey }],
          };
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";

package library.v1;

import "google/api/annotations.proto";

service Library {
  rpc GetBook(GetBookRequest) returns (Book) {
    option (google.api.http) = { get: "/v1/{name=books/*}" };
  }
  rpc GetShelf(GetBookRequest) returns (Book) {
    option (google.api.http) = { get: "/v1/{name=shelves/*}" };
  }
  rpc GetNewest(GetBookRequest) returns (Book) {
    option (google.api.http) = { get: "/v1/books/newest" };
  }
  rpc DeleteBook(GetBookRequest) returns (Book) {
    option (google.api.http) = { delete: "/v1/{name=books/*}" };
  }
  rpc ReadBook(GetBookRequest) returns (Book) {
    option (google.api.http) = { get: "/v1/{name=books/*}:read" };
  }
}

message GetBookRequest { string name = 1; }
message Book {}
`,
      bad: `
syntax = "proto3";

package library.v1;

import "google/api/annotations.proto";

service Library {
  rpc GetBook(GetBookRequest) returns (Book) {
    option (google.api.http) = { get: "/v1/{name=books/*}" };
  }
  rpc FindBook(GetBookRequest) returns (Book) {
    option (google.api.http) = { get: "/v1/books/{name}" };
  }
  rpc GetPages(GetBookRequest) returns (Book) {
    option (google.api.http) = { get: "/v1/books/{name}/pages" };
  }
  rpc GetNewest(GetBookRequest) returns (Book) {
    option (google.api.http) = { get: "/v1/books/newest/{name}" };
  }
}

message GetBookRequest { string name = 1; }
message Book {}
`,
      *find(api) {
        for (const { rpc, binding, other, sample } of overlaps(api)) {
          yield {
            at: binding.at,
            message: `\`${rpc.name}\` and \`${other.rpc.name}\` both answer \`${binding.method} ${sample}\`.`,
            help: 'Change a segment of one of them, so that every URL belongs to one rpc.',
            related: [{ message: 'The other binding.', at: other.binding.at }],
          };
        }
      },
    },
  },
});
