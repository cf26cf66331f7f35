import { singular } from '../../words/plurals.ts';
import { split } from '../../words/split.ts';
import type { Context } from '../context.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { faultsIn, wayOf } from '../lens/faults.ts';
import { absorb, homePath, reveal } from '../lens/lens.ts';
import { Random } from '../random.ts';
import type { Resource } from '../resources/resource.ts';
import { writtenId } from '../store/ids.ts';
import { newRecord } from '../store/new-record.ts';
import { idOfName, resourceNameOf, scopeOfName } from '../store/resource-names.ts';
import { Conflict, type Item, type WriteOptions } from '../store/store.ts';
import { idFieldOf } from './places.ts';
import type { FieldType, MessageType } from './schema.ts';
import { hasBehavior, shapeOf } from './shape-of.ts';
import { alreadyExists, badRequest, notFound, StatusError } from './status.ts';

/** What an update may do besides. */
export interface UpdateOptions extends WriteOptions {
  /** Whether what is the server's is written, too: by itself, or by a caller who names it in a mask, to bring a record into some state. */
  readonly byServer?: boolean;
}

/** The records of a resource as one message has them. */
export class Records {
  readonly #context: Context;
  readonly resource: Resource;
  readonly type: MessageType;
  /** Shown records: items never change, and lists show the same again and again. */
  readonly #shown = new WeakMap<Item, JsonObject>();

  constructor(context: Context, resource: Resource, type: MessageType) {
    this.#context = context;
    this.resource = resource;
    this.type = type;
  }

  /** A record as the message has it. */
  show(item: Item): JsonObject {
    let shown = this.#shown.get(item);
    if (!shown) {
      shown = this.#show(item);
      this.#shown.set(item, shown);
    }
    return shown;
  }

  #show(item: Item): JsonObject {
    const { resource, type } = this;
    const random = new Random(this.#context.settings.seed, resource.name, ...item.scope, item.id);
    const shown: Record<string, Json> = { ...reveal(item, resource, shapeOf(type), random) };
    this.#chooseOneofs(shown, item);
    const etag = etagField(type);
    if (etag) shown[etag.name] = etagOf(item);
    return shown;
  }

  /** Of a oneof's fields the one that the record has is kept, else the first. */
  #chooseOneofs(shown: Record<string, Json>, item: Item): void {
    const groups = new Map<string, string[]>();
    for (const { name, oneof } of this.type.fields) {
      if (oneof !== null && name in shown) groups.set(oneof, [...(groups.get(oneof) ?? []), name]);
    }
    for (const names of groups.values()) {
      const own = names.find((name) => name in item.value) ?? names.find((name) => name in item.extra) ?? names[0];
      for (const name of names) if (name !== own) delete shown[name];
    }
  }

  /**
   * The record that a request names.
   * @param named an id or a resource name
   * @throws StatusError NOT_FOUND
   */
  find(named: Json | undefined, field: string): Item {
    if (named === undefined || named === '') {
      throw badRequest({ field, description: `The ${this.resource.name} is not named.` });
    }
    const item = this.lookUp(String(named));
    if (!item) throw notFound(this.resource.name, String(named));
    return item;
  }

  /** The record of an id or a resource name; undefined where there is none. */
  lookUp(named: string): Item | undefined {
    const { store } = this.#context;
    const { resource } = this;
    if (!named.includes('/')) return store.get(resource, named);
    if (!this.#isNameOfOne(named)) return undefined;
    const whole = store.get(resource, named);
    if (whole) return whole;
    const id = idOfName(named);
    const scope = scopeOfName(named);
    return store.get(resource, id, scope) ?? (resource.parent === null ? store.get(resource, id) : undefined);
  }

  /** Whether the collection in a resource name is called like the resource, by its last word. */
  #isNameOfOne(name: string): boolean {
    const last = (text: string) => singular(split(text).at(-1) ?? '');
    return last(name.split('/').at(-2) ?? '') === last(this.resource.name);
  }

  /** Throws what a stale etag is answered with: AIP-154. */
  checkEtag(item: Item, etag: Json | undefined): void {
    const field = etagField(this.type);
    if (typeof etag !== 'string' || etag === '') return;
    const current = field ? this.show(item)[field.name] : etagOf(item);
    if (etag === current || etag === '*') return;
    throw new StatusError('ABORTED', `The etag is stale: the ${this.resource.name} has changed since it was read.`);
  }

  /**
   * Makes a record of what a caller wrote.
   * @param written in the message's words
   * @param id the one that the caller chose; undefined: one is made
   * @throws StatusError ALREADY_EXISTS
   */
  create(
    written: JsonObject,
    id: string | undefined,
    scope: readonly string[] | undefined,
    options: WriteOptions = {},
  ): Item {
    const { store } = this.#context;
    const { resource, type } = this;
    const { value, extra } = this.#absorbed(this.#writable(written));
    const { idField } = resource.home;
    const given = id !== undefined && idField !== null ? { [idField]: writtenId(id, scope ?? [], resource) } : {};
    const random = new Random(
      this.#context.settings.seed,
      'create',
      resource.name,
      JSON.stringify(written),
      store.revision(resource),
    );
    const record = newRecord(resource, { ...value, ...given }, this.#context.now(), random);
    try {
      return store.create(resource, record, { ...options, extra, ...(scope && { scope }) });
    } catch (error) {
      if (error instanceof Conflict && error.reason === 'exists') {
        const name = id ?? String(written[idFieldOf(type, resource)?.name ?? ''] ?? '');
        throw alreadyExists(resource.name, name);
      }
      throw error;
    }
  }

  /** What was written, in home words. @throws StatusError INVALID_ARGUMENT for what the record cannot hold */
  #absorbed(written: JsonObject): ReturnType<typeof absorb> {
    const absorbed = absorb(written, shapeOf(this.type), this.resource);
    const faults = faultsIn(written, absorbed.value, this.resource);
    if (faults.length === 0) return absorbed;
    throw badRequest(...faults.map(({ path, message }) => ({ field: wayOf(path), description: `${message}.` })));
  }

  /**
   * Changes a record.
   * @param written in the message's words
   * @param paths the fields that change; a field of them that is not written is emptied
   */
  update(item: Item, written: JsonObject, paths: readonly (readonly string[])[], options: UpdateOptions = {}): Item {
    const { byServer = false, ...rest } = options;
    const { resource, type } = this;
    const shape = shapeOf(type);
    let value: JsonObject = item.value;
    let extra: JsonObject = item.extra;
    for (const field of topFields(paths)) {
      if (!byServer && !this.#mayWrite(field)) continue;
      const inner = paths.filter(([first]) => first === field).map((path) => path.slice(1));
      const next = nextValue(field, inner, written, () => this.show(item));
      const at = homePath(resource, shape, [field]);
      if (next === undefined) {
        if (at) value = without(value, at);
        extra = Object.fromEntries(
          Object.entries(extra).filter(([name]) => name !== field && !name.startsWith(`${field}.`)),
        );
        continue;
      }
      const absorbed = this.#absorbed({ [field]: next });
      value = at && at.length > 1 ? merged(value, absorbed.value) : { ...value, ...absorbed.value };
      extra = { ...extra, ...absorbed.extra };
    }
    const random = new Random(this.#context.settings.seed, 'update', resource.name, item.id, item.version);
    return this.put(item, resource.home.complete(value, random), { ...rest, extra });
  }

  /** Puts a value in home words in a record's place. @throws StatusError NOT_FOUND when it is gone */
  put(item: Item, value: JsonObject, options: WriteOptions): Item {
    return this.#orGone(item, () => this.#context.store.replace(item, this.resource, value, options));
  }

  delete(item: Item): void {
    this.#orGone(item, () => this.#context.store.delete(item, this.resource));
  }

  #orGone<T>(item: Item, write: () => T): T {
    try {
      return write();
    } catch (error) {
      if (error instanceof Conflict && error.reason === 'missing') throw notFound(this.resource.name, item.id);
      if (error instanceof Conflict) throw alreadyExists(this.resource.name, item.id);
      throw error;
    }
  }

  /** What callers may write: what is the server's is ignored (AIP-203). */
  #writable(written: JsonObject): JsonObject {
    return Object.fromEntries(Object.entries(written).filter(([name]) => this.#mayWrite(name)));
  }

  #mayWrite(name: string): boolean {
    const field = this.type.byName.get(name);
    return !field || !(hasBehavior(field, 'OUTPUT_ONLY') || hasBehavior(field, 'IDENTIFIER') || field.name === 'etag');
  }

  /** A resource name for records that have one, else the id. */
  nameOf(item: Item): string {
    const id = this.show(item)[idFieldOf(this.type, this.resource)?.name ?? ''];
    return typeof id === 'string' ? id : resourceNameOf(this.resource, item.id, item.scope);
  }
}

