import { toCase } from '../../words/cases.ts';
import { plural, singular } from '../../words/plurals.ts';
import { split } from '../../words/split.ts';
import type { Resource } from '../resources/resource.ts';
import { everywhere, type Scope } from './scopes.ts';

/** Whether the records of a resource are told apart by resource names of AIP-122: `orders/123` in a field `name`. */
export function hasResourceNames({ home }: Resource): boolean {
  return home.language === 'protobuf' && home.idField === 'name';
}

/** The resource name of a record: `customers/1/orders/2` in the scope `['1']` where customers are above. */
export function resourceNameOf(resource: Resource, id: string, scope: Scope = everywhere): string {
  const { parent } = resource;
  const above =
    parent !== null && scope.length > 0 ? `${resourceNameOf(parent, scope.at(-1)!, scope.slice(0, -1))}/` : '';
  return `${above}${collectionIdOf(resource)}/${id}`;
}

/** The last segment of a resource name, which is the id; a text without `/` is the id itself. */
export function idOfName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

/** The ids in a resource name above the last one: `['1']` of `customers/1/orders/2`. */
export function scopeOfName(name: string): Scope {
  const segments = name.split('/');
  return segments.filter((_, i) => i % 2 === 1 && i < segments.length - 1);
}

/** How the records of a resource are called in resource names (AIP-122): the plural in camel case. */
export function collectionIdOf(resource: Resource): string {
  const words = split(resource.name);
  const last = words.at(-1) ?? 'item';
  return toCase([...words.slice(0, -1), plural(singular(last))], 'camel');
}
