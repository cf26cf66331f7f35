/**
 * Small files and what is wrong with them: `aspect token` for each departure, or `syntax token`; nothing where compilers accept
 * them. The verdicts were compared with those of protoc 35.1, but for the cases that say otherwise.
 */
export interface Case {
  readonly text: string;
  readonly others?: Readonly<Record<string, string>>;
  readonly wrong: readonly string[];
}

const p2 = (body: string): string => `syntax = "proto2"; package p;\n${body}`;
const p3 = (body: string): string => `syntax = "proto3"; package p;\n${body}`;
const e23 = (body: string): string => `edition = "2023"; package p;\n${body}`;
const e24 = (body: string): string => `edition = "2024"; package p;\n${body}`;
const options = 'import "google/protobuf/descriptor.proto";\n';

function of(text: string, ...wrong: string[]): Case {
  return { text, wrong };
}

function among(text: string, others: Readonly<Record<string, string>>, ...wrong: string[]): Case {
  return { text, others, wrong };
}

export const cases: Readonly<Record<string, readonly Case[]>> = {
  'the numbers of fields': [
    of(p3('message A { string a = 1; string b = 536870911; string c = 18999; string d = 20000; }')),
    of(p3('message A { string a = 0x10; string b = 017; }')),
    of(p3('message A { string a = 0; }'), 'shape 0'),
    of(p3('message A { string a = -1; }'), 'shape -1'),
    of(p3('message A { string a = 536870912; }'), 'shape 536870912'),
    of(p3('message A { string a = 99999999999999999999; }'), 'shape 99999999999999999999'),
    of(p3('message A { string a = 19000; }'), 'shape 19000'),
    of(p3('message A { string a = 19999; }'), 'shape 19999'),
    of(p3('message A { string a = 1; string b = 1; }'), 'duplicate 1'),
    of(p3('message A { string a = 1; oneof o { string b = 1; } }'), 'duplicate 1'),
    of(p3('message A { string a = 1; string b = 0x1; }'), 'duplicate 0x1'),
    of(p3('message A { string a = 08; }'), 'syntax 08'),
    of(p3('message A { string a = 1.0; }'), 'syntax 1.0'),
    of(p3('message A { string a; }'), 'syntax ;'),
    of(p3('message A { map<string, string> a = 0; }'), 'shape 0'),
    of(p2('message A { extensions 100 to 200; optional string a = 100; }'), 'shape 100'),
    of(p2('message A { extensions 100 to 200; optional string a = 99; optional string b = 201; }')),
  ],
  'what is reserved': [
    of(p3('message A { reserved 1, 3 to 5, 9 to max; reserved "a", "b"; string c = 2; string d = 6; }')),
    of(p3('message A { reserved 3 to 5; string a = 3; }'), 'shape 3'),
    of(p3('message A { reserved 3 to 5; string a = 4; string b = 5; string c = 6; }'), 'shape 4', 'shape 5'),
    of(p3('message A { reserved 9 to max; string a = 536870911; }'), 'shape 536870911'),
    of(p3('message A { string b = 7; reserved 8 to max; string a = 8; }'), 'shape 8'),
    of(p3('message A { reserved "a"; string a = 1; }'), 'shape a'),
    of(p3('message A { reserved "a"; oneof o { string a = 1; } }'), 'shape a'),
    of(p3('message A { reserved 1 to 5, 5 to 6; }'), 'shape 5 to 6'),
    of(p3('message A { reserved 1; reserved 1; }'), 'shape 1'),
    of(p3('message A { reserved 5 to 3; }'), 'shape 5 to 3'),
    of(p3('message A { reserved 0; }'), 'shape 0'),
    of(p3('message A { reserved -1; }'), 'shape -1'),
    of(p3('message A { reserved "a", "a"; }'), 'duplicate "a"'),
    of(p3('message A { reserved 1, "a"; }'), 'shape "a"'),
    of(p3('message A { reserved a; }'), 'shape a'),
    of(e23('message A { reserved a, b; reserved 5; }')),
    of(e23('message A { reserved "a"; }'), 'shape "a"'),
    of(e23('message A { reserved a; string a = 1; }'), 'shape a'),
    of(p2('message A { reserved 1 to 10; extensions 5 to 20; }'), 'shape 5 to 20'),
    of(p2('message A { extensions 5 to 20; extensions 20 to 30; }'), 'shape 20 to 30'),
    of(p2('message A { extensions 5 to 20, 21 to max; }')),
    of(p2('message A { extensions "a"; }'), 'shape "a"'),
    of(p2('message A { extensions 20 to 5; }'), 'shape 20 to 5'),
    of(p3('message A { extensions 5 to 20; }'), 'shape extensions'),
    of(p3('message A { reserved 5 [deprecated = true]; }'), 'syntax ['),
    of(p3('message A { reserved; }'), 'syntax ;'),
    of(p3('enum E { A = 0; reserved 1, 3 to 5, 9 to max; reserved "B"; C = 2; }')),
    of(p3('enum E { A = 0; reserved 3 to 5; B = 4; }'), 'shape 4'),
    of(p3('enum E { A = 0; reserved -5 to -3; B = -4; }'), 'shape -4'),
    of(p3('enum E { A = 0; reserved "B"; B = 4; }'), 'shape B'),
    of(p3('enum E { A = 0; reserved 1 to 4, 4; }'), 'shape 4'),
    of(p3('enum E { A = 0; reserved 4 to 1; }'), 'shape 4 to 1'),
    of(p3('enum E { A = 0; reserved "B", "B"; }'), 'duplicate "B"'),
    of(e23('enum E { A = 0; reserved "B"; }'), 'shape "B"'),
  ],
  'labels and groups': [
    of(
      p2(
        'message A { optional string a = 1; required string b = 2; repeated string c = 3; map<string, string> d = 4; }',
      ),
    ),
    of(p2('message A { string a = 1; }'), 'shape string'),
    of(p2('message A { oneof o { string a = 1; group G = 2 { optional int32 b = 1; } } }')),
    of(p2('message A { optional group G = 2 { optional int32 b = 1; } }')),
    of(p2('message A { optional group g = 2 { optional int32 b = 1; } }'), 'shape g'),
    of(p2('message A { group G = 2 { optional int32 b = 1; } }'), 'shape G'),
    of(p2('message A { extensions 5; } extend A { string a = 5; }'), 'shape string'),
    of(p2('message A { extensions 5; } extend A { required string a = 5; }'), 'shape required'),
    of(p2('message A { extensions 5; } extend A { map<string, string> a = 5; }'), 'shape map'),
    of(p3('message A { optional string a = 1; string b = 2; repeated string c = 3; }')),
    of(p3('message A { required string a = 1; }'), 'shape required'),
    of(p3('message A { repeated group G = 2 { int32 b = 1; } }'), 'shape group'),
    of(p3('message A { oneof o { optional string a = 1; } }'), 'shape optional'),
    of(p3('message A { oneof o { repeated string a = 1; } }'), 'shape repeated'),
    of(p3('message A { oneof o { map<string, string> a = 1; } }'), 'shape map'),
    of(p3('message A { repeated map<string, string> a = 1; }'), 'shape repeated'),
    of(p3('message A { optional map<string, string> a = 1; }'), 'shape optional'),
    of(p3('message A { oneof o { } }'), 'shape o'),
    of(p3('message A { oneof o { option deprecated = true; string a = 1; } }'), 'option deprecated'),
    of(p3('message A { oneof o { ; string a = 1; } }'), 'syntax ;'),
    of(e23('message A { string a = 1; repeated string b = 2; map<string, string> c = 3; oneof o { string d = 4; } }')),
    of(e23('message A { optional string a = 1; }'), 'shape optional'),
    of(e23('message A { required string a = 1; }'), 'shape required'),
    of(e23('message A { repeated group G = 2 { int32 b = 1; } }'), 'shape group'),
    of(e23('message A { string a = 1 [features.field_presence = LEGACY_REQUIRED]; }')),
  ],
  maps: [
    of(
      p3(
        'message A { map<string, A> a = 1; map<int32, bytes> b = 2; map<bool, double> c = 3; map<fixed64, E> d = 4; } enum E { Z = 0; }',
      ),
    ),
    of(p3('message A { map<float, A> a = 1; }'), 'shape float'),
    of(p3('message A { map<double, A> a = 1; }'), 'shape double'),
    of(p3('message A { map<bytes, A> a = 1; }'), 'shape bytes'),
    of(p3('message A { map<E, A> a = 1; } enum E { Z = 0; }'), 'shape E'),
    of(p3('message A { map<A, A> a = 1; }'), 'shape A'),
    of(p2('message A { map<string, E> a = 1; } enum E { Z = 1; }'), 'shape E'),
    of(p3('message A { map<string, X> a = 1; }'), 'reference X'),
    of(p3('message A { map<string, string> foo = 1; message FooEntry {} }'), 'duplicate FooEntry'),
    of(p3('message A { map<string, string> foo_bar = 1; message FooBarEntry {} }'), 'duplicate FooBarEntry'),
    of(p3('message A { map<string, map<string, string>> a = 1; }'), 'syntax <'),
  ],
  enums: [
    of(p3('enum E { A = 0; B = 1; C = -1; D = 2147483647; F = -2147483648; }')),
    of(p3('enum E { A = 1; B = 0; }'), 'shape 1'),
    of(p2('enum E { A = 1; B = 0; }')),
    of(e23('enum E { A = 1; }'), 'shape 1'),
    of(e23('enum E { option features.enum_type = CLOSED; A = 1; }')),
    of(e23('option features.enum_type = CLOSED; enum E { A = 1; }')),
    of(p3('enum E { }'), 'shape E'),
    of(p2('enum E { option deprecated = true; }'), 'shape E'),
    of(p3('enum E { A = 0; B = 0; }'), 'duplicate 0'),
    of(p3('enum E { option allow_alias = true; A = 0; B = 0; }')),
    of(p3('enum E { option allow_alias = true; A = 0; B = 1; }'), 'shape allow_alias'),
    of(p3('enum E { option allow_alias = false; A = 0; B = 1; }'), 'shape allow_alias'),
    of(p3('enum E { A = 0; B = 2147483648; }'), 'shape 2147483648'),
    of(p3('enum E { A = 0; B = -2147483649; }'), 'shape -2147483649'),
    of(p3('enum E { A = 0; A = 1; }'), 'duplicate A'),
    of(p3('enum E { E_A = 0; A = 1; }'), 'shape A'),
    of(p3('enum E { FOO = 0; foo = 1; }'), 'shape foo'),
    of(p3('enum FooBar { FOO_BAR_A = 0; FOOBAR_A = 1; }'), 'shape FOOBAR_A'),
    of(p2('enum E { FOO = 0; foo = 1; }'), 'shape foo'),
    of(p2('enum E { option deprecated_legacy_json_field_conflicts = true; FOO = 0; foo = 1; }')),
    of(p3('enum E { option allow_alias = true; E_A = 0; A = 0; }')),
    of(p3('enum E { E_1 = 0; E_2 = 1; E = 2; }'), 'duplicate E'),
    of(p3('enum E { A = 0 }'), 'syntax 0'),
    of(p3('enum E { A; }'), 'syntax ;'),
    of(p3('enum E { A = 0; option = 1; }'), 'syntax option'),
    of(p3('enum E { message = 0; to = 1; }')),
    of(p3('enum E { A = 0; optional B = 1; }'), 'syntax B'),
  ],
  'names that are given twice': [
    of(p3('message A { string a = 1; string a = 2; }'), 'duplicate a'),
    of(p3('message A { string a = 1; oneof a { string b = 2; } }'), 'duplicate a'),
    of(p3('message A { message a {} string a = 1; }'), 'duplicate a'),
    of(p3('message A { } message A { }'), 'duplicate A'),
    of(p3('message A { } enum A { Z = 0; }'), 'duplicate A'),
    of(p3('message A { } service A { }'), 'duplicate A'),
    of(p3('enum D { X = 0; } enum E { X = 0; }'), 'duplicate X'),
    of(p3('message A { enum D { X = 0; } enum E { X = 0; } }'), 'duplicate X'),
    of(p3('message A { enum D { X = 0; } } enum E { X = 0; }')),
    of(p3('message X { } enum E { X = 0; }'), 'duplicate X'),
    of(p3('message M {} service S { rpc A(M) returns (M); rpc A(M) returns (M); }'), 'duplicate A'),
    of(p2('message A { optional group G = 1 {} optional int32 g = 2; }'), 'duplicate g'),
    of(p2('message A { optional group G = 1 {} message G {} }'), 'duplicate G'),
    of(p2('message A { extensions 5; extend A { optional int32 b = 5; } optional int32 b = 1; }'), 'duplicate b'),
    of('syntax = "proto3"; package p; package q;', 'duplicate q'),
    among(p3('import "b.proto"; message A {}'), { 'b.proto': p3('message A {}') }, 'duplicate A'),
    among(
      p3('import "b.proto"; message q {}'),
      { 'b.proto': 'syntax = "proto3"; package p.q; message A {}' },
      'duplicate q',
    ),
  ],
  'names in JSON': [
    of(p3('message A { string foo_bar = 1; string fooBar = 2; }'), 'shape fooBar'),
    of(p3('message A { string foo_bar = 1; string foo__bar = 2; }'), 'shape foo__bar'),
    of(p2('message A { optional string foo_bar = 1; optional string fooBar = 2; }')),
    of(p3('message A { string a = 1; string b = 2 [json_name = "a"]; }'), 'shape "a"'),
    of(p2('message A { optional string a = 1; optional string b = 2 [json_name = "a"]; }')),
    of(
      p2('message A { optional string a = 1 [json_name = "x"]; optional string b = 2 [json_name = "x"]; }'),
      'shape "x"',
    ),
    of(p3('message A { string foo_bar = 1 [json_name = "x"]; string fooBar = 2; }'), 'shape fooBar'),
    of(
      p3('message A { option deprecated_legacy_json_field_conflicts = true; string foo_bar = 1; string fooBar = 2; }'),
    ),
    of(p3('message A { string a = 1 [json_name = "[x]"]; }'), 'shape "[x]"'),
    of(p3('message A { string a = 1 [json_name = x]; }'), 'shape x'),
    of(p2('message A { extensions 5; } extend A { optional string a = 5 [json_name = "x"]; }'), 'shape json_name'),
    of(p3('message A { string a = 1 [json_name = "x", json_name = "y"]; }'), 'duplicate json_name'),
  ],
  extensions: [
    of(p2('message A { extensions 5 to 9; } extend A { optional string a = 5; repeated A b = 9; }')),
    of(p2('message A { extensions 5 to 9; } extend A { optional string a = 10; }'), 'shape 10'),
    of(p2('message A { } extend A { optional string a = 10; }'), 'shape 10'),
    of(p2('enum E { Z = 0; } extend E { optional string a = 10; }'), 'shape E'),
    of(p2('extend X { optional string a = 10; }'), 'reference X'),
    of(p2('extend string { optional string a = 10; }'), 'reference string'),
    of(p2('message A { extensions 5; } extend A { }'), 'shape A'),
    of(p2('message A { extensions 5; } extend A { optional string a = 5; optional string b = 5; }'), 'duplicate 5'),
    of(p3(`${options}extend google.protobuf.FieldOptions { string a = 50000; optional string b = 50001; }`)),
    of(p3(`${options}extend google.protobuf.FieldOptions { string a = 100; }`), 'shape 100'),
    of(p3('extend google.protobuf.FieldOptions { string a = 50000; }'), 'reference google.protobuf.FieldOptions'),
    among(
      p3('import "b.proto"; extend A { string a = 5; }'),
      { 'b.proto': p2('message A { extensions 5; }') },
      'shape A',
    ),
    of(
      p2(
        'message A { option message_set_wire_format = true; extensions 4 to max; } message B { extend A { optional B b = 2147483646; } }',
      ),
    ),
    of(
      p2('message A { option message_set_wire_format = true; optional int32 a = 1; extensions 4 to max; }'),
      'shape a',
    ),
    of(
      p2(
        'message A { option message_set_wire_format = true; extensions 4 to max; } extend A { optional int32 b = 5; }',
      ),
      'shape int32',
    ),
    of(p3('message A { option message_set_wire_format = true; }'), 'shape A'),
  ],
  syntax: [
    of('message A {}'),
    of('message A { string a = 1; string b = 2; }', 'shape string'),
    of('syntax = proto3; message A { string a = 1; }', 'syntax proto3'),
    of(p3('\n  string a = 1;\n  string b = 2;\n}\nmessage B { string a = 1; }'), 'syntax string'),
    of(p3('message A\n  string a = 1;\n}\nmessage B { A a = 1; }'), 'syntax A'),
    of(p3('message A;\n  string a = 1;\n}\nmessage B { A a = 1; }'), 'syntax ;'),
    of('syntax = "proto2"; message A {}'),
    of('syntax = "proto4"; message A {}', 'shape "proto4"'),
    of('syntax = "Proto3"; message A {}', 'shape "Proto3"'),
    of('syntax = "2023"; message A {}', 'shape "2023"'),
    of('edition = "2022"; message A {}', 'shape "2022"'),
    of('edition = "proto3"; message A {}', 'shape "proto3"'),
    of('edition = "2023"; message A {}'),
    of('edition = "2024"; message A {}'),
    of('package p; syntax = "proto3"; message A {}', 'shape syntax'),
    of('syntax = "proto3"; syntax = "proto3"; message A {}', 'duplicate "proto3"'),
    of('syntax = proto3; message A {}', 'syntax proto3'),
    of(p3('message A { string a = 1; string b = 2'), 'syntax {', 'syntax 2'),
    of(p3('message A { } }'), 'syntax }'),
    of(p3('; ; message A { ; string a = 1; ; } ; enum E { ; Z = 0; ; } service S { ; } ;')),
    of(p3('message A { string a = 1 }'), 'syntax 1'),
    of(p3('message 1A { }'), 'syntax 1A'),
    of(p3('/* a /* b */ message A { }'), 'syntax /*'),
    of(p3('option java_package = "a\\q";'), 'syntax \\q'),
    of(p3('option java_package = "\\x41\\101\\u0041\\n\\"";')),
  ],
  imports: [
    among(p3('import "b.proto"; message A { B b = 1; }'), { 'b.proto': p3('message B {}') }),
    among(p3('import public "b.proto"; message A { B b = 1; }'), { 'b.proto': p3('message B {}') }),
    among(p3('import weak "b.proto"; message A { B b = 1; }'), { 'b.proto': p3('message B {}') }),
    among(e24('import weak "b.proto"; message A { B b = 1; }'), { 'b.proto': p3('message B {}') }, 'shape weak'),
    among(p3('import option "b.proto"; message A { }'), { 'b.proto': p3('message B {}') }, 'shape option'),
    among(e24('import option "b.proto"; message A { B b = 1; }'), { 'b.proto': p3('message B {}') }, 'reference B'),
    among(
      p3('import "b.proto"; message A { C c = 1; }'),
      { 'b.proto': p3('import "c.proto"; message B { C c = 1; }'), 'c.proto': p3('message C {}') },
      'reference C',
    ),
    among(p3('import "b.proto"; message A { C c = 1; }'), {
      'b.proto': p3('import public "c.proto";'),
      'c.proto': p3('message C {}'),
    }),
    among(
      p3('import "b.proto"; import "b.proto"; message A { B b = 1; }'),
      { 'b.proto': p3('message B {}') },
      'duplicate "b.proto"',
    ),
    of(p3('import "missing.proto"; message A { B b = 1; }'), 'reference "missing.proto"'),
    of(p3('import "test.proto"; message A { }'), 'shape "test.proto"'),
    of(p3('import "google/protobuf/timestamp.proto"; message A { google.protobuf.Timestamp t = 1; }')),
    of(
      p3('message A { google.protobuf.Timestamp t = 1; google.protobuf.Timestamp u = 2; }'),
      'reference google.protobuf.Timestamp',
    ),
  ],
  types: [
    of(p3('message A { B b = 1; message B { C c = 1; } } message C { A.B b = 1; p.A a = 2; .p.C c = 3; }')),
    of(p3('message A { X x = 1; }'), 'reference X'),
    of(p3('message A { X x = 1; X y = 2; A.X z = 3; }'), 'reference X', 'reference A.X'),
    of(p3('message A { strng x = 1; }'), 'reference strng'),
    of(p3('message A { S s = 1; } service S {}'), 'shape S'),
    of(p3('message A { A.a x = 1; string a = 2; }'), 'reference A.a'),
    of(p3('message A { .A a = 1; }'), 'reference .A'),
    of(p3('message A {} service S { rpc R(A) returns (B); }'), 'reference B'),
    of(p3('message A {} service S { rpc R(string) returns (A); }'), 'reference string'),
    of(p3('message A {} enum E { Z = 0; } service S { rpc R(E) returns (A); }'), 'shape E'),
    of(p3('message A {} service S { rpc R(stream A) returns (stream A); rpc Q(.p.A) returns (p.A) {} }')),
    of(p3('message A {} service S { rpc A(A) returns (.p.A); }'), 'shape A'),
    of(p3('message A {} service S { rpc R(A) return (A); }'), 'syntax return'),
    of(p3('mesage B { string a = 1; } message A { B b = 1; }'), 'syntax mesage'),
    of(p3('struct B { string a = 1; } message A { B b = 1; }'), 'syntax struct'),
    of(p3('message B { string a = 1; message A { B b = 1; }\nmessage C { A a = 1; }'), 'syntax {'),
    among(p3('import "b.proto"; message A { E e = 1; }'), { 'b.proto': p2('enum E { Z = 0; }') }, 'shape E'),
    among(p2('import "b.proto"; message A { optional E e = 1; }'), { 'b.proto': p3('enum E { Z = 0; }') }),
    among(e23('import "b.proto"; message A { E e = 1; }'), { 'b.proto': p2('enum E { Z = 0; }') }),
    among(
      e23('import "b.proto"; message A { E e = 1 [features.field_presence = IMPLICIT]; }'),
      { 'b.proto': p2('enum E { Z = 0; }') },
      'shape E',
    ),
    among(
      e24('import "b.proto"; message A { B b = 1; B.C c = 2; }'),
      { 'b.proto': e24('message B { message C {} }') },
      'reference B.C',
    ),
    among(e24('import "b.proto"; message A { B b = 1; B.C c = 2; }'), {
      'b.proto': e24('message B { export message C {} }'),
    }),
    among(e24('import "b.proto"; message A { B b = 1; }'), { 'b.proto': e24('local message B { }') }, 'reference B'),
    of(p3('export message A { }'), 'shape export'),
    of(e24('export message A { } local enum B { B_UNSPECIFIED = 0; }')),
    among(
      'syntax = "proto3"; package foo.google; import "google/protobuf/empty.proto"; message A { google.protobuf.Empty e = 1; }',
      {},
      'reference google.protobuf.Empty',
    ),
  ],
  'default values': [
    of(
      p2(
        'message A { optional int32 a = 1 [default = -5]; optional string b = 2 [default = "x"]; optional bool c = 3 [default = true]; optional double d = 4 [default = inf]; optional E e = 5 [default = Z]; optional float f = 6 [default = -1.5e3]; optional bytes g = 7 [default = "\\x00"]; optional uint64 h = 8 [default = 0xffffffffffffffff]; } enum E { Z = 0; }',
      ),
    ),
    of(p3('message A { int32 a = 1 [default = 5]; }'), 'shape default'),
    of(p2('message A { optional int32 a = 1 [default = "5"]; }'), 'shape "5"'),
    of(p2('message A { optional int32 a = 1 [default = 5.5]; }'), 'shape 5.5'),
    of(p2('message A { optional int32 a = 1 [default = 2147483648]; }'), 'shape 2147483648'),
    of(p2('message A { optional uint32 a = 1 [default = -1]; }'), 'shape -1'),
    of(p2('message A { optional int64 a = 1 [default = 9223372036854775808]; }'), 'shape 9223372036854775808'),
    of(p2('message A { optional int64 a = 1 [default = -9223372036854775808]; }')),
    of(p2('message A { optional sint32 a = 1 [default = -2147483649]; }'), 'shape -2147483649'),
    of(p2('message A { optional fixed32 a = 1 [default = 4294967296]; }'), 'shape 4294967296'),
    of(p2('message A { optional bool a = 1 [default = 1]; }'), 'shape 1'),
    of(p2('message A { optional string a = 1 [default = x]; }'), 'shape x'),
    of(p2('message A { optional E a = 1 [default = X]; } enum E { Z = 0; }'), 'shape X'),
    of(p2('message A { optional E a = 1 [default = 0]; } enum E { Z = 0; }'), 'shape 0'),
    of(p2('message A { optional A a = 1 [default = "x"]; }'), 'shape default'),
    of(p2('message A { repeated int32 a = 1 [default = 1]; }'), 'shape default'),
    of(p2('message A { optional float a = 1 [default = 1, default = 2]; }'), 'duplicate default'),
    of(e23('message A { int32 a = 1 [default = 5]; }')),
    of(e23('message A { int32 a = 1 [default = 5, features.field_presence = IMPLICIT]; }'), 'shape default'),
  ],
  'options of fields': [
    of(
      p2(
        'message A { repeated int32 a = 1 [packed = true]; repeated E b = 2 [packed = true]; optional A c = 3 [lazy = true]; optional int64 d = 4 [jstype = JS_STRING, deprecated = true, debug_redact = true]; } enum E { Z = 0; }',
      ),
    ),
    of(p2('message A { optional int32 a = 1 [packed = true]; }'), 'shape packed'),
    of(p2('message A { repeated string a = 1 [packed = true]; }'), 'shape packed'),
    of(p2('message A { repeated A a = 1 [packed = true]; }'), 'shape packed'),
    of(p2('message A { optional int32 a = 1 [packed = false]; }')),
    of(e23('message A { repeated int32 a = 1 [packed = true]; }'), 'shape packed'),
    of(p2('message A { optional string a = 1 [lazy = true]; }'), 'shape lazy'),
    of(p2('message A { optional E a = 1 [lazy = true]; } enum E { Z = 0; }'), 'shape lazy'),
    of(p2('message A { optional int32 a = 1 [jstype = JS_STRING]; }'), 'shape jstype'),
    of(p2('message A { optional int32 a = 1 [jstype = JS_NORMAL]; }')),
    of(p3('message A { string a = 1 [deprecated = true, deprecated = true]; }'), 'duplicate deprecated'),
    of(p3('message A { string a = 1 [deprecated = 1]; }'), 'shape 1'),
    of(p3('message A { string a = 1 [deprecated = yes]; }'), 'shape yes'),
    of(p3('message A { string a = 1 [deprecated]; }'), 'syntax ]'),
    of(p3('message A { string a = 1 []; }'), 'syntax ]'),
    of(p3('message A { string a = 1 [depreciated = true]; }'), 'option depreciated'),
    of(p3('message A { string a = 1 [java_package = "x"]; }'), 'option java_package'),
    of(p3('message A { string a = 1 [ctype = CORD]; }')),
    of(p3('message A { string a = 1 [ctype = ROPE]; }'), 'shape ROPE'),
    of(e24('message A { string a = 1 [ctype = CORD]; }'), 'shape ctype'),
  ],
  'options of other statements': [
    of(
      p3(
        'option java_package = "x"; option optimize_for = SPEED; option deprecated = true; option cc_enable_arenas = false;',
      ),
    ),
    of(p3('option java_packge = "x";'), 'option java_packge'),
    of(p3('option java_package = x;'), 'shape x'),
    of(p3('option java_package = 5;'), 'shape 5'),
    of(p3('option java_multiple_files = "true";'), 'shape "true"'),
    of(p3('option optimize_for = FAST;'), 'shape FAST'),
    of(p3('option optimize_for = 1;'), 'shape 1'),
    of(p3('option java_package = "x"; option java_package = "y";'), 'duplicate java_package'),
    of(p3('option allow_alias = true;'), 'option allow_alias'),
    of(e24('option java_multiple_files = true;'), 'shape java_multiple_files'),
    of(p3('message A { option allow_alias = true; }'), 'option allow_alias'),
    of(p3('message A { option deprecated = true; option no_standard_descriptor_accessor = true; }')),
    of(p3('enum E { option deprecated = true; A = 0 [deprecated = true]; }')),
    of(p3('enum E { A = 0 [json_name = "x"]; }'), 'option json_name'),
    of(
      p3(
        'message M {} service S { option deprecated = true; rpc R(M) returns (M) { option deprecated = true; option idempotency_level = NO_SIDE_EFFECTS; } }',
      ),
    ),
    of(p3('message M {} service S { rpc R(M) returns (M) { option idempotency_level = NONE; } }'), 'shape NONE'),
    of(p3('option (foo) = 1;'), 'option foo'),
    of(p3('option java_package.x = 1;'), 'shape x'),
    of(p3('option uninterpreted_option = 1;'), 'option uninterpreted_option'),
    of(p2('message A { extensions 5 to 9 [verification = UNVERIFIED]; }')),
    of(p2('message A { extensions 5 to 9 [deprecated = true]; }'), 'option deprecated'),
  ],
  'options of ones own': [
    of(p3(`${options}extend google.protobuf.FileOptions { string own = 50000; } option (own) = "x";`)),
    of(p3(`${options}extend google.protobuf.FileOptions { string own = 50000; } option (p.own) = "x";`)),
    of(p3(`${options}extend google.protobuf.FileOptions { string own = 50000; } option (.p.own) = "x";`)),
    of(p3(`${options}extend google.protobuf.FileOptions { string own = 50000; } option own = "x";`), 'option own'),
    of(p3(`${options}extend google.protobuf.FileOptions { string own = 50000; } option (onw) = "x";`), 'option onw'),
    of(p3(`${options}extend google.protobuf.FileOptions { string own = 50000; } option (own) = 5;`), 'shape 5'),
    of(
      p3(
        `${options}extend google.protobuf.FileOptions { string own = 50000; } option (own) = "x"; option (own) = "y";`,
      ),
      'duplicate (own)',
    ),
    of(
      p3(
        `${options}extend google.protobuf.FileOptions { repeated string own = 50000; } option (own) = "x"; option (own) = "y";`,
      ),
    ),
    of(
      p3(`${options}extend google.protobuf.FileOptions { string own = 50000; } message A { option (own) = "x"; }`),
      'option own',
    ),
    of(
      p3(`${options}message O { string a = 1; int32 b = 2; repeated O c = 3; O d = 4; map<string, int32> e = 5; oneof x { string f = 6; string g = 7; } }
      extend google.protobuf.MessageOptions { O own = 50000; }
      message A { option (own) = { a: "x" b: 0x5, c { a: 'y' } c: [{ b: 1 }, <a: "z">]; d { e { key: "k" value: 1 } } f: "f" }; }
      message B { option (own).a = "x"; option (own).d.b = 5; option (own).d.a = "y"; }
      message C { option (own).aa = "x"; }
      message D { option (own) = { aa: "x" }; }
      message E { option (own) = { a: 5 }; }
      message F { option (own) = { a: "x" a: "y" }; }
      message G { option (own) = { f: "x" g: "y" }; }
      message H { option (own) = { d: "y" }; }
      message I { option (own) = "x"; }
      message J { option (own).c.a = "x"; }
      message K { option (own).a = "x"; option (own).a = "y"; }
      message L { option (own).a = "x"; option (own) = { b: 1 }; }
      message M { option (own) = { b: 1 }; option (own).a = "x"; }
      message N { option (own) = { b: 1 }; option (own).b = 1; }
      message O1 { option (own).d = { a: "x" }; }
      message P { option (own) = { d: [{ a: "x" }] }; }
      message Q { option (own) = { b: [1, 2] }; }
      message R { option (own).a.x = "x"; }
      message S { option (own) = { b: 2147483648 }; }`),
      'option aa',
      'option aa',
      'shape 5',
      'duplicate a',
      'shape g',
      'shape "y"',
      'shape "x"',
      'shape (own).c.a',
      'duplicate (own).a',
      'duplicate (own)',
      'duplicate (own).b',
      'shape [{ a: "x" }]',
      'shape [1, 2]',
      'shape x',
      'shape 2147483648',
    ),
    of(
      p3(`${options}enum E { Z = 0; Y = 1; } extend google.protobuf.EnumValueOptions { E own = 50000; bool flag = 50001; double num = 50002; uint32 pos = 50003; }
      enum F { A = 0 [(own) = Y, (flag) = true, (num) = 1.5, (pos) = 5]; B = 1 [(own) = X]; C = 2 [(own) = 1]; D = 3 [(num) = -inf]; G = 4 [(num) = 1]; H = 5 [(pos) = -1]; I = 6 [(flag) = "true"]; }`),
      'shape X',
      'shape 1',
      'shape -1',
      'shape "true"',
    ),
    among(p3('import "b.proto"; message A { option (q.own) = "x"; }'), {
      'b.proto': `syntax = "proto3"; package q; ${options} extend google.protobuf.MessageOptions { string own = 50000; }`,
    }),
    among(
      p3('import "c.proto"; message A { option (q.own) = "x"; }'),
      {
        'b.proto': `syntax = "proto3"; package q; ${options} extend google.protobuf.MessageOptions { string own = 50000; }`,
        'c.proto': p3('import "b.proto"; message C { option (q.own) = "x"; }'),
      },
      'reference q.own',
    ),
    of(
      p3(
        `${options}message M { extend google.protobuf.FieldOptions { string own = 50000; } string a = 1 [(own) = "x"]; option (own) = "x"; }`,
      ),
      'option own',
    ),
    of(
      p3(
        `${options}extend google.protobuf.FieldOptions { string own = 50000 [targets = TARGET_TYPE_FILE]; } message A { string a = 1 [(own) = "x"]; }`,
      ),
      'shape own',
    ),
    of(
      p2(
        `${options}message O { required string a = 1; optional int32 b = 2; } extend google.protobuf.MessageOptions { optional O own = 50000; } message A { option (own) = { b: 1 }; }`,
      ),
      'shape { b: 1 }',
    ),
  ],
  features: [
    of(
      e23(
        'option features.field_presence = IMPLICIT; option features.utf8_validation = NONE; message A { string a = 1 [features.field_presence = EXPLICIT]; }',
      ),
    ),
    of(p3('option features.field_presence = IMPLICIT;'), 'shape features'),
    of(p3('message A { string a = 1 [features.field_presence = IMPLICIT]; }'), 'shape features'),
    of(e23('option features.field_presense = IMPLICIT;'), 'option field_presense'),
    of(e23('option features.field_presence = NEVER;'), 'shape NEVER'),
    of(e23('option features.field_presence = LEGACY_REQUIRED;'), 'shape LEGACY_REQUIRED'),
    of(e23('option features = { field_presence: IMPLICIT, enum_type: CLOSED };')),
    of(e23('message A { option features.field_presence = IMPLICIT; }'), 'shape field_presence'),
    of(e23('message A { string a = 1 [features.enum_type = CLOSED]; }'), 'shape enum_type'),
    of(e23('message A { option features.json_format = LEGACY_BEST_EFFORT; string foo_bar = 1; string fooBar = 2; }')),
    of(
      e23('message A { repeated string a = 1 [features.field_presence = IMPLICIT]; }'),
      'shape features.field_presence',
    ),
    of(
      e23('message A { oneof o { string a = 1 [features.field_presence = IMPLICIT]; } }'),
      'shape features.field_presence',
    ),
    of(e23('message A { A a = 1 [features.field_presence = IMPLICIT]; }'), 'shape features.field_presence'),
    of(e23('message A { A a = 1 [features.message_encoding = DELIMITED]; }')),
    of(e23('message A { string a = 1 [features.message_encoding = DELIMITED]; }'), 'shape features.message_encoding'),
    of(e23('message A { int32 a = 1 [features.utf8_validation = NONE]; }'), 'shape features.utf8_validation'),
    of(
      e23('message A { string a = 1 [features.repeated_field_encoding = EXPANDED]; }'),
      'shape features.repeated_field_encoding',
    ),
    of(
      e23('message A { repeated string a = 1 [features.repeated_field_encoding = PACKED]; }'),
      'shape features.repeated_field_encoding',
    ),
    of(e23('option features.enforce_naming_style = STYLE_LEGACY;'), 'shape enforce_naming_style'),
    of(e24('option features.enforce_naming_style = STYLE_LEGACY; message a {}')),
    of(e23('import "google/protobuf/cpp_features.proto"; option features.(pb.cpp).string_type = VIEW;')),
    of(e23('option features.(pb.cpp).string_type = VIEW;'), 'reference pb.cpp'),
    of(
      e23('option features.field_presence = IMPLICIT; option features.field_presence = EXPLICIT;'),
      'duplicate features.field_presence',
    ),
  ],
};
