/** The order of lists: what sort parameters mean for the fields of records. */
import { asText } from '../../../languages/openapi/json.ts';
import type { OpenApi } from '../../../languages/openapi/openapi.ts';
import { keyword, type Operation, type Parameter, parametersOf } from '../../../languages/openapi/select.ts';
import { split } from '../../../words/split.ts';
import type { Resource } from '../../resources/resource.ts';
import { fieldBy, fieldsOf } from './fields.ts';

/** Sort keys, the most important first. */
export type SortKeys = readonly { readonly field: string; readonly descending: boolean }[];

/** How an operation is told the order of its list. */
export interface Sorting {
  /** The names of the parameters that say it. */
  readonly names: readonly string[];
  /** @param query the query parameters by name @returns undefined: the order of creation */
  keys(query: Readonly<Record<string, unknown>>): SortKeys | undefined;
}

/** How an operation is told the order of its list, and which one it has when nothing is said. */
export function sortingOf(api: OpenApi, operation: Operation, resource: Resource): Sorting {
  const all = parametersOf(api, operation).filter((parameter) => parameter.in === 'query');
  const roles = all.map((parameter) => ({ parameter, role: roleOf(api, parameter) }));
  const fields = roles.filter(({ role }) => role === 'field').map(({ parameter }) => parameter);
  const directions = roles.filter(({ role }) => role === 'direction').map(({ parameter }) => parameter);
  const usual = newestFirst(operation) ? byCreation(resource, true) : undefined;
  return {
    names: [...fields, ...directions].map(({ name }) => name),
    keys(query) {
      const direction = directions
        .map((one) => query[one.name] ?? defaultOf(api, one))
        .find((one) => one !== undefined);
      const turned = direction !== undefined && isDescending(direction);
      const asked = fields.map((one) => query[one.name] ?? defaultOf(api, one)).find((one) => one !== undefined);
      const keys = asked === undefined ? [] : readKeys(resource, asked, turned);
      if (keys.length) return keys;
      return direction === undefined ? usual : byCreation(resource, turned);
    },
  };
}

const defaultOf = (api: OpenApi, { schema }: Parameter): unknown => keyword(api, schema, 'default');

function roleOf(api: OpenApi, parameter: Parameter): 'field' | 'direction' | undefined {
  const name = split(parameter.name).join(' ');
  if (directionNames.has(name)) return 'direction';
  if (name === 'order' || name === 'sort') {
    const values = keyword(api, parameter.schema, 'enum');
    const onlyDirections =
      Array.isArray(values) && values.every((value) => /^(?:asc|desc)(?:ending)?$/i.test(asText(value)));
    return onlyDirections ? 'direction' : 'field';
  }
  return fieldNames.has(name) ? 'field' : undefined;
}

const fieldNames: ReadonlySet<string> = new Set(
  'sort by|order by|ordering|orderby|sortby|sort field|sort fields|sort key|sort column|sort on|sorting|sorts|orders by'.split(
    '|',
  ),
);

const directionNames: ReadonlySet<string> = new Set(
  'sort order|sort direction|sort dir|order direction|order dir|direction|dir|sortorder|sort type'.split('|'),
);

const isDescending = (value: unknown): boolean => /^(?:desc|descending|-1|-|newest.*|latest.*)$/i.test(asText(value));

/** `-created_at,name`, `name:desc`, `created_at_desc`, `name DESC`, `{"name": "asc"}`: whatever names fields. */
function readKeys(resource: Resource, asked: unknown, turned: boolean): SortKeys {
  if (asked !== null && typeof asked === 'object' && !Array.isArray(asked)) {
    return Object.entries(asked).flatMap(([name, direction]) => readKey(resource, name, isDescending(direction)) ?? []);
  }
  const texts = (Array.isArray(asked) ? asked : asText(asked).split(',')).map((text) => asText(text).trim());
  return texts.slice(0, mostKeys).flatMap((text) => readKey(resource, text, turned) ?? []);
}

/** More keys than these tell no more records apart. */
const mostKeys = 8;

function readKey(resource: Resource, text: string, turned: boolean): SortKeys[number] | undefined {
  const sign = /^[+-]/.exec(text)?.[0];
  const words = split(text);
  const whole = fieldBy(resource, words);
  if (whole) return { field: whole.name, descending: sign ? sign === '-' : turned };
  const newest = newestNames.get(words.join(' '));
  if (newest !== undefined) return byCreation(resource, newest)[0];
  const last = words.at(-1) ?? '';
  const first = words[0] ?? '';
  const behind = directionWords.get(last);
  if (behind !== undefined) {
    const field = fieldBy(resource, words.slice(0, -1));
    return field && { field: field.name, descending: behind };
  }
  const before = directionWords.get(first);
  const field = before === undefined ? undefined : fieldBy(resource, words.slice(1));
  return field && { field: field.name, descending: before! };
}

const directionWords: ReadonlyMap<string, boolean> = new Map([
  ['asc', false],
  ['ascending', false],
  ['desc', true],
  ['descending', true],
]);

const newestNames: ReadonlyMap<string, boolean> = new Map([
  ['newest', true],
  ['latest', true],
  ['recent', true],
  ['most recent', true],
  ['newest first', true],
  ['oldest', false],
  ['oldest first', false],
]);

/** By what records show of it; the empty name is the order in which the store was given them. */
function byCreation(resource: Resource, descending: boolean): SortKeys {
  return [{ field: fieldsOf(resource).created?.name ?? '', descending }];
}

/** Whether an operation promises the newest records first. */
function newestFirst({ value }: Operation): boolean {
  const text = [value['summary'], value['description']].map((part) => asText(part ?? '')).join(' ');
  return newest.test(text);
}

const newest =
  /\b(?:newest|latest|most recent(?:ly \w+)?)(?: \w+)? (?:first|appearing first|at the top)|\breverse chronological|sorted by creation date, with the most recent|descending order (?:of|by) creation|\bmost recent(?:ly created)? \w+ appearing first/i;
