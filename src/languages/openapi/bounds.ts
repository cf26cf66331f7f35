/** What limits the values of schemas: keywords of their own, of what they combine, and of what combines them. */
import { get, isObject, itemsOf, type JsonObject } from './json.ts';
import type { OpenApi } from './openapi.ts';
import type { At } from './references.ts';
import { everySchema, type Node, partsOf, schemas, typesOf } from './select.ts';

/** Every schema that names a type itself, but for those that say what a value is not. */
export function schemasOfType(api: OpenApi, type: string): readonly Node[] {
  return byType(api).get(type) ?? [];
}

function byType(api: OpenApi): ReadonlyMap<string, readonly Node[]> {
  let known = api.memo.get(byType) as Map<string, Node[]> | undefined;
  if (known) return known;
  known = new Map();
  api.memo.set(byType, known);
  const excluded = negated(api);
  for (const schema of everySchema(api)) {
    if (excluded.has(schema)) continue;
    for (const type of new Set(typesOf(schema.value))) {
      const list = known.get(type);
      if (list) list.push(schema);
      else known.set(type, [schema]);
    }
  }
  return known;
}

/** The schemas in a `not`: their keywords exclude values instead of limiting them. */
export function negated(api: OpenApi): ReadonlySet<Node> {
  let known = api.memo.get(negated) as Set<Node> | undefined;
  if (known) return known;
  known = new Set();
  api.memo.set(negated, known);
  const pending = schemas(api).filter(({ field }) => field === 'not');
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (known.has(node)) continue;
    known.add(node);
    pending.push(...node.children.filter(({ kind }) => kind === 'Schema'));
  }
  return known;
}

/**
 * Whether each value that fits a schema is held by one of the keywords for which `limits` is true: in the schema or in its
 * `allOf`, in every member of its `oneOf` or `anyOf`, or in a schema that combines it.
 */
export function isLimited(api: OpenApi, schema: Node, limits: (schema: JsonObject) => boolean): boolean {
  if (limits(schema.value)) return true;
  if (combines(schema.value) && isLimitedWithin(api, schema, limits, new Set())) return true;
  for (let node = schema; node.parent?.kind === 'Schema' && combining.has(node.field); node = node.parent) {
    if (isLimitedWithin(api, node.parent, limits, new Set([node.value]))) return true;
  }
  return false;
}

/** @param seen schemas that are being judged, or must not count */
function isLimitedWithin(
  api: OpenApi,
  schema: At,
  limits: (schema: JsonObject) => boolean,
  seen: Set<unknown>,
): boolean {
  if (seen.has(schema.value)) return false;
  seen.add(schema.value);
  return partsOf(api, schema).some((part) => {
    if (limits(part.value)) return true;
    return ['oneOf', 'anyOf'].some((keyword) => {
      const members = itemsOf(part.value[keyword]).filter((member) => get(member, 'type') !== 'null');
      const at = part.at.child(keyword);
      const isMemberLimited = (value: unknown, i: number) =>
        isObject(value) && isLimitedWithin(api, { value, at: at.child(i) }, limits, seen);
      return members.length > 0 && members.every(isMemberLimited);
    });
  });
}

const combining: ReadonlySet<string> = new Set(['allOf', 'anyOf', 'oneOf']);

const combines = (schema: JsonObject): boolean =>
  schema['$ref'] !== undefined || [...combining].some((keyword) => schema[keyword] !== undefined);
