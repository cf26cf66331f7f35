/**
 * Which rpcs and which messages belong to the methods that the AIPs give a shape (AIP-131 to 136, 144, 152, 162, 164, 165, 231 to
 * 235), and what they speak of. Rules about these methods ask here, so that they agree.
 */
import {
  hasBehavior,
  operationInfoOf,
  type Resource,
  referenceOf,
  resourceOf,
  resourceOfType,
  resources,
} from '../../languages/protobuf/annotations.ts';
import type { HttpBinding } from '../../languages/protobuf/http.ts';
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import { type Field, type Message, memoised, messages, type Rpc, rpcs } from '../../languages/protobuf/select.ts';
import type { Place } from '../../text/place.ts';
import { toCase } from '../../words/cases.ts';
import { plural, singular } from '../../words/plurals.ts';
import { messageOf } from './collections.ts';

/** What a method does, by its name: `TagRevision` of `TagBookRevision`, `Run` of `RunExportJob`. */
export type Kind =
  | ('Get' | 'List' | 'Create' | 'Update' | 'Delete')
  | BatchKind
  | ('Undelete' | 'Purge' | 'Run' | 'Commit' | 'Rollback' | 'TagRevision' | 'DeleteRevision')
  | ('Add' | 'Remove')
  | 'custom';

/** The methods of AIP-231 to AIP-235. */
export type BatchKind = 'BatchGet' | 'BatchCreate' | 'BatchUpdate' | 'BatchDelete';

/** What the name of a method or of its request speaks of. */
export interface Subject {
  readonly kind: Kind;
  /** As the name has it: `Books` of `ListBooks`, `Book` of `TagBookRevision`. Of custom methods all of the name. */
  readonly noun: string;
  /** One of it: `Book`. */
  readonly resource: string;
}

/** A subject, and the package that it is looked for in first. */
export interface ScopedSubject extends Subject {
  readonly package: string;
}

/** An rpc that can be judged as a method. */
export interface Method extends ScopedSubject {
  readonly rpc: Rpc;
  /** Null where the file that defines it is not judged. */
  readonly request: Message | null;
}

/** A message that is called like the request or the response of a method. */
export interface MethodMessage extends ScopedSubject {
  readonly message: Message;
  /** The methods that use it. */
  readonly methods: readonly Method[];
}

/** What a method answers with in the end. */
export interface Answer {
  /** Without its package. */
  readonly name: string;
  /** Where it is said: the type in the rpc's signature, or the `response_type` of its operation. */
  readonly at: Place;
  /** Whether it is given by `google.longrunning.operation_info`. */
  readonly byOperation: boolean;
}

/**
 * The rpcs that have a kind. Left out are the mixins of IAM, what is called like a standard method and streams, and names
 * that are no verb with a noun (`Get`, `UpdateBookRequest`).
 */
export const methods = memoised((api): readonly Method[] =>
  rpcs(api).flatMap((rpc) => {
    const subject = subjectOfRpc(api, rpc);
    return subject ? [{ ...subject, package: rpc.file.packageName, rpc, request: messageOf(api, rpc.request) }] : [];
  }),
);

/** The methods of some kinds. */
export function methodsOf(api: Protobuf, ...kinds: readonly Kind[]): Method[] {
  return methods(api).filter(({ kind }) => kinds.includes(kind));
}

/**
 * The messages that are called like the request of a method that is not custom (`GetBookRequest`), also where no rpc uses them.
 * Those that only methods of other kinds take are left out.
 */
export const requests = memoised((api): readonly MethodMessage[] => methodMessages(api, 'Request'));

/** The same for responses: `ListBooksResponse`. */
export const responses = memoised((api): readonly MethodMessage[] => methodMessages(api, 'Response'));

/** The requests of some kinds. */
export function requestsOf(api: Protobuf, ...kinds: readonly Kind[]): MethodMessage[] {
  return requests(api).filter(({ kind }) => kinds.includes(kind));
}

/** The responses of some kinds. */
export function responsesOf(api: Protobuf, ...kinds: readonly Kind[]): MethodMessage[] {
  return responses(api).filter(({ kind }) => kinds.includes(kind));
}

/**
 * What a name says before it is known who uses it.
 * @param name of an rpc, or of a request without its `Request`
 * @returns null for names that say no kind but `custom`
 */
