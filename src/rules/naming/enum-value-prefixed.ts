import { upperSnake } from '../../conventions/protobuf/names.ts';
import { isCopied } from '../../conventions/protobuf/packages.ts';
import { renamedTo } from '../../conventions/renaming.ts';
import { renameEnumValue } from '../../languages/protobuf/edit.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'naming/enum-value-prefixed',
  summary: "the values of an enum carry the enum's name",
  why: `Values live in the scope around their enum, as in C++: a second enum in the package that has an \`ACTIVE\` does not compile, and
code that says \`ACTIVE\` does not say of what. (Google's AIP-126 asks for the opposite, except for the zero value.)`,
  sources: ['guide S4, Service Design', 'protobuf.dev Style Guide, Enums'],
  equivalents: ['buf:ENUM_VALUE_PREFIX', 'protolint:ENUM_FIELD_NAMES_PREFIX'],
  options: {
    nested: {
      description:
        'Whether the values of enums that stand in a message carry the name too; they cannot meet those of others.',
      default: true,
      schema: { type: 'boolean' },
    },
  },
  checks: {
    protobuf: {
      good: `
syntax = "proto3";

enum HTTPMode2 {
  HTTP_MODE2_UNSPECIFIED = 0;
  HTTP_MODE2_STRICT = 1;
}
`,
      bad: `
syntax = "proto3";

enum OrderState {
  ORDER_STATE_UNSPECIFIED = 0;
  ACTIVE = 1;
  order_state_closed = 2;
}
`,
      fixable: 'unsafe',
      *find(api, { nested }) {
        for (const { node, name, values, file } of protobuf.enums(api)) {
          if (isCopied(file) || (!nested && node.parent.kind !== 'file')) continue;
          const prefix = `${upperSnake(name)}_`;
          for (const value of values) {
            if (value.name.startsWith(prefix)) continue;
            const wanted = `${prefix}${restOf(value.name, prefix)}`;
            yield {
              at: value.at,
              message: `The value \`${value.name}\` does not begin with \`${prefix}\`, the name of its enum.`,
              help: `Call it \`${wanted}\`.`,
              fix: renamedTo(wanted, (to) => renameEnumValue(api, value.node, to)),
            };
          }
        }
      },
    },
  },
});

/** What a value says beside the name of its enum. */
function restOf(value: string, prefix: string): string {
  const whole = upperSnake(value).replace(/_{2,}/g, '_').replace(/^_|_$/g, '');
  return whole.startsWith(prefix) ? whole.slice(prefix.length) : whole;
}
