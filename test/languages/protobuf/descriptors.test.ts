// Descriptors against protobufjs, which reads the same files by itself.
import { existsSync, realpathSync } from 'node:fs';
import protobufjs from 'protobufjs';
import descriptor from 'protobufjs/ext/descriptor.js';
import { describe, expect, it } from 'vitest';
import { discover, targetsOf } from '../../../src/config/discover.ts';
import { Project } from '../../../src/config/project.ts';
import { filesBelow } from '../../../src/io.ts';
import { type DescriptorSet, descriptorsOf } from '../../../src/languages/protobuf/descriptors.ts';
import { type Protobuf, read } from '../../../src/languages/protobuf/protobuf.ts';
import { languages } from '../../../src/languages/registry.ts';
import { bundledPaths, bundledText } from '../../../src/mock/grpc/bundled.ts';
import { bytesOf } from '../../../src/mock/grpc/descriptor-bytes.ts';
import { Source } from '../../../src/text/source.ts';
import { worldWith } from '../../world.ts';

const corpus = '../shared/corpus';

describe('descriptors', () => {
  it('say what the files say, in every syntax', () => {
    const set = described({
      'a.proto': `syntax = "proto2"; package a;
        import "google/protobuf/timestamp.proto";
        message M { required string id = 1; optional int32 n = 2 [default = 0x1F]; repeated group Item = 3 { optional bool ok = 1; }
          optional E e = 4 [default = B, deprecated = true]; extensions 100 to 199; reserved 20 to 30, 40; reserved "old";
          optional google.protobuf.Timestamp at = 5; map<int64, M> by_number = 6; repeated int32 list = 7 [packed = true]; }
        enum E { A = 1; B = 2; reserved 5 to max; }
        extend M { optional string more = 100; }`,
      'b.proto': `syntax = "proto3"; package b; import public "a.proto";
        message N { optional string s = 1; oneof which { string x = 2; a.M y = 3; } a.E e = 4; string z = 5 [json_name = "zed"]; repeated int32 list = 6; }
        service S { rpc One(N) returns (a.M); rpc Many(stream N) returns (stream N); }`,
      'c.proto': `edition = "2023"; package c; import "b.proto"; option features.field_presence = IMPLICIT;
        message O { a.M m = 1 [features.message_encoding = DELIMITED]; string s = 2; string t = 3 [features.field_presence = EXPLICIT];
          repeated int32 list = 4 [features.repeated_field_encoding = EXPANDED]; }`,
    });
    const [at, a, b, c] = set.files;
    expect(set.files.map(({ name }) => name)).toEqual([
      'google/protobuf/timestamp.proto',
      'a.proto',
      'b.proto',
      'c.proto',
    ]);
    expect(at!.message_type[0]).toMatchObject({ name: 'Timestamp' });
    expect(a).toMatchObject({
      syntax: 'proto2',
      dependency: ['google/protobuf/timestamp.proto'],
      message_type: [
        {
          field: [
            { name: 'id', label: 'LABEL_REQUIRED', type: 'TYPE_STRING' },
            { name: 'n', default_value: '31', wire: { presence: true } },
            { name: 'item', type: 'TYPE_GROUP', type_name: '.a.M.Item', wire: { delimited: true } },
            { name: 'e', type: 'TYPE_ENUM', type_name: '.a.E', default_value: 'B', options: { deprecated: true } },
            { type: 'TYPE_MESSAGE', type_name: '.google.protobuf.Timestamp' },
            { name: 'by_number', json_name: 'byNumber', type_name: '.a.M.ByNumberEntry', label: 'LABEL_REPEATED' },
            { name: 'list', wire: { packed: true } },
          ],
          nested_type: [{ name: 'Item' }, { name: 'ByNumberEntry', options: { map_entry: true } }],
          extension_range: [{ start: 100, end: 200 }],
          reserved_range: [
            { start: 20, end: 31 },
            { start: 40, end: 41 },
          ],
          reserved_name: ['old'],
        },
      ],
      enum_type: [{ reserved_range: [{ start: 5, end: 2 ** 31 - 1 }] }],
      extension: [{ name: 'more', extendee: '.a.M' }],
    });
    expect(b).toMatchObject({
      public_dependency: [0],
      message_type: [
        {
          field: [
            { name: 's', proto3_optional: true, oneof_index: 1, wire: { presence: true } },
            { oneof_index: 0 },
            { oneof_index: 0 },
            { wire: { presence: false } },
            { json_name: 'zed' },
            { wire: { packed: true } },
          ],
          oneof_decl: [{ name: 'which' }, { name: '_s' }],
        },
      ],
      service: [
        {
          method: [
            { input_type: '.b.N', output_type: '.a.M' },
            { client_streaming: true, server_streaming: true },
          ],
        },
      ],
    });
    expect(c).toMatchObject({
      syntax: 'editions',
      edition: 'EDITION_2023',
      message_type: [
        {
          field: [
            { type: 'TYPE_MESSAGE', wire: { delimited: true } },
            { wire: { presence: false } },
            { wire: { presence: true } },
            { wire: { packed: false } },
          ],
        },
      ],
    });
    expect(set.notes).toEqual([]);
  });

  it('make empty messages of what is not at hand, and say so', () => {
    const set = described({
      'a.proto': `syntax = "proto3"; package a; import "gone/away.proto";
        message M { gone.away.Thing thing = 1; gone.away.Thing.Part part = 2; Lost lost = 3; }`,
    });
    expect(set.notes).toEqual(['`a.proto` imports `gone/away.proto`, which is not at hand: its types are empty.']);
    const root = rootOf(set);
    expect(root.lookupType('a.M').fieldsArray.map((field) => field.resolve().resolvedType?.fullName)).toEqual([
      '.gone.away.Thing',
      '.gone.away.Thing.Part',
      '.a.Lost',
    ]);
  });

  it('find what is used without being imported, where everybody knows it', () => {
    const set = described({
      'a.proto': `syntax = "proto3"; package a; message M { google.protobuf.FieldMask mask = 1; google.protobuf.Struct s = 2; }`,
    });
    expect(set.files.map(({ name }) => name)).toEqual([
      'google/protobuf/field_mask.proto',
      'google/protobuf/struct.proto',
      'a.proto',
    ]);
  });

  it('hold the options of others', () => {
    const set = described({
      'a.proto': `syntax = "proto3"; package a; import "google/api/annotations.proto"; import "google/api/field_behavior.proto"; import "o.proto";
        message M { string id = 1 [(google.api.field_behavior) = REQUIRED, (google.api.field_behavior) = IMMUTABLE, (o.limit).max = 9, (o.limit).name = "x"]; }
        service S { rpc Get(M) returns (M) { option (google.api.http) = { get: "/v1/{id=ms/*}" additional_bindings { post: "/v1/x" body: "*" } additional_bindings { put: "/y" } }; } }`,
      'o.proto': `syntax = "proto3"; package o; import "google/protobuf/descriptor.proto";
        message Limit { int32 max = 1; string name = 2; } extend google.protobuf.FieldOptions { Limit limit = 50001; }`,
    });
    const file = set.files.find(({ name }) => name === 'a.proto')!;
    expect(file.message_type[0]!.field[0]!.options).toEqual({
      '[google.api.field_behavior]': ['REQUIRED', 'IMMUTABLE'],
      '[o.limit]': { max: 9, name: 'x' },
    });
    const bytes = bytesOf(set).get('a.proto')!;
    // What a reader without these extensions finds: their numbers and bytes.
    expect(bytes.includes(Buffer.from('/v1/{id=ms/*}'))).toBe(true);
    expect(bytes.includes(Buffer.from('/y'))).toBe(true);
    // field_behavior: 1052, packed or not; limit: 50001 with max and name.
    expect(bytes.includes(Buffer.from([0x8a, 0xb5, 0x18, 5, 8, 9, 18, 1, 0x78]))).toBe(true);
  });

  it('bundle what is said to be known without being read', () => {
    for (const path of bundledPaths()) {
      const [api] = read([new Source(path, bundledText(path)!)], { read: () => ({ refused: '' }) }, ['']);
      expect(api!.files[0]!.problems, path).toEqual([]);
      expect(descriptorsOf(api!, bundledText).notes, path).toEqual([]);
    }
  });

  it.skipIf(!existsSync(`${corpus}/proto`))(
    'are what protobufjs reads of real files',
    async () => {
      let compared = 0;
      for (const api of await readAll('proto')) {
        const mine = rootOf(descriptorsOf(api, bundledText));
        const theirs = parsedByProtobufjs(api);
        for (const pkg of new Set(api.files.map(({ packageName }) => packageName))) {
          const expected = contentsOf(theirs.lookup(pkg, [protobufjs.Namespace]) as protobufjs.Namespace, api);
          const found = contentsOf(mine.lookup(pkg, [protobufjs.Namespace]) as protobufjs.Namespace, api);
          expect(found).toEqual(expected);
          compared += Object.keys(expected).length;
        }
      }
      expect(compared).toBeGreaterThan(1000);
    },
    300_000,
  );
});

