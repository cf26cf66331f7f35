import { describe, expect, it, test } from 'vitest';
import { workspaceOf } from '../../../src/languages/protobuf/buf.ts';
import { read } from '../../../src/languages/protobuf/protobuf.ts';
import { Source } from '../../../src/text/source.ts';

/** Files by path, as documents may refer to them, and what has been asked for. */
function filesOf(texts: Readonly<Record<string, string>>) {
  const asked: string[] = [];
  const files = {
    read: (path: string) => {
      asked.push(path);
      const text = texts[path];
      return text === undefined ? { refused: `there is no file \`${path}\`` } : { source: new Source(path, text) };
    },
  };
  return { files, asked };
}

/** The roots of the workspace around a file. */
function rootsAround(path: string, texts: Readonly<Record<string, string>>): readonly string[] | null {
  return workspaceOf(path, filesOf(texts).files, new Map())?.roots ?? null;
}

describe('the roots of a workspace', () => {
  test.each<[string, Record<string, string>, string, string[] | null]>([
    ['no configuration', {}, 'a/b.proto', null],
    ['a module', { 'buf.yaml': 'version: v1' }, 'a/b.proto', ['']],
    ['a module in a folder', { 'api/buf.yaml': 'version: v1' }, 'api/a/b.proto', ['api']],
    ['a module elsewhere', { 'api/buf.yaml': 'version: v1' }, 'other/b.proto', null],
    [
      'the roots of version 1beta1',
      { 'buf.yaml': 'build:\n  roots: [proto, ./vendor/]' },
      'proto/a.proto',
      ['proto', 'vendor'],
    ],
    ['version 2 without modules', { 'buf.yaml': 'version: v2' }, 'a.proto', ['']],
    [
      'modules',
      { 'buf.yaml': 'version: v2\nmodules:\n  - path: proto\n  - path: ./vendor/' },
      'proto/a.proto',
      ['proto', 'vendor'],
    ],
    ['a module that is the folder itself', { 'x/buf.yaml': 'modules: [{ path: . }]' }, 'x/a.proto', ['x']],
    ['a module without path', { 'x/buf.yaml': 'modules: [{ name: buf.build/acme/x }]' }, 'x/a.proto', ['x']],
    ['modules in a folder', { 'x/buf.yaml': 'modules: [{ path: proto }]' }, 'x/proto/a.proto', ['x/proto']],
    ['a file in none of the modules', { 'buf.yaml': 'modules: [{ path: proto }]' }, 'examples/a.proto', null],
    ['a folder that only begins alike', { 'buf.yaml': 'modules: [{ path: proto }]' }, 'proto2/a.proto', null],
    ['directories of version 1', { 'buf.work.yaml': 'directories: [a, b]' }, 'b/x.proto', ['a', 'b']],
    [
      'directories before their modules',
      { 'buf.work.yaml': 'directories: [a]', 'a/buf.yaml': 'version: v1' },
      'a/x.proto',
      ['a'],
    ],
    ['the nearer of two modules', { 'buf.yaml': 'version: v1', 'a/buf.yaml': 'version: v1' }, 'a/x.proto', ['a']],
    [
      'a workspace further out',
      { 'buf.yaml': 'modules: [{ path: a }]', 'a/buf.yaml': 'version: v1' },
      'a/x.proto',
      ['a'],
    ],
    ['a broken configuration', { 'buf.yaml': 'modules: [' }, 'a.proto', null],
    ['a configuration that is no map', { 'buf.yaml': '- a' }, 'a.proto', ['']],
    ['an empty configuration', { 'buf.yaml': '' }, 'a.proto', null],
    ['modules that are none', { 'buf.yaml': 'modules: [1, null, proto]' }, 'a.proto', ['']],
  ])('%s', (_, texts, path, roots) => {
    expect(rootsAround(path, texts)).toEqual(roots);
  });
});

describe('dependencies on other modules', () => {
  test.each<[string, Record<string, string>, boolean]>([
    ['of version 2', { 'buf.yaml': 'version: v2\nmodules: [{ path: a }]\ndeps: [buf.build/acme/x]' }, true],
    [
      'of a module of version 1',
      { 'buf.work.yaml': 'directories: [a]', 'a/buf.yaml': 'deps: [buf.build/acme/x]' },
      true,
    ],
    ['that are none', { 'buf.yaml': 'version: v2\nmodules: [{ path: a }]\ndeps: []' }, false],
  ])('%s', (_, texts, has) => {
    expect(workspaceOf('a/x.proto', filesOf(texts).files, new Map())?.hasDependencies).toBe(has);
    const source = new Source('a/x.proto', 'import "elsewhere.proto"; message M { X x = 1; }');
    const [api] = read([source], filesOf(texts).files);
    expect(api!.links.unresolvedImports).toHaveLength(has ? 0 : 1);
  });
});

it('groups the files of a workspace, and says that its roots were declared', () => {
  const texts = {
    'buf.yaml': 'version: v2\nmodules: [{ path: one }, { path: two }]',
    'one/a/a.proto': 'package a; import "b/b.proto"; message A { b.B b = 1; }',
    'two/b/b.proto': 'package b; message B {}',
    'other/c/c.proto': 'package c; message C {}',
  };
  const sources = Object.entries(texts)
    .filter(([path]) => path.endsWith('.proto'))
    .map(([path, text]) => new Source(path, text));
  const apis = read(sources, filesOf(texts).files);
  expect(apis.map(({ files, roots, rootsAreDeclared }) => [files.length, roots, rootsAreDeclared])).toEqual([
    [2, ['one', 'two'], true],
    [1, ['other'], false],
  ]);
  expect(apis[0]!.links.unresolvedImports).toEqual([]);
  expect(apis[0]!.files.map((file) => apis[0]!.importPath(file))).toEqual(['a/a.proto', 'b/b.proto']);
});

it('looks for the configuration of a folder once', () => {
  const { files, asked } = filesOf({});
  const known = new Map();
  for (const name of ['x', 'y', 'z']) workspaceOf(`a/b/${name}.proto`, files, known);
  expect(asked).toEqual([...new Set(asked)]);
});
