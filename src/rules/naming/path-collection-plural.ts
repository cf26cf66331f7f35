import { collections } from '../../conventions/openapi/collections.ts';
import { namePatterns, routes } from '../../conventions/protobuf/http-segments.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { lastSegment, type Segment } from '../../languages/openapi/paths.ts';
import { literalSegments, type PlacedSegment } from '../../languages/openapi/segments.ts';
import { operations } from '../../languages/openapi/select.ts';
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import { isPlural, isSingular, plural } from '../../words/plurals.ts';
import { split } from '../../words/split.ts';
import { canBeVerb } from '../../words/verbs.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'naming/path-collection-plural',
  summary: 'a collection has a plural name in paths',
  why: `\`/users\` is the collection and \`/users/42\` one of it: who knows one URL can guess the other. With \`/user/42\` beside
\`/orders/7\` every path has to be looked up.`,
  sources: ['guide S1, REST API Design', 'guide S4, Consistency Over Cleverness', 'AIP-122', 'Zalando 134'],
  equivalents: ['zally:134', 'redocly:path-segment-plural'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /users/{userId}: {}
  /users/email/{email}: {}
  /user/settings: {}
  /orders/{id}/invoice: {}
  /search/{query}: {}
  /avatar/{size}: {}
  /equipment/{id}: {}
  /timeline/{id}: {}
  /workflows/{id}/signal/{signalName}: { post: {} }
`,
      bad: `
openapi: 3.1.0
paths:
  /user/{id}: {}
  /user/{id}/orders: {}
  /branch/{branch}: {}
  /order:
    get:
      responses:
        '200':
          description: The orders.
          content:
            application/json:
              schema: { type: array, items: { type: object } }
    post: {}
`,
      *find(api) {
        const listing = listingPaths(api);
        const seen = new Set<string>();
        for (const segment of literalSegments(api)) {
          const { text, entry, at, after } = segment;
          if (seen.has(text) || !speaksOfOne(nameOf(text)) || isAction(api, segment)) continue;
          if (!(after ? holdsItems(segment) : listing.has(entry.path))) continue;
          seen.add(text);
          yield {
            at,
            message: `The collection \`${text}\` has a singular name.`,
            help: `Name it \`${inPlural(text)}\`, wherever it stands in a path.`,
          };
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";

import "google/api/annotations.proto";

service LibraryService {
  rpc GetBook(GetBookRequest) returns (Book) {
    option (google.api.http) = { get: "/v1/{name=publishers/*/books/*}" };
  }
  rpc GetSettings(GetSettingsRequest) returns (Settings) {
    option (google.api.http) = { get: "/v1/{name=publishers/*/setting}" };
  }
  rpc GetAvatar(GetAvatarRequest) returns (Avatar) {
    option (google.api.http) = { get: "/v1/avatar/{size}" };
  }
}
`,
      bad: `
syntax = "proto3";

import "google/api/annotations.proto";

service LibraryService {
  rpc GetBook(GetBookRequest) returns (Book) {
    option (google.api.http) = { get: "/v1/{name=publisher/*/books/*}" };
  }
  rpc GetShelf(GetShelfRequest) returns (Shelf) {
    option (google.api.http) = { get: "/v1/shelf/{shelf_id}" };
  }
}
`,
      *find(api) {
        const seen = new Set<string>();
        for (const { at, segments, method } of templatesOf(api)) {
          for (const [i, { text, literal }] of segments.entries()) {
            if (!literal || seen.has(text) || !speaksOfOne(text)) continue;
            // May be meant as a verb: `/workflows/{id}/signal/{name}`.
            if (method === 'POST' && canBeVerb(text)) continue;
            const before = segments[i - 1];
            const after = segments[i + 1];
            if (!after || after.literal || (after.text !== '*' && !holdsItems({ text, before, after }))) continue;
            seen.add(text);
            yield {
              at,
              message: `The collection \`${text}\` has a singular name.`,
              help: `Name it \`${inPlural(text)}\`, wherever it stands in a path.`,
            };
          }
        }
      },
    },
  },
});

