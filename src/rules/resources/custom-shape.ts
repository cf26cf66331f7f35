import {
  type AnswerForm,
  answersOtherwise,
  type BindingForm,
  bodyOtherwise,
  boundOtherwise,
  firstOf,
  requestMisnamed,
  suffixOtherwise,
} from '../../conventions/protobuf/method-shapes.ts';
import {
  answerOf,
  type Kind,
  type Method,
  methods,
  suffixOf,
  variablesOf,
} from '../../conventions/protobuf/standard-methods.ts';
import { referenceOf } from '../../languages/protobuf/annotations.ts';
import { type Rpc, rpcs } from '../../languages/protobuf/select.ts';
import { placeOf } from '../../languages/protobuf/tree.ts';
import type { Finding } from '../../text/problem.ts';
import { toCase } from '../../words/cases.ts';
import { split } from '../../words/split.ts';
import { canBeVerb } from '../../words/verbs.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'resources/custom-shape',
  summary: 'a custom method is bound to `:verb` on what it acts on, and has messages of its own',
  why: `What no standard method does is told by the verb behind the colon. Where that verb, the resource before it and the name of
the method disagree, callers of the HTTP API and of the client libraries speak of different things; a message that is shared can't
grow a field for one method alone.`,
  sources: ['AIP-136', 'AIP-144', 'AIP-151', 'AIP-152', 'AIP-162', 'AIP-164', 'AIP-165'],
  equivalents: [
    'aip:0136::http-body',
    'aip:0136::http-method',
    'aip:0136::http-name-variable',
    'aip:0136::http-parent-variable',
    'aip:0136::http-uri-suffix',
    'aip:0136::request-message-name',
    'aip:0136::response-message-name',
    'aip:0144::http-body',
    'aip:0144::http-method',
    'aip:0144::request-message-name',
    'aip:0152::http-body',
    'aip:0152::http-method',
    'aip:0152::http-uri-suffix',
    'aip:0152::request-message-name',
    'aip:0152::response-message-name',
    'aip:0162::commit-http-body',
    'aip:0162::commit-http-method',
    'aip:0162::commit-http-uri-suffix',
    'aip:0162::commit-request-message-name',
    'aip:0162::commit-response-message-name',
    'aip:0162::delete-revision-http-body',
    'aip:0162::delete-revision-http-method',
    'aip:0162::delete-revision-http-uri-suffix',
    'aip:0162::delete-revision-request-message-name',
    'aip:0162::delete-revision-response-message-name',
    'aip:0162::rollback-http-body',
    'aip:0162::rollback-http-method',
    'aip:0162::rollback-http-uri-suffix',
    'aip:0162::rollback-request-message-name',
    'aip:0162::rollback-response-message-name',
    'aip:0162::tag-revision-http-body',
    'aip:0162::tag-revision-http-method',
    'aip:0162::tag-revision-http-uri-suffix',
    'aip:0162::tag-revision-request-message-name',
    'aip:0162::tag-revision-response-message-name',
    'aip:0164::http-body',
    'aip:0164::http-method',
    'aip:0164::http-uri-suffix',
    'aip:0164::request-message-name',
    'aip:0164::response-message-name',
    'aip:0165::http-body',
    'aip:0165::http-method',
    'aip:0165::http-parent-variable',
    'aip:0165::http-uri-suffix',
    'aip:0165::request-message-name',
    'aip:0165::response-message-name',
    'aip:0151::response-unary',
  ],
  checks: {
    protobuf: {
      good: `
syntax = "proto3";

package library.v1;

import "google/api/annotations.proto";
import "google/api/resource.proto";
import "google/longrunning/operations.proto";

service Library {
  rpc ArchiveBook(ArchiveBookRequest) returns (Book) {
    option (google.api.http) = { post: "/v1/{name=publishers/*/books/*}:archive" body: "*" };
  }
  rpc WritePage(WritePageRequest) returns (WritePageResponse) {
    option (google.api.http) = { post: "/v1/{book=publishers/*/books/*}:writePage" body: "*" };
  }
  rpc SortBooks(SortBooksRequest) returns (SortBooksResponse) {
    option (google.api.http) = { post: "/v1/{parent=publishers/*}/books:sort" body: "*" };
  }
  rpc CountBooks(CountBooksRequest) returns (CountBooksResponse) {
    option (google.api.http).get = "/v1/{parent=publishers/*}/books:count";
  }
  rpc PurgeBooks(PurgeBooksRequest) returns (google.longrunning.Operation) {
    option (google.api.http) = { post: "/v1/{parent=publishers/*}/books:purge" body: "*" };
    option (google.longrunning.operation_info) = { response_type: "PurgeBooksResponse" metadata_type: "Book" };
  }
  rpc UndeleteBook(UndeleteBookRequest) returns (Book) {
    option (google.api.http) = { post: "/v1/{name=publishers/*/books/*}:undelete" body: "*" };
  }
}

message ArchiveBookRequest {
  string name = 1 [(google.api.resource_reference).type = "library.example.com/Book"];
}
message WritePageRequest {}
message WritePageResponse {}
message SortBooksRequest {}
message SortBooksResponse {}
message CountBooksRequest {}
message CountBooksResponse {}
message PurgeBooksRequest {}
message PurgeBooksResponse {}
message UndeleteBookRequest {}
message Book {
  option (google.api.resource) = { type: "library.example.com/Book" pattern: "publishers/{publisher}/books/{book}" };
}
`,
      bad: `
syntax = "proto3";

package library.v1;

import "google/api/annotations.proto";
import "google/api/resource.proto";
import "google/longrunning/operations.proto";

service Library {
  rpc ArchiveBook(BookRequest) returns (Author) {
    option (google.api.http) = { post: "/v1/{name=publishers/*/books/*}/archive" };
  }
  rpc WritePage(WritePageRequest) returns (WritePageResponse) {
    option (google.api.http) = { put: "/v1/{name=publishers/*/books/*}:writePage" body: "*" };
  }
  rpc TranslateText(TranslateTextRequest) returns (Text) {
    option (google.api.http) = { post: "/v1/{project=projects/*}:convert" body: "*" };
  }
  rpc PurgeBooks(PurgeBooksRequest) returns (PurgeBooksResponse) {
    option (google.api.http) = { post: "/v1/{name=publishers/*}/books:clear" body: "books" };
  }
  rpc UndeleteBook(UndeleteBookRequest) returns (UndeleteBookResponse) {
    option (google.api.http) = { post: "/v1/{name=publishers/*/books/*}:undelete" body: "*" };
  }
  rpc PrintBook(PrintBookRequest) returns (stream google.longrunning.Operation);
}

message BookRequest {}
message WritePageRequest {}
message WritePageResponse {}
message TranslateTextRequest {}
message PurgeBooksRequest { string parent = 1; }
message PurgeBooksResponse {}
message UndeleteBookRequest {}
message UndeleteBookResponse {}
message PrintBookRequest {}
message Author {}
message Text {}
`,
      *find(api) {
        const isBound = rpcs(api).some(({ http }) => http.length > 0);
        for (const method of methods(api)) {
          const { rpc, kind } = method;
          if (rpc.file.packageName === 'google.longrunning' || rpc.streaming === 'client' || rpc.streaming === 'both') {
            continue;
          }
          const form = formOf(method);
          if (form) {
            if (form.binding) yield* boundOtherwise(method, form.binding);
            yield* requestMisnamed(rpc);
            if (form.answer && rpc.streaming === 'none') yield* answersOtherwise(method, form.answer);
          } else if (custom.has(kind) && isBound) {
            yield* boundAsCustom(method);
            yield* requestMisnamed(rpc);
            if (kind === 'custom' && rpc.streaming === 'none') yield* answersAsCustom(method);
          }
        }
        for (const rpc of rpcs(api)) yield* streamsOperations(rpc);
      },
    },
  },
});

