import { isObject, type JsonObject } from './json.ts';
import type { OpenApi } from './openapi.ts';
import type { At } from './references.ts';
import { leadsToNodes, type Node } from './walk.ts';

/**
 * Objects with a `$ref` in places where the specification has no objects: at the root, under keys that it does not know,
 * and in place of scalars. Examples, defaults and extensions may hold anything and are left out.
 */
export function strayReferences(api: OpenApi): At<JsonObject>[] {
  const found: At<JsonObject>[] = typeof api.root.value['$ref'] === 'string' ? [api.root] : [];
  for (const nodes of Object.values(api.index.nodes)) {
    for (const node of nodes) found.push(...misplacedIn(api, node).flatMap(withReferences));
  }
  return found;
}

/** The objects and arrays in a node that the grammar knows nothing of. */
function misplacedIn(api: OpenApi, { kind, value, at }: Node): At[] {
  const { fields, entries } = api.grammar[kind];
  return Object.keys(value).flatMap((key) => {
    const shape = fields[key];
    if (value[key] === null || typeof value[key] !== 'object' || key.startsWith('x-')) return [];
    if (shape === undefined ? entries : shape === 'any' || isOpen(shape) || leadsToNodes(shape)) return [];
    return [{ value: value[key], at: at.child(key) }];
  });
}

/** Lists and maps of anything. */
function isOpen(shape: Parameters<typeof leadsToNodes>[0]): boolean {
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
