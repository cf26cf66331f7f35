import { upperSnake } from '../../conventions/protobuf/names.ts';
import { isCopied } from '../../conventions/protobuf/packages.ts';
import { renamedTo } from '../../conventions/renaming.ts';
import { addFirstValue, renameEnumValue } from '../../languages/protobuf/edit.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'naming/enum-zero-unspecified',
  summary: 'the first value of an enum is zero and says that nothing was said',
  why: `A field that nobody sets reads as zero. Where zero is \`METRIC\` or \`ACTIVE\`, a sender who knew nothing of the field has decided
something, and nobody can tell.`,
  sources: ['guide S4, Service Design', 'protobuf.dev Style Guide, Enums', 'AIP-126'],
  equivalents: [
    'buf:ENUM_FIRST_VALUE_ZERO',
    'buf:ENUM_ZERO_VALUE_SUFFIX',
    'protolint:ENUM_FIELD_NAMES_ZERO_VALUE_END_WITH',
    'aip:0126::unspecified',
  ],
  options: {
    suffix: {
      description: 'What the name of the zero value ends in.',
      default: 'UNSPECIFIED',
      schema: { type: 'string', pattern: '^[A-Za-z0-9_]+$' },
    },
    synonyms: {
      description: 'What it may end in, or be, as well: a zero that is meant (AIP-126).',
      default: ['NONE', 'NULL', 'NULL_VALUE'] as readonly string[],
      schema: { type: 'array', items: { type: 'string' } },
    },
  },
  checks: {
    protobuf: {
      good: `
syntax = "proto3";

enum OrderState {
  ORDER_STATE_UNSPECIFIED = 0;
  ORDER_STATE_ACTIVE = 1;
}

message Rule {
  // A zero that is meant.
  enum Limit {
    LIMIT_NONE = 0;
    LIMIT_DAILY = 1;
  }
}
`,
      bad: `
syntax = "proto2";

enum Units {
  METRIC = 0;
  IMPERIAL = 1;
}

enum Level {
  LEVEL_LOW = 1;
}
`,
      fixable: 'unsafe',
      *find(api, { suffix, synonyms }) {
        for (const { node, name, values, file } of protobuf.enums(api)) {
          const [first] = values;
          if (!first || isCopied(file)) continue;
          const wanted = `${upperSnake(name)}_${suffix}`;
          const zero = values.find(({ number }) => number === 0);
          if (first.number !== null && first.number !== 0) {
            const title = `Let \`${wanted} = 0;\` come first`;
            yield {
              at: first.at,
              message: `The first value of \`${name}\` is ${first.number} rather than zero.`,
              help: `Let \`${wanted} = 0;\` come first.`,
              ...(!zero && { fix: { title, safe: false, edits: () => addFirstValue(api, node, wanted) } }),
            };
          }
          if (!zero || zero.name.endsWith(`_${suffix}`) || synonyms.some((word) => endsIn(zero.name, word))) continue;
          yield {
            at: zero.at,
            message: `The zero value \`${zero.name}\` of \`${name}\` does not end in \`_${suffix}\`.`,
            help: `Let \`${wanted} = 0;\` stand for what nobody has set.`,
            ...(meansUnset.test(zero.name) && {
              fix: renamedTo(wanted, (to) => renameEnumValue(api, zero.node, to)),
            }),
          };
        }
      },
    },
  },
});

/** What others call the value that nobody has set. Another zero is a value of its own. */
const meansUnset = /(?:^|_)(?:UNKNOWN|UNDEFINED|UNSPECIFIED|UNSET|NOT_SET)$/i;

/** Whether a value's name, with or without that of its enum, is a word. */
const endsIn = (name: string, word: string): boolean => name === word || name.endsWith(`_${word}`);