function etagField({ fields }: MessageType): FieldType | undefined {
  return fields.find(({ name, kind, repeated }) => name === 'etag' && kind === 'string' && !repeated);
}

/** Another one after every change. */
function etagOf(item: Item): string {
  return `"${item.sequence.toString(36)}-${item.version.toString(36)}"`;
}

function topFields(paths: readonly (readonly string[])[]): ReadonlySet<string> {
  return new Set(paths.flatMap(([first]) => first ?? []));
}

/** What a field is to hold: what is written, or what it holds now with some of its fields as they are written. */
function nextValue(
  field: string,
  inner: readonly (readonly string[])[],
  written: JsonObject,
  current: () => JsonObject,
): Json | undefined {
  const next = Object.hasOwn(written, field) ? written[field] : undefined;
  if (inner.some((path) => path.length === 0)) return next;
  const now = current()[field];
  return inner.reduce<Json>((value, path) => withPath(value, path, next), isObject(now) ? now : {});
}

function withPath(value: Json, [name, ...rest]: readonly string[], from: Json | undefined): Json {
  if (name === undefined) return from ?? null;
  const now = isObject(value) ? value : {};
  const source = isObject(from) && Object.hasOwn(from, name) ? from[name] : undefined;
  const others = Object.fromEntries(Object.entries(now).filter(([key]) => key !== name));
  if (rest.length > 0) return { ...others, [name]: withPath(now[name] ?? {}, rest, source) };
  return source === undefined ? others : { ...others, [name]: source };
}

function without(value: JsonObject, [name, ...rest]: readonly string[]): JsonObject {
  if (name === undefined || !Object.hasOwn(value, name)) return value;
  const inner = value[name];
  const others = Object.fromEntries(Object.entries(value).filter(([key]) => key !== name));
  return rest.length > 0 && isObject(inner) ? { ...others, [name]: without(inner, rest) } : others;
}

function merged(a: JsonObject, b: JsonObject): JsonObject {
  const both: Record<string, Json> = { ...a };
  for (const [name, value] of Object.entries(b)) {
    const now = both[name];
    both[name] = isObject(now) && isObject(value) ? merged(now, value) : value;
  }
  return both;
}
