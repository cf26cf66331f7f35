import { messageOf } from '../../conventions/protobuf/collections.ts';
import {
  answersOtherwise,
  boundOtherwise,
  isView,
  misshapen,
  requestMisnamed,
  typeOf,
} from '../../conventions/protobuf/method-shapes.ts';
import { isTopLevel, methodsOf, requestsOf, responsesOf } from '../../conventions/protobuf/standard-methods.ts';
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import { type Field, type Message, messages, rpcs } from '../../languages/protobuf/select.ts';
import type { Finding } from '../../text/problem.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'resources/list-shape',
  summary: 'a List method takes a parent and returns its children',
  why: `Client libraries and tools are generated from the shape of standard methods: a List takes its \`parent\`, a page and
perhaps a filter, is bound to GET on the collection, and returns the items with a token for the next page. One that looks
otherwise needs code, and reading, of its own. What could not be reached has to be said in one way too, or callers take a part
of the collection for all of it.`,
  sources: ['AIP-132', 'AIP-217'],
  equivalents: [
    'aip:0132::http-body',
    'aip:0132::http-method',
    'aip:0132::http-uri-parent',
    'aip:0132::request-field-types',
    'aip:0132::request-message-name',
    'aip:0132::request-parent-field',
    'aip:0132::request-parent-required',
    'aip:0132::request-required-fields',
    'aip:0132::request-show-deleted-required',
    'aip:0132::request-unknown-fields',
    'aip:0132::response-message-name',
    'aip:0132::response-unknown-fields',
    'aip:0217::unreachable-field-type',
    'aip:0217::return-partial-success-type',
    'aip:0217::return-partial-success-with-unreachable',
  ],
  checks: {
    protobuf: {
      good: `
syntax = "proto3";

package library.v1;

import "google/api/annotations.proto";

service Library {
  rpc ListBooks(ListBooksRequest) returns (ListBooksResponse) {
    option (google.api.http).get = "/v1/{parent=publishers/*}/books";
  }
  rpc ListPublishers(ListPublishersRequest) returns (ListPublishersResponse) {
    option (google.api.http).get = "/v1/publishers";
  }
}

message ListBooksRequest {
  string parent = 1;
  int32 page_size = 2;
  string page_token = 3;
  string filter = 4;
  string order_by = 5;
  bool return_partial_success = 6;
}
message ListBooksResponse {
  repeated Book books = 1;
  string next_page_token = 2;
  int32 total_size = 3;
  repeated string unreachable = 4;
}
message ListPublishersRequest { int32 page_size = 1; }
message ListPublishersResponse { repeated Publisher publishers = 1; }
message Book {}
message Publisher {}
`,
      bad: `
syntax = "proto3";

package library.v1;

import "google/api/annotations.proto";
import "google/api/field_behavior.proto";

service Library {
  rpc ListBooks(ListRequest) returns (Books) {
    option (google.api.http) = { get: "/v1/{publisher=publishers/*}/books" body: "*" };
  }
  rpc ListShelves(ListShelvesRequest) returns (ListShelvesResponse) {
    option (google.api.http) = { post: "/v1/{parent=publishers/*}/shelves:list" body: "*" };
    option (google.api.http) = { post: "/v1/{parent=publishers/*}/shelves" body: "*" };
  }
  rpc ListAuthors(ListAuthorsRequest) returns (ListAuthorsResponse);
  rpc UndeleteAuthor(ListRequest) returns (Author);
}

message ListRequest {}
message Books {}
message ListAuthorsRequest {
  string parent = 1;
  string order_by = 2 [(google.api.field_behavior) = REQUIRED];
  repeated string filter = 3;
  string library_id = 4;
  bool return_partial_success = 5;
}
message ListPagesRequest { string book = 1; }
message ListAuthorsResponse {
  repeated Author authors = 1;
  string next_page_token = 2;
  string etag = 3;
}
message ListShelvesRequest {
  int32 page_size = 1;
  string return_partial_success = 2;
}
message ListShelvesResponse {
  repeated string shelves = 1;
  string unreachable = 2;
}
message Author {}
`,
      *find(api) {
        for (const method of methodsOf(api, 'List')) {
          const { rpc, noun } = method;
          const isFree = isTopLevel(api, method, [method]);
          const variables = noun.endsWith('Revisions') ? ['parent', 'name'] : ['parent'];
          yield* boundOtherwise(method, { verb: 'GET', body: null, ...(isFree ? {} : { variables }) });
          yield* requestMisnamed(rpc);
          const wanted = `${rpc.name}Response`;
          yield* answersOtherwise(method, { names: new Set([wanted]), wanted, operation: 'never' });
        }
        for (const request of requestsOf(api, 'List')) {
          const { message, noun, resource, methods } = request;
          const ofRevisions = noun.endsWith('Revisions');
          const isFree =
            isTopLevel(api, request, methods) || (ofRevisions && message.fields.some(({ name }) => name === 'name'));
          yield* misshapen(message, {
            fields: [
              { name: 'parent', type: 'string', wanted: !isFree, meant: isParent },
              ...['filter', 'order_by'].map((name) => ({ name, type: 'string' })),
              ...['show_deleted', 'return_partial_success'].map((name) => ({ name, type: 'bool' })),
              ...['page_size', 'page_token', 'skip', 'group_by', 'request_id', 'read_mask'].map((name) => ({ name })),
              ...(ofRevisions ? [{ name: 'name' }] : []),
            ],
            closed: { except: (field) => isView(field) || asksForPage(field) },
            mayRequire: ['parent', 'name'],
          });
          const canUndelete = rpcs(api).some(({ name }) => name === `Undelete${resource}`);
          if (canUndelete && !message.fields.some(({ name }) => name === 'show_deleted')) {
            yield {
              at: message.at,
              message: `\`${message.name}\` has no \`show_deleted\`, though \`Undelete${resource}\` needs to know what there is to undelete.`,
              help: 'Declare `bool show_deleted`.',
            };
          }
        }
        for (const { message } of responsesOf(api, 'List')) yield* responseFindings(message);
        yield* partialSuccessFindings(api);
      },
    },
  },
});

