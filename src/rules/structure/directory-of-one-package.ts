import { foldersOfSeveralPackages, packageStatement } from '../../conventions/protobuf/folders.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'structure/directory-of-one-package',
  summary: 'the files of a folder belong to one package',
  why: `Tools that go by folders (plugins, Bazel, Go) make one package of what stands in one, and fail where there are two.`,
  sources: ['Protocol Buffers Style Guide, Packages', 'Buf, lint rule DIRECTORY_SAME_PACKAGE'],
  equivalents: ['buf:DIRECTORY_SAME_PACKAGE'],
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
        'orders/orders.proto': `
syntax = "proto3";

package orders.v1;
`,
        'orders/lines.proto': `
syntax = "proto3";

package orders.lines.v1;
`,
        'orders/states.proto': `
syntax = "proto3";
`,
      },
      *find(api) {
        for (const { folder, packages, files } of foldersOfSeveralPackages(api)) {
          for (const file of files) {
            const { packageName } = file;
            const others = packages.filter((name) => name !== packageName).map((name) => `\`${name}\``);
            yield {
              at: packageStatement(file),
              message: `${packageName === '' ? 'A file without package' : `\`${packageName}\``} shares ${folder === '' ? 'the root' : `\`${folder}\``} with ${others.join(' and ')}.`,
              help: 'Give each package a folder of its own.',
            };
          }
        }
      },
    },
  },
});
