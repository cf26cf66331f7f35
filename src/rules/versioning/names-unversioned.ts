import * as graphql from '../../languages/graphql/select.ts';
import { asString } from '../../languages/openapi/json.ts';
import { everyOperation, namedSchemas } from '../../languages/openapi/select.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import type { Place } from '../../text/place.ts';
import type { Finding } from '../../text/problem.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'versioning/names-unversioned',
  summary: 'names of operations and types carry no version',
  why: `\`UserV2\` beside \`User\` puts two versions into one API: callers have to find out which goes with which, and the old name never
leaves. The API as a whole has a version, or, as a GraphQL schema, evolves field by field.`,
  sources: ['guide S4, Backward Compatibility Patterns', 'guide S4, GraphQL Schema Design', 'AIP-185'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /v2/addresses:
    get: { operationId: listIpv4Addresses }
components:
  schemas:
    IPv4Address: { type: string }
`,
      bad: `
openapi: 3.1.0
paths:
  /users:
    get: { operationId: listUsersV2 }
    post: { operationId: createUser }
  /orders:
    get: { operationId: listOrders }
components:
  schemas:
    User: { type: object }
    UserV2: { type: object }
`,
      *find(api) {
        const ids = everyOperation(api).flatMap(({ value, at }) => {
          const name = asString(value['operationId']);
          return name === undefined ? [] : [{ name, at: at.child('operationId') }];
        });
        yield* versioned('operationId', ids);
        yield* versioned(
          'schema',
          namedSchemas(api).map(({ name, at }) => ({ name, at: at.onKey })),
        );
      },
    },
    graphql: {
      good: `
type Query {
  user: User
  ipv4Address: String
}

type User {
  id: ID!
  name: String @deprecated(reason: "Use \`names\`.")
  names: [String!]
}
`,
      bad: `
type Query {
  user: User
  userV2: UserV2
}

type User {
  id: ID!
}

type UserV2 {
  id: ID!
}

type Order {
  id: ID!
}

type Item {
  id: ID!
}
`,
      *find(api) {
        const help = 'Add what is new to the old one, and mark what goes with `@deprecated`.';
        const types = graphql.types(api).filter(({ base }) => base !== null);
        yield* versioned('type', types, help);
        const operations = graphql.rootFields(api).map(({ field }) => field);
        yield* versioned('field', operations, help);
      },
    },
    protobuf: {
      good: `
syntax = "proto3";

package shop.v2;

message User {
  IPv4Address address = 1;
}

message IPv4Address {}
`,
      bad: `
syntax = "proto3";

package shop.v1;

service UserService {
  rpc GetUser(GetUserRequest) returns (User);
  rpc GetUserV2(GetUserRequest) returns (UserV2);
  rpc ListUsers(ListUsersRequest) returns (ListUsersResponse);
}

message User {}

message UserV2 {}
`,
      *find(api) {
        yield* versioned('service', protobuf.services(api));
        yield* versioned('rpc', protobuf.rpcs(api));
        yield* versioned('message', [...protobuf.messages(api)]);
        yield* versioned('enum', protobuf.enums(api));
      },
    },
  },
});

interface Named {
  readonly name: string;
  readonly at: Place;
}

const replace =
  'Let the new one replace the old under its own name, in a new version of the API where that breaks callers.';

/** A version that most names share is that of a package they come from, as in `v1ListOrders`, and says nothing of each. */
function* versioned(what: string, names: readonly Named[], help = replace): Generator<Finding> {
  const found = names.flatMap(({ name, at }) => {
    const version = versionIn(name);
    return version === undefined ? [] : [{ name, at, version }];
  });
  if (found.length * 2 > names.length) return;
  for (const { name, at, version } of found) {
    const message = `The ${what} \`${name}\` carries the version \`${version}\`.`;
    yield { at, message, help };
  }
}

/** `v2` as a word at the beginning or end of a name. Dotted names are those of packages. */
function versionIn(name: string): string | undefined {
  if (name.includes('.')) return undefined;
  const words = split(name);
  if (words.length < 2) return undefined;
  return [words.at(-1)!, words[0]!].find((word) => /^v\d+$/.test(word));
}
