import type { LanguageName } from '../../languages/language.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Random } from '../random.ts';
import type { Shape } from '../shape.ts';

/**
 * A kind of things that the documents let callers list, read, create or change: `/orders`, `Order` and `OrderService` are one.
 * Its records are kept in the words of the language that describes it best, its home: OpenAPI before `.proto` before GraphQL.
 */
export interface Resource {
  /** Its name in the singular, in lower-case words: `order line`. Unique in a mock. */
  readonly name: string;
  readonly home: Home;
  /** The fields of its records that hold the id of a record of another resource, by field: `customer_id` to `customer`. */
  readonly links: ReadonlyMap<string, Resource>;
  /** The resource whose records hold these, as `/customers/{id}/orders` says; null at the top. */
  readonly parent: Resource | null;
}

/** Who knows what the records of a resource look like. */
export interface Home {
  readonly language: LanguageName;
  readonly shape: Shape;
  /** The field that tells records apart: `id`, `order_id`, `name`. Null where records carry no id, only URLs do. */
  readonly idField: string | null;
  /** What an id looks like. */
  readonly idKind: 'integer' | 'uuid' | 'string';
  /**
   * A plausible record that fits the home's schema.
   * @param random what it is made of; the same gives the same
   * @param fixed what some fields are to hold, such as the id
   * @param index which of the document's examples is wanted, from 0; made up where it has not as many, and when left out
   */
  sample(random: Random, fixed?: JsonObject, index?: number): JsonObject;
  /** An id as samples have it, where it can be had without the rest of a record; undefined where it can't. */
  sampleId?(random: Random): Json | undefined;
  /**
   * A record with all that a caller wrote and all else that the schema requires. What does not fit the schema is replaced.
   * @param partial what is known, in the home's words
   */
  complete(partial: JsonObject, random: Random): JsonObject;
  /**
   * What of a partial record no record can hold: texts that do not match their pattern, numbers out of bounds. Nothing of what is
   * missing, and nothing of types: what other languages write is made to fit where it can be.
   * @param partial in the home's words
   */
  faults?(partial: JsonObject): readonly Fault[];
}

/** Something in a record that does not fit. */
export interface Fault {
  /** The way to it. */
  readonly path: readonly (string | number)[];
  /** What is wrong, in words that begin with the way to it, without a full stop. */
  readonly message: string;
}
