import { isCopied } from '../../conventions/protobuf/packages.ts';
import { isRequired } from '../../languages/protobuf/conformance/cycles.ts';
import { editionOf } from '../../languages/protobuf/features.ts';
import { fields, optionOf } from '../../languages/protobuf/select.ts';
import { placeOf } from '../../languages/protobuf/tree.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'evolution/no-required-fields',
  summary: 'no field is required on the wire',
  why: `A required field can never be left out again: an old reader rejects the whole message, not just the field, and so does every
program in between that only passes it on. What a request has to hold is the server's to check.`,
  sources: [
    'Protocol Buffers Language Guide (proto2), Required Fields',
    'Proto Best Practices, Don’t Add a Required Field',
  ],
  equivalents: ['buf:FIELD_NOT_REQUIRED', 'protolint:PROTO3_FIELDS_AVOID_REQUIRED'],
  checks: {
    protobuf: {
      good: `
syntax = "proto2";

package orders.v1;

message Order {
  optional string id = 1;
  repeated string required = 2;
}
`,
      bad: {
        'order.proto': `
syntax = "proto2";

package orders.v1;

message Order {
  required string id = 1;
}
`,
        'line.proto': `
edition = "2023";

package orders.v1;

message Line {
  string id = 1 [features.field_presence = LEGACY_REQUIRED];
}
`,
      },
      *find(api) {
        for (const { node, name, file, at } of fields(api)) {
          // What proto3 and editions refuse is told by structure/document-valid.
          const isRefused = node.label?.text === 'required' && editionOf(file) !== 'proto2';
          if (isRefused || !isRequired(node) || isCopied(file)) continue;
          const option = optionOf(node, 'features.field_presence');
          const span = node.label ?? option?.value;
          yield {
            at: span ? placeOf(node, span) : at,
            message: `\`${name}\` is required, now and forever.`,
            help: 'Make it optional, and check in the server that it is there.',
          };
        }
      },
    },
  },
});
