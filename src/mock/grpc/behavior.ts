import type { Context } from '../context.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { Resource } from '../resources/resource.ts';
import { idOfName, scopeOfName } from '../store/resource-names.ts';
import type { Change, Item, Query } from '../store/store.ts';
import { acted } from './actions.ts';
import { readFilter } from './filter.ts';
import { madeUp, operationOf } from './invention.ts';
import { type Controls, controlsOf, idFieldOf, recordIn, recordsIn } from './places.ts';
import { Records } from './records.ts';
import {
  isNamedOutright,
  largestPage,
  limitOf,
  masked,
  pageOf,
  pathsOf,
  payloadOf,
  sizeAt,
  sortKeys,
  textAt,
} from './requests.ts';
import type { FieldType, MessageType } from './schema.ts';
import type { Rpc } from './services.ts';
import { shapeOf } from './shape-of.ts';
import { notFound } from './status.ts';

/** What an rpc does with one request. */
export type Answering = (request: JsonObject) => JsonObject;

/** So many answers are remembered for requests that come again. */
const mostRemembered = 10_000;

/** What rpcs do in a mock: the same over gRPC and HTTP. */
export function behaviorOf(context: Context): Behavior {
  const known = behaviors.get(context) ?? new Behavior(context);
  behaviors.set(context, known);
  return known;
}

const behaviors = new WeakMap<Context, Behavior>();

/** What rpcs do to the records of the store. */
export class Behavior {
  readonly #context: Context;
  readonly #records = new Map<Resource, Map<MessageType, Records>>();
  readonly #answers = new Map<Rpc, Answering>();
  /** Answers by `request_id` (AIP-155). */
  readonly #remembered = new Map<string, JsonObject>();

  constructor(context: Context) {
    this.#context = context;
  }

  /**
   * What an rpc answers to one request; made up where its role is not known.
   * @throws StatusError
   */
  answer(rpc: Rpc, request: JsonObject): JsonObject {
    let answering = this.#answers.get(rpc);
    if (!answering) {
      answering = this.#answeringOf(rpc);
      this.#answers.set(rpc, answering);
    }
    return answering(request);
  }

