import type { KindName, Shape } from './grammar.ts';
import { isObject, type JsonObject } from './json.ts';
import type { OpenApi } from './openapi.ts';
import type { At } from './references.ts';
import { leadsToNodes } from './walk.ts';

/**
 * Objects with a `$ref` in places where the specification has no objects: at the root, under keys that it does not know,
 * and in place of scalars. Examples, defaults and extensions may hold anything and are left out.
 */
export function strayReferences(api: OpenApi): At<JsonObject>[] {
  const found: At<JsonObject>[] = typeof api.root.value['$ref'] === 'string' ? [api.root] : [];
  for (const kind of Object.keys(api.grammar) as KindName[]) {
    const { fields, entries } = api.grammar[kind];
    const allowed = new Set(Object.keys(fields).filter((key) => mayHoldObjects(fields[key]!)));
    for (const node of api.index.nodes[kind]) {
      // `for…in` makes no list of keys, and the objects of documents inherit none.
      for (const key in node.value) {
        const value = node.value[key];
        if (value === null || typeof value !== 'object' || allowed.has(key) || key.startsWith('x-')) continue;
        if (entries && !Object.hasOwn(fields, key)) continue;
        found.push(...withReferences({ value, at: node.at.child(key) }));
      }
    }
  }
  return found;
}

const mayHoldObjects = (shape: Shape): boolean => isOpen(shape) || leadsToNodes(shape);

/** Lists and maps of anything. */
function isOpen(shape: Shape): boolean {
  if (typeof shape === 'string') return shape === 'any';
  if ('list' in shape) return isOpen(shape.list);
  return 'map' in shape && isOpen(shape.map);
}

function withReferences(start: At): At<JsonObject>[] {
  const found: At<JsonObject>[] = [];
  const seen = new Set<unknown>();
  const pending = [start];
  for (let here = pending.pop(); here; here = pending.pop()) {
    if (here.value === null || typeof here.value !== 'object' || seen.has(here.value)) continue;
    seen.add(here.value);
    if (isObject(here.value) && typeof here.value['$ref'] === 'string') found.push(here as At<JsonObject>);
    for (const [key, value] of Object.entries(here.value)) {
      if (!key.startsWith('x-'))
        pending.push({ value, at: here.at.child(Array.isArray(here.value) ? Number(key) : key) });
    }
  }
  return found;
}
