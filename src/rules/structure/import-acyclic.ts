import { circularImports } from '../../languages/protobuf/conformance/cycles.ts';
import { placeOf } from '../../languages/protobuf/tree.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'structure/import-acyclic',
  summary: 'packages do not import each other in a circle',
  why: `Packages that import each other cannot be built, released or understood apart, and some languages refuse the code that is
generated from them.`,
  sources: ['Buf, lint rule PACKAGE_NO_IMPORT_CYCLE', 'Go specification, Import declarations'],
  equivalents: ['buf:PACKAGE_NO_IMPORT_CYCLE'],
  checks: {
    protobuf: {
      good: {
        'orders/v1/orders.proto': `
syntax = "proto3";

package orders.v1;

import "orders/v1/lines.proto";
import "shared/v1/money.proto";

message Order {
  repeated Line lines = 1;
  shared.v1.Money total = 2;
}
`,
        'orders/v1/lines.proto': `
syntax = "proto3";

package orders.v1;

import "shared/v1/money.proto";

message Line {
  shared.v1.Money price = 1;
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

import "shared/v1/money.proto";

message Order {
  shared.v1.Money total = 1;
}
`,
        'orders/v1/states.proto': `
syntax = "proto3";

package orders.v1;

enum State { STATE_UNSPECIFIED = 0; }
`,
        'shared/v1/money.proto': `
syntax = "proto3";

package shared.v1;

import "orders/v1/states.proto";

message Money {
  orders.v1.State state = 1;
}
`,
      },
      *find(api) {
        for (const { node, from, to } of circularImports(api)) {
          yield {
            at: placeOf(node, node.path),
            message: `\`${from}\` imports \`${to}\`, whose imports lead back to it.`,
            help: 'Move what both need into a package that imports neither.',
          };
        }
      },
    },
  },
});