  /**
   * What a stream of answers to one request consists of: the records of a list, what a Watch sees, or some that are made up.
   * @param send takes an answer
   * @param end is called when there is nothing more to tell; with an error where there is one
   * @returns what stops it
   */
  stream(rpc: Rpc, request: JsonObject, send: (answer: JsonObject) => void, end: () => void): () => void {
    if (rpc.role?.kind === 'watch') return this.#watch(rpc, request, send, end);
    for (const answer of this.#several(rpc, request)) send(answer);
    end();
    return () => {};
  }

  /** What each request of a stream does, that gets one answer for all; nothing where the role is not known. */
  each(rpc: Rpc): Answering {
    const { role } = rpc;
    if (!role || role.kind === 'watch' || role.kind === 'list') return () => ({});
    const verb = role.kind === 'update' || role.kind === 'replace' ? 'Update' : role.kind === 'delete' ? 'Delete' : '';
    return role.kind === 'action'
      ? this.#answeringOf(rpc)
      : this.#inner(rpc, rpc.method.request, role.resource, verb || 'Create');
  }

  /**
   * What is answered to a stream of requests when it ends: what they came to.
   * @param count how many requests there were
   * @param answers what `each` gave, of the first of them
   */
  summary(rpc: Rpc, count: number, answers: readonly JsonObject[]): JsonObject {
    const { response } = rpc.method;
    const summary: Record<string, Json> = { ...madeUp(this.#context, rpc, { count }) };
    const place = rpc.role ? recordsIn(response, rpc.role.resource, this.#context.roles) : null;
    const isCount = /(?:^|_)(?:count|total|size|received|created|number|num)s?(?:_|$)/;
    for (const field of response.fields) {
      if (!field.repeated && isCount.test(field.name) && /int/.test(field.kind)) summary[field.name] = count;
      else if (place?.field === field) summary[field.name] = answers;
      else if (field.repeated && rpc.role && /(?:^|_)(?:ids|names)$/.test(field.name)) {
        summary[field.name] = answers.flatMap((answer) => answer.name ?? answer.id ?? []);
      }
    }
    return summary;
  }

  #answeringOf(rpc: Rpc): Answering {
    const { role } = rpc;
    switch (role?.kind) {
      case 'get':
      case 'watch':
        return this.#get(rpc, role.resource);
      case 'list':
        return this.#list(rpc, role.resource);
      case 'create':
        return this.#create(rpc, role.resource);
      case 'update':
      case 'replace':
        return this.#update(rpc, role.resource, role.kind === 'replace');
      case 'delete':
        return this.#delete(rpc, role.resource);
      case 'action':
        return this.#action(rpc, role.resource, role.action ?? '');
      case 'batch':
        return this.#batch(rpc, role.resource);
      default:
        return (request) => madeUp(this.#context, rpc, request);
    }
  }

  /** The records of a resource as a message has them. */
  #recordsAs(resource: Resource, type: MessageType): Records {
    const byType = this.#records.get(resource) ?? new Map<MessageType, Records>();
    this.#records.set(resource, byType);
    const records = byType.get(type) ?? new Records(this.#context, resource, type);
    byType.set(type, records);
    return records;
  }

  /** The records as an rpc's answer has them, else as its request, else as any message. */
  #recordsOf({ method }: Rpc, resource: Resource): Records {
    const { roles } = this.#context;
    const place = recordIn(method.response, resource, roles) ?? recordIn(method.request, resource, roles);
    return this.#recordsAs(resource, place?.type ?? method.response);
  }

  /** An answer with a record in it. */
  #answerWith(rpc: Rpc, resource: Resource, item: Item, request: JsonObject): JsonObject {
    const { response } = rpc.method;
    const place = recordIn(response, resource, this.#context.roles);
    const operation = operationOf(this.#context, rpc, (type) => this.#recordsAs(resource, type).show(item));
    if (operation) return operation;
    if (!place) return response.fields.length === 0 ? {} : madeUp(this.#context, rpc, request);
    const shown = this.#recordsAs(resource, place.type).show(item);
    return place.field ? this.#around(rpc, place.field, shown, request) : shown;
  }

  /** What an answer holds besides the record. */
  #around(rpc: Rpc, field: FieldType, value: Json, request: JsonObject): JsonObject {
    if (rpc.method.response.fields.length === 1) return { [field.name]: value };
    return { ...madeUp(this.#context, rpc, request), [field.name]: value };
  }

  #get(rpc: Rpc, resource: Resource): Answering {
    const records = this.#recordsOf(rpc, resource);
    const controls = controlsOf(rpc.method.request, resource);
    return (request) => {
      const item = this.#addressed(request, rpc.method.request, controls, records);
      const answer = this.#answerWith(rpc, resource, item, request);
      return masked(answer, controls.mask && request[controls.mask.name]);
    };
  }

  /** The record that a request names; of one that names none, the first there is. */
  #addressed(request: JsonObject, type: MessageType, { id }: Controls, records: Records): Item {
    if (id) return records.find(request[id.name], id.name);
    const nested = type.fields.find(
      (field) => isObject(request[field.name]) && field.message && idFieldOf(field.message, records.resource),
    );
    if (nested) {
      const inner = idFieldOf(nested.message!, records.resource)!;
      return records.find((request[nested.name] as JsonObject)[inner.name], `${nested.name}.${inner.name}`);
    }
    const [first] = this.#context.store.page(records.resource, {}, { limit: 1 }).items;
    if (!first) throw notFound(records.resource.name, '');
    return first;
  }

  #list(rpc: Rpc, resource: Resource): Answering {
    const { request: type, response } = rpc.method;
    const { roles, store } = this.#context;
    const place = recordsIn(response, resource, roles);
    if (!place?.field) return (request) => madeUp(this.#context, rpc, request);
    const records = this.#recordsAs(resource, place.type);
    const controls = controlsOf(type, resource);
    const next = response.fields.find(
      ({ name, kind }) => kind === 'string' && /^next_?(?:page_?)?(?:token|cursor)$/.test(name),
    );
    const total = response.fields.find(
      ({ name, kind }) => /int/.test(kind) && /^total(?:_?(?:size|count|items|results))?$/.test(name),
    );
    const { field } = place;
    return (request) => {
      const query = this.#queryOf(request, type, controls, records);
      const token = textAt(request, controls.pageToken);
      const page = pageOf(
        () =>
          store.page(resource, query, {
            limit: limitOf(request, controls.pageSize),
            ...(token !== '' && { after: token }),
            ...(controls.skip && { skip: sizeAt(request, controls.skip) }),
          }),
        controls.pageToken,
      );
      const mask = controls.mask && request[controls.mask.name];
      return {
        [field.name]: page.items.map((item) => masked(records.show(item), mask)),
        ...(next && page.hasNext && { [next.name]: page.cursors.at(-1)! }),
        ...(total && { [total.name]: page.total }),
      };
    };
  }

  #queryOf(request: JsonObject, type: MessageType, controls: Controls, records: Records): Query {
    const { resource } = records;
    const shape = shapeOf(records.type);
    const filter = textAt(request, controls.filter);
    const tests = filter === '' ? [] : [readFilter(filter, shape)];
    const texts = [filter];
    for (const field of type.fields) {
      const value = request[field.name];
      if (value === undefined || controls.all.has(field) || !records.type.byName.has(field.name)) continue;
      if (isObject(value) || Array.isArray(value)) continue;
      tests.push((shown) => isObject(shown) && String(shown[field.name] ?? '') === String(value));
      texts.push(`${field.name}=${String(value)}`);
    }
    const sort = sortKeys(textAt(request, controls.orderBy), records);
    const scope = this.#scopeOf(request, controls, resource);
    return {
      ...(scope && { scope }),
      ...(sort && { sort }),
      ...(tests.length > 0 && {
        where: (item: Item) => tests.every((test) => test(records.show(item))),
        filter: texts.join('\n'),
      }),
    };
  }

  /** The scope that a request's `parent` names; undefined: all. A `-` stands for any (AIP-159). */
  #scopeOf(request: JsonObject, { parent }: Controls, resource: Resource): readonly string[] | undefined {
    const name = textAt(request, parent);
    if (name === '' || name.split('/').includes('-')) return undefined;
    const scope = [...scopeOfName(name), idOfName(name)];
    const above = resource.parent;
    if (above && !this.#context.store.get(above, scope.at(-1)!, scope.slice(0, -1))) throw notFound(above.name, name);
    return scope;
  }

  #create(rpc: Rpc, resource: Resource): Answering {
    const { request: type } = rpc.method;
    const place = recordIn(type, resource, this.#context.roles);
    const records = place?.field ? this.#recordsAs(resource, place.type) : this.#recordsOf(rpc, resource);
    const controls = controlsOf(type, resource);
    return (request) =>
      this.#once(rpc, request, controls, () => {
        const written = payloadOf(request, place, controls);
        const scope = this.#scopeOf(request, controls, resource);
        const id = place?.field ? textAt(request, controls.id) : '';
        const chosen = id === '' ? undefined : idOfName(id);
        if (controls.validateOnly && request[controls.validateOnly.name] === true) {
          return place && recordIn(rpc.method.response, resource, this.#context.roles)?.field === null ? written : {};
        }
        return this.#answerWith(rpc, resource, records.create(written, chosen, scope), request);
      });
  }

  /** The same answer for the same `request_id`: AIP-155. */
  #once(rpc: Rpc, request: JsonObject, { requestId }: Controls, act: () => JsonObject): JsonObject {
    const id = textAt(request, requestId);
    if (id === '') return act();
    const key = `${rpc.method.fullName} ${id}`;
    const known = this.#remembered.get(key);
    if (known) return known;
    const answer = act();
    if (this.#remembered.size >= mostRemembered) this.#remembered.delete(this.#remembered.keys().next().value!);
    this.#remembered.set(key, answer);
    return answer;
  }

  #update(rpc: Rpc, resource: Resource, isReplacing: boolean): Answering {
    const { request: type } = rpc.method;
    const place = recordIn(type, resource, this.#context.roles);
    const records = place?.field ? this.#recordsAs(resource, place.type) : this.#recordsOf(rpc, resource);
    const controls = controlsOf(type, resource);
    const inner = place?.field ? idFieldOf(place.type, resource) : null;
    return (request) =>
      this.#once(rpc, request, controls, () => {
        const written = payloadOf(request, place, controls);
        const [named, at] =
          inner && written[inner.name] !== undefined
            ? [written[inner.name], `${place!.field!.name}.${inner.name}`]
            : [
                controls.id ? request[controls.id.name] : undefined,
                inner ? `${place!.field!.name}.${inner.name}` : (controls.id?.name ?? ''),
              ];
        const paths = pathsOf(request, controls, records, written, isReplacing).filter(
          (path) => path[0] !== inner?.name,
        );
        const known = named === undefined || named === '' ? undefined : records.lookUp(String(named));
        if (!known && controls.allowMissing && request[controls.allowMissing.name] === true && named !== undefined) {
          const name = String(named);
          const scope = name.includes('/') && scopeOfName(name).length > 0 ? scopeOfName(name) : undefined;
          return this.#answerWith(rpc, resource, records.create(written, idOfName(name), scope), request);
        }
        const item = known ?? records.find(named, at);
        records.checkEtag(item, written.etag ?? (controls.etag ? request[controls.etag.name] : undefined));
        if (controls.validateOnly && request[controls.validateOnly.name] === true) {
          return this.#answerWith(rpc, resource, item, request);
        }
        return this.#answerWith(
          rpc,
          resource,
          records.update(item, written, paths, { byServer: isNamedOutright(request, controls) }),
          request,
        );
      });
  }

  #delete(rpc: Rpc, resource: Resource): Answering {
    const { request: type, response } = rpc.method;
    const records = this.#recordsOf(rpc, resource);
    const controls = controlsOf(type, resource);
    return (request) => {
      const named = controls.id ? request[controls.id.name] : undefined;
      const mayMiss = controls.allowMissing !== null && request[controls.allowMissing.name] === true;
      if (mayMiss && named !== undefined && !records.lookUp(String(named))) return {};
      const item = this.#addressed(request, type, controls, records);
      records.checkEtag(item, controls.etag ? request[controls.etag.name] : undefined);
      const isValidating = controls.validateOnly !== null && request[controls.validateOnly.name] === true;
      const answer = response.fields.length === 0 ? {} : this.#answerWith(rpc, resource, item, request);
      if (!isValidating) records.delete(item);
      return answer;
    };
  }

  #action(rpc: Rpc, resource: Resource, action: string): Answering {
    const { request: type } = rpc.method;
    const records = this.#recordsOf(rpc, resource);
    const controls = controlsOf(type, resource);
    return (request) =>
      this.#once(rpc, request, controls, () => {
        const item = this.#addressed(request, type, controls, records);
        records.checkEtag(item, controls.etag ? request[controls.etag.name] : undefined);
        return this.#answerWith(rpc, resource, acted(this.#context, records, item, action, request), request);
      });
  }

  /** AIP-231 to AIP-235: all or nothing. */
  #batch(rpc: Rpc, resource: Resource): Answering {
    const { request: type, response, name } = rpc.method;
    const { roles } = this.#context;
    const into = recordsIn(response, resource, roles);
    const requests = type.fields.find((field) => field.repeated && field.message && !field.map);
    const names = type.fields.find((field) => field.repeated && field.kind === 'string');
    const verb = /Get|Create|Update|Delete/.exec(name)?.[0] ?? '';
    if (!requests && !names) return (request) => madeUp(this.#context, rpc, request);
    const records = this.#recordsAs(resource, into?.type ?? response);
    const one = requests ? this.#inner(rpc, requests.message!, resource, verb) : null;
    return (request) => {
      const results: JsonObject[] = [];
      const asked =
        requests && Array.isArray(request[requests.name]) ? (request[requests.name] as readonly JsonObject[]) : [];
      const named = names && Array.isArray(request[names.name]) ? (request[names.name] as readonly string[]) : [];
      const items = named.map((id, i) => records.find(id, `${names!.name}[${i}]`));
      if (verb === 'Get') results.push(...items.map((item) => records.show(item)));
      else if (verb === 'Delete' && names) for (const item of new Set(items)) records.delete(item);
      else if (one) {
        const undo: (() => void)[] = [];
        const stop = this.#context.store.subscribe((change) => undo.push(() => this.#undo(change)));
        try {
          for (const each of asked) results.push(one(each));
        } catch (error) {
          stop();
          for (const step of undo.reverse()) step();
          throw error;
        } finally {
          stop();
        }
      }
      return into?.field
        ? { [into.field.name]: results }
        : response.fields.length === 0
          ? {}
          : madeUp(this.#context, rpc, request);
    };
  }

  /** What a batch does with one of its requests: the same as the method for one would. */
  #inner(rpc: Rpc, request: MessageType, resource: Resource, verb: string): Answering {
    const into = recordsIn(rpc.method.response, resource, this.#context.roles);
    const isRecord = this.#context.roles.messages.get(request.fullName) === resource;
    const method = { ...rpc.method, request, response: into?.type ?? (isRecord ? request : rpc.method.response) };
    const kind = verb === 'Update' ? 'update' : verb === 'Delete' ? 'delete' : verb === 'Get' ? 'get' : 'create';
    return this.#answeringOf({ ...rpc, method, role: { kind, resource, action: null } });
  }

  #undo({ kind, resource, item, before }: Change): void {
    const { store } = this.#context;
    const now = store.get(resource, item.id, item.scope);
    if (kind === 'created' && now) store.delete(now, resource);
    else if (kind === 'deleted') store.create(resource, item.value, { scope: item.scope, extra: item.extra });
    else if (now && before) store.replace(now, resource, before.value, { extra: before.extra });
  }

  /** Several answers for one request. */
  #several(rpc: Rpc, request: JsonObject): readonly JsonObject[] {
    const { role, method } = rpc;
    const { roles, store, settings } = this.#context;
    const place = role && recordIn(method.response, role.resource, roles);
    if (role?.kind === 'list' && place) {
      const records = this.#recordsAs(role.resource, place.type);
      const controls = controlsOf(method.request, role.resource);
      const query = this.#queryOf(request, method.request, controls, records);
      const { items } = store.page(role.resource, query, { limit: limitOf(request, controls.pageSize, largestPage) });
      return items.map((item) => this.#answerWith(rpc, role.resource, item, request));
    }
    if (role) return [this.answer(rpc, request)];
    const count = Math.max(1, Math.min(3, settings.count));
    return Array.from({ length: count }, (_, i) => madeUp(this.#context, rpc, request, i));
  }

  /** The record as it is, then each change to it; of a request that names none, each change to any. */
  #watch(rpc: Rpc, request: JsonObject, send: (answer: JsonObject) => void, end: () => void): () => void {
    const { resource } = rpc.role!;
    const { store } = this.#context;
    const records = this.#recordsOf(rpc, resource);
    const controls = controlsOf(rpc.method.request, resource);
    const named = textAt(request, controls.id);
    const item = named === '' ? null : records.find(named, controls.id!.name);
    if (item) send(this.#event(rpc, resource, item, 'updated', request));
    const stop = store.subscribe((change) => {
      if (
        change.resource !== resource ||
        (item && (change.item.id !== item.id || change.item.scope.join('/') !== item.scope.join('/')))
      )
        return;
      const kind = change.kind;
      if (kind !== 'deleted' || kindField(rpc.method.response))
        send(this.#event(rpc, resource, change.item, kind, request));
      if (item && kind === 'deleted') {
        stop();
        end();
      }
    });
    return stop;
  }

  #event(rpc: Rpc, resource: Resource, item: Item, kind: Change['kind'], request: JsonObject): JsonObject {
    const answer = this.#answerWith(rpc, resource, item, request);
    const field = kindField(rpc.method.response);
    const value = field && [...field.enum!.byName.keys()].find((name) => kindWords[kind].test(name));
    return value ? { ...answer, [field.name]: value } : answer;
  }
}

const kindWords: Readonly<Record<Change['kind'], RegExp>> = {
  created: /(?:^|_)(?:CREATED?|ADDED|ADD|INSERT(?:ED)?|PUT)$/i,
  updated: /(?:^|_)(?:UPDATED?|MODIFIED|CHANGED?|PUT)$/i,
  deleted: /(?:^|_)(?:DELETED?|REMOVED?)$/i,
};

/** The field that says what has happened: an enum with a value for deleting. */
function kindField({ fields }: MessageType): FieldType | undefined {
  return fields.find(
    ({ enum: type, repeated }) =>
      type && !repeated && [...type.byName.keys()].some((name) => kindWords.deleted.test(name)),
  );
}
