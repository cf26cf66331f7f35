import { messageOf } from '../../conventions/protobuf/collections.ts';
import { firstOf } from '../../conventions/protobuf/method-shapes.ts';
import { type Resource, referenceOf, resourceOf, resourceOfType } from '../../languages/protobuf/annotations.ts';
import type { HttpBinding } from '../../languages/protobuf/http.ts';
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import { type Message, memoised, messages, type Rpc, rpcs } from '../../languages/protobuf/select.ts';
import type { Finding } from '../../text/problem.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'resources/name-bound-whole',
  summary: 'the path of a binding captures whole resource names, in the patterns of the resource',
  why: `A resource name is one string: \`publishers/1/books/2\`. A path that takes it apart makes every client join and split names, and a
path whose template is none of the resource's patterns can't be called with the names that the API itself gives out.`,
  sources: ['AIP-127', 'AIP-122'],
  equivalents: ['aip:0127::resource-name-extraction', 'aip:0127::http-template-pattern'],
  checks: {
    protobuf: {
      good: `
syntax = "proto3";

package library.v1;

import "google/api/annotations.proto";
import "google/api/resource.proto";

service Library {
  rpc GetBook(GetBookRequest) returns (Book) {
    option (google.api.http).get = "/v1/{name=publishers/*/books/*}";
  }
  rpc ListBooks(ListBooksRequest) returns (ListBooksResponse) {
    option (google.api.http).get = "/v1/{parent=publishers/*}/books";
  }
  rpc GetOperation(GetBookRequest) returns (Book) {
    option (google.api.http).get = "/v1/{name=**}";
  }
}

message GetBookRequest {
  string name = 1 [(google.api.resource_reference).type = "library.example.com/Book"];
}
message ListBooksRequest {
  string parent = 1 [(google.api.resource_reference).child_type = "library.example.com/Book"];
}
message ListBooksResponse {}
message Book {
  option (google.api.resource) = { type: "library.example.com/Book" pattern: "publishers/{publisher}/books/{book}" };
}
`,
      bad: `
syntax = "proto3";

package library.v1;

import "google/api/annotations.proto";
import "google/api/resource.proto";

service Library {
  rpc GetBook(GetBookRequest) returns (Book) {
    option (google.api.http).get = "/v1/{name=shelves/*/books/*}";
  }
  rpc ListBooks(ListBooksRequest) returns (ListBooksResponse) {
    option (google.api.http).get = "/v1/publishers/{publisher}/books";
  }
}

message GetBookRequest {
  string name = 1 [(google.api.resource_reference).type = "library.example.com/Book"];
}
message ListBooksRequest { string publisher = 1; }
message ListBooksResponse {}
message Book {
  option (google.api.resource) = { type: "library.example.com/Book" pattern: "publishers/{publisher}/books/{book}" };
}
`,
      *find(api) {
        for (const rpc of rpcs(api)) {
          // What is added to a binding keeps old paths alive, or serves parents that no pattern tells.
          const own = rpc.http.filter(({ additional }) => !additional);
          yield* firstOf(own, (binding) => takenApart(rpc, binding));
          yield* firstOf(own, (binding) => unlike(api, rpc, binding));
        }
      },
    },
  },
});

function* takenApart(rpc: Rpc, { path, at }: HttpBinding): Generator<Finding> {
  const part = segmentsOf(path).find((segment, index, all) => {
    const before = all[index - 1] ?? '';
    return /^\{[^{}=]*(?:=\*)?\}$/.test(segment) && /^[A-Za-z]/.test(before) && !/^v\d/.test(before);
  });
  if (part === undefined) return;
  yield {
    at,
    message: `The path of \`${rpc.name}\` captures \`${part}\`, a part of a resource name.`,
    help: 'Capture the name with its collections: `{name=publishers/*/books/*}`.',
  };
}

/** What stands between the slashes of a path, variables as a whole. */
function segmentsOf(path: string): string[] {
  const segments: string[] = [];
  let start = 0;
  let inside = false;
  for (let i = 0; i < path.length; i++) {
    if (path[i] === '{') inside = true;
    else if (path[i] === '}') inside = false;
    else if (!inside && (path[i] === '/' || path[i] === ':')) {
      segments.push(path.slice(start, i));
      start = i + 1;
    }
  }
  return [...segments, path.slice(start)];
}

/** Judges that templates fit the patterns of the resources that they stand for. */
function* unlike(api: Protobuf, rpc: Rpc, { variables, at }: HttpBinding): Generator<Finding> {
  const request = messageOf(api, rpc.request);
  if (!request) return;
  for (const { field, pattern } of variables) {
    const patterns = patternsFor(api, request, field.split('.'));
    const template = pattern ?? '*';
    if (patterns.length === 0 || template === '*' || patterns.some((one) => fits(template, one))) continue;
    yield {
      at,
      message: `The path of \`${rpc.name}\` takes \`${template}\` as \`${field}\`, while the resource's pattern is \`${patterns[0]}\`.`,
      help: 'Use the pattern of the resource, with `*` for its variables.',
    };
    return;
  }
}

/** The patterns that the values of a field have; none where they are not known, or anything goes. */
function patternsFor(api: Protobuf, message: Message, [name, ...rest]: readonly string[]): readonly string[] {
  const field = message.fields.find((one) => one.name === name);
  if (!field) return [];
  if (rest.length > 0) {
    const next = field.kind === 'message' ? byName(api).get(field.type) : undefined;
    return next ? patternsFor(api, next, rest) : [];
  }
  const own = resourceOf(message.node);
  if (own?.nameField === name) return known(own);
  const reference = referenceOf(field.node);
  if (reference?.type) return known(resourceOfType(api, reference.type.value));
  if (reference?.childType) return known(resourceOfType(api, reference.childType.value)).map(parentOf);
  return [];
}

const byName = memoised(
  (api): ReadonlyMap<string, Message> => new Map(messages(api).map((message) => [message.fullName, message])),
);

function known(resource: Resource | null | undefined): string[] {
  const patterns = resource?.patterns.map(({ value }) => value) ?? [];
  return patterns.includes('*') ? [] : patterns;
}

/** A pattern without its last collection. */
function parentOf(pattern: string): string {
  const segments = pattern.split('/');
  return segments.slice(0, segments.at(-1)?.includes('{') ? -2 : -1).join('/');
}

/** Whether a template takes the names of a pattern. A `*` stands for any segment, `**` for any number of them. */
function fits(template: string, pattern: string): boolean {
  const [wanted, given] = [pattern.split('/'), template.split('/')];
  const rest = given.indexOf('**');
  if (rest < 0 && wanted.length !== given.length) return false;
  if (rest >= 0 && wanted.length < rest) return false;
  return given
    .slice(0, rest < 0 ? undefined : rest)
    .every((segment, i) => segment === '*' || wanted[i]!.includes('{') || segment === wanted[i]);
}