const custom: ReadonlySet<Kind> = new Set(['Add', 'Remove', 'custom']);

interface Form {
  readonly binding: BindingForm;
  readonly answer: AnswerForm;
}

/** What the AIPs ask of the methods that have one of their own. */
function formOf({ kind, rpc, noun }: Method): Form | null {
  const posted = (suffix: string, variable: string): BindingForm => ({
    verb: 'POST',
    body: '*',
    variables: [variable],
    suffix,
  });
  const answer = (names: readonly string[], operation: AnswerForm['operation']): AnswerForm => ({
    names: new Set(names),
    wanted: names[0]!,
    operation,
  });
  const revision = `${noun}Revision`;
  switch (kind) {
    case 'Run':
      return { binding: posted('run', 'name'), answer: answer([`${rpc.name}Response`], 'must') };
    case 'Purge':
      return { binding: posted('purge', 'parent'), answer: answer([`${rpc.name}Response`], 'must') };
    case 'Commit':
      return { binding: posted('commit', 'name'), answer: answer([noun], 'may') };
    case 'Rollback':
      return { binding: posted('rollback', 'name'), answer: answer([noun], 'may') };
    case 'Undelete':
      return { binding: posted('undelete', 'name'), answer: answer([noun], 'may') };
    case 'TagRevision':
      return { binding: posted('tagRevision', 'name'), answer: answer([noun, revision], 'may') };
    case 'DeleteRevision':
      return {
        binding: { verb: 'DELETE', body: null, variables: ['name'], suffix: 'deleteRevision' },
        answer: answer([noun, revision, 'Empty'], 'may'),
      };
    default:
      return null;
  }
}

