import { isSingleton, methodsOn, resourceMessages } from '../../conventions/protobuf/resource-messages.ts';
import { manyOf } from '../../conventions/protobuf/standard-methods.ts';
import { rpcs } from '../../languages/protobuf/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'resources/list-provided',
  summary: 'what can be created or deleted can be listed',
  why: `Without a List nobody finds what others have made, or what a script forgot to delete. Consoles, backups and audits start with it.`,
  sources: ['AIP-121', 'AIP-132'],
  equivalents: ['aip:0121::resource-must-support-list'],
  checks: {
    protobuf: {
      good: `
syntax = "proto3";

package library.v1;

import "google/api/resource.proto";

service Library {
  rpc CreateBook(CreateBookRequest) returns (Book);
  rpc ListBooks(ListBooksRequest) returns (ListBooksResponse);
  rpc UpdateSettings(UpdateSettingsRequest) returns (Settings);
}

message CreateBookRequest {}
message ListBooksRequest {}
message ListBooksResponse {}
message UpdateSettingsRequest {}
message Book {
  option (google.api.resource) = { type: "library.example.com/Book" pattern: "books/{book}" };
}
message Settings {
  option (google.api.resource) = { type: "library.example.com/Settings" pattern: "shelves/{shelf}/settings" };
}
`,
      bad: `
syntax = "proto3";

package library.v1;

import "google/api/resource.proto";

service Library {
  rpc CreateBook(CreateBookRequest) returns (Book);
  rpc GetBook(GetBookRequest) returns (Book);
}

message CreateBookRequest {}
message GetBookRequest {}
message Book {
  option (google.api.resource) = { type: "library.example.com/Book" pattern: "books/{book}" };
}
`,
      *find(api) {
        for (const one of resourceMessages(api)) {
          const [first, ...others] = methodsOn(api, one, 'Create', 'Update', 'Delete');
          if (!first || isSingleton(one.resource) || methodsOn(api, one, 'List').length > 0) continue;
          // What is only updated is there from the start, mostly once.
          if ([first, ...others].every(({ kind }) => kind === 'Update')) continue;
          const list = `List${manyOf(one.resource.name)}`;
          if (rpcs(api).some((rpc) => rpc.name === list && rpc.file === first.rpc.file)) continue;
          yield {
            at: first.rpc.at,
            message: `There is \`${first.rpc.name}\`, but no \`${list}\`.`,
            help: `Add \`${list}\`, which takes the parent and returns pages of its children.`,
          };
        }
      },
    },
  },
});
