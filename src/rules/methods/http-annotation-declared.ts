import { packageImports } from '../../languages/protobuf/annotations.ts';
import { optionsOf, rpcs } from '../../languages/protobuf/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'methods/http-annotation-declared',
  summary: 'every rpc that HTTP can carry says how it is called over HTTP',
  why: `An API that is offered over HTTP too is read as one. An rpc without \`google.api.http\` is missing there, mostly by oversight, and
who has no gRPC client can't call it.`,
  sources: ['AIP-127'],
  equivalents: ['aip:0127::http-annotation'],
  checks: {
    protobuf: {
      good: `
syntax = "proto3";

package library.v1;

import "google/api/annotations.proto";

service Library {
  rpc GetBook(GetBookRequest) returns (Book) {
    option (google.api.http).get = "/v1/{name=publishers/*/books/*}";
  }
  rpc EditBook(stream EditBookRequest) returns (stream EditBookResponse);
}

message GetBookRequest { string name = 1; }
message EditBookRequest {}
message EditBookResponse {}
message Book {}
`,
      bad: `
syntax = "proto3";

package library.v1;

import "google/api/annotations.proto";

service Library {
  rpc GetBook(GetBookRequest) returns (Book);
}

message GetBookRequest { string name = 1; }
message Book {}
`,
      *find(api) {
        for (const { node, name, at, streaming, file } of rpcs(api)) {
          // What the client streams can't be sent as one body.
          if (streaming === 'client' || streaming === 'both') continue;
          if (!packageImports(api, file.packageName, 'google/api/annotations.proto')) continue;
          if (optionsOf(node).some((option) => /^\(\.?google\.api\.http\)/.test(option.name.text))) continue;
          yield {
            at,
            message: `\`${name}\` does not say how it is called over HTTP.`,
            help: 'Set `(google.api.http)` with a verb and a path.',
          };
        }
      },
    },
  },
});
