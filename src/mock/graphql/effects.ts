import { split } from '../../words/split.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Resource } from '../resources/resource.ts';
import { fieldsOf } from '../rest/behavior/fields.ts';
import type { Field } from '../shape.ts';
import { timeMeaning, writeMoment } from '../store/stamps.ts';

/**
 * What an action does to a record by its name, in home words: `cancel` sets a status that can be `cancelled`, `archived: true`
 * and `archived_at`; `unarchive` takes them back. Empty where no field tells of such a thing.
 * @param action in lower-case words, the verb first
 * @param at milliseconds since 1970
 */
export function effectOf(resource: Resource, action: string, at: number): JsonObject {
  const { all, state } = fieldsOf(resource);
  const verb = action.split(' ')[0] ?? '';
  const opposite = oppositeOf(verb);
  const values: Record<string, Json> = {};
  if (state?.shape.kind === 'enum') {
    const value = stateAfter(verb, state.shape.values) ?? (opposite && stateBack(state.shape.values));
    if (value !== undefined) values[state.name] = value;
  }
  for (const field of all) {
    const words = split(field.name).filter((word) => word !== 'is' && word !== 'has');
    const [first = ''] = words;
    if (field.shape.kind === 'boolean' && words.length === 1) {
      if (isResultOf(first, verb)) values[field.name] = true;
      else if (opposite && isResultOf(first, opposite)) values[field.name] = false;
    } else if (isMoment(field, words)) {
      if (isResultOf(first, verb)) values[field.name] = writeMoment(field.name, field.shape, at);
      else if (opposite && isResultOf(first, opposite) && !field.required) values[field.name] = null;
    }
  }
  return values;
}

/** How records begin: in the state that sounds like it, else in the first, where states are an enum; and with nothing done to them. */
export function firstState(resource: Resource): JsonObject {
  const { all, state } = fieldsOf(resource);
  const values: Record<string, Json> = {};
  for (const { name, shape } of all) {
    if (shape.kind !== 'boolean') continue;
    const words = split(name).filter((word) => word !== 'is' && word !== 'has');
    if (words.length === 1 && ends.test(words[0]!)) values[name] = false;
  }
  if (state?.shape.kind === 'enum') {
    const states = state.shape.values;
    const last = (value: string): string => split(value).at(-1) ?? '';
    const first =
      beginnings.flatMap((word) => states.filter((value) => last(value) === word))[0] ??
      states.find((value) => !ends.test(last(value)) && !/^(?:unspecified|unknown)$/.test(last(value))) ??
      states[0];
    if (first !== undefined) values[state.name] = first;
  }
  return values;
}

/** States in which things begin, the earliest first. */
const beginnings = [
  'new',
  'draft',
  'created',
  'placed',
  'submitted',
  'requested',
  'received',
  'pending',
  'queued',
  'open',
  'opened',
  'todo',
];
/** What only happens to things later. */
const ends =
  /^(?:closed|archived|deleted|cancell?ed|locked|revoked|expired|suspended|banned|merged|completed|finished|done|resolved|rejected|refunded|failed|hidden|trashed|shipped|delivered|paid|disabled|inactive)$/;

/** Whether a field tells when something was done: `cancelledAt`, `archived_on`. */
function isMoment({ name, shape }: Field, words: readonly string[]): boolean {
  return (
    words.length === 2 &&
    /^(?:at|on|date|time)$/.test(words[1]!) &&
    timeMeaning(name) === null &&
    shape.kind !== 'object'
  );
}

function stateAfter(verb: string, values: readonly string[]): string | undefined {
  return (
    values.find((value) => isResultOf(split(value).at(-1) ?? '', verb)) ??
    values.find((value) => split(value).some((word) => isResultOf(word, verb)))
  );
}

/** Where things are again once it is undone. */
function stateBack(values: readonly string[]): string | undefined {
  return values.find((value) => /(?:^|_)(?:active|open|enabled|available|draft|normal)$/i.test(value));
}

/** Whether a word says that a verb was carried out: `cancelled` of `cancel`, `paid` of `pay`, `active` of `activate`. */
function isResultOf(word: string, verb: string): boolean {
  if (word === '' || verb === '') return false;
  if (irregular.get(verb)?.includes(word)) return true;
  if (word === verb) return true;
  const stem = verb.replace(/(?:e|y)$/, '');
  return stem.length > 1 && word.startsWith(stem) && /^(?:[a-z]?e?d|ied|[a-z]?en|n)$/.test(word.slice(stem.length));
}

const irregular: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    activate: ['active', 'activated', 'enabled'],
    reactivate: ['active'],
    enable: ['enabled', 'active'],
    deactivate: ['inactive', 'deactivated', 'disabled'],
    disable: ['disabled', 'inactive'],
    reopen: ['open', 'reopened'],
    open: ['open', 'opened'],
    resume: ['active', 'running', 'resumed'],
    start: ['running', 'started', 'active'],
    begin: ['running', 'begun', 'started'],
    stop: ['stopped'],
    finish: ['finished', 'done', 'completed'],
    complete: ['completed', 'complete', 'done'],
    pay: ['paid'],
    send: ['sent'],
    read: ['read'],
    hide: ['hidden'],
    freeze: ['frozen'],
    withdraw: ['withdrawn'],
    win: ['won'],
    lose: ['lost'],
    fulfill: ['fulfilled', 'shipped'],
    ship: ['shipped'],
    void: ['void', 'voided'],
    trash: ['trashed', 'deleted'],
  }),
);

/** The verb that something takes back: `archive` of `unarchive`, `enable` of `disable`. */
function oppositeOf(verb: string): string | undefined {
  const known = opposites.get(verb);
  if (known) return known;
  return /^un[a-z]{3,}/.test(verb) ? verb.slice(2) : undefined;
}

const opposites: ReadonlyMap<string, string> = new Map(
  Object.entries({ disable: 'enable', deactivate: 'activate', reopen: 'close', resume: 'pause', restore: 'archive' }),
);
