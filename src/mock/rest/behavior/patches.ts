/** Partial changes: JSON Merge Patch (RFC 7396) and JSON Patch (RFC 6902). Values are never changed in place. */
import { isDeepStrictEqual } from 'node:util';
import { isObject, type Json, type JsonObject } from '../../json.ts';
import { define } from './present.ts';

/** A patch that cannot be applied: to this state of the document, or to any. */
export class PatchError extends Error {
  override readonly name = 'PatchError';
  readonly reason: 'malformed' | 'path' | 'test';
  /** The place in the patch: the operation's index and its member. */
  readonly at: readonly (string | number)[];

  constructor(reason: PatchError['reason'], message: string, at: readonly (string | number)[]) {
    super(message);
    this.reason = reason;
    this.at = at;
  }
}

/** Patches nest no deeper than this; what lies below is put in as it is. */
const deepest = 100;

/**
 * A document after a merge patch: objects are merged, null removes, all else replaces (RFC 7396, section 2).
 * @param keepsNull whether null at a path is a value of its own there rather than a removal
 */
export function mergePatch(
  target: Json | undefined,
  patch: Json,
  keepsNull: (path: readonly string[]) => boolean = () => false,
  path: readonly string[] = [],
): Json {
  if (!isObject(patch) || path.length > deepest) return patch;
  const merged: Record<string, Json> = {};
  if (isObject(target)) for (const [name, value] of Object.entries(target)) define(merged, name, value);
  for (const [name, value] of Object.entries(patch)) {
    const here = [...path, name];
    if (value === null && !keepsNull(here)) delete merged[name];
    else define(merged, name, mergePatch(own(merged, name), value, keepsNull, here));
  }
  return merged;
}

/** More operations than this are not taken in one patch. */
const mostOperations = 1000;

/**
 * A document after a JSON patch.
 * @throws PatchError, before anything is changed
 */
export function jsonPatch(document: Json, patch: unknown): Json {
  if (!Array.isArray(patch)) throw new PatchError('malformed', 'a JSON Patch is a list of operations', []);
  if (patch.length > mostOperations) {
    throw new PatchError('malformed', `a JSON Patch has at most ${mostOperations} operations here`, []);
  }
  return patch.reduce<Json>((current, operation, i) => applied(current, operation, i), document);
}

function applied(document: Json, operation: unknown, i: number): Json {
  if (!isObject(operation)) throw new PatchError('malformed', 'an operation of a JSON Patch is an object', [i]);
  const path = pointerIn(operation, 'path', i);
  switch (operation['op']) {
    case 'add':
      return added(document, path, valueIn(operation, i), [i, 'path']);
    case 'remove':
      return removed(document, path, [i, 'path']);
    case 'replace':
      found(document, path, [i, 'path']);
      return path.length === 0 ? valueIn(operation, i) : put(document, path, valueIn(operation, i));
    case 'move': {
      const from = pointerIn(operation, 'from', i);
      const value = found(document, from, [i, 'from']);
      if (path.length > from.length && from.every((part, at) => part === path[at])) {
        throw new PatchError('path', 'a value cannot be moved into itself', [i, 'path']);
      }
      if (isDeepStrictEqual(path, from)) return document;
      return added(removed(document, from, [i, 'from']), path, value, [i, 'path']);
    }
    case 'copy':
      return added(document, path, found(document, pointerIn(operation, 'from', i), [i, 'from']), [i, 'path']);
    case 'test': {
      const held = found(document, path, [i, 'path']);
      if (isDeepStrictEqual(held, valueIn(operation, i))) return document;
      throw new PatchError('test', `\`${written(path)}\` does not hold the value that is tested for`, [i, 'value']);
    }
    default:
      throw new PatchError('malformed', '`op` is one of add, remove, replace, move, copy, test', [i, 'op']);
  }
}

function valueIn(operation: JsonObject, i: number): Json {
  if (!Object.hasOwn(operation, 'value')) throw new PatchError('malformed', '`value` is missing', [i, 'value']);
  return operation['value']!;
}

/** The parts of a JSON Pointer (RFC 6901). */
function pointerIn(operation: JsonObject, member: 'path' | 'from', i: number): string[] {
  const text = operation[member];
  if (typeof text !== 'string') throw new PatchError('malformed', `\`${member}\` is missing`, [i, member]);
  if (text === '') return [];
  if (!text.startsWith('/') || /~(?![01])/.test(text)) {
    throw new PatchError('malformed', `\`${member}\` is no JSON Pointer: it begins with \`/\``, [i, member]);
  }
  const parts = text
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  if (parts.length > deepest) throw new PatchError('malformed', `\`${member}\` is too long`, [i, member]);
  return parts;
}

const written = (path: readonly string[]): string =>
  path.map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

function found(document: Json, path: readonly string[], at: readonly (string | number)[]): Json {
  let here: Json | undefined = document;
  for (const part of path) here = here === undefined ? undefined : step(here, part);
  if (here === undefined) throw missing(path, at);
  return here;
}

const missing = (path: readonly string[], at: readonly (string | number)[]): PatchError =>
  new PatchError('path', `there is nothing at \`${written(path)}\``, at);

function step(value: Json, part: string): Json | undefined {
  if (Array.isArray(value)) return /^(?:0|[1-9]\d*)$/.test(part) ? (value as readonly Json[])[Number(part)] : undefined;
  return isObject(value) ? own(value, part) : undefined;
}

const own = (value: JsonObject, name: string): Json | undefined =>
  Object.hasOwn(value, name) ? value[name] : undefined;

function added(document: Json, path: readonly string[], value: Json, at: readonly (string | number)[]): Json {
  if (path.length === 0) return value;
  const holder = found(document, path.slice(0, -1), at);
  const last = path.at(-1)!;
  if (Array.isArray(holder)) {
    const index = last === '-' ? holder.length : /^(?:0|[1-9]\d*)$/.test(last) ? Number(last) : Number.NaN;
    if (!(index <= holder.length)) throw missing(path, at);
    return put(document, path.slice(0, -1), [...holder.slice(0, index), value, ...holder.slice(index)]);
  }
  if (!isObject(holder)) throw missing(path, at);
  return put(document, path, value);
}

function removed(document: Json, path: readonly string[], at: readonly (string | number)[]): Json {
  found(document, path, at);
  if (path.length === 0) throw new PatchError('path', 'the whole record cannot be removed by a patch', at);
  const holder = found(document, path.slice(0, -1), at);
  const last = path.at(-1)!;
  if (Array.isArray(holder))
    return put(
      document,
      path.slice(0, -1),
      holder.filter((_, i) => i !== Number(last)),
    );
  const rest = Object.fromEntries(Object.entries(holder as JsonObject).filter(([name]) => name !== last));
  return put(document, path.slice(0, -1), rest);
}

/** A document with another value at a place whose holder exists. */
function put(document: Json, path: readonly string[], value: Json): Json {
  const [part, ...rest] = path;
  if (part === undefined) return value;
  if (Array.isArray(document)) {
    return document.map((item: Json, i) => (i === Number(part) ? put(item, rest, value) : item));
  }
  const copy: Record<string, Json> = {};
  const holder = document as JsonObject;
  for (const [name, inner] of Object.entries(holder)) define(copy, name, inner);
  define(copy, part, put(own(holder, part) ?? null, rest, value));
  return copy;
}
