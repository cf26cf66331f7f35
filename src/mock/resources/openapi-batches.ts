/** Batches that say of each entry what is to be done: `{ "operations": [{ "op": "create", "data": { … } }] }`. */
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { keyword, type Property } from '../../languages/openapi/select.ts';
import { split } from '../../words/split.ts';
import { effectOf } from '../../words/verbs.ts';
import { type Content, itemsIn, type RecordSchema, recordOf } from './openapi-bodies.ts';
import type { OpenApiDraft } from './openapi-drafts.ts';
import { resemble } from './openapi-sites.ts';

/**
 * Whether a body holds a list of entries that each say what is done, and to what.
 * @param isCalledBatch whether the path says that it is a batch: then the entries need not say what a record looks like
 */
export function takesEntries(taken: Content | null, draft: OpenApiDraft, isCalledBatch: boolean): boolean {
  return taken !== null && entriesOf(draft.api, taken).some((entry) => isEntry(entry, draft, isCalledBatch));
}

/** What the lists of a body hold: the body's own, else those of its properties. */
function entriesOf(api: OpenApi, { kind, record }: Content): readonly RecordSchema[] {
  if (kind === 'list') return [record];
  return [...record.properties.values()].flatMap((property) => {
    const items = itemsIn(api, property);
    const entry = items && recordOf(api, items);
    return entry ? [entry] : [];
  });
}

function isEntry({ properties }: RecordSchema, draft: OpenApiDraft, isCalledBatch: boolean): boolean {
  const { api, record, noun } = draft;
  const all = [...properties.values()];
  if (!all.some((property) => sayings.has(property.name) && saysWhatToDo(api, property))) return false;
  const bodies = all.filter(({ name }) => bodyNames.has(name) || split(name).join(' ') === noun);
  return bodies.some((property) => {
    const written = recordOf(api, property);
    return written === null ? isCalledBatch && isOpen(api, property) : resemble(written, record);
  });
}

/** Where entries say what is to be done, and where they hold what is to be written. */
const sayings = new Set(['op', 'operation', 'action', 'method', 'verb', 'type']);
const bodyNames = new Set('body data value record resource item attributes payload params'.split(' '));

/** Whether a property may say `create`, `PATCH` or `delete`: one of its values does, or it has no list of them. */
function saysWhatToDo(api: OpenApi, property: Property): boolean {
  const values = [keyword(api, property, 'const'), keyword(api, property, 'enum')].flat().filter((one) => one != null);
  if (values.length === 0) return property.name !== 'type';
  return values.some((value) => typeof value === 'string' && isWrite(value.toLowerCase()));
}

const isWrite = (word: string): boolean => /^(?:post|put|patch|upsert)$/.test(word) || isChange(effectOf(word));

const isChange = (effect: ReturnType<typeof effectOf>): boolean => effect !== null && effect !== 'read';

/** Whether any object may stand there. */
const isOpen = (api: OpenApi, property: Property): boolean => {
  const type = keyword(api, property, 'type');
  return type === undefined || type === 'object';
};
