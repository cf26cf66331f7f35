/** Resources whose records are kept in the words of `.proto` files or of a GraphQL schema. */
import { toCase } from '../../words/cases.ts';
import { isObject, type JsonObject } from '../json.ts';
import { completeShape, inventShape } from '../lens/invent.ts';
import type { Random } from '../random.ts';
import type { Shape } from '../shape.ts';
import type { Home } from './resource.ts';

/** What is known of a resource when its home is asked for. */
export interface ShapeHomeOptions {
  readonly language: 'protobuf' | 'graphql';
  readonly shape: Shape;
  /** What it is called. */
  readonly name: string;
  readonly idField: string | null;
  readonly idKind: Home['idKind'];
  /** How resource names are made (AIP-122): `orders/*`; null where ids are plain. */
  readonly pattern: string | null;
}

/** A home that makes its records of a shape. */
export class ShapeHome implements Home {
  readonly language: ShapeHomeOptions['language'];
  readonly shape: Shape;
  readonly idField: string | null;
  readonly idKind: Home['idKind'];
  readonly #name: string;
  readonly #pattern: string | null;

  constructor({ language, shape, name, idField, idKind, pattern }: ShapeHomeOptions) {
    this.language = language;
    this.shape = shape;
    this.idField = idField;
    this.idKind = idKind;
    this.#name = name;
    this.#pattern = pattern;
  }

  sample(random: Random, fixed: JsonObject = {}): JsonObject {
    const id = this.idField;
    const known = id === null || id in fixed ? fixed : { ...fixed, ...this.#madeId(id, random) };
    const made = inventShape(this.shape, random, [this.#name], known);
    return isObject(made) ? made : known;
  }

  complete(partial: JsonObject, random: Random): JsonObject {
    const id = this.idField;
    const known = id === null || id in partial ? partial : { ...partial, ...this.#madeId(id, random) };
    const whole = completeShape(this.shape, known, random, [this.#name]);
    return isObject(whole) ? whole : known;
  }

  /** An id where its form is known and what is made up by the field's name would not be one. */
  #madeId(field: string, random: Random): JsonObject {
    if (this.#pattern !== null) return { [field]: this.#pattern.replaceAll('*', () => hex(random)) };
    if (this.idKind !== 'string') return {};
    return { [field]: `${prefixOf(this.#name)}_${hex(random)}` };
  }
}

const hex = (random: Random): string => Array.from({ length: 12 }, () => random.integer(0, 15).toString(16)).join('');

/** The first letters of a name: `ord` of `order`, `ol` of `order line`. */
function prefixOf(name: string): string {
  const words = toCase(name, 'snake').split('_');
  return words.length > 1 ? words.map((word) => word.charAt(0)).join('') : name.slice(0, 3);
}
