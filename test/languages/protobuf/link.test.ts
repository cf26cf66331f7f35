import { describe, expect, it, test } from 'vitest';
import { scalars } from '../../../src/languages/protobuf/link.ts';
import { parse } from '../../../src/languages/protobuf/parse.ts';
import { type Protobuf, read } from '../../../src/languages/protobuf/protobuf.ts';
import { inferRoots } from '../../../src/languages/protobuf/roots.ts';
import { enums, fields, messages, rpcs } from '../../../src/languages/protobuf/select.ts';
import { fullName } from '../../../src/languages/protobuf/tree.ts';
import { wellKnownTypes } from '../../../src/languages/protobuf/well-known.ts';
import { Source } from '../../../src/text/source.ts';
import { apiOf, apisOf } from './api.ts';

/** What the types of all fields mean, by the field's name. */
function typesIn(api: Protobuf): Record<string, string> {
  return Object.fromEntries(fields(api).map((field) => [field.name, `${field.kind} ${field.type}`]));
}

function unresolvedIn(api: Protobuf): string[] {
  return api.links.unresolvedTypes.map(({ name, user, hidden, mayExist }) =>
    [name.text, fullName(user), hidden?.fullName ?? '-', mayExist ? 'may exist' : ''].join(' ').trim(),
  );
}

describe('the type of a field', () => {
  it('is looked up from the inside outwards', () => {
    const api = apiOf(`package a.b;
      message M {
        message M { M m1 = 1; N n1 = 2; }
        enum N { X = 0; }
        M m2 = 1; N n2 = 2; a.b.N n3 = 3; .a.b.N n4 = 4; M.N n5 = 5; b.M.M m3 = 6; string s = 7; map<int32, N> map = 8;
      }
      message N { optional group G = 1 { G g2 = 1; } }`);
    expect(typesIn(api)).toEqual({
      m1: 'message a.b.M.M',
      n1: 'enum a.b.M.N',
      m2: 'message a.b.M.M',
      n2: 'enum a.b.M.N',
      n3: 'message a.b.N',
      n4: 'message a.b.N',
      // The inner `M` knows no `N`, and no other `M` is asked.
      n5: 'unknown M.N',
      m3: 'message a.b.M.M',
      s: 'scalar string',
      map: 'map a.b.M.N',
      g: 'group a.b.N.G',
      g2: 'message a.b.N.G',
    });
    expect(unresolvedIn(api)).toEqual(['M.N a.b.M.n5 a.b.M.N']);
  });

  it('may not be hidden by a package that lacks it', () => {
    const api = apiOf(`package foo.google; import "google/protobuf/empty.proto";
      message A { google.protobuf.Empty e = 1; .google.protobuf.Empty f = 2; }`);
    expect(typesIn(api)).toEqual({ e: 'unknown google.protobuf.Empty', f: 'message google.protobuf.Empty' });
  });

  it('has to be imported', () => {
    const files = {
      'a.proto':
        'package p; import "b.proto"; import option "e.proto"; message A { B b = 1; C c = 2; D d = 3; E e = 4; }',
      'b.proto': 'package p; import public "c.proto"; import "d.proto"; message B {}',
      'c.proto': 'package p; message C {}',
      'd.proto': 'package p; message D {}',
      'e.proto': 'package p; message E {}',
    };
    const api = apiOf(files);
    expect(typesIn(api)).toEqual({ b: 'message p.B', c: 'message p.C', d: 'unknown D', e: 'unknown E' });
    expect(unresolvedIn(api)).toEqual(['D p.A.d p.D', 'E p.A.e p.E']);
  });

  it('may not be local to another file', () => {
    const api = apiOf({
      'a.proto': 'edition = "2024"; import "b.proto"; message A { L l = 1; X x = 2; }',
      'b.proto': 'edition = "2024"; local message L {} export message X { L l2 = 1; }',
    });
    expect(typesIn(api)).toEqual({ l: 'unknown L', x: 'message X', l2: 'message L' });
  });

  it('is said to be perhaps in the file that is missing', () => {
    const api = apiOf('import "missing.proto"; message A { X x = 1; }\nservice S { rpc R(A) returns (string); }');
    expect(api.links.unresolvedImports.map(({ path }) => path.value)).toEqual(['missing.proto']);
    expect(unresolvedIn(api)).toEqual(['X A.x - may exist', 'string S.R - may exist']);
    expect(messages(api).map(({ name }) => name)).toEqual(['A']);
  });

  test.each([...scalars])('may be %s', (scalar) => {
    expect(typesIn(apiOf(`message A { ${scalar} x = 1; }`))).toEqual({ x: `scalar ${scalar}` });
  });
});

