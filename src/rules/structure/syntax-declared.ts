import { isCopied } from '../../conventions/protobuf/packages.ts';
import { files } from '../../languages/protobuf/select.ts';
import { placeOf } from '../../languages/protobuf/tree.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'structure/syntax-declared',
  summary: 'every file says its syntax or its edition',
  why: `A file that says nothing is proto2, whatever its author had in mind, and compilers only warn.`,
  sources: ['Protocol Buffers Language Specification (proto3), Syntax', 'AIP-191', 'Buf, lint rule SYNTAX_SPECIFIED'],
  equivalents: ['buf:SYNTAX_SPECIFIED', 'aip:0191::proto-version'],
  checks: {
    protobuf: {
      good: {
        'order.proto': `
// Orders and what they hold.
syntax = "proto3";

package orders.v1;
`,
        'line.proto': `
edition = "2023";

package orders.v1;
`,
        'state.proto': `
syntax = "proto2";

package orders.v1;
`,
      },
      bad: `
package orders.v1;

message Order {}
`,
      *find(api) {
        for (const { node, syntax } of files(api)) {
          const [first] = node.body;
          if (!first || syntax || node.lost.edition || isCopied(node)) continue;
          const span = { start: node.tokens.starts[first.first]!, end: node.tokens.ends[first.first]! };
          yield {
            at: placeOf(node, span, node.source.path),
            message: 'The file does not say its syntax, and is proto2 by that.',
            help: 'Begin it with `syntax = "proto3";`.',
          };
        }
      },
    },
  },
});
