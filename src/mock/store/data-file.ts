import { plural, singular } from '../../words/plurals.ts';
import { split } from '../../words/split.ts';
import { isObject, type JsonObject } from '../json.ts';
import { Random } from '../random.ts';
import type { Resource } from '../resources/resource.ts';
import { idIn, withId } from './ids.ts';
import { MadeIds } from './made-ids.ts';
import { everywhere } from './scopes.ts';
import { inOrderOfTime, timesIn } from './stamps.ts';
import type { Item, ResourceSnapshot, Store } from './store.ts';

/**
 * Puts the records of a data file into a store, instead of what it holds: a snapshot that `saveData` wrote, or records by the
 * names of their resources, as in `{ "orders": [{ "id": 1 }] }`. Of records in the latter form, what they lack is made up.
 * Resources that the file does not name are seeded as without it.
 * @throws Error with one sentence that says what is wrong with the text
 */
export function loadData(text: string, store: Store): void {
  if (text.trim() === '') return;
  const data = parse(text);
  if (!isObject(data)) throw new Error('The data is no JSON object: write { "orders": [{ … }] }.');
  store.restore(isObject(data['resources']) && data['version'] === 1 ? data : snapshotOf(data, store));
}

/** All records of a store as the text of a data file. */
export function saveData(store: Store): string {
  return `${JSON.stringify(store.snapshot(), null, 2)}\n`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`The data is no JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

function snapshotOf(data: JsonObject, store: Store): unknown {
  const resources = new Map<string, ResourceSnapshot>();
  for (const [name, records] of Object.entries(data)) {
    const resource = store.resources.find((resource) => isCalled(resource, name));
    if (!resource) throw new Error(`The data has "${name}", but ${existing(store)}.`);
    if (resources.has(resource.name))
      throw new Error(`The data has "${name}", but these records are already there by another name.`);
    const list: unknown = isObject(records) ? [records] : records;
    if (!Array.isArray(list) || !list.every(isObject)) {
      throw new Error(`"${name}" of the data is no list of objects.`);
    }
    resources.set(resource.name, {
      items: itemsOf(list, resource, name, store.now()),
      seeded: true,
      sequence: 0,
      largest: 0,
    });
  }
  return { version: 1, resources: Object.fromEntries(resources) };
}

function itemsOf(records: readonly JsonObject[], resource: Resource, name: string, now: number): readonly Item[] {
  const ids = new Set<string>();
  for (const record of records) {
    const id = idIn(record, resource);
    if (id !== undefined && ids.has(id)) throw new Error(`Two records of "${name}" have the id ${id}.`);
    if (id !== undefined) ids.add(id);
  }
  const made = new MadeIds(0);
  const { idField, idKind } = resource.home;
  let largest = 0;
  for (const id of ids) if (idKind === 'integer') largest = Math.max(largest, Number(id) || 0);
  return records.map((record, i) => {
    const random = new Random('data', resource.name, i);
    const id = idIn(record, resource) ?? made.next(resource, i, largest, (id) => !ids.has(id));
    largest = idKind === 'integer' ? Math.max(largest, Number(id) || 0) : largest;
    ids.add(id);
    const complete = resource.home.complete(
      idField === null ? record : withId(record, id, everywhere, resource),
      random,
    );
    // What the file says stays, even where the schema would not have it; the document may be what is wrong.
    const value = inOrderOfTime(withId({ ...complete, ...record }, id, everywhere, resource), resource, record);
    const { created = now, modified = created } = timesIn(value, resource);
    return { id, value, extra: {}, scope: [], version: 1, created, modified, sequence: i + 1, seeded: true };
  });
}

/** Whether a name in a file means a resource: `orders`, `order`, `OrderLines`, `order-lines`. */
function isCalled(resource: Resource, name: string): boolean {
  return inSingular(split(name)) === inSingular(split(resource.name));
}

function inSingular(words: readonly string[]): string {
  return [...words.slice(0, -1), singular(words.at(-1) ?? '')].join(' ');
}

function existing(store: Store): string {
  const names = store.resources.slice(0, 10).map(({ name }) => pluralOf(name));
  if (names.length === 0) return 'the documents describe no records';
  return `the documents describe ${names.join(', ')}${store.resources.length > names.length ? ' …' : ''}`;
}

function pluralOf(name: string): string {
  const words = name.split(' ');
  return [...words.slice(0, -1), plural(words.at(-1) ?? '')].join(' ');
}
