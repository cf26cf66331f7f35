/** Several writes at once: each entry has an outcome of its own, or all have one together. */
import { effectiveTypes, propertiesOf } from '../../../languages/openapi/select.ts';
import type { SchemaAt } from '../../../languages/openapi/values.ts';
import { split } from '../../../words/split.ts';
import { isObject, type Json, type JsonObject } from '../../json.ts';
import { Conflict, type Item } from '../../store/store.ts';
import type { Answer, Exchange, Violation } from '../exchange.ts';
import { refuse } from '../refusal.ts';
import { type Entry, entriesIn } from './batch-entries.ts';
import { itemsSchema, type Success, successOf } from './declared.ts';
import { type Forms, formsOf, newRecord, writtenFields } from './drafts.ts';
import { fieldsOf } from './fields.ts';
import { mergePatch } from './patches.ts';
import { missingParent, type Site, scopeOf, shortened } from './places.ts';
import { fitter } from './present.ts';
import type { Answers } from './records.ts';

/** What became of one entry. */
interface Outcome {
  readonly status: number;
  /** The record as it is now; of a deleted one, as it was. */
  readonly item: Item | null;
  readonly id: string | null;
  /** What went wrong, as a sentence. */
  readonly error: string | null;
}

/** More entries are not taken at once where the document says no number. */
const mostEntries = 1000;

/** Does what the entries of a batch ask for, in their order. */
export function batchAnswers(site: Site): Answers {
  const { route } = site;
  const success = successOf(route.api, route.operation, [207, 200, 201, 202, 204]);
  const write = writer(site, success);
  const forms: Forms = { request: null, record: formsOf(site, success).record };
  return (exchange) => {
    const refusal = missingParent(site, exchange);
    if (refusal) return refuse(exchange, refusal);
    const entries = entriesIn(site, exchange);
    if (!entries) return undefined;
    if (entries.length === 0) return refuse(exchange, emptyBatch);
    if (entries.length > mostEntries) {
      const message = `A batch has at most ${mostEntries} entries here.`;
      return refuse(exchange, { status: 422, code: 'batch_too_large', message });
    }
    if (isAtomic(exchange)) {
      const violations = problemsOf(site, exchange, entries);
      if (violations.length > 0) {
        const message = `Nothing was changed: ${violations.length} of ${entries.length} entries cannot be done.`;
        return refuse(exchange, { status: 409, code: 'batch_failed', message, violations });
      }
    }
    return write(entries.map((entry) => done(site, forms, exchange, entry)));
  };
}

const emptyBatch = { status: 400, code: 'empty_batch', message: 'A batch has at least one entry.' } as const;

/** Whether the caller wants all or nothing. */
function isAtomic({ body, parameters }: Exchange): boolean {
  const isYes = (holder: unknown): boolean =>
    isObject(holder) && atomicNames.some((name) => holder[name] === true || holder[name] === 'true');
  return isYes(body) || isYes(parameters.query);
}

const atomicNames = [
  'atomic',
  'transactional',
  'transaction',
  'all_or_nothing',
  'allOrNothing',
  'all_or_none',
  'allOrNone',
];

/** What would go wrong if the entries were done one after the other. */
function problemsOf(site: Site, exchange: Exchange, entries: readonly Entry[]): Violation[] {
  const { context, role } = site;
  const scope = scopeOf(site, exchange);
  const known = new Map<string, boolean>();
  const exists = (id: string): boolean => known.get(id) ?? context.store.get(role.resource, id, scope) !== undefined;
  return entries.flatMap(({ doing, id }, i) => {
    const isThere = id !== undefined && exists(id);
    const problem =
      doing === 'create'
        ? isThere
          ? taken(site, id)
          : null
        : doing === 'upsert' || isThere
          ? null
          : lacking(site, id);
    if (id !== undefined && !problem && doing !== 'get') known.set(id, doing !== 'delete');
    return problem === null
      ? []
      : [{ location: ['body', i], code: isThere ? 'exists' : 'not_found', message: problem }];
  });
}

