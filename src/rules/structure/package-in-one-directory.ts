import { packageStatement, packagesInSeveralFolders } from '../../conventions/protobuf/folders.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'structure/package-in-one-directory',
  summary: 'the files of a package stand in one folder',
  why: `Whoever looks for a type, or generates code for a package, looks into one folder and finds half of it.`,
  sources: ['Protocol Buffers Style Guide, Packages', 'Buf, lint rule PACKAGE_SAME_DIRECTORY'],
  equivalents: ['buf:PACKAGE_SAME_DIRECTORY'],
  checks: {
    protobuf: {
      good: {
        'orders/v1/orders.proto': `
syntax = "proto3";

package orders.v1;
`,
        'orders/v1/lines.proto': `
syntax = "proto3";

package orders.v1;
`,
        'orders/v1/internal/audit.proto': `
syntax = "proto3";

package orders.internal;
`,
      },
      bad: {
        'orders/v1/orders.proto': `
syntax = "proto3";

package orders.v1;
`,
        'common/lines.proto': `
syntax = "proto3";

package orders.v1;
`,
      },
      *find(api) {
        for (const { name, folders, files } of packagesInSeveralFolders(api)) {
          for (const file of files) {
            yield {
              at: packageStatement(file),
              message: `The files of \`${name}\` stand in ${folders.length} folders: ${folders.map((folder) => (folder === '' ? 'the root' : `\`${folder}\``)).join(', ')}.`,
              help: 'Move them together, or give each folder a package of its own.',
            };
          }
        }
      },
    },
  },
});
