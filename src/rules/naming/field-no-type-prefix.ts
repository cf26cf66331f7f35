import { isExplainedByInterface } from '../../conventions/graphql/documentation.ts';
import { renamedTo } from '../../conventions/renaming.ts';
import { renameField } from '../../languages/graphql/edit.ts';
import * as graphql from '../../languages/graphql/select.ts';
import { renameMember } from '../../languages/protobuf/edit.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import { toCase } from '../../words/cases.ts';
import { isCalledLike } from '../../words/filler.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'naming/field-no-type-prefix',
  summary: "a field does not repeat its type's name",
  why: `\`user.userName\` says twice whose name it is. The same idea is then called \`userName\`, \`orderName\` and \`shopName\`, and code that
works on anything with a name has three cases.`,
  sources: ['guide S4, Consistency Over Cleverness', 'AIP-140'],
  equivalents: ['graphql-eslint:no-typename-prefix'],
  absent: { openapi: 'The names of schemas there are chosen for the document, and seldom known to callers.' },
  checks: {
    graphql: {
      good: `
type User {
  id: ID!
  name: String
  username: String
  userAgent: UserAgent
}

type Order {
  order: Int
  orderBy: String
  id: ID!
  orderId: ID
}
`,
      bad: `
type User {
  userName: String
}

interface OrderLine {
  orderLineId: ID!
}
`,
      fixable: 'unsafe',
      *find(api) {
        const roots = new Set(graphql.rootTypes(api).values());
        for (const field of graphql.fields(api)) {
          const { name, owner, at } = field;
          const rest = roots.has(owner) ? null : restOf(name, owner.name);
          if (rest === null || graphql.deprecationOf(field.node) || isExplainedByInterface(api, field)) continue;
          if (isCalledLike(name, graphql.namedType(field.node.type).name.value.replace(/Connection$/, ''))) continue;
          const words = rest.join(' ');
          if (owner.fields.some((other) => split(other.name).join(' ') === words)) continue;
          yield {
            at,
            message: `The field \`${name}\` repeats the name of its type, \`${owner.name}\`.`,
            help: `Call it \`${written(name, rest)}\`.`,
            fix: renamedTo(written(name, rest), (to) => renameField(api, field, to)),
          };
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";

message User {
  string name = 1;
  UserState user_state = 2;
}

enum UserState {
  USER_STATE_UNSPECIFIED = 0;
}
`,
      bad: `
syntax = "proto3";

message User {
  string user_name = 1;
}
`,
      fixable: 'unsafe',
      *find(api) {
        for (const message of protobuf.messages(api)) {
          const names = new Set(message.fields.map(({ name }) => split(name).join(' ')));
          for (const { node, name, at, kind, type } of message.fields) {
            const rest = restOf(name, message.name);
            if (rest === null || names.has(rest.join(' '))) continue;
            if (kind !== 'scalar' && isCalledLike(name, type.slice(type.lastIndexOf('.') + 1))) continue;
            if (protobuf.optionOf(node, 'deprecated')) continue;
            yield {
              at,
              message: `The field \`${name}\` repeats the name of its message, \`${message.name}\`.`,
              help: `Call it \`${written(name, rest)}\`.`,
              fix: renamedTo(written(name, rest), (to) => renameMember(api, node, to)),
            };
          }
        }
      },
    },
  },
});

/** The words of a name behind those of its type; null if it doesn't begin with them, or what is left may mean nothing alone. */
function restOf(name: string, type: string): readonly string[] | null {
  const words = type === 'Request' ? [] : split(type);
  const own = split(name);
  if (words.length === 0 || own.length <= words.length || !words.every((word, i) => own[i] === word)) return null;
  const rest = own.slice(words.length);
  return rest.every((word) => attributes.has(word)) ? rest : null;
}

/** Words for what everything may have. Of others one cannot say that they don't make one term with the type's name (`clusterAddress`). */
const attributes: ReadonlySet<string> = new Set(
  `active age amount at avatar category class code color colour comment content count created date deleted description
  display email enabled first full given handle icon id ids identifier image kind label last link logo name names note notes
  number password phone price quantity role score size slug state status subtitle summary tags text timestamp title type
  uid updated uri url user username uuid value version`.split(/\s+/),
);

/** Words in the case of a name. */
function written(name: string, words: readonly string[]): string {
  return toCase(words, name.includes('_') ? 'snake' : 'camel');
}
