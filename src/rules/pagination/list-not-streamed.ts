import { isListResponse, messageOf } from '../../conventions/protobuf/collections.ts';
import { rpcs } from '../../languages/protobuf/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'pagination/list-not-streamed',
  summary: 'a List rpc answers with pages, not with a stream',
  why: `A stream cannot be gone on with after the connection broke: the client starts again from the first item. Proxies and
clients over HTTP that know requests and responses do not understand it at all. Pages can be fetched one by one, in any pace.`,
  sources: ['AIP-158', 'guide S4, gRPC API Design'],
  equivalents: ['aip:0158::response-unary'],
  checks: {
    protobuf: {
      good: `
syntax = "proto3";

service UserService {
  rpc ListUsers(ListUsersRequest) returns (ListUsersResponse);
  rpc WatchUsers(WatchUsersRequest) returns (stream User);
}
`,
      bad: `
syntax = "proto3";

service UserService {
  rpc ListUsers(ListUsersRequest) returns (stream User);
  rpc Search(stream SearchRequest) returns (SearchResponse);
}

message SearchResponse {
  repeated User users = 1;
  string next_page_token = 2;
}

message User {}
`,
      *find(api) {
        for (const rpc of rpcs(api)) {
          if (rpc.streaming === 'none') continue;
          const response = messageOf(api, rpc.response);
          const isPaged = response
            ? isListResponse(response)
            : /(?:^|\.)List\w+Response$/.test(rpc.response?.type ?? '');
          const side = rpc.streaming === 'client' ? rpc.request : rpc.response;
          if (!side || !(rpc.role === 'List' || isPaged)) continue;
          yield {
            at: side.at,
            message: `\`${rpc.name}\` lists, but streams its ${side === rpc.request ? 'requests' : 'answer'}.`,
            help: 'Take `page_size` and `page_token`, and answer with one page; call a stream of changes `Watch…`.',
          };
        }
      },
    },
  },
});
