import { describe, expect, it, test } from 'vitest';
import { commentsOf } from '../../../src/languages/protobuf/comments.ts';
import { BAD, END, FLOAT, INTEGER, lex, STRING, WORD } from '../../../src/languages/protobuf/lex.ts';
import { parse } from '../../../src/languages/protobuf/parse.ts';
import { unquoted } from '../../../src/languages/protobuf/strings.ts';
import type { Value } from '../../../src/languages/protobuf/tree.ts';
import {
  fullName,
  type Node,
  type ProtoFile,
  placeOf,
  spanOf,
  statements,
} from '../../../src/languages/protobuf/tree.ts';
import { Source } from '../../../src/text/source.ts';
import { textAt } from './api.ts';

function fileOf(text: string): ProtoFile {
  return parse(new Source('test.proto', text));
}

/** The problems as `token: message`. */
function problemsOf(text: string): string[] {
  return fileOf(text).problems.map(({ message, start, end }) => `${text.slice(start, end)}: ${message}`);
}

/** The statements with names, in their order. */
function namesIn(text: string): string[] {
  return [...statements(fileOf(text))]
    .filter((node) => 'name' in node && node.kind !== 'option')
    .map((node) => `${node.kind} ${fullName(node)}`);
}

describe('the lexer', () => {
  test.each([
    ['a_1', [WORD]],
    ['0 12 017 0xFf', [INTEGER, INTEGER, INTEGER, INTEGER]],
    ['1.5 .5 1. 1e3 1.5E-3 2f 1.5F', [FLOAT, FLOAT, FLOAT, FLOAT, FLOAT, FLOAT, FLOAT]],
    ['"a" \'b"\' "\\"" ""', [STRING, STRING, STRING, STRING]],
    ['{=;', [123, 61, 59]],
    ['a//b\n/*c*/d', [WORD, WORD]],
    ['\ufeffa', [WORD]],
    ['12ab 0x', [BAD, BAD]],
    ['"a\nb', [BAD, WORD]],
    ['@ 😀', [BAD, BAD]],
  ])('tells the tokens of %j', (text, kinds) => {
    expect(lex(text).kinds).toEqual([...kinds, END]);
  });

  test.each([
    ['/* a', 'This comment has no end.'],
    ["'a", 'This string has no end on its line.'],
    ['1a', '`1a` is neither a number nor a name.'],
    ['#', 'This character has no meaning here.'],
  ])('says what is wrong with %j', (text, message) => {
    expect(lex(text).problems.map((problem) => problem.message)).toEqual([message]);
  });

  test.each([
    [['"a"', "'b'"], 'ab'],
    [['"\\n\\t\\\\\\"\\?"'], '\n\t\\"?'],
    [['"\\x41\\101\\0"'], 'AA\0'],
    [['"\\303\\251\\xc3\\xA9"'], 'éé'],
    [['"\\u00e9\\U0001f600"'], 'é😀'],
    [['"\\1"', '"2"'], '\u00012'],
    [['"\\x"'], 'x'],
  ])('reads the strings %j', (tokens, value) => {
    expect(unquoted(tokens)).toBe(value);
  });
});

const everything = `edition = "2024";
package a.b;
import public "x.proto";
import weak 'y.proto';
import option "z.proto";
option java_package = "a" "b";
option (a.ext).b.(.c.d) = { x: 1 };
export message M {
  reserved 2, 9 to 11, 20 to max;
  reserved "old", 'older';
  reserved newer;
  extensions 100 to 199, 300 [declaration = { number: 100 full_name: ".a.x" }];
  optional string s = 1 [deprecated = true, (v).x = -1.5e3];
  repeated .a.b.N n = 3;
  map<string, N> by_name = 4;
  oneof which { option (o) = true; int32 i = 5; group G = 6 { optional bool in = 1; } }
  required group H = 7 [lazy = true] { optional M.N m = 1; };
  message N {}
  enum E { option allow_alias = true; A = 0; B = -0x1 [deprecated = true]; reserved -5 to -2, 7 to max; reserved C; message = 9; }
  extend M { optional int32 e = 150; }
  string message_ = 8; ;
}
local enum T { Z = 0; }
extend M { repeated string f = 151; }
service S {
  option deprecated = true;
  rpc Get (M) returns (stream M.N);
  rpc Chat (stream .a.b.M) returns (stream stream) { option idempotency_level = IDEMPOTENT; ; };
}
`;

