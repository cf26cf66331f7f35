import { expect, it } from 'vitest';
import { openapi } from '../../../src/languages/openapi/openapi.ts';
import { lint } from '../../../src/lint/lint.ts';
import typeUsed from '../../../src/rules/structure/type-used.ts';
import { Source } from '../../../src/text/source.ts';

const user = `openapi: 3.1.0
paths:
  /pets:
    get:
      responses:
        '200': { description: The pets., content: { application/json: { schema: { $ref: 'library.yaml#/components/schemas/Pet' } } } }
components:
  schemas: { Own: { type: object } }
`;

const library = `openapi: 3.1.0
paths: { /health: {} }
components:
  schemas: { Pet: { type: object }, Unused: { type: object } }
`;

it('a component that another linted document uses is used', () => {
  expect(unused({ 'user.yaml': user, 'library.yaml': library })).toEqual([
    'library.yaml: Nothing uses the schema `Unused`.',
    'user.yaml: Nothing uses the schema `Own`.',
  ]);
});

it('a component that only a document outside of the run uses is unused', () => {
  expect(unused({ 'library.yaml': library })).toHaveLength(2);
});

it('a document of components alone is a library for others', () => {
  expect(unused({ 'library.yaml': library.replace('paths: { /health: {} }', 'paths: {}') })).toEqual([]);
});

it('an alias in a circle with itself is unused', () => {
  const aliases = `openapi: 3.0.0
paths: { /health: {} }
components:
  schemas:
    A: { $ref: '#/components/schemas/A' }
    B%: { type: object }
x-use: { $ref: '#/components/schemas/B%25' }
`;
  expect(unused({ 'openapi.yaml': aliases })).toEqual(['openapi.yaml: Nothing uses the schema `A`.']);
});

function unused(texts: Readonly<Record<string, string>>): string[] {
  const sources = new Map(Object.entries(texts).map(([path, text]) => [path, new Source(path, text)]));
  const read = (path: string) => {
    const source = sources.get(path);
    return source ? { source } : { refused: 'there is no such file' };
  };
  const apis = openapi.read([...sources.values()], { read });
  const { problems } = lint(apis, { rules: [{ rule: typeUsed, severity: 'warn', options: {} }], known: [typeUsed] });
  return problems.map(({ range, message }) => `${range.source.path}: ${message}`);
}
