import type { OptionJson } from '../../languages/protobuf/descriptors.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { FieldType, MessageType } from './schema.ts';
import { hasBehavior } from './shape-of.ts';
import { badRequest, type FieldViolation } from './status.ts';

/** So many violations are told of one request. */
const mostViolations = 50;

/**
 * Checks what the annotations of a request's fields ask for: `field_behavior = REQUIRED` (AIP-203), and the usual rules of
 * buf.validate (protovalidate) and of validate.rules. Rules in CEL are not evaluated.
 * @param value as the codec decodes it
 * @throws StatusError INVALID_ARGUMENT with all violations
 */
export function validate(type: MessageType, value: Json): void {
  if (!isRestricted(type)) return;
  const violations: FieldViolation[] = [];
  // What a mask leaves alone need not be sent (AIP-203).
  const isPartial = type.fields.some(({ message }) => message?.fullName === 'google.protobuf.FieldMask');
  if (isObject(value)) checkMessage(type, value, '', violations, isPartial);
  if (violations.length > 0) throw badRequest(...violations);
}

/** Whether a message, or one in it, has rules at all: most have none, and need not be walked. */
function isRestricted(type: MessageType, seen = new Set<MessageType>()): boolean {
  const known = restricted.get(type);
  if (known !== undefined) return known;
  if (seen.has(type)) return false;
  const isOutermost = seen.size === 0;
  seen.add(type);
  const has = type.fields.some(
    (field) => rulesOf(field).length > 0 || (field.message !== null && isRestricted(field.message, seen)),
  );
  // What was met on the way may be restricted by what is above it.
  if (has || isOutermost) restricted.set(type, has);
  return has;
}

const restricted = new WeakMap<MessageType, boolean>();

function checkMessage(
  type: MessageType,
  value: JsonObject,
  path: string,
  found: FieldViolation[],
  isPartial = false,
): void {
  for (const field of type.fields) {
    if (found.length >= mostViolations) return;
    const at = path === '' ? field.name : `${path}.${field.name}`;
    const inner = Object.hasOwn(value, field.name) ? value[field.name] : undefined;
    for (const rule of rulesOf(field)) {
      if (rule === required && isPartial && path !== '') continue;
      const description = rule(inner, field);
      if (description !== null) found.push({ field: at, description });
    }
    if (inner !== undefined && field.message && isRestricted(field.message))
      checkInner(field, inner, at, found, isPartial && path === '');
  }
}

function checkInner(field: FieldType, value: Json, at: string, found: FieldViolation[], isPartial: boolean): void {
  const message = field.map ? field.map.value.message : field.message;
  if (!message) return;
  if (field.map && isObject(value)) {
    for (const [key, inner] of Object.entries(value)) {
      if (isObject(inner)) checkMessage(message, inner, `${at}[${JSON.stringify(key)}]`, found);
    }
  } else if (Array.isArray(value)) {
    for (const [i, inner] of (value as readonly Json[]).entries()) {
      if (found.length >= mostViolations) return;
      if (isObject(inner)) checkMessage(message, inner, `${at}[${i}]`, found);
    }
  } else if (isObject(value)) checkMessage(message, value, at, found, isPartial);
}

/** What is wrong with a value, in a sentence; null: nothing. Undefined is a field that is not set. */
type Rule = (value: Json | undefined, field: FieldType) => string | null;

function rulesOf(field: FieldType): readonly Rule[] {
  let known = rules.get(field);
  if (!known) {
    known = findRules(field);
    rules.set(field, known);
  }
  return known;
}

const rules = new WeakMap<FieldType, readonly Rule[]>();

function findRules(field: FieldType): Rule[] {
  const found: Rule[] = [];
  const own = objectAt(field.options, '[buf.validate.field]') ?? objectAt(field.options, '[validate.rules]') ?? {};
  if (hasBehavior(field, 'REQUIRED') || own.required === true || objectAt(own, 'message')?.required === true)
    found.push(required);
  for (const [kind, constraint] of Object.entries(own)) {
    if (!isPlain(constraint)) continue;
    if (kind === 'repeated' || kind === 'map') found.push(...listRules(constraint));
    else found.push(...scalarRules(constraint).map(ifSet));
  }
  return found;
}

const required: Rule = (value, field) => {
  const isEmptyList = Array.isArray(value) && value.length === 0;
  return value === undefined || isEmptyList
    ? `The field is required${field.repeated ? ', and not to be empty' : ''}.`
    : null;
};

/** A field that tells whether it is set is not judged where it is not; others are judged by what they are without. */
function ifSet(rule: Rule): Rule {
  return (value, field) => {
    if (value !== undefined) return rule(value, field);
    return field.presence || field.repeated
      ? null
      : rule(field.kind === 'string' || field.kind === 'bytes' ? '' : 0, field);
  };
}

function listRules(constraint: Plain): Rule[] {
  const sizeOf = (value: Json | undefined) =>
    Array.isArray(value) ? value.length : isObject(value) ? Object.keys(value).length : 0;
  const least = Number(constraint.min_items ?? constraint.min_pairs ?? 0);
  const most = Number(constraint.max_items ?? constraint.max_pairs ?? Number.POSITIVE_INFINITY);
  const found: Rule[] = [];
  if (least > 0) found.push((value) => (sizeOf(value) < least ? `There have to be at least ${least}.` : null));
  if (most < Number.POSITIVE_INFINITY)
    found.push((value) => (sizeOf(value) > most ? `There may be at most ${most}.` : null));
  if (constraint.unique === true) {
    found.push((value) =>
      Array.isArray(value) && new Set(value.map((item) => JSON.stringify(item))).size < value.length
        ? 'The items have to differ.'
        : null,
    );
  }
  const items = objectAt(constraint, 'items');
  for (const inner of items ? Object.values(items) : []) {
    if (!isPlain(inner)) continue;
    for (const rule of scalarRules(inner)) {
      found.push((value, field) => {
        if (!Array.isArray(value)) return null;
        for (const item of value as readonly Json[]) {
          const description = rule(item, field);
          if (description !== null) return description;
        }
        return null;
      });
    }
  }
  return found;
}

