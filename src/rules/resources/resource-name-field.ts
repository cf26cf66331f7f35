import { isString } from '../../conventions/protobuf/standard-methods.ts';
import { ownResources } from '../../languages/protobuf/annotations.ts';
import { editionOf } from '../../languages/protobuf/features.ts';
import { messages } from '../../languages/protobuf/select.ts';
import { placeOf } from '../../languages/protobuf/tree.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'resources/resource-name-field',
  summary: 'a resource has a string that holds its name',
  why: `The name is how a resource is told from all others, how it is fetched, and how others refer to it. Tools look for it in
\`name\`, or in the field that the annotation names, and take it for a string that is always there.`,
  sources: ['AIP-122', 'AIP-123'],
  equivalents: ['aip:0123::name-never-optional', 'aip:0123::resource-name-field'],
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
  };
  string name = 1;
}

message Shelf {
  option (google.api.resource) = {
    type: "library.example.com/Shelf"
    pattern: "shelves/{shelf}"
    name_field: "resource_name"
  };
  string resource_name = 1;
}

message Page {
  int32 number = 1;
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
  };
  string title = 1;
}

message Shelf {
  option (google.api.resource) = {
    type: "library.example.com/Shelf"
    pattern: "shelves/{shelf}"
  };
  bytes name = 1;
}

message Room {
  option (google.api.resource) = {
    type: "library.example.com/Room"
    pattern: "rooms/{room}"
  };
  optional string name = 1;
}
`,
      *find(api) {
        const byNode = new Map(messages(api).map((message) => [message.node, message]));
        for (const { message: node, nameField, file } of ownResources(api)) {
          const message = node && byNode.get(node);
          if (!message) continue;
          const field = message.fields.find(({ name }) => name === nameField);
          if (!field) {
            yield {
              at: message.at,
              message: `The resource \`${message.name}\` has no field \`${nameField}\`.`,
              help: `Add \`string ${nameField} = 1\` for its resource name.`,
            };
          } else if (!isString(field)) {
            yield {
              at: field.typeAt,
              message: `The name of the resource \`${message.name}\` is not a string.`,
              help: `Make \`${nameField}\` a single string.`,
            };
          } else if (field.node.label?.text === 'optional' && editionOf(file) === 'proto3') {
            yield {
              at: placeOf(field.node, field.node.label),
              message: `The name of the resource \`${message.name}\` is optional.`,
              help: 'Drop `optional`: a resource never lacks its name.',
            };
          }
        }
      },
    },
  },
});