export function subjectOf(name: string): Subject | null {
  for (const [kind, verb, rest] of forms) {
    if (!name.startsWith(verb)) continue;
    const noun = rest.exec(name.slice(verb.length))?.[1];
    if (noun === undefined) continue;
    return /(?:Request|Response)$/.test(noun) ? null : { kind, noun, resource: ofMany.has(kind) ? oneOf(noun) : noun };
  }
  return null;
}

const noun = /^([A-Z]\w*)$/;
const nounOrNumber = /^([A-Z0-9]\w*)$/;

/** What a name is, the verb it begins with, and the noun in what follows. */
const forms: readonly (readonly [kind: Kind, verb: string, rest: RegExp])[] = [
  ['BatchGet', 'BatchGet', noun],
  ['BatchCreate', 'BatchCreate', noun],
  ['BatchUpdate', 'BatchUpdate', noun],
  ['BatchDelete', 'BatchDelete', noun],
  ['TagRevision', 'Tag', /^([A-Z]\w*)Revision$/],
  ['DeleteRevision', 'Delete', /^([A-Z]\w*)Revision$/],
  ['Run', 'Run', /^([A-Z]\w*Job)$/],
  ['Get', 'Get', nounOrNumber],
  ['List', 'List', nounOrNumber],
  ['Create', 'Create', nounOrNumber],
  ['Update', 'Update', nounOrNumber],
  ['Delete', 'Delete', nounOrNumber],
  ['Undelete', 'Undelete', noun],
  ['Purge', 'Purge', noun],
  ['Commit', 'Commit', noun],
  ['Rollback', 'Rollback', noun],
  ['Add', 'Add', noun],
  ['Remove', 'Remove', noun],
];

const ofMany: ReadonlySet<Kind> = new Set(['List', 'Purge', 'BatchGet', 'BatchCreate', 'BatchUpdate', 'BatchDelete']);

/** One of what a name in PascalCase speaks of: `BookShelves` gives `BookShelf`. */
export function oneOf(noun: string): string {
  return noun.replace(/[A-Z][a-z]+$/, (last) => capitalized(singular(last.toLowerCase())));
}