describe('a file with everything', () => {
  it('has no problems', () => {
    expect(problemsOf(everything)).toEqual([]);
  });

  it('has all its statements', () => {
    expect(namesIn(everything)).toMatchInlineSnapshot(`
      [
        "package a.b",
        "message a.b.M",
        "field a.b.M.s",
        "field a.b.M.n",
        "field a.b.M.by_name",
        "oneof a.b.M.which",
        "field a.b.M.i",
        "field a.b.M.G",
        "message a.b.M.G",
        "field a.b.M.G.in",
        "field a.b.M.H",
        "message a.b.M.H",
        "field a.b.M.H.m",
        "message a.b.M.N",
        "enum a.b.M.E",
        "value a.b.M.E.A",
        "value a.b.M.E.B",
        "value a.b.M.E.message",
        "field a.b.M.e",
        "field a.b.M.message_",
        "enum a.b.T",
        "value a.b.T.Z",
        "field a.b.f",
        "service a.b.S",
        "rpc a.b.S.Get",
        "rpc a.b.S.Chat",
      ]
    `);
  });

  it('has a place on every token', () => {
    const texts = [...statements(fileOf(everything))].flatMap((node) => tokensOf(node).map((place) => textAt(place)));
    expect(texts).toMatchInlineSnapshot(`
      [
        ""2024"",
        "a.b",
        "public",
        "weak",
        "option",
        "java_package",
        ""a" "b"",
        "(a.ext).b.(.c.d)",
        "{ x: 1 }",
        "export",
        "M",
        "2",
        "9 to 11",
        "20 to max",
        ""old"",
        "'older'",
        "newer",
        "100 to 199",
        "300",
        "declaration",
        "{ number: 100 full_name: ".a.x" }",
        "optional",
        "string",
        "s",
        "1",
        "deprecated",
        "true",
        "(v).x",
        "-1.5e3",
        "repeated",
        ".a.b.N",
        "n",
        "3",
        "map<string, N>",
        "string",
        "N",
        "map",
        "by_name",
        "4",
        "which",
        "(o)",
        "true",
        "int32",
        "i",
        "5",
        "G",
        "G",
        "6",
        "G",
        "optional",
        "bool",
        "in",
        "1",
        "required",
        "H",
        "H",
        "7",
        "lazy",
        "true",
        "H",
        "optional",
        "M.N",
        "m",
        "1",
        "N",
        "E",
        "allow_alias",
        "true",
        "A",
        "0",
        "B",
        "-0x1",
        "deprecated",
        "true",
        "-5 to -2",
        "7 to max",
        "C",
        "message",
        "9",
        "M",
        "optional",
        "int32",
        "e",
        "150",
        "string",
        "message_",
        "8",
        "local",
        "T",
        "Z",
        "0",
        "M",
        "repeated",
        "string",
        "f",
        "151",
        "S",
        "deprecated",
        "true",
        "Get",
        "M",
        "M.N",
        "Chat",
        ".a.b.M",
        "stream",
        "idempotency_level",
        "IDEMPOTENT",
      ]
    `);
  });
});

/** The places of a statement's name, type, number, label and the like. */
function tokensOf(node: Node) {
  const tokens = [];
  if ('visibility' in node && node.visibility) tokens.push(node.visibility);
  if ('modifier' in node && node.modifier) tokens.push(node.modifier);
  if ('label' in node && node.label) tokens.push(node.label);
  if ('map' in node && node.map) tokens.push(node.map, node.map.key, node.map.value);
  if ('type' in node) tokens.push(node.type);
  if ('name' in node) tokens.push(node.name);
  if ('number' in node && node.number) tokens.push(node.number);
  if ('value' in node && node.value) tokens.push(node.value);
  if ('ranges' in node) tokens.push(...node.ranges, ...node.names);
  if ('extendee' in node) tokens.push(node.extendee);
  if ('request' in node && node.request) tokens.push(node.request.type);
  if ('response' in node && node.response) tokens.push(node.response.type);
  return tokens.map((token) => placeOf(node, token));
}

