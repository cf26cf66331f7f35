import { type GraphQLInputType, getNamedType, isInputObjectType, isListType, isNonNullType } from 'graphql/index.js';
import { split } from '../../words/split.ts';
import { isObject, type JsonObject } from '../json.ts';
import type { TypeShapes } from '../resources/graphql-shape.ts';
import type { Resource } from '../resources/resource.ts';
import type { Field, Shape } from '../shape.ts';
import { isIdOf } from './ids.ts';
import { fieldOf } from './shapes.ts';
import type { Call } from './things.ts';

/** What a mutation's arguments say. */
export interface Written {
  readonly records: readonly WrittenRecord[];
  /** All that was written, inputs laid open. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** What they say of one record. */
export interface WrittenRecord {
  readonly id: string | undefined;
  /** The way to the id: `["input", "id"]`. */
  readonly idPath: readonly string[];
  /** All but the id and what only clients need. */
  readonly values: JsonObject;
  readonly shape: Shape;
}

/** Reads arguments: inputs are laid open, be they called `input`, `data` or after the thing; lists of them are many records. */
export function gather(call: Call, resource: Resource | null, shapes: TypeShapes): Written {
  const entries = new Map<string, Entry>();
  const lists: { rows: Entry[][]; name: string }[] = [];
  for (const { name, type } of call.field.args) {
    const value = call.args[name];
    if (value !== undefined) open(name, value, type, [name], resource, entries, lists, 0);
  }
  const values = Object.fromEntries([...entries].map(([name, { value }]) => [name, value]));
  const shared = [...entries.values()];
  const rows = lists[0]?.rows.map((row) => [...shared, ...row]);
  const ids = shared.find(
    ({ name, value }) => Array.isArray(value) && resource && isIdOf(name.replace(/s$/, ''), resource),
  );
  if (rows) return { values, records: rows.map((row) => recordOf(row, resource, shapes)) };
  if (!ids) return { values, records: [recordOf(shared, resource, shapes)] };
  const rest = shared.filter((entry) => entry !== ids);
  return {
    values,
    records: (ids.value as unknown[]).map((id) => ({
      ...recordOf(rest, resource, shapes),
      id: String(id),
      idPath: ids.path,
    })),
  };
}

/** Something that a caller wrote: an argument, or a field of an input. */
interface Entry {
  readonly name: string;
  readonly value: unknown;
  readonly type: GraphQLInputType;
  readonly path: readonly string[];
}

const wrappers =
  /^(?:input|data|patch|set|values|attributes|fields|changes|params|payload|object|record|item|body|update|create|.* (?:input|data|patch|attributes))$/;
const listWrappers = /^(?:inputs|items|data|objects|records|values|rows|inputs?|.* inputs?)$/;

function open(
  name: string,
  value: unknown,
  type: GraphQLInputType,
  path: readonly string[],
  resource: Resource | null,
  entries: Map<string, Entry>,
  lists: { rows: Entry[][]; name: string }[],
  depth: number,
): void {
  const named = getNamedType(type);
  const words = split(name).join(' ');
  const bare = isNonNullType(type) ? type.ofType : type;
  if (isInputObjectType(named) && depth < 3) {
    if (
      isListType(bare) &&
      Array.isArray(value) &&
      depth < 2 &&
      (listWrappers.test(words) || isPluralOf(words, resource))
    ) {
      lists.push({
        name,
        rows: value.filter(isObject).map((one, index) => {
          const row = new Map<string, Entry>();
          for (const field of Object.values(named.getFields()))
            if (one[field.name] !== undefined)
              open(field.name, one[field.name], field.type, [...path, String(index), field.name], resource, row, [], 3);
          return [...row.values()];
        }),
      });
      return;
    }
    if (
      !isListType(bare) &&
      isObject(value) &&
      (wrappers.test(words) || words === resource?.name || (depth === 0 && !entries.size))
    ) {
      for (const field of Object.values(named.getFields())) {
        const inner: unknown = value[field.name];
        if (inner !== undefined)
          open(field.name, inner, field.type, [...path, field.name], resource, entries, lists, depth + 1);
      }
      return;
    }
  }
  if (!entries.has(name)) entries.set(name, { name, value, type, path });
}

function isPluralOf(words: string, resource: Resource | null): boolean {
  return resource !== null && words.startsWith(resource.name.slice(0, -1)) && words.endsWith('s');
}

function recordOf(entries: readonly Entry[], resource: Resource | null, shapes: TypeShapes): WrittenRecord {
  const id = idEntry(entries, resource);
  const kept = entries.filter((entry) => entry !== id && entry.name !== 'clientMutationId');
  const fields = new Map<string, Field>(kept.map(({ name, type }) => [name, fieldOf(name, type, shapes)]));
  const values = Object.fromEntries(kept.map(({ name, value }) => [name, value])) as JsonObject;
  return {
    id: id === undefined ? undefined : String(id.value),
    idPath: id?.path ?? ['id'],
    values,
    shape: { kind: 'object', name: 'input', fields: () => fields },
  };
}

/** What was written as the id of the record: called so, else the only id. */
function idEntry(entries: readonly Entry[], resource: Resource | null): Entry | undefined {
  const scalars = entries.filter(({ value }) => typeof value === 'string' || typeof value === 'number');
  const called = resource ? scalars.filter(({ name }) => isIdOf(name, resource)) : [];
  const exact = called.find(({ name }) => name === 'id') ?? called[0];
  if (exact) return exact;
  const ids = scalars.filter(({ type }) => getNamedType(type).name === 'ID');
  return ids.length === 1 && scalars[0] === ids[0] ? ids[0] : undefined;
}