describe('extensions', () => {
  it('are found from where an option names them', () => {
    const api = apiOf(`package a.b;
      extend google.protobuf.MethodOptions { optional int32 rule = 50001; }
      message M { extend M { optional int32 inner = 1; } }`);
    const scope = messages(api)[0]!.node;
    const found = (name: string) => {
      const result = api.links.extension(name, scope);
      return 'extension' in result ? result.extension.fullName : result;
    };
    expect(found('rule')).toBe('a.b.rule');
    expect(found('b.rule')).toBe('a.b.rule');
    expect(found('inner')).toBe('a.b.M.inner');
    expect(found('.a.b.M.inner')).toBe('a.b.M.inner');
    expect(found('.rule')).toEqual({ hidden: null, mayExist: false });
    expect(found('other')).toEqual({ hidden: null, mayExist: false });
  });
});

describe('import roots', () => {
  const nested = {
    'proto/user/v1/user.proto': 'package user.v1; import "user/v1/state.proto"; message User { State s = 1; }',
    'proto/user/v1/state.proto': 'package user.v1; enum State { X = 0; }',
    'other/x/log/log.proto': 'package log; message Log {}',
    'other/x/main.proto': 'package elsewhere; import "log/log.proto"; message M { log.Log l = 1; }',
    'other/x/deep/lost.proto': 'package lost; message L {}',
  };

  it('are told by packages and imports', () => {
    const files = Object.entries(nested).map(([path, text]) => parse(new Source(path, text)));
    expect([...inferRoots(files).values()]).toEqual(['proto', 'proto', 'other/x', 'other/x', 'other/x']);
  });

  it('make an API each', () => {
    const apis = apisOf(nested);
    expect(apis.map((api) => api.sources.map(({ path }) => path.split('/').at(-1)))).toEqual([
      ['user.proto', 'state.proto'],
      ['log.proto', 'main.proto', 'lost.proto'],
    ]);
    expect(apis.flatMap(({ links }) => [...links.unresolvedImports, ...links.unresolvedTypes])).toEqual([]);
  });

  it('do not hide the files of other APIs', () => {
    const apis = apisOf({
      'p/a/a.proto': 'package a; import "b/b.proto"; message A { b.B b = 1; }',
      'p/b/b.proto': 'package b; message B {}',
      'p/c/d/c.proto': 'package d; import "b/b.proto"; message C { b.B b2 = 1; }',
      'p/c/e/e.proto': 'package e; import "d/c.proto"; message E {}',
      'p/c/e/f.proto': 'package e; import "d/c.proto"; message F {}',
    });
    expect(apis.map(({ files, imported }) => [files.length, imported.map(({ source }) => source.path)])).toEqual([
      [2, []],
      [3, ['p/b/b.proto']],
    ]);
    expect(apis.flatMap(({ links }) => [...links.unresolvedImports, ...links.unresolvedTypes])).toEqual([]);
  });

  it('are those of imports rather than of packages', () => {
    const files = {
      'x/y/a.proto': 'package y; message A {}',
      'b.proto': 'import "x/y/a.proto"; message B { y.A a = 1; }',
    };
    expect(typesIn(apiOf(files))).toEqual({ a: 'message y.A' });
  });

  it('that are given make one API', () => {
    const [api, ...others] = apisOf(nested, ['proto', 'other/x']);
    expect(others).toEqual([]);
    expect(api!.links.unresolvedImports).toEqual([]);
    expect(typesIn(api!)).toEqual({ s: 'enum user.v1.State', l: 'message log.Log' });
  });

  it('without files make no API', () => {
    expect(apisOf({})).toEqual([]);
    expect(apisOf({}, ['proto'])).toEqual([]);
  });
});

