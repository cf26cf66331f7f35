import { describe, expect, it } from 'vitest';
import {
  addFirstValue,
  addImport,
  addSyntax,
  raiseComment,
  removeImport,
  removeModifier,
  renameDefinition,
  renameEnumValue,
  renameMember,
  reserve,
  setFileOption,
  sortImports,
} from '../../../src/languages/protobuf/edit.ts';
import type { Protobuf } from '../../../src/languages/protobuf/protobuf.ts';
import { enums, fields, files, messages, rpcs, services } from '../../../src/languages/protobuf/select.ts';
import type { ProtoFile } from '../../../src/languages/protobuf/tree.ts';
import { edited } from '../../edited.ts';
import { apiOf } from './api.ts';

const message = (api: Protobuf, name: string) => messages(api).find((one) => one.name === name)!.node;
const value = (api: Protobuf, name: string) =>
  enums(api)
    .flatMap(({ values }) => values)
    .find((one) => one.name === name)!.node;
const field = (api: Protobuf, name: string) => fields(api).find((one) => one.name === name)!.node;
const fileOf = (text: string): ProtoFile => apiOf(text).files[0]!;
const importsOf = (text: string) => files(apiOf(text))[0]!.imports;

describe('a definition', () => {
  it('is renamed where it is defined and used, in all files and however it is named', () => {
    const api = apiOf({
      'a/v1/a.proto':
        'syntax = "proto3"; package a.v1; message order { message line {} enum state { X = 0; } line one = 1; order.line two = 2; }',
      'a/v1/b.proto':
        'syntax = "proto3"; package a.v1; import "a/v1/a.proto"; service S { rpc Get(order) returns (stream .a.v1.order.line); }\n' +
        'message Other { map<string, a.v1.order> all = 1; order.state state = 2; string order = 3; }',
    });
    expect(edited(renameDefinition(api, message(api, 'order'), 'Order'))).toEqual([
      'syntax = "proto3"; package a.v1; message Order { message line {} enum state { X = 0; } line one = 1; Order.line two = 2; }',
      'syntax = "proto3"; package a.v1; import "a/v1/a.proto"; service S { rpc Get(Order) returns (stream .a.v1.Order.line); }\n' +
        'message Other { map<string, a.v1.Order> all = 1; Order.state state = 2; string order = 3; }',
    ]);
  });

  it.each([
    ['the name is taken', 'message a {} enum A { X = 0; }'],
    ['a file cannot be read', 'message a {} message B { string = 1; }'],
    ['an option names it', 'message a { option (acme.kind) = "a"; }'],
    ['a comment sends readers to it', '// Deprecated: see a.\nmessage B {} message a {}'],
    ['something else of the new name is used', 'message a {} message B { message C { A a1 = 1; } message A {} }'],
    ['white space stands in a name', 'message a { message C {} } message B { a . C c = 1; }'],
  ])('keeps its name where %s', (_, text) => {
    const api = apiOf(`syntax = "proto3"; package p.v1; ${text}`);
    expect(renameDefinition(api, message(api, 'a'), 'A')).toEqual([]);
  });

  it('keeps its name where it is a group', () => {
    const api = apiOf('message M { optional group Some_G = 1 {} }');
    expect(renameDefinition(api, message(api, 'Some_G'), 'SomeG')).toEqual([]);
    expect(renameMember(api, fields(api)[0]!.node, 'SomeG')).toEqual([]);
  });

  it('that is a service is renamed', () => {
    const api = apiOf('syntax = "proto3"; service Orders {}');
    expect(edited(renameDefinition(api, services(api)[0]!.node, 'OrderService'))).toEqual([
      'syntax = "proto3"; service OrderService {}',
    ]);
  });
});

describe('a member', () => {
  it('keeps its name where another one has it, in another case too, or is about to get it', () => {
    const api = apiOf(
      'syntax = "proto3"; message M { string aB = 1; oneof a_b { string cD = 2; string C_d = 3; string e_F = 4; } }',
    );
    expect(renameMember(api, field(api, 'aB'), 'a_b')).toEqual([]);
    expect(renameMember(api, field(api, 'cD'), 'c_d')).toEqual([]);
    expect(edited(renameMember(api, field(api, 'e_F'), 'e_f'))[0]).toContain('string e_f = 4;');
  });

  it('that paths of http name keeps its name', () => {
    const api = apiOf(
      'syntax = "proto3"; import "google/api/annotations.proto"; message R { string orderId = 1; string userId = 2; }\n' +
        'service S { rpc Get(R) returns (R) { option (google.api.http) = { get: "/v1/orders/{orderId}" }; } }',
    );
    expect(renameMember(api, field(api, 'orderId'), 'order_id')).toEqual([]);
    expect(renameMember(api, field(api, 'userId'), 'user_id')).toHaveLength(1);
  });

  it('that is an rpc is not named like a type that is used', () => {
    const api = apiOf(
      'syntax = "proto3"; message Get {} service S { rpc get(Get) returns (Get); rpc put(Get) returns (Get); }',
    );
    const [get, put] = rpcs(api);
    expect(renameMember(api, get!.node, 'Get')).toEqual([]);
    expect(edited(renameMember(api, put!.node, 'Put'))[0]).toContain('rpc Put(Get)');
  });
});

