/** What an action does to a record: as far as its name tells, the fields change that speak of it. */
import { isDeepStrictEqual } from 'node:util';
import { judging } from '../../../languages/openapi/examples.ts';
import { mismatches } from '../../../languages/openapi/values.ts';
import { split } from '../../../words/split.ts';
import type { Json, JsonObject } from '../../json.ts';
import type { Resource } from '../../resources/resource.ts';
import type { Field } from '../../shape.ts';
import { stamps, timeMeaning, writeMoment } from '../../store/stamps.ts';
import { type Deed, deedOf } from './action-words.ts';
import { asWished, conflictAnswer, shower } from './answers.ts';
import { propertyOf, successOf } from './declared.ts';
import { type Forms, formsOf, writtenFields } from './drafts.ts';
import { fieldsOf, holdsTime } from './fields.ts';
import { addressed, namedId, type Site } from './places.ts';
import { type Answers, missing } from './records.ts';

/** Acts on the record that the request addresses. What addresses none is left to the examples. */
export function actionAnswers(site: Site): Answers {
  const { route, context, role } = site;
  const success = successOf(route.api, route.operation, [200, 201, 202, 204]);
  const forms = formsOf(site, success);
  const show = shower(site, success);
  const deed = deedOf(role.action ?? '');
  const isRead = route.method === 'GET';
  return (exchange) => {
    if (role.idParameter === null && namedId(site, exchange) === undefined) return undefined;
    const item = addressed(site, exchange);
    if (!item) return missing(site, exchange);
    if (isRead) return show(item);
    const value = acted(site, forms, item.value, deed, exchange.body);
    try {
      const options = { action: role.action };
      const now = isDeepStrictEqual(value, item.value)
        ? item
        : context.store.replace(item, role.resource, value, options);
      return asWished(exchange, show(now));
    } catch (error) {
      return conflictAnswer(exchange, error);
    }
  };
}

/** A record after an action: with what the caller wrote along, and what the deed means for its fields. */
export function acted(site: Site, forms: Forms, before: JsonObject, deed: Deed, body: unknown): JsonObject {
  const { context, role } = site;
  const { resource } = role;
  const value: Record<string, Json> = { ...before };
  const { byName } = fieldsOf(resource);
  for (const [name, written] of Object.entries(writtenFields(site, forms, body))) {
    if (byName.has(name) && name !== resource.home.idField && fits(site, forms, name, written)) value[name] = written;
  }
  const now = context.now();
  let changed = false;
  for (const field of byName.values()) {
    const next = fieldAfter(site, forms, field, value[field.name], deed, now);
    if (next === undefined || isDeepStrictEqual(next, value[field.name])) continue;
    changed = true;
    if (next === absent) delete value[field.name];
    else value[field.name] = next;
  }
  const repeated = !changed && speaksOf(resource, deed);
  return repeated && isDeepStrictEqual(value, before) ? before : { ...value, ...stamps(resource, now, 'updated') };
}

/** Stands for no value at all. */
const absent = Symbol('absent');

/** What a field holds after a deed; undefined where the deed says nothing of it. */
function fieldAfter(
  site: Site,
  forms: Forms,
  field: Field,
  held: Json | undefined,
  deed: Deed,
  now: number,
): Json | typeof absent | undefined {
  const { state } = fieldsOf(site.role.resource);
  if (field.shape.kind === 'enum' && (field === state || isStateName(field.name))) return stateAfter(field, deed);
  const words = split(field.name)
    .join(' ')
    .replace(/^(?:is|was|has been) /, '');
  if (field.shape.kind === 'boolean') {
    if (deed.becomes.includes(words)) return true;
    return deed.ends.includes(words) ? false : undefined;
  }
  if (!holdsTime(field) || timeMeaning(field.name) !== null) return undefined;
  const event = words.replace(/ (?:at|on|date|time)$|^date /, '');
  if (event === words && field.shape.kind === 'string' && field.shape.format === undefined) return undefined;
  if (deed.becomes.includes(event)) return writeMoment(field.name, field.shape, now);
  if (!deed.ends.includes(event) || held === undefined || held === null) return undefined;
  if (fits(site, forms, field.name, null)) return null;
  return field.required ? undefined : absent;
}

const isStateName = (name: string): boolean => /(?:^|_)(?:status|state)$|(?:Status|State)$/.test(name);

function stateAfter({ shape }: Field, { states }: Deed): Json | undefined {
  if (shape.kind !== 'enum') return undefined;
  const worded = shape.values.map((value) => ({ value, words: split(value).join(' ') }));
  for (const state of states) {
    const exact = worded.find(({ words }) => words === state);
    if (exact) return exact.value;
  }
  for (const state of states) {
    const part = worded.find(({ words }) => words.startsWith(`${state} `) || words.endsWith(` ${state}`));
    if (part) return part.value;
  }
  return undefined;
}

/** Whether records have a field that shows whether the deed is done. */
function speaksOf(resource: Resource, deed: Deed): boolean {
  const { all } = fieldsOf(resource);
  return all.some((field) => {
    if (field.shape.kind === 'enum' && isStateName(field.name)) return stateAfter(field, deed) !== undefined;
    return field.shape.kind === 'boolean' && deed.becomes.includes(split(field.name).join(' ').replace(/^is /, ''));
  });
}

function fits({ route: { api } }: Site, { record }: Forms, name: string, value: Json): boolean {
  const property = propertyOf(api, record, name);
  return property !== undefined && mismatches(value, property, judging(api, 'either')).length === 0;
}
