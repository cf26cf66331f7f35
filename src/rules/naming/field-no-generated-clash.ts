import * as protobuf from '../../languages/protobuf/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'naming/field-no-generated-clash',
  summary: 'no field has the name of a member that generated code brings along',
  why: `Generated messages in C++, Java and Python have a \`descriptor\` of their own. A field of that name is renamed by one generator,
hidden by another and refused by a third.`,
  sources: ["Buf's lint rules, FIELD_NO_DESCRIPTOR", 'protobuf.dev, C++ and Python generated code guides'],
  equivalents: ['buf:FIELD_NO_DESCRIPTOR'],
  checks: {
    protobuf: {
      good: `
syntax = "proto3";

message Schema {
  bytes type_descriptor = 1;
}
`,
      bad: `
syntax = "proto3";

message Schema {
  bytes descriptor = 1;
}
`,
      *find(api) {
        for (const { node, name, at } of protobuf.fields(api)) {
          if (node.group || name.replace(/^_+|_+$/g, '').toLowerCase() !== 'descriptor') continue;
          yield {
            at,
            message: `The field \`${name}\` is called like a member of generated messages.`,
            help: 'Say what it describes, as `type_descriptor` does.',
          };
        }
      },
    },
  },
});