describe('the value of an option', () => {
  test.each([
    ['true', 'true'],
    ['-inf', '-inf'],
    ['-0x10', -16],
    ['010', 8],
    ['1.5f', 1.5],
    ['\'a\' "b"', 'ab'],
    ['{}', {}],
    [
      '{ a: 1, b: "x"; c { d: [1, -2] } e < f: nan > g: [] }',
      { a: 1, b: 'x', c: { d: [1, -2] }, e: { f: 'nan' }, g: [] },
    ],
    ['{ [x.y]: { z: A } [t.co/x.Y] { b: 1 } }', { '[x.y]': { z: 'A' }, '[t.co/x.Y]': { b: 1 } }],
    ['{ a: [{ b: 1 }, < b: 2 >] }', { a: [{ b: 1 }, { b: 2 }] }],
  ])('%s', (written, value) => {
    const file = fileOf(`option (x) = ${written};`);
    expect(file.problems).toEqual([]);
    const [option] = file.body;
    expect(option?.kind === 'option' && option.value && plain(option.value)).toEqual(value);
  });
});

function plain(value: Value): unknown {
  if (value.kind === 'message') {
    return Object.fromEntries(value.fields.map((field) => [field.name.text, plain(field.value)]));
  }
  if (value.kind === 'list') return value.items.map(plain);
  return value.kind === 'word' ? value.text : value.value;
}

describe('a slip', () => {
  test.each<[string, string, string[], string[]]>([
    [
      'in the word of a block',
      'mesage A { string a = 1; }\nmessage B {}',
      ['mesage: There is no statement `mesage`; was `message` meant?'],
      ['message A', 'field A.a', 'message B'],
    ],
    [
      'of a missing semicolon',
      'message A {\n  string a = 1\n  string b = 2;\n}',
      ['1: This statement has to end with `;`.'],
      ['message A', 'field A.a', 'field A.b'],
    ],
    [
      'of a missing semicolon before the end',
      'message A { string a = 1 }',
      ['1: This statement has to end with `;`.'],
      ['message A', 'field A.a'],
    ],
    [
      'in a field',
      'message A {\n  string = 1;\n  string b 2;\n  string c;\n  int32 d = ;\n}\nenum E { X; Y = 1; }',
      [
        '=: Expected the name of the field, but here is `=`.',
        '2: Expected `=`, but here is `2`.',
        ';: Expected `=`, but here is `;`.',
        ';: Expected the number of the field, but here is `;`.',
        ';: Expected `=`, but here is `;`.',
      ],
      ['message A', 'field A.b', 'field A.c', 'field A.d', 'enum E', 'value E.X', 'value E.Y'],
    ],
    [
      'of an unknown block',
      'thing Foo { a { b } }\nmessage B {}',
      ['thing: Expected `message`, `enum`, `service` or another statement, but here is `thing`.'],
      ['message B'],
    ],
    [
      'of a missing brace',
      'message A {\n  string a = 1;\n\nmessage B { string b = 1; }\nservice S {}\n',
      ['{: This block has no end: its `}` is missing.'],
      ['message A', 'field A.a', 'message B', 'field B.b', 'service S'],
    ],
    [
      'of a brace too many',
      'message A {} }\nmessage B {}',
      ['}: This `}` closes nothing.'],
      ['message A', 'message B'],
    ],
    [
      'in an rpc',
      'service S {\n  rpc A (X) return (Y);\n  rpc B X returns (Y) {}\n  rpc C (X) returns (Y);\n}',
      ['return: Expected `returns`, but here is `return`.', 'X: Expected `(`, but here is `X`.'],
      ['service S', 'rpc S.A', 'rpc S.B', 'rpc S.C'],
    ],
    [
      'in an aggregate',
      'message A {\n  string a = 1 [(x) = { y: @ }, z = 1];\n  string b = 2;\n}\nmessage B {}',
      ['@: This character has no meaning here.'],
      ['message A', 'field A.a', 'field A.b', 'message B'],
    ],
    [
      'in the brackets',
      'message A {\n  string a = 1 [deprecated = true;\n  string b = 2;\n}',
      [';: Expected `]`, but here is `;`.'],
      ['message A', 'field A.a', 'field A.b'],
    ],
    [
      'in the first lines',
      'syntax = proto3;\npackage;\nimport x;\nmessage B {}',
      [
        'proto3: Expected a string, but here is `proto3`.',
        ';: Expected the name of the package, but here is `;`.',
        'x: Expected the path of a file, but here is `x`.',
      ],
      ['message B'],
    ],
    ['of a file that ends', 'message A', [': Expected `{`, but the file ends.'], ['message A']],
  ])('%s costs only what it is in', (_, text, problems, names) => {
    expect(problemsOf(text)).toEqual(problems);
    expect(namesIn(text)).toEqual(names);
  });

  it('of a hundred thousand levels is one problem', () => {
    const deep = `${'message A {'.repeat(100_000)}${'}'.repeat(100_000)}\nmessage B {}`;
    expect(problemsOf(deep)).toEqual(['{: Expected a block that is less deep, but here is `{`.']);
    expect(namesIn(deep).at(-1)).toBe('message B');
    const value = `option (x) = ${'{ a: '.repeat(100_000)}1${'}'.repeat(100_000)};\nmessage B {}`;
    expect(problemsOf(value)).toEqual(['{: Expected a value that is less deep, but here is `{`.']);
    expect(namesIn(value)).toEqual(['message B']);
  });
});

