/** What the operations of an OpenAPI document do to its resources. */
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { Operation } from '../../languages/openapi/select.ts';
import type { Draft, DraftRole } from './draft.ts';
import { type Content, streamsEvents, takenBy } from './openapi-bodies.ts';
import { draftsOf, type OpenApiDraft } from './openapi-drafts.ts';
import { isBelowItem, siteAbove, siteAround, speaksOfAction } from './openapi-paths.ts';
import { type Act, resemble, type Site, sitesOf } from './openapi-sites.ts';
import type { RestRole, RoleKind } from './roles.ts';

/** The role of an operation, with drafts where roles have resources. */
export interface DraftRestRole extends DraftRole, Omit<RestRole, 'resource' | 'above' | keyof DraftRole> {
  readonly above: { readonly draft: Draft; readonly parameter: string } | null;
}

/** What an OpenAPI document implies. */
export function openApiRoles(api: OpenApi): {
  readonly drafts: readonly Draft[];
  readonly roles: ReadonlyMap<Operation, DraftRestRole>;
} {
  const sites = sitesOf(api);
  const { drafts, bySite } = draftsOf(api, sites);
  const roles = new Map<Operation, DraftRestRole>();
  const reading = new Reading(api, sites, bySite);
  for (const site of sites.values()) {
    for (const act of site.acts) {
      const role = reading.roleOf(site, act);
      if (role) roles.set(act.operation, role);
    }
  }
  return { drafts, roles };
}

/** What an operation does, before it is said which parameters it goes by. */
interface Deed {
  readonly kind: RoleKind;
  readonly draft: OpenApiDraft;
  /** How the record is addressed: by the path's own parameter, by that before the last literal, or not at all. */
  readonly by: 'own' | 'above' | 'nothing';
  readonly action?: string;
}

class Reading {
  readonly #api: OpenApi;
  readonly #sites: ReadonlyMap<string, Site>;
  readonly #bySite: ReadonlyMap<string, OpenApiDraft>;

  constructor(api: OpenApi, sites: ReadonlyMap<string, Site>, bySite: ReadonlyMap<string, OpenApiDraft>) {
    this.#api = api;
    this.#sites = sites;
    this.#bySite = bySite;
  }

  roleOf(site: Site, act: Act): DraftRestRole | null {
    const taken = /^(?:get|head|delete)$/.test(act.operation.method)
      ? null
      : takenBy(this.#api, act.operation, act.path.noun);
    const deed = this.#deedOf(site, act, taken);
    return deed && this.#role(deed, act, taken);
  }

  #deedOf(site: Site, act: Act, taken: Content | null): Deed | null {
    const draft = this.#bySite.get(site.key);
    const around = siteAround(site.key);
    const host = around === null ? undefined : this.#bySite.get(around);
    if (act.given === null && act.operation.method === 'get' && streamsEvents(this.#api, act.operation)) {
      return this.#watched(site, act, draft ?? host);
    }
    if (draft) {
      const isView = draft.views.includes(site);
      const deed = act.isItem ? itemDeed(draft, act, taken, isView) : wholeDeed(draft, site, act, taken, isView);
      if (deed || !host || act.isItem) return deed;
    }
    if (!host) return this.#actionBelow(site, act);
    if (act.isItem) return null;
    return isBelowItem(site.key) ? deedOnItem(host, act) : deedOnCollection(host, act, taken);
  }

  #watched(site: Site, act: Act, draft: OpenApiDraft | undefined): Deed | null {
    if (!draft) return null;
    if (act.isItem) return { kind: 'watch', draft, by: 'own' };
    const isOfItem = this.#bySite.get(site.key) !== draft && isBelowItem(site.key);
    return { kind: 'watch', draft, by: isOfItem ? 'above' : 'nothing' };
  }

