import { isCopied } from '../../conventions/protobuf/packages.ts';
import { files } from '../../languages/protobuf/select.ts';
import { placeOf } from '../../languages/protobuf/tree.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'structure/syntax-current',
  summary: 'files are proto3, or of an edition',
  why: `proto2's required fields and closed enums make every later change risky, and some languages do not support it.`,
  sources: ['Protocol Buffers, Language Versions', 'AIP-191'],
  equivalents: ['aip:0191::proto-version', 'protolint:SYNTAX_CONSISTENT'],
  checks: {
    protobuf: {
      good: {
        'order.proto': `
syntax = "proto3";

package orders.v1;
`,
        'line.proto': `
edition = "2023";

package orders.v1;
`,
      },
      bad: `
syntax = "proto2";

package orders.v1;
`,
      *find(api) {
        for (const { node, syntax } of files(api)) {
          if (syntax?.kind !== 'syntax' || syntax.value.value !== 'proto2' || isCopied(node)) continue;
          yield {
            at: placeOf(node, syntax.value, node.source.path),
            message: 'The file is proto2.',
            help: 'Use proto3 or an edition for new APIs.',
          };
        }
      },
    },
  },
});
