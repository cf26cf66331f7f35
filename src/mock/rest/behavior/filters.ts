/** Filters: what declared query parameters mean for the fields of records, told by their words. */
import type { OpenApi } from '../../../languages/openapi/openapi.ts';
import { type Operation, type Parameter, parametersOf } from '../../../languages/openapi/select.ts';
import { split } from '../../../words/split.ts';
import type { Resource } from '../../resources/resource.ts';
import type { Field } from '../../shape.ts';
import type { Item } from '../../store/store.ts';
import { compare, holds, mentions } from './comparing.ts';
import { fieldBy, fieldsOf, holdsTime } from './fields.ts';

/** Whether a record is asked for. */
export type Predicate = (item: Item) => boolean;

/** One parameter as a filter: what it asks of records when it has a value. */
export interface Filter {
  readonly parameter: string;
  predicate(value: unknown): Predicate | undefined;
}

/**
 * The filters among the query parameters of an operation. Those that match no field are none.
 * @param taken the names of parameters that mean something else: pages and sort order
 */
export function filtersOf(
  api: OpenApi,
  operation: Operation,
  resource: Resource,
  taken: ReadonlySet<string>,
): readonly Filter[] {
  return parametersOf(api, operation).flatMap((parameter) => {
    if (parameter.in !== 'query' || taken.has(parameter.name)) return [];
    return filterOf(resource, parameter) ?? [];
  });
}

function filterOf(resource: Resource, { name }: Parameter): Filter | undefined {
  const words = split(name);
  if (holderNames.has(words.join(' '))) {
    return { parameter: name, predicate: (value) => byParts(resource, value) };
  }
  const bare = words.length > 1 && holderNames.has(words[0]!) ? words.slice(1) : words;
  const test = testOf(resource, bare);
  return test && { parameter: name, predicate: test };
}

/** Names of parameters that hold filters by field: `filter[status]=paid`. */
const holderNames: ReadonlySet<string> = new Set(['filter', 'filters', 'where', 'filter by']);

/** What some words ask of a record, given a value. */
type Test = (value: unknown) => Predicate | undefined;

function byParts(resource: Resource, value: unknown): Predicate | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
  const all = Object.entries(value).flatMap(([name, inner]) => testOf(resource, split(name))?.(inner) ?? []);
  return all.length ? (item) => all.every((one) => one(item)) : undefined;
}

function testOf(resource: Resource, words: readonly string[]): Test | undefined {
  const text = words.join(' ');
  const field = fieldBy(resource, words);
  if (field) return (value) => onField(field, 'eq', value);
  if (searchNames.has(text)) return (value) => searching(value);
  const last = words.at(-1)!;
  const [operatorBehind, operatorBefore] = [behind.get(last), before.get(words[0] ?? '')];
  if (words.length > 1 && operatorBehind) {
    const named = fieldBy(resource, words.slice(0, -1));
    if (named) return (value) => onField(named, operatorBehind, value);
  }
  if (words.length > 1 && operatorBefore) {
    const named = fieldBy(resource, words.slice(1));
    if (named) return (value) => onField(named, operatorBefore, value);
  }
  const time = timeBounds.get(text);
  const { created, updated, all } = fieldsOf(resource);
  const timed = (time?.updated ? (updated ?? created) : (created ?? updated)) ?? all.find(holdsTime);
  return time && timed ? (value) => onField(timed, time.operator, value) : undefined;
}

const searchNames: ReadonlySet<string> = new Set(
  'q|query|search|search term|search query|search text|keyword|keywords|term|text|full text|contains'.split('|'),
);

type Operator = 'eq' | 'ne' | 'gt' | 'gte' | 'lt' | 'lte' | 'in' | 'nin' | 'like' | 'prefix' | 'exists';