function described(files: Readonly<Record<string, string>>): DescriptorSet {
  const sources = Object.entries(files).map(([path, text]) => new Source(path, text));
  const apis = read(sources, { read: () => ({ refused: 'There is none.' }) }, ['']);
  expect(apis.length).toBe(1);
  return descriptorsOf(apis[0]!, bundledText);
}

/** What protobufjs makes of the bytes. */
function rootOf(set: DescriptorSet): protobufjs.Root {
  const file = [...bytesOf(set).values()].map((bytes) => descriptor.FileDescriptorProto.decode(bytes));
  return protobufjs.Root.fromDescriptor({ file } as never, { keepCase: true } as never) as protobufjs.Root;
}

function parsedByProtobufjs(api: Protobuf): protobufjs.Root {
  const root = new protobufjs.Root();
  root.resolvePath = () => null;
  const done = new Set<string>();
  const load = (text: string) => {
    const { imports = [] } = protobufjs.parse(text, root, { keepCase: true });
    for (const path of imports) if (!done.has(path)) known(path);
  };
  const known = (path: string) => {
    done.add(path);
    const text = bundledText(path);
    const own = [...api.files, ...api.imported].find((file) => api.importPath(file) === path);
    if (own) load(own.source.text);
    else if (text !== undefined) load(text);
  };
  for (const file of api.files) if (!done.has(api.importPath(file))) known(api.importPath(file));
  root.resolveAll();
  return root;
}

