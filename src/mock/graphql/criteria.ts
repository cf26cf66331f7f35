import { getNamedType, isCompositeType, isLeafType } from 'graphql/index.js';
import { singular } from '../../words/plurals.ts';
import { split } from '../../words/split.ts';
import { isObject } from '../json.ts';
import type { AnyField } from './things.ts';

/** What arguments ask of the things of a list. */
export interface Criteria<T> {
  /** Undefined where they ask for nothing that is understood. */
  readonly where: ((thing: T) => boolean) | undefined;
  readonly sort: readonly { readonly field: string; readonly descending: boolean }[];
}

/** How the fields of things are read. */
export interface Reading<T> {
  readonly fields: Readonly<Record<string, AnyField>>;
  /** Of a leaf its value; of an object with an id that id. */
  read(thing: T, field: AnyField): unknown;
}

/**
 * Reads filters and sort orders out of arguments, by the words of their names: `status: PACKED`, `filter: {total: {gt: 5}}`,
 * `createdAfter`, `ids`, `search`, `orderBy: {field: NAME, direction: DESC}`. What cannot be understood is let be.
 */
export function readCriteria<T>(args: Readonly<Record<string, unknown>>, reading: Reading<T>): Criteria<T> {
  const tests: Test<T>[] = [];
  const sort: { field: string; descending: boolean }[] = [];
  let direction: boolean | undefined;
  for (const [name, value] of Object.entries(args)) {
    if (value === null || value === undefined) continue;
    const words = split(name).join(' ');
    if (sortNames.test(words)) {
      const keys = sortKeys(value, reading.fields);
      if (keys.length > 0) {
        sort.push(...keys);
        continue;
      }
    }
    if (/^(?:sort |order )?(?:order|direction|dir)$/.test(words) && typeof value === 'string' && isDirection(value))
      direction = isDescending(value);
    else tests.push(...testsOf(name, value, reading, 0));
  }
  if (direction !== undefined) for (const key of sort) key.descending = direction;
  return { where: tests.length > 0 ? (thing) => tests.every((test) => test(thing)) : undefined, sort };
}

type Test<T> = (thing: T) => boolean;

const sortNames = /^(?:order|sort|sort(?:ed)? by|order(?:ed)? by|ordering|sorting|sort (?:order|field|key))$/;
const containerNames =
  /^(?:(?:.* )?(?:filters?|where|query|criteria|conditions?|input|search|selector|params|options)|filter by|by)$/;
const textNames = /^(?:search|query|q|text|keywords?|term|search (?:term|text|query|string)|full text)$/;
/** Filters nested deeper than this are not looked at. */
const deepest = 8;

/** What one argument, or one field of a filter, asks for. */
function testsOf<T>(name: string, value: unknown, reading: Reading<T>, depth: number): Test<T>[] {
  if (value === null || value === undefined || depth > deepest) return [];
  const words = split(name).join(' ');
  const logic = logicOf(words, value, reading, depth);
  if (logic) return logic;
  if (textNames.test(words) && typeof value === 'string') return textTest(value, reading);
  const target = targetOf(words, value, reading.fields);
  if (target) return fieldTests(target.field, target.operator, value, reading);
  if (isObject(value) && (containerNames.test(words) || depth > 0)) return testsIn(value, reading, depth + 1);
  return [];
}

function testsIn<T>(filter: object, reading: Reading<T>, depth: number): Test<T>[] {
  return Object.entries(filter).flatMap(([name, value]) => testsOf(name, value, reading, depth));
}

/** `and`, `or`, `not` around other filters. */
function logicOf<T>(words: string, value: unknown, reading: Reading<T>, depth: number): Test<T>[] | undefined {
  if (!/^(?:and|or|not|all|any|none|nor)$/.test(words) || typeof value !== 'object') return undefined;
  const groups = (Array.isArray(value) ? value : [value])
    .filter(isObject)
    .map((filter) => testsIn(filter, reading, depth + 1))
    .filter((tests) => tests.length > 0);
  if (groups.length === 0) return [];
  const holds = (tests: Test<T>[], thing: T): boolean => tests.every((test) => test(thing));
  if (words === 'or' || words === 'any') return [(thing) => groups.some((tests) => holds(tests, thing))];
  if (words === 'and' || words === 'all') return [(thing) => groups.every((tests) => holds(tests, thing))];
  return [(thing) => !groups.some((tests) => holds(tests, thing))];
}

/** Whether any text of a thing has all the words. */
function textTest<T>(text: string, { fields, read }: Reading<T>): Test<T>[] {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
  const texts = Object.values(fields).filter(
    ({ type, args }) => args.length === 0 && /^(?:String|ID)$/.test(getNamedType(type).name),
  );
  if (wanted.length === 0 || texts.length === 0) return [];
  return [
    (thing) => {
      const all = texts.map((field) => String(read(thing, field) ?? '').toLowerCase());
      return wanted.every((word) => all.some((one) => one.includes(word)));
    },
  ];
}

