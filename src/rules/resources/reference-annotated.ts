import { type Kind, requests, responsesOf } from '../../conventions/protobuf/standard-methods.ts';
import { packageImports, referenceOf } from '../../languages/protobuf/annotations.ts';
import type { Message } from '../../languages/protobuf/select.ts';
import type { Finding } from '../../text/problem.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'resources/reference-annotated',
  summary: 'the name or parent in a standard request says which resource it refers to',
  why: `A \`name\` is a string like any other until \`google.api.resource_reference\` says what it names. Client libraries make their
helpers for resource names from it, and generators of tools find out from it which methods belong to a resource.`,
  sources: ['AIP-131', 'AIP-132', 'AIP-133', 'AIP-135', 'AIP-4231'],
  equivalents: [
    'aip:0131::request-name-reference',
    'aip:0132::request-parent-reference',
    'aip:0133::request-parent-reference',
    'aip:0135::request-name-reference',
    'aip:0152::request-name-reference',
    'aip:0162::commit-request-name-reference',
    'aip:0162::delete-revision-request-name-reference',
    'aip:0162::rollback-request-name-reference',
    'aip:0162::tag-revision-request-name-reference',
    'aip:0164::request-name-reference',
    'aip:0165::request-parent-reference',
    'aip:0165::response-purge-sample-reference',
    'aip:0231::request-names-reference',
    'aip:0231::request-parent-reference',
    'aip:0233::request-parent-reference',
    'aip:0234::request-parent-reference',
    'aip:0235::request-names-reference',
    'aip:0235::request-parent-reference',
  ],
  checks: {
    protobuf: {
      good: `
syntax = "proto3";

package library.v1;

import "google/api/resource.proto";

message GetBookRequest {
  string name = 1 [(google.api.resource_reference).type = "library.example.com/Book"];
}
message ListBooksRequest {
  string parent = 1 [(google.api.resource_reference) = { child_type: "library.example.com/Book" }];
}
message CheckoutBookRequest {
  string name = 1;
}
`,
      bad: `
syntax = "proto3";

package library.v1;

import "google/api/resource.proto";

message GetBookRequest {
  string name = 1;
}
message BatchDeleteBooksRequest {
  string parent = 1;
  repeated string names = 2;
}
message PurgeBooksResponse {
  int32 purge_count = 1;
  repeated string purge_sample = 2;
}
`,
      *find(api) {
        for (const { message, kind, package: pkg } of requests(api)) {
          if (!packageImports(api, pkg, 'google/api/resource.proto')) continue;
          for (const name of referring[kind] ?? []) yield* silent(message, name);
        }
        for (const { message, package: pkg } of responsesOf(api, 'Purge')) {
          if (packageImports(api, pkg, 'google/api/resource.proto')) yield* silent(message, 'purge_sample');
        }
      },
    },
  },
});

/** The fields of requests that refer to resources. */
const referring: { readonly [K in Kind]?: readonly string[] } = {
  Get: ['name'],
  Delete: ['name'],
  Undelete: ['name'],
  Run: ['name'],
  Commit: ['name'],
  Rollback: ['name'],
  TagRevision: ['name'],
  DeleteRevision: ['name'],
  List: ['parent'],
  Create: ['parent'],
  Purge: ['parent'],
  BatchGet: ['parent', 'names'],
  BatchCreate: ['parent'],
  BatchUpdate: ['parent'],
  BatchDelete: ['parent', 'names'],
};

function* silent({ name: message, fields }: Message, name: string): Generator<Finding> {
  const field = fields.find((one) => one.name === name);
  if (field?.type !== 'string' || referenceOf(field.node)) return;
  yield {
    at: field.at,
    message: `\`${name}\` of \`${message}\` does not say which resource it refers to.`,
    help: 'Set `(google.api.resource_reference)`: `type`, or `child_type` where only the children are known.',
  };
}
