import { examples } from './examples.ts';
import { entriesOf, get, isObject, itemsOf, type JsonObject } from './json.ts';
import type { OpenApi } from './openapi.ts';
import type { At } from './references.ts';
import { type Node, partsOf } from './select.ts';

/** A place for a value, with the texts that examples show there. */
export interface Shown {
  /** The schema of the place: that of the property, items or parameter, above any alternatives. */
  readonly schema: At<JsonObject>;
  readonly texts: string[];
  /** Whether some example shows something other than a text. */
  mixed: boolean;
}

/**
 * The texts that examples show for each schema, whether they stand beside it or inside an example of what holds it.
 * Alternatives and conjunctions count as the place that they stand at.
 */
export function shownTexts(api: OpenApi): readonly Shown[] {
  const known = api.memo.get(shownTexts) as readonly Shown[] | undefined;
  if (known) return known;
  const walk = new Walk(api);
  for (const { value, schema } of examples(api)) walk.enter(value, outermost(schema), 0);
  const found = [...walk.found.values()];
  api.memo.set(shownTexts, found);
  return found;
}

/** The schema that combines this one, for examples that stand on members. */
function outermost(schema: At): At {
  let top = schema;
  while (isNode(top) && isNode(top.parent) && top.parent.kind === 'Schema' && combining.has(top.field))
    top = top.parent;
  return top;
}

const combining = new Set(['allOf', 'anyOf', 'oneOf']);

function isNode(value: unknown): value is Node {
  return isObject(value) && 'kind' in value && 'field' in value;
}

/** Examples beyond these bounds are repetitions. */
const deepest = 24;
const mostItems = 3;
const mostTexts = 20;
const mostVisits = 200_000;

class Walk {
  readonly found = new Map<unknown, Shown>();
  readonly #api: OpenApi;
  readonly #branchesOf = new Map<unknown, readonly At<JsonObject>[]>();
  #visits = 0;

  constructor(api: OpenApi) {
    this.#api = api;
  }

  enter(value: unknown, here: At, depth: number): void {
    if (depth > deepest || ++this.#visits > mostVisits) return;
    const schema = this.#api.resolve(here);
    if (!schema || !isObject(schema.value)) return;
    if (typeof value !== 'object' || value === null) {
      if (value !== null) this.#note(value, schema as At<JsonObject>);
      return;
    }
    for (const part of this.#branches(schema)) {
      if (Array.isArray(value)) this.#enterItems(value, part, depth);
      else this.#enterProperties(value as JsonObject, part, depth);
    }
  }

  #note(value: unknown, schema: At<JsonObject>): void {
    let shown = this.found.get(schema.value);
    if (!shown) {
      shown = { schema, texts: [], mixed: false };
      this.found.set(schema.value, shown);
    }
    if (typeof value !== 'string') shown.mixed = true;
    else if (shown.texts.length < mostTexts) shown.texts.push(value);
  }

  #enterItems(values: readonly unknown[], { value, at }: At<JsonObject>, depth: number): void {
    if (!isObject(value['items'])) return;
    for (const item of values.slice(0, mostItems))
      this.enter(item, { value: value['items'], at: at.child('items') }, depth + 1);
  }

  #enterProperties(values: JsonObject, { value, at }: At<JsonObject>, depth: number): void {
    const patterns = entriesOf(value['patternProperties']);
    for (const [name, item] of Object.entries(values).slice(0, 200)) {
      const own = get(value['properties'], name);
      if (own !== undefined) this.enter(item, { value: own, at: at.child('properties').child(name) }, depth + 1);
      else if (patterns.length === 1) {
        const [pattern, schema] = patterns[0]!;
        this.enter(item, { value: schema, at: at.child('patternProperties').child(pattern) }, depth + 1);
      } else if (isObject(value['additionalProperties'])) {
        this.enter(item, { value: value['additionalProperties'], at: at.child('additionalProperties') }, depth + 1);
      }
    }
  }

  #branches(schema: At): readonly At<JsonObject>[] {
    const known = this.#branchesOf.get(schema.value);
    if (known) return known;
    const found = this.#collectBranches(schema);
    this.#branchesOf.set(schema.value, found);
    return found;
  }

  /** A schema, what it is the conjunction of, and its alternatives, through all levels. */
  #collectBranches(schema: At): At<JsonObject>[] {
    const found: At<JsonObject>[] = [];
    const seen = new Set<unknown>();
    const pending: At[] = [schema];
    for (let next = pending.pop(); next && found.length < 64; next = pending.pop()) {
      for (const part of partsOf(this.#api, next)) {
        if (seen.has(part.value)) continue;
        seen.add(part.value);
        found.push(part);
        for (const keyword of ['oneOf', 'anyOf']) {
          for (const [i, member] of itemsOf(part.value[keyword]).entries())
            pending.push({ value: member, at: part.at.child(keyword).child(i) });
        }
      }
    }
    return found;
  }
}
