import { isSingleton, methodsOn, resourceMessages } from '../../conventions/protobuf/resource-messages.ts';
import { rpcs } from '../../languages/protobuf/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'resources/get-provided',
  summary: 'what can be listed or changed can be read',
  why: `Whoever creates or updates a resource wants to see what has become of it, and after a failed call the only way to know is to read it.
Tools that bring a system to a declared state start with a Get of each resource.`,
  sources: ['AIP-121', 'AIP-131'],
  equivalents: ['aip:0121::resource-must-support-get'],
  checks: {
    protobuf: {
      good: `
syntax = "proto3";

package library.v1;

import "google/api/resource.proto";

service Library {
  rpc CreateBook(CreateBookRequest) returns (Book);
  rpc GetBook(GetBookRequest) returns (Book);
  rpc ArchiveBook(GetBookRequest) returns (Book);
}

message CreateBookRequest {}
message GetBookRequest {}
message Book {
  option (google.api.resource) = { type: "library.example.com/Book" pattern: "books/{book}" };
}
`,
      bad: `
syntax = "proto3";

package library.v1;

import "google/api/resource.proto";

service Library {
  rpc ListBooks(ListBooksRequest) returns (ListBooksResponse);
  rpc CreateBook(CreateBookRequest) returns (Book);
}

message ListBooksRequest {}
message ListBooksResponse {}
message CreateBookRequest {}
message Book {
  option (google.api.resource) = { type: "library.example.com/Book" pattern: "books/{book}" };
}
`,
      *find(api) {
        for (const one of resourceMessages(api)) {
          const [first] = methodsOn(api, one, 'List', 'Create', 'Update', 'Delete');
          const { name } = one.resource;
          if (!first || methodsOn(api, one, 'Get').length > 0) continue;
          // One that streams is no standard method, but reads.
          if (rpcs(api).some((rpc) => rpc.name === `Get${name}` && rpc.file === first.rpc.file)) continue;
          yield {
            at: first.rpc.at,
            message: `There is \`${first.rpc.name}\`, but no \`Get${name}\`.`,
            help: `Add \`Get${name}\`, which takes the name and returns the ${isSingleton(one.resource) ? 'singleton' : 'resource'}.`,
          };
        }
      },
    },
  },
});
