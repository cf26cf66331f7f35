/** The resources of an OpenAPI document: which of its sites hold records of one kind. */
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { type Operation, type Parameter, parametersOf } from '../../languages/openapi/select.ts';
import { areAlike, type Draft } from './draft.ts';
import type { Content, RecordSchema } from './openapi-bodies.ts';
import { OpenApiHome } from './openapi-home.ts';
import { siteAbove } from './openapi-paths.ts';
import { resemble, type Site } from './openapi-sites.ts';
import type { Home } from './resource.ts';

/** A resource as an OpenAPI document has it. */
export class OpenApiDraft implements Draft {
  readonly api: OpenApi;
  readonly record: RecordSchema;
  /** The sites that hold its records, the one that it is known by first. */
  readonly sites: Site[];
  /** The sites that only show its records: `/orders/{id}/approvers` shows users. */
  readonly views: Site[] = [];
  parent: OpenApiDraft | null = null;
  #home: Home | undefined;
  /** The best of so many sites. */
  #main: { readonly of: number; readonly site: Site };

  constructor(api: OpenApi, site: Site, record: RecordSchema) {
    this.api = api;
    this.record = record;
    this.sites = [site];
    this.#main = { of: 1, site };
  }

  get noun(): string {
    return this.main.noun;
  }

  get names(): readonly string[] {
    const { core } = this.record;
    const { noun } = this;
    if (!areAlike(noun, core) || noun === core) return [noun, ...(core === '' || noun === core ? [] : [core])];
    const isAbbreviation = !core.includes(' ') && core.length > noun.length;
    // Not where the schema's name is a path itself: `chat.v2.service.channel`.
    const isBelow = core.endsWith(` ${noun}`) && this.depth > 0 && core.split(' ').length <= noun.split(' ').length + 2;
    return isAbbreviation || isBelow ? [core, noun] : [noun, core];
  }

  /** The site that it is known by: where its records have URLs, as near to the top as possible. */
  get main(): Site {
    if (this.#main.of !== this.sites.length) {
      const site = this.sites.reduce((best, one) => (standing(one) > standing(best) ? one : best));
      this.#main = { of: this.sites.length, site };
    }
    return this.#main.site;
  }

  /** How many parameters stand before that of the record itself. */
  get depth(): number {
    return depthOf(this.main);
  }

  get weight(): number {
    return standing(this.main);
  }

  readonly fields = (): ReadonlySet<string> => this.record.fields;

  readonly home = (): Home => {
    this.#home ??= new OpenApiHome({
      api: this.api,
      record: this.record,
      names: this.names,
      parameter: this.#parameter(),
      shown: this.#shown(),
    });
    return this.#home;
  };

  #parameter(): Parameter | undefined {
    const act =
      this.main.acts.find(({ isItem, operation }) => isItem && operation.method === 'get') ??
      this.main.acts.find(({ isItem }) => isItem);
    const name = act?.path.own.at(-1);
    return act && parametersOf(this.api, act.operation).find((one) => one.in === 'path' && one.name === name);
  }

  #shown(): { operation: Operation; content: Content }[] {
    const acts = this.sites
      .flatMap(({ acts }) => acts)
      .filter(({ given }) => given !== null && resemble(given.record, this.record));
    const reads = acts.filter(({ operation }) => operation.method === 'get');
    return [...reads, ...acts.filter((act) => !reads.includes(act))].map(({ operation, given }) => ({
      operation,
      content: given!,
    }));
  }
}

/** How fit a site is to be what a resource is known by: one that reads its records, then one that changes them, near to the top. */
function standing(site: Site): number {
  const { acts, canCreate, hasItems, key } = site;
  const reads = readsItems(site);
  const changes = acts.some(({ isItem, operation }) => isItem && /^(?:patch|put|post)$/.test(operation.method));
  const length = key.split('/').length + depthOf(site);
  return (reads ? 400 : 0) + (changes ? 200 : 0) + (hasItems ? 100 : 0) + (canCreate ? 50 : 0) - Math.min(49, length);
}

/** Whether single records of a site can be read. */
export function readsItems({ acts }: Site): boolean {
  return acts.some(({ isItem, operation, given }) => isItem && operation.method === 'get' && given?.kind === 'record');
}

function depthOf({ acts, hasItems }: Site): number {
  const depths = acts
    .filter(({ isItem }) => isItem || !hasItems)
    .map(({ path: { before, own } }) => before.length + Math.max(0, own.length - 1));
  return Math.min(...depths);
}