describe('comments', () => {
  // The example in descriptor.proto's documentation of SourceCodeInfo.Location, in our words.
  const text = `// detached from the syntax

// about the syntax
syntax = "proto3"; // behind the syntax
message A { // behind A
  int32 a = 1; // behind a
  // about b
  int32 b = 2;
  // behind b
  // on two lines

  // about c,
  // on two lines
  int32 c = 3;

  // detached from d

  /* about d,
   * in a block */
  int32 d = 4;
  /* behind d */

  /* detached block */ /* about e */
  int32 e = 5; /* of nobody */ int32 f = 6;
  // of nobody either
}
// about R
rpc_less R {}
service S {
  // about the rpc
  rpc Get(A) returns (A) { // behind the rpc
    // about the option
    option deprecated = true;
  }
}
`;

  it('belong to what protoc says', () => {
    const found = [...statements(fileOf(text))].map((node) => {
      const { leading, trailing, detached } = commentsOf(node);
      const { tokens } = fileOf(text);
      return [
        text.slice(tokens.starts[node.first], tokens.ends[node.head]),
        leading?.text ?? null,
        trailing?.text.trim() ?? null,
        detached.map((comment) => comment.text),
      ];
    });
    expect(found).toEqual([
      ['syntax = "proto3";', 'about the syntax', 'behind the syntax', ['detached from the syntax']],
      ['message A {', null, 'behind A', []],
      ['int32 a = 1;', null, 'behind a', []],
      ['int32 b = 2;', 'about b', 'behind b\non two lines', []],
      ['int32 c = 3;', 'about c,\non two lines', null, []],
      ['int32 d = 4;', 'about d,\nin a block', 'behind d', ['detached from d']],
      ['int32 e = 5;', 'about e', null, ['detached block']],
      ['int32 f = 6;', null, 'of nobody either', []],
      ['service S {', null, null, []],
      ['rpc Get(A) returns (A) {', 'about the rpc', 'behind the rpc', []],
      ['option deprecated = true;', 'about the option', null, []],
    ]);
  });

  it('stand where they say', () => {
    const file = fileOf(text);
    const comment = commentsOf(file.body[0]!).leading!;
    expect(text.slice(comment.start, comment.end)).toBe('// about the syntax');
    expect(text.slice(spanOf(file.body[1]!).start, spanOf(file.body[1]!).end)).toMatch(
      /^message A \{[\s\S]*either\n\}$/,
    );
  });
});
