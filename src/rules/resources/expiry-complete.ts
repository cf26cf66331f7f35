import { fieldNamed, type ResourceMessage, resourceMessages } from '../../conventions/protobuf/resource-messages.ts';
import { answerOf, type Method, methodsOf } from '../../conventions/protobuf/standard-methods.ts';
import { hasBehavior, resourceOf } from '../../languages/protobuf/annotations.ts';
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import { type Message, messages } from '../../languages/protobuf/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'resources/expiry-complete',
  summary: 'what expires says when, and takes a time to live instead of a time',
  why: `What has been deleted and can be brought back is gone for good one day: without \`expire_time\` nobody knows how long there is left.
And who sets an expiry mostly means "in a day": computed on a client whose clock is wrong, it is over before it begins.`,
  sources: ['AIP-164', 'AIP-214'],
  equivalents: ['aip:0164::resource-expire-time-field', 'aip:0214::resource-expiry'],
  checks: {
    protobuf: {
      good: `
syntax = "proto3";

package library.v1;

import "google/api/field_behavior.proto";
import "google/api/resource.proto";
import "google/protobuf/duration.proto";
import "google/protobuf/timestamp.proto";

service Library {
  rpc UndeleteBook(UndeleteBookRequest) returns (Book);
}

message UndeleteBookRequest {}
message Book {
  option (google.api.resource) = { type: "library.example.com/Book" pattern: "books/{book}" };
  google.protobuf.Timestamp expire_time = 1;
}
message Pass {
  option (google.api.resource) = { type: "library.example.com/Pass" pattern: "passes/{pass}" };
  oneof expiration {
    google.protobuf.Timestamp expire_time = 1;
    google.protobuf.Duration ttl = 2;
  }
}
message Loan {
  option (google.api.resource) = { type: "library.example.com/Loan" pattern: "loans/{loan}" };
  google.protobuf.Timestamp expire_time = 1 [(google.api.field_behavior) = OUTPUT_ONLY];
}
`,
      bad: `
syntax = "proto3";

package library.v1;

import "google/api/resource.proto";
import "google/protobuf/timestamp.proto";

service Library {
  rpc UndeleteBook(UndeleteBookRequest) returns (Book);
}

message UndeleteBookRequest {}
message Book {
  option (google.api.resource) = { type: "library.example.com/Book" pattern: "books/{book}" };
}
message Pass {
  option (google.api.resource) = { type: "library.example.com/Pass" pattern: "passes/{pass}" };
  google.protobuf.Timestamp expire_time = 1;
}
`,
      *find(api) {
        const undeletes = methodsOf(api, 'Undelete');
        const restored = new Set<Message>();
        for (const method of undeletes) {
          const message = restoredBy(api, method);
          if (!message || restored.has(message)) continue;
          restored.add(message);
          if (fieldNamed(message, 'expire_time') || fieldNamed(message, 'purge_time')) continue;
          yield {
            at: message.at,
            message: `\`${message.name}\` can be undeleted, but does not say until when.`,
            help: 'Declare `google.protobuf.Timestamp purge_time` or `expire_time`, set when it is deleted.',
          };
        }
        for (const message of messages(api)) {
          const field = fieldNamed(message, 'expire_time');
          if (field?.type !== 'google.protobuf.Timestamp' || restored.has(message)) continue;
          if (hasBehavior(field.node, 'OUTPUT_ONLY') || !(resourceOf(message.node) || field.oneof)) continue;
          if (fieldNamed(message, 'ttl')) continue;
          yield {
            at: field.at,
            message: `\`${message.name}\` takes an \`expire_time\`, but no \`ttl\`.`,
            help: 'Declare `google.protobuf.Duration ttl` beside it, both in one oneof.',
          };
        }
      },
    },
  },
});

/** The message that an Undelete brings back: the annotated one of that name, or what it answers with. */
function restoredBy(api: Protobuf, method: Method): Message | undefined {
  const annotated = resourceMessages(api).find((one) => isCalled(one, method.resource) && isNear(one.message, method));
  if (annotated) return annotated.message;
  const answer = answerOf(method.rpc);
  if (answer?.name !== method.resource) return undefined;
  return messages(api).find((message) => message.name === answer.name && isNear(message, method));
}

function isCalled({ message, resource }: ResourceMessage, name: string): boolean {
  return message.name === name || resource.name === name;
}

function isNear({ file }: Message, method: Method): boolean {
  return file.packageName === method.package;
}
