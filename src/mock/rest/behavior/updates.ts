/** Changing some fields of a record: merge patch, JSON patch, plain JSON and forms. */
import { isDeepStrictEqual } from 'node:util';
import { judging } from '../../../languages/openapi/examples.ts';
import { effectiveTypes, keyword, propertiesOf } from '../../../languages/openapi/select.ts';
import { mismatches, type SchemaAt } from '../../../languages/openapi/values.ts';
import { split } from '../../../words/split.ts';
import { isObject, type Json, type JsonObject } from '../../json.ts';
import type { Item } from '../../store/store.ts';
import type { Answer, Exchange, Violation } from '../exchange.ts';
import { refuse } from '../refusal.ts';
import { asWished, conflictAnswer, shower } from './answers.ts';
import { propertyOf, successOf } from './declared.ts';
import { type Forms, formsOf, writtenFields } from './drafts.ts';
import { fieldsOf } from './fields.ts';
import { jsonPatch, mergePatch, PatchError } from './patches.ts';
import { addressed, type Site, taken } from './places.ts';
import { type Answers, missing } from './records.ts';

/** Changes the record that the request addresses. */
export function updateAnswers(site: Site): Answers {
  const { route, context, role } = site;
  const success = successOf(route.api, route.operation, [200, 204]);
  const forms = formsOf(site, success);
  const show = shower(site, success);
  return (exchange) => {
    const item = addressed(site, exchange);
    if (!item) return missing(site, exchange);
    try {
      const changed = changedRecord(site, forms, item, exchange);
      if ('refused' in changed) return changed.refused;
      const same = isDeepStrictEqual(changed.value, item.value);
      return asWished(exchange, show(same ? item : context.store.replace(item, role.resource, changed.value)));
    } catch (error) {
      return conflictAnswer(exchange, error);
    }
  };
}

type Changed = { readonly value: JsonObject } | { readonly refused: Answer };

/** A record after what a request asks for, or why that cannot be. */
export function changedRecord(site: Site, forms: Forms, item: Item, exchange: Exchange): Changed {
  return isJsonPatch(exchange, site) ? jsonPatched(site, forms, item, exchange) : merged(site, forms, item, exchange);
}

function isJsonPatch({ mediaType, body }: Exchange, { role }: Site): boolean {
  if (mediaType === 'application/json-patch+json') return true;
  const list = taken(role, body);
  return Array.isArray(list) && list.length > 0 && list.every((one) => isObject(one) && typeof one['op'] === 'string');
}

function jsonPatched(site: Site, forms: Forms, item: Item, exchange: Exchange): Changed {
  let patched: Json;
  try {
    patched = jsonPatch(item.value, taken(site.role, exchange.body));
  } catch (error) {
    if (!(error instanceof PatchError)) throw error;
    const { at, reason, message } = error;
    return {
      refused: refuse(exchange, {
        status: reason === 'test' ? 409 : 422,
        code: reason === 'test' ? 'conflict' : 'invalid_patch',
        message: `The patch cannot be applied: ${message}.`,
        violations: [{ location: ['body', ...at], code: reason, message }],
      }),
    };
  }
  if (!isObject(patched)) {
    const message = `a ${site.role.resource.name} is an object`;
    return { refused: unfit(exchange, [{ location: ['body'], code: 'type', message }]) };
  }
  const value = withProtected(site, item.value, patched);
  const violations = newViolations(site, forms.record, item.value, value);
  return violations.length ? { refused: unfit(exchange, violations) } : { value };
}

