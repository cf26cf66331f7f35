import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import { type Package, packages } from '../../languages/protobuf/select.ts';
import type { Finding } from '../../text/problem.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'naming/package-matches-directory',
  summary: 'a file stands in the folder that is called like its package',
  why: `Imports name folders and types name packages. Where both agree, one knows where a type is defined; where not, every reader looks it
up, and tools that go by folders (plugins, Bazel, Buf) generate a package in pieces.`,
  sources: ['guide S4, Protocol Buffers', 'AIP-191', 'Buf, lint rule PACKAGE_DIRECTORY_MATCH'],
  equivalents: ['buf:PACKAGE_DIRECTORY_MATCH', 'aip:0191::proto-package'],
  checks: {
    protobuf: {
      good: {
        'api/orders/v1/orders.proto': `
syntax = "proto3";

package orders.v1;
`,
        'api/orders/v1/lines.proto': `
syntax = "proto3";

package orders.v1;
`,
      },
      bad: {
        'api/orders/v1/orders.proto': `
syntax = "proto3";

package orders.v2;
`,
        'api/orders/v1/lines.proto': `
syntax = "proto3";

package orders.v1;
`,
      },
      *find(api) {
        for (const one of packages(api)) {
          const finding = isFirst(one) && one.file.problems.length === 0 ? misplaced(api, one) : null;
          if (finding) yield finding;
        }
      },
    },
  },
});

function isFirst({ node, file }: Package): boolean {
  return file.body.find(({ kind }) => kind === 'package') === node;
}

function misplaced(api: Protobuf, { name, at, file }: Package): Finding | null {
  const wanted = name.replaceAll('.', '/');
  const folder = folderOf(api.rootsAreDeclared ? api.importPath(file) : file.source.path);
  // Nobody knows what the folders are called that the working directory stands in.
  const fits = api.rootsAreDeclared ? folder === wanted : endsWith(folder, wanted) || endsWith(wanted, folder);
  if (fits) return null;
  return {
    at,
    message: `The package \`${name}\` stands in ${folder === '' ? 'the root' : `\`${folder}\``}.`,
    help: `Move the file to \`${wanted}\`, or name the package after its folder.`,
  };
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** Whether a path ends in the folders of another one. */
function endsWith(path: string, end: string): boolean {
  return end === '' || path === end || path.endsWith(`/${end}`);
}
