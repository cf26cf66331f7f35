import { isCalledAfter, typeName } from '../../conventions/graphql/called-after.ts';
import { type Mutation, mutations } from '../../conventions/graphql/mutations.ts';
import { pascalOf } from '../../conventions/protobuf/names.ts';
import type { GraphQl } from '../../languages/graphql/graphql.ts';
import { namedType, rootTypes } from '../../languages/graphql/select.ts';
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'naming/payload-suffix',
  summary: 'mutations and rpcs answer with a type that is called after them',
  why: `A mutation that returns \`User\` has no room for errors, warnings or a second thing that it changed; an rpc that returns \`Empty\`
can never say anything. A type of its own, \`CreateUserPayload\` or \`ActivateUserResponse\`, can grow.`,
  sources: [
    'guide S4, Mutation Design',
    'guide S4, Service Design',
    'AIP-131 to AIP-136',
    'Relay, GraphQL server specification (mutations)',
    "Buf's style guide, RPCs",
  ],
  equivalents: ['buf:RPC_RESPONSE_STANDARD_NAME'],
  checks: {
    graphql: {
      good: `
type Mutation {
  createUser(input: CreateUserInput!): CreateUserPayload!
  userUpdate(input: UserUpdateInput!): UserUpdate
  deleteUser(id: ID!): Boolean
  addFriend(id: ID!): FriendPayload
  removeFriend(id: ID!): FriendPayload
}

type CreateUserPayload {
  user: User
  errors: [UserError!]!
}

type UserUpdate {
  user: User
  errors: [UserError!]!
}

type FriendPayload {
  friend: User
}

type User {
  id: ID!
}
`,
      bad: `
type Mutation {
  createUser(input: CreateUserInput!): User!
  deleteUser(id: ID!): RemovalPayload
}

type User {
  id: ID!
}

type RemovalPayload {
  id: ID
}
`,
      *find(api) {
        const all = mutations(api);
        const uses = new Map<string, number>();
        for (const { result } of all) uses.set(result.name, (uses.get(result.name) ?? 0) + 1);
        const odd = all.filter((mutation) => isOdd(mutation, uses.get(mutation.result.name) === 1));
        if (odd.length > many && odd.length === all.length) {
          yield* onceForAll(api, odd.length);
          return;
        }
        for (const { name, field, result } of odd) {
          const wanted = `${typeName(name)}Payload`;
          yield {
            at: field.at.on(namedType(field.node.type)),
            message: `The mutation \`${name}\` returns \`${result.name}\` rather than \`${wanted}\`.`,
            help: result.isPayload
              ? `Call it \`${wanted}\`.`
              : 'Return a type of its own that holds what was changed, and the errors.',
          };
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";

service UserService {
  rpc GetUser(GetUserRequest) returns (User);
  rpc ListUsers(ListUsersRequest) returns (ListUsersResponse);
  rpc DeleteUser(DeleteUserRequest) returns (google.protobuf.Empty);
  rpc ActivateUser(ActivateUserRequest) returns (User);
  rpc ExportUsers(ExportUsersRequest) returns (google.longrunning.Operation);
}

message User {}
`,
      bad: `
syntax = "proto3";

service UserService {
  rpc ListUsers(ListUsersRequest) returns (UserList);
  rpc BanUser(BanUserRequest) returns (google.protobuf.Empty);
}
`,
      *find(api) {
        const resources = resourcesOf(api);
        for (const rpc of protobuf.rpcs(api)) {
          const { name, service, response } = rpc;
          if (!response || isOther(response.type)) continue;
          const wanted = `${pascalOf(name)}Response`;
          const given = lastPart(response.type);
          if (given === wanted || given === `${service.name.text}${wanted}`) continue;
          if (isResourceOf(rpc, given) || (rpc.role !== 'List' && resources.has(response.type))) continue;
          yield {
            at: response.at,
            message: `The rpc \`${name}\` returns \`${given}\` rather than \`${wanted}\`.`,
            help: 'Give it a response of its own, to which fields can be added.',
          };
        }
      },
    },
  },
});

/** From here on, mutations that all return something else are one decision. */
const many = 10;

function* onceForAll(api: GraphQl, count: number) {
  for (const [operation, { at }] of rootTypes(api)) {
    if (operation !== 'mutation') continue;
    yield {
      at,
      message: `None of the ${count} mutations returns a payload that is called after it.`,
      help: 'Let mutations return `<Mutation>Payload`, which holds what was changed, and the errors.',
    };
  }
}

/**
 * Whether a mutation returns a thing rather than a payload, or a payload of its own with a name of something else. What several
 * return may be shared on purpose; scalars are up to `schemas/mutation-returns-object`.
 */
function isOdd({ name, result }: Mutation, isItsOwn: boolean): boolean {
  const kind = result.type?.kind;
  if (kind !== 'type' && kind !== 'interface' && kind !== 'union') return false;
  if (isCalledAfter(result.name, name)) return false;
  return !result.isPayload || isItsOwn;
}

/** What anything may return: an operation that runs, a body that is not in protobuf, the answers of IAM's mixin. */
const isOther = (type: string): boolean => /(?:^|\.)Operation$|^\.?google\.(?:api\.HttpBody|iam\.v1\.\w+)$/.test(type);

/** Whether a standard method returns what its name says, or, to delete, nothing. */
function isResourceOf({ name }: protobuf.Rpc, given: string): boolean {
  const [, verb, noun = ''] = /^(Get|Create|Update|Delete)(.+)$/.exec(pascalOf(name)) ?? [];
  switch (verb) {
    case 'Get':
    case 'Create':
    case 'Update':
      return noun.endsWith(given);
    case 'Delete':
      return given === noun || given === 'Empty';
    default:
      return false;
  }
}

/** The messages that a `Get…` returns under its name, or that two standard methods of one noun agree on. */
function resourcesOf(api: Protobuf): ReadonlySet<string> {
  const found = new Set<string>();
  const seen = new Map<string, protobuf.Rpc>();
  for (const rpc of protobuf.rpcs(api)) {
    const { role, noun, response } = rpc;
    if (!response || !(role === 'Get' || role === 'Create' || role === 'Update')) continue;
    const key = `${noun} ${response.type}`;
    const isSecond = seen.has(key) && seen.get(key)!.role !== role;
    if ((role === 'Get' && lastPart(response.type) === noun) || (isSecond && !isEmpty(response.type))) {
      found.add(response.type);
    }
    seen.set(key, rpc);
  }
  return found;
}

const isEmpty = (type: string): boolean => lastPart(type) === 'Empty';

const lastPart = (type: string): string => type.slice(type.lastIndexOf('.') + 1);