function merged(site: Site, forms: Forms, item: Item, exchange: Exchange): Changed {
  const { api } = site.route;
  const judged = judging(api, 'either');
  const written = writtenFields(site, forms, exchange.body);
  const keepsNull = (path: readonly string[]): boolean => {
    let schema: SchemaAt | null | undefined = forms.record;
    for (const name of path) schema = schema ? (propertyOf(api, schema, name) ?? null) : null;
    return schema ? mismatches(null, schema, judged).length === 0 : false;
  };
  const next = mergePatch(item.value, written, keepsNull) as JsonObject;
  const value = { ...withProtected(site, item.value, next) };
  const faults: Violation[] = [];
  for (const violation of newViolations(site, forms.record, item.value, value)) {
    const name = String(violation.location[1] ?? '');
    if (!isInOtherForm(site, forms, name, written[name])) {
      faults.push(violation);
      continue;
    }
    const other = inOtherForm(site, forms, name, written[name]!);
    if (other !== undefined) value[name] = other;
    else if (Object.hasOwn(item.value, name) && written[name] !== '') value[name] = item.value[name]!;
    else delete value[name];
  }
  return faults.length ? { refused: unfit(exchange, faults) } : { value };
}

/**
 * Whether a value is as the operation takes it, and of a type that the record does not have: an id for an object, an empty text
 * for nothing. That is how the document has it, and not the caller's fault.
 */
function isInOtherForm({ route: { api } }: Site, forms: Forms, name: string, written: Json | undefined): boolean {
  if (written === undefined || written === null || !forms.request) return false;
  const words = split(name).join(' ');
  const [asked] = [...propertiesOf(api, forms.request).values()].filter((one) => split(one.name).join(' ') === words);
  const held = propertyOf(api, forms.record, name);
  if (!asked || !held || mismatches(written, asked, judging(api, 'request')).length > 0) return false;
  const types = effectiveTypes(api, held);
  return (
    types.length > 0 && !types.includes(typeOf(written)) && !(types.includes('number') && typeof written === 'number')
  );
}

function typeOf(value: Json): string {
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

/** A number as the text that the record has for it, or the other way round; undefined where there is no such form. */
function inOtherForm({ route: { api } }: Site, { record }: Forms, name: string, written: Json): Json | undefined {
  const held = propertyOf(api, record, name);
  if (!held || (typeof written !== 'string' && typeof written !== 'number') || written === '') return undefined;
  const other = typeof written === 'number' ? String(written) : Number(written);
  return mismatches(other, held, judging(api, 'either')).length === 0 ? other : undefined;
}

/** What callers cannot write stays as it was: ids, times, whatever is read-only. */
function withProtected({ role: { resource } }: Site, before: JsonObject, after: JsonObject): JsonObject {
  const value: Record<string, Json> = { ...after };
  for (const { name, writable } of fieldsOf(resource).all) {
    if (writable && name !== resource.home.idField) continue;
    if (Object.hasOwn(before, name)) value[name] = before[name]!;
    else delete value[name];
  }
  return value;
}

/** How a record does not fit its schema that did before. */
function newViolations(site: Site, schema: SchemaAt | null, before: JsonObject, after: JsonObject): Violation[] {
  if (!schema) return [];
  const judged = judging(site.route.api, 'either');
  const found = mismatches(after, schema, judged);
  if (found.length === 0) return [];
  const old = new Set(mismatches(before, schema, judged).map(({ path, message }) => JSON.stringify([path, message])));
  return found
    .filter(({ path, message }) => !old.has(JSON.stringify([path, message])))
    .flatMap(({ path, message, schema: at }) => {
      const code = String(at.key ?? 'invalid');
      const lost = code === 'required' ? lostFields(site, schema, path, after) : [];
      if (lost.length)
        return lost.map((name) => ({ location: ['body', name], code, message: `\`${name}\` is required` }));
      return [{ location: ['body', ...path], code, message }];
    });
}

/** The required fields that a record lacks. */
function lostFields(site: Site, schema: SchemaAt, path: readonly (string | number)[], after: JsonObject): string[] {
  if (path.length > 0) return [];
  const properties = [...propertiesOf(site.route.api, schema).values()];
  const lost = properties.filter(({ name, required }) => required && !Object.hasOwn(after, name));
  return lost.filter((one) => keyword(site.route.api, one, 'writeOnly') !== true).map(({ name }) => name);
}

function unfit(exchange: Exchange, violations: readonly Violation[]): Answer {
  const [first] = violations;
  const message =
    violations.length === 1 ? `${first!.message}.` : `${violations.length} fields would not be valid any more.`;
  return refuse(exchange, { status: 422, code: 'invalid', message, violations });
}
