/** What an API says will go, and what it says of that. Rules about deprecation ask here, so that they agree. */

import { entriesOf, itemsOf, type JsonObject } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { type Pointer, valueAt } from '../../languages/openapi/pointer.ts';
import type { At } from '../../languages/openapi/references.ts';
import {
  everyOperation,
  type Operation,
  parameters,
  partsOf,
  responsesOf,
  schemas,
} from '../../languages/openapi/select.ts';
import { titleOf } from '../../languages/openapi/titles.ts';
import { split } from '../../words/split.ts';

/** Something that is marked as deprecated, where it is defined. */
export interface Deprecation extends At<JsonObject> {
  /** As sentences name it, backticks included. */
  readonly title: string;
  /** The operation, where it is one. */
  readonly operation: Operation | undefined;
}

/** Every deprecated operation, parameter, header and schema, each once. */
export function deprecations(api: OpenApi): readonly Deprecation[] {
  let known = api.memo.get(deprecations) as readonly Deprecation[] | undefined;
  if (!known) {
    known = collect(api);
    api.memo.set(deprecations, known);
  }
  return known;
}

function collect(api: OpenApi): readonly Deprecation[] {
  const isDeprecated = ({ value }: At<JsonObject>) => value['deprecated'] === true || value['x-deprecated'] === true;
  const operations = everyOperation(api).filter(isDeprecated);
  const found = new Set<unknown>(operations.map(({ value }) => value));
  const others = [...parameters(api), ...api.index.nodes.Header, ...schemas(api)].filter((node) => {
    if (found.has(node.value) || !isDeprecated(node)) return false;
    found.add(node.value);
    return true;
  });
  return [
    ...operations.map((operation) => ({
      value: operation.value,
      at: operation.at,
      title: `\`${operation.name}\``,
      operation,
    })),
    ...others.map(({ value, at, ...rest }) => ({
      value,
      at,
      title: 'name' in rest ? `\`${rest.name}\`` : titleOf(at),
      operation: undefined,
    })),
  ];
}

/** The place of the mark itself. */
export function markOf({ value, at }: Deprecation): Pointer {
  return at.child(value['deprecated'] === true ? 'deprecated' : 'x-deprecated');
}

/**
 * What people read about it: its description and summary, and extensions such as `x-deprecation-reason`; of schemas, those of
 * all that they are combined from or with, too.
 */
export function textsOf(api: OpenApi, deprecation: Deprecation): At<string>[] {
  if (deprecation.operation) return ownTexts(deprecation);
  const { at } = deprecation;
  const owner = at.parent?.key === 'allOf' && at.parent.parent;
  const whole = owner ? { value: valueAt(owner.document.value, owner.path), at: owner } : deprecation;
  const parts = partsOf(api, whole);
  const members = parts.flatMap((part) =>
    ['anyOf', 'oneOf'].flatMap((name) =>
      itemsOf(part.value[name]).map((value, i) => ({ value, at: part.at.child(name).child(i) })),
    ),
  );
  return [...(parts.length > 0 ? parts : [deprecation]), ...members].flatMap(ownTexts);
}

function ownTexts({ value, at }: At): At<string>[] {
  return entriesOf(value).flatMap(([key, text]) =>
    typeof text === 'string' && (/^(?:description|summary|title)$/.test(key) || /^x-.*(?:deprecat|sunset)/i.test(key))
      ? [{ value: text, at: at.child(key) }]
      : [],
  );
}

/** A day that a text names, as `2024-06-01`, with the text. */
export interface Day {
  readonly text: string;
  readonly day: string;
}

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const month = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}';
const dayPattern = new RegExp(
  [
    '(?<iso>\\b20\\d\\d-(?:0\\d|1[0-2])-(?:[0-2]\\d|3[01])\\b)',
    `\\b(?<m1>${month})\\.? (?<d1>\\d{1,2})(?:st|nd|rd|th)?,? (?<y1>20\\d\\d)\\b`,
    `\\b(?<d2>\\d{1,2})(?:st|nd|rd|th)? (?:of )?(?<m2>${month})\\.?,? (?<y2>20\\d\\d)\\b`,
    `\\b(?<m3>${month})\\.?,? (?<y3>20\\d\\d)\\b`,
  ].join('|'),
  'i',
);

/** The first day that a text names: ISO 8601, as English writes it, or only a month, which stands for its last day. */
export function dayIn(text: string): Day | undefined {
  const found = dayPattern.exec(text);
  if (!found?.groups) return undefined;
  const { iso, m1, d1, y1, m2, d2, y2, m3, y3 } = found.groups;
  if (iso) return { text: found[0], day: iso };
  const index = months.indexOf((m1 ?? m2 ?? m3 ?? '').slice(0, 3).toLowerCase()) + 1;
  const date = d1 ?? d2 ?? '31';
  return { text: found[0], day: `${y1 ?? y2 ?? y3}-${String(index).padStart(2, '0')}-${date.padStart(2, '0')}` };
}

/** Whether any text names a time by which something is to be gone: a day, a month, a quarter or a year. */
export function namesTime(text: string): boolean {
  return (
    dayIn(text) !== undefined ||
    /\b20\d\d-(?:0\d|1[0-2])\b|\bQ[1-4],? ?(?:of )?20\d\d\b|\b\d{1,2}[./]\d{1,2}[./]20\d\d\b/.test(text)
  );
}

/** Words with which a text says what happens on the day that follows. */
const ending =
  /\b(?:sunset|remov(?:ed?|al)|retired?|shut ?down|turned off|switched off|discontinued|end of life|eol|stop(?:s|ped)? working|no longer (?:be )?(?:available|supported|work))\b[^.\n]{0,60}/gi;

/** The extensions that tell a date of the deprecation, such as `x-sunset`. */
export function dateExtensions({ value, at }: At<JsonObject>): At<string>[] {
  return entriesOf(value).flatMap(([key, date]) =>
    typeof date === 'string' && (isEndKey(key) || isStartKey(key)) ? [{ value: date, at: at.child(key) }] : [],
  );
}

/** `x-sunset`, `x-removal-date`, `x-end-of-life`. */
function isEndKey(key: string): boolean {
  return /^x-/i.test(key) && split(key).some((word) => /^(?:sunset|removal|eol|retirement)$/.test(word));
}

/** `x-deprecated-at`, `x-deprecation-date`. */
function isStartKey(key: string): boolean {
  const words = split(key);
  return /^x-/i.test(key) && /^deprecat/.test(words.at(-2) ?? '') && /^(?:at|on|date|since|from)$/.test(words.at(-1)!);
}

/** The day on which something is to be gone, by an extension or by its description. */
export function endOf(api: OpenApi, deprecation: Deprecation): (Day & { readonly at: Pointer }) | undefined {
  for (const { value, at } of dateExtensions(deprecation)) {
    const day = isEndKey(String(at.key)) ? dayIn(value) : undefined;
    if (day) return { ...day, at };
  }
  for (const { value, at } of textsOf(api, deprecation)) {
    for (const [stretch] of value.matchAll(ending)) {
      const day = /\bsince\b/i.test(stretch) ? undefined : dayIn(stretch);
      if (day) return { ...day, at };
    }
  }
  return undefined;
}

/** Whether an operation announces its end in headers: `Sunset` (RFC 8594) or `Deprecation` (RFC 9745). */
export function announcesEnd(api: OpenApi, operation: Operation): boolean {
  return responsesOf(api, operation).some(({ headers }) =>
    headers.some(({ name }) => /^(?:sunset|deprecation)$/i.test(name)),
  );
}
