import { describe, expect, it } from 'vitest';
import { findInExample } from '../../../src/commands/examples.ts';
import { rules } from '../../../src/rules/index.ts';
import type { Example } from '../../../src/rules/rule.ts';

/** The names in backticks that a naming rule begins its messages with. */
async function found(name: string, language: 'graphql' | 'protobuf', example: Example): Promise<string[]> {
  const rule = rules.find(({ id }) => id === `naming/${name}`);
  if (!rule) throw new Error(`There is no rule naming/${name}.`);
  const problems = await findInExample(rule, language, example, rules);
  return problems.map(({ message }) => /`([^`]*)`/.exec(message)?.[1] ?? message);
}

const inGraphql = (name: string, text: string) => found(name, 'graphql', text);
const inProto = (name: string, text: string) => found(name, 'protobuf', `syntax = "proto3";\n${text}`);

describe('names in GraphQL', () => {
  it('may have acronyms, digits and underscores in front', async () => {
    const fields = '_: Int _empty: Boolean userID: ID htmlURL: String sha256: String _service: String __id: ID a: Int';
    expect(await inGraphql('field-case', `type Query { ${fields} }`)).toEqual([]);
    expect(await inGraphql('field-case', 'type A { user_id: ID UserId: ID id_: ID URL: String }')).toEqual([
      'user_id',
      'UserId',
      'id_',
      'URL',
    ]);
  });

  it('are judged in extensions and fragments alike', async () => {
    expect(
      await inGraphql('field-case', 'extend type Query { first_name: Unknown }\nextend input A { b_c: D }'),
    ).toEqual(['first_name', 'b_c']);
    expect(await inGraphql('type-case', 'extend type user_profile @key(fields: "id") { id: ID! }')).toEqual([]);
  });

  it('of types may be acronyms, and federation’s', async () => {
    const text = 'type URL\nenum STATUS { A }\nunion _Entity = URL\nscalar _Any\ntype HTMLPage2\ntype iPhone\ntype A_B';
    expect(await inGraphql('type-case', text)).toEqual(['iPhone', 'A_B']);
  });

  it('that follow another style throughout are one finding', async () => {
    const many = Array.from({ length: 12 }, (_, i) => `the_${'field'.padEnd(i + 6, 'x')}: Int`).join(' ');
    expect(await inGraphql('field-case', `type A { ${many} id: ID! }`)).toHaveLength(1);
    expect(await inGraphql('field-case', `type A { ${many} id: ID! otherId: ID oddId: ID Big: Int }`)).toHaveLength(2);
  });

  it('of values may have underscores and digits anywhere', async () => {
    expect(await inGraphql('enum-value-case', 'enum A { A_B _C D__E F2 g Hi }')).toEqual(['g', 'Hi']);
  });

  it('of arguments are judged once, at the interface', async () => {
    const text = 'interface A { f(a_b: Int): Int }\ntype B implements A { f(a_b: Int, c_d: Int): Int }';
    expect(await inGraphql('parameter-case', text)).toEqual(['a_b', 'c_d']);
  });

  it('repeat the type only where what is left can stand alone', async () => {
    const user =
      'type User { userId: ID userName: String userIn: Int user: User username: String userState: UserState }';
    expect(await inGraphql('field-no-type-prefix', user)).toEqual(['userId', 'userName']);
    expect(await inGraphql('field-no-type-prefix', 'type Query { queryId: ID }\ntype A { id: ID aId: ID }')).toEqual(
      [],
    );
    expect(await inGraphql('field-no-type-prefix', 'extend type User { userEmail: String }')).toEqual(['userEmail']);
  });

  it.each([
    ['createUser', 'CreateUserInput', []],
    ['userCreate', 'CreateUserInput', []],
    ['create_user', 'CreateUserInput', []],
    ['teamUserCreate', 'UserCreateInput', []],
    ['pageTranslate', 'PageTranslationInput', []],
    ['updateUser', 'UserInput', ['updateUser']],
    ['updateUser', 'CreateUserInput', ['updateUser']],
    ['updateUser', 'UserPatch', ['UserPatch']],
  ])('the input of %s may be called %s or not', async (mutation, input, expected) => {
    const text = `type Mutation { ${mutation}(input: ${input}!): A }\ninput ${input} { id: ID }`;
    expect(await inGraphql('input-suffix', text)).toEqual(expected);
  });

  it('of payloads that the document does not define are not judged', async () => {
    expect(await inGraphql('payload-suffix', 'type Mutation { createUser: User deleteUser: Boolean! }')).toEqual([]);
    const user = 'type User { id: ID! }';
    expect(await inGraphql('payload-suffix', `extend type Mutation { createUsers: [User!]! }\n${user}`)).toEqual([
      'createUsers',
    ]);
  });
});

describe('names in .proto files', () => {
  it.each([
    ['a', []],
    ['line_2', []],
    ['sha256_hash', []],
    ['user_1st', []],
    ['userId', ['userId']],
    ['user__id', ['user__id']],
    ['user_id_', ['user_id_']],
    ['_user_id', ['_user_id']],
    ['ID', ['ID']],
  ])('of fields: %s', async (name, expected) => {
    expect(await inProto('field-case', `message A { string ${name} = 1; }`)).toEqual(expected);
    expect(await inProto('field-case', `message A { oneof b { string ${name} = 1; } }`)).toEqual(expected);
    expect(await inProto('field-case', `message A { message B { map<string, int32> ${name} = 1; } }`)).toEqual(
      expected,
    );
    expect(await inProto('field-case', `extend A { string ${name} = 1; }`)).toEqual(expected);
  });

  it('of groups are those of messages', async () => {
    const text = 'syntax = "proto2";\nmessage A { optional group Result = 1 { optional string Url = 2; } }';
    expect(await found('field-case', 'protobuf', text)).toEqual(['Url']);
    expect(await found('type-case', 'protobuf', text)).toEqual([]);
  });

  it.each([
    ['HTTPMode', 'HTTP_MODE'],
    ['Test1', 'TEST1'],
    ['FooBAR', 'FOO_BAR'],
    ['FooBARBaz', 'FOO_BAR_BAZ'],
    ['V2Ray', 'V2_RAY'],
  ])('of values begin with that of their enum: %s', async (name, prefix) => {
    expect(await inProto('enum-value-prefixed', `enum ${name} { ${prefix}_A = 0; ${prefix}B = 1; B = 2; }`)).toEqual([
      `${prefix}B`,
      'B',
    ]);
  });

  it.each([
    ['STATE_UNSPECIFIED = 0;', []],
    ['UNSPECIFIED = 0;', ['UNSPECIFIED']],
    ['STATE_UNKNOWN = 0;', ['STATE_UNKNOWN']],
    ['STATE_NONE = 0;', []],
    ['STATE_UNSPECIFIEd = 0;', ['STATE_UNSPECIFIEd']],
    ['A = 1; B = 0;', ['State', 'B']],
    ['option allow_alias = true; STATE_UNSPECIFIED = 0; OTHER = 0;', []],
  ])('of zero values: %s', async (values, expected) => {
    expect(await inProto('enum-zero-unspecified', `message A { enum State { ${values} } }`)).toEqual(expected);
  });

  it.each([
    ['acme.user.v1', []],
    ['acme.user_account.v1p1beta1', []],
    ['acme.User', ['acme.User']],
    ['acme._user', ['acme._user']],
    ['acme.user__account', ['acme.user__account']],
  ])('of packages: %s', async (name, expected) => {
    expect(await inProto('package-case', `package ${name};`)).toEqual(expected);
  });

  it.each([
    ['user_service.proto', []],
    ['user2.proto', []],
    ['userService.proto', ['userService.proto']],
    ['user-service.proto', ['user-service.proto']],
    ['user.service.proto', ['user.service.proto']],
    ['v1.proto', ['v1.proto']],
    ['v1beta1.proto', ['v1beta1.proto']],
  ])('of files: %s', async (path, expected) => {
    expect(await found('file-case', 'protobuf', { [`a/${path}`]: 'syntax = "proto3";' })).toEqual(expected);
  });

  it('of requests and responses follow the rpc, standard methods aside', async () => {
    const rpcs = `
      rpc GetUser(GetUserRequest) returns (User);
      rpc GetTeamUser(a.b.UserServiceGetTeamUserRequest) returns (User);
      rpc UpdateUser(stream UpdateUserRequest) returns (stream .a.User);
      rpc DeleteUser(GetUserRequest) returns (google.protobuf.Empty);
      rpc MoveUser(google.protobuf.Empty) returns (User);
      rpc ExportUsers(ExportUsersRequest) returns (google.longrunning.Operation);
      rpc getUser(GetUserRequest) returns (User);
      rpc Delete(DeleteRequest) returns (google.protobuf.Empty);`;
    expect(await inProto('input-suffix', `service UserService {${rpcs}\n}`)).toEqual(['DeleteUser', 'MoveUser']);
    expect(await inProto('payload-suffix', `service UserService {${rpcs}\n}`)).toEqual(['Delete']);
  });

  it('of times end in _time, or in _at where an API keeps to that', async () => {
    const times = (...names: string[]) =>
      `import "google/protobuf/timestamp.proto";\nmessage A { ${names.map((name, i) => `google.protobuf.Timestamp ${name} = ${i + 1};`).join(' ')} }`;
    expect(await inProto('time-field-suffix', times('created_at', 'updated_at', 'delete_time'))).toEqual([
      'delete_time',
    ]);
    expect(await inProto('time-field-suffix', times('created_at', 'start_time'))).toEqual(['created_at']);
    expect(await inProto('time-field-suffix', times('time', 'timestamp', 'created_before', 'now'))).toEqual([]);
  });

  it('of segments in path templates are read within variables and before verbs', async () => {
    const rpc = (path: string) =>
      `import "google/api/annotations.proto";\nservice A { rpc B(C) returns (D) { option (google.api.http) = { get: "${path}" }; } }`;
    expect(await inProto('path-case', rpc('/v1/{name=a_b/*/cD/**}/{e_f}:doIt_now'))).toEqual(['a_b']);
    expect(await inProto('path-case', rpc('/v1/shipping-addresses/{id}'))).toEqual([]);
    expect(await inProto('path-collection-plural', rpc('/v1/{a.name=order/*}/user/{user_id}'))).toEqual([
      'order',
      'user',
    ]);
    expect(await inProto('path-no-verb', rpc('/v1/{name=users/*}:getDetails'))).toEqual([]);
    for (const broken of ['', '/', '{', '/v1/{', '/{a=', '/{a={b}}', ':', '//', '/a:b:c']) {
      expect(await inProto('path-case', rpc(broken))).toEqual([]);
      expect(await inProto('path-depth', rpc(broken))).toEqual([]);
    }
  });
});
