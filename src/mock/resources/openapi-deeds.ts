/** What operations do to the records of a resource, by path, method, and what they take and give. */
import type { Operation } from '../../languages/openapi/select.ts';
import { isPlural } from '../../words/plurals.ts';
import { split } from '../../words/split.ts';
import { leadingVerb } from '../../words/verbs.ts';
import { takesEntries } from './openapi-batches.ts';
import type { Content } from './openapi-bodies.ts';
import type { OpenApiDraft } from './openapi-drafts.ts';
import { speaksOfAction } from './openapi-paths.ts';
import { type Act, resemble, type Site } from './openapi-sites.ts';
import type { RoleKind } from './roles.ts';

/** What an operation does, before it is said which parameters it goes by. */
export interface Deed {
  readonly kind: RoleKind;
  readonly draft: OpenApiDraft;
  /** How the record is addressed: by the path's own parameter, by that before the last literal, or not at all. */
  readonly by: 'own' | 'above' | 'nothing';
  readonly action?: string;
}

/** What is done to the records of a site as a whole: `/orders`. */
export function wholeDeed(draft: OpenApiDraft, site: Site, act: Act, taken: Content | null): Deed | null {
  const { given, path, operation } = act;
  const gives = given !== null && resemble(given.record, draft.record);
  const to = (kind: RoleKind): Deed => ({ kind, draft, by: 'nothing' });
  const verb = path.verb.join(' ');
  const isOne = site.isSingleton || isReadAlone(site, act);
  if (given?.kind === 'list' && gives && (operation.method === 'get' || isReading(path.verb))) return to('list');
  if (operation.method === 'get') return given?.kind === 'record' && gives ? to('get') : null;
  if (draft.views.includes(site)) {
    if (isOne && gives && given.kind === 'record' && takesPart(taken, draft)) {
      const kind = soleWrites.get(operation.method);
      return kind === undefined ? null : to(kind);
    }
    // What is made here is one of them: `POST /tasks/{id}/subtasks`.
    const makes = operation.method === 'post' && path.verb.length === 0 && given?.kind === 'record' && gives;
    return makes && takesPart(taken, draft) ? to('create') : null;
  }
  if (isBatch(path.verb) || taken?.kind === 'list') {
    const takes = takesPart(taken, draft) || takesEntries(taken, draft, isBatch(path.verb));
    return operation.method !== 'delete' && takes ? to('batch') : null;
  }
  if (path.verb.length > 0) {
    const kind = byVerb.get(path.verb[0]!);
    if (kind === undefined || kind === 'list' || kind === 'get') return null;
    if (kind === 'create') return creates(draft, act, taken) ? to('create') : null;
    return draft.home().idField !== null && (takesPart(taken, draft) || verb === 'delete') ? to(kind) : null;
  }
  switch (operation.method) {
    case 'post':
      if (isOne) return gives && given.kind === 'record' ? to('update') : null;
      return creates(draft, act, taken) ? to('create') : null;
    case 'put':
    case 'patch': {
      const kind = operation.method === 'put' ? 'replace' : 'update';
      if (isOne) return taken !== null || gives ? to(kind) : null;
      // The id stands in the body: `PUT /pet`.
      const field = draft.home().idField;
      return field !== null && taken?.record.properties.has(field) && resemble(taken.record, draft.record)
        ? to(kind)
        : null;
    }
    case 'delete':
      return isOne ? to('delete') : null;
    default:
      return null;
  }
}

/** What methods do to the one record of a path. */
const soleWrites: ReadonlyMap<string, RoleKind> = new Map([
  ['put', 'replace'],
  ['patch', 'update'],
  ['post', 'update'],
]);

/** Whether a path is that of one record although it ends in no parameter: `/account` beside `/accounts`, `/me`. */
function isReadAlone({ acts }: Site, { operation: { path } }: Act): boolean {
  return acts.some(
    ({ isItem, operation, given }) =>
      !isItem && operation.path === path && operation.method === 'get' && given?.kind === 'record',
  );
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
export function itemDeed(draft: OpenApiDraft, site: Site, act: Act, taken: Content | null): Deed | null {
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
    return gives && !namesAnother(path.verb) && isToldApartAlike(draft, site, act) ? to('get') : null;
  }
  if (draft.views.includes(site)) return null;
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
      return takesAway(draft, site) ? to('delete') : null;
    default:
      return null;
  }
}

/** Whether a site that only shows records goes by the same kind of id as the one that holds them. */
function isToldApartAlike(draft: OpenApiDraft, site: Site, { path }: Act): boolean {
  if (!draft.views.includes(site)) return true;
  const usual = draft.main.acts.find(({ isItem }) => isItem)?.path.own.at(-1);
  return usual === undefined || split(usual).at(-1) === split(path.own.at(-1) ?? '').at(-1);
}

/**
 * Whether DELETE takes a record away, rather than out of something that it belongs to: a project out of a team. The latter where
 * records have their own URL elsewhere, and are neither made nor changed here.
 */
function takesAway(draft: OpenApiDraft, site: Site): boolean {
  if (site === draft.main) return true;
  return site.acts.some(({ isItem, operation: { method }, given }) => {
    const isWrite = isItem ? method === 'patch' || method === 'put' || method === 'post' : method === 'post';
    return isWrite && given?.kind === 'record' && resemble(given.record, draft.record);
  });
}

/** What is done by a path below a record that is no resource itself: `/orders/{id}/cancel`. */
export function deedBelowItem(draft: OpenApiDraft, act: Act): Deed | null {
  const { given, path, operation } = act;
  if (draft.main.isSingleton && !draft.main.hasItems) return null;
  const gives = given?.kind === 'record' && resemble(given.record, draft.record);
  if (operation.method === 'get') return gives ? { kind: 'get', draft, by: 'above' } : null;
  const words = path.verb.length > 0 ? path.verb : path.words;
  const kind = words.length === 1 ? byVerb.get(words[0]!) : undefined;
  if (kind === 'update' || kind === 'replace' || kind === 'delete') return { kind, draft, by: 'above' };
  if (given?.kind === 'list' || !(gives || speaksOfAction(words))) return null;
  // Something new of many, though it may look alike: `POST /gists/{id}/forks`.
  if (isPlural(words) && leadingVerb(words) === null) return null;
  const undoes = operation.method === 'delete';
  return { kind: 'action', draft, by: 'above', action: undoes ? undone(words) : words.join(' ') };
}

/** What taking an action back is called: `unlock` for DELETE on `lock`. */
const undone = (words: readonly string[]): string => `un${words.join(' ')}`;

/** What is done by a path beside the records that is no resource itself: `/orders/search`, `/orders/latest`. */
export function deedBeside(draft: OpenApiDraft, { given, path, operation }: Act, taken: Content | null): Deed | null {
  const to = (kind: RoleKind): Deed => ({ kind, draft, by: 'nothing' });
  const gives = given !== null && resemble(given.record, draft.record);
  if (operation.method === 'get') return gives ? to(given.kind === 'list' ? 'list' : 'get') : null;
  if (gives && given.kind === 'list' && isReading(path.words)) return to('list');
  if (isBatch(path.words)) return operation.method !== 'delete' ? to('batch') : null;
  if (taken?.kind === 'list' && resemble(taken.record, draft.record)) return to('batch');
  return operation.method !== 'delete' && takesEntries(taken, draft, false) ? to('batch') : null;
}

/** Whether a body may be part of a record: most of what it has, records have. */
export function isPartOf({ record }: Content, draft: OpenApiDraft): boolean {
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
