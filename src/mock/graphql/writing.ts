import { isObject, type JsonObject } from '../json.ts';
import { faultsIn } from '../lens/faults.ts';
import { absorb } from '../lens/lens.ts';
import type { Resource } from '../resources/resource.ts';
import type { Role } from '../resources/roles.ts';
import type { Caller } from '../rest/exchange.ts';
import { newRecord } from '../store/new-record.ts';
import { stamps } from '../store/stamps.ts';
import { Conflict, type Item } from '../store/store.ts';
import { effectOf, firstState } from './effects.ts';
import { type Outcome, Payloads, type Problem } from './payloads.ts';
import { Repeats } from './repeats.ts';
import type { Resolver } from './resolve.ts';
import type { Call } from './things.ts';
import type { World } from './world.ts';
import { gather, type Written, type WrittenRecord } from './written.ts';

/** What mutations do to the store, and what they answer. */
export class Writing {
  readonly #world: World;
  readonly #payloads: Payloads;
  readonly #repeats: Repeats;
  #made = 0;

  constructor(world: World, resolver: Resolver) {
    this.#world = world;
    this.#payloads = new Payloads(world, resolver);
    this.#repeats = new Repeats(() => world.context.now());
  }

  /** Carries out a mutation, once for each `clientMutationId`. @throws GraphQLError for what its type has no place for */
  run(call: Call, caller: Caller | null): unknown {
    return this.#repeats.run(call, idOfClient(call), caller, () => this.#run(call));
  }

  #run(call: Call): unknown {
    const role = this.#world.context.roles.graphql.get(`${call.parent}.${call.field.name}`);
    const written = gather(call, role?.resource ?? null, this.#world.shapes);
    const outcome = role ? this.#do(role, written) : nothing;
    return this.#payloads.of(call, role ?? null, outcome, written.values);
  }

  #do(role: Role, written: Written): Outcome {
    const { resource } = role;
    switch (role.kind) {
      case 'create':
        return this.#each(written.records, (record) => this.#create(resource, record));
      case 'update':
      case 'replace':
      case 'action':
        return this.#each(written.records, (record) => this.#change(role, record));
      case 'delete':
        return this.#each(written.records, (record) => this.#delete(resource, record));
      case 'batch':
        return this.#each(written.records, (record) =>
          record.id === undefined ? this.#create(resource, record) : this.#change(role, record),
        );
      default:
        return nothing;
    }
  }

  #each(records: readonly WrittenRecord[], act: (record: WrittenRecord) => Item): Outcome {
    const items: Item[] = [];
    const problems: Problem[] = [];
    for (const record of records) {
      try {
        items.push(act(record));
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        problems.push(...error.problems);
      }
    }
    return { items, problems };
  }

  #create(resource: Resource, record: WrittenRecord): Item {
    const { store } = this.#world.context;
    const { value, extra } = this.#absorbed(record, resource);
    const random = this.#world.random(resource.name, 'written', this.#made++);
    const own = newRecord(resource, { ...firstState(resource), ...value }, store.now(), random);
    try {
      return store.create(resource, own, { extra });
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      throw new Refused({ code: 'CONFLICT', message: error.message, path: record.idPath });
    }
  }

  #change({ resource, action, kind }: Role, record: WrittenRecord): Item {
    const { store } = this.#world.context;
    const item = this.#find(resource, record);
    const { value, extra } = this.#absorbed(record, resource);
    const effect = action === null ? {} : effectOf(resource, action, store.now());
    const changed = { ...merged(item.value, value), ...effect };
    const random = this.#world.random(resource.name, item.id, 'changed', item.version);
    const { idField } = resource.home;
    const kept = idField !== null && Object.hasOwn(item.value, idField) ? { [idField]: item.value[idField]! } : {};
    const complete = resource.home.complete({ ...changed, ...kept }, random);
    return store.replace(
      item,
      resource,
      { ...complete, ...stamps(resource, store.now(), 'updated') },
      {
        extra: { ...item.extra, ...extra },
        action: kind === 'action' ? action : null,
      },
    );
  }

  /** What was written, in home words. @throws Refused for what the record cannot hold */
  #absorbed(record: WrittenRecord, resource: Resource): ReturnType<typeof absorb> {
    const absorbed = absorb(record.values, record.shape, resource);
    const faults = faultsIn(record.values, absorbed.value, resource);
    if (faults.length === 0) return absorbed;
    const before = record.idPath.slice(0, -1);
    throw new Refused(
      ...faults.map(({ path, message }) => ({
        code: 'INVALID' as const,
        message: `${message}.`,
        path: [...before, ...path.map(String)],
      })),
    );
  }

  #delete(resource: Resource, record: WrittenRecord): Item {
    const item = this.#find(resource, record);
    this.#world.context.store.delete(item, resource);
    return item;
  }

  #find(resource: Resource, { id, idPath }: WrittenRecord): Item {
    const { store } = this.#world.context;
    if (id === undefined) {
      // A thing that there is one of, as the viewer.
      const [only] = store.page(resource, {}, { limit: 1 }).items;
      if (only) return only;
    }
    const item = id === undefined ? undefined : store.get(resource, id);
    if (item) return item;
    const there = store.page(resource, {}, { limit: 1 }).items[0];
    const hint = there ? ` There is one with the id \`${there.id}\`.` : '';
    const message = `There is no ${resource.name} with the id \`${id ?? ''}\`.${hint}`;
    throw new Refused({ code: 'NOT_FOUND', message, path: idPath });
  }
}

/** The `clientMutationId` among the arguments, or in an input of theirs. */
function idOfClient({ args }: Call): unknown {
  const direct = args['clientMutationId'];
  if (direct !== undefined) return direct;
  const input = Object.values(args).find((value) => isObject(value) && value['clientMutationId'] !== undefined);
  return isObject(input) ? input['clientMutationId'] : undefined;
}

const nothing: Outcome = { items: [], problems: [] };

/** A write that cannot be done. */
class Refused extends Error {
  readonly problems: readonly Problem[];

  constructor(...problems: readonly Problem[]) {
    super(problems[0]?.message);
    this.problems = problems;
  }
}

/** What was written over what was there: objects field by field, lists as a whole. */
function merged(before: JsonObject, written: JsonObject): JsonObject {
  const result: Record<string, JsonObject[string]> = { ...before };
  for (const [name, value] of Object.entries(written)) {
    const old = before[name];
    result[name] = isObject(value) && isObject(old) ? merged(old, value) : value;
  }
  return result;
}