  /** `/orders/{id}/actions/ship` */
  #actionBelow(site: Site, act: Act): Deed | null {
    const around = siteAround(site.key);
    if (around === null || act.isItem || !/\/\{\}\/(?:action|command|operation|transition)$/.test(around)) return null;
    const above = siteAround(around);
    const draft = above === null ? undefined : this.#bySite.get(above);
    return draft && act.operation.method !== 'get' && !this.#sites.get(around)?.hasItems
      ? { kind: 'action', draft, by: 'above', action: act.path.words.join(' ') }
      : null;
  }

  #role(deed: Deed, act: Act, taken: Content | null): DraftRestRole {
    const { kind, draft, by, action = null } = deed;
    const { before, own, site } = act.path;
    const all = by === 'own' ? [...before, ...own] : [...before, ...(by === 'nothing' && act.isItem ? [] : own)];
    const idParameter = by === 'nothing' ? null : all.at(-1)!;
    const outer = by === 'nothing' ? all : all.slice(0, -1);
    const given = act.given && resemble(act.given.record, draft.record) ? act.given : null;
    return {
      kind,
      draft,
      action,
      idParameter,
      scopeParameters: scopeOf(draft, by === 'above' ? (siteAbove(site) ?? site) : site, outer),
      above: this.#above(by === 'above' ? (siteAbove(site) ?? site) : site, before, outer),
      inside: given?.inside ?? null,
      takenInside: taken && isPartOf(taken, draft) ? taken.inside : null,
    };
  }

  #above(site: string, before: readonly string[], outer: readonly string[]): DraftRestRole['above'] {
    const key = siteAbove(site);
    const draft = key === null ? undefined : this.#bySite.get(key);
    const parameter = outer.filter((name) => before.includes(name)).at(-1);
    return draft && parameter !== undefined ? { draft, parameter } : null;
  }
}

/** What is done to the records of a site as a whole: `/orders`. */
function wholeDeed(draft: OpenApiDraft, site: Site, act: Act, taken: Content | null, isView: boolean): Deed | null {
  const { given, path, operation } = act;
  const gives = given !== null && resemble(given.record, draft.record);
  const to = (kind: RoleKind): Deed => ({ kind, draft, by: 'nothing' });
  const verb = path.verb.join(' ');
  if (given?.kind === 'list' && gives && (operation.method === 'get' || isReading(path.verb))) return to('list');
  if (operation.method === 'get') return given?.kind === 'record' && gives ? to('get') : null;
  if (isView) return null;
  if (isBatch(path.verb) || taken?.kind === 'list')
    return operation.method === 'delete' || !takesPart(taken, draft) ? null : to('batch');
  if (path.verb.length > 0) {
    const kind = byVerb.get(path.verb[0]!);
    if (kind === undefined || kind === 'list' || kind === 'get') return null;
    if (kind === 'create') return operation.method === 'delete' ? null : to('create');
    return draft.home().idField !== null && (takesPart(taken, draft) || verb === 'delete') ? to(kind) : null;
  }
  switch (operation.method) {
    case 'post':
      if (site.isSingleton) return gives && given.kind === 'record' ? to('update') : null;
      return creates(draft, act, taken) ? to('create') : null;
    case 'put':
    case 'patch': {
      const kind = operation.method === 'put' ? 'replace' : 'update';
      if (site.isSingleton) return taken !== null || gives ? to(kind) : null;
      // The id stands in the body: `PUT /pet`.
      const field = draft.home().idField;
      return field !== null && taken?.record.properties.has(field) && resemble(taken.record, draft.record)
        ? to(kind)
        : null;
    }
    case 'delete':
      return site.isSingleton ? to('delete') : null;
    default:
      return null;
  }
}

function creates(draft: OpenApiDraft, { given }: Act, taken: Content | null): boolean {
  if (given?.kind === 'list') return false;
  if (given && resemble(given.record, draft.record)) return true;
  if (taken === null) return false;
  // The answer tells the id, or nothing at all.
  const isReceipt = given === null || given.record.properties.size <= 4;
  return isReceipt && isPartOf(taken, draft);
}

/** What is done to one record: `/orders/{id}`. */
function itemDeed(draft: OpenApiDraft, act: Act, taken: Content | null, isView: boolean): Deed | null {
  const { given, path, operation } = act;
  const to = (kind: RoleKind, action?: string): Deed => ({
    kind,
    draft,
    by: 'own',
    ...(action === undefined ? {} : { action }),
  });
  const gives = given !== null && resemble(given.record, draft.record);
  if (operation.method === 'get') {
    if (gives && given.kind === 'list') return { kind: 'list', draft, by: 'nothing' };
    return gives && !namesAnother(path.verb) ? to('get') : null;
  }
  if (isView) return null;
  if (path.verb.length > 0) {
    const kind = byVerb.get(path.verb[0]!);
    if (kind === 'list' || kind === 'create') return null;
    return kind === undefined || path.verb.length > 1 ? to('action', path.verb.join(' ')) : to(kind);
  }
  const speaksOfIt = gives ? given.kind === 'record' : takesPart(taken, draft);
  switch (operation.method) {
    case 'put':
      return speaksOfIt ? to('replace') : null;
    case 'patch':
      return speaksOfIt || (taken === null && given === null) || /json-patch/.test(mediaNames(operation))
        ? to('update')
        : null;
    case 'post':
      return speaksOfIt ? to('update') : null;
    case 'delete':
      return to('delete');
    default:
      return null;
  }
}

