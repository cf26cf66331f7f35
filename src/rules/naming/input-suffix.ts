import { isCalledAfter, typeName } from '../../conventions/graphql/called-after.ts';
import { mutations } from '../../conventions/graphql/mutations.ts';
import { pascalOf } from '../../conventions/protobuf/names.ts';
import { renamedTo } from '../../conventions/renaming.ts';
import { renameType } from '../../languages/graphql/edit.ts';
import type { GraphQl } from '../../languages/graphql/graphql.ts';
import * as graphql from '../../languages/graphql/select.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'naming/input-suffix',
  summary: 'inputs and requests are called after the mutation or rpc that takes them',
  why: `What \`createUser\` takes is found by its name, \`CreateUserInput\`, without looking. A request named for something else is soon
taken by two methods, and no field can be added for one of them any more.`,
  sources: [
    'guide S4, Mutation Design',
    'guide S4, Service Design',
    'AIP-131 to AIP-136',
    'Relay, GraphQL server specification (mutations)',
    "Buf's style guide, RPCs",
  ],
  equivalents: ['buf:RPC_REQUEST_STANDARD_NAME'],
  checks: {
    graphql: {
      good: `
type Mutation {
  createUser(input: CreateUserInput!): CreateUserPayload
  userUpdate(input: UserUpdateInput!): UserUpdatePayload
  createHome(input: AddressInput!): Address
  createOffice(input: AddressInput!): Address
  deleteUser(id: ID!): DeleteUserPayload
}

type Query {
  users(filter: UserFilter, orderBy: UserOrder): [User!]
}

input CreateUserInput {
  name: String!
}

input UserUpdateInput {
  name: String
}

input AddressInput {
  street: String!
}

input UserFilter {
  name: String
}

input UserOrder {
  field: String!
}
`,
      bad: `
type Mutation {
  createUser(input: NewUser!): CreateUserPayload
  updateUser(input: UserInput!): UpdateUserPayload
}

input NewUser {
  name: String!
}

input UserInput {
  name: String
}
`,
      fixable: 'unsafe',
      *find(api) {
        const inputs = graphql.typesOf(api, 'input').filter(({ base }) => base !== null);
        const odd = inputs.filter(({ name }) => !purpose.test(name));
        const isHabit = odd.length > many && odd.length * 2 > inputs.length;
        for (const type of isHabit ? odd.slice(0, 1) : odd) {
          const { name, at } = type;
          const wanted = nameFor(api, type);
          yield {
            at,
            message: isHabit
              ? `${odd.length} of the ${inputs.length} inputs, \`${name}\` first, do not end in \`Input\`.`
              : `The input \`${name}\` does not end in \`Input\`.`,
            help: isHabit ? 'Call inputs `…Input`.' : `Call it \`${wanted}\`.`,
            ...(!isHabit && { fix: renamedTo(wanted, (to) => renameType(api, type, to)) }),
          };
        }
        const own = mutations(api).flatMap(({ name, input }) => {
          const type = input?.type;
          return type?.name.endsWith('Input') && isTakenOnce(api, type)
            ? [{ name, type, at: typeAt(input!.argument) }]
            : [];
        });
        const strange = own.filter(({ name, type }) => !isCalledAfter(type.name, name));
        const isOwnHabit = strange.length > many && strange.length * 2 > own.length;
        for (const { name, type, at } of isOwnHabit ? strange.slice(0, 1) : strange) {
          yield {
            at,
            message: isOwnHabit
              ? `${strange.length} of ${own.length} mutations, \`${name}\` first, take inputs that are not called after them.`
              : `The mutation \`${name}\` takes \`${type.name}\`, which is not called after it.`,
            help: `Call it \`${typeName(name)}Input\`${isOwnHabit ? ', and the others alike' : ''}.`,
            ...(!isOwnHabit && { fix: renamedTo(`${typeName(name)}Input`, (to) => renameType(api, type, to)) }),
          };
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";

service UserService {
  rpc GetUser(GetUserRequest) returns (User);
  rpc Watch(stream UserServiceWatchRequest) returns (stream UserServiceWatchResponse);
  rpc GetOperation(acme.v1.GetOperationRequest) returns (acme.v1.Operation);
}
`,
      bad: `
syntax = "proto3";

service UserService {
  rpc DeleteUser(GetUserRequest) returns (google.protobuf.Empty);
  rpc ListUsers(google.protobuf.Empty) returns (ListUsersResponse);
}
`,
      *find(api) {
        for (const { name, service, request } of protobuf.rpcs(api)) {
          if (!request) continue;
          const wanted = `${pascalOf(name)}Request`;
          const taken = request.type.slice(request.type.lastIndexOf('.') + 1);
          if (taken === wanted || taken === `${service.name.text}${wanted}`) continue;
          yield {
            at: request.at,
            message: `The rpc \`${name}\` takes \`${taken}\` rather than \`${wanted}\`.`,
            help: 'Give it a request of its own, to which fields can be added.',
          };
        }
      },
    },
  },
});

/** What inputs are called for what they are used for: to write, to find, to sort, to page. */
const purpose =
  /(?:[Ii]nput|[Ff]ilters?|[Oo]rder|[Oo]rder_?[Bb]y|[Oo]rdering|[Ss]ort|[Ss]orting|[Ss]ort_?[Bb]y|[Ww]here|Args|Arguments|Options|Params|Paging|Pagination|Criteria|Condition|Predicate|Query|Range)$/;

/** From here on, inputs that are called otherwise are one decision. */
const many = 10;

const typeAt = ({ at, node }: graphql.Argument) => at.on(graphql.namedType(node.type));

/** What to call an input: after the one mutation that takes it, if there is one and the name is free. */
function nameFor(api: GraphQl, type: graphql.Type): string {
  const taker = isTakenOnce(api, type) ? mutations(api).find(({ input }) => input?.type === type) : undefined;
  const wanted = taker && `${typeName(taker.name)}Input`;
  return wanted && !graphql.typeNamed(api, wanted) ? wanted : `${type.name}Input`;
}

/** Whether one argument alone takes the input. That several do is up to `resources/request-unique`. */
function isTakenOnce(api: GraphQl, type: graphql.Type): boolean {
  return takers(api).get(type.name) === 1;
}

/** How many arguments and input fields take each input. */
const takers = graphql.memoised((api): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const { node } of [...graphql.everyArgument(api), ...graphql.inputFields(api)]) {
    const name = graphql.namedType(node.type).name.value;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
});
