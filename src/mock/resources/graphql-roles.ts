/** What a GraphQL schema implies. */
import type { OperationTypeNode } from 'graphql';
import { type Collection, collections, isPageType } from '../../conventions/graphql/collections.ts';
import { isEntity } from '../../conventions/graphql/entities.ts';
import type { GraphQl } from '../../languages/graphql/graphql.ts';
import {
  type Field,
  isList,
  namedType,
  rootFields,
  rootTypes,
  type Type,
  typeNamed,
} from '../../languages/graphql/select.ts';
import { split } from '../../words/split.ts';
import { isPastTense } from '../../words/tenses.ts';
import { areAlike, coreOf, type Draft, type DraftRole, nounOf } from './draft.ts';
import { idFieldOfType, shapeOfType } from './graphql-shape.ts';
import { actionOn, readName } from './method-names.ts';
import type { Home } from './resource.ts';
import type { RoleKind } from './roles.ts';
import { ShapeHome } from './shape-home.ts';

/** The resources, the roles of root fields by coordinate, and the object types that are records. */
export function graphqlRoles(api: GraphQl): {
  readonly drafts: readonly Draft[];
  readonly roles: ReadonlyMap<string, DraftRole>;
  readonly types: ReadonlyMap<string, Draft>;
} {
  const records = new Records(api);
  const roles = new Map<string, DraftRole>();
  const take = (field: Field, role: DraftRole | null): void => {
    if (role) roles.set(`${field.owner.name}.${field.name}`, role);
  };
  const fields = rootFields(api);
  const listed = new Map(collections(api).map((collection) => [collection.field, collection]));
  for (const { operation, field } of fields) {
    if (operation === query) take(field, queryRole(api, field, listed.get(field), records));
  }
  records.addHeld([...listed.values()]);
  for (const { operation, field } of fields) {
    if (operation === mutation) take(field, mutationRole(api, field, records));
  }
  for (const { operation, field } of fields) {
    if (operation === subscription) take(field, subscriptionRole(api, field, records));
  }
  return { drafts: [...records.byType.values()], roles, types: records.byType };
}

const [query, mutation, subscription] = ['query', 'mutation', 'subscription'] as OperationTypeNode[];

/** A resource as a GraphQL schema has it. */
class GraphqlDraft implements Draft {
  readonly api: GraphQl;
  readonly type: Type;
  readonly names: readonly string[];
  readonly parent = null;
  readonly weight = 0;
  readonly #isRecord: (typeName: string) => boolean;
  #home: Home | undefined;
  #fields: ReadonlySet<string> | undefined;

  constructor(api: GraphQl, type: Type, isRecord: (typeName: string) => boolean) {
    this.api = api;
    this.type = type;
    this.names = [...new Set([coreOf(type.name), nounOf(type.name)])];
    this.#isRecord = isRecord;
  }

  readonly fields = (): ReadonlySet<string> => {
    this.#fields ??= new Set(this.type.fields.map(({ name }) => split(name).join(' ')));
    return this.#fields;
  };

  readonly home = (): Home => {
    this.#home ??= this.#made();
    return this.#home;
  };

  #made(): Home {
    const id = idFieldOfType(this.type);
    const scalar = id && namedType(id.node.type).name.value;
    return new ShapeHome({
      language: 'graphql',
      shape: shapeOfType(this.api, this.type.name, this.#isRecord),
      name: this.names[0]!,
      idField: id?.name ?? null,
      idKind: scalar === 'Int' ? 'integer' : /uuid|guid/i.test(scalar ?? '') ? 'uuid' : 'string',
      pattern: null,
    });
  }
}

/** The object types that are records. */
class Records {
  readonly byType = new Map<string, GraphqlDraft>();
  readonly #api: GraphQl;
  readonly #roots: ReadonlySet<Type>;
  #sorted: readonly GraphqlDraft[] = [];

  constructor(api: GraphQl) {
    this.#api = api;
    this.#roots = new Set(rootTypes(api).values());
  }

