/** A query or form body as pairs, in order. */
export interface Pairs {
  /** Each name with its values as sent: still percent-encoded, so that what is encoded separates nothing. */
  readonly byName: ReadonlyMap<string, readonly string[]>;
}

/** More pairs than this are not read. */
const mostPairs = 10_000;

/** Splits `a=1&b=2`. Names are decoded, values are not. */
export function pairsOf(text: string): Pairs {
  const byName = new Map<string, string[]>();
  if (text === '') return { byName };
  let count = 0;
  for (let at = 0; at <= text.length && count < mostPairs; count++) {
    const end = text.indexOf('&', at);
    const pair = end < 0 ? text.slice(at) : text.slice(at, end);
    at = end < 0 ? text.length + 1 : end + 1;
    if (pair === '') continue;
    const mark = pair.indexOf('=');
    const name = decodeForm(mark < 0 ? pair : pair.slice(0, mark));
    const value = mark < 0 ? '' : pair.slice(mark + 1);
    const values = byName.get(name);
    if (values) values.push(value);
    else byName.set(name, [value]);
  }
  return { byName };
}

/** Decodes as forms are (WHATWG URL, "application/x-www-form-urlencoded"): `+` is a space; what is no valid encoding stays as it is. */
export function decodeForm(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

/** The keys in the brackets of a name: `filter[price][gte]` is `['price', 'gte']` of `filter`; null where it is no such name. */
export function bracketKeys(name: string, of: string): readonly string[] | null {
  if (!name.startsWith(of) || name[of.length] !== '[' || !name.endsWith(']')) return null;
  const inner = name.slice(of.length);
  if (!/^(?:\[[^[\]]*\])+$/.test(inner)) return null;
  return inner.slice(1, -1).split('][').slice(0, mostKeys);
}

const mostKeys = 10;

/** An object, or a list, as it grows from names with brackets. */
export type Tree = Map<string, Tree | readonly string[]>;

/** Puts values at a way of keys into a tree. What stands at the end of another way already stays. */
export function plant(tree: Tree, keys: readonly string[], values: readonly string[]): void {
  let here = tree;
  for (const [i, key] of keys.entries()) {
    const there = here.get(key);
    if (i === keys.length - 1) {
      if (there instanceof Map) return;
      here.set(key, there ? [...there, ...values] : values);
      return;
    }
    if (there !== undefined && !(there instanceof Map)) return;
    const next: Tree = there ?? new Map();
    here.set(key, next);
    here = next;
  }
}