describe('a value', () => {
  it('is renamed in defaults of its enum', () => {
    const api = apiOf(
      'enum E { a = 0; } enum F { f = 0; } message M { optional E e = 1 [default = a]; optional F b = 2 [default = f]; }',
    );
    expect(edited(renameEnumValue(api, value(api, 'a'), 'E_A'))).toEqual([
      'enum E { E_A = 0; } enum F { f = 0; } message M { optional E e = 1 [default = E_A]; optional F b = 2 [default = f]; }',
    ]);
  });

  it('keeps its name where the scope around the enum has the other one, or a sibling differs by the prefix alone', () => {
    const api = apiOf('syntax = "proto3"; message M { enum E { A = 0; B = 1; E_B = 2; } enum F { E_A = 0; } }');
    expect(renameEnumValue(api, value(api, 'A'), 'E_A')).toEqual([]);
    expect(renameEnumValue(api, value(api, 'B'), 'E_B')).toEqual([]);
  });

  it('comes first, behind options', () => {
    const api = apiOf('enum E {\n  option allow_alias = true;\n  // One.\n  ONE = 1;\n}\nenum F { TWO = 2; }');
    const [one, two] = enums(api);
    expect(edited(addFirstValue(api, one!.node, 'E_UNSPECIFIED'))[0]).toContain(
      'true;\n  // Stands for what nobody has set.\n  E_UNSPECIFIED = 0;\n  // One.\n  ONE = 1;',
    );
    expect(edited(addFirstValue(api, two!.node, 'F_UNSPECIFIED'))[0]).toContain(
      'enum F { F_UNSPECIFIED = 0; TWO = 2; }',
    );
    expect(addFirstValue(api, two!.node, 'ONE')).toEqual([]);
  });
});

describe('imports', () => {
  const head = 'syntax = "proto3";\n\n';

  it.each([
    ['// Of b.\nimport "b.proto"; // why\nimport "c.proto";\n', '// Of b.\nimport "c.proto";\n'],
    [
      'import "a.proto";\n// Of b.\nimport "b.proto"; // why\nimport "c.proto";\n',
      'import "a.proto";\nimport "c.proto";\n',
    ],
    ['import "a.proto";\n\n// Of b.\nimport "b.proto";\n\nmessage M {}\n', 'import "a.proto";\n\nmessage M {}\n'],
    ['// Copyright\nimport "b.proto";\n', '// Copyright\n'],
    ['import "a.proto"; import "b.proto"; import "c.proto";', 'import "a.proto"; import "c.proto";'],
  ])('%j lose one', (text, wanted) => {
    const node = importsOf(head + text).find(({ path }) => path.value === 'b.proto')!;
    expect(edited(removeImport(node))).toEqual([head + wanted]);
  });

  it('that are all unused go as one', () => {
    const imports = importsOf(`${head}import "a.proto";\nimport "b.proto";\n\nmessage M {}\n`);
    const [first, second] = imports.map((node) => edited(removeImport(node, imports)));
    expect(first).toEqual([`${head}message M {}\n`]);
    expect(second).toEqual(first);
  });

  it('lose their modifier', () => {
    expect(edited(removeModifier(importsOf(`${head}import weak  "a.proto";`)[0]!))).toEqual([
      `${head}import "a.proto";`,
    ]);
  });

  it.each([
    ['import "a.proto";\nimport "d.proto";\n', 'import "a.proto";\nimport "c.proto";\nimport "d.proto";\n'],
    ['import "a.proto"; // A\n', 'import "a.proto"; // A\nimport "c.proto";\n'],
    ['package p;\n\nmessage M {}\n', 'package p;\n\nimport "c.proto";\n\nmessage M {}\n'],
    ['package p; // P\nmessage M {}\n', 'package p; // P\n\nimport "c.proto";\n\nmessage M {}\n'],
    ['message M {}\n', 'import "c.proto";\n\nmessage M {}\n'],
  ])('%j get one', (text, wanted) => {
    const api = apiOf(head + text);
    expect(edited(addImport(api, api.files[0]!, 'c.proto', undefined))).toEqual([head + wanted]);
  });

  it('get one among those of its folder', () => {
    const api = apiOf(`${head}import "x/v1/a.proto";\n\nimport "google/a.proto";\n`);
    expect(edited(addImport(api, api.files[0]!, 'x/v1/c.proto', undefined))).toEqual([
      `${head}import "x/v1/a.proto";\nimport "x/v1/c.proto";\n\nimport "google/a.proto";\n`,
    ]);
  });

  it('do not come to lead in a circle', () => {
    const api = apiOf({
      'a.proto': 'syntax = "proto3"; import "b.proto";',
      'b.proto': 'syntax = "proto3"; import "c.proto";',
      'c.proto': 'syntax = "proto3"; package c;',
    });
    expect(addImport(api, api.files[2]!, 'a.proto', api.files[0]!)).toEqual([]);
  });

  it.each([
    ['import "b.proto"; // b\n// Of a.\nimport "a.proto";\n', '// Of a.\nimport "a.proto";\nimport "b.proto"; // b\n'],
    ['// All:\nimport "b.proto";\nimport "a.proto";\n', undefined],
  ])('%j are sorted', (text, wanted) => {
    expect(edited(sortImports(importsOf(head + text)))[0]).toBe(wanted && head + wanted);
  });
});

