import { misshapen } from '../../conventions/protobuf/method-shapes.ts';
import { resourceMessages } from '../../conventions/protobuf/resource-messages.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'resources/declarative-reconciling-declared',
  summary: 'a declarative-friendly resource says whether it is still being brought to its state',
  why: `What was asked for and what is the case differ for a while. Without \`bool reconciling\` a tool can't tell a resource that is being
changed from one that never will be, and waits too long or not at all.`,
  sources: ['AIP-128'],
  equivalents: ['aip:0128::resource-reconciling-field'],
  checks: {
    protobuf: {
      good: `
syntax = "proto3";

package library.v1;

import "google/api/resource.proto";

message Book {
  option (google.api.resource) = {
    type: "library.example.com/Book"
    pattern: "books/{book}"
    style: DECLARATIVE_FRIENDLY
  };
  bool reconciling = 1;
}
message Shelf {
  option (google.api.resource) = { type: "library.example.com/Shelf" pattern: "shelves/{shelf}" };
}
`,
      bad: `
syntax = "proto3";

package library.v1;

import "google/api/resource.proto";

message Book {
  option (google.api.resource) = {
    type: "library.example.com/Book"
    pattern: "books/{book}"
    style: DECLARATIVE_FRIENDLY
  };
}
message Shelf {
  option (google.api.resource) = {
    type: "library.example.com/Shelf"
    pattern: "shelves/{shelf}"
    style: DECLARATIVE_FRIENDLY
  };
  int32 reconciling = 1;
}
`,
      *find(api) {
        for (const { message, resource } of resourceMessages(api)) {
          if (!resource.isDeclarative) continue;
          yield* misshapen(message, {
            fields: [{ name: 'reconciling', type: 'bool', wanted: true, meant: () => false }],
          });
        }
      },
    },
  },
});
