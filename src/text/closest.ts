/** However long a name is, more slips than this make it another name. */
const mostSlips = 4;

/**
 * The candidate that `name` was probably meant to be, or null. Case and separators don't count: `operationID` is `operationId`.
 * Slips are letters too many, missing, wrong or swapped with their neighbour (optimal string alignment, a restricted
 * Damerau–Levenshtein distance); one is allowed from 3 letters on, one more for every 4 further letters. The earlier
 * of two equally near candidates wins.
 */
export function closest(name: string, candidates: Iterable<string>): string | null {
  const wanted = fold(name);
  let bound = slipsAllowed(wanted.length);
  let best: string | null = null;
  for (const candidate of candidates) {
    const slips = distanceWithin(wanted, fold(candidate), bound);
    if (slips === null) continue;
    best = candidate;
    if (slips === 0) break;
    bound = slips - 1;
  }
  return best;
}

function fold(name: string): string {
  return name.replace(/[\s_.-]/g, '').toLowerCase();
}

function slipsAllowed(length: number): number {
  return Math.min(mostSlips, Math.floor((length + 1) / 4));
}

/**
 * The number of slips between two words, or null when it exceeds `bound`. Only cells at most `bound` off the diagonal
 * can stay within it, so the work is linear in the length.
 */
function distanceWithin(a: string, b: string, bound: number): number | null {
  if (Math.abs(a.length - b.length) > bound || a === '') return null;
  let twoAbove: Map<number, number> = new Map();
  let above: Map<number, number> = new Map();
  for (let j = 0; j <= Math.min(bound, b.length); j++) above.set(j, j);
  for (let i = 1; i <= a.length; i++) {
    const row: Map<number, number> = new Map();
    for (let j = Math.max(0, i - bound); j <= Math.min(b.length, i + bound); j++) {
      row.set(j, j === 0 ? i : cheapest(a, b, i, j, row, above, twoAbove));
    }
    if (Math.min(...row.values()) > bound) return null;
    twoAbove = above;
    above = row;
  }
  const slips = above.get(b.length) ?? Number.POSITIVE_INFINITY;
  return slips <= bound ? slips : null;
}

type Row = ReadonlyMap<number, number>;

function cheapest(a: string, b: string, i: number, j: number, row: Row, above: Row, twoAbove: Row): number {
  const at = (cells: Row, index: number) => cells.get(index) ?? Number.POSITIVE_INFINITY;
  const wrong = a[i - 1] === b[j - 1] ? 0 : 1;
  const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
  return Math.min(
    at(above, j) + 1,
    at(row, j - 1) + 1,
    at(above, j - 1) + wrong,
    swapped ? at(twoAbove, j - 2) + 1 : Number.POSITIVE_INFINITY,
  );
}