/** A string that does not narrow the list down. */
function isParent(field: Field): boolean {
  return typeOf(field) === 'string' && !asksForPage(field) && !/prefix|delimiter|query|projection/.test(field.name);
}

/** Such fields are a matter of paging. */
function asksForPage({ name }: Field): boolean {
  return /token|cursor|offset|limit|page|size|max_results/.test(name);
}

function* responseFindings(message: Message): Generator<Finding> {
  const items = message.fields.find(({ label, name }) => label === 'repeated' && name !== 'unreachable');
  yield* misshapen(message, {
    fields: [
      ...['next_page_token', 'total_size'].map((name) => ({ name })),
      { name: 'unreachable', type: 'repeated string' },
    ],
    closed: { except: (field) => field === items || field.kind === 'map' || asksForPage(field) },
  });
}

function* partialSuccessFindings(api: Protobuf): Generator<Finding> {
  const judged = new Set(requestsOf(api, 'List').map(({ message }) => message));
  for (const message of messages(api)) {
    if (judged.has(message) || !message.name.endsWith('Request')) continue;
    yield* misshapen(message, { fields: [{ name: 'return_partial_success', type: 'bool' }] });
  }
  const responses = new Set(responsesOf(api, 'List').map(({ message }) => message));
  for (const message of messages(api)) {
    if (responses.has(message) || !message.fields.some(({ name }) => name === 'next_page_token')) continue;
    yield* misshapen(message, { fields: [{ name: 'unreachable', type: 'repeated string' }] });
  }
  for (const rpc of rpcs(api)) {
    const asked = messageOf(api, rpc.request)?.fields.find(({ name }) => name === 'return_partial_success');
    const response = messageOf(api, rpc.response);
    if (!asked || !response || response.fields.some(({ name }) => name === 'unreachable')) continue;
    yield {
      at: asked.at,
      message: `\`${asked.name}\` can be asked for, but \`${response.name}\` has no \`unreachable\`.`,
      help: `Declare \`repeated string unreachable\` in \`${response.name}\`, which says what is missing.`,
    };
  }
}
