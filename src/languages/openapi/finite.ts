import { asString, get, isObject, itemsOf, stringsOf } from './json.ts';
import type { OpenApi } from './openapi.ts';
import { type Node, propertiesOf, schemas, typesOf } from './select.ts';

/** A schema that only endless values would satisfy, and the names of the schemas on the way back to it, its own first. */
export interface Endless {
  readonly schema: Node;
  readonly names: readonly string[];
}

/** One of these must be satisfied for the schema to be. `deeper`: by a part of the value rather than by the value itself. */
interface Need {
  readonly any: readonly Node[];
  readonly deeper: boolean;
}

/**
 * The schemas that no finite value satisfies, one for each circle. Works out which schemas have a finite value as a least
 * fixpoint, in linear time; of the rest, those matter that lead back to themselves through a property or an item.
 * A circle of `allOf` and `$ref` alone asks twice for the same value, not for an endless one.
 */
export function endlessSchemas(api: OpenApi): Endless[] {
  const rest = new Map<Node, readonly Need[]>();
  for (const schema of schemas(api)) {
    const needs = needsOf(api, schema);
    if (needs.length > 0) rest.set(schema, needs);
  }
  removeFinite(rest);
  removeCircular(rest);
  const told = new Set<Node>();
  const found: Endless[] = [];
  for (const start of rest.keys()) {
    if (told.has(start)) continue;
    const circle = circleFrom(start, rest, told);
    if (circle) found.push(circle);
  }
  return found;
}

/** Leaves only schemas whose needs are never met. Schemas that need nothing are not among them to begin with. */
function removeFinite(rest: Map<Node, readonly Need[]>): void {
  const open = new Map<Node, number>();
  const waiting = new Map<Node, { schema: Node; need: Need }[]>();
  const met = new Set<Need>();
  const ready: Node[] = [];
  for (const [schema, needs] of rest) {
    const unmet = needs.filter(({ any }) => any.every((node) => rest.has(node)));
    open.set(schema, unmet.length);
    if (unmet.length === 0) ready.push(schema);
    for (const need of unmet) {
      for (const node of need.any) {
        const others = waiting.get(node);
        if (others) others.push({ schema, need });
        else waiting.set(node, [{ schema, need }]);
      }
    }
  }
  for (let schema = ready.pop(); schema; schema = ready.pop()) {
    rest.delete(schema);
    for (const { schema: other, need } of waiting.get(schema) ?? []) {
      if (met.has(need)) continue;
      met.add(need);
      const left = open.get(other)! - 1;
      open.set(other, left);
      if (left === 0) ready.push(other);
    }
  }
}

/** As many levels of required properties are looked through; what lies deeper is not told of. */
const MAX_ROUNDS = 100;

/**
 * Takes away schemas that only ask for themselves or each other for the same value, as a base that lists its variants and
 * variants that include the base: a value may fit them all. In each round, everything is supposed to be satisfied until
 * a need speaks against it; what then remains may stand in parts of values in the next round.
 */
function removeCircular(rest: Map<Node, readonly Need[]>): void {
  const dependents = new Map<Node, Node[]>();
  for (const [schema, needs] of rest) {
    for (const { any, deeper } of needs) {
      if (deeper) continue;
      for (const node of any) {
        const others = dependents.get(node);
        if (others) others.push(schema);
        else dependents.set(node, [schema]);
      }
    }
  }
  for (let round = 0; rest.size > 0; round++) {
    const supposed = new Set(rest.keys());
    const isMet = ({ any, deeper }: Need) => any.some((node) => !rest.has(node) || (!deeper && supposed.has(node)));
    const pending = [...supposed];
    for (let schema = pending.pop(); schema; schema = pending.pop()) {
      if (!supposed.has(schema) || rest.get(schema)!.every(isMet)) continue;
      supposed.delete(schema);
      for (const dependent of dependents.get(schema) ?? []) pending.push(dependent);
    }
    if (supposed.size === 0) return;
    if (round === MAX_ROUNDS) rest.clear();
    for (const schema of supposed) rest.delete(schema);
  }
}

