import { isVersion, type Route, routes } from '../../conventions/protobuf/http-segments.ts';
import { together } from '../../languages/openapi/edit.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { renamePath } from '../../languages/openapi/path-renaming.ts';
import { literalSegments, type PlacedSegment } from '../../languages/openapi/segments.ts';
import { type PathEntry, paths } from '../../languages/openapi/select.ts';
import type { Edit } from '../../text/fix.ts';
import { type Case, caseLabels, isCase, toCase, wantedCase } from '../../words/cases.ts';
import { defineRule } from '../rule.ts';

const styles = ['kebab', 'snake', 'camel', 'pascal', 'lower'] as const satisfies readonly Case[];

export default defineRule({
  id: 'naming/path-case',
  summary: 'the segments of paths are written in one case',
  why: `Paths are typed by hand, compared byte by byte, and seen by people who don't read the code. With two ways of writing them, every
caller has to look each one up. Search engines and most guidelines read hyphens as the space between words.`,
  sources: ['guide S1, REST API Design', 'guide S4, Consistency Over Cleverness', 'Zalando 129', 'AIP-122'],
  equivalents: ['redocly:paths-kebab-case', 'vacuum:paths-kebab-case', 'zally:129', 'aip:0122::camel-case-uris'],
  options: {
    style: {
      description:
        'The case of literal segments; `majority` is the one that most of them have. In .proto files `kebab` allows camelCase as well, where all keep to it.',
      default: 'kebab' as 'majority' | (typeof styles)[number],
      schema: { enum: ['majority', ...styles] },
    },
  },
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /v1/shipping-addresses/{addressId}: {}
  /v1/orders/{order_id}/line-items.json: {}
  /v1/orders:batchGet: {}
  /users/@me: {}
  /.well-known/openid-configuration: {}
  /chat.postMessage: {}
  /scim/v2/Users: {}
`,
      bad: `
openapi: 3.1.0
paths:
  /v1/shipping_addresses: {}
  /v1/shipping_addresses/{addressId}: {}
  /v1/orders/{orderId}/lineItems/bulkOrders: {}
`,
      fixable: 'unsafe',
      *find(api, { style }) {
        const segments = literalSegments(api).filter(judged);
        const wanted = wantedCase(style, new Set(segments.map(({ text }) => nameIn(text))));
        if (wanted === null) return;
        const seen = new Set<string>();
        const odd = new Map<PathEntry, string[]>();
        for (const { text, entry } of segments) {
          if (seen.has(text)) continue;
          seen.add(text);
          if (isCase(nameIn(text), wanted)) continue;
          odd.set(entry, [...(odd.get(entry) ?? []), text]);
        }
        const names = new Map([...odd.values()].flat().map((text) => [text, rewritten(text, wanted)]));
        const fix = {
          title: `Write all paths in ${caseLabels[wanted]}`,
          safe: false,
          edits: () => renameAll(api, names),
        };
        const canFix = [...names.values()].every((name) => name !== null);
        for (const [{ at }, texts] of odd) {
          yield { at: at.onKey, ...findingOf(texts, wanted), ...(canFix && { fix }) };
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";

import "google/api/annotations.proto";

service LibraryService {
  rpc GetBook(GetBookRequest) returns (Book) {
    option (google.api.http) = { get: "/v1/{name=publishers/*/electronicBooks/*}" };
  }
  rpc ArchiveBook(ArchiveBookRequest) returns (Book) {
    option (google.api.http) = { post: "/v1/books/{book_id}:archiveNow" body: "*" };
  }
}
`,
      bad: `
syntax = "proto3";

import "google/api/annotations.proto";

service LibraryService {
  rpc GetBook(GetBookRequest) returns (Book) {
    option (google.api.http) = { get: "/v1/{name=publishers/*/electronic_books/*}" };
  }
  rpc ListShelves(ListShelvesRequest) returns (ListShelvesResponse) {
    option (google.api.http) = { get: "/v1/Libraries/{library_id}/book-shelves" };
  }
  rpc GetShelf(GetShelfRequest) returns (Shelf) {
    option (google.api.http) = { get: "/v1/bookShelves/{shelf_id}/audioBooks" };
  }
}
`,
      *find(api, { style }) {
        const segments = routes(api).flatMap((route) =>
          route.segments
            .filter((segment) => segment.literal && !isVersion(segment) && /^\p{L}[\p{L}\p{N}_-]*$/u.test(segment.text))
            .map(({ text }) => ({ text, route })),
        );
        const texts = new Set(segments.map(({ text }) => text));
        const wanted = style === 'kebab' ? hyphensOrCapitals(texts) : wantedCase(style, texts);
        if (wanted === null) return;
        const odd = new Map<Route, string[]>();
        for (const { text, route } of segments) {
          if (!texts.delete(text) || isCase(text, wanted)) continue;
          odd.set(route, [...(odd.get(route) ?? []), text]);
        }
        for (const [{ at }, names] of odd) yield { at, ...findingOf(names, wanted) };
      },
    },
  },
});

/** A segment with its name in another case; null where its words cannot be told. */
function rewritten(text: string, style: Case): string | null {
  const name = nameIn(text);
  const written = toCase(name, style);
  return isCase(written, style) ? text.replace(name, () => written) : null;
}

/** The edits that write segments otherwise wherever they stand: one path in another case than its neighbours helps nobody. */
function renameAll(api: OpenApi, names: ReadonlyMap<string, string | null>): readonly Edit[] {
  const renamed = paths(api).flatMap(({ path, at }) => {
    const [template = ''] = path.split(/[?#]/);
    const segments = template.split('/').map((text) => names.get(text) ?? text);
    const name = segments.join('/') + path.slice(template.length);
    return name === path ? [] : [renamePath(api, at, name)];
  });
  return together(...renamed);
}

/** Without a custom verb (`orders:batchGet`), arguments in parentheses, an extension and signs in front. */
function nameIn(text: string): string {
  return text
    .replace(/[:(].*$/s, '')
    .replace(/\.(?:json|xml|ya?ml|html?|csv|txt|pdf)$/i, '')
    .replace(/^[^\p{L}\p{N}<]+/u, '');
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/**
 * Not names of procedures (`chat.postMessage`), ids, what SCIM prescribes (RFC 7644), nor what is no name: that is up to
 * `naming/path-clean`.
 */
function judged({ text, entry }: PlacedSegment): boolean {
  const name = nameIn(text);
  if (!/\p{L}/u.test(name) || /[^\p{L}\p{N}._-]/u.test(name) || /(?:^|-)\d\w{6,}$/.test(name)) return false;
  return !nameIn(text).includes('.') && !/\/scim\//i.test(entry.path);
}

/** camelCase where more segments are in it than in kebab-case, which the others fit alike. */
function hyphensOrCapitals(texts: ReadonlySet<string>): Case {
  const count = (style: Case) => [...texts].filter((text) => !isCase(text, 'lower') && isCase(text, style)).length;
  return count('kebab') > count('camel') ? 'kebab' : 'camel';
}

function findingOf(texts: readonly string[], wanted: Case): { message: string; help: string } {
  const names = listed(texts.map((text) => `\`${text}\``));
  return {
    message:
      texts.length === 1
        ? `The path segment ${names} is not in ${caseLabels[wanted]}.`
        : `The path segments ${names} are not in ${caseLabels[wanted]}.`,
    help: `Write ${listed(texts.map((text) => `\`${toCase(nameIn(text), wanted)}\``))}.`,
  };
}
