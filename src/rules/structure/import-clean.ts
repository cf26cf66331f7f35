import { packageCircles } from '../../languages/protobuf/conformance/cycles.ts';
import { unusedImports } from '../../languages/protobuf/imports.ts';
import { files } from '../../languages/protobuf/select.ts';
import { placeOf } from '../../languages/protobuf/tree.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'structure/import-clean',
  summary: 'imports are used, passed on to nobody, and lead in no circle',
  why: `An import that nothing uses is built, shipped and reviewed with the file, and makes it depend on what it has nothing to do with.
A public import lets others lean on a file that they never named, so that it cannot be taken back; weak ones do nothing any
more. Packages that import each other cannot be built or released apart.`,
  sources: [
    'Protocol Buffers Language Guide, Importing Definitions',
    'Buf, lint rules IMPORT_NO_PUBLIC and PACKAGE_NO_IMPORT_CYCLE',
  ],
  equivalents: ['buf:IMPORT_NO_PUBLIC', 'buf:IMPORT_NO_WEAK', 'buf:IMPORT_USED', 'buf:PACKAGE_NO_IMPORT_CYCLE'],
  checks: {
    protobuf: {
      good: {
        'orders/v1/orders.proto': `
syntax = "proto3";

package orders.v1;

import "google/protobuf/descriptor.proto";
import "orders/v1/missing.proto";
import "shared/v1/money.proto";

extend google.protobuf.FieldOptions {
  string unit = 50001;
}

message Order {
  .shared.v1.Money total = 1;
}
`,
        'shared/v1/money.proto': `
syntax = "proto3";

package shared.v1;

message Money {}
`,
      },
      bad: {
        'orders/v1/orders.proto': `
syntax = "proto3";

package orders.v1;

import "google/protobuf/timestamp.proto";
import public "shared/v1/money.proto";

message Order {
  shared.v1.Money total = 1;
}
`,
        'shared/v1/money.proto': `
syntax = "proto3";

package shared.v1;

import weak "orders/v1/state.proto";

message Money {
  orders.v1.State state = 1;
}
`,
        'orders/v1/state.proto': `
syntax = "proto3";

package orders.v1;

enum State { STATE_UNSPECIFIED = 0; }
`,
      },
      *find(api) {
        for (const node of unusedImports(api)) {
          yield {
            at: placeOf(node, node.path),
            message: `Nothing of \`${node.path.value}\` is used.`,
            help: 'Remove the import.',
          };
        }
        for (const { imports } of files(api)) {
          for (const node of imports) {
            const { modifier, path } = node;
            if (modifier?.text !== 'public' && modifier?.text !== 'weak') continue;
            const isPublic = modifier.text === 'public';
            yield {
              at: placeOf(node, modifier),
              message: isPublic
                ? `\`${path.value}\` is passed on to all that import this file.`
                : 'A weak import is like any other.',
              help: isPublic ? 'Leave `public` out, and let those who use the file import it.' : 'Leave `weak` out.',
            };
          }
        }
        yield* packageCircles(api);
      },
    },
  },
});
