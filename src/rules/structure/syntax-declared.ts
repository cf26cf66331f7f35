import { isCopied } from '../../conventions/protobuf/packages.ts';
import { files } from '../../languages/protobuf/select.ts';
import { placeOf } from '../../languages/protobuf/tree.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'structure/syntax-declared',
  summary: 'every file says its syntax, proto3 or an edition',
  why: `A file that says nothing is proto2, whatever its author had in mind, and compilers only warn. proto2's required fields and closed
enums make every later change risky, and some languages do not support it.`,
  sources: ['Protocol Buffers Language Specification (proto3), Syntax', 'AIP-191', 'Buf, lint rule SYNTAX_SPECIFIED'],
  equivalents: ['buf:SYNTAX_SPECIFIED', 'aip:0191::proto-version', 'protolint:SYNTAX_CONSISTENT'],
  options: {
    allowProto2: {
      description: 'Whether files may be proto2, if they say so.',
      default: false,
      schema: { type: 'boolean' },
    },
  },
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
      },
      bad: {
        'order.proto': `
package orders.v1;

message Order {}
`,
        'line.proto': `
syntax = "proto2";

package orders.v1;
`,
      },
      *find(api, { allowProto2 }) {
        for (const { node, syntax } of files(api)) {
          const [first] = node.body;
          if (!first || node.lost.edition || isCopied(node)) continue;
          const { tokens, source } = node;
          if (!syntax) {
            const span = { start: tokens.starts[first.first]!, end: tokens.ends[first.first]! };
            yield {
              at: { ...placeOf(node, span), element: source.path },
              message: 'The file does not say its syntax, and is proto2 by that.',
              help: 'Begin it with `syntax = "proto3";`.',
            };
          } else if (!allowProto2 && syntax.kind === 'syntax' && syntax.value.value === 'proto2') {
            yield {
              at: { ...placeOf(node, syntax.value), element: source.path },
              message: 'The file is proto2.',
              help: 'Use proto3 or an edition for new APIs.',
            };
          }
        }
      },
    },
  },
});