/** The field that an argument's name is about, and how it is compared. */
function targetOf(
  words: string,
  value: unknown,
  fields: Readonly<Record<string, AnyField>>,
): { readonly field: AnyField; readonly operator: Operator } | undefined {
  const exact = fieldCalled(words, fields);
  if (exact) return { field: exact, operator: 'eq' };
  for (const [ending, operator] of endings) {
    if (!words.endsWith(` ${ending}`)) continue;
    const field = fieldCalled(words.slice(0, -ending.length - 1), fields);
    if (field) return { field, operator };
  }
  const [, beginning, rest] = /^(min|minimum|max|maximum|from|to|since|until|before|after) (.+)$/.exec(words) ?? [];
  const bounded = rest === undefined ? undefined : fieldCalled(rest, fields);
  if (bounded) return { field: bounded, operator: operators.get(beginning!)! };
  if (!Array.isArray(value)) return undefined;
  const field = fieldCalled(words.replace(/\S+$/, singular), fields);
  return field && { field, operator: 'in' };
}

/** The field of that name, without the word that times, links and questions often have: `created` is `createdAt`. */
function fieldCalled(words: string, fields: Readonly<Record<string, AnyField>>): AnyField | undefined {
  let near: AnyField | undefined;
  for (const field of Object.values(fields)) {
    const own = split(field.name).join(' ');
    if (own === words) return field;
    if (own === `${words} at` || own === `${words} on` || own === `is ${words}` || own === `has ${words}`)
      near ??= field;
    if (words === `${own} id` && isCompositeType(getNamedType(field.type))) near ??= field;
  }
  return near;
}

const comparisons = [
  'eq',
  'ne',
  'in',
  'nin',
  'gt',
  'gte',
  'lt',
  'lte',
  'contains',
  'lacks',
  'starts',
  'ends',
  'null',
  'set',
] as const;
type Operator = (typeof comparisons)[number];

/** How operators are called, as fields of filters and at the end of names. */
const operators: ReadonlyMap<string, Operator> = new Map(
  (
    [
      ['eq', 'eq|equals|equal|equal to|is|iexact|exact|value|equals ignore case'],
      ['ne', 'ne|neq|not|not eq|not equals|not equal|not equal to|is not'],
      ['in', 'in|one of|any of|is in|is one of|any|values'],
      ['nin', 'nin|not in|none of|not one of|not any of'],
      ['gt', 'gt|greater than|after|is after|above|more than'],
      [
        'gte',
        'gte|ge|greater than or equal|greater than or equals|greater than or equal to|since|from|min|minimum|at least|on or after',
      ],
      ['lt', 'lt|less than|before|is before|below'],
      [
        'lte',
        'lte|le|less than or equal|less than or equals|less than or equal to|until|to|max|maximum|at most|on or before',
      ],
      [
        'contains',
        'contains|icontains|like|ilike|includes|has|match|matches|contains ignore case|text|search|contains nocase',
      ],
      ['lacks', 'not contains|not like|not includes|does not contain'],
      ['starts', 'starts with|istarts with|begins with|prefix'],
      ['ends', 'ends with|iends with|suffix'],
      ['null', 'is null|null|is empty'],
      ['set', 'exists|is set|is present|present|is not null'],
    ] as const
  ).flatMap(([operator, names]) => names.split('|').map((name) => [name, operator] as const)),
);

/** The longest first: `not in` before `in`. */
const endings = [...operators].sort(([a], [b]) => b.length - a.length);

/** What a value asks of a field: to be it, or what its operators say. */
function fieldTests<T>(field: AnyField, operator: Operator, value: unknown, reading: Reading<T>): Test<T>[] {
  const read = (thing: T): unknown => reading.read(thing, field);
  if (!isObject(value)) return [comparing(read, operator === 'eq' && Array.isArray(value) ? 'in' : operator, value)];
  if (operator === 'eq' && !isLeafType(getNamedType(field.type)))
    return isIdFilter(value) ? fieldTests(field, 'eq', value['id'], reading) : [];
  return Object.entries(value).flatMap(([name, operand]): Test<T>[] => {
    if (operand === null) return /^(?:eq|equals|is)$/.test(name) ? [(thing) => isNothing(read(thing))] : [];
    const words = split(name).join(' ');
    if (/^(?:range|between|value range)$/.test(words) && isObject(operand))
      return fieldTests(field, operator, operand, reading);
    if (words === 'not' && isObject(operand)) {
      const tests = fieldTests(field, operator, operand, reading);
      return [(thing) => !tests.every((test) => test(thing))];
    }
    const own = operators.get(words);
    return own ? [comparing(read, own, operand)] : [];
  });
}

