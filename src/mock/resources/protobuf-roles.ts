/** What `.proto` files imply. */
import { type Resource as Annotation, hasBehavior, resourceOf } from '../../languages/protobuf/annotations.ts';
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import { type Rpc, type RpcSide, rpcs } from '../../languages/protobuf/select.ts';
import { type FieldNode, fullName, type MessageNode } from '../../languages/protobuf/tree.ts';
import { split } from '../../words/split.ts';
import { areAlike, coreOf, type Draft, type DraftRole, nounOf, overlap } from './draft.ts';
import { actionOn, type NameReading, readName } from './method-names.ts';
import { fieldsIn, messageIn, nameOf, shapeOfMessage } from './protobuf-shape.ts';
import type { Home } from './resource.ts';
import type { RoleKind } from './roles.ts';
import { ShapeHome } from './shape-home.ts';

/** The resources, the roles of rpcs and the messages that are records, by full name. */
export function protobufRoles(api: Protobuf): {
  readonly drafts: readonly Draft[];
  readonly roles: ReadonlyMap<string, DraftRole>;
  readonly messages: ReadonlyMap<string, Draft>;
} {
  const calls = rpcs(api).map((rpc) => callOf(api, rpc));
  const records = new Records(api);
  for (const call of [...calls].sort((a, b) => standing(a) - standing(b))) records.take(call);
  const roles = new Map<string, DraftRole>();
  for (const call of calls) {
    const role = roleOf(api, call, records);
    if (role) roles.set(call.rpc.fullName, role);
  }
  // What nobody can read is no resource, whatever changes it.
  const used = new Set(
    [...roles.values()].filter(({ kind }) => kind === 'get' || kind === 'list').map(({ draft }) => draft),
  );
  for (const [name, { draft }] of roles) if (!used.has(draft)) roles.delete(name);
  return {
    drafts: records.drafts.filter((draft) => used.has(draft)),
    roles,
    messages: new Map(
      [...records.byMessage].filter(([, draft]) => used.has(draft)).map(([node, draft]) => [fullName(node), draft]),
    ),
  };
}

/** An rpc as far as its name and its messages tell. */
interface Call {
  readonly rpc: Rpc;
  readonly words: readonly string[];
  readonly name: NameReading | null;
  readonly request: MessageNode | null;
  /** The message that it answers with, or that its answer holds, as a list or by itself; null where that is no one thing. */
  readonly given: { readonly message: MessageNode; readonly isList: boolean } | null;
}

function callOf(api: Protobuf, rpc: Rpc): Call {
  const words = split(rpc.name);
  const read = readName(words);
  // `rpc List` of an `OrderService` lists orders.
  const name = read && read.noun === '' ? { ...read, noun: servedBy(rpc) } : read;
  const request = messageOf(rpc.request);
  return { rpc, words, name, request, given: givenBy(api, rpc, name?.noun ?? '') };
}

const servedBy = ({ service }: Rpc): string =>
  nounOf(split(service.name.text).filter((word) => !/^(?:service|api|server|manager|store|admin|v\d+)$/.test(word)));

function messageOf(side: RpcSide | null): MessageNode | null {
  const node = side?.definition?.node;
  return node?.kind === 'message' ? node : null;
}

function givenBy(api: Protobuf, rpc: Rpc, noun: string): Call['given'] {
  const message = messageOf(rpc.response);
  if (!message) return null;
  const isStream = rpc.streaming === 'server' || rpc.streaming === 'both';
  const inner = fieldsIn(message).flatMap((field) => {
    const held = messageIn(api, field);
    return held ? [{ field, message: held, isList: isRepeated(field) }] : [];
  });
  const isWrapper = /(?:Response|Reply|Result|Output|List|Page|Event)s?$/.test(message.name.text);
  const isIt = areAlike(nameOfRecord(message), noun);
  if (!isWrapper || (isIt && !inner.some(({ message: held }) => areAlike(nameOfRecord(held), noun)))) {
    if (!isWrapper || hasIdField(message, noun)) return { message, isList: isStream };
  }
  const lists = inner.filter(({ isList }) => isList);
  const singles = inner.filter(({ isList }) => !isList);
  const named = (all: typeof inner) =>
    all.find(({ message: held }) => areAlike(nameOfRecord(held), noun)) ??
    all.find(({ field }) => areAlike(nounOf(nameOf(field)), noun));
  const found = named(singles) ?? named(lists) ?? (lists.length === 1 && singles.length === 0 ? lists[0] : undefined);
  return found ? { message: found.message, isList: found.isList || isStream } : null;
}

