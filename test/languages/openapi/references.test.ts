import { describe, expect, it } from 'vitest';
import { joinPaths } from '../../../src/languages/openapi/references.ts';
import { apiOf } from './api.ts';

/** Where the references of an API lead, by what they say: `file#pointer`, or why they lead nowhere. */
function leads(files: Readonly<Record<string, string>> | string): Record<string, string> {
  const entries = apiOf(files).index.references.map(({ ref, resolution }) => [
    ref,
    'target' in resolution
      ? `${resolution.target.at.document.source.path}${resolution.target.at.element}`
      : resolution.broken,
  ]);
  return Object.fromEntries(entries);
}

const schema = (ref: string): string => `openapi: 3.1.0\ncomponents:\n  schemas:\n    A: { $ref: '${ref}' }\n`;

describe('a reference', () => {
  it.each([
    ['#/components/schemas/B', 'openapi.yaml#/components/schemas/B'],
    ['#/components/schemas/B%20C', 'openapi.yaml#/components/schemas/B C'],
    ['#/paths/~1a~1%7Bid%7D/get/x-list/1', 'openapi.yaml#/paths/~1a~1{id}/get/x-list/1'],
    ['#', 'openapi.yaml#'],
    ['other.yaml', 'other.yaml#'],
    ['./other.yaml#/B', 'other.yaml#/B'],
    ['sub/deep.yaml#/B', 'sub/deep.yaml#/B'],
    ['sub/../other.yaml#/B', 'other.yaml#/B'],
    ['with%20space.yaml', 'with space.yaml#'],
    ['#named', 'openapi.yaml#/components/schemas/Anchored'],
    ['other.yaml#there', 'other.yaml#/C'],
    ['https://schemas.test/identified', 'openapi.yaml#/components/schemas/Identified'],
    ['https://schemas.test/identified#/properties/x', 'openapi.yaml#/components/schemas/Identified/properties/x'],
  ])('%s leads to %s', (ref, target) => {
    const entry = `${schema(ref)}    B: { type: string }
    B C: { type: string }
    Anchored: { $anchor: named }
    Identified: { $id: 'https://schemas.test/identified', properties: { x: { type: string } } }
paths:
  /a/{id}:
    get: { x-list: [1, { type: string }] }
`;
    const files = {
      'openapi.yaml': entry,
      'other.yaml': 'B: { type: string }\nC: { $anchor: there }\n',
      'sub/deep.yaml': 'B: { type: string }\n',
      'with space.yaml': 'type: string\n',
    };
    expect(leads(files)[ref]).toBe(target);
  });

  it.each([
    ['#/components/schemas/Missing', 'there is no `Missing` in `#/components/schemas`'],
    ['#/components/schemas/__proto__', 'there is no `__proto__` in `#/components/schemas`'],
    ['#/components/schemas/A/0', 'there is no `0` in `#/components/schemas/A`'],
    ['#unknown', 'there is no anchor `unknown`'],
    ['#/%E0%A4%A', '`#/%E0%A4%A` is no valid percent-encoding'],
    ['missing.yaml', 'there is no file `missing.yaml`'],
    ['empty.yaml', 'the file is empty'],
    ['https://example.com/schema.json', '`https://example.com/schema.json` is on the network, which is not read'],
  ])('%s leads nowhere: %s', (ref, why) => {
    expect(leads({ 'openapi.yaml': schema(ref), 'empty.yaml': '' })[ref]).toBe(why);
  });

  it('is relative to the file that it stands in', () => {
    const found = leads({
      'openapi.yaml': `openapi: 3.0.0\npaths:\n  /a: { $ref: paths/a.yaml }\n`,
      'paths/a.yaml': `get:\n  responses:\n    '200': { $ref: '../responses/ok.yaml' }\n`,
      'responses/ok.yaml': 'description: Fine.\n',
    });
    expect(found['../responses/ok.yaml']).toBe('responses/ok.yaml#');
  });

  it('is relative to the nearest `$id`', () => {
    const found = leads(`openapi: 3.1.0
components:
  schemas:
    Outer:
      $id: https://schemas.test/outer
      properties:
        inner: { $ref: inner }
    Inner:
      $id: https://schemas.test/inner
`);
    expect(found['inner']).toBe('openapi.yaml#/components/schemas/Inner');
  });

  it('resolves against `$self` (OpenAPI 3.2)', () => {
    const found = leads(`openapi: 3.2.0
$self: https://apis.test/orders
components:
  schemas:
    A: { $ref: 'https://apis.test/orders#/components/schemas/B' }
    B: { type: string }
`);
    expect(found['https://apis.test/orders#/components/schemas/B']).toBe('openapi.yaml#/components/schemas/B');
  });
});

describe('resolve', () => {
  it('follows chains across files and gives up on circles', () => {
    const api = apiOf({
      'openapi.yaml': `openapi: 3.1.0
components:
  schemas:
    Chain: { $ref: 'a.yaml#/First' }
    Circle: { $ref: 'a.yaml#/Back' }
`,
      'a.yaml': `First: { $ref: '#/Second' }\nSecond: { type: string }\nBack: { $ref: 'openapi.yaml#/components/schemas/Circle' }\n`,
    });
    const at = api.root.at.child('components').child('schemas');
    const schemas = (api.root.value['components'] as { schemas: Record<string, unknown> }).schemas;
    expect(api.resolve({ value: schemas['Chain'], at: at.child('Chain') })?.value).toEqual({ type: 'string' });
    expect(api.resolve({ value: schemas['Circle'], at: at.child('Circle') })).toBeUndefined();
  });
});

describe('joinPaths', () => {
  it.each([
    ['a/b.yaml', 'c.yaml', 'a/c.yaml'],
    ['a/b.yaml', '../c.yaml', 'c.yaml'],
    ['b.yaml', '../c.yaml', '../c.yaml'],
    ['../a/b.yaml', '../../c.yaml', '../../c.yaml'],
    ['/a/b.yaml', '../../../c.yaml', '/c.yaml'],
    ['a/b.yaml', '/c.yaml', '/c.yaml'],
    ['a/b.yaml', './c//d.yaml', 'a/c/d.yaml'],
  ])('of %s and %s is %s', (from, location, joined) => {
    expect(joinPaths(from, location)).toBe(joined);
  });
});
