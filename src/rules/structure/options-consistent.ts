import { isCopied } from '../../conventions/protobuf/packages.ts';
import { setFileOption } from '../../languages/protobuf/edit.ts';
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import { optionOf } from '../../languages/protobuf/select.ts';
import { type ProtoFile, placeOf } from '../../languages/protobuf/tree.ts';
import type { Finding } from '../../text/problem.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'structure/options-consistent',
  summary: 'the files of a package set the options for generated code alike',
  why: `These options say where generated code goes and what it is called. Where the files of one package disagree, one API becomes two
modules in some language, and types that belong together cannot see each other.`,
  sources: ['AIP-191', 'Buf, lint rules PACKAGE_SAME_*', 'Protocol Buffers Style Guide'],
  equivalents: [
    'buf:PACKAGE_SAME_CSHARP_NAMESPACE',
    'buf:PACKAGE_SAME_GO_PACKAGE',
    'buf:PACKAGE_SAME_JAVA_MULTIPLE_FILES',
    'buf:PACKAGE_SAME_JAVA_PACKAGE',
    'buf:PACKAGE_SAME_PHP_NAMESPACE',
    'buf:PACKAGE_SAME_RUBY_PACKAGE',
    'buf:PACKAGE_SAME_SWIFT_PREFIX',
    'aip:0191::file-option-consistency',
  ],
  checks: {
    protobuf: {
      good: {
        'orders/v1/orders.proto': `
syntax = "proto3";

package orders.v1;

option go_package = "example.com/orders/v1;ordersv1";
option java_outer_classname = "OrdersProto";
`,
        'orders/v1/lines.proto': `
syntax = "proto3";

package orders.v1;

option go_package = "example.com/orders/v1";
option java_outer_classname = "LinesProto";
`,
      },
      bad: {
        'orders/v1/lines.proto': `
syntax = "proto3";

package orders.v1;

option go_package = "example.com/lines/v1";
`,
        'orders/v1/orders.proto': `
syntax = "proto3";

package orders.v1;

option go_package = "example.com/orders/v1";
option java_multiple_files = true;
`,
        'orders/v1/states.proto': `
syntax = "proto3";

package orders.v1;

option go_package = "example.com/orders/v1";
option java_multiple_files = true;
`,
      },
      fixable: 'unsafe',
      *find(api) {
        for (const files of packagesOf(api)) {
          for (const name of names) yield* differing(api, files, name);
        }
      },
    },
  },
});

const names = [
  'go_package',
  'java_package',
  'java_multiple_files',
  'csharp_namespace',
  'php_namespace',
  'php_metadata_namespace',
  'php_class_prefix',
  'ruby_package',
  'objc_class_prefix',
  'swift_prefix',
  'cc_enable_arenas',
];

/** The files of each package, those that are only imported too. */
function packagesOf(api: Protobuf): Iterable<readonly ProtoFile[]> {
  const found = new Map<string, ProtoFile[]>();
  for (const file of [...api.files, ...api.imported]) {
    if (file.packageName === '' || file.problems.length > 0 || isCopied(file)) continue;
    const known = found.get(file.packageName);
    if (known) known.push(file);
    else found.set(file.packageName, [file]);
  }
  return found.values();
}

/** The files that do not say what most files of the package say; the later ones, where as many say this as that. */
function* differing(api: Protobuf, files: readonly ProtoFile[], name: string): Generator<Finding> {
  const byValue = new Map<string, ProtoFile[]>();
  for (const file of files) {
    const value = settingOf(file, name);
    const known = byValue.get(value);
    if (known) known.push(file);
    else byValue.set(value, [file]);
  }
  if (byValue.size < 2) return;
  const [usual, those] = [...byValue].reduce((best, next) => (next[1].length > best[1].length ? next : best));
  // Where many files say many things, each is meant to have its own.
  if (files.length > 3 && those.length * 3 < files.length * 2) return;
  const judged = new Set(api.files);
  for (const [value, others] of byValue) {
    if (value === usual) continue;
    for (const file of others) if (judged.has(file)) yield finding(api, file, name, value, usual, those);
  }
}

function finding(
  api: Protobuf,
  file: ProtoFile,
  name: string,
  value: string,
  usual: string,
  those: readonly ProtoFile[],
): Finding {
  const option = optionOf(file, name);
  const declaration = file.body.find((node) => node.kind === 'package')!;
  const others = those.length === 1 ? `\`${api.importPath(those[0]!)}\`` : `${those.length} other files of the package`;
  const example = optionOf(those[0]!, name)?.value;
  const written = example ? those[0]!.source.text.slice(example.start, example.end) : null;
  const own = value === '' ? 'not set here' : `\`${value}\` here`;
  return {
    at: option?.value ? placeOf(option, option.value) : placeOf(declaration, declaration.name),
    message: `\`${name}\` is ${own}, and ${usual === '' ? 'not set' : `\`${usual}\``} in ${others}.`,
    help: `Let all files of \`${file.packageName}\` say the same.`,
    fix: {
      title: written === null ? `Remove \`${name}\`` : `Set \`${name}\` to \`${usual}\``,
      safe: false,
      edits: () => setFileOption(file, name, written),
    },
  };
}

/** What an option says; the empty string where it is not set. A Go package may be followed by its name. */
function settingOf(file: ProtoFile, name: string): string {
  const value = optionOf(file, name)?.value;
  if (value?.kind === 'string') return name === 'go_package' ? value.value.replace(/;.*$/s, '') : value.value;
  return value?.kind === 'word' ? value.text : '';
}
