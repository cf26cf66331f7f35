import { describe, expect, test } from 'vitest';
import { overlaps } from '../../../src/languages/protobuf/http-overlaps.ts';
import { templateOf } from '../../../src/languages/protobuf/http-template.ts';
import { apiOf } from './api.ts';

describe('path templates', () => {
  test.each<[string, string[], string | null, string[]]>([
    ['/v1/books', ['v1', 'books'], null, []],
    ['/v1/{name=books/*}', ['v1', 'books', '*'], null, ['name']],
    ['/v1/{name=books/*}:archive', ['v1', 'books', '*'], 'archive', ['name']],
    ['/v1/books/{book.id}', ['v1', 'books', '*'], null, ['book.id']],
    ['/v1/{a}/{b=**}', ['v1', '*', '**'], null, ['a', 'b']],
    ['/{parent=a/**}/b', ['a', '**', 'b'], null, ['parent']],
    ['/v1/a.b-c_d~e%20', ['v1', 'a.b-c_d~e%20'], null, []],
    ['/**', ['**'], null, []],
    ['/v1/operations:list', ['v1', 'operations'], 'list', []],
  ])('%s', (path, segments, verb, variables) => {
    const template = templateOf(path);
    if (typeof template === 'string') expect.fail(template);
    expect(template.segments).toEqual(segments);
    expect(template.verb).toBe(verb);
    expect(template.variables.map(({ field }) => field)).toEqual(variables);
  });

  test.each([
    ['', '`` does not begin with a slash.'],
    ['v1/books', '`v1/books` does not begin with a slash.'],
    ['/', 'There is no segment in `/`.'],
    ['/v1/', 'A segment is empty in `/v1/`.'],
    ['/v1//books', 'A segment is empty in `/v1//books`.'],
    ['/v1/{name', 'A `{` is not closed in `/v1/{name`.'],
    ['/v1/{name=}', 'A segment is empty in `/v1/{name=}`.'],
    ['/v1/{}', '`{}` is no variable in `/v1/{}`.'],
    ['/v1/{1a}', '`{1a}` is no variable in `/v1/{1a}`.'],
    ['/v1/{a={b}}', 'A variable stands in another one, or behind other letters in `/v1/{a={b}}`.'],
    ['/v1/{a}b', '`b` stands where a segment ends in `/v1/{a}b`.'],
    ['/v1/b{a}', '`{` stands where a segment ends in `/v1/b{a}`.'],
    ['/v1/a*', '`a*` is no segment in `/v1/a*`.'],
    ['/v1/a?b=c', '`a?b` is no segment in `/v1/a?b=c`.'],
    ['/v1/a:', '`:` is no verb in `/v1/a:`.'],
    ['/v1/a:b/c', '`:b/c` is no verb in `/v1/a:b/c`.'],
    ['/v1/{a}}', '`}` stands where a segment ends in `/v1/{a}}`.'],
  ])('%j is none', (path, problem) => {
    expect(templateOf(path)).toBe(problem);
  });
});

describe('bindings that meet', () => {
  const meeting = (...bindings: string[]): string[] => {
    const rpcs = bindings.map(
      (binding, i) => `rpc R${i}(M) returns (M) { option (google.api.http) = { ${binding} }; }`,
    );
    const api = apiOf(`syntax = "proto3"; package p; message M {} service S { ${rpcs.join(' ')} }`);
    return overlaps(api).map(({ rpc, other, sample }) => `${rpc.name} ${other.rpc.name} ${sample}`);
  };

  test.each<[string[], string[]]>([
    [['get: "/a/*"', 'get: "/a/{b}"'], ['R1 R0 /a/x']],
    [['get: "/a/*"', 'post: "/a/*"'], []],
    [['get: "/a/*"', 'get: "/a/*:b"'], []],
    [['get: "/a/*"', 'get: "/a/b"'], []],
    [['get: "/a/*/*"', 'get: "/a/b/*"', 'get: "/a/*/c"'], ['R2 R1 /a/b/c']],
    [['get: "/a/*/d"', 'get: "/a/b/*"', 'get: "/b/*/d"'], ['R1 R0 /a/b/d']],
    [['get: "/{a=x/**}"', 'get: "/x/y"'], []],
    [['get: "/{a=x/**}"', 'get: "/{b=x/**}"'], ['R1 R0 /x/x']],
    [['get: "/a" additional_bindings { get: "/a" }'], ['R0 R0 /a']],
    [['get: "/a/{"', 'get: "/a/{"'], []],
  ])('%j', (bindings, found) => {
    expect(meeting(...bindings)).toEqual(found);
  });
});
