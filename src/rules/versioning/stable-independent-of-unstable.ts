import { importedPackage, versioned } from '../../conventions/protobuf/versions.ts';
import { files } from '../../languages/protobuf/select.ts';
import { placeOf } from '../../languages/protobuf/tree.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'versioning/stable-independent-of-unstable',
  summary: 'a stable package imports nothing from an alpha, beta or test version',
  why: `An unstable version may change from one day to the next. What a stable package takes from it changes with it, and the callers
of the stable one, who were promised that nothing breaks, find out.`,
  sources: ['AIP-181', 'AIP-215', 'Buf, STABLE_PACKAGE_NO_IMPORT_UNSTABLE'],
  equivalents: ['buf:STABLE_PACKAGE_NO_IMPORT_UNSTABLE'],
  checks: {
    protobuf: {
      good: {
        'shop/v1/order.proto': `
syntax = "proto3";

package shop.v1;

import "shop/money/v1/money.proto";
import "google/protobuf/timestamp.proto";
`,
        'shop/money/v1/money.proto': `
syntax = "proto3";

package shop.money.v1;
`,
        'shop/v2beta1/order.proto': `
syntax = "proto3";

package shop.v2beta1;

import "shop/money/v2alpha/money.proto";
`,
        'shop/money/v2alpha/money.proto': `
syntax = "proto3";

package shop.money.v2alpha;
`,
      },
      bad: {
        'shop/v1/order.proto': `
syntax = "proto3";

package shop.v1;

import "shop/money/v2alpha/money.proto";
`,
        'shop/money/v2alpha/money.proto': `
syntax = "proto3";

package shop.money.v2alpha;
`,
      },
      *find(api) {
        for (const { package: name, imports } of files(api)) {
          if (!versioned(name)?.isStable) continue;
          for (const node of imports) {
            const imported = importedPackage(api, node);
            const version = imported === null ? null : versioned(imported);
            if (!version || version.isStable) continue;
            yield {
              at: placeOf(node, node.path),
              message: `\`${name}\` is stable and imports from \`${imported}\`, which is not.`,
              help: 'Import a stable version, or define the types here.',
            };
          }
        }
      },
    },
  },
});
