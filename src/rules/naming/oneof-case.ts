import { isLowerSnake } from '../../conventions/protobuf/names.ts';
import { renaming, renamingFix } from '../../conventions/renaming.ts';
import { renameMember } from '../../languages/protobuf/edit.ts';
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import { type OneofNode, placeOf } from '../../languages/protobuf/tree.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'naming/oneof-case',
  summary: 'oneofs have names in lower_snake_case',
  why: `Generators make accessors and types of them, each by its own rules, which all begin with words between underscores:
\`PaymentMethod\` becomes \`getPaymentMethodCase\` in one language and \`WhichOneof("PaymentMethod")\` in the next.`,
  sources: ['protobuf.dev Style Guide, Field names', 'AIP-140'],
  equivalents: ['buf:ONEOF_LOWER_SNAKE_CASE'],
  checks: {
    protobuf: {
      good: `
syntax = "proto3";

message Payment {
  oneof payment_method {
    string card = 1;
    string iban = 2;
  }
  optional string Note = 3;
}
`,
      bad: `
syntax = "proto3";

message Payment {
  oneof PaymentMethod {
    string card = 1;
    string iban = 2;
  }
}
`,
      fixable: 'unsafe',
      *find(api) {
        for (const { node, name } of oneofs(api)) {
          if (isLowerSnake(name)) continue;
          yield {
            at: placeOf(node, node.name),
            message: `The oneof \`${name}\` is not in lower_snake_case.`,
            help: renaming(name, 'snake'),
            ...renamingFix(name, 'snake', (to) => renameMember(api, node, to)),
          };
        }
      },
    },
  },
});

function oneofs(api: Protobuf): { node: OneofNode; name: string }[] {
  return protobuf.messages(api).flatMap((message) => message.oneofs.map((node) => ({ node, name: node.name.text })));
}
