import { rpcs } from '../../languages/protobuf/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'methods/rpc-unary',
  summary: 'rpcs take one message and answer with one',
  why: `Streams hold a connection and a place on one server for as long as they last: balancers cannot spread them, retries cannot repeat them, and
browsers and many gateways cannot open them. Where none of this is worth it, requests and pages do.`,
  sources: ['buf, RPC_NO_CLIENT_STREAMING', 'gRPC, Performance Best Practices'],
  equivalents: ['buf:RPC_NO_CLIENT_STREAMING', 'buf:RPC_NO_SERVER_STREAMING'],
  checks: {
    protobuf: {
      good: `
syntax = "proto3";

service UserService {
  rpc GetUser(GetUserRequest) returns (User);
}
`,
      bad: `
syntax = "proto3";

service UserService {
  rpc WatchUser(WatchUserRequest) returns (stream User);
  rpc ImportUsers(stream User) returns (ImportUsersResponse);
  rpc Chat(stream Message) returns (stream Message);
}
`,
      *find(api) {
        for (const { name, at, streaming } of rpcs(api)) {
          if (streaming === 'none') continue;
          const what = { client: 'its requests', server: 'its answers', both: 'both ways' }[streaming];
          yield { at, message: `\`${name}\` streams ${what}.`, help: 'Send one message, and answer with one.' };
        }
      },
    },
  },
});
