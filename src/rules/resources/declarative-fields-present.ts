import { fieldNamed, isSingleton, methodsOn, resourceMessages } from '../../conventions/protobuf/resource-messages.ts';
import { rpcs } from '../../languages/protobuf/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'resources/declarative-fields-present',
  summary: 'a declarative-friendly resource has the standard fields',
  why: `Tools that bring a system to a declared state compare what they want with what is there. They tell by \`uid\` that a resource was made
anew under an old name, and by its times whether someone else has touched it.`,
  sources: ['AIP-128', 'AIP-148'],
  equivalents: ['aip:0148::declarative-friendly-fields'],
  checks: {
    protobuf: {
      good: `
syntax = "proto3";

package library.v1;

import "google/api/resource.proto";
import "google/protobuf/timestamp.proto";

message Book {
  option (google.api.resource) = {
    type: "library.example.com/Book"
    pattern: "books/{book}"
    style: DECLARATIVE_FRIENDLY
  };
  string name = 1;
  string uid = 2;
  string display_name = 3;
  google.protobuf.Timestamp create_time = 4;
  google.protobuf.Timestamp update_time = 5;
  google.protobuf.Timestamp delete_time = 6;
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
  string name = 1;
  string display_name = 2;
}
`,
      *find(api) {
        for (const one of resourceMessages(api)) {
          const { message, resource } = one;
          if (!resource.isDeclarative) continue;
          const lasts = isSingleton(resource);
          const isDeleted = rpcs(api).length === 0 || methodsOn(api, one, 'Undelete').length > 0;
          const wanted = [
            resource.nameField,
            ...(lasts ? [] : ['uid']),
            ...['display_name', 'create_time', 'update_time'],
            ...(isDeleted && !lasts ? ['delete_time'] : []),
          ];
          const missing = wanted.filter((name) => !fieldNamed(message, name));
          if (missing.length === 0) continue;
          yield {
            at: message.at,
            message: `\`${message.name}\` is declarative-friendly and has no ${missing.map((name) => `\`${name}\``).join(', ')}.`,
            help: 'Declare the standard fields of AIP-148.',
          };
        }
      },
    },
  },
});
