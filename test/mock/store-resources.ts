// Resources made by hand, for tests of the store and the lens.
import type { Json, JsonObject } from '../../src/mock/json.ts';
import type { Random } from '../../src/mock/random.ts';
import type { Home, Resource } from '../../src/mock/resources/resource.ts';
import type { Field, Shape } from '../../src/mock/shape.ts';

/** An object of fields that are all required. */
export function objectOf(name: string, shapes: Readonly<Record<string, Shape>>): Shape & { readonly kind: 'object' } {
  const fields = new Map<string, Field>(
    Object.entries(shapes).map(([name, shape]) => [name, { name, shape, required: true, writable: true }]),
  );
  return { kind: 'object', name, fields: () => fields };
}

export const text: Shape = { kind: 'string' };
export const integer: Shape = { kind: 'integer' };
export const moment: Shape = { kind: 'string', format: 'date-time' };

export interface Made {
  readonly shape?: Shape;
  readonly language?: Home['language'];
  readonly idField?: string | null;
  readonly idKind?: Home['idKind'];
  readonly parent?: Resource;
  readonly example?: JsonObject;
  readonly make?: (random: Random) => JsonObject;
}

/** A resource; `links` may be filled later, so that resources can link to each other. */
export function resource(name: string, made: Made = {}): Resource & { readonly links: Map<string, Resource> } {
  const { idField = 'id', idKind = 'integer', parent = null, language = 'openapi' } = made;
  const make = made.make ?? ((random) => ({ title: `T${random.integer(1, 1_000_000)}` }));
  const home: Home = {
    language,
    shape: made.shape ?? objectOf(name, { id: integer, title: text }),
    idField,
    idKind,
    sample: (random, fixed = {}, index): JsonObject => {
      const own: Record<string, Json> = idField === null ? {} : { [idField]: idOf(idKind, random) };
      return { ...own, ...make(random), ...(index === 0 ? made.example : {}), ...fixed };
    },
    complete: (partial, random) => ({ ...make(random), ...partial }),
  };
  return { name, home, links: new Map(), parent };
}

function idOf(kind: Home['idKind'], random: Random): Json {
  return kind === 'integer' ? random.integer(1000, 2_000_000_000) : `${kind}_${random.integer(1e9, 9e9).toString(16)}`;
}

/** Milliseconds that go on by one a second with every look. */
export function clock(start = Date.UTC(2026, 5, 1)): () => number {
  let now = start;
  return () => {
    now += 1000;
    return now;
  };
}
