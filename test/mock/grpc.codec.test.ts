// Our codec against protobufjs, over random messages of every kind of field.
import fc from 'fast-check';
import protobuf from 'protobufjs';
import protojson from 'protobufjs/ext/protojson.js';
import { describe, expect, it } from 'vitest';
import { descriptorsOf } from '../../src/languages/protobuf/descriptors.ts';
import { read } from '../../src/languages/protobuf/protobuf.ts';
import { bundledText } from '../../src/mock/grpc/bundled.ts';
import { Codec } from '../../src/mock/grpc/codec.ts';
import { fromProtoJson, toProtoJson } from '../../src/mock/grpc/proto-json.ts';
import { Schema } from '../../src/mock/grpc/schema.ts';
import { DecodeError } from '../../src/mock/grpc/wire.ts';
import type { Json } from '../../src/mock/json.ts';
import { Source } from '../../src/text/source.ts';

const text = `syntax = "proto3"; package t;
  import "google/protobuf/timestamp.proto"; import "google/protobuf/duration.proto"; import "google/protobuf/struct.proto"; import "google/protobuf/wrappers.proto";
  message M { double a_double = 1; float a_float = 2; int32 an_int32 = 3; int64 an_int64 = 4; uint32 a_uint32 = 5; uint64 a_uint64 = 6; sint32 a_sint32 = 7; sint64 a_sint64 = 8;
    fixed32 a_fixed32 = 9; fixed64 a_fixed64 = 10; sfixed32 an_sfixed32 = 11; sfixed64 an_sfixed64 = 12; bool a_bool = 13; string a_string = 14; bytes some_bytes = 15; E an_enum = 16;
    repeated sint64 many_ints = 17; repeated string many_strings = 18; repeated E many_enums = 19; repeated double many_doubles = 20 [packed = false];
    map<string, M> by_text = 21; map<int64, string> by_number = 22; map<bool, E> by_flag = 23; M inner = 24; repeated M inners = 25;
    oneof one { string first = 26; int32 second = 27; M third = 28; } optional int32 maybe = 29; optional string maybe_text = 536870911;
    google.protobuf.Timestamp at = 30; google.protobuf.Duration took = 31; google.protobuf.Value any_value = 32; google.protobuf.Struct data = 33;
    google.protobuf.Int64Value wrapped = 34; google.protobuf.StringValue wrapped_text = 35; google.protobuf.ListValue items = 36; }
  enum E { ZERO = 0; ONE = 1; NEGATIVE = -1; }`;
const [api] = read([new Source('t.proto', text)], { read: () => ({ refused: 'There is none.' }) }, ['']);
const codec = new Codec(new Schema(descriptorsOf(api!, bundledText).files));
const mine = codec.schema.message('t.M')!;
const root = new protobuf.Root();
protobuf.parse(text, root);
for (const name of ['timestamp', 'duration', 'struct', 'wrappers']) {
  protobuf.parse(bundledText(`google/protobuf/${name}.proto`)!, root);
}
root.resolveAll();
const theirs = root.lookupType('t.M');

const whole = (least: bigint, most: bigint) => fc.bigInt(least, most).map(String);
const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const uint32 = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const int64 = whole(-(2n ** 63n), 2n ** 63n - 1n);
const uint64 = whole(0n, 2n ** 64n - 1n);
const double = fc.double({ noNaN: true, noDefaultInfinity: true });
const string = fc.string({ unit: 'grapheme' });
const bytes = fc.uint8Array().map((value) => Buffer.from(value).toString('base64'));
const kind = fc.constantFrom('ZERO', 'ONE', 'NEGATIVE');
const key = fc.string({ unit: 'grapheme' }).filter((name) => name !== '__proto__');
const json = fc
  .jsonValue({ noUnicodeString: true } as never)
  .map((value) => JSON.parse(JSON.stringify(value, (name, inner) => (name === '__proto__' ? 0 : inner))) as Json);
const seconds = fc.integer({ min: -62_135_596_800, max: 253_402_300_799 });
const fraction = fc.integer({ min: 0, max: 999 }).map((ms) => (ms === 0 ? '' : `.${String(ms).padStart(3, '0')}`));
/** Messages that hold others three levels deep. */
function messages(depth: number): fc.Arbitrary<Record<string, Json>> {
  const inner: fc.Arbitrary<Record<string, Json>> = depth === 0 ? fc.constant({}) : messages(depth - 1);
  return fc
    .record(
      {
        aDouble: double,
        aFloat: fc.float({ noNaN: true, noDefaultInfinity: true }),
        anInt32: int32,
        anInt64: int64,
        aUint32: uint32,
        aUint64: uint64,
        aSint32: int32,
        aSint64: int64,
        aFixed32: uint32,
        aFixed64: uint64,
        anSfixed32: int32,
        anSfixed64: int64,
        aBool: fc.boolean(),
        aString: string,
        someBytes: bytes,
        anEnum: kind,
        manyInts: fc.array(int64),
        manyStrings: fc.array(string),
        manyEnums: fc.array(kind),
        manyDoubles: fc.array(double),
        byText: fc.dictionary(key, inner, { maxKeys: 2 }),
        byNumber: fc.dictionary(int64, string),
        byFlag: fc.record({ true: kind, false: kind }, { requiredKeys: [] }),
        inner: inner,
        inners: fc.array(inner, { maxLength: 2 }),
        first: string,
        maybe: int32,
        maybeText: string,
        at: fc
          .tuple(seconds, fraction)
          .map(([second, part]) => `${new Date(second * 1000).toISOString().slice(0, -5)}${part}Z`),
        took: fc.tuple(fc.integer({ min: -1000, max: 1000 }), fraction).map(([second, part]) => `${second}${part}s`),
        anyValue: json,
        data: fc.dictionary(key, json),
        wrapped: int64,
        wrappedText: string,
        items: fc.array(json),
      },
      { requiredKeys: [] },
    )
    .map((value) => value as Record<string, Json>);
}
const message = messages(2);

describe('the codec', () => {
  it('writes what protobufjs reads, and reads what it writes', () => {
    fc.assert(
      fc.property(message, (value) => {
        const expected = protojson.toJson(theirs, protojson.fromJson(theirs, value));
        const own = fromProtoJson(codec.schema, mine, value);
        const written = codec.encode(mine, own);
        expect(protojson.toJson(theirs, theirs.decode(written))).toEqual(expected);
        const foreign = Buffer.from(theirs.encode(protojson.fromJson(theirs, value)).finish());
        expect(codec.decode(mine, foreign)).toEqual(codec.decode(mine, written));
        expect(toProtoJson(codec.schema, mine, codec.decode(mine, foreign))).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  });

  it('refuses bytes that are no message with one error, and never with another', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (value) => {
        let decoded: Json;
        try {
          decoded = codec.decode(mine, Buffer.from(value));
        } catch (error) {
          expect(error).toBeInstanceOf(DecodeError);
          return;
        }
        // What was read is written, and read as the same again.
        expect(codec.decode(mine, codec.encode(mine, decoded))).toEqual(decoded);
      }),
      { numRuns: 3000 },
    );
  });

  it('leaves out what cannot be written rather than fail', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...mine.fields.map(({ name }) => name)), json), (value) => {
        theirs.decode(codec.encode(mine, value));
      }),
      { numRuns: 500 },
    );
  });
});
