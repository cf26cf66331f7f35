import { asString, get, isObject, itemsOf, type JsonObject } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { fingerprint } from '../../languages/openapi/values/equality.ts';
import type { SchemaAt } from '../../languages/openapi/values.ts';
import { type Layer, layersOf, remembered } from './layers.ts';

export type TypeName = 'null' | 'boolean' | 'object' | 'array' | 'number' | 'integer' | 'string';

/** Alternatives of which a value has to fit one. */
export interface Choice {
  readonly keyword: 'oneOf' | 'anyOf' | 'if';
  /** What tells the choice from others: the list or the condition as the document has it. */
  readonly key: unknown;
  /** What each alternative adds. */
  readonly branches: readonly (readonly SchemaAt[])[];
}

/** What is known of a value that has to fit several schemas at once, before anything is chosen. */
export interface Facts {
  readonly layers: readonly Layer[];
  /** Whether nothing can fit, as far as types and listed values tell. */
  readonly never: boolean;
  /** What types are left; null: all. */
  readonly types: ReadonlySet<TypeName> | null;
  /** What `enum` and `const` leave; null: anything. */
  readonly listed: readonly unknown[] | null;
  readonly choices: readonly Choice[];
  /** Whether keywords are there that a value made by all others may still not fit. */
  readonly hard: boolean;
}

/** Takes together what several schemas say of one value. */
export function factsOf(api: OpenApi, schemas: readonly SchemaAt[]): Facts {
  const [only] = schemas;
  if (schemas.length !== 1 || !only || !isObject(only.value)) return summarise(api, schemas);
  const known = remembered<Facts>(api, factsOf);
  let facts = known.get(only.value);
  if (!facts) {
    facts = summarise(api, schemas);
    known.set(only.value, facts);
  }
  return facts;
}

function summarise(api: OpenApi, schemas: readonly SchemaAt[]): Facts {
  const layers: Layer[] = [];
  const seen = new Set<unknown>();
  let never = false;
  for (const schema of schemas) {
    const flat = layersOf(api, schema);
    never ||= flat.never;
    for (const layer of flat.layers) {
      if (seen.has(layer.value)) continue;
      seen.add(layer.value);
      layers.push(layer);
    }
  }
  const isModern = api.version === '3.1' || api.version === '3.2';
  let types: ReadonlySet<TypeName> | null = null;
  let listed: readonly unknown[] | null = null;
  const choices: Choice[] = [];
  let hard = schemas.length > 1;
  for (const layer of layers) {
    types = intersect(types, typesOf(layer.value));
    listed = common(listed, listedIn(layer.value, isModern));
    if (api.version !== '2.0') choices.push(...choicesAt(api, layer, isModern));
    hard ||= isHard(layer.value);
  }
  const allowed = listed && types ? listed.filter((value) => isOfType(value, types)) : listed;
  never ||= types?.size === 0 || allowed?.length === 0;
  return { layers, never, types, listed: allowed, choices, hard: hard || choices.length > 0 };
}

const typeNames: ReadonlySet<string> = new Set(['null', 'boolean', 'object', 'array', 'number', 'integer', 'string']);

/** The types that a schema allows; null where it says nothing. Swagger's `file` is text. */
function typesOf(schema: JsonObject): ReadonlySet<TypeName> | null {
  const type = schema['type'];
  if (type === undefined) return null;
  const names = (Array.isArray(type) ? type : [type]).map((name) => (name === 'file' ? 'string' : name));
  if (names.length === 0 || !names.every((name) => typeof name === 'string' && typeNames.has(name))) return null;
  if (schema['nullable'] === true || schema['x-nullable'] === true) names.push('null');
  return new Set(names as TypeName[]);
}

function intersect(a: ReadonlySet<TypeName> | null, b: ReadonlySet<TypeName> | null): ReadonlySet<TypeName> | null {
  if (!a || !b) return a ?? b;
  const both = new Set<TypeName>();
  for (const type of a) {
    if (b.has(type) || (type === 'integer' && b.has('number'))) both.add(type);
    else if (type === 'number' && b.has('integer')) both.add('integer');
  }
  return both;
}