/** What is done by a path below a record that is no resource itself: `/orders/{id}/cancel`. */
function deedOnItem(draft: OpenApiDraft, act: Act): Deed | null {
  const { given, path, operation } = act;
  if (draft.main.isSingleton && !draft.main.hasItems) return null;
  const gives = given?.kind === 'record' && resemble(given.record, draft.record);
  if (operation.method === 'get') return gives ? { kind: 'get', draft, by: 'above' } : null;
  const words = path.verb.length > 0 ? path.verb : path.words;
  const kind = words.length === 1 ? byVerb.get(words[0]!) : undefined;
  if (kind === 'update' || kind === 'replace' || kind === 'delete') return { kind, draft, by: 'above' };
  if (given?.kind === 'list' || !(gives || speaksOfAction(words))) return null;
  const undoes = operation.method === 'delete';
  return { kind: 'action', draft, by: 'above', action: undoes ? undone(words) : words.join(' ') };
}

/** What taking an action back is called: `unlock` for DELETE on `lock`. */
const undone = (words: readonly string[]): string => `un${words.join(' ')}`;

/** What is done by a path beside the records that is no resource itself: `/orders/search`, `/orders/latest`. */
function deedOnCollection(draft: OpenApiDraft, { given, path, operation }: Act, taken: Content | null): Deed | null {
  const to = (kind: RoleKind): Deed => ({ kind, draft, by: 'nothing' });
  const gives = given !== null && resemble(given.record, draft.record);
  if (operation.method === 'get') return gives ? to(given.kind === 'list' ? 'list' : 'get') : null;
  if (gives && given.kind === 'list' && isReading(path.words)) return to('list');
  if (isBatch(path.words)) return operation.method !== 'delete' ? to('batch') : null;
  if (taken?.kind === 'list' && resemble(taken.record, draft.record)) return to('batch');
  return null;
}

/** Whether a body may be part of a record: most of what it has, records have. */
function isPartOf({ record }: Content, draft: OpenApiDraft): boolean {
  if (resemble(record, draft.record)) return true;
  let shared = 0;
  for (const name of record.fields) if (draft.record.fields.has(name)) shared++;
  return shared > 0 && shared * 2 >= Math.min(record.fields.size, 8);
}

const takesPart = (taken: Content | null, draft: OpenApiDraft): boolean => taken !== null && isPartOf(taken, draft);

/** What verbs in paths do. */
const byVerb: ReadonlyMap<string, RoleKind> = new Map(
  (
    [
      ['create', 'create add insert register new save'],
      ['update', 'update edit modify change patch'],
      ['replace', 'set put'],
      ['delete', 'delete remove destroy'],
      ['list', 'list search query find filter'],
      ['get', 'get fetch retrieve read show'],
    ] as const
  ).flatMap(([kind, verbs]) => verbs.split(' ').map((verb) => [verb, kind] as const)),
);

function isReading(words: readonly string[]): boolean {
  return words.some((word) => /^(?:search|query|find|filter|list|lookup|get|fetch|all)$/.test(word));
}

function isBatch(words: readonly string[]): boolean {
  return words.some((word) => /^(?:batch|bulk|multi|mass)$/.test(word));
}

const namesAnother = (words: readonly string[]): boolean => words.length > 0 && byVerb.get(words[0]!) === undefined;

function mediaNames({ value }: Operation): string {
  const body = value['requestBody'] as { content?: object } | undefined;
  return Object.keys(body?.content ?? {}).join(' ');
}

/**
 * The parameters that say which part of a resource's records is meant: as many as its own path has before the id. Paths that
 * lead to the same records from elsewhere name no part of them.
 */
function scopeOf(draft: OpenApiDraft, site: string, outer: readonly string[]): readonly string[] {
  const { depth, main } = draft;
  if (depth === 0 || outer.length === 0) return [];
  if (site === main.key) return outer.slice(0, depth);
  const [own, other] = [main.key.split('/{}'), site.split('/{}')];
  let shared = 0;
  while (shared < depth && shared < outer.length && own[shared] === other[shared]) shared++;
  if (shared > 0) return outer.slice(0, shared);
  return outer.length === depth && draft.sites.some(({ key, hasItems }) => key === site && hasItems) ? outer : [];
}
