import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closest } from '../../src/text/closest.ts';

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];
const operation = ['tags', 'summary', 'description', 'operationId', 'parameters', 'requestBody', 'responses'];

describe('closest', () => {
  it.each([
    ['discription', operation, 'description'],
    ['operationID', operation, 'operationId'],
    ['operation_id', operation, 'operationId'],
    ['opertaionId', operation, 'operationId'],
    ['tag', operation, 'tags'],
    ['repsonses', operation, 'responses'],
    ['request-bodies', operation, 'requestBody'],
    ['pacth', methods, 'patch'],
    ['DELETE', methods, 'delete'],
    ['no-snake-case', ['naming/no-snake', 'no-snakecase'], 'no-snakecase'],
  ])('takes %s for a slip', (name, candidates, meant) => {
    expect(closest(name, candidates)).toBe(meant);
  });

  it.each([
    ['query', methods],
    ['pet', ['cat', 'dog']],
    ['id', ['in', 'is']],
    ['', ['a', '']],
    ['_', ['-']],
    ['description', []],
    ['license', ['contact', 'version']],
    ['pet', ['pagination']],
  ])('has no idea what %s was meant to be', (name, candidates) => {
    expect(closest(name, candidates)).toBeNull();
  });

  it('prefers the nearest and then the earliest', () => {
    expect(closest('colour', ['colours', 'color', 'colour'])).toBe('colour');
    expect(closest('paths', ['pathe', 'pathz'])).toBe('pathe');
  });

  it('counts slips as the full table of distances does', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 18 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        const allowed = Math.min(4, Math.floor((a.length + 1) / 4));
        expect(closest(a, [b])).toBe(fullDistance(a, b) <= allowed ? b : null);
      }),
      { numRuns: 2000 },
    );
  });

  it('reads long names', () => {
    const long = 'a'.repeat(20_000);
    expect(closest(`${long}b`, ['b', long])).toBe(long);
  });
});

/** Optimal string alignment by its definition. */
function fullDistance(a: string, b: string): number {
  const table = Array.from({ length: a.length + 1 }, (_, i) => Array.from({ length: b.length + 1 }, (_, j) => i || j));
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const wrong = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min(table[i - 1]![j]! + 1, table[i]![j - 1]! + 1, table[i - 1]![j - 1]! + wrong);
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] && i > 1 && j > 1)
        cost = Math.min(cost, table[i - 2]![j - 2]! + 1);
      table[i]![j] = cost;
    }
  }
  return table[a.length]![b.length]!;
}
