import { type Deprecation, deprecations, textsOf } from '../../conventions/openapi/deprecations.ts';
import { versionInPath } from '../../conventions/openapi/versions.ts';
import { asString, entriesOf, itemsOf } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { segmentsOf } from '../../languages/openapi/paths.ts';
import type { At } from '../../languages/openapi/references.ts';
import {
  componentsOf,
  everyOperation,
  everySchema,
  parameters,
  paths,
  properties,
  responses,
  tags,
} from '../../languages/openapi/select.ts';
import { closest } from '../../text/closest.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'evolution/replacement-exists',
  summary: 'the replacement that a deprecation names exists',
  why: `Callers who do as they are told look for the new name and find nothing: it was misspelt, renamed since, or never built.`,
  sources: ['guide S4, Deprecation Strategy'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /v1/orders/search:
    get:
      deprecated: true
      description: Use \`GET /v1/orders\` instead.
  /v1/orders/all:
    get:
      deprecated: true
      description: Use \`/v2/orders\` instead.
  /v1/orders:
    get:
      parameters:
        - { name: page, in: query, deprecated: true, description: Use \`cursor\` instead. }
        - { name: cursor, in: query }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders/search:
    get:
      deprecated: true
      description: Use \`GET /order\` instead.
  /orders/all:
    delete:
      deprecated: true
      description: Replaced by \`DELETE /orders\`.
  /orders:
    get:
      parameters:
        - { name: page, in: query, deprecated: true, description: Use \`curser\` instead. }
        - { name: cursor, in: query }
`,
      *find(api) {
        for (const deprecation of deprecations(api)) {
          for (const { value, at } of replacements(api, deprecation)) {
            const missing = value.includes('/') ? missingOperation(api, value) : missingName(api, value);
            if (missing === undefined) continue;
            const help = missing.near ? `Did you mean \`${missing.near}\`?` : 'Name what is there.';
            yield { at, message: `The replacement \`${value}\` does not exist.`, help };
          }
        }
      },
    },
  },
});

/** Words in front of the name of a replacement. */
const named =
  /\b(?:use|replaced (?:by|with)|in favou?r of|superseded by|renamed to|moved to|switch to|migrate to)\s+(?:the\s+|new\s+|our\s+)*`((?:(?:GET|PUT|POST|DELETE|PATCH|HEAD)\s+)?[^`\s]{2,150})`/gi;

/** The replacements that a deprecation names: in backticks behind the words for it, or in an extension. */
function replacements(api: OpenApi, deprecation: Deprecation): At<string>[] {
  const found = textsOf(api, deprecation).flatMap(({ value, at }) =>
    [...value.matchAll(named)].map((match) => ({ value: match[1]!, at })),
  );
  const told = entriesOf(deprecation.value).flatMap(([key, value]) =>
    /^x-(?:replaced-by|replacement|successor)$/i.test(key) && typeof value === 'string'
      ? [{ value, at: deprecation.at.child(key) }]
      : [],
  );
  return [...found, ...told].filter(({ value }) => /^(?:[A-Z]+\s+)?\/[^:]*$|^[A-Za-z_][\w.-]*$/.test(value));
}

interface Missing {
  /** What was probably meant. */
  readonly near: string | null;
}

/** A path, perhaps with a method in front, that the API does not have. One of another version may be described elsewhere. */
function missingOperation(api: OpenApi, text: string): Missing | undefined {
  const [, method, path = ''] = /^(?:([A-Z]+)\s+)?(\/\S*)$/.exec(text) ?? [];
  const version = versionInPath(path);
  const all = paths(api);
  if (version && !all.some((entry) => versionInPath(entry.path) === version)) return undefined;
  const wanted = form(path);
  const there = all.filter((entry) => wanted.endsWith(form(entry.path)) || form(entry.path).endsWith(wanted));
  if (there.length === 0)
    return {
      near: closest(
        path,
        all.map((entry) => entry.path),
      ),
    };
  if (!method || there.some(({ item }) => Object.hasOwn(item.value, method.toLowerCase()))) return undefined;
  return { near: null };
}

/** A path without the names of its placeholders. */
function form(path: string): string {
  return segmentsOf(path)
    .map(({ text, literal }) => (literal && !text.startsWith('<') ? `/${text.toLowerCase()}` : '/{}'))
    .join('');
}

/** A name that nothing in the API has. Of a dotted name the last part counts. */
function missingName(api: OpenApi, text: string): Missing | undefined {
  const names = namesOf(api);
  const last = text.split('.').at(-1) ?? text;
  if (names.has(fold(text)) || names.has(fold(last))) return undefined;
  return { near: closest(last, new Set(names.values())) };
}

const fold = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** Every name of the API, by its letters and digits. */
function namesOf(api: OpenApi): ReadonlyMap<string, string> {
  const known = api.memo.get(namesOf) as ReadonlyMap<string, string> | undefined;
  if (known) return known;
  const names = [
    ...everyOperation(api).flatMap(({ value }) => [asString(value['operationId']), asString(value['summary'])]),
    ...parameters(api).map(({ name }) => name),
    ...properties(api).map(({ name }) => name),
    ...responses(api).flatMap(({ headers }) => headers.map(({ name }) => name)),
    ...tags(api).map(({ name }) => name),
    ...componentsOf(api, 'schemas').map(({ name }) => name),
    ...paths(api).flatMap(({ path }) => segmentsOf(path).map(({ text }) => text)),
    ...everySchema(api).flatMap(({ value }) => [value['const'], ...itemsOf(value['enum'])].map(asString)),
  ];
  const found = new Map(names.flatMap((name) => (name === undefined ? [] : [[fold(name), name] as const])));
  api.memo.set(namesOf, found);
  return found;
}
