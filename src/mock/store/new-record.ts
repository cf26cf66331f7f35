import type { JsonObject } from '../json.ts';
import type { Random } from '../random.ts';
import type { Resource } from '../resources/resource.ts';
import { stamps } from './stamps.ts';

/**
 * A record for `Store.create`, made of what a caller wrote: completed by its home, its times set to now. An id that the caller
 * did not write is left out, so that the store makes one; what the caller wrote of times stays.
 * @param written in home words
 * @param at milliseconds since 1970
 */
export function newRecord(resource: Resource, written: JsonObject, at: number, random: Random): JsonObject {
  const { idField } = resource.home;
  const complete = resource.home.complete({ ...stamps(resource, at, 'created'), ...written }, random);
  if (idField === null || (written[idField] !== undefined && written[idField] !== null)) return complete;
  return Object.fromEntries(Object.entries(complete).filter(([name]) => name !== idField));
}