/** Many of what a name in PascalCase speaks of: `BookShelf` gives `BookShelves`. */
export function manyOf(noun: string): string {
  return noun.replace(/[A-Z][a-z]+$/, (last) => capitalized(plural(last.toLowerCase())));
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function subjectOfRpc(api: Protobuf, rpc: Rpc): Subject | null {
  if (mixins.has(rpc.name)) return null;
  const subject = subjectOf(rpc.name);
  const custom: Subject = { kind: 'custom', noun: rpc.name, resource: '' };
  if (!subject)
    return /^(?:Get|List|Create|Update|Delete)(?:$|[A-Z]\w*Re(?:quest|sponse)$)/.test(rpc.name) ? null : custom;
  const { kind, noun, resource } = subject;
  // What streams takes and gives its items one by one, whatever it is called.
  if (rpc.streaming !== 'none' && (standard.has(kind) || ofMany.has(kind))) return null;
  if (standard.has(kind)) {
    return rpc.http.some(({ path }) => suffixOf(path) !== null) ? custom : subject;
  }
  // One queue is purged of what it holds, as any custom method might do; AIP-165 purges some of many.
  if (kind === 'Purge' && oneOf(noun) === noun) return custom;
  if (kind === 'DeleteRevision') {
    // A revision that is a resource of its own is deleted as all others are (`DELETE …/books/*/revisions/*`).
    const bound = rpc.http.length > 0 && rpc.http.every(({ path }) => suffixOf(path) === null);
    const whole = `${noun}Revision`;
    return bound && resourceNamed(api, whole, rpc.file.packageName)
      ? { kind: 'Delete', noun: whole, resource: whole }
      : subject;
  }
  // Databases commit and roll back transactions; revisions (AIP-162) are those of resources.
  const ofRevisions = kind === 'Commit' || kind === 'Rollback';
  const isResource = () => resourceNamed(api, resource, rpc.file.packageName) || collectionIn(rpc) === resource;
  return ofRevisions && !isResource() ? custom : subject;
}

/** The last collection in the path of an rpc, as one of it: `Book` where that is `books`. */
function collectionIn({ http }: Rpc): string | null {
  const [path = ''] = (http[0]?.path ?? '').split(':');
  const last = path.split(/[/{}=]/).findLast((segment) => segment !== '' && !segment.startsWith('*'));
  return last === undefined ? null : oneOf(toCase(last, 'pascal'));
}

const standard: ReadonlySet<Kind> = new Set(['Get', 'List', 'Create', 'Update', 'Delete']);
const mixins: ReadonlySet<string> = new Set(['GetIamPolicy', 'SetIamPolicy', 'TestIamPermissions']);

function methodMessages(api: Protobuf, ending: 'Request' | 'Response'): MethodMessage[] {
  const users = new Map<unknown, Method[]>();
  const others = new Set<unknown>();
  for (const rpc of rpcs(api)) {
    const node = (ending === 'Request' ? rpc.request : rpc.response)?.definition?.node;
    if (!node) continue;
    const method = methodByRpc(api).get(rpc);
    if (method) users.set(node, [...(users.get(node) ?? []), method]);
    else others.add(node);
  }
  return messages(api).flatMap((message) => {
    const { name, node } = message;
    if (!name.endsWith(ending) || node.parent.kind !== 'file' || mixins.has(name.slice(0, -ending.length))) return [];
    const subject = subjectOf(name.slice(0, -ending.length));
    if (!subject) return [];
    const using = users.get(node) ?? [];
    const alike = using.filter(({ kind }) => kind === subject.kind);
    if (alike.length === 0 && (using.length > 0 || others.has(node))) return [];
    // As with the rpcs: what no rpc uses is judged only where it speaks of a resource, or nobody can tell.
    const ofRevisions = subject.kind === 'Commit' || subject.kind === 'Rollback';
    const isUnclear =
      rpcs(api).length > 0 ||
      (resources(api).length > 0 && !resourceNamed(api, subject.resource, message.file.packageName));
    if (ofRevisions && alike.length === 0 && isUnclear) return [];
    return [{ ...subject, package: message.file.packageName, message, methods: alike }];
  });
}

const methodByRpc = memoised(
  (api): ReadonlyMap<Rpc, Method> => new Map(methods(api).map((method) => [method.rpc, method])),
);

/**
 * What a method answers with; of one that starts an operation, what that gives in the end.
 * @returns null where it cannot be told: an operation that does not say, a signature that could not be read
 */
export function answerOf({ response, node }: Rpc): Answer | null {
  if (!response) return null;
  if (!isOperation(response.type)) return { name: simpleName(response.type), at: response.at, byOperation: false };
  const type = operationInfoOf(node)?.responseType;
  return type ? { name: simpleName(type.value), at: type.at, byOperation: true } : null;
}

/** Whether a method answers with `google.longrunning.Operation`. */
export function startsOperation({ response }: Rpc): boolean {
  return response !== null && isOperation(response.type);
}

function isOperation(type: string): boolean {
  return /(?:^|\.)longrunning\.Operation$/.test(type);
}

/** What stands behind the last dot of a type's name. */
export function simpleName(type: string): string {
  return type.slice(type.lastIndexOf('.') + 1);
}

/**
 * The resource of a name such as `Book`, by its type or its message, one with patterns before one without.
 * @param pkg where it is used: it stands in this package, one around it, or one inside of or beside it (`acme.v1.resources`)
 */
function resourceNamed(api: Protobuf, name: string, pkg: string): Resource | undefined {
  const named = resourcesByName(api).get(name) ?? [];
  return named.find(({ file }) => file.packageName === pkg) ?? named.find(({ file }) => isNear(file.packageName, pkg));
}

const resourcesByName = memoised((api): ReadonlyMap<string, readonly Resource[]> => {
  const found = new Map<string, Resource[]>();
  const byPatterns = [...resources(api)].sort((a, b) => Math.sign(b.patterns.length) - Math.sign(a.patterns.length));
  for (const resource of byPatterns) {
    for (const name of new Set([resource.name, resource.message?.name.text ?? resource.name])) {
      found.set(name, [...(found.get(name) ?? []), resource]);
    }
  }
  return found;
});

/** Whether the versions of two packages are one: `acme.v1.services` and `acme.v1.resources`. */
function isNear(one: string, other: string): boolean {
  const [, version] = /^(.*\.v\d\w*)(?:\.|$)/.exec(one) ?? [];
  return version !== undefined && (other === version || other.startsWith(`${version}.`));
}

/** The resource that a method or a message speaks of, by the noun of its name, or by its plural if the resource declares one. */
export function resourceOfSubject(
  api: Protobuf,
  { noun, resource, package: pkg }: ScopedSubject,
): Resource | undefined {
  return resourceNamed(api, resource, pkg) ?? byPlural(api).get(`${pkg}/${noun}`);
}

const byPlural = memoised(
  (api): ReadonlyMap<string, Resource> =>
    new Map(
      resources(api).flatMap((one) =>
        one.plural ? [[`${one.file.packageName}/${capitalized(one.plural.value)}`, one] as const] : [],
      ),
    ),
);

/** The names that the message of a subject may have: by its noun, and by the resource that its plural leads to. */
export function resourceNamesOf(api: Protobuf, subject: ScopedSubject): ReadonlySet<string> {
  const resource = resourceOfSubject(api, subject);
  return new Set([
    subject.resource,
    resource?.name ?? subject.resource,
    resource?.message?.name.text ?? subject.resource,
  ]);
}

/**
 * The field of a request that carries the resource: that whose type is called like the subject, that which is itself, or
 * that of the type which the method answers with.
 * @param subject of a request, `CreateBooksRequest` as well as `CreateBookRequest`
 */
export function payloadOf(
  api: Protobuf,
  { fields }: Message,
  subject: ScopedSubject | Method | MethodMessage,
): Field | null {
  const names = new Set(resourceNamesOf(api, { ...subject, resource: oneOf(subject.noun) })).add(subject.noun);
  const carriers = fields.filter(({ kind }) => kind !== 'scalar' && kind !== 'map');
  const fitting = carriers.filter(({ type }) => names.has(simpleName(type)));
  const single = fitting.find(({ label }) => label !== 'repeated') ?? fitting[0];
  if (single) return single;
  const answers = answersOf(subject);
  const name = fieldNameOf(oneOf(subject.noun));
  return carriers.find((field) => field.name === name || answers.includes(simpleName(field.type))) ?? null;
}

/** What the methods that a subject stands for answer with. */
function answersOf(subject: ScopedSubject | Method | MethodMessage): string[] {
  const using = 'rpc' in subject ? [subject.rpc] : 'methods' in subject ? subject.methods.map(({ rpc }) => rpc) : [];
  return using.flatMap((rpc) => answerOf(rpc)?.name ?? []);
}

/**
 * The name that the field with the resource has: `book` of `CreateBookRequest`, and of `CreateBooksRequest` with a `Book`, but
 * `settings` of `UpdateSettingsRequest` with `Settings`.
 */
export function payloadNameOf({ noun, resource }: Subject, payload: Field | null): string {
  if (resource !== noun) return fieldNameOf(resource);
  return fieldNameOf(payload && simpleName(payload.type) === noun ? noun : oneOf(noun));
}

/**
 * Whether a method speaks of a resource that has no parent: all its patterns are one collection deep (`shelves/{shelf}`); where
 * none is known, the first binding has no variable.
 */
export function isTopLevel(api: Protobuf, subject: ScopedSubject, using: readonly Method[]): boolean {
  const patterns = resourceOfSubject(api, subject)?.patterns ?? [];
  if (patterns.length > 0) return patterns.every(({ value }) => value.split('/').length <= 2);
  return using.some(({ rpc }) => rpc.http.length > 0 && rpc.http[0]!.variables.length === 0);
}

/** The verb behind a path's colon: `undelete` of `/v1/{name=books/*}:undelete`; null where there is none. */
export function suffixOf(path: string): string | null {
  return /:([^/{}:]*)$/.exec(path)?.[1] ?? null;
}

/** The fields that a binding's path fills. */
export function variablesOf({ variables }: HttpBinding): readonly string[] {
  return variables.map(({ field }) => field);
}

/** Whether a field is one string. */
export function isString({ kind, type, label }: Field): boolean {
  return kind === 'scalar' && type === 'string' && label !== 'repeated';
}

/** Whether a field must be sent, by its `field_behavior`. */
export function isRequired({ node }: Field): boolean {
  return hasBehavior(node, 'REQUIRED');
}

/** The field's name for a resource: `book_shelf` of `BookShelf`. */
function fieldNameOf(resource: string): string {
  return toCase(resource, 'snake');
}

/** A resource that a field names by its `type`, where an API defines it. */
export function referencedResource(api: Protobuf, { node }: Field): Resource | undefined {
  const type = referenceOf(node)?.type?.value;
  return type === undefined ? undefined : resourceOfType(api, type);
}

/** The resource that a field's message is. */
export function embeddedResource({ definition }: Field): Resource | null {
  return definition?.node?.kind === 'message' ? resourceOf(definition.node) : null;
}
