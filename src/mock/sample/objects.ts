import { get, isObject, type JsonObject, keysOf, stringsOf } from '../../languages/openapi/json.ts';
import { matches } from '../../languages/openapi/values/patterns.ts';
import type { SchemaAt } from '../../languages/openapi/values.ts';
import { type Facts, factsOf } from './facts.ts';
import { heightOf } from './heights.ts';
import { componentName, type Layer } from './layers.ts';
import { words } from './lexicon.ts';
import { inOrder } from './moments.ts';
import { none, notGiven, type Place, type Sampler } from './sampler.ts';
import { put } from './shown.ts';

/**
 * An object that fits the schemas: with what it must have, and what it may have as far as depth and size allow.
 * @param given what it is to keep; properties that it need not have are then added only when the server sets them
 */
export function sampleObject(sampler: Sampler, facts: Facts, place: Place, given: JsonObject | null): unknown {
  const object = new ObjectMaker(sampler, withDependents(sampler, facts, given), place, given);
  return object.make();
}

/** Adds what `dependentSchemas` ask for on account of properties that will be there. */
function withDependents(sampler: Sampler, facts: Facts, given: JsonObject | null): Facts {
  let current = facts;
  for (let round = 0; round < 5; round++) {
    const present = new Set([...keysOf(given), ...current.layers.flatMap(({ value }) => stringsOf(value['required']))]);
    const more = current.layers.flatMap(({ value, at }) =>
      keysOf(value['dependentSchemas'])
        .filter((name) => present.has(name))
        .map(
          (name): SchemaAt => ({
            value: get(value['dependentSchemas'], name),
            at: at.child('dependentSchemas').child(name),
          }),
        ),
    );
    if (more.length === 0) return current;
    const next = factsOf(sampler.sampling.api, [...current.layers, ...more]);
    if (next.layers.length === current.layers.length) return current;
    current = next;
  }
  return current;
}

/** No object gets more properties than this that its schemas don't name. */
const mostExtra = 200;

class ObjectMaker {
  readonly #sampler: Sampler;
  readonly #facts: Facts;
  readonly #place: Place;
  readonly #given: JsonObject | null;
  readonly #declared = new Set<string>();
  readonly #required = new Set<string>();
  /** Names that must not be there, as far as `not` says it plainly. */
  readonly #unwanted = new Set<string>();
  #least = 0;
  #most = Number.POSITIVE_INFINITY;

  constructor(sampler: Sampler, facts: Facts, place: Place, given: JsonObject | null) {
    this.#sampler = sampler;
    this.#facts = facts;
    this.#place = place;
    this.#given = given;
    for (const { value } of facts.layers) {
      for (const name of keysOf(value['properties'])) this.#declared.add(name);
      for (const name of stringsOf(value['required'])) this.#required.add(name);
      for (const name of unwantedBy(value['not'])) this.#unwanted.add(name);
      if (typeof value['minProperties'] === 'number') this.#least = Math.max(this.#least, value['minProperties']);
      if (typeof value['maxProperties'] === 'number') this.#most = Math.min(this.#most, value['maxProperties']);
    }
    this.#addDependents();
  }

