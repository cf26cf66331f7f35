import { misshapen } from '../../conventions/protobuf/method-shapes.ts';
import { requestsOf, responsesOf } from '../../conventions/protobuf/standard-methods.ts';
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import { type Field, type Message, messages } from '../../languages/protobuf/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'pagination/page-fields-standard',
  summary: 'pages are asked for and continued by the standard fields',
  why: `Client libraries turn a List into an iterator when they find \`page_size\`, \`page_token\` and \`next_page_token\` with their
types. Under any other name, callers write the loop by hand, once for every method.`,
  sources: ['AIP-158', 'AIP-4233'],
  equivalents: [
    'aip:0158::request-page-size-field',
    'aip:0158::request-page-token-field',
    'aip:0158::request-skip-field',
    'aip:0158::response-next-page-token-field',
  ],
  checks: {
    protobuf: {
      good: `
syntax = "proto3";

package library.v1;

message ListBooksRequest {
  string parent = 1;
  int32 page_size = 2;
  string page_token = 3;
  int32 skip = 4;
}
message ListBooksResponse {
  repeated Book books = 1;
  string next_page_token = 2;
}
message ListShelfSummaryResponse { string summary = 1; }
message Book {}
`,
      bad: `
syntax = "proto3";

package library.v1;

message ListBooksRequest {
  string parent = 1;
  int32 limit = 2;
  string offset = 3;
}
message ListBooksResponse {
  repeated Book books = 1;
  string next_page = 2;
}
message SearchBooksRequest {
  uint32 page_size = 1;
  bytes page_token = 2;
  string skip = 3;
}
message SearchBooksResponse {
  repeated Book books = 1;
  bytes next_page_token = 2;
}
message ListShelvesRequest {}
message ListPagesRequest { int32 page_size = 1; }
message ListPagesResponse { repeated string pages = 1; }
message ListShelvesResponse { repeated string shelves = 1; }
message Book {}
`,
      *find(api) {
        for (const message of asking(api)) {
          if (!isPaged(message)) {
            yield {
              at: message.at,
              message: `\`${message.name}\` has neither \`page_size\` nor \`page_token\`.`,
              help: 'Declare `int32 page_size` and `string page_token`: a list that grows can be paged later only by breaking clients.',
            };
            continue;
          }
          yield* misshapen(message, {
            fields: [
              { name: 'page_size', type: 'int32', wanted: true, meant: isSize },
              { name: 'page_token', type: 'string', wanted: true, meant: isToken },
              { name: 'skip', type: 'int32' },
            ],
          });
        }
        for (const message of answering(api)) {
          yield* misshapen(message, {
            fields: [{ name: 'next_page_token', type: 'string', wanted: true, meant: isNext }],
          });
        }
      },
    },
  },
});

function asking(api: Protobuf): Message[] {
  const lists = new Set(requestsOf(api, 'List').map(({ message }) => message));
  return messages(api).filter(
    (message) =>
      lists.has(message) ||
      (message.name.endsWith('Request') &&
        message.fields.some(({ name }) => name === 'page_size' || name === 'page_token')),
  );
}

/** What holds no list has no pages. */
function answering(api: Protobuf): Message[] {
  // Where nobody can ask for a page, that is what is missing.
  const lists = new Set(
    responsesOf(api, 'List').flatMap(({ message, methods }) =>
      methods.every(({ request }) => !request || isPaged(request)) ? [message] : [],
    ),
  );
  return messages(api).filter(
    (message) =>
      (lists.has(message) && message.fields.some(({ label }) => label === 'repeated')) ||
      (!message.name.endsWith('Request') && message.fields.some(({ name }) => name === 'next_page_token')),
  );
}

function isPaged({ fields }: Message): boolean {
  return fields.some((field) => pageNames.has(field.name) || isSize(field) || isToken(field));
}

const pageNames: ReadonlySet<string> = new Set(['page_size', 'page_token', 'skip']);

function isSize({ label, kind, type, name }: Field): boolean {
  if (label === 'repeated' || kind !== 'scalar' || !/^u?int(?:32|64)$/.test(type)) return false;
  return /(?:^|_)(?:limit|size|results|count|per_page)(?:_|$)/.test(name);
}

function isToken({ label, kind, type, name }: Field): boolean {
  if (label === 'repeated' || kind !== 'scalar' || (type !== 'string' && type !== 'bytes')) return false;
  return /(?:^|_)(?:offset|cursor|token|page|next|after|continuation|start)(?:_|$)/.test(name);
}

function isNext({ label, kind, type, name }: Field): boolean {
  if (label === 'repeated' || kind !== 'scalar' || (type !== 'string' && type !== 'bytes')) return false;
  return /page|token|next|cursor/.test(name);
}
