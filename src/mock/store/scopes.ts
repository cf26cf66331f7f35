import { isObject, type Json } from '../json.ts';
import type { Resource } from '../resources/resource.ts';
import { collectionIdOf, idOfName } from './resource-names.ts';
import type { Item } from './store.ts';

export type Scope = readonly string[];

/** The scope of all. */
export const everywhere: Scope = [];

/** Whether a record is found in a scope: the rules are told at `Store`. */
export function liesIn(item: Item, scope: Scope, resource: Resource): boolean {
  if (scope.every((part, i) => item.scope[i] === part)) return true;
  return resource.parent === null && item.scope.length === 0 && isLinked(item, scope.at(-1)!, resource);
}

/** A scope as one text; no two have the same. */
export function scopeKey(scope: Scope): string {
  return scope.length === 0 ? '' : JSON.stringify(scope);
}

/** The field with the id of the record that those of this resource lie below; undefined where only the scope tells. */
export function parentField(resource: Resource): string | undefined {
  if (resource.parent === null) return undefined;
  for (const [field, target] of resource.links) if (target === resource.parent) return field;
  return undefined;
}

/** The id in a link: `cus_1`, 17, `{ "id": "cus_1" }`, `customers/cus_1`; undefined where there is none. */
export function linkedId(link: Json | undefined, target: Resource): string | undefined {
  if (typeof link === 'number') return String(link);
  if (typeof link === 'string') {
    // A resource name (AIP-122) has the id at its end, whatever the target's home.
    const isName =
      link.includes('/') &&
      (target.home.language === 'protobuf' || link === `${collectionIdOf(target)}/${idOfName(link)}`);
    return isName ? idOfName(link) : link;
  }
  const id = isObject(link) ? link[target.home.idField ?? 'id'] : undefined;
  return typeof id === 'string' || typeof id === 'number' ? linkedId(id, target) : undefined;
}

function isLinked(item: Item, id: string, resource: Resource): boolean {
  for (const [field, target] of resource.links) if (linkedId(item.value[field], target) === id) return true;
  return false;
}
