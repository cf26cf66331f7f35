import { describe, expect, it } from 'vitest';
import { detect, resembles } from '../../../src/languages/openapi/detect.ts';
import { Source } from '../../../src/text/source.ts';

const source = (text: string) => new Source('x.yaml', text);

describe('an API document', () => {
  it.each([
    ['openapi: 3.1.0\n', true],
    ['\uFEFFopenapi: 3.1.0\n', true],
    ['# comment\ninfo: {}\nswagger: "2.0"\n', true],
    ['"openapi": 3.1.0\n', true],
    ['openapi:\n', true],
    ['{"openapi":"3.1.0"}', true],
    ['{"info":{"title":"\\"openapi\\":"},"swagger" : "2.0"}', true],
    ['{ info: {}, openapi: 3.1.0 }', true],
    ['{"x-doc":{"openapi":"3.1.0"}}', false],
    ['{"name":"openapi"}', false],
    ['doc:\n  openapi: 3.1.0\n', false],
    ['openapi-version: 3\n', false],
    ['openapi\n', false],
    ['', false],
    ['{', false],
    ['{"openapi', false],
  ])('%j: %s', (text, expected) => {
    expect(detect(source(text))).toBe(expected);
  });

  it('without a version is told by its paths', () => {
    expect(resembles(source('info: {}\npaths: {}\n'))).toBe(true);
    expect(resembles(source('{"paths":{}}'))).toBe(true);
    expect(resembles(source('compilerOptions:\n  paths: {}\n'))).toBe(false);
  });
});
