import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { circles } from '../../../src/languages/protobuf/circles.ts';

/** `a>b b>a` as a graph, with its nodes in the order in which they are named. */
function circlesIn(graph: string): string[] {
  const edges = graph.split(' ').map((edge) => edge.split('>'));
  const nodes = [...new Set(edges.flat())];
  return circles(nodes, (node) => edges.filter(([from]) => from === node).map(([, to]) => to!)).map((way) =>
    way.join(''),
  );
}

test.each([
  ['a>b b>c', []],
  ['a>a', ['a']],
  ['a>b b>a', ['ab']],
  ['c>a a>b b>c', ['cab']],
  ['a>b b>c c>d d>a b>a', ['ab']],
  ['a>b b>a c>d d>c b>c', ['ab', 'cd']],
  ['x>a a>b b>a', ['ab']],
])('%s', (graph, found) => {
  expect(circlesIn(graph)).toEqual(found);
});

it('tells a node that leads back to itself, and no other', () => {
  const edge = fc.tuple(fc.nat(7), fc.nat(7));
  fc.assert(
    fc.property(fc.array(edge, { maxLength: 20 }), (edges) => {
      const nodes = [...Array(8).keys()];
      const next = (node: number) => edges.filter(([from]) => from === node).map(([, to]) => to);
      const found = circles(nodes, next);
      for (const way of found) {
        for (const [index, node] of way.entries()) expect(next(node)).toContain(way[(index + 1) % way.length]);
      }
      expect(found.length > 0).toBe(nodes.some((node) => reaches(node, node, next)));
    }),
    { seed: 20261120 },
  );
});

function reaches(from: number, to: number, next: (node: number) => number[]): boolean {
  const seen = new Set<number>();
  const pending = next(from);
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node === to) return true;
    if (!seen.has(node)) pending.push(...next(node));
    seen.add(node);
  }
  return false;
}
