import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commentsOf } from '../../../src/languages/protobuf/comments.ts';
import { parse } from '../../../src/languages/protobuf/parse.ts';
import {
  enumValues,
  fields,
  files,
  messages,
  options,
  packages,
  rpcs,
} from '../../../src/languages/protobuf/select.ts';
import { spanOf, statements } from '../../../src/languages/protobuf/tree.ts';
import type { Place } from '../../../src/text/place.ts';
import { Source } from '../../../src/text/source.ts';
import { apisOf } from './api.ts';

const seeded = { seed: 20260101, numRuns: 1500 };

const sample = `// top
edition = "2024"; /* x */ // y
package a.b;
import public "other.proto";
import option "google/protobuf/descriptor.proto";
option (a.ext).b = { x: [1, -2, "z" 'w'] y < z: inf > [q.r]: {} };
export message M { // apiarch-ignore a/b: why
  reserved 2, 9 to max, "old", newer;
  extensions 100 to 199 [verification = DECLARATION];
  optional string s = 1 [deprecated = true, (v).x = -1.5e3];
  map<string, M.N> by_name = 4;
  oneof which { int32 i = 5; group G = 6 { optional bool in = 1; } }
  message N {} enum E { A = 0; B = -0x1; reserved -5 to -2; }
  extend M { optional int32 e = 150; }
}
service S {
  rpc ListUsers (M) returns (stream .a.b.M.N) { option (google.api.http) = { get: "/v1/{a=b/*}" additional_bindings { post: "/x" } }; }
}
`;
const other = 'syntax = "proto3"; package a.b; import "test.proto"; message O { M m = 1; }';

test('a file cut off anywhere', () => {
  for (let end = 0; end <= sample.length; end++) {
    expectSound(sample.slice(0, end));
    expectSound(sample.slice(end));
    expectSound(sample.slice(0, end) + sample.slice(end + 1));
  }
});

const words = 'message enum oneof extend extensions reserved option rpc service returns stream group map to max'.split(
  ' ',
);
const pieces = [
  ...words,
  ...['import', 'package', 'syntax', 'optional', 'export', 'int32', 'x', 'M', '1', '-', '.5', '0x'],
  ...['{', '}', '[', ']', '(', ')', '<', '>', '=', ';', ',', ':', '.', '/', '"a"', "'", '"', '\\', '//', '/*', '*/'],
  ...[' ', '\n', '\r\n', '\0', '\ufeff', '\ud800', '😀', '@', '__proto__', 'constructor'],
];

test('a file with pieces put anywhere', () => {
  const change = fc.record({ at: fc.nat(sample.length), drop: fc.nat(12), piece: fc.constantFrom(...pieces) });
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
      let text = sample;
      for (const { at, drop, piece } of changes) text = text.slice(0, at) + piece + text.slice(at + drop);
      expectSound(text);
    }),
    seeded,
  );
});

test('pieces without a file', () => {
  const soup = fc.array(fc.constantFrom(...pieces, ...words.map((word) => `${word} `)), { maxLength: 60 });
  fc.assert(
    fc.property(soup, (parts) => expectSound(parts.join(' '))),
    seeded,
  );
});

test.each([
  '{',
  'message a {',
  '[',
  '(',
  '<',
  'a {',
  'oneof a {',
  'optional group A = 1 {',
  'option a = {',
  '}',
  '"',
  '/*',
  '\\',
])('%j again and again', (piece) => {
  expectSound(piece.repeat(20_000));
  expectSound(`message M { optional int32 a = 1 [(x) = { ${piece.repeat(20_000)}`);
  expectSound(`message M {\n${`  ${piece}\n`.repeat(5_000)}}`);
});

/** Whatever can be asked of a text has an answer, and every range lies within it. */
function expectSound(text: string): void {
  const { problems } = parse(new Source('test.proto', text));
  for (const { start, end } of problems) expectWithin(text, start, end);
  for (const node of statements(parse(new Source('test.proto', text)))) {
    const span = spanOf(node);
    expectWithin(text, span.start, span.end);
    const { leading, trailing, detached } = commentsOf(node);
    for (const comment of [leading, trailing, ...detached]) if (comment) expectWithin(text, comment.start, comment.end);
  }
  for (const api of apisOf({ 'test.proto': text, 'other.proto': other })) {
    const places: Place[] = [
      ...[...packages(api), ...messages(api)].map(({ at }) => at),
      ...fields(api).flatMap(({ at, typeAt, numberAt }) => [at, typeAt, numberAt]),
      ...enumValues(api).flatMap(({ at, numberAt }) => [at, numberAt]),
      ...rpcs(api).flatMap(({ at, http }) => [at, ...http.map((binding) => binding.at)]),
    ];
    for (const place of places) {
      const { source, start, end } = place.range();
      expectWithin(source.text, start, end);
      expect(place.element).not.toBe('');
    }
    for (const { covers } of api.suppressions()) if (covers) expectWithin(text, covers.start, covers.end);
    expect(files(api).length + options(api).length).toBeGreaterThan(0);
  }
}

function expectWithin(text: string, start: number, end: number): void {
  if (0 <= start && start <= end && end <= text.length) return;
  expect.fail(`${start}–${end} lies outside of ${JSON.stringify(text)}`);
}