function* boundAsCustom({ rpc }: Method): Generator<Finding> {
  yield* firstOf(rpc.http, function* (binding) {
    if (binding.method === 'POST' || binding.method === 'GET') return;
    yield {
      at: binding.methodAt,
      message: `\`${rpc.name}\` is bound to ${binding.method}, which is for standard methods.`,
      help: 'Bind it to `post`, or to `get` if it only reads.',
    };
  });
  yield* firstOf(rpc.http, (binding) =>
    binding.method === 'POST' || binding.method === 'GET'
      ? bodyOtherwise(rpc, binding, binding.method === 'POST' ? '*' : null)
      : [],
  );
  yield* firstOf(
    rpc.http.filter(({ additional }) => !additional),
    (binding) => {
      const [verb = ''] = split(rpc.name);
      const suffix = suffixOf(binding.path);
      if (suffix === null) {
        return [
          {
            at: binding.at,
            message: `The path of \`${rpc.name}\` does not end in a verb.`,
            help: 'End it in a colon and the verb of the method, behind the resource or collection that it is about.',
          },
        ];
      }
      if (split(suffix)[0] !== verb) return suffixOtherwise(rpc, binding, verb);
      const [variable, ...others] = variablesOf(binding);
      const isResource = (variable === 'name' || variable === 'parent') && others.length === 0;
      return isResource ? nounRepeated(rpc, suffix, binding.at, variable) : [];
    },
  );
}

/** Judges that the noun stands either in the suffix, or before it. */
function* nounRepeated(rpc: Rpc, suffix: string, at: Finding['at'], variable: string): Generator<Finding> {
  const words = split(rpc.name);
  const verbs = adverbs.has(words[0]!) || particles.has(words[1] ?? '') ? 2 : 1;
  if (words.length <= verbs || (verbs === 1 && !canBeVerb(words[0]!)) || split(suffix).join() !== words.join()) return;
  const verb = toCase(words.slice(0, verbs), 'camel');
  yield {
    at,
    message: `The path of \`${rpc.name}\` ends in \`:${suffix}\`, though \`${variable}\` stands for what the method is about.`,
    help: `End the path of that resource in \`:${verb}\`, or call the variable after the resource that it captures.`,
  };
}

/** First words that are no verb alone: `BatchWrite`, `StreamingRead`. */
const adverbs: ReadonlySet<string> = new Set(['batch', 'bulk', 'streaming', 'partial', 'async']);
/** What belongs to the verb before it: `SignIn`, `LookUpWord`. */
const particles: ReadonlySet<string> = new Set('in out up down off on over back away'.split(' '));

function* answersAsCustom({ rpc, request }: Method): Generator<Finding> {
  const answer = answerOf(rpc);
  const wanted = `${rpc.name}Response`;
  // `Operation` is also what some APIs call one of their own.
  if (!answer || [wanted, 'HttpBody', 'Operation'].includes(answer.name)) return;
  const variables = rpc.http[0] ? variablesOf(rpc.http[0]) : ['name'];
  const referred = (request?.fields ?? []).map((field) => ({
    field,
    type: referenceOf(field.node)?.type?.value.split('/')[1],
  }));
  const own = referred.find(({ field }) => field.name === 'name')?.type;
  if (referred.some(({ field, type }) => field.name !== 'name' && type === answer.name)) return;
  const isResource = own ? own === answer.name : rpc.name.endsWith(answer.name);
  if (isResource && variables.some((name) => /(?:^|\.)(?:name|parent)$/.test(name))) return;
  yield {
    at: answer.at,
    message: `\`${rpc.name}\` ${answer.byOperation ? 'ends with' : 'returns'} \`${answer.name}\`, not \`${wanted}\`.`,
    help: `Return \`${wanted}\`, or the resource that the method acts on.`,
  };
}

function* streamsOperations(rpc: Rpc): Generator<Finding> {
  const { request, response } = rpc.node;
  for (const side of [request, response]) {
    if (!side?.stream || !/(?:^|\.)longrunning\.Operation$/.test(side.type.text)) continue;
    yield {
      at: placeOf(rpc.node, side.stream),
      message: `\`${rpc.name}\` streams operations.`,
      help: 'Return one operation: what it has done so far is told by its metadata.',
    };
  }
}
