import { isCopied } from '../../conventions/protobuf/packages.ts';
import { addSyntax } from '../../languages/protobuf/edit.ts';
import { files, optionOf } from '../../languages/protobuf/select.ts';
import { type Node, type ProtoFile, placeOf, statements } from '../../languages/protobuf/tree.ts';
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
      fixable: 'safe',
      *find(api) {
        for (const { node, syntax } of files(api)) {
          const [first] = node.body;
          if (!first || syntax || node.lost.edition || isCopied(node)) continue;
          const span = { start: node.tokens.starts[first.first]!, end: node.tokens.ends[first.first]! };
          yield {
            at: placeOf(node, span, node.source.path),
            message: 'The file does not say its syntax, and is proto2 by that.',
            help: 'Begin it with `syntax = "proto3";`.',
            ...(isProto3(node) && {
              fix: {
                title: 'Begin the file with `syntax = "proto3";`',
                safe: true,
                edits: () => addSyntax(node, 'proto3'),
              },
            }),
          };
        }
      },
    },
  },
});

/**
 * Whether a file is proto3 but for saying so: it has fields without labels, which no compiler takes in proto2, or none at all, and
 * nothing of what proto3 does not have.
 */
function isProto3(file: ProtoFile): boolean {
  const nodes = statements(file);
  const fields = nodes.filter((node) => node.kind === 'field' && !node.map && node.parent.kind !== 'oneof');
  const isMeant = fields.length === 0 || fields.some((node) => node.kind === 'field' && !node.label);
  return isMeant && nodes.every(fitsProto3);
}

function fitsProto3(node: Node): boolean {
  if (node.kind === 'field') return node.label?.text !== 'required' && !node.group && !optionOf(node, 'default');
  if (node.kind === 'enum') return (node.body.find((value) => value.kind === 'value')?.number?.value ?? 0) === 0;
  return node.kind !== 'extensions' && (node.kind !== 'extend' || /^\.?google\.protobuf\./.test(node.extendee.text));
}
