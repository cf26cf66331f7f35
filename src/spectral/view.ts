import type { Place } from '../text/place.ts';

/** What an API in a language other than OpenAPI looks like to Spectral: one tree of JSON values. */
export interface View {
  readonly language: 'graphql' | 'protobuf';
  /** The path of the file that it is named after. */
  readonly path: string;
  readonly value: object;
  /** The place of what stands at the end of a way down from the root, which is there. */
  place(way: readonly string[]): Place;
}

const views = new WeakMap<object, View['language']>();

/** Which language a value is the view of, if any. */
export function languageOfView(value: unknown): View['language'] | undefined {
  return typeof value === 'object' && value !== null ? views.get(value) : undefined;
}

/** Keeps the places of objects while a view is built. */
export class ViewBuilder {
  readonly #places = new WeakMap<object, Place>();
  readonly #keys = new WeakMap<object, Readonly<Record<string, Place | undefined>>>();

  /**
   * An object of the view, without the properties that are undefined.
   * @param at its place, which is that of all in it that has none of its own
   * @param keys the places of properties that are told apart
   */
  node(properties: Readonly<Record<string, unknown>>, at?: Place, keys?: Readonly<Record<string, Place | undefined>>) {
    const node = Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
    if (at) this.#places.set(node, at);
    if (keys) this.#keys.set(node, keys);
    return node;
  }

  /**
   * The finished view.
   * @param top the place of the root and of what belongs to nothing in particular
   */
  view(language: View['language'], path: string, value: object, top: Place): View {
    views.set(value, language);
    return { language, path, value, place: (way) => this.#place(value, way) ?? top };
  }

  #place(root: object, way: readonly string[]): Place | undefined {
    let place = this.#places.get(root);
    let value: unknown = root;
    for (const key of way) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) break;
      const own = this.#keys.get(value);
      if (own && Object.hasOwn(own, key)) place = own[key] ?? place;
      value = (value as Record<string, unknown>)[key];
      if (typeof value === 'object' && value !== null) place = this.#places.get(value) ?? place;
    }
    return place;
  }
}

/** The named things of a view by name; of two with one name, the first. Undefined where there are none. */
export function byName<T extends { readonly name: string }>(
  items: readonly T[],
  node: (item: T) => unknown,
): Readonly<Record<string, unknown>> | undefined {
  const first = new Map<string, T>();
  for (const item of items) if (!first.has(item.name)) first.set(item.name, item);
  return first.size === 0 ? undefined : Object.fromEntries([...first].map(([name, item]) => [name, node(item)]));
}

/** Items by what `keyOf` gives for them, in their order. */
export function grouped<K, T>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