const isRepeated = (field: FieldNode): boolean => field.label?.text === 'repeated';

const nameOfRecord = (message: MessageNode): string => coreOf(message.name.text);

/** What says most about records first: getting one, listing, making one. */
function standing({ name }: Call): number {
  const kinds: readonly (RoleKind | undefined)[] = ['get', 'list', 'create', 'update'];
  const index = kinds.indexOf(name?.kind);
  return index < 0 ? kinds.length : index;
}

/** A resource as `.proto` files have it. */
class ProtobufDraft implements Draft {
  readonly api: Protobuf;
  readonly message: MessageNode;
  readonly noun: string;
  readonly annotation: Annotation | null;
  readonly parent = null;
  readonly weight = 0;
  /** The services with rpcs on it. */
  readonly services = new Set<unknown>();
  /** The field of requests that says which record is meant: `order_id`, `name`. */
  askedBy: string | null = null;
  /** How resource names are made: `orders/*`. */
  pattern: string | null = null;
  #home: Home | undefined;
  #fields: ReadonlySet<string> | undefined;

  constructor(api: Protobuf, message: MessageNode, noun: string) {
    this.api = api;
    this.message = message;
    this.noun = noun;
    this.annotation = resourceOf(message);
  }

  get names(): readonly string[] {
    const whole = nounOf(this.message.name.text);
    return [...new Set([whole === this.noun ? whole : nameOfRecord(this.message), this.noun])].filter(
      (name) => name !== '',
    );
  }

  readonly fields = (): ReadonlySet<string> => {
    this.#fields ??= new Set(fieldsIn(this.message).map((field) => split(nameOf(field)).join(' ')));
    return this.#fields;
  };

  readonly home = (): Home => {
    this.#home ??= this.#made();
    return this.#home;
  };

  #made(): Home {
    const field = idFieldOf(this.message, this.noun, this.askedBy, this.annotation);
    const isName = field !== undefined && nameOf(field) === (this.annotation?.nameField ?? 'name');
    const declared = this.annotation?.patterns[0]?.value.replaceAll(/\{[^}]*\}/g, '*') ?? this.pattern;
    return new ShapeHome({
      language: 'protobuf',
      shape: shapeOfMessage(this.api, this.message),
      name: this.names[0]!,
      idField: field ? nameOf(field) : null,
      idKind: field ? idKindOf(field) : 'string',
      pattern: isName && declared?.includes('/') ? declared : null,
    });
  }
}

/** The records that rpcs speak of. */
class Records {
  readonly drafts: ProtobufDraft[] = [];
  readonly byMessage = new Map<MessageNode, ProtobufDraft>();
  readonly #api: Protobuf;

  constructor(api: Protobuf) {
    this.#api = api;
  }

  /** Notes what an rpc tells of a kind of record. */
  take({ rpc, name, request, given }: Call): void {
    if (!name || !given || !recordKinds.has(name.kind) || !isRecord(given.message, name.noun)) return;
    const draft =
      this.byMessage.get(given.message) ?? this.#sameElsewhere(given.message) ?? this.#new(given.message, name.noun);
    this.byMessage.set(given.message, draft);
    draft.services.add(rpc.service);
    if (name.kind !== 'get' || !request) return;
    const asked = idFieldIn(request, draft.noun);
    if (asked) draft.askedBy ??= nameOf(asked);
    draft.pattern ??=
      rpc.http
        .flatMap(({ variables }) => variables)
        .find(({ field, pattern }) => field === draft.askedBy && pattern?.includes('/'))?.pattern ?? null;
  }

