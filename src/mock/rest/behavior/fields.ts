/** The fields of records by the words of their names: what filters, sort keys, timestamps and actions find them by. */
import { singular } from '../../../words/plurals.ts';
import { split } from '../../../words/split.ts';
import { timeOf } from '../../../words/times.ts';
import type { Resource } from '../../resources/resource.ts';
import type { Field } from '../../shape.ts';
import { timeMeaning } from '../../store/stamps.ts';

/** The fields of a resource's records. */
export interface RecordFields {
  readonly all: readonly Field[];
  readonly byName: ReadonlyMap<string, Field>;
  /** When a record came to be, and when it last changed; undefined where records do not tell. */
  readonly created: Field | undefined;
  readonly updated: Field | undefined;
  /** The state that a record is in: `status`, `state`, `phase`. */
  readonly state: Field | undefined;
}

/** The fields of a resource, remembered for as long as the resource lives. */
export function fieldsOf(resource: Resource): RecordFields {
  let fields = known.get(resource);
  if (!fields) {
    fields = readFields(resource);
    known.set(resource, fields);
  }
  return fields;
}

const known = new WeakMap<Resource, RecordFields>();

function readFields({ home: { shape } }: Resource): RecordFields {
  const byName = shape.kind === 'object' ? shape.fields() : new Map<string, Field>();
  const all = [...byName.values()];
  return {
    all,
    byName,
    created: all.find((field) => timeMeaning(field.name) === 'created' && isScalar(field)),
    updated: all.find((field) => timeMeaning(field.name) === 'modified' && isScalar(field)),
    state: stateNames.map((name) => all.find((field) => wordsOf(field) === name && isScalar(field))).find(Boolean),
  };
}

const wordsOf = ({ name }: Field): string => split(name).join(' ');

const isScalar = ({ shape }: Field): boolean => !['object', 'list', 'map', 'boolean'].includes(shape.kind);

/** What records call their state, the plainest first. */
const stateNames = ['status', 'state', 'phase', 'lifecycle state', 'stage', 'status code'];

/**
 * The field that words speak of: `customer` is `customer_id` too, `statuses` is `status`, `created` is `created_at`, and
 * `order id` is the id of an order.
 * @param words lower-case words
 */
export function fieldBy(resource: Resource, words: readonly string[]): Field | undefined {
  if (words.length === 0) return undefined;
  const { all, created, updated } = fieldsOf(resource);
  const index = indexOf(resource);
  const text = words.join(' ');
  const last = words.at(-1)!;
  const one = [...words.slice(0, -1), singular(last)].join(' ');
  const direct =
    index.get(text) ??
    index.get(one) ??
    (last === 'ids' ? index.get([...words.slice(0, -1), 'id'].join(' ')) : undefined) ??
    (/^(?:id|uuid|key|name|slug)$/.test(last) ? index.get(words.slice(0, -1).join(' ')) : undefined) ??
    index.get(`${one} id`) ??
    (text === `${resource.name} id` ? all.find(({ name }) => name === resource.home.idField) : undefined);
  if (direct) return direct;
  const meaning = timeMeaning(text);
  if (meaning === null) return undefined;
  return meaning === 'created' ? created : updated;
}

/** The fields by their words, the first of several with the same words. */
function indexOf(resource: Resource): ReadonlyMap<string, Field> {
  let index = indices.get(resource);
  if (!index) {
    index = new Map([...fieldsOf(resource).all].reverse().map((field) => [wordsOf(field), field]));
    indices.set(resource, index);
  }
  return index;
}

const indices = new WeakMap<Resource, ReadonlyMap<string, Field>>();

/** Whether a field holds a point of time. */
export function holdsTime({ name, shape }: Field): boolean {
  if (shape.kind === 'string') return shape.format === 'date-time' || shape.format === 'date' || timeOf(name) !== null;
  return (shape.kind === 'integer' || shape.kind === 'number') && timeOf(name) !== null;
}