describe('numbers', () => {
  it.each([
    ['message M {\n  // A.\n  string a = 1;\n}', 'message M {\n  reserved 2, 4;\n  // A.\n  string a = 1;\n}'],
    [
      'message M {\n  reserved 9 to 11; // old\n  reserved "x";\n}',
      'message M {\n  reserved 9 to 11, 2, 4; // old\n  reserved "x";\n}',
    ],
    ['message M { string a = 1; }', 'message M { reserved 2, 4; string a = 1; }'],
    ['message M {\n  // M.\n\n  string a = 1;\n}', 'message M {\n  // M.\n\n  reserved 2, 4;\n  string a = 1;\n}'],
    ['message M {\n  // M.\n\n  // Fields:\n\n  string a = 1;\n}', undefined],
  ])('are reserved in %j', (text, wanted) => {
    const api = apiOf(`syntax = "proto3";\n${text}`);
    expect(edited(reserve(message(api, 'M'), [2, 4]))[0]).toBe(wanted && `syntax = "proto3";\n${wanted}`);
  });
});

describe('a comment', () => {
  it.each([
    ['message M { // M.\n  string a = 1;\n}', 'M', '// M.\nmessage M {\n  string a = 1;\n}'],
    [
      'message M {\n  string M = 1 [deprecated = true];\t// a\n}',
      'a',
      'message M {\n  // a\n  string M = 1 [deprecated = true];\n}',
    ],
    ['message M {\n  string M = 1; // one\n                // two\n}', 'a', undefined],
    ['message M {\n  string M = 1; // buf:lint:ignore X\n}', 'a', undefined],
    ['message M {\n  // Above.\n  string M = 1; // a\n}', 'a', undefined],
    ['message M {\n  string M = 1; /* a */\n}', 'a', undefined],
    ['message M { string M = 1; // a\n}', 'a', undefined],
  ])('behind a statement of %j is raised', (text, which, wanted) => {
    const api = apiOf(text);
    const node = which === 'M' ? message(api, 'M') : field(api, 'M');
    expect(edited(raiseComment(node))[0]).toBe(wanted);
  });
});

describe('a file', () => {
  it.each([
    ['// Copyright\npackage p;\n', '// Copyright\nsyntax = "proto3";\n\npackage p;\n'],
    ['// What p is.\npackage p;\n', 'syntax = "proto3";\n\n// What p is.\npackage p;\n'],
    ['/* one */ package p;\n', 'syntax = "proto3";\n\n/* one */ package p;\n'],
  ])('%j says its syntax', (text, wanted) => {
    expect(edited(addSyntax(fileOf(text), 'proto3'))).toEqual([wanted]);
  });

  it.each([
    ['package p;\noption b = "1"; // b\nmessage M {}', '"2"', 'package p;\noption b = "2"; // b\nmessage M {}'],
    [
      'package p;\noption a = "1"; // a\noption c = "3";',
      '"2"',
      'package p;\noption a = "1"; // a\noption b = "2";\noption c = "3";',
    ],
    ['package p;\nimport "x.proto";\n', '"2"', 'package p;\nimport "x.proto";\n\noption b = "2";\n'],
    ['package p;\n\noption b = "1"; // b\n\nmessage M {}\n', null, 'package p;\n\nmessage M {}\n'],
  ])('%j sets an option to %s', (text, written, wanted) => {
    expect(edited(setFileOption(fileOf(text), 'b', written))).toEqual([wanted]);
  });
});
