import { answerOf, isString, methodsOf } from '../../conventions/protobuf/standard-methods.ts';
import { packageImports, resourceOf, resources } from '../../languages/protobuf/annotations.ts';
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import { fields, type Message, memoised, messages, rpcs } from '../../languages/protobuf/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'resources/resource-annotated',
  summary: 'a message that is a resource is annotated as one',
  why: `Without \`google.api.resource\` nobody knows what the names of a resource look like: client libraries offer no helpers for
them, and fields of others cannot refer to it.`,
  sources: ['AIP-123'],
  equivalents: ['aip:0123::resource-annotation'],
  checks: {
    protobuf: {
      good: `
syntax = "proto3";
package library.v1;

import "google/api/resource.proto";

service Library {
  rpc GetBook(GetBookRequest) returns (Book);
}

message GetBookRequest {
  string name = 1;
}

message Book {
  option (google.api.resource) = {
    type: "library.example.com/Book"
    pattern: "books/{book}"
  };
  string name = 1;
  Author author = 2;
}

message Author {
  string name = 1;
}
`,
      bad: `
syntax = "proto3";
package library.v1;

import "google/api/resource.proto";

service Library {
  rpc GetBook(GetBookRequest) returns (Book);
}

message GetBookRequest {
  string name = 1;
}

message Book {
  string name = 1;
}
`,
      *find(api) {
        const defined = new Set(resources(api).map(({ name }) => name));
        for (const message of messages(api)) {
          const { node, name, at } = message;
          if (node.parent.kind !== 'file' || resourceOf(node) || defined.has(name)) continue;
          if (!packageImports(api, message.file.packageName, 'google/api/resource.proto')) continue;
          if (!isNamed(message) || !isResource(api, message)) continue;
          yield {
            at,
            message: `\`${name}\` has a name like a resource and is not annotated as one.`,
            help: 'Annotate it with `google.api.resource`, its type and its pattern.',
          };
        }
      },
    },
  },
});

function isNamed({ name, fields }: Message): boolean {
  return (
    !/(?:Request|Response|Metadata)$/.test(name) && fields.some((field) => field.name === 'name' && isString(field))
  );
}

/** Whether a standard method gives it; where no rpc is at hand, whether it is part of nothing. */
function isResource(api: Protobuf, message: Message): boolean {
  return rpcs(api).length > 0 ? given(api).has(message.node) : !parts(api).has(message.fullName);
}

const given = memoised((api): ReadonlySet<unknown> => {
  const found = new Set<unknown>();
  for (const { rpc, resource } of methodsOf(api, 'Get', 'Create', 'Update')) {
    if (answerOf(rpc)?.name === resource) found.add(rpc.response?.definition?.node);
  }
  return found;
});

const parts = memoised((api): ReadonlySet<string> => new Set(fields(api).map(({ type }) => type)));
