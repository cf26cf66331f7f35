import { removeModifier } from '../../languages/protobuf/edit.ts';
import { files } from '../../languages/protobuf/select.ts';
import { placeOf } from '../../languages/protobuf/tree.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'structure/import-clean',
  summary: 'imports are passed on to nobody, and none is weak',
  why: `A public import lets others lean on a file that they never named, so that it cannot be taken back; weak ones do nothing any
more.`,
  sources: ['Protocol Buffers Language Guide, Importing Definitions', 'Buf, lint rule IMPORT_NO_PUBLIC'],
  equivalents: ['buf:IMPORT_NO_PUBLIC'],
  checks: {
    protobuf: {
      good: `
syntax = "proto3";

package orders.v1;

import "google/protobuf/timestamp.proto";

message Order {
  google.protobuf.Timestamp create_time = 1;
}
`,
      bad: `
syntax = "proto3";

package orders.v1;

import public "google/protobuf/timestamp.proto";
import weak "google/protobuf/duration.proto";
`,
      fixable: 'safe',
      *find(api) {
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
              // Others may lean on what a public import passes on.
              ...(!isPublic && { fix: { title: 'Leave `weak` out', safe: true, edits: () => removeModifier(node) } }),
            };
          }
        }
      },
    },
  },
});
