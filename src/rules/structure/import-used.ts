import { removeImport } from '../../languages/protobuf/edit.ts';
import { unusedImports } from '../../languages/protobuf/imports.ts';
import { placeOf } from '../../languages/protobuf/tree.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'structure/import-used',
  summary: 'every import is used',
  why: `An import that nothing uses is built, shipped and reviewed with the file, and makes it depend on what it has nothing to do with.`,
  sources: ['Protocol Buffers Language Guide, Importing Definitions', 'Buf, lint rule IMPORT_USED'],
  equivalents: ['buf:IMPORT_USED'],
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
import "shared/v1/money.proto";

message Order {
  string id = 1;
}
`,
        'shared/v1/money.proto': `
syntax = "proto3";

package shared.v1;

message Money {}
`,
      },
      fixable: 'safe',
      *find(api) {
        const unused = unusedImports(api);
        for (const node of unused) {
          yield {
            at: placeOf(node, node.path),
            message: `Nothing of \`${node.path.value}\` is used.`,
            help: 'Remove the import.',
            fix: { title: 'Remove the import', safe: true, edits: () => removeImport(node, unused) },
          };
        }
      },
    },
  },
});
