import { fieldName, fieldsOf } from '../../languages/protobuf/conformance/members.ts';
import type { HttpBinding } from '../../languages/protobuf/http.ts';
import { type Template, templateOf } from '../../languages/protobuf/http-template.ts';
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import { type Rpc, type RpcSide, rpcs } from '../../languages/protobuf/select.ts';
import type { FieldNode, MessageNode } from '../../languages/protobuf/tree.ts';
import { closest } from '../../text/closest.ts';
import type { Finding } from '../../text/problem.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'methods/http-annotation-valid',
  summary: 'HTTP bindings of rpcs are well-formed and name fields that exist',
  why: `What an HTTP binding says is only read by the gateway: compilers take any string for a path. A template that does not parse, or
that names a field which the request lacks, fails when the gateway is built, or at the first request.`,
  sources: ['google/api/http.proto', 'AIP-127', 'AIP-159'],
  equivalents: ['aip:0127::http-template-syntax', 'aip:0127::uri-leading-slash', 'aip:0159::hardcoded-hyphen'],
  checks: {
    protobuf: {
      good: `
syntax = "proto3";

package library.v1;

import "google/api/annotations.proto";

service Library {
  rpc GetBook(GetBookRequest) returns (Book) {
    option (google.api.http) = {
      get: "/v1/{name=publishers/*/books/*}"
      additional_bindings { get: "/v1/{name=archive/**}" }
    };
  }
  rpc UpdateBook(UpdateBookRequest) returns (Book) {
    option (google.api.http) = { patch: "/v1/{book.name=books/*}:revise" body: "book" };
  }
  rpc ImportBooks(elsewhere.ImportRequest) returns (Book) {
    option (google.api.http) = { post: "/v1/books/{source}" body: "*" };
  }
}

message GetBookRequest {
  string name = 1;
}

message UpdateBookRequest {
  Book book = 1;
}

message Book {
  string name = 1;
}
`,
      bad: `
syntax = "proto3";

package library.v1;

import "google/api/annotations.proto";

service Library {
  rpc GetBook(GetBookRequest) returns (Book) {
    option (google.api.http) = {
      get: "/v1/{nam=publishers/*/books/*}"
      additional_bindings { get: "v1/{name=books/*}" }
      additional_bindings { get: "/v1/{name=books/*" }
      additional_bindings { get: "/v1/publishers/-/{name=books/*}" }
      additional_bindings { get: "/v1/{shelves=shelves/*}" }
    };
  }
  rpc UpdateBook(GetBookRequest) returns (Book) {
    option (google.api.http) = { patch: "/v1/{name=books/*}" body: "book" };
  }
}

message GetBookRequest {
  string name = 1;
  repeated string shelves = 2;
}

message Book {
  string name = 1;
}
`,
      *find(api) {
        for (const rpc of rpcs(api)) {
          for (const binding of rpc.http) yield* problems(api, rpc, binding);
        }
      },
    },
  },
});

function* problems(api: Protobuf, rpc: Rpc, binding: HttpBinding): Generator<Finding> {
  const template = templateOf(binding.path);
  if (typeof template === 'string') {
    yield { at: binding.at, message: template, help: 'A template is like `/v1/{name=publishers/*/books/*}:archive`.' };
  } else {
    if (template.segments.includes('-')) {
      yield {
        at: binding.at,
        message: `\`${binding.path}\` holds the segment \`-\`, which stands for any collection in requests.`,
        help: 'Match it with `*`.',
      };
    }
    yield* variables(api, rpc, binding, template);
  }
  yield* bodies(rpc, binding);
}

function* variables(api: Protobuf, rpc: Rpc, binding: HttpBinding, { variables }: Template): Generator<Finding> {
  const request = messageOf(rpc.request);
  if (!request) return;
  const seen = new Set<string>();
  for (const { field: path } of variables) {
    if (seen.has(path))
      yield { at: binding.at, message: `The variable \`${path}\` stands twice in \`${binding.path}\`.` };
    seen.add(path);
    const problem = lost(api, request, path);
    if (problem) yield { at: binding.at, ...problem };
  }
}

/** What is wrong with the way to a field, from a message on. */
function lost(api: Protobuf, request: MessageNode, path: string): Omit<Finding, 'at'> | null {
  let message: MessageNode = request;
  const parts = path.split('.');
  for (const [index, part] of parts.entries()) {
    const field = fieldOf(message, part);
    if (!field) return unknown(message, part);
    const isLast = index === parts.length - 1;
    if (field.label?.text === 'repeated' || field.map)
      return { message: `\`${part}\` is a list, which no path can hold.` };
    const definition = field.group ? null : api.links.typeOf(field.type, field);
    const inner = field.group ?? (definition?.node?.kind === 'message' ? definition.node : null);
    if (isLast) return inner ? { message: `\`${part}\` is a message, which no path can hold.` } : null;
    if (!inner) return null;
    message = inner;
  }
  return null;
}

function unknown(message: MessageNode, name: string): Omit<Finding, 'at'> {
  const meant = closest(name, fieldsOf(message).map(fieldName));
  return {
    message: `\`${message.name.text}\` has no field \`${name}\`.`,
    ...(meant !== null && { help: `Did you mean \`${meant}\`?` }),
  };
}

function* bodies(rpc: Rpc, { body, bodyAt, responseBody, at }: HttpBinding): Generator<Finding> {
  const sides = [
    { name: body, side: rpc.request, place: bodyAt ?? at },
    { name: responseBody, side: rpc.response, place: at },
  ];
  for (const { name, side, place } of sides) {
    const message = messageOf(side);
    if (!name || name === '*' || !message || fieldOf(message, name)) continue;
    yield { at: place, ...unknown(message, name) };
  }
}

function messageOf(side: RpcSide | null): MessageNode | null {
  const node = side?.definition?.node;
  return node?.kind === 'message' ? node : null;
}

function fieldOf(message: MessageNode, name: string): FieldNode | undefined {
  return fieldsOf(message).find((field) => fieldName(field) === name);
}
