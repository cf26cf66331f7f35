import { routes } from '../../conventions/protobuf/http-segments.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { Segment } from '../../languages/openapi/paths.ts';
import { literalSegments } from '../../languages/openapi/segments.ts';
import { operations } from '../../languages/openapi/select.ts';
import { isSingular } from '../../words/plurals.ts';
import { split } from '../../words/split.ts';
import { leadingVerb } from '../../words/verbs.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'naming/path-no-verb',
  summary: 'paths name things, and leave what is done with them to the method',
  why: `\`POST /createUser\` says twice what is done and never what there is: the same thing soon has five URLs, caches and permissions
know none of them as one resource, and callers learn each by heart. Actions that are more than create, read, update and delete
stand below the item they act on.`,
  sources: ['guide S1, REST API Design', 'guide S4, Custom Methods', 'AIP-136', 'Zalando 138'],
  equivalents: ['vacuum:no-http-verbs-in-path', 'redocly:no-http-verbs-in-paths'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /books/{id}/reserve: { post: {} }
  /me/activate: { post: {} }
  /orders/search: { get: {} }
  /posts: { get: {} }
  /add-ons: { get: {} }
  /users:batchGet: { get: {} }
  /oauth/authorize: { get: {} }
  /chat.postMessage: { post: {} }
`,
      bad: `
openapi: 3.1.0
paths:
  /getUser: { get: {} }
  /getUser/{id}: { get: {} }
  /users/create: { post: {} }
  /users/{id}/delete: { post: {} }
`,
      *find(api) {
        const methods = methodsByPath(api);
        const seen = new Set<string>();
        const reported = new Set<string>();
        for (const segment of literalSegments(api)) {
          const { text, entry, at, before } = segment;
          const verb = verbIn(text);
          if (verb === null || isAction(segment, verb) || belongsToProtocol(segment)) continue;
          const key = `${before?.text ?? ''}/${text}`;
          if (seen.has(key) || reported.has(entry.path)) continue;
          seen.add(key);
          reported.add(entry.path);
          yield {
            at,
            message: `The path segment \`${text}\` says what is done rather than what there is.`,
            help: helpFor(verb, methods.get(entry.path) ?? []),
          };
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";

import "google/api/annotations.proto";

service LibraryService {
  rpc ReserveBook(ReserveBookRequest) returns (Book) {
    option (google.api.http) = {
      post: "/v1/{name=books/*}:reserve"
      body: "*"
      additional_bindings: { post: "/v1/books/{book_id}/reserve" body: "*" }
    };
  }
  rpc SearchBooks(SearchBooksRequest) returns (SearchBooksResponse) {
    option (google.api.http) = { get: "/v1/books:search" };
  }
}
`,
      bad: `
syntax = "proto3";

import "google/api/annotations.proto";

service LibraryService {
  rpc GetBook(GetBookRequest) returns (Book) {
    option (google.api.http) = { get: "/v1/getBook/{book_id}" };
  }
  rpc CreateBook(CreateBookRequest) returns (Book) {
    option (google.api.http) = { post: "/v1/books/create" body: "*" };
  }
}
`,
      *find(api) {
        const seen = new Set<string>();
        for (const { at, path, segments, binding } of routes(api)) {
          for (const [i, { text, literal }] of segments.entries()) {
            const before = segments[i - 1];
            const verb = literal ? verbIn(text) : null;
            if (verb === null || isAction({ before }, verb) || belongsToProtocol({ text, entry: { path } })) continue;
            const key = `${before?.text ?? ''}/${text}`;
            if (seen.has(key)) continue;
            seen.add(key);
            yield {
              at,
              message: `The path segment \`${text}\` says what is done rather than what there is.`,
              help: methodVerbs.has(verb)
                ? helpFor(verb, [binding.method.toLowerCase()])
                : `Name the thing, and put what is done with it behind a colon: \`:${verb}\`.`,
            };
            break;
          }
        }
      },
    },
  },
});

/** What every method already says: below an item too, these are no actions of their own. */
const methodVerbs: ReadonlyMap<string, string> = new Map([
  ['get', 'GET'],
  ['fetch', 'GET'],
  ['retrieve', 'GET'],
  ['list', 'GET'],
  ['create', 'POST'],
  ['update', 'PUT or PATCH'],
  ['delete', 'DELETE'],
]);

/** The verb that a segment begins with. Names of procedures (`chat.postMessage`) and custom verbs (`:batchGet`) are another school. */
function verbIn(text: string): string | null {
  const name = text.replace(/\.(?:json|xml)$/i, '').replace(/:.*$/s, '');
  if (name.includes('.')) return null;
  const words = split(name);
  if (words.length === 1 && (words[0] === 'list' || words[0] === 'get')) return words[0];
  return leadingVerb(words);
}

/** Whether a segment is what is done with the item before it, or with the one that a caller has (`/me/activate`). */
function isAction({ before }: { before: Pick<Segment, 'text' | 'literal'> | undefined }, verb: string): boolean {
  if (!before || methodVerbs.has(verb)) return false;
  return !before.literal || isSingular(before.text) || /^(?:me|self|current|my|@me)$/i.test(before.text);
}

/** Paths that OAuth, OpenID Connect and the like prescribe. */
function belongsToProtocol({ text, entry: { path } }: { text: string; entry: { path: string } }): boolean {
  if (text === 'authorize') return true;
  return /(?:^|\/)(?:oauth2?|oidc|openid|connect|sso|saml2?|login|auth|\.well-known)(?:\/|$)/i.test(path);
}

function helpFor(verb: string, methods: readonly string[]): string {
  const method = methodVerbs.get(verb);
  if (method !== undefined) return `Let ${method} say it, on a path that names the thing.`;
  return methods.length === 1 && methods[0] === 'get'
    ? 'Name what the path leads to.'
    : 'Name the thing, or put the action below the item it acts on.';
}

function methodsByPath(api: OpenApi): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { path, method } of operations(api)) found.set(path, [...(found.get(path) ?? []), method]);
  return found;
}
