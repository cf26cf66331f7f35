/** The sites of an API: what its paths address, with the operations on the whole of it and on single records. */
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { type Operation, operations } from '../../languages/openapi/select.ts';
import { areAlike, overlap } from './draft.ts';
import { type Content, givenBy, type RecordSchema } from './openapi-bodies.ts';
import { type PathReading, readPath } from './openapi-paths.ts';

/** An operation as far as its path and its answer tell. */
export interface Act {
  readonly operation: Operation;
  readonly path: PathReading;
  readonly isItem: boolean;
  readonly given: Content | null;
}

/** A place that paths address: `/customer/{}/order`. */
export interface Site {
  readonly key: string;
  readonly noun: string;
  readonly acts: readonly Act[];
  /** What its records look like; null where no single kind of record can be told. */
  readonly record: RecordSchema | null;
  /** Whether its records have URLs of their own. */
  readonly hasItems: boolean;
  /** Whether it is one record rather than many: `/me`, `/orders/{id}/receipt`. */
  readonly isSingleton: boolean;
  readonly canCreate: boolean;
}

/** The sites of an API by key, in the document's order. */
export function sitesOf(api: OpenApi): ReadonlyMap<string, Site> {
  const acts = new Map<string, Act[]>();
  for (const operation of operations(api)) {
    const path = readPath(operation.path);
    if (!path) continue;
    const isItem = path.own.length > 0;
    const act = { operation, path, isItem, given: givenBy(api, operation, path.noun, isItem) };
    const known = acts.get(path.site);
    if (known) known.push(act);
    else acts.set(path.site, [act]);
  }
  return new Map([...acts].map(([key, own]) => [key, siteOf(key, aligned(own))]));
}

/**
 * Several parameters at the end are one id and what is around it: `/repos/{owner}/{repo}`. What has fewer is not about a single
 * record (`/repos/{owner}` lists), what has more is about a part of one (`/gists/{id}/{sha}`).
 */
function aligned(acts: readonly Act[]): Act[] {
  const ofItems = acts.filter(
    ({ isItem, operation, given }) => isItem && (operation.method !== 'get' || given?.kind === 'record'),
  );
  if (ofItems.length === 0) return [...acts];
  const usual = Math.min(...ofItems.map(({ path }) => path.own.length));
  return acts.flatMap((act) => {
    const { path } = act;
    if (path.own.length > usual) return [];
    if (path.own.length === usual || path.own.length === 0) return [act];
    return [{ ...act, isItem: false, path: { ...path, before: [...path.before, ...path.own], own: [] } }];
  });
}

function siteOf(key: string, acts: readonly Act[]): Site {
  const noun = acts[0]?.path.noun ?? '';
  const hasItems = acts.some(({ isItem }) => isItem);
  const reads = acts.filter(({ operation }) => operation.method === 'get');
  const lists = reads.some(({ isItem, given }) => !isItem && given?.kind === 'list');
  const writes = acts.some(({ isItem, operation }) => !isItem && /^(?:put|patch|delete|post)$/.test(operation.method));
  const isRead = reads.some(({ isItem, given }) => !isItem && given?.kind === 'record');
  return {
    key,
    noun,
    acts,
    record: recordOf(acts),
    hasItems,
    isSingleton: !hasItems && !lists && isRead && writes,
    canCreate: acts.some(({ isItem, operation }) => !isItem && operation.method === 'post'),
  };
}

/**
 * The kind of record that most operations speak of, those that read before those that write; null where what is listed and
 * what is read have nothing in common.
 */
function recordOf(acts: readonly Act[]): RecordSchema | null {
  const told = acts
    .filter(({ operation, given }) => given && !/^(?:delete|head|options|trace)$/.test(operation.method))
    .sort((a, b) => rankOf(a) - rankOf(b));
  const records = told.map(({ given }) => given!.record);
  const [first] = records;
  if (!first) return null;
  const item = told.find(
    ({ isItem, operation, given }) => isItem && operation.method === 'get' && given?.kind === 'record',
  );
  const list = told.find(
    ({ isItem, operation, given }) => !isItem && operation.method === 'get' && given?.kind === 'list',
  );
  if (item && list && !resemble(item.given!.record, list.given!.record)) return null;
  // Of alternatives (a customer, or one that was deleted), the one that other operations speak of by itself.
  const common = first.alternatives.find((one) => records.some(({ schema }) => schema.value === one.schema.value));
  return common ?? first;
}

/** What says most about the records: reading one, a write of one, a list. */
function rankOf({ isItem, operation: { method }, given }: Act): number {
  const isRecord = given?.kind === 'record';
  if (method === 'get') return isRecord ? (isItem ? 0 : 1) : isItem ? 6 : 3;
  return isRecord ? (isItem ? 2 : 4) : 5;
}

/** Whether two schemas may describe the same records: one schema, one name, or mostly the same properties. */
export function resemble(one: RecordSchema, other: RecordSchema): boolean {
  if (one.schema.value === other.schema.value) return true;
  if (one.alternatives.some((each) => each.schema.value === other.schema.value)) return true;
  if (other.alternatives.some((each) => each.schema.value === one.schema.value)) return true;
  const shared = overlap(one.fields, other.fields);
  if (one.core !== '' && one.core === other.core) return shared >= 0.3;
  const areNamedApart = one.core !== '' && other.core !== '' && !areAlike(one.core, other.core);
  return shared >= (areNamedApart ? 0.8 : 0.6) && Math.min(one.fields.size, other.fields.size) >= 2;
}