const taken = ({ role }: Site, id: string): string => `there is already a ${role.resource.name} ${shortened(id)}`;
const lacking = ({ role }: Site, id: string | undefined): string =>
  id === undefined
    ? `the id of a ${role.resource.name} is missing`
    : `there is no ${role.resource.name} ${shortened(id)}`;

function done(site: Site, forms: Forms, exchange: Exchange, { doing, id, body }: Entry): Outcome {
  const { context, role } = site;
  const { store } = context;
  const { resource } = role;
  const scope = scopeOf(site, exchange);
  const item = id === undefined ? undefined : store.get(resource, id, scope);
  try {
    if (doing === 'create' || (doing === 'upsert' && !item)) {
      const isNamed =
        doing === 'upsert' || fieldsOf(resource).byName.get(resource.home.idField ?? '')?.writable === true;
      const made = store.create(resource, newRecord(site, forms, exchange, body, isNamed ? id : undefined), { scope });
      return { status: 201, item: made, id: made.id, error: null };
    }
    if (!item) return { status: id === undefined ? 422 : 404, item: null, id: id ?? null, error: lacking(site, id) };
    if (doing === 'get') return { status: 200, item, id: item.id, error: null };
    if (doing === 'delete') {
      store.delete(item, resource);
      return { status: 204, item, id: item.id, error: null };
    }
    const written: Record<string, Json> = writtenFields({ ...site, role: { ...role, takenInside: null } }, forms, body);
    if (resource.home.idField !== null) delete written[resource.home.idField];
    const value = mergePatch(item.value, written, () => true) as JsonObject;
    return { status: 200, item: store.replace(item, resource, value), id: item.id, error: null };
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    return { status: error.reason === 'exists' ? 409 : 404, item: null, id: id ?? null, error: error.message };
  }
}

type Write = (outcomes: readonly Outcome[]) => Answer;

/** What writes outcomes as the declared answer has them. */
function writer(site: Site, success: Success): Write {
  const { api } = site.route;
  const { schema, status, hasBody } = success;
  if (!hasBody) return () => ({ status, headers: {}, body: null });
  if (!schema) return (outcomes) => ({ status, headers: {}, body: { value: { results: outcomes.map(plainOutcome) } } });
  const fields = [...propertiesOf(api, schema)];
  const types = effectiveTypes(api, schema);
  const fitted = fitter(site.context, api, schema, site.role.resource);
  if (types.includes('array') && !types.includes('object')) {
    const each = outcomeWriter(site, itemsSchema(api, schema));
    return (outcomes) => ({ status, headers: {}, body: { value: outcomes.map(each), schema } });
  }
  const lists = fields.flatMap(([name, property]) => {
    if (!effectiveTypes(api, property).includes('array')) return [];
    const each = outcomeWriter(site, itemsSchema(api, property));
    return [{ name, each, which: whichOf(name) }];
  });
  return (outcomes) => {
    const value: Record<string, Json> = lists.length === 0 ? { ...outcomes.at(-1)?.item?.value } : {};
    for (const { name, each, which } of lists) value[name] = outcomes.filter(which).map(each);
    for (const [name, property] of fields)
      fillCounts(value, name, effectiveTypes(api, property), outcomes, () => propertiesOf(api, property));
    return { status, headers: {}, body: { value: fitted(value, 'batch'), schema } };
  };
}

const isGood = ({ status }: Outcome): boolean => status < 400;

/** Which outcomes a list of an answer holds. */
function whichOf(name: string): (outcome: Outcome) => boolean {
  const words = split(name);
  if (words.some((word) => /^(?:errors?|fail(?:ed|ures?)|rejected|invalid)$/.test(word))) return (one) => !isGood(one);
  return words.some((word) => /^(?:succe\w+|created|updated|deleted|processed|accepted)$/.test(word))
    ? isGood
    : () => true;
}

