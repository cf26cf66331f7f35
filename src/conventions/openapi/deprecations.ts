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
import { type Day, dayIn, endIn } from '../../words/deprecations.ts';
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
    const day = endIn(value);
    if (day) return { ...day, at };
  }
  return undefined;
}

/** Whether an operation announces its end in headers: `Sunset` (RFC 8594) or `Deprecation` (RFC 9745). */
export function announcesEnd(api: OpenApi, operation: Operation): boolean {
  return responsesOf(api, operation).some(({ headers }) =>
    headers.some(({ name }) => /^(?:sunset|deprecation)$/i.test(name)),
  );
}
