import { isObject } from '../json.ts';
import type { Item, ResourceSnapshot } from './store.ts';

/**
 * The records in a snapshot by resource.
 * @throws Error with a sentence when the data is no snapshot
 */
export function readSnapshot(snapshot: unknown): ReadonlyMap<string, ResourceSnapshot> {
  if (!isObject(snapshot) || snapshot['version'] !== 1 || !isObject(snapshot['resources'])) {
    throw new Error('This is no snapshot of a mock: it has no "version": 1 with "resources".');
  }
  return new Map(Object.entries(snapshot['resources']).map(([name, records]) => [name, readRecords(name, records)]));
}

function readRecords(name: string, records: unknown): ResourceSnapshot {
  if (!isObject(records)) throw new Error(`The records of ${name} are no object with "items".`);
  const { items, seeded, sequence, largest } = records as { readonly [key: string]: unknown };
  if (!Array.isArray(items)) throw new Error(`The records of ${name} are no object with "items".`);
  const wrong = items.findIndex((item) => !isItem(item));
  if (wrong >= 0) throw new Error(`Record ${wrong + 1} of ${name} lacks one of ${needed.join(', ')}.`);
  const keys = new Set(items.map(({ id, scope }: Item) => JSON.stringify([id, ...scope])));
  if (keys.size < items.length) throw new Error(`Two records of ${name} have the same id.`);
  const sequences = items.map(({ sequence }: Item) => sequence);
  if (new Set(sequences).size < items.length) throw new Error(`Two records of ${name} have the same sequence.`);
  return {
    items: [...items].sort((a: Item, b: Item) => a.sequence - b.sequence),
    seeded: isScopes(seeded) ? seeded : true,
    sequence: Math.max(wholeNumber(sequence), ...lastOf(sequences)),
    largest: wholeNumber(largest),
  };
}

const needed = ['id', 'value', 'extra', 'scope', 'version', 'created', 'modified', 'sequence'] as const;

function isItem(item: unknown): item is Item {
  if (!isObject(item)) return false;
  const { id, value, extra, version, created, modified, sequence } = item;
  return (
    typeof id === 'string' &&
    isObject(value) &&
    isObject(extra) &&
    isTexts(item['scope']) &&
    [version, created, modified, sequence].every((number) => typeof number === 'number' && Number.isFinite(number))
  );
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((part) => typeof part === 'string');
}

function isScopes(value: unknown): value is readonly (readonly string[])[] {
  return Array.isArray(value) && value.every(isTexts);
}

function wholeNumber(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : 0;
}

/** The largest, as a list of one or none: arguments cannot be as many as records. */
function lastOf(numbers: readonly number[]): readonly number[] {
  return numbers.length === 0 ? [] : [numbers.reduce((a, b) => Math.max(a, b))];
}
