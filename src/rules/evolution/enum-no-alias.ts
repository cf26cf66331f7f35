import { enums, optionOf } from '../../languages/protobuf/select.ts';
import { placeOf } from '../../languages/protobuf/tree.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'evolution/enum-no-alias',
  summary: 'no enum gives one number two names',
  why: `JSON and text carry the name, and whoever reads a number gets the first name that bears it: a value that was written under one name
comes back under the other. Old clients know none of the new names.`,
  sources: ['Buf, lint rule ENUM_NO_ALLOW_ALIAS', 'Protocol Buffers Language Guide, Enum Value Aliases'],
  equivalents: ['buf:ENUM_NO_ALLOW_ALIAS'],
  checks: {
    protobuf: {
      good: `
syntax = "proto3";

package orders.v1;

enum State {
  STATE_UNSPECIFIED = 0;
  STATE_OPEN = 1;
}
`,
      bad: `
syntax = "proto3";

package orders.v1;

enum State {
  option allow_alias = true;
  STATE_UNSPECIFIED = 0;
  STATE_NEW = 1;
  STATE_OPEN = 1;
}
`,
      *find(api) {
        for (const { node, name } of enums(api)) {
          const option = optionOf(node, 'allow_alias');
          if (option?.value?.kind !== 'word' || option.value.text !== 'true') continue;
          yield {
            at: placeOf(option, option.name),
            message: `\`${name}\` lets two values share a number.`,
            help: 'Keep one name for each number, and reserve the other one.',
          };
        }
      },
    },
  },
});
