import { split } from '../../words/split.ts';
import type { Json, JsonObject } from '../json.ts';
import { Random } from '../random.ts';
import type { Resource } from '../resources/resource.ts';
import type { Field } from '../shape.ts';
import { writeMoment } from '../store/stamps.ts';
import type { Item } from '../store/store.ts';
import { convert, type Passage, type ShapePair } from './convert.ts';
import { inventShape } from './invent.ts';
import { meaningOf } from './meanings.ts';
import { pairingOf } from './pairing.ts';

/** Fills what a reader's object still lacks once all that its record knows of it was carried over. */
export class Gaps {
  readonly #item: Item;
  readonly #resource: Resource;
  readonly #random: Random;
  #seed: number | undefined;

  /** @param random where made-up values come from; the same for the same record, so that they are the same at every reading */
  constructor(item: Item, resource: Resource, random: Random) {
    this.#item = item;
    this.#resource = resource;
    this.#random = random;
  }

  /**
   * An object with what it lacked: what other languages wrote, what the store knows, and made-up values where the reader needs
   * some. Of records that callers created, nothing is made up that may as well be left out.
   */
  readonly fill = (
    made: JsonObject,
    from: JsonObject,
    { from: home, to }: ShapePair,
    path: readonly string[],
  ): JsonObject => {
    const { byTo } = pairingOf(home, to);
    const filled: [string, Json][] = [];
    for (const field of to.fields().values()) {
      const value = Object.hasOwn(made, field.name)
        ? made[field.name]!
        : this.#missing(field, path, from, byTo.has(field.name));
      if (value !== undefined && !(value === null && field.required && !Object.hasOwn(made, field.name))) {
        filled.push([field.name, value === null && field.required ? this.#invented(field, path, from) : value]);
      }
    }
    return Object.fromEntries(filled);
  };

  /** What a field holds that its record says nothing of; undefined: nothing. */
  #missing(field: Field, path: readonly string[], from: JsonObject, isKnown: boolean): Json | undefined {
    const stored = path.length === 0 && !isKnown ? this.#stored(field) : undefined;
    if (stored !== undefined) return stored;
    const extra = extraAt(this.#item.extra, [...path, field.name]);
    const carried = extra === undefined ? undefined : convert(extra, { kind: 'any' }, field.shape, inward, field.name);
    if (carried !== undefined) return carried;
    if (field.required) return this.#invented(field, path, from);
    // What the home knows and nobody wrote is left out there, too.
    return !isKnown && this.#item.seeded ? this.#invented(field, path, from) : undefined;
  }

  /** What the store itself knows of a record. */
  #stored(field: Field): Json | undefined {
    const item = this.#item;
    const { kind } = field.shape;
    switch (meaningOf(field.name, split(this.#resource.name))) {
      case 'etag':
        return kind === 'string' ? `"${item.sequence}-${item.version}"` : undefined;
      case 'version':
      case 'revision':
      case 'generation':
        return kind === 'integer' ? item.version : undefined;
      case '@created':
        return writeMoment(field.name, field.shape, item.created);
      case '@modified':
        return writeMoment(field.name, field.shape, item.modified);
      default:
        return undefined;
    }
  }

  #invented(field: Field, path: readonly string[], from: JsonObject): Json {
    this.#seed ??= this.#random.integer(0, 2 ** 32 - 1);
    const names = path.filter((name) => !/^\d+$/.test(name));
    // What is linked to looks the same wherever it is linked from.
    const linked = Object.keys(from).length === 1 && typeof from['id'] === 'string' ? from['id'] : undefined;
    const random =
      linked === undefined ? new Random(this.#seed, ...path, field.name) : new Random('linked', linked, field.name);
    return inventShape(field.shape, random, [this.#resource.name, ...names, field.name]);
  }
}

/** Nothing of note is passed on to what is read as it was written. */
const inward: Passage = { namesLinks: false, links: new Map(), currency: null, leave: null, path: [], finish: null };

/** What other languages wrote at a path, by that path or by one whose names mean the same. */
export function extraAt(extra: JsonObject, path: readonly string[]): Json | undefined {
  const exact = path.join('.');
  if (Object.hasOwn(extra, exact)) return extra[exact];
  let byWords = wordsOfExtras.get(extra);
  if (!byWords) {
    byWords = new Map(Object.entries(extra).map(([key, value]) => [wordsOfPath(key.split('.')), value]));
    wordsOfExtras.set(extra, byWords);
  }
  return byWords.size === 0 ? undefined : byWords.get(wordsOfPath(path));
}

const wordsOfExtras = new WeakMap<JsonObject, ReadonlyMap<string, Json>>();

function wordsOfPath(path: readonly string[]): string {
  return path.map((name) => meaningOf(name, [])).join('.');
}