type Plain = { readonly [name: string]: OptionJson };

/** How each rule is checked, by its name; `limit` is what it is set to. */
const checks: Readonly<Record<string, (value: Json, limit: OptionJson) => string | null>> = {
  const: (value, limit) => unless(same(value, limit), `It has to be ${shown(limit)}.`),
  in: (value, limit) =>
    unless(
      listOf(limit).some((one) => same(value, one)),
      `It has to be one of ${listOf(limit).map(shown).join(', ')}.`,
    ),
  not_in: (value, limit) => unless(!listOf(limit).some((one) => same(value, one)), `It may not be ${shown(value)}.`),
  len: (value, limit) => unless(lengthOf(value) === Number(limit), `It has to be ${limit} characters long.`),
  min_len: (value, limit) =>
    unless(lengthOf(value) >= Number(limit), `It has to be at least ${limit} characters long.`),
  max_len: (value, limit) => unless(lengthOf(value) <= Number(limit), `It may be at most ${limit} characters long.`),
  min_bytes: (value, limit) =>
    unless(Buffer.byteLength(String(value)) >= Number(limit), `It has to be at least ${limit} bytes long.`),
  max_bytes: (value, limit) =>
    unless(Buffer.byteLength(String(value)) <= Number(limit), `It may be at most ${limit} bytes long.`),
  pattern: (value, limit) => unless(matches(String(value), String(limit)), `It has to match \`${limit}\`.`),
  prefix: (value, limit) => unless(String(value).startsWith(String(limit)), `It has to begin with ${shown(limit)}.`),
  suffix: (value, limit) => unless(String(value).endsWith(String(limit)), `It has to end with ${shown(limit)}.`),
  contains: (value, limit) => unless(String(value).includes(String(limit)), `It has to contain ${shown(limit)}.`),
  not_contains: (value, limit) => unless(!String(value).includes(String(limit)), `It may not contain ${shown(limit)}.`),
  gt: (value, limit) => unless(Number(value) > Number(limit), `It has to be greater than ${shown(limit)}.`),
  gte: (value, limit) => unless(Number(value) >= Number(limit), `It has to be at least ${shown(limit)}.`),
  lt: (value, limit) => unless(Number(value) < Number(limit), `It has to be less than ${shown(limit)}.`),
  lte: (value, limit) => unless(Number(value) <= Number(limit), `It may be at most ${shown(limit)}.`),
  finite: (value) => unless(Number.isFinite(Number(value)), 'It has to be finite.'),
  defined_only: (value) => unless(typeof value === 'string', 'It has to be one of the declared values.'),
  email: (value) => unless(/^[^\s@<>]{1,64}@[^\s@<>]{1,255}$/.test(String(value)), 'It has to be an email address.'),
  hostname: (value) =>
    unless(
      /^(?=.{1,253}$)[a-z\d](?:[a-z\d-]{0,62})(?:\.[a-z\d][a-z\d-]{0,62})*\.?$/i.test(String(value)),
      'It has to be a host name.',
    ),
  uri: (value) => unless(/^[a-z][a-z\d+.-]*:\S+$/i.test(String(value)), 'It has to be a URI.'),
  uuid: (value) => unless(/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(String(value)), 'It has to be a UUID.'),
  tuuid: (value) => unless(/^[\da-f]{32}$/i.test(String(value)), 'It has to be a UUID without hyphens.'),
  ipv4: (value) => unless(/^\d{1,3}(?:\.\d{1,3}){3}$/.test(String(value)), 'It has to be an IPv4 address.'),
};

function scalarRules(constraint: Plain): Rule[] {
  return Object.entries(constraint).flatMap(([name, limit]) => {
    const check = Object.hasOwn(checks, name) ? checks[name]! : null;
    if (!check || limit === false) return [];
    return [
      (value: Json | undefined) =>
        value === undefined || (typeof value === 'object' && value !== null) ? null : check(value, limit),
    ];
  });
}

function unless(fits: boolean, description: string): string | null {
  return fits ? null : description;
}

function same(value: Json, limit: OptionJson): boolean {
  return value === limit || String(value) === String(limit);
}

function listOf(limit: OptionJson): readonly OptionJson[] {
  return Array.isArray(limit) ? limit : [limit];
}

function shown(limit: unknown): string {
  return typeof limit === 'string' ? `\`${limit}\`` : String(limit);
}

/** In characters, as people count them. */
function lengthOf(value: Json): number {
  let length = 0;
  for (const _ of String(value)) length++;
  return length;
}

/** Patterns are RE2's; what JavaScript cannot read, and texts that a bad pattern could take long over, are let pass. */
function matches(text: string, pattern: string): boolean {
  if (text.length > 2000) return true;
  try {
    return new RegExp(
      pattern
        .replace(/^\(\?[a-z]+\)/, '')
        .replace(/\\A/g, '^')
        .replace(/\\z/g, '$'),
      'u',
    ).test(text);
  } catch {
    return true;
  }
}

function objectAt(value: Plain, name: string): Plain | undefined {
  const inner = Object.hasOwn(value, name) ? value[name] : undefined;
  return isPlain(inner) ? inner : undefined;
}

function isPlain(value: OptionJson | undefined): value is Plain {
  return value !== undefined && value !== null && typeof value === 'object' && !Array.isArray(value);
}
