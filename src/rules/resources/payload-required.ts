import { payloadOf, requestsOf } from '../../conventions/protobuf/standard-methods.ts';
import { behaviorsOf, packageImports } from '../../languages/protobuf/annotations.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'resources/payload-required',
  summary: 'the resource in a Create request is marked as required',
  why: `In proto3 every field may be left out, and a Create without its resource makes an empty one or fails on the server. Client
libraries ask for what is marked as required before they send anything, and documentation tells it.`,
  sources: ['AIP-133', 'AIP-203'],
  equivalents: ['aip:0133::request-resource-behavior'],
  checks: {
    protobuf: {
      good: `
syntax = "proto3";

package library.v1;

import "google/api/field_behavior.proto";

message CreateBookRequest {
  string parent = 1;
  Book book = 2 [(google.api.field_behavior) = REQUIRED];
}
message Book {}
`,
      bad: `
syntax = "proto3";

package library.v1;

import "google/api/field_behavior.proto";

message CreateBookRequest {
  string parent = 1;
  Book book = 2;
}
message CreateShelfRequest {
  Shelf shelf = 1 [(google.api.field_behavior) = OPTIONAL];
}
message Book {}
message Shelf {}
`,
      *find(api) {
        for (const request of requestsOf(api, 'Create')) {
          if (!packageImports(api, request.package, 'google/api/field_behavior.proto')) continue;
          const payload = payloadOf(api, request.message, request);
          if (!payload) continue;
          const behaviors = behaviorsOf(payload.node);
          if (behaviors.some(({ value }) => value === 'REQUIRED')) continue;
          const isMarked = behaviors.length > 0;
          yield {
            at: payload.at,
            message: `\`${payload.name}\` of \`${request.message.name}\` is ${isMarked ? 'not marked as required' : 'marked neither as required nor as optional'}.`,
            help: 'Set `(google.api.field_behavior) = REQUIRED`: nothing can be created without it.',
          };
        }
      },
    },
  },
});
