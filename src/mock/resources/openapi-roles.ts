/** What the operations of an OpenAPI document do to its resources. */
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { Operation } from '../../languages/openapi/select.ts';
import type { Draft, DraftRole } from './draft.ts';
import { type Content, streamsEvents, takenBy } from './openapi-bodies.ts';
import { type Deed, deedBelowItem, deedBeside, isPartOf, itemDeed, wholeDeed } from './openapi-deeds.ts';
import { draftsOf, type OpenApiDraft, readsItems } from './openapi-drafts.ts';
import { isBelowItem, siteAbove, siteAround } from './openapi-paths.ts';
import { type Act, resemble, type Site, sitesOf } from './openapi-sites.ts';
import type { RestRole } from './roles.ts';

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
      const deed = act.isItem ? itemDeed(draft, site, act, taken) : wholeDeed(draft, site, act, taken);
      if (deed || !host || act.isItem) return deed;
    }
    if (!host) return this.#actionBelow(site, act);
    if (act.isItem) return null;
    return isBelowItem(site.key) ? deedBelowItem(host, act) : deedBeside(host, act, taken);
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
      inside: given?.inside ?? [],
      // Nobody sends records in envelopes within envelopes.
      takenInside: taken && taken.inside.length === 1 && isPartOf(taken, draft) ? taken.inside[0]! : null,
    };
  }

  #above(site: string, before: readonly string[], outer: readonly string[]): DraftRestRole['above'] {
    const key = siteAbove(site);
    const draft = key === null ? undefined : this.#bySite.get(key);
    const parameter = outer.filter((name) => before.includes(name)).at(-1);
    return draft && parameter !== undefined ? { draft, parameter } : null;
  }
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
  return draft.sites.some((one) => one.key === site && readsItems(one)) ? outer : [];
}