/** A segment, and those beside it. */
interface Neighbours {
  readonly text: string;
  readonly before: Pick<Segment, 'text' | 'literal'> | undefined;
  readonly after: Pick<Segment, 'text' | 'literal'> | undefined;
}

/**
 * Whether a placeholder behind the segment picks one item of it: an id, or what the segment is called. Not what chooses
 * a form of the thing (`/avatar/{size}`), nor the key behind a collection (`/users/email/{email}`).
 */
function holdsItems({ text, before, after }: Neighbours): boolean {
  const placeholder = /^\{([^{}]*)\}/.exec(after!.text)?.[1];
  if (placeholder === undefined) return false;
  const name = split(nameOf(text));
  const noun = name.at(-1)!;
  const words = split(placeholder);
  if (words.at(-1) === noun) return !before?.literal || !(isPlural(nameOf(before.text)) || keys.has(noun));
  return itemKeys.test(words.at(-1) ?? '') && (words.length === 1 || words.includes(noun));
}

/** Attributes that things are looked up by. */
const keys: ReadonlySet<string> = new Set(
  'email phone id slug key code name username number date status type'.split(' '),
);

/** What the placeholder of an item ends in. */
const itemKeys = /^(?:id|uuid|guid|ulid|slug|sid|gid|key|\w*name|number|code)$/;

/** Not what there is one of (`current-deployment`), nor a noun for many things (`timeline`). */
function speaksOfOne(name: string): boolean {
  const words = split(name);
  return isSingular(words) && !singletons.has(words[0]!) && !gatherings.has(words.at(-1)!);
}

const singletons: ReadonlySet<string> = new Set('current latest default active my last next'.split(' '));

const gatherings: ReadonlySet<string> = new Set(
  'api calendar catalog collection directory history inventory library list log menu playlist portfolio queue schedule set timeline tree'.split(
    ' ',
  ),
);

/** Whether a word that can be a verb (`/signal/{name}`) leads to nothing but POST: then it may be meant as one. */
function isAction(api: OpenApi, { text, entry }: PlacedSegment): boolean {
  const words = split(nameOf(text));
  if (words.length > 1 || !canBeVerb(words[0] ?? '')) return false;
  const start = entry.path.slice(0, entry.path.lastIndexOf(text) + text.length);
  const methods = operations(api)
    .filter(({ path }) => path.startsWith(start))
    .map(({ method }) => method);
  return methods.length > 0 && methods.every((method) => method === 'post');
}

/** The paths where a GET lists and a POST adds. */
function listingPaths(api: OpenApi): ReadonlySet<string> {
  const posted = new Set(operations(api).flatMap(({ method, path }) => (method === 'post' ? [path] : [])));
  return new Set(
    collections(api)
      .map(({ operation }) => operation.path)
      .filter((path) => posted.has(path) && lastSegment(path)?.literal),
  );
}

/** Without a file extension and a custom verb. */
const nameOf = (text: string): string => text.replace(/[.:(].*$/s, '');

/** The segment with its last word in the plural. */
function inPlural(text: string): string {
  const name = nameOf(text);
  const last = split(name).at(-1)!;
  const many = plural(last);
  const written = name.slice(-last.length);
  const ending = written === written.toUpperCase() ? many.toUpperCase() : keepFirst(written, many);
  return name.slice(0, -last.length) + ending;
}

const keepFirst = (written: string, word: string): string => written.charAt(0) + word.slice(1);

/** The paths of bindings, then the patterns of resource names, which no method goes with. */
function templatesOf(api: Protobuf) {
  return [
    ...routes(api).map(({ at, segments, binding }) => ({ at, segments, method: binding.method })),
    ...namePatterns(api).map(({ at, segments }) => ({ at, segments, method: null })),
  ];
}