  /** The draft that a call is about, by its noun. */
  about({ rpc, given }: Call, noun: string): ProtobufDraft | undefined {
    const known = given && this.byMessage.get(given.message);
    if (known && (areAlike(known.noun, noun) || areAlike(nameOfRecord(given.message), noun))) return known;
    const named = this.drafts.filter((draft) => draft.names.includes(noun));
    return named.find(({ services }) => services.has(rpc.service)) ?? named[0];
  }

  #new(message: MessageNode, noun: string): ProtobufDraft {
    const draft = new ProtobufDraft(
      this.#api,
      message,
      areAlike(nameOfRecord(message), noun) ? noun : nameOfRecord(message),
    );
    this.drafts.push(draft);
    return draft;
  }

  /** The draft of a message that is the same in another version of its package, or another view of it. */
  #sameElsewhere(message: MessageNode): ProtobufDraft | undefined {
    const fields = new Set(fieldsIn(message).map((field) => split(nameOf(field)).join(' ')));
    const plain = withoutVersion(fullName(message));
    const shared = this.drafts.filter((draft) => overlap(draft.fields(), fields) >= 0.5);
    return (
      shared.find((draft) => withoutVersion(fullName(draft.message)) === plain) ??
      // A shorter view of it: the summaries that a list gives.
      shared.find(
        (draft) =>
          nameOfRecord(draft.message) === nameOfRecord(message) && draft.message.name.text !== message.name.text,
      )
    );
  }
}

const recordKinds: ReadonlySet<RoleKind> = new Set(['get', 'list', 'create', 'update', 'watch']);

const withoutVersion = (name: string): string => name.replaceAll(/\.v\d\w*(?=\.)/g, '');

/** Whether a message is a thing with fields of its own that is called as the rpc says, or that is declared to be one. */
function isRecord(message: MessageNode, noun: string): boolean {
  if (fieldsIn(message).length === 0) return false;
  if (resourceOf(message)) return true;
  const name = nameOfRecord(message);
  return (
    (areAlike(name, noun) || nounOf(message.name.text) === noun) &&
    !/(?:Request|Response|Reply)$/.test(message.name.text)
  );
}

function roleOf(api: Protobuf, call: Call, records: Records): DraftRole | null {
  const { rpc, name, request } = call;
  const givesStream = rpc.streaming === 'server' || rpc.streaming === 'both';
  const draft = name ? records.about(call, name.noun) : undefined;
  const to = (kind: RoleKind): DraftRole => ({ kind, draft: draft!, action: null });
  if (rpc.streaming === 'client') return streamedRole(api, call, records, draft);
  if (!name || !draft) return actionOf(call, records);
  if (rpc.streaming === 'both') return null;
  if (givesStream)
    return name.kind === 'list' || (name.kind === 'get' && name.isPlural)
      ? to('list')
      : name.kind === 'get' || name.kind === 'watch'
        ? to('watch')
        : null;
  switch (name.kind) {
    case 'watch':
      return null;
    case 'list':
      // `FindOrder` gets one.
      if (call.given?.isList) return to('list');
      return call.given?.message === draft.message && request && idFieldIn(request, draft.noun) ? to('get') : null;
    case 'get':
      if (call.given?.isList && name.isPlural) return to('list');
      return call.given &&
        records.byMessage.get(call.given.message) === draft &&
        (request === null || idFieldIn(request, draft.noun))
        ? to('get')
        : null;
    case 'create':
      return call.given?.isList || name.isPlural ? to('batch') : to('create');
    case 'update':
    case 'replace':
      return request && (idFieldIn(request, draft.noun) || carries(api, request, draft)) ? to(name.kind) : null;
    case 'delete':
      return request && idFieldIn(request, draft.noun) ? to('delete') : name.isPlural ? to('batch') : null;
    default:
      return to(name.kind);
  }
}