describe('imports', () => {
  it('are read where they lead, once', () => {
    const asked: string[] = [];
    const disk: Record<string, string> = {
      'proto/b.proto': 'import "c.proto"; message B {}',
      'proto/c.proto': 'import "b.proto"; message C {}',
    };
    const entry = new Source('proto/a.proto', 'import "b.proto"; import "c.proto"; message A { B b = 1; C c = 2; }');
    const files = {
      read(path: string) {
        asked.push(path);
        return path in disk ? { source: new Source(path, disk[path]!) } : { refused: 'there is none' };
      },
    };
    const [api] = read([entry], files);
    expect(typesIn(api!)).toEqual({ b: 'message B', c: 'message C' });
    expect(asked.filter((path) => path.endsWith('.proto'))).toEqual(['proto/b.proto', 'proto/c.proto']);
    expect(messages(api!).map(({ name }) => name)).toEqual(['A']);
    expect(api!.sources.map(({ path }) => path)).toEqual(['proto/a.proto', 'proto/b.proto', 'proto/c.proto']);
    expect(api!.imported).toHaveLength(2);
    expect(api!.files[0]!.body.map((node) => (node.kind === 'import' ? api!.target(node) : ''))).toEqual([
      api!.imported[0],
      api!.imported[1],
      '',
    ]);
  });

  test.each(['../x.proto', '/etc/x.proto', 'a/../../x.proto', 'a\\x.proto', '', './x.proto', 'a//x.proto'])(
    'never ask for %j',
    (path) => {
      const asked: string[] = [];
      const source = new Source('d/a.proto', `import "${path.replaceAll('\\', '\\\\')}";`);
      const [api] = read([source], { read: (file) => ({ refused: String(asked.push(file)) }) });
      expect(api!.links.unresolvedImports).toHaveLength(1);
      expect(asked.filter((file) => file.endsWith('.proto'))).toEqual([]);
    },
  );

  it('of what compilers bring along need no file, and prefer one', () => {
    const text = `import "google/protobuf/timestamp.proto"; import "google/protobuf/descriptor.proto";
      message A { google.protobuf.Timestamp t = 1; google.protobuf.FieldDescriptorProto.Type e = 2; google.protobuf.Empty n = 3; }`;
    expect(typesIn(apiOf(text))).toEqual({
      t: 'message google.protobuf.Timestamp',
      e: 'enum google.protobuf.FieldDescriptorProto.Type',
      n: 'unknown google.protobuf.Empty',
    });
    const own = 'package google.protobuf; message Timestamp {}';
    const api = apiOf({ 'a.proto': text, 'google/protobuf/timestamp.proto': own });
    expect(api.links.definition(fields(api)[0]!.node.type)?.node?.name.text).toBe('Timestamp');
    expect(wellKnownTypes('google/protobuf/other.proto')).toBeUndefined();
    expect(wellKnownTypes('google/protobuf/__proto__.proto')).toBeUndefined();
    expect(wellKnownTypes('a/google/protobuf/any.proto')).toBeUndefined();
  });
});

describe("the guides' documents", () => {
  it('with a missing import and unknown types keep the rest', () => {
    const api = apiOf(`syntax = "proto3";
package shop.v1;
import "google/protobuf/empty.proto";
service Orders {
  rpc GetOrder(GetOrderRequest) returns (Order);
  rpc UpdateOrder(UpdateOrderRequest) returns (Order);
  rpc WatchOrders(google.protobuf.Empty) returns (stream Order);
}
message Order { string id = 1; google.protobuf.Timestamp placed_at = 2; }
message UpdateOrderRequest { Order order = 1; google.protobuf.FieldMask update_mask = 2; }
`);
    expect(unresolvedIn(api)).toEqual([
      'GetOrderRequest shop.v1.Orders.GetOrder -',
      'google.protobuf.Timestamp shop.v1.Order.placed_at google.protobuf.Timestamp',
      'google.protobuf.FieldMask shop.v1.UpdateOrderRequest.update_mask google.protobuf.FieldMask',
    ]);
    expect(rpcs(api).map(({ role, noun, streaming }) => `${role} ${noun} ${streaming}`)).toEqual([
      'Get Order none',
      'Update Order none',
      'custom  server',
    ]);
  });

  it('with an empty message of its own', () => {
    const api = apiOf(`syntax = "proto3";
package api.v1;
message Book { int32 id = 1; string title = 2; }
message GetBookRequest { int32 id = 1; }
message Empty {}
service Books {
  rpc GetBook (GetBookRequest) returns (Book);
  rpc ListBooks (Empty) returns (stream Book);
  rpc DeleteBook (GetBookRequest) returns (Empty);
}
`);
    expect(rpcs(api).map(({ role, request, response }) => [role, request?.type, response?.type])).toEqual([
      ['Get', 'api.v1.GetBookRequest', 'api.v1.Book'],
      ['List', 'api.v1.Empty', 'api.v1.Book'],
      ['Delete', 'api.v1.GetBookRequest', 'api.v1.Empty'],
    ]);
    expect(unresolvedIn(api)).toEqual([]);
  });

  it('with weather that streams both ways', () => {
    const api = apiOf(`syntax = "proto3";
package weather;
service Forecasts {
  rpc GetForecast (Place) returns (Forecast);
  rpc Follow (Place) returns (stream Forecast);
  rpc Report (stream Forecast) returns (Place);
  rpc Talk (stream Place) returns (stream Forecast);
}
message Place { oneof at { string city = 1; Point point = 2; } enum Units { METRIC = 0; } Units units = 3; }
message Point { double latitude = 1; }
message Forecast { repeated double degrees = 1; map<string, double> means = 2; }
`);
    expect(rpcs(api).map(({ streaming }) => streaming)).toEqual(['none', 'server', 'client', 'both']);
    expect(typesIn(api)).toMatchObject({ point: 'message weather.Point', units: 'enum weather.Place.Units' });
    expect(enums(api).map(({ fullName }) => fullName)).toEqual(['weather.Place.Units']);
    expect(unresolvedIn(api)).toEqual([]);
  });
});