/** The resources that sites hold, and for each site that holds or shows one, which. */
export function draftsOf(
  api: OpenApi,
  sites: ReadonlyMap<string, Site>,
): { readonly drafts: readonly OpenApiDraft[]; readonly bySite: ReadonlyMap<string, OpenApiDraft> } {
  const held = [...sites.values()].filter((site): site is HeldSite => site.record !== null && holdsRecords(site));
  const called = new Set(held.filter(isCalledAfterRecord).map(({ record }) => record.core));
  const drafts: OpenApiDraft[] = [];
  const bySite = new Map<string, OpenApiDraft>();
  const found = new Drafts();
  for (const site of [...held].sort((a, b) => preference(a) - preference(b))) {
    const [draft, isView] = found.placeOf(site, called);
    if (draft && isView) draft.views.push(site);
    else if (draft) draft.sites.push(site);
    const own = draft ?? new OpenApiDraft(api, site, site.record);
    if (!draft) {
      drafts.push(own);
      found.add(own);
    }
    bySite.set(site.key, own);
  }
  for (const site of sites.values()) {
    // What only reads one record shows one of those that are held elsewhere, or is nothing: `/me`.
    if (bySite.has(site.key) || site.record === null) continue;
    const shown = found.shownBy({ ...site, record: site.record });
    if (!shown) continue;
    shown.views.push(site);
    bySite.set(site.key, shown);
  }
  for (const draft of drafts) draft.parent = parentOf(draft, bySite);
  const order = new Map([...sites.keys()].map((key, i) => [key, i]));
  return { drafts: drafts.sort((a, b) => order.get(a.main.key)! - order.get(b.main.key)!), bySite };
}

type HeldSite = Site & { readonly record: RecordSchema };

/** Whether a site lists, or holds records that can be read or written one by one. */
function holdsRecords({ acts, isSingleton, canCreate }: Site): boolean {
  if (isSingleton) return true;
  return acts.some(({ isItem, operation: { method }, given }) => {
    if (method === 'get') return isItem ? given?.kind === 'record' : given?.kind === 'list';
    return isItem && canCreate && given?.kind === 'record';
  });
}

const isCalledAfterRecord = ({ noun, record }: HeldSite): boolean => areAlike(noun, record.core);

/** Sites called as their schema come first, then those whose records have URLs. */
function preference(site: HeldSite): number {
  return (isCalledAfterRecord(site) ? 0 : 2) + (site.hasItems ? 0 : 1);
}

/** The drafts so far, by what may lead to them. */
class Drafts {
  readonly #byCore = new Map<string, OpenApiDraft[]>();
  readonly #byNoun = new Map<string, OpenApiDraft[]>();

  add(draft: OpenApiDraft): void {
    addTo(this.#byCore, draft.record.core, draft);
    addTo(this.#byNoun, draft.noun, draft);
  }

  /** The draft whose records a site that holds none shows one of. */
  shownBy({ record, acts }: HeldSite): OpenApiDraft | undefined {
    const reads = acts.some(
      ({ isItem, operation, given }) => !isItem && operation.method === 'get' && given?.kind === 'record',
    );
    if (!reads || record.core === '') return undefined;
    return this.#byCore.get(record.core)?.find((draft) => resemble(draft.record, record));
  }

  /** The draft whose records a site holds, or only shows. */
  placeOf(site: HeldSite, called: ReadonlySet<string>): [OpenApiDraft | null, boolean] {
    const { record, noun } = site;
    // What there is one of below each record is apart from what there is one of below others.
    const fits = ({ main }: OpenApiDraft): boolean => !site.isSingleton || !main.isSingleton;
    const ofCore = (record.core === '' ? [] : (this.#byCore.get(record.core) ?? [])).filter(
      (draft) => fits(draft) && resemble(draft.record, record),
    );
    const same = ofCore.find(
      (draft) => areAlike(noun, draft.noun) || (areAlike(noun, record.core) && areAlike(draft.noun, record.core)),
    );
    if (same) return [same, false];
    const ofNoun = (this.#byNoun.get(noun) ?? []).find(
      (draft) => fits(draft) && resemble(draft.record, record) && mayBeOne(draft, site),
    );
    if (ofNoun) return [ofNoun, false];
    const [shown] = ofCore;
    if (shown && called.has(record.core) && !isWholeByItself(site)) return [shown, true];
    return [null, false];
  }
}

/** Whether nothing says that a site is of another kind: not so `issue comment` and `gist comment`, nor two kinds with URLs of their own. */
function mayBeOne({ record, main }: OpenApiDraft, site: HeldSite): boolean {
  const [one, other] = [record.core, site.record.core];
  if (one === other || one === '' || other === '') return true;
  return areAlike(one, other) && !(main.hasItems && site.hasItems);
}

/** Whether a site reads, makes and takes away records of its own, whatever they are called elsewhere. */
function isWholeByItself({ acts }: Site): boolean {
  const creates = acts.some(
    ({ isItem, operation, given }) => !isItem && operation.method === 'post' && given?.kind === 'record',
  );
  return creates && acts.some(({ isItem, operation, given }) => isItem && operation.method === 'get' && given !== null);
}

function parentOf(draft: OpenApiDraft, bySite: ReadonlyMap<string, OpenApiDraft>): OpenApiDraft | null {
  if (draft.depth === 0) return null;
  const above = siteAbove(draft.main.key);
  const parent = (above !== null && bySite.get(above)) || null;
  // A chain of parents that comes back to its beginning is none.
  for (let one = parent; one; one = one.parent) if (one === draft) return null;
  return parent;
}

function addTo(map: Map<string, OpenApiDraft[]>, key: string, draft: OpenApiDraft): void {
  const known = map.get(key);
  if (known) known.push(draft);
  else map.set(key, [draft]);
}
