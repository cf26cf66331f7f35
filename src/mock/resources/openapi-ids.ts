/** Which property of a record the last parameter of its path speaks of. */
import { get } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { effectiveTypes, keyword, type Parameter, type Property } from '../../languages/openapi/select.ts';
import { split } from '../../words/split.ts';
import type { RecordSchema } from './openapi-bodies.ts';
import type { Home } from './resource.ts';

/** The property that tells records apart, and what ids look like. */
export interface Identity {
  readonly field: string | null;
  readonly kind: Home['idKind'];
}

/**
 * @param nouns what the resource is called: `order`, `shop order`
 * @param parameter the last parameter of the item's path; undefined where there is none
 */
export function identityOf(
  api: OpenApi,
  { properties }: RecordSchema,
  nouns: readonly string[],
  parameter: Parameter | undefined,
): Identity {
  const scalars = [...properties.values()].filter((property) => isScalar(api, property));
  const asked = parameter ? kindOf(api, parameter.schema) : null;
  const found = parameter ? byParameter(api, scalars, nouns, parameter) : pick(scalars, idNames(nouns));
  const own = found ? kindOf(api, found) : null;
  return {
    field: found?.name ?? null,
    kind: own === 'string' && asked === 'uuid' ? 'uuid' : (own ?? asked ?? 'string'),
  };
}

function byParameter(
  api: OpenApi,
  scalars: readonly Property[],
  nouns: readonly string[],
  parameter: Parameter,
): Property | undefined {
  const asked = kindOf(api, parameter.schema);
  const fitting = scalars.filter((property) => {
    const kind = kindOf(api, property);
    return kind === asked || kind === null || asked === null || (kind !== 'integer' && asked !== 'integer');
  });
  const words = split(parameter.name);
  const last = words.at(-1) ?? '';
  const own = [words.join(' ')];
  const ids = idNames(nouns);
  if (ids.includes(own[0]!) || /^(?:id|uuid|guid|gid|sid|uid)$/.test(last)) {
    const names = [...own, ...(last === 'id' ? [] : [last]), ...ids];
    return pick(fitting, names) ?? pick(scalars, names) ?? pick(fitting, ['key', 'slug']);
  }
  const tail = [...own, ...(words.length > 1 ? [last] : []), ...(synonyms.get(last) ?? [])];
  if (isPlainName(own[0]!, nouns)) {
    return pick(fitting, [...ids, ...own, ...natural]) ?? pick(scalars, ids);
  }
  return pick(fitting, [...tail, ...ids]) ?? pick(scalars, [...tail, ...ids]) ?? pick(fitting, natural);
}

/** Whether a parameter is called as the thing itself: `{repo}`, `{customer}`. */
function isPlainName(name: string, nouns: readonly string[]): boolean {
  return nouns.some((noun) => noun === name || noun.endsWith(` ${name}`) || noun.startsWith(name));
}

/** Names of ids, the likeliest first. */
function idNames(nouns: readonly string[]): string[] {
  const own = nouns.flatMap((noun) => [`${noun} id`, `${noun} uuid`, `${noun} key`, `id ${noun}`]);
  return ['id', ...own, 'uuid', 'guid', 'gid', 'sid', 'uid'];
}

/** What people name records by where there is no id, or where the id is not what paths hold. */
const natural = ['slug', 'key', 'code', 'login', 'handle', 'username', 'name', 'identifier', 'number', 'symbol'];

const synonyms: ReadonlyMap<string, readonly string[]> = new Map([
  ['username', ['user name', 'login', 'handle', 'name']],
  ['login', ['username', 'name']],
  ['org', ['login']],
  ['number', ['no']],
  ['ref', ['sha', 'name']],
  ['sha', ['hash']],
  ['branch', ['name']],
  ['tag', ['name', 'tag name']],
  ['path', ['name']],
]);

function pick(properties: readonly Property[], names: readonly string[]): Property | undefined {
  for (const name of names) {
    const found = properties.find((property) => split(property.name).join(' ') === name);
    if (found) return found;
  }
  return undefined;
}

function isScalar(api: OpenApi, property: Property): boolean {
  const types = effectiveTypes(api, property);
  if (types.length === 0)
    return get(property.value, 'properties') === undefined && get(property.value, 'oneOf') === undefined;
  return types.every((type) => type === 'string' || type === 'integer' || type === 'number');
}

function kindOf(api: OpenApi, schema: Parameter['schema']): Home['idKind'] | null {
  const [type, second] = effectiveTypes(api, schema);
  if (type === undefined || second !== undefined) return null;
  if (type === 'integer' || type === 'number') return 'integer';
  if (type !== 'string') return null;
  return keyword(api, schema, 'format') === 'uuid' ? 'uuid' : 'string';
}
