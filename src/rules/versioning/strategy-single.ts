import { type VersionMark, versionMarks } from '../../conventions/openapi/versions.ts';
import { importedPackage, isVersion, versioned } from '../../conventions/protobuf/versions.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import { placeOf } from '../../languages/protobuf/tree.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'versioning/strategy-single',
  summary: 'the version stands in one place, and there is one per document',
  why: `Two versions in one request can disagree, and nobody can tell which one counts. Several versions in one document hide from
callers which operations belong together. And a version that leans on another one can't change, nor go, without it.`,
  sources: ['guide S1, REST API Standards', 'guide S4, Versioning Strategies', 'guide S2, API Versioning', 'AIP-215'],
  equivalents: ['ibm:ibm-major-version-in-path'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
servers:
  - url: https://api.shop.test/v1
  - url: https://staging.shop.test/v1
paths:
  /orders: {}
`,
      bad: `
openapi: 3.1.0
servers:
  - url: https://api.shop.test/v1
paths:
  /v1/orders: {}
  /v1/customers: {}
  /v2/customers: {}
`,
      *find(api) {
        const marks = versionMarks(api).filter(({ where }) => where !== 'query');
        const [chosen, ...others] = [...new Set(marks.map(({ where }) => where))].sort(
          (a, b) => count(marks, b) - count(marks, a),
        );
        for (const where of others) {
          const { text, at } = marks.find((mark) => mark.where === where)!;
          const help = 'Keep one of them.';
          yield { at, message: `The version stands in the ${where} (\`${text}\`) and in the ${chosen} as well.`, help };
        }
        yield* minorityVersions(marks, 'path');
        yield* minorityVersions(marks, 'server');
      },
    },
    protobuf: {
      good: {
        'shop/v1/order.proto': `
syntax = "proto3";

package shop.v1;

import "shop/money/v2/money.proto";
`,
        'shop/money/v2/money.proto': `
syntax = "proto3";

package shop.money.v2;
`,
      },
      bad: {
        'shop/v2/order.proto': `
syntax = "proto3";

package shop.v2;

import "shop/v1/money.proto";
`,
        'shop/v1/money.proto': `
syntax = "proto3";

package shop.v1;
`,
        'shop/v1/items/v2/item.proto': `
syntax = "proto3";

package shop.v1.items.v2;
`,
      },
      *find(api) {
        for (const { name, at } of protobuf.packages(api)) {
          const [first, second] = name.split('.').filter(isVersion);
          if (second === undefined) continue;
          yield {
            at,
            message: `The package \`${name}\` carries two versions, \`${first}\` and \`${second}\`.`,
            help: 'Keep the one at the end.',
          };
        }
        for (const { package: name, imports } of protobuf.files(api)) {
          const own = versioned(name);
          if (!own || own.stem === '') continue;
          for (const node of imports) {
            const imported = versioned(importedPackage(api, node) ?? '');
            if (!imported || imported.stem !== own.stem || imported.version === own.version) continue;
            // versioning/stable-independent-of-unstable speaks of these.
            if (own.isStable && !imported.isStable) continue;
            yield {
              at: placeOf(node, node.path),
              message: `\`${own.version}\` of \`${own.stem}\` imports from \`${imported.version}\`.`,
              help: 'Define the types in each version anew.',
            };
          }
        }
      },
    },
  },
});

const count = (marks: readonly VersionMark[], where: string): number =>
  marks.filter((mark) => mark.where === where).length;

/** The first mark of every version but the one that most carry. */
function* minorityVersions(marks: readonly VersionMark[], where: VersionMark['where']) {
  const byVersion = new Map<string, VersionMark[]>();
  for (const mark of marks) {
    if (mark.where === where)
      byVersion.set(mark.text.toLowerCase(), [...(byVersion.get(mark.text.toLowerCase()) ?? []), mark]);
  }
  const [most, ...rest] = [...byVersion.values()].sort((a, b) => b.length - a.length);
  for (const [first] of rest) {
    const message = `\`${first!.text}\` stands beside \`${most![0]!.text}\` in the ${where}s of one document.`;
    yield { at: first!.at, message, help: 'Describe every version in a document of its own.' };
  }
}
