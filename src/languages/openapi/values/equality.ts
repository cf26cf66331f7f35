/** How many parts of values may still be looked at. Ends values whose aliases fan out or lead back to themselves. */
export interface Allowance {
  left: number;
}

const deepest = 200;

/** A text that is the same for equal JSON values, whatever the order of their properties; undefined for values too large to tell. */
export function fingerprint(value: unknown, allowance: Allowance): string | undefined {
  const text = write(value, allowance, deepest);
  return allowance.left < 0 ? undefined : text;
}

function write(value: unknown, allowance: Allowance, depth: number): string {
  if (typeof value !== 'object' || value === null) return scalar(value);
  allowance.left -= depth > 0 ? 1 : Number.POSITIVE_INFINITY;
  if (allowance.left < 0) return '';
  if (Array.isArray(value)) return `[${value.map((item) => write(item, allowance, depth - 1)).join()}]`;
  const properties = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${write((value as Record<string, unknown>)[key], allowance, depth - 1)}`);
  return `{${properties.join()}}`;
}

/** JSON's text, with -0 as 0, and with what YAML has beyond JSON's numbers kept apart from null. */
function scalar(value: unknown): string {
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}

/** Whether `value` is among `list`; undefined when values too large to compare are in the way. */
export function includes(list: readonly unknown[], value: unknown, allowance: Allowance): boolean | undefined {
  const isScalar = typeof value !== 'object' || value === null;
  if (isScalar && list.length <= 16) return list.includes(value);
  const print = isScalar ? scalar(value) : fingerprint(value, allowance);
  const prints = printsOf(list);
  if (print !== undefined && prints.has(print)) return true;
  return print === undefined || (prints.has(undefined) && !isScalar) ? undefined : false;
}

/** How large a listed value may be. */
const mostListed = 20_000;

const kept = new WeakMap<readonly unknown[], ReadonlySet<string | undefined>>();

/** The fingerprints of a list's values, worked out once. */
function printsOf(list: readonly unknown[]): ReadonlySet<string | undefined> {
  const known = kept.get(list);
  if (known) return known;
  const prints = new Set(list.map((value) => fingerprint(value, { left: mostListed })));
  kept.set(list, prints);
  return prints;
}

/** The indexes of the first two items that are equal; null when all differ, undefined when that cannot be told. */
export function firstTwins(
  items: readonly unknown[],
  allowance: Allowance,
): readonly [number, number] | null | undefined {
  const seen = new Map<string, number>();
  let all = true;
  for (const [index, item] of items.entries()) {
    const print = fingerprint(item, allowance);
    const twin = print === undefined ? undefined : seen.get(print);
    if (twin !== undefined) return [twin, index];
    if (print === undefined) all = false;
    else seen.set(print, index);
  }
  return all ? null : undefined;
}
