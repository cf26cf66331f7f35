import { isVersion, routes } from '../../conventions/protobuf/http-segments.ts';
import { type Segment, segmentsOf } from '../../languages/openapi/paths.ts';
import { paths } from '../../languages/openapi/select.ts';
import { isPlural } from '../../words/plurals.ts';
import { split } from '../../words/split.ts';
import { leadingVerb } from '../../words/verbs.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'naming/path-depth',
  summary: 'resources nest no deeper than three levels',
  why: `Whoever wants the notes of an item must know the item, its order and its customer, though the item's id would do. Deep paths
also freeze who belongs to whom.`,
  sources: ['guide S4, Resource Modeling', 'Zalando 147'],
  equivalents: ['zally:147'],
  options: {
    levels: {
      description: 'How many collections may stand in one path.',
      default: 3,
      schema: { type: 'integer', minimum: 1 },
    },
  },
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /customers/{id}/orders/{orderId}/items/{itemId}: {}
  /customers/{id}/orders/{orderId}/items/{itemId}/cancel: {}
  /customers/{id}/orders/{orderId}/items/{itemId}/update-options: {}
  /api/v1/public/shop/catalog/products: {}
  /repos/{owner}/{repo}/issues/{number}/comments: {}
`,
      bad: `
openapi: 3.1.0
paths:
  /customers/{id}/orders/{orderId}/items/{itemId}/notes: {}
  /customers/{id}/orders/{orderId}/items/{itemId}/notes/{noteId}: {}
`,
      *find(api, { levels }) {
        const seen = new Set<string>();
        for (const { path, at } of paths(api)) {
          const collections = collectionsIn(segmentsOf(path));
          if (collections.length <= levels) continue;
          const key = collections.slice(0, levels + 1).join('/');
          if (seen.has(key)) continue;
          seen.add(key);
          yield {
            at: at.onKey,
            message: `The path \`${path}\` nests ${collections.length} collections: ${listed(collections)}.`,
            help: `Let \`${collections[levels]}\` begin a path of its own.`,
          };
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";

import "google/api/annotations.proto";

service LibraryService {
  rpc GetPage(GetPageRequest) returns (Page) {
    option (google.api.http) = {
      get: "/v1/{name=projects/*/locations/*/publishers/*/books/*/pages/*}:render"
    };
  }
}
`,
      bad: `
syntax = "proto3";

import "google/api/annotations.proto";

service LibraryService {
  rpc GetLine(GetLineRequest) returns (Line) {
    option (google.api.http) = { get: "/v1/{name=publishers/*/books/*/pages/*/lines/*}" };
  }
}
`,
      *find(api, { levels }) {
        const seen = new Set<string>();
        for (const { path, at, segments } of routes(api)) {
          const rest = segments.filter((segment) => !isVersion(segment));
          const collections = collectionsIn(rest).filter((text) => !scopes.has(text));
          if (collections.length <= levels) continue;
          const key = collections.slice(0, levels + 1).join('/');
          if (seen.has(key)) continue;
          seen.add(key);
          yield {
            at,
            message: `The path \`${path}\` nests ${collections.length} collections: ${listed(collections)}.`,
            help: `Let \`${collections[levels]}\` begin a path of its own.`,
          };
        }
      },
    },
  },
});

/** The literal segments that hold items: a placeholder follows, or they end the path in the plural, below an item. */
function collectionsIn(segments: readonly Pick<Segment, 'text' | 'literal'>[]): string[] {
  return segments.flatMap(({ text, literal }, i) => {
    if (!literal) return [];
    const after = segments[i + 1];
    const holds = after
      ? !after.literal
      : segments[i - 1]?.literal === false && isPlural(text) && leadingVerb(split(text)) === null;
    return holds ? [text] : [];
  });
}

function listed(names: readonly string[]): string {
  const quoted = names.map((name) => `\`${name}\``);
  return `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}`;
}

/** Collections that say whose a thing is and where it lies rather than what it is a part of. */
const scopes: ReadonlySet<string> = new Set(
  'organizations folders projects billingAccounts accounts tenants namespaces workspaces locations regions zones'.split(
    ' ',
  ),
);
