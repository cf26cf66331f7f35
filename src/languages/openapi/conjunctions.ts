import { asString, isObject, itemsOf, keysOf } from './json.ts';
import type { OpenApi } from './openapi.ts';
import type { At } from './references.ts';
import { type Node, schemas } from './select.ts';

/** What is known of the properties of a value to which several schemas apply together. */
export interface Vocabulary {
  readonly names: ReadonlySet<string>;
  /** Whether some schema cannot be seen, or allows names by pattern or as keys of a map. */
  readonly open: boolean;
}

/**
 * Every property name that the schemas around one declare for the same value: those it combines (`allOf`, `anyOf`, `if`
 * and so on), those that combine it, and all that these refer to.
 */
export function vocabularyOf(api: OpenApi, schema: Node): Vocabulary {
  const top = outermost(schema);
  const known = vocabularies(api);
  const vocabulary = known.get(top) ?? collect(api, top);
  known.set(top, vocabulary);
  return vocabulary;
}

/** Keywords whose schemas apply to the same value as the schema that they stand in. */
const inPlace = ['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else', 'dependentSchemas'] as const;
const inPlaceNames: ReadonlySet<string> = new Set(inPlace);

function vocabularies(api: OpenApi): Map<Node, Vocabulary> {
  const known = (api.memo.get(vocabularies) as Map<Node, Vocabulary> | undefined) ?? new Map<Node, Vocabulary>();
  api.memo.set(vocabularies, known);
  return known;
}

function outermost(schema: Node): Node {
  let top = schema;
  while (top.parent?.kind === 'Schema' && inPlaceNames.has(top.field)) top = top.parent;
  return top;
}

function collect(api: OpenApi, top: Node): Vocabulary {
  const names = new Set<string>();
  let open = false;
  const seen = new Set<unknown>();
  const pending: At[] = [top, ...combiningOf(api, top)];
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (!isObject(next.value) || seen.has(next.value)) continue;
    seen.add(next.value);
    const { value, at } = next;
    const ref = asString(value['$ref']) ?? asString(value['$dynamicRef']);
    if (ref !== undefined) {
      const resolution = api.references.resolve(ref, at);
      if ('target' in resolution) pending.push(resolution.target);
      else open = true;
    }
    const properties = api.resolve({ value: value['properties'], at: at.child('properties') });
    for (const name of keysOf(properties?.value)) names.add(name);
    open ||= keysOf(value['patternProperties']).length > 0 || keysOf(value['additionalProperties']).length > 0;
    for (const keyword of inPlace) {
      const below = value[keyword];
      const list = keyword === 'dependentSchemas' ? Object.values(isObject(below) ? below : {}) : itemsOf(below);
      for (const [i, part] of list.entries()) pending.push({ value: part, at: at.child(keyword).child(i) });
      if (isObject(below) && keyword !== 'dependentSchemas') pending.push({ value: below, at: at.child(keyword) });
    }
  }
  return { names, open };
}

/** The outermost schemas that combine `top` through a reference. */
function combiningOf(api: OpenApi, top: Node): Node[] {
  const found = new Set<Node>();
  const pending = [top];
  for (let next = pending.pop(); next; next = pending.pop()) {
    for (const user of combiningReferences(api).get(next.value) ?? []) {
      if (found.has(user)) continue;
      found.add(user);
      pending.push(user);
    }
  }
  return [...found];
}

/** By the schema that a combining `$ref` leads to: the outermost schemas it stands in. */
function combiningReferences(api: OpenApi): ReadonlyMap<unknown, readonly Node[]> {
  let known = api.memo.get(combiningReferences) as Map<unknown, Node[]> | undefined;
  if (known) return known;
  known = new Map();
  api.memo.set(combiningReferences, known);
  for (const schema of schemas(api)) {
    for (const { field, resolution, holder } of schema.references) {
      const combines = inPlaceNames.has(field) || holder.value === schema.value;
      if (!combines || !('target' in resolution)) continue;
      const users = known.get(resolution.target.value);
      if (users) users.push(outermost(schema));
      else known.set(resolution.target.value, [outermost(schema)]);
    }
  }
  return known;
}
