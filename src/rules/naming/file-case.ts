import { isLowerSnake } from '../../conventions/protobuf/names.ts';
import { renaming } from '../../conventions/renaming.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import { placeOf } from '../../languages/protobuf/tree.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'naming/file-case',
  summary: '.proto files have names in lower_snake_case that say what is in them',
  why: `Names of files become names of generated files and modules, on file systems that tell \`User.proto\` from \`user.proto\` and on
such as don't. A file called \`v1.proto\` repeats the package and says nothing.`,
  sources: ['protobuf.dev Style Guide, File structure', 'AIP-191, File names'],
  equivalents: ['buf:FILE_LOWER_SNAKE_CASE', 'protolint:FILE_NAMES_LOWER_SNAKE_CASE', 'aip:0191::filenames'],
  checks: {
    protobuf: {
      good: { 'acme/order/v1/order_service.proto': 'syntax = "proto3";\n' },
      bad: {
        'acme/order/v1/OrderService.proto': 'syntax = "proto3";\n',
        'acme/order/v1/v1.proto': 'syntax = "proto3";\n',
        'acme/order/v1/order-item.proto': '// No syntax.\npackage acme.order.v1;\n',
      },
      *find(api) {
        for (const { node, syntax } of protobuf.files(api)) {
          const file = node.source.path.replace(/^.*[/\\]/s, '');
          const name = file.replace(/\.proto$/, '');
          // What has no such ending was handed in by another way than a file of that name.
          if (name === file || name === '') continue;
          const at = syntax ? placeOf(syntax, syntax.value) : placeOf(node, { start: 0, end: 0 });
          if (!isLowerSnake(name)) {
            const help = renaming(name, 'snake').replace(/`(\w+)`/, '`$1.proto`');
            yield { at, message: `The file \`${file}\` is not in lower_snake_case.`, help };
          } else if (/^v\d+(?:p\d+)?(?:(?:alpha|beta)\d*)?$/.test(name)) {
            yield {
              at,
              message: `The file \`${file}\` is called after its version.`,
              help: 'Name it for what is in it; the package says which version it is.',
            };
          }
        }
      },
    },
  },
});
