import type { GraphQLField } from 'graphql/index.js';
import type { Resource } from '../resources/resource.ts';
import type { Item } from '../store/store.ts';

export type AnyField = GraphQLField<unknown, unknown>;

/** An object of an answer that is a record of the store. */
export class Recorded {
  readonly resource: Resource;
  readonly item: Item;
  /** The object type as which it is read. */
  readonly typeName: string;
  /** What some fields hold whatever the record says, by name: how it was asked for. */
  readonly fixed: Readonly<Record<string, unknown>>;

  constructor(resource: Resource, item: Item, typeName: string, fixed: Readonly<Record<string, unknown>> = {}) {
    this.resource = resource;
    this.item = item;
    this.typeName = typeName;
    this.fixed = fixed;
  }

  /** What its made-up parts are made of. */
  get seed(): string {
    return `${this.resource.name}:${this.item.scope.join('/')}:${this.item.id}`;
  }
}

/** An object of an answer of which some fields are known, and all others are made up. */
export class Known {
  /** What the others are made of. */
  readonly seed: string;
  /** Undefined where nothing is known of a field. */
  readonly read: (field: AnyField) => unknown;
  readonly typeName: string | undefined;

  constructor(seed: string, read: (field: AnyField) => unknown, typeName?: string) {
    this.seed = seed;
    this.read = read;
    this.typeName = typeName;
  }

  /** What holds these values. */
  static of(seed: string, values: Readonly<Record<string, unknown>>, typeName?: string): Known {
    return new Known(seed, ({ name }) => (Object.hasOwn(values, name) ? values[name] : undefined), typeName);
  }
}

/** A part of a list, ready to be given out as a list, a connection or a page. */
export interface Listing {
  readonly items: readonly unknown[];
  readonly cursors: readonly string[];
  readonly hasNext: boolean;
  readonly hasPrevious: boolean;
  readonly total: number;
  /** How many were asked for. */
  readonly limit: number;
  readonly page: number;
}

/** What a field is asked, apart from the object that it is asked of. */
export interface Call {
  readonly field: AnyField;
  readonly args: Readonly<Record<string, unknown>>;
  /** The name of the type that the field is read at. */
  readonly parent: string;
  /** The arguments that the caller wrote; all others are defaults. */
  given(): ReadonlySet<string>;
}