/** Whether a value is of one of some types. */
export function isOfType(value: unknown, types: ReadonlySet<TypeName>): boolean {
  const type = typeOf(value);
  return types.has(type) || (type === 'integer' && types.has('number'));
}

/** The JSON Schema type of a value; whole numbers are integers. */
export function typeOf(value: unknown): TypeName {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value as TypeName;
}

function listedIn(schema: JsonObject, isModern: boolean): readonly unknown[] | null {
  if (isModern && Object.hasOwn(schema, 'const')) return [schema['const']];
  const list = schema['enum'];
  return Array.isArray(list) && list.length > 0 ? list : null;
}

function common(a: readonly unknown[] | null, b: readonly unknown[] | null): readonly unknown[] | null {
  if (!a || !b) return a ?? b;
  const prints = new Set(b.map(printOf));
  return a.filter((value) => prints.has(printOf(value)));
}

/** A text that is the same for equal values. */
export function printOf(value: unknown): string | undefined {
  return fingerprint(value, { left: 20_000 });
}

function choicesAt(api: OpenApi, layer: Layer, isModern: boolean): readonly Choice[] {
  const known = remembered<readonly Choice[]>(api, choicesAt);
  let choices = known.get(layer.value);
  if (!choices) {
    choices = choicesOf(layer, isModern);
    known.set(layer.value, choices);
  }
  return choices;
}

function choicesOf({ value, at }: Layer, isModern: boolean): Choice[] {
  const found: Choice[] = [];
  for (const keyword of ['oneOf', 'anyOf'] as const) {
    const list = itemsOf(value[keyword]);
    if (list.length === 0) continue;
    const below = at.child(keyword);
    const branches = list.map((part, i) => {
      const branch = { value: part, at: below.child(i) };
      const named = discriminated(value, branch, isModern);
      return named ? [branch, named] : [branch];
    });
    found.push({ keyword, key: list, branches });
  }
  if (isModern && value['if'] !== undefined) found.push(conditionOf({ value, at }));
  return found;
}

function conditionOf({ value, at }: SchemaAt & { readonly value: JsonObject }): Choice {
  const part = (key: string): SchemaAt[] =>
    Object.hasOwn(value, key) ? [{ value: value[key], at: at.child(key) }] : [];
  return { keyword: 'if', key: value['if'], branches: [part('else'), [...part('if'), ...part('then')]] };
}

/** What the discriminator asks of a value that is meant for a branch: the property, with one of the branch's names. */
function discriminated(schema: JsonObject, branch: SchemaAt, isModern: boolean): SchemaAt | undefined {
  const property = asString(get(schema['discriminator'], 'propertyName'));
  const ref = asString(get(branch.value, '$ref'));
  if (property === undefined || ref === undefined) return undefined;
  const mapping = get(schema['discriminator'], 'mapping');
  const last = lastName(ref);
  const mapped = Object.entries(isObject(mapping) ? mapping : {})
    .filter(([, target]) => target === ref || target === last)
    .map(([name]) => name);
  const names = mapped.length ? mapped : [last];
  const value = { properties: { [property]: { enum: names } }, required: [property] };
  return { value: isModern ? value : { ...value, type: 'object' }, at: branch.at };
}

/** The name that a reference ends with: `Cat` of `#/components/schemas/Cat` and of `schemas/Cat.yaml`. */
function lastName(ref: string): string {
  return ref.slice(ref.lastIndexOf('/') + 1).replace(/\.(?:ya?ml|json)$/, '');
}

const hardKeywords = [
  'not',
  'contains',
  'propertyNames',
  'dependentSchemas',
  'unevaluatedProperties',
  'unevaluatedItems',
  'patternProperties',
  'uniqueItems',
  'multipleOf',
  'pattern',
];

function isHard(schema: JsonObject): boolean {
  return hardKeywords.some((keyword) => schema[keyword] !== undefined);
}
