/**
 * What a value looks like, in terms that all three languages share: just enough to carry what was written in one language
 * over to readers of another, and to make something up where a reader asks for what nobody wrote.
 */
export type Shape =
  | { readonly kind: 'object'; readonly name: string; readonly fields: () => ReadonlyMap<string, Field> }
  | { readonly kind: 'list'; readonly items: Shape }
  | { readonly kind: 'map'; readonly values: Shape }
  /** `values` as the language spells them: `placed`, `PLACED`, `ORDER_STATUS_PLACED`. */
  | { readonly kind: 'enum'; readonly name: string; readonly values: readonly string[] }
  /** `format` in the words of OpenAPI's registry: `date-time`, `uuid`, `email`, `int64` … */
  /** `names` is how the resource names that it holds are made (AIP-122): `products/*`. */
  | { readonly kind: 'string'; readonly format?: string; readonly names?: string }
  | { readonly kind: 'integer'; readonly format?: string; readonly asText?: boolean }
  | { readonly kind: 'number' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'any' };

/** A field of an object. */
export interface Field {
  readonly name: string;
  readonly shape: Shape;
  readonly required: boolean;
  /** Whether callers write it: false for what the server sets. */
  readonly writable: boolean;
}
