import { files } from '../../languages/protobuf/select.ts';
import { placeOf } from '../../languages/protobuf/tree.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'structure/package-declared',
  summary: 'every file declares its package',
  why: `Without a package all names are global: the first other file that defines a \`User\` breaks every program that holds both. The
package is also the path of every gRPC method, so that it cannot be added later without breaking all callers.`,
  sources: ['guide S4, Protocol Buffers', 'Protocol Buffers Style Guide, Packages', 'Buf, lint rule PACKAGE_DEFINED'],
  equivalents: ['buf:PACKAGE_DEFINED'],
  checks: {
    protobuf: {
      good: `
syntax = "proto3";

package orders.v1;

message Order {}
`,
      bad: `
syntax = "proto3";

message Order {}
`,
      *find(api) {
        for (const { node } of files(api)) {
          const [first] = node.body;
          if (!first || node.lost.scope || node.body.some(({ kind }) => kind === 'package')) continue;
          const { tokens, source } = node;
          const span = { start: tokens.starts[first.first]!, end: tokens.ends[first.first]! };
          yield {
            at: placeOf(node, span, source.path),
            message: 'The file declares no package.',
            help: 'Declare one that ends in a version: `package orders.v1;`.',
          };
        }
      },
    },
  },
});