/** Words behind a field's name that say how it is compared. */
const behind: ReadonlyMap<string, Operator> = operators(`
  eq=eq is=eq equals=eq exact=eq ne=ne neq=ne not=ne gt=gt after=gt gte=gte ge=gte min=gte from=gte since=gte start=gte
  lt=lt before=lt lte=lte le=lte max=lte to=lte until=lte end=lte in=in any=in nin=nin like=like ilike=like contains=like icontains=like
  match=like startswith=prefix prefix=prefix exists=exists greater=gt less=lt
`);

/** Words in front of it. */
const before: ReadonlyMap<string, Operator> = operators(`
  min=gte minimum=gte from=gte since=gte start=gte after=gt max=lte maximum=lte to=lte until=lte end=lte before=lt not=ne exclude=ne has=exists
  by=eq with=eq
`);

function operators(list: string): ReadonlyMap<string, Operator> {
  return new Map(
    list
      .trim()
      .split(/\s+/)
      .map((pair) => pair.split('=') as [string, Operator]),
  );
}

/** Bounds that name no field: they speak of when records came to be, or changed. */
const timeBounds: ReadonlyMap<string, { readonly operator: Operator; readonly updated?: true }> = new Map([
  ['since', { operator: 'gte', updated: true }],
  ['updated since', { operator: 'gte', updated: true }],
  ['modified since', { operator: 'gte', updated: true }],
  ['until', { operator: 'lte' }],
  ['after', { operator: 'gt' }],
  ['before', { operator: 'lt' }],
  ['from', { operator: 'gte' }],
  ['to', { operator: 'lte' }],
  ['from date', { operator: 'gte' }],
  ['to date', { operator: 'lte' }],
  ['date from', { operator: 'gte' }],
  ['date to', { operator: 'lte' }],
  ['start date', { operator: 'gte' }],
  ['end date', { operator: 'lte' }],
  ['start time', { operator: 'gte' }],
  ['end time', { operator: 'lte' }],
]);

function searching(value: unknown): Predicate | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const words = String(value).toLowerCase().split(/\s+/).filter(Boolean);
  return words.length ? (item) => mentions(item.value, words) : undefined;
}

function onField(field: Field, operator: Operator, value: unknown): Predicate | undefined {
  if (value === undefined || value === '') return undefined;
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) return byOperators(field, value);
  const held = (item: Item): unknown => item.value[field.name];
  if (operator === 'exists') {
    const wanted = value !== false && value !== 'false' && value !== '0';
    return (item) => (held(item) !== undefined && held(item) !== null) === wanted;
  }
  if (operator === 'like' || operator === 'prefix') {
    const part = String(value).toLowerCase().replace(/^%|%$/g, '');
    return (item) => {
      const text = String(held(item) ?? '').toLowerCase();
      return operator === 'like' ? text.includes(part) : text.startsWith(part);
    };
  }
  if (operator === 'eq' || operator === 'in') return (item) => choices(value).some((one) => holds(held(item), one));
  if (operator === 'ne' || operator === 'nin') return (item) => !choices(value).some((one) => holds(held(item), one));
  const bound = dayEnd(field, operator, value);
  return (item) => {
    const order = compare(held(item), bound);
    if (operator === 'gt') return order > 0;
    if (operator === 'gte') return order >= 0;
    return operator === 'lt' ? order < 0 : order <= 0;
  };
}

/** `created[gte]=…&created[lt]=…`: all of them must hold. */
function byOperators(field: Field, value: object): Predicate | undefined {
  const all = Object.entries(value).flatMap(([name, inner]) => {
    const operator = behind.get(name.replace(/^\$/, '').toLowerCase());
    return (operator && onField(field, operator, inner)) ?? [];
  });
  return all.length ? (item) => all.every((one) => one(item)) : undefined;
}

/** A list, also one written with commas. */
function choices(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return typeof value === 'string' && value.includes(',')
    ? [value, ...value.split(',').map((one) => one.trim())]
    : [value];
}

/** Up to a day means up to its end. */
function dayEnd(field: Field, operator: Operator, value: unknown): unknown {
  const day = typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && holdsTime(field);
  if (!day || (operator !== 'lte' && operator !== 'gt')) return value;
  return `${value}T23:59:59.999Z`;
}