/** The types below a namespace as plain data. */
function contentsOf(namespace: protobufjs.NamespaceBase, api: Protobuf): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const one of namespace.nestedArray) {
    if (one instanceof protobufjs.Type) {
      found[one.fullName] = {
        fields: one.fieldsArray
          .filter((field) => !field.declaringField)
          .map((field) => ({
            name: field.name,
            id: field.id,
            type: field.resolve().resolvedType?.fullName ?? field.type,
            repeated: field.repeated,
            required: field.required,
            map: field instanceof protobufjs.MapField ? field.keyType : null,
            packed:
              field.repeated &&
              !field.map &&
              !['string', 'bytes'].includes(field.type) &&
              !field.resolvedType &&
              field.packed,
            json: field.jsonName,
            presence: Boolean(field.hasPresence),
            oneof: field.partOf?.name,
          }))
          .sort((x, y) => x.id - y.id),
        oneofs: one.oneofsArray.map(({ name }) => name).sort(),
      };
      Object.assign(found, contentsOf(one, api));
    } else if (one instanceof protobufjs.Enum) {
      found[one.fullName] = one.values;
    } else if (one instanceof protobufjs.Service) {
      found[one.fullName] = one.methodsArray.map((method) => {
        method.resolve();
        return {
          name: method.name,
          request: method.resolvedRequestType?.fullName,
          response: method.resolvedResponseType?.fullName,
          streams: [Boolean(method.requestStream), Boolean(method.responseStream)],
        };
      });
    }
  }
  return found;
}

/** Reads a folder of the corpus as the command line does. */
async function readAll(folder: string): Promise<Protobuf[]> {
  const root = realpathSync(corpus);
  const io = { ...worldWith({}), ...filesBelow(root) };
  const project = new Project(io, [root]);
  const documents = await discover(await targetsOf([folder], '', io), project, Object.values(languages), io);
  return documents.flatMap(({ language, entries }) => language.read(entries, project)) as Protobuf[];
}