/** Follows unmet needs until they come back; all that is passed is told of at most once. */
function circleFrom(start: Node, rest: ReadonlyMap<Node, readonly Need[]>, told: Set<Node>): Endless | undefined {
  const way: Node[] = [];
  const index = new Map<Node, number>();
  let node: Node | undefined = start;
  while (node && !index.has(node) && !told.has(node)) {
    index.set(node, way.length);
    way.push(node);
    const unmet: readonly Need[] = (rest.get(node) ?? []).filter(({ any }) => any.every((one) => rest.has(one)));
    node = (unmet.find(({ deeper }) => deeper) ?? unmet[0])?.any[0];
  }
  for (const step of way) told.add(step);
  const first = node && index.get(node);
  if (first === undefined) return undefined;
  const circle = way.slice(first);
  const namesOf = circle.map((step) => ({ node: step, name: componentName(step) }));
  const named = namesOf.filter(({ name }) => name !== undefined);
  const [head] = named.length ? named : namesOf;
  const names = named.length ? [...new Set(named.map(({ name }) => name!))] : [String(circle[0]!.at.key)];
  return { schema: head!.node, names };
}

function componentName({ at }: Node): string | undefined {
  const holder = at.parent;
  const isNamed = holder?.key === 'definitions' || (holder?.key === 'schemas' && holder.parent?.key === 'components');
  return isNamed ? String(at.key) : undefined;
}

const nothing: readonly Need[] = [];

/** Whether a schema has a keyword with which it may need another. One by one, since most schemas have none of them. */
function mayNeed(value: Node['value']): boolean {
  if (value['$ref'] !== undefined || value['required'] !== undefined || value['minItems'] !== undefined) return true;
  return value['allOf'] !== undefined || value['oneOf'] !== undefined || value['anyOf'] !== undefined;
}

/** What must be satisfied for a value of the schema to exist. Whatever is not understood asks for nothing. */
function needsOf(api: OpenApi, schema: Node): readonly Need[] {
  const { value, at } = schema;
  if (!mayNeed(value)) return nothing;
  const isPlain = api.version === '2.0' || api.version === '3.0';
  /** The schema that stands here, or that a reference leads to. References are resolved from the schema that holds them. */
  const nodeOf = (part: unknown): Node | undefined => {
    const ref = asString(get(part, '$ref'));
    const own = ref !== undefined && isPlain ? undefined : api.index.nodeOf('Schema', part);
    if (ref === undefined || own) return own;
    const target = api.resolve({ value: part, at });
    return target && api.index.nodeOf('Schema', target.value);
  };
  const needs: Need[] = [];
  const need = (all: readonly (Node | undefined)[], deeper: boolean): void => {
    const any = all.filter((node) => node !== undefined);
    if (any.length > 0 && any.length === all.length) needs.push({ any, deeper });
  };
  const branches = (key: string) => itemsOf(value[key]).map(nodeOf);
  const ref = asString(value['$ref']);
  if (ref !== undefined) {
    const resolution = api.references.resolve(ref, at);
    if ('target' in resolution) need([nodeOf(resolution.target.value)], false);
  }
  for (const part of branches('allOf')) need([part], false);
  for (const key of ['oneOf', 'anyOf']) if (itemsOf(value[key]).length > 0) need(branches(key), false);
  if (value['nullable'] === true || value['enum'] !== undefined || value['const'] !== undefined) return needs;
  if (isOnly(value, 'object', 'properties')) {
    for (const name of stringsOf(value['required'])) need([nodeOf(propertyOf(api, schema, name))], true);
  }
  const { items, minItems } = value;
  if (isObject(items) && typeof minItems === 'number' && minItems > 0 && isOnly(value, 'array', 'items')) {
    if (!Array.isArray(value['prefixItems'])) need([nodeOf(items)], true);
  }
  return needs;
}

/** A property of the schema itself or, where it says none of that name, of what it is composed of. */
function propertyOf(api: OpenApi, schema: Node, name: string): unknown {
  const own = get(schema.value['properties'], name);
  if (own !== undefined || (schema.value['allOf'] === undefined && schema.value['$ref'] === undefined)) return own;
  return propertiesOf(api, schema).get(name)?.value;
}

/** Whether values can be of one type alone: by name or, where no type is named, by what describes it. */
function isOnly(schema: Node['value'], type: string, keyword: string): boolean {
  const types = schema['type'];
  if (types === undefined)
    return schema[keyword] !== undefined || (type === 'object' && schema['required'] !== undefined);
  const nullable = Array.isArray(types) && types.includes('null');
  const names = typesOf(schema);
  return !nullable && names.length === 1 && names[0] === type;
}