  make(): unknown {
    const values = new Map<string, unknown>();
    const names = this.#ordered();
    for (const name of names) {
      const isRequired = this.#required.has(name);
      if (!isRequired && values.size + this.#missing(values) >= this.#most) continue;
      const value = this.#valueOf(name);
      if (value !== none) values.set(name, value);
      else if (isRequired && !this.#isSpared(name)) return none;
    }
    if (values.size < this.#least) this.#fill(values);
    else if (this.#isMap() && values.size === 0) this.#addEntries(values);
    for (const [name, value] of this.#discriminators(values)) values.set(name, value);
    const object: Record<string, unknown> = {};
    for (const [name, value] of values) put(object, name, value);
    return this.#given ? object : inOrder(object);
  }

  /** How many properties are still to come that must. */
  #missing(values: ReadonlyMap<string, unknown>): number {
    let count = 0;
    for (const name of this.#required) if (!values.has(name) && !this.#isSpared(name)) count++;
    return count;
  }

  /** The names of what the object gets, as the schemas list them. */
  #ordered(): string[] {
    const wanted = new Set<string>();
    for (const name of this.#declared) if (this.#isWanted(name)) wanted.add(name);
    for (const name of this.#required) if (!this.#isSpared(name) || this.#isGiven(name)) wanted.add(name);
    for (const name of keysOf(this.#given)) wanted.add(name);
    return [...wanted];
  }

  #isGiven(name: string): boolean {
    return this.#given !== null && Object.hasOwn(this.#given, name);
  }

  #isWanted(name: string): boolean {
    if (this.#isGiven(name)) return true;
    if (this.#isFlagged(name, this.#sampler.hidden)) return false;
    if (this.#required.has(name)) return true;
    if (this.#unwanted.has(name) || this.#place.lean) return false;
    const schemas = this.#schemasFor(name);
    if (!schemas || schemas.some((schema) => this.#sampler.isAround(schema, this.#inside(name)))) return false;
    if (!schemas.every(({ value }) => isObject(value) || value === true)) return false;
    if (this.#given && !this.#place.full) return this.#isFlagged(name, 'readOnly') || this.#hasDefault(schemas);
    if (this.#place.depth <= 1) return true;
    if (schemas.some((schema) => heightOf(this.#sampler.sampling.api, schema) > 2)) return false;
    if (this.#place.depth <= 2) return true;
    const { types, choices } = factsOf(this.#sampler.sampling.api, schemas);
    return types !== null && choices.length === 0 && !types.has('object') && !types.has('array');
  }

  #hasDefault(schemas: readonly SchemaAt[]): boolean {
    const { layers } = factsOf(this.#sampler.sampling.api, schemas);
    return layers.some(({ value }) => value['default'] !== undefined && value['default'] !== null);
  }

  /** Whether a property that must be there may be missing on account of the direction in which the object travels. */
  #isSpared(name: string): boolean {
    return this.#isFlagged(name, this.#sampler.hidden);
  }

  #isFlagged(name: string, flag: 'readOnly' | 'writeOnly'): boolean {
    if (!this.#declared.has(name)) return false;
    const schemas = this.#schemasFor(name);
    if (!schemas) return false;
    return factsOf(this.#sampler.sampling.api, schemas).layers.some(({ value }) => value[flag] === true);
  }

  #inside(name: string): Place {
    return this.#sampler.into(this.#place, this.#facts, name);
  }

  #valueOf(name: string): unknown {
    const schemas = this.#schemasFor(name);
    if (!schemas || !this.#isGoodName(name)) return none;
    const given = this.#isGiven(name) ? this.#given![name] : notGiven;
    const { lean, ...inside } = this.#inside(name);
    const leadsBack =
      this.#required.has(name) && schemas.some((schema) => this.#sampler.isAround(schema, this.#inside(name)));
    return this.#sampler.make(schemas, { ...inside, lean: lean || leadsBack }, given);
  }

  /** All that is asked of a property's value; undefined where it must not be there. */
  #schemasFor(name: string): SchemaAt[] | undefined {
    const schemas: SchemaAt[] = [];
    let isEvaluated = false;
    for (const { value, at } of this.#facts.layers) {
      const own = ownSchemas(value, at, name);
      schemas.push(...own);
      const rest = value['additionalProperties'];
      isEvaluated ||= own.length > 0 || rest !== undefined;
      if (own.length > 0) continue;
      if (rest === false) return undefined;
      if (isObject(rest)) schemas.push({ value: rest, at: at.child('additionalProperties') });
    }
    if (isEvaluated) return schemas;
    for (const { value, at } of this.#facts.layers) {
      const rest = value['unevaluatedProperties'];
      if (rest === false) return undefined;
      if (isObject(rest)) schemas.push({ value: rest, at: at.child('unevaluatedProperties') });
    }
    return schemas;
  }

  #isGoodName(name: string): boolean {
    return this.#namings().every((naming) => this.#sampler.fits(name, [naming]));
  }

  #namings(): SchemaAt[] {
    return this.#facts.layers.flatMap(({ value, at }) =>
      value['propertyNames'] === undefined ? [] : [{ value: value['propertyNames'], at: at.child('propertyNames') }],
    );
  }

  #addDependents(): void {
    for (let round = 0; round < 10; round++) {
      const before = this.#required.size;
      for (const { value } of this.#facts.layers) {
        for (const name of keysOf(value['dependentRequired'])) {
          // What will be there is asked for by being required; what may be there is asked about for that reason.
          if (!this.#required.has(name) && !this.#isGiven(name) && !(this.#declared.has(name) && this.#isWanted(name)))
            continue;
          for (const other of stringsOf(get(value['dependentRequired'], name))) this.#required.add(other);
        }
      }
      if (this.#required.size === before) return;
    }
  }

  /** Whether the schemas describe entries under any name rather than properties. */
  #isMap(): boolean {
    if (this.#declared.size > 0 || this.#place.lean || this.#given || this.#most < 1) return false;
    return this.#facts.layers.some(
      ({ value }) => isObject(value['additionalProperties']) || keysOf(value['patternProperties']).length > 0,
    );
  }

  #addEntries(values: Map<string, unknown>): void {
    const count = Math.min(this.#sampler.random.integer(1, 2), this.#most);
    for (let attempt = 0; attempt < 6 && values.size < count; attempt++) this.#addOne(values);
  }

  /** Adds properties until there are enough: optional ones, then any. */
  #fill(values: Map<string, unknown>): void {
    for (const name of this.#declared) {
      if (values.size >= this.#least) return;
      if (values.has(name) || this.#unwanted.has(name) || this.#isSpared(name)) continue;
      const value = this.#valueOf(name);
      if (value !== none) values.set(name, value);
    }
    const most = Math.min(this.#least, values.size + mostExtra);
    for (let attempt = 0; attempt < 2 * mostExtra && values.size < most; attempt++) this.#addOne(values);
  }

  #addOne(values: Map<string, unknown>): void {
    const name = this.#newName();
    if (name === undefined || values.has(name)) return;
    const value = this.#valueOf(name);
    if (value !== none) values.set(name, value);
  }

  /** A name that the schemas allow beside those they list. */
  #newName(): string | undefined {
    const { random } = this.#sampler;
    const namings = this.#namings();
    const patterns = this.#facts.layers.flatMap(({ value, at }) =>
      keysOf(value['patternProperties']).map((pattern): SchemaAt => ({ value: { type: 'string', pattern }, at })),
    );
    const asked = patterns.length > 0 ? [...namings, patterns[random.integer(0, patterns.length - 1)]!] : namings;
    if (asked.length === 0)
      return random.chance(0.7) ? random.pick(words) : `${random.pick(words)}_${random.integer(2, 99)}`;
    const place: Place = { called: [], depth: this.#place.depth + 1, around: null, lean: true };
    const name = this.#sampler.make([{ value: { type: 'string' }, at: asked[0]!.at }, ...asked], place, notGiven);
    return typeof name === 'string' ? name : undefined;
  }

  /** The property that names the schema of an object, where schemas inherit from one with a `discriminator`. */
  #discriminators(values: ReadonlyMap<string, unknown>): readonly (readonly [string, unknown])[] {
    return this.#facts.layers.flatMap(({ value }) => {
      const discriminator = value['discriminator'];
      const property = typeof discriminator === 'string' ? discriminator : get(discriminator, 'propertyName');
      if (typeof property !== 'string' || typeof values.get(property) !== 'string' || this.#isGiven(property))
        return [];
      if (value['oneOf'] !== undefined || value['anyOf'] !== undefined) return [];
      const schemas = this.#schemasFor(property) ?? [];
      const names = namesOf(this.#facts.layers, get(discriminator, 'mapping'));
      const name = names.find((each) => this.#sampler.fits(each, schemas));
      return name === undefined || factsOf(this.#sampler.sampling.api, schemas).listed?.length === 1
        ? []
        : [[property, name] as const];
    });
  }
}

/** The names of the schemas that an object is an instance of, the most special first, as its discriminator spells them. */
function namesOf(layers: readonly Layer[], mapping: unknown): string[] {
  const components = layers.map(({ at }) => componentName(at)).filter((name) => name !== undefined);
  const last = components.slice(-1);
  return [...components.slice(0, 1), ...last].flatMap((component) => {
    const mapped = Object.entries(isObject(mapping) ? mapping : {}).filter(
      ([, target]) => typeof target === 'string' && (target === component || target.endsWith(`/${component}`)),
    );
    return mapped.length > 0 ? mapped.map(([name]) => name) : [component];
  });
}

function ownSchemas(value: JsonObject, at: SchemaAt['at'], name: string): SchemaAt[] {
  const found: SchemaAt[] = [];
  const properties = value['properties'];
  if (isObject(properties) && Object.hasOwn(properties, name)) {
    found.push({ value: properties[name], at: at.child('properties').child(name) });
  }
  for (const pattern of keysOf(value['patternProperties'])) {
    if (matches(pattern, name) !== true) continue;
    found.push({ value: get(value['patternProperties'], pattern), at: at.child('patternProperties').child(pattern) });
  }
  return found;
}

/** The names that `not: { required: [name] }` and the like exclude. */
function unwantedBy(not: unknown): string[] {
  const required = stringsOf(get(not, 'required'));
  if (required.length === 1) return required;
  const alternatives = get(not, 'anyOf');
  return Array.isArray(alternatives) ? alternatives.flatMap(unwantedBy) : [];
}
