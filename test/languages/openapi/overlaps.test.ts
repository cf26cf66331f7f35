import { describe, expect, it } from 'vitest';
import { overlappingPaths } from '../../../src/languages/openapi/overlaps.ts';
import { apiOf } from './api.ts';

const told = (text: string): string[] =>
  overlappingPaths(apiOf(text)).map(({ path, other, sample }) => `${path.path} | ${other.path} | ${sample}`);

const overlaps = (...paths: string[]): string[] =>
  told(`openapi: 3.1.0\npaths:\n${paths.map((path) => `  '${path}': { get: {} }`).join('\n')}\n`);

describe('paths that one URL matches', () => {
  it('are told at the later one, with the first of those before it', () => {
    expect(overlaps('/{a}/x', '/{b}/y', '/z/{c}', '/{d}/w')).toEqual([
      '/z/{c} | /{a}/x | /z/x',
      '/{d}/w | /z/{c} | /z/w',
    ]);
  });

  it('are no matter where one of them is the more specific', () => {
    expect(overlaps('/good/{id}', '/good/last', '/good/{id}/{pet}', '/good/last/{id}')).toEqual([]);
  });

  it('are not those that differ in a literal or in length', () => {
    expect(overlaps('/{a}/x/1', '/b/{c}/2', '/{a}/x', '/b/{c}/d')).toEqual([]);
  });

  it('tell placeholders with something around them from those without', () => {
    expect(overlaps('/{a}/{b}.json', '/x/{c}')).toEqual(['/x/{c} | /{a}/{b}.json | /x/{b}.json']);
    expect(overlaps('/{a}/{b}.json/x', '/y/{b}.xml/{c}')).toEqual([]);
  });

  it.each([
    'type: integer',
    'type: string, enum: [b, c]',
    'type: string, format: uuid',
    "type: string, pattern: '^[0-9]+$'",
  ])('are not those whose parameters exclude it: %s', (schema) => {
    const text = `openapi: 3.1.0
paths:
  /{a}/x:
    parameters: [{ name: a, in: path, required: true, schema: { ${schema} } }]
    get: {}
  /y/{c}:
    get: {}
`;
    expect(told(text)).toEqual([]);
    expect(told(text.replace(schema, 'type: string'))).toEqual(['/y/{c} | /{a}/x | /y/x']);
  });

  it('are not those between which the method chooses', () => {
    expect(told("openapi: 3.1.0\npaths:\n  '/{a}/x': { get: {} }\n  '/y/{c}': { post: {} }\n")).toEqual([]);
  });
});
