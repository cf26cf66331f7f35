import { describe, expect, it, test } from 'vitest';
import {
  enums,
  enumValues,
  fields,
  files,
  messages,
  optionOf,
  options,
  optionsOf,
  packages,
  rpcs,
  services,
} from '../../../src/languages/protobuf/select.ts';
import { apiOf, textAt } from './api.ts';

const api = apiOf(`syntax = "proto3";
package user.v1;
import "google/protobuf/empty.proto";
option java_package = "x";
message User {
  string email_address = 1 [deprecated = true];
  optional int32 _age_in__years = 2 [json_name = "age"];
  repeated Role roles = 3;
  map<string, Role> by_name = 4;
  oneof contact { string phone = 5; User.Card card = 6; }
  message Card { Missing m = 0x10; }
  enum Role { ROLE_UNSPECIFIED = 0; ADMIN = -1; }
}
extend User { optional string note = 100; }
service Users {
  option deprecated = true;
  rpc GetUser(User.Card) returns (User) {
    option (google.api.http) = {
      get: "/v1/{card.id=users/*}/{x}"
      additional_bindings { post: "/v1/users:get" body: "*" }
      additional_bindings: [{ custom: { kind: "HEAD" path: "/v1/h" } response_body: "name" }]
    };
  }
  rpc ListUsers(google.protobuf.Empty) returns (stream User) { option (.google.api.http).get = "/v1/" "users"; }
  rpc Getaway(stream User) returns (stream User);
}
`);

describe('the selectors', () => {
  it('give files and packages', () => {
    expect(files(api).map((file) => [file.path, file.edition, file.package, file.imports.length])).toEqual([
      ['test.proto', 'proto3', 'user.v1', 1],
    ]);
    expect(packages(api).map(({ name, at }) => [name, at.element, textAt(at)])).toEqual([
      ['user.v1', 'user.v1', 'user.v1'],
    ]);
  });

  test.each([
    ['message A {}', 'proto2'],
    ['syntax = "proto2";', 'proto2'],
    ['edition = "2023";', '2023'],
  ])('tell the edition of %j', (text, edition) => {
    expect(files(apiOf(text))[0]!.edition).toBe(edition);
  });

  it('give messages with their fields', () => {
    expect(messages(api).map((message) => [message.fullName, message.fields.map(({ name }) => name)])).toEqual([
      ['user.v1.User', ['email_address', '_age_in__years', 'roles', 'by_name', 'phone', 'card']],
      ['user.v1.User.Card', ['m']],
    ]);
    expect(messages(api)[0]!.oneofs.map(({ name }) => name.text)).toEqual(['contact']);
  });

  it('give fields with what they say', () => {
    const rows = fields(api).map((field) => [
      field.at.element,
      field.label,
      field.kind,
      field.type,
      field.number,
      field.jsonName,
      field.oneof?.name.text ?? null,
    ]);
    expect(rows).toEqual([
      ['user.v1.User.email_address', null, 'scalar', 'string', 1, 'emailAddress', null],
      ['user.v1.User._age_in__years', 'optional', 'scalar', 'int32', 2, 'age', null],
      ['user.v1.User.roles', 'repeated', 'enum', 'user.v1.User.Role', 3, 'roles', null],
      ['user.v1.User.by_name', null, 'map', 'user.v1.User.Role', 4, 'byName', null],
      ['user.v1.User.phone', null, 'scalar', 'string', 5, 'phone', 'contact'],
      ['user.v1.User.card', null, 'message', 'user.v1.User.Card', 6, 'card', 'contact'],
      ['user.v1.User.Card.m', null, 'unknown', 'Missing', 16, 'm', null],
      ['user.v1.note', 'optional', 'scalar', 'string', 100, 'note', null],
    ]);
    expect(fields(api).map(({ typeAt, at, numberAt }) => [typeAt, at, numberAt].map(textAt).join(' '))).toEqual([
      'string email_address 1',
      'int32 _age_in__years 2',
      'Role roles 3',
      'map<string, Role> by_name 4',
      'string phone 5',
      'User.Card card 6',
      'Missing m 0x10',
      'string note 100',
    ]);
    expect(fields(api).at(-1)!.extend?.extendee.text).toBe('User');
  });

  it('give enums and values', () => {
    expect(enums(api).map(({ fullName, values }) => [fullName, values.length])).toEqual([['user.v1.User.Role', 2]]);
    expect(
      enumValues(api).map(({ at, number, numberAt }) => [at.element, textAt(at), number, textAt(numberAt)]),
    ).toEqual([
      ['user.v1.User.Role.ROLE_UNSPECIFIED', 'ROLE_UNSPECIFIED', 0, '0'],
      ['user.v1.User.Role.ADMIN', 'ADMIN', -1, '-1'],
    ]);
  });

  it('give services and rpcs', () => {
    expect(services(api).map((service) => [service.fullName, service.rpcs.length])).toEqual([['user.v1.Users', 3]]);
    const rows = rpcs(api).map((rpc) => [
      rpc.fullName,
      rpc.service.name.text,
      `${rpc.role} ${rpc.noun}`,
      rpc.streaming,
      rpc.request?.type,
      rpc.request && textAt(rpc.request.at),
      rpc.response?.type,
    ]);
    expect(rows).toEqual([
      ['user.v1.Users.GetUser', 'Users', 'Get User', 'none', 'user.v1.User.Card', 'User.Card', 'user.v1.User'],
      [
        ...['user.v1.Users.ListUsers', 'Users', 'List Users', 'server', 'google.protobuf.Empty'],
        ...['google.protobuf.Empty', 'user.v1.User'],
      ],
      ['user.v1.Users.Getaway', 'Users', 'custom ', 'both', 'user.v1.User', 'User', 'user.v1.User'],
    ]);
  });

  it('give the ways to call an rpc over HTTP', () => {
    const rows = rpcs(api).map(({ http }) =>
      http.map(({ at, methodAt, bodyAt, variables, ...binding }) => [
        ...Object.values(binding),
        textAt(methodAt),
        bodyAt && textAt(bodyAt),
        textAt(at),
        variables.map(({ field, pattern }) => `${field}=${pattern}`).join(),
      ]),
    );
    const path = '/v1/{card.id=users/*}/{x}';
    expect(rows).toEqual([
      [
        ['GET', path, null, null, false, 'get', null, `"${path}"`, 'card.id=users/*,x=null'],
        ['POST', '/v1/users:get', '*', null, true, 'post', '"*"', '"/v1/users:get"', ''],
        ['HEAD', '/v1/h', null, 'name', true, 'custom', null, '"/v1/h"', ''],
      ],
      [['GET', '/v1/users', null, null, false, 'get', null, '"/v1/" "users"', '']],
      [],
    ]);
  });

  it('give options', () => {
    expect(options(api).map(({ name }) => name.text)).toEqual([
      'java_package',
      'deprecated',
      'json_name',
      'deprecated',
      '(google.api.http)',
      '(.google.api.http).get',
    ]);
    expect(optionsOf(api.files[0]!).map(({ name }) => name.text)).toEqual(['java_package']);
    expect(optionOf(rpcs(api)[1]!.node, '(google.api.http).get')).toBe(options(api)[5]);
    expect(optionOf(fields(api)[0]!.node, 'deprecated')?.value).toMatchObject({ kind: 'word', text: 'true' });
    expect(optionOf(fields(api)[1]!.node, 'deprecated')).toBeUndefined();
  });

  it('remember their answers', () => {
    expect(fields(api)).toBe(fields(api));
    expect(messages(api)[0]!.fields[0]).toBe(fields(api)[0]);
  });
});