  /** The draft of a type; null for types whose values cannot be told apart. */
  of(type: Type | undefined): GraphqlDraft | null {
    if (type?.kind !== 'type' || this.#roots.has(type) || isPageType(this.#api, type)) return null;
    const known = this.byType.get(type.name);
    if (known) return known;
    if (!(isEntity(type) || idFieldOfType(type)) || isAnswer(type)) return null;
    const draft = new GraphqlDraft(this.#api, type, (name) => this.byType.has(name));
    this.byType.set(type.name, draft);
    return draft;
  }

  /** All, those with the longest names first. */
  get longestFirst(): readonly GraphqlDraft[] {
    if (this.#sorted.length !== this.byType.size) {
      this.#sorted = [...this.byType.values()].sort((a, b) => b.names[0]!.length - a.names[0]!.length);
    }
    return this.#sorted;
  }

  known(type: Type | undefined): GraphqlDraft | null {
    return (type && this.byType.get(type.name)) ?? null;
  }

  /** The things that records lead to by lists that can be paged: the issues of a repository. */
  addHeld(all: readonly Collection[]): void {
    const byOwner = new Map<string, Collection[]>();
    for (const collection of all) {
      const own = byOwner.get(collection.field.owner.name);
      if (own) own.push(collection);
      else byOwner.set(collection.field.owner.name, [collection]);
    }
    const pending = [...this.byType.keys()];
    for (let owner = pending.pop(); owner !== undefined; owner = pending.pop()) {
      for (const { item, form, paging } of byOwner.get(owner) ?? []) {
        if (!item || this.byType.has(item.name) || !isEntity(item)) continue;
        if (form !== 'connection' && paging.limits.length === 0 && paging.styles.length === 0) continue;
        if (this.of(item)) pending.push(item.name);
      }
    }
  }
}

/** Whether a type is made for answers. */
const isAnswer = ({ name }: Type): boolean =>
  /(?:Payload|Response|Result|Output|Error|Success|Edge|Connection)$/.test(name);

function typeOf(api: GraphQl, field: Field): Type | undefined {
  return typeNamed(api, namedType(field.node.type).name.value);
}

function queryRole(api: GraphQl, field: Field, listed: Collection | undefined, records: Records): DraftRole | null {
  const to = (kind: RoleKind, draft: GraphqlDraft | null): DraftRole | null => draft && { kind, draft, action: null };
  if (listed) return to('list', records.of(listed.item));
  const type = typeOf(api, field);
  if (isList(field.node.type) || !type) return null;
  const isAsked = field.arguments.some(({ name, node }) => isKey(name, type) && !isList(node.type));
  if (isAsked) return to('get', records.of(type));
  // The one that there is, or the caller's own: `viewer`, `shop`.
  const needsMore = field.arguments.some(({ node }) => node.type.kind === 'NonNullType');
  return needsMore ? null : to('get', isEntity(type) ? records.of(type) : null);
}

/** Whether an argument says which record is meant. */
function isKey(name: string, type: Type): boolean {
  const words = split(name);
  const last = words.at(-1) ?? '';
  if (/^(?:id|uuid|guid|gid|slug|key|code|handle|login|username|number|name|sku|email)$/.test(last)) return true;
  return (
    words.join(' ') === nounOf(type.name) || type.fields.some((field) => field.name === name && name.endsWith('Id'))
  );
}

function mutationRole(api: GraphQl, field: Field, records: Records): DraftRole | null {
  const words = split(field.name);
  const name = readName(words);
  const given = recordsIn(api, field, records);
  if (name && name.noun !== '') {
    const draft =
      given.find(({ names }) => names.includes(name.noun)) ??
      named(records, name.noun) ??
      // A `draftOrder` is an order.
      given.find(({ names }) => names.some((one) => name.noun.endsWith(` ${one}`))) ??
      // `customerCreate(input: UserCreateInput!)` creates a user.
      given.find((one) => takesInputOf(field, one));
    const kind = name.kind;
    if (
      draft &&
      (kind === 'create' || kind === 'update' || kind === 'replace' || kind === 'delete' || kind === 'batch')
    ) {
      const isMany = kind !== 'batch' && name.isPlural && takesMany(api, field);
      return { kind: isMany ? 'batch' : kind, draft, action: null };
    }
  }
  for (const draft of [...given, ...records.longestFirst]) {
    for (const noun of draft.names) {
      const action = actionOn(words, noun);
      if (action !== null && (given.includes(draft) || takesKey(api, field))) return { kind: 'action', draft, action };
    }
  }
  return null;
}

const named = (records: Records, noun: string): GraphqlDraft | undefined =>
  [...records.byType.values()].find(({ names }) => names.includes(noun));

/** The records that a field answers with, by itself or in a payload. */
function recordsIn(api: GraphQl, field: Field, records: Records): GraphqlDraft[] {
  const type = typeOf(api, field);
  if (!type) return [];
  const own = records.known(type) ?? (isAnswer(type) ? null : records.of(isEntity(type) ? type : undefined));
  if (own) return [own];
  const holders = type.kind === 'union' ? type.members.flatMap(({ name }) => typeNamed(api, name) ?? []) : [type];
  return holders.flatMap((holder) => {
    const direct = type.kind === 'union' ? records.known(holder) : null;
    if (direct) return [direct];
    return holder.fields.flatMap((inner) => {
      const held = typeOf(api, inner);
      const draft =
        records.known(held) ?? (held && isEntity(held) && isCalledAfter(inner, held) ? records.of(held) : null);
      return draft ? [draft] : [];
    });
  });
}

const isCalledAfter = ({ name }: Field, type: Type): boolean => areAlike(nounOf(name), coreOf(type.name));

/** Whether an argument is an input that is called after a record. */
function takesInputOf({ arguments: taken }: Field, { names }: GraphqlDraft): boolean {
  return taken.some(({ node }) => {
    const input = split(namedType(node.type).name.value).join(' ');
    return / input$/.test(input) && names.some((name) => input.startsWith(`${name} `));
  });
}

function takesMany(api: GraphQl, field: Field): boolean {
  return taken(api, field).some(({ type }) => isList(type));
}

function takesKey(api: GraphQl, field: Field): boolean {
  return taken(api, field).some(({ name }) => /^(?:id|uuid|key|slug)$|(?:Id|_id|ID)$/.test(name));
}

/** The arguments, and the fields of those that are inputs. */
function taken(api: GraphQl, field: Field) {
  return field.arguments.flatMap(({ name, node }) => {
    const input = typeNamed(api, namedType(node.type).name.value);
    if (input?.kind !== 'input' || isList(node.type)) return [{ name, type: node.type }];
    return input.inputFields.map((inner) => ({ name: inner.name, type: inner.node.type }));
  });
}

function subscriptionRole(api: GraphQl, field: Field, records: Records): DraftRole | null {
  const words = split(field.name).filter((word) => word !== 'on' && word !== 'subscribe' && word !== 'to');
  const given = recordsIn(api, field, records);
  const noun = nounOf(words);
  const draft =
    given.find(({ names }) => names.some((name) => name === noun || actionOn(words, name) !== null)) ??
    given[0] ??
    records.longestFirst.find(({ names }) => names.some((name) => name === noun || actionOn(words, name) !== null));
  if (!draft) return null;
  const rest = draft.names.map((name) => actionOn(words, name)).find((action) => action !== null) ?? null;
  return { kind: 'watch', draft, action: changeOf(rest) };
}

/** Which change a subscription tells of: `created`, `updated`, `deleted`, what its name says happened, else null for all. */
function changeOf(rest: string | null): string | null {
  if (rest === null) return null;
  const words = rest.split(' ');
  for (const [change, pattern] of changes) if (words.some((word) => pattern.test(word))) return change;
  return words.find(isPastTense) ?? null;
}

const changes: readonly (readonly [string, RegExp])[] = [
  ['created', /^(?:created?|added|add|new|inserted?|placed|registered)$/],
  ['updated', /^(?:updated?|changed?|changes|modified|edited|edit)$/],
  ['deleted', /^(?:deleted?|removed?|destroyed)$/],
];
