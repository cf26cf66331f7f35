import { standardFields } from '../../conventions/protobuf/behaviors.ts';
import { behaviorsOf, hasBehavior, packageImports } from '../../languages/protobuf/annotations.ts';
import type { Field } from '../../languages/protobuf/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'schemas/standard-field-behavior-declared',
  summary:
    'the fields that name things in standard requests say that they are required, and update masks that they are optional',
  why: `Documentation, client libraries and command-line tools read from \`field_behavior\` which arguments must be given. Where the
name or the parent does not say so, they offer it as one option of many, and the call fails at the server.`,
  sources: [
    'AIP-131',
    'AIP-132',
    'AIP-133',
    'AIP-134',
    'AIP-135',
    'AIP-152',
    'AIP-162',
    'AIP-164',
    'AIP-165',
    'AIP-203',
    'AIP-231',
    'AIP-233',
    'AIP-234',
    'AIP-235',
  ],
  equivalents: [
    'aip:0131::request-name-behavior',
    'aip:0132::request-parent-behavior',
    'aip:0133::request-parent-behavior',
    'aip:0134::update-mask-optional-behavior',
    'aip:0135::request-name-behavior',
    'aip:0152::request-name-behavior',
    'aip:0162::commit-request-name-behavior',
    'aip:0162::delete-revision-request-name-behavior',
    'aip:0162::rollback-request-name-behavior',
    'aip:0162::rollback-request-revision-id-behavior',
    'aip:0162::tag-revision-request-name-behavior',
    'aip:0162::tag-revision-request-tag-behavior',
    'aip:0164::request-name-behavior',
    'aip:0165::request-filter-behavior',
    'aip:0165::request-parent-behavior',
    'aip:0203::field-behavior-required',
    'aip:0231::request-names-behavior',
    'aip:0233::request-requests-behavior',
    'aip:0234::request-requests-behavior',
    'aip:0235::request-names-behavior',
    'aip:0235::request-requests-behavior',
  ],
  checks: {
    protobuf: {
      good: `
syntax = "proto3";
package library.v1;

import "google/api/field_behavior.proto";
import "google/protobuf/field_mask.proto";

message GetBookRequest {
  string name = 1 [(google.api.field_behavior) = REQUIRED];
}

message ListBooksRequest {
  string parent = 1 [(google.api.field_behavior) = REQUIRED];
  int32 page_size = 2;
}

message UpdateBookRequest {
  Book book = 1;
  google.protobuf.FieldMask update_mask = 2 [(google.api.field_behavior) = OPTIONAL];
}

message Book {
  string name = 1;
}

message CheckoutBookRequest {
  string name = 1;
}
`,
      bad: `
syntax = "proto3";
package library.v1;

import "google/api/field_behavior.proto";
import "google/protobuf/field_mask.proto";

message GetBookRequest {
  string name = 1;
}

message ListBooksRequest {
  string parent = 1 [(google.api.field_behavior) = OPTIONAL];
}

message UpdateBookRequest {
  Book book = 1;
  google.protobuf.FieldMask update_mask = 2 [(google.api.field_behavior) = REQUIRED];
}

message Book {
  string name = 1;
}
`,
      *find(api) {
        for (const { field, request, behavior } of standardFields(api)) {
          // Whoever marks nothing has not taken up the annotation at all.
          if (!packageImports(api, field.file.packageName, 'google/api/field_behavior.proto')) continue;
          if (behavior === 'REQUIRED') yield* requiredFault(field, request.message.name);
          else yield* optionalFault(field, request.message.name);
        }
      },
    },
  },
});

function* requiredFault({ node, name, at }: Field, request: string) {
  if (hasBehavior(node, 'REQUIRED')) return;
  yield {
    at,
    message: `\`${name}\` in \`${request}\` is not marked as \`REQUIRED\`.`,
    help: 'Add `(google.api.field_behavior) = REQUIRED`.',
  };
}

function* optionalFault({ node, name, at }: Field, request: string) {
  const isRequired = hasBehavior(node, 'REQUIRED');
  if (!isRequired && behaviorsOf(node).length > 0) return;
  yield {
    at,
    message: `\`${name}\` in \`${request}\` is ${isRequired ? 'marked as `REQUIRED`' : 'not marked as `OPTIONAL`'}.`,
    help: 'Mark it as `OPTIONAL`: without a mask, all fields that are set are written.',
  };
}