describe('suppressions', () => {
  test.each([
    [
      'above a statement',
      '// apiarch-ignore a/b: why\nmessage A {\n  string x = 1;\n}',
      'message A {\n  string x = 1;\n}',
    ],
    ['behind a field', 'message A {\n  string x = 1; // apiarch-ignore a/b: why\n}', 'string x = 1;'],
    ['behind a brace', 'message A { // apiarch-ignore a/b: why\n}', 'message A { // apiarch-ignore a/b: why\n}'],
    ['amid comments', '// doc\n// apiarch-ignore a/b: why\n// more\nenum E { X = 0; }', 'enum E { X = 0; }'],
    ['in a block comment', 'message A {\n/* apiarch-ignore a/b: why */\nstring x = 1;\n}', 'string x = 1;'],
    [
      'in an aggregate',
      'option (x) = {\n  // apiarch-ignore a/b: why\n  y: 1\n};',
      'option (x) = {\n  // apiarch-ignore a/b: why\n  y: 1\n};',
    ],
    ["at a block's end", 'message A {\n  string x = 1;\n  // apiarch-ignore a/b: why\n}', null],
    ['at the end of the file', 'message A {}\n// apiarch-ignore a/b: why', null],
    ['behind the last line of a block', 'message A {\n} // apiarch-ignore a/b: why\nmessage B {}', null],
  ])('%s', (_, text, covered) => {
    const [suppression, ...others] = apiOf(text).suppressions();
    expect(others).toEqual([]);
    expect(suppression).toMatchObject({ rules: ['a/b'], reason: 'why' });
    expect(textAt(suppression!.at)).toMatch(/^(?:\/\/|\/\*) apiarch-ignore a\/b: why/);
    const { covers } = suppression!;
    expect(covers && text.slice(covers.start, covers.end)).toBe(covered);
  });

  it('for a whole file', () => {
    const text = 'message A {}\n// apiarch-ignore-file a/b, c/*: why\n';
    expect(apiOf(text).suppressions()).toMatchObject([
      { rules: ['a/b', 'c/*'], covers: { start: 0, end: text.length } },
    ]);
  });
});
