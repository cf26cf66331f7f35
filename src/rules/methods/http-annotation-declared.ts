import { packageImports } from '../../languages/protobuf/annotations.ts';
import { optionsOf, services } from '../../languages/protobuf/select.ts';
import { type OptionNode, placeOf, type RpcNode } from '../../languages/protobuf/tree.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'methods/http-annotation-declared',
  summary: 'every rpc that HTTP can carry says how it is called over HTTP, and no other does',
  why: `An API that is offered over HTTP too is read as one. An rpc without \`google.api.http\` is missing there, mostly by oversight, and
who has no gRPC client can't call it. What streams both ways cannot be called so, whatever it says.`,
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
  rpc EditBook(stream GetBookRequest) returns (stream Book) {
    option (google.api.http) = { post: "/v1/books:edit" body: "*" };
  }
}

message GetBookRequest { string name = 1; }
message Book {}
`,
      *find(api) {
        for (const { rpcs, file } of services(api)) {
          for (const { node, name, streaming } of rpcs) {
            const option = streaming === 'both' ? bindingOf(node) : undefined;
            if (!option) continue;
            yield {
              at: placeOf(option, option.name),
              message: `\`${name}\` streams both ways, which HTTP does not.`,
              help: 'Leave the binding out, or let one side send a single message.',
            };
          }
          if (!packageImports(api, file.packageName, 'google/api/annotations.proto')) continue;
          // What the client streams can't be sent as one body.
          const carried = rpcs.filter(({ streaming }) => streaming !== 'client' && streaming !== 'both');
          const unbound = carried.filter(({ node }) => !bindingOf(node));
          // A service without any binding is meant for gRPC alone.
          if (unbound.length > 1 && unbound.length === carried.length) continue;
          for (const { name, at } of unbound) {
            yield {
              at,
              message: `\`${name}\` does not say how it is called over HTTP.`,
              help: 'Set `(google.api.http)` with a verb and a path.',
            };
          }
        }
      },
    },
  },
});

function bindingOf(rpc: RpcNode): OptionNode | undefined {
  return optionsOf(rpc).find(({ name }) => /^\(\.?google\.api\.http\)/.test(name.text));
}