/** What each request of a stream does, whatever one answer tells of all: `CreateBook(stream CreateBookRequest)`, `UploadBooks(stream Book)`. */
function streamedRole(
  api: Protobuf,
  { words, name, request }: Call,
  records: Records,
  named: ProtobufDraft | undefined,
): DraftRole | null {
  const isUpload = words.some((word, i) => i < 2 && uploads.has(word));
  const kind = isUpload || name?.kind === 'batch' ? 'create' : name?.kind;
  if (!request || (kind !== 'create' && kind !== 'update')) return null;
  const role = (kind: RoleKind, draft: ProtobufDraft): DraftRole => ({ kind, draft, action: null });
  const own = records.byMessage.get(request);
  if (own) return role(kind, own);
  const held = fieldsIn(request).flatMap((field) => {
    const message = messageIn(api, field);
    const draft = message && records.byMessage.get(message);
    return draft ? [{ draft, isMany: isRepeated(field) }] : [];
  });
  const found = held.find(({ draft }) => draft === named) ?? held[0];
  if (found) return role(found.isMany ? 'batch' : kind, found.draft);
  return named ? role(kind, named) : null;
}

/** Verbs of streams that make records. */
const uploads = new Set('create add insert import upload put write'.split(' '));

/** `CancelOrder`, and `Cancel` in an `OrderService`. */
function actionOf({ rpc, words, request }: Call, records: Records): DraftRole | null {
  if (!request || rpc.streaming !== 'none') return null;
  const nouns = records.drafts
    .flatMap((draft) => draft.names.map((name) => ({ draft, name })))
    .sort((a, b) => b.name.length - a.name.length);
  const inService = nouns.filter(({ draft }) => draft.services.has(rpc.service));
  for (const { draft, name } of inService) {
    const action = actionOn(words, name);
    if (action !== null && idFieldIn(request, draft.noun)) return { kind: 'action', draft, action };
  }
  const served = inService.find(({ name }) => name === servedBy(rpc));
  return served && words.length === 1 && idFieldIn(request, served.draft.noun)
    ? { kind: 'action', draft: served.draft, action: words[0]! }
    : null;
}

function carries(api: Protobuf, request: MessageNode, draft: ProtobufDraft): boolean {
  return request === draft.message || fieldsIn(request).some((field) => messageIn(api, field) === draft.message);
}

/** The field of a request that says which record is meant. */
function idFieldIn(request: MessageNode, noun: string): FieldNode | undefined {
  const fields = fieldsIn(request).filter((field) => isScalar(field));
  for (const name of [
    'name',
    'id',
    `${noun} id`,
    `${noun} name`,
    `${noun} uuid`,
    noun,
    'uuid',
    'uid',
    'key',
    `${noun} key`,
    'slug',
  ]) {
    const found = fields.find((field) => split(nameOf(field)).join(' ') === name);
    if (found) return found;
  }
  // `id` of a longer noun: `execution_id` of a workflow execution.
  return fields.find((field) => {
    const words = split(nameOf(field));
    return words.length > 1 && /^(?:id|name)$/.test(words.at(-1)!) && noun.endsWith(` ${words.slice(0, -1).join(' ')}`);
  });
}

const hasIdField = (message: MessageNode, noun: string): boolean => idFieldIn(message, noun) !== undefined;

function idFieldOf(
  message: MessageNode,
  noun: string,
  asked: string | null,
  annotation: Annotation | null,
): FieldNode | undefined {
  const fields = fieldsIn(message).filter((field) => isScalar(field));
  const called = (name: string) => fields.find((field) => nameOf(field) === name);
  return (
    fields.find((field) => hasBehavior(field, 'IDENTIFIER')) ??
    (annotation ? called(annotation.nameField) : undefined) ??
    (asked === null ? undefined : called(asked)) ??
    (asked === 'name' || asked === null ? undefined : called('id')) ??
    idFieldIn(message, noun)
  );
}

function isScalar(field: FieldNode): boolean {
  return (
    !field.map &&
    !field.group &&
    !isRepeated(field) &&
    /^(?:string|bytes|u?int(?:32|64)|s(?:int|fixed)(?:32|64)|fixed(?:32|64))$/.test(field.type.text)
  );
}

function idKindOf(field: FieldNode): Home['idKind'] {
  if (field.type.text !== 'string' && field.type.text !== 'bytes') return 'integer';
  return /uuid|guid/.test(nameOf(field)) ? 'uuid' : 'string';
}