function isIdFilter(value: object): value is { readonly id: unknown } {
  return 'id' in value;
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined;
}

function comparing<T>(read: (thing: T) => unknown, operator: Operator, wanted: unknown): Test<T> {
  return (thing) => {
    const value = read(thing);
    const any = (one: (value: unknown) => boolean): boolean => (Array.isArray(value) ? value.some(one) : one(value));
    switch (operator) {
      case 'eq':
        return any((one) => isSame(one, wanted));
      case 'ne':
        return !any((one) => isSame(one, wanted));
      case 'in':
        return any((one) => (Array.isArray(wanted) ? wanted : [wanted]).some((item) => isSame(one, item)));
      case 'nin':
        return !any((one) => (Array.isArray(wanted) ? wanted : [wanted]).some((item) => isSame(one, item)));
      case 'gt':
        return any((one) => compare(one, wanted) > 0);
      case 'gte':
        return any((one) => compare(one, wanted) >= 0);
      case 'lt':
        return any((one) => compare(one, wanted) < 0);
      case 'lte':
        return any((one) => compare(one, wanted) <= 0);
      case 'contains':
        return any((one) => folded(one).includes(folded(wanted)));
      case 'lacks':
        return !any((one) => folded(one).includes(folded(wanted)));
      case 'starts':
        return any((one) => folded(one).startsWith(folded(wanted)));
      case 'ends':
        return any((one) => folded(one).endsWith(folded(wanted)));
      case 'null':
        return isNothing(value) === (wanted !== false);
      case 'set':
        return isNothing(value) === (wanted === false);
    }
  };
}

/** What texts are searched by, as far as a value is one. */
function folded(value: unknown): string {
  return String(value ?? '')
    .toLowerCase()
    .replaceAll('%', '');
}

function isSame(value: unknown, wanted: unknown): boolean {
  if (value === wanted) return true;
  if (isNothing(value) || isNothing(wanted)) return isNothing(value) && isNothing(wanted);
  return String(value) === String(wanted) || compare(value, wanted) === 0;
}

/** Below, at or above 0 as for sorting, numbers and times by their value; NaN where they cannot be compared. */
function compare(value: unknown, wanted: unknown): number {
  if (isNothing(value) || isNothing(wanted) || typeof value === 'object' || typeof wanted === 'object')
    return Number.NaN;
  const [a, b] = [Number(value), Number(wanted)];
  if (value !== '' && wanted !== '' && !Number.isNaN(a) && !Number.isNaN(b)) return a - b;
  const [from, to] = [timeOf(value), timeOf(wanted)];
  if (from !== undefined && to !== undefined) return from - to;
  const [one, other] = [String(value), String(wanted)];
  return one < other ? -1 : one > other ? 1 : 0;
}

function timeOf(value: unknown): number | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d/.test(value)) return undefined;
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : time;
}

/** The sort keys in an argument: `NAME_DESC`, `{field: NAME, direction: DESC}`, `{name: desc}`, `"-name"`, lists of these. */
function sortKeys(
  value: unknown,
  fields: Readonly<Record<string, AnyField>>,
): { field: string; descending: boolean }[] {
  if (Array.isArray(value)) return value.flatMap((one) => sortKeys(one, fields));
  if (typeof value === 'string') return value.split(',').flatMap((one) => sortKey(one, fields));
  if (!isObject(value)) return [];
  const entries = Object.entries(value).filter(([, one]) => one !== null);
  const direction = entries.find(([, one]) => typeof one === 'string' && isDirection(one))?.[1];
  const named = entries.flatMap(([name, one]) =>
    /field|^by$|key|column|property|attribute|sort/i.test(name) && typeof one === 'string' && !isDirection(one)
      ? sortKey(one, fields)
      : [],
  );
  if (named.length > 0)
    return named.map(({ field, descending }) => ({
      field,
      descending: direction === undefined ? descending : isDescending(String(direction)),
    }));
  return entries.flatMap(([name, one]) => {
    const field = typeof one === 'string' && isDirection(one) ? fieldCalled(split(name).join(' '), fields) : undefined;
    return field ? [{ field: field.name, descending: isDescending(String(one)) }] : [];
  });
}

function sortKey(text: string, fields: Readonly<Record<string, AnyField>>): { field: string; descending: boolean }[] {
  const words = split(text).join(' ');
  const name = words.replace(/ (?:asc|desc|ascending|descending)$/, '');
  const field = fieldCalled(name, fields);
  if (!field) return [];
  return [{ field: field.name, descending: text.trim().startsWith('-') || (name !== words && isDescending(words)) }];
}

function isDirection(text: string): boolean {
  return /^(?:asc|desc|ascending|descending)(?:_nulls_(?:first|last))?$/i.test(text);
}

function isDescending(text: string): boolean {
  return /desc/i.test(text);
}