/** How many there were, how many went well, how many not. */
function fillCounts(
  value: Record<string, Json>,
  name: string,
  types: readonly string[],
  outcomes: readonly Outcome[],
  inner: () => ReadonlyMap<string, SchemaAt>,
): void {
  const words = split(name).join(' ');
  if (types.includes('object') && /^(?:summary|meta|stats|counts?|result)$/.test(words)) {
    const summary: Record<string, Json> = {};
    for (const key of inner().keys()) fillCounts(summary, key, ['integer'], outcomes, () => new Map());
    value[name] = summary;
    return;
  }
  if (types.includes('boolean') && /^(?:success|ok|successful)$/.test(words)) value[name] = outcomes.every(isGood);
  if (types.includes('boolean') && /^(?:has )?errors?$/.test(words)) value[name] = !outcomes.every(isGood);
  if (!types.includes('integer') && !types.includes('number')) return;
  const good = outcomes.filter(isGood);
  const count = (status: number): number => outcomes.filter((one) => one.status === status).length;
  if (/\b(?:fail\w*|errors?|rejected|unsuccessful)\b/.test(words)) value[name] = outcomes.length - good.length;
  else if (/\bcreated\b|\binserted\b|\bimported\b/.test(words)) value[name] = count(201);
  else if (/\bupdated\b/.test(words)) value[name] = outcomes.filter(({ status }) => status === 200).length;
  else if (/\bdeleted\b|\bremoved\b/.test(words)) value[name] = count(204);
  else if (/\b(?:succe\w+|processed|accepted|ok)\b/.test(words)) value[name] = good.length;
  else if (/\b(?:total|count|size)\b/.test(words)) value[name] = outcomes.length;
}

/** An outcome as the items of the answer's list have it: the record itself, or a word about it. */
function outcomeWriter(site: Site, schema: SchemaAt | undefined): (outcome: Outcome, index: number) => Json {
  if (!schema) return plainOutcome;
  const { context, route, role } = site;
  const { api } = route;
  const fitted = fitter(context, api, schema, role.resource);
  const types = effectiveTypes(api, schema);
  if (types.length > 0 && !types.includes('object')) return ({ id }) => fitted(id ?? '', id ?? '');
  const own = fieldsOf(role.resource).byName;
  return (outcome, index) => {
    const { item, status, id, error } = outcome;
    const value: Record<string, Json> = { ...(isGood(outcome) ? item?.value : {}) };
    for (const [name, property] of propertiesOf(api, schema)) {
      const words = split(name).join(' ');
      const kinds = effectiveTypes(api, property);
      const isNumber = kinds.includes('integer') || kinds.includes('number');
      if (/^(?:index|position|line|row)$/.test(words) && isNumber) value[name] = index;
      else if (/^(?:status|status code|code|http status)$/.test(words) && isNumber) value[name] = status;
      else if (/^(?:status|result|outcome)$/.test(words) && !own.has(name))
        value[name] = isGood(outcome) ? 'success' : 'error';
      else if (/^(?:success|ok|successful)$/.test(words) && kinds.includes('boolean')) value[name] = isGood(outcome);
      else if (/^(?:errors?|error message|message|reason)$/.test(words) && !own.has(name)) {
        if (error !== null)
          value[name] = kinds.includes('object') ? { code: errorCode(status), message: error } : error;
      } else if (kinds.includes('object') && !own.has(name) && isRecordName(words, role.resource.name)) {
        if (item && isGood(outcome)) value[name] = item.value;
      } else if (/(?:^| )id$/.test(words) && id !== null && !Object.hasOwn(value, name) && words === 'id')
        value[name] = id;
    }
    return fitted(value, `batch ${index}`);
  };
}

const isRecordName = (words: string, noun: string): boolean =>
  words === noun || /^(?:data|record|resource|item|result|body|value|response|entity)$/.test(words);

const errorCode = (status: number): string => (status === 404 ? 'not_found' : status === 409 ? 'conflict' : 'invalid');

function plainOutcome({ item, status, id, error }: Outcome, index: number): Json {
  if (error !== null) return { index, status, id, error: { code: errorCode(status), message: error } };
  return status === 204 || !item ? { index, status, id } : { index, status, id, data: item.value };
}
