import { judging } from '../../languages/openapi/examples.ts';
import { isObject } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { type Judging, mismatches, type SchemaAt } from '../../languages/openapi/values.ts';
import { Random } from '../random.ts';
import { sampleArray } from './arrays.ts';
import { isExact } from './exact.ts';
import { type Choice, type Facts, factsOf, isOfType, type TypeName } from './facts.ts';
import { fakerValue } from './faker-hints.ts';
import { heightOf } from './heights.ts';
import { componentName, remembered } from './layers.ts';
import { sampleNumber } from './numbers.ts';
import { sampleObject } from './objects.ts';
import { usuallyTrue } from './plausible.ts';
import { copyOf, shownIn } from './shown.ts';
import { sampleString } from './strings.ts';

/** What is wanted of made-up values. */
export interface Sampling {
  readonly api: OpenApi;
  /** Values of requests have no `readOnly` properties, values of responses no `writeOnly` ones. */
  readonly direction: 'request' | 'response';
  readonly random: Random;
  /** Whether the document's examples and defaults go before made-up values. */
  readonly examples: boolean;
  /** What the value is called, for plausible content: the resource, then the names of properties on the way. */
  readonly called: readonly string[];
}

/** Where in a value something is made. */
export interface Place {
  readonly called: readonly string[];
  /** How many objects are around it. */
  readonly depth: number;
  /** The schemas of the values around it, innermost first. */
  readonly around: Around | null;
  /** Whether only what must be there is made. */
  readonly lean: boolean;
  /** Whether what completes a given value has optional properties like any other. */
  readonly full?: boolean;
}

interface Around {
  readonly schema: unknown;
  readonly outer: Around | null;
}

/** What stands for a value that could not be made. */
export const none: unique symbol = Symbol('none');

/** Nothing given: the value is made from nothing. */
export const notGiven: unique symbol = Symbol('not given');

/** Objects nested deeper than this hold only what they must. */
const leanDepth = 4;
/** Nothing is nested deeper than this. */
const deepest = 40;
/** How many values one sample has at most before it gets lean, and before it ends. */
const richValues = 1_500;
const mostValues = 20_000;
/** How often a place with alternatives is tried. */
const mostTries = 24;
const mostRounds = 4;

/** Makes one value. */
export class Sampler {
  readonly sampling: Sampling;
  readonly #judging: Judging;
  /** Whether keys of a request or response are left out; see `Sampling.direction`. */
  readonly hidden: 'readOnly' | 'writeOnly';
  readonly forgiving: boolean;
  #made = 0;

  /** @param forgiving whether parts that do not fit are better than none */
  constructor(sampling: Sampling, forgiving: boolean) {
    this.sampling = sampling;
    this.forgiving = forgiving;
    this.#judging = judging(sampling.api, sampling.direction);
    this.hidden = sampling.direction === 'request' ? 'readOnly' : 'writeOnly';
  }

  get random(): Random {
    return this.sampling.random;
  }

  /** Whether a value fits all of some schemas. */
  fits(value: unknown, schemas: readonly SchemaAt[]): boolean {
    return schemas.every((schema) => mismatches(value, schema, this.#judging).length === 0);
  }

  /**
   * A value that fits all of some schemas, as far as one is found; `none` where nothing can.
   * @param given what the value is to keep where it fits; `notGiven` for nothing
   */
  make(schemas: readonly SchemaAt[], place: Place, given: unknown): unknown {
    if (++this.#made > mostValues || place.depth > deepest) return none;
    const facts = factsOf(this.sampling.api, schemas);
    if (facts.never) return none;
    const isScalar = given !== notGiven && !isContainer(given);
    if (isScalar && this.fits(given, schemas)) return given;
    // Of a scalar that does not fit, nothing can be kept.
    if (isScalar) return this.make(schemas, place, notGiven);
    if (given === notGiven) {
      const shown = this.#shown(facts, schemas, place);
      if (shown !== none) return shown;
    }
    const tight = this.#made > richValues && !place.lean ? { ...place, lean: true } : place;
    if (facts.choices.length > 0) return this.#choose(schemas, facts, tight, given);
    return this.#checked(facts, schemas, tight, given);
  }

  /** Whether a schema leads back to one that is being filled. */
  isAround(schema: SchemaAt, place: Place): boolean {
    const { layers } = factsOf(this.sampling.api, [schema]);
    for (let around = place.around; around; around = around.outer) {
      if (layers.some(({ value }) => value === around.schema)) return true;
    }
    return false;
  }

  /** The place of a part of an object. */
  into(place: Place, facts: Facts, name: string | null): Place {
    let around = place.around;
    for (const { value } of facts.layers) around = { schema: value, outer: around };
    const depth = place.depth + (name === null ? 0 : 1);
    const called = name === null ? place.called : [...ownerOf(place, facts), name];
    return { called, depth, around, lean: place.lean || depth > leanDepth };
  }

  /** What the documents show for a value, where that is wanted or plain. */
  #shown(facts: Facts, schemas: readonly SchemaAt[], place: Place): unknown {
    const faked = fakerValue(facts, this.random);
    if (faked !== undefined && this.fits(faked, schemas)) return faked;
    if (!this.sampling.examples || place.lean) return none;
    const fitting = shownIn(facts).filter(
      (value) =>
        this.fits(value, schemas) &&
        isExact(this.sampling.api, value, schemas) &&
        facts.choices.every((choice) => this.#isSingle(choice, value)),
    );
    return fitting.length > 0 ? copyOf(this.random.pick(fitting)) : none;
  }

  /** Makes a value of facts without alternatives, more than once where it may not fit. */
  #checked(facts: Facts, schemas: readonly SchemaAt[], place: Place, given: unknown): unknown {
    if (!facts.hard) return this.#plain(facts, place, given);
    let first: unknown = none;
    for (let attempt = 0; attempt < 6; attempt++) {
      const lean = place.lean || (given === notGiven && attempt >= 3);
      const value = this.#plain(facts, { ...place, lean, full: attempt % 2 === 1 }, attempt < 5 ? given : notGiven);
      if (value === none) continue;
      if (this.fits(value, schemas)) return value;
      if (first === none) first = value;
    }
    return this.forgiving ? first : none;
  }

  #choose(schemas: readonly SchemaAt[], facts: Facts, place: Place, given: unknown): unknown {
    let tries = 0;
    let round = 0;
    let second: unknown = none;
    let third: unknown = none;
    const decided: Choice[] = [];
    const visit = (picked: readonly SchemaAt[], all: Facts): unknown => {
      if (all.never) return none;
      const choice = all.choices.find(({ key }) => decided.every((earlier) => earlier.key !== key));
      if (!choice) {
        tries++;
        const lean = place.lean || (given === notGiven && round === 2);
        const value = this.#plain(all, { ...place, lean, full: round > 0 }, given);
        if (value === none) return none;
        if (!this.fits(value, schemas)) {
          if (third === none) third = value;
          return none;
        }
        if (decided.every((each) => this.#isSingle(each, value))) return value;
        if (second === none) second = value;
        return none;
      }
      decided.push(choice);
      for (const branch of this.#ordered(choice, place, given)) {
        // Names that a discriminator implies may not be those that the branch itself lists.
        for (const added of branch.length > 1 && choice.keyword !== 'if' ? [branch, branch.slice(0, 1)] : [branch]) {
          const more = [...picked, ...added];
          const value = visit(more, factsOf(this.sampling.api, [...schemas, ...more]));
          if (value !== none) return value;
        }
        if (tries >= mostTries) break;
      }
      decided.pop();
      return none;
    };
    for (round = 0; round < mostRounds && tries < mostTries; round++) {
      const value = visit([], facts);
      if (value !== none) return value;
      if (tries === 0) break;
    }
    return second === none && this.forgiving ? third : second;
  }

  /** Whether a value fits no more than one alternative of a `oneOf`, as strict validators ask whatever the discriminator says. */
  #isSingle({ keyword, branches }: Choice, value: unknown): boolean {
    if (keyword !== 'oneOf') return true;
    let fitting = 0;
    for (const [branch] of branches) if (branch && this.fits(value, [branch]) && ++fitting > 1) return false;
    return true;
  }

  /** The alternatives in the order in which they are tried. */
  #ordered({ branches, keyword }: Choice, place: Place, given: unknown): readonly (readonly SchemaAt[])[] {
    const { api } = this.sampling;
    const start = keyword === 'if' || branches.length < 2 ? 0 : this.random.integer(0, branches.length - 1);
    const turned = [...branches.slice(start), ...branches.slice(0, start)];
    const rank = new Map<readonly SchemaAt[], number>();
    for (const branch of turned) {
      const [schema] = branch;
      let penalty = 0;
      if (given !== notGiven && schema) penalty += 1_000 * mismatches(given, schema, this.#judging).length;
      if (schema && isNullOnly(factsOf(api, [schema]))) penalty += place.lean || place.depth > 2 ? -1 : 500;
      if (schema && place.around && this.isAround(schema, place)) penalty += 100;
      if (schema && (place.lean || place.depth >= 2)) penalty += Math.min(heightOf(api, schema), 90);
      rank.set(branch, penalty);
    }
    return turned.sort((a, b) => rank.get(a)! - rank.get(b)!);
  }

  #plain(facts: Facts, place: Place, given: unknown): unknown {
    if (facts.listed) return copyOf(this.random.pick(worthwhile(facts.listed)));
    const type = this.#type(facts, place, given);
    switch (type) {
      case 'null':
        return null;
      case 'boolean':
        return this.random.chance(likelihoodOf(place.called.at(-1) ?? ''));
      case 'integer':
      case 'number':
        return sampleNumber(facts.layers, type, place.called, this.random) ?? none;
      case 'string':
        return this.#string(facts, place);
      case 'array':
        return sampleArray(this, facts, place, Array.isArray(given) ? given : null);
      case 'object':
        return sampleObject(this, facts, place, isObject(given) ? given : null);
    }
  }

  #string(facts: Facts, place: Place): unknown {
    if (!this.forgiving && this.#isHopeless(facts)) return none;
    const found = sampleString(facts.layers, place.called, shownIn(facts), this.random);
    return found && (found.fits || this.forgiving) ? found.text : none;
  }

  /** Whether no text is found for a pattern. Tried once and with the same chance always: what came before must not matter. */
  #isHopeless({ layers }: Facts): boolean {
    const [only] = layers;
    if (layers.length !== 1 || !only || only.value['pattern'] === undefined) return false;
    const known = remembered<boolean>(this.sampling.api, Sampler);
    let hopeless = known.get(only.value);
    if (hopeless === undefined) {
      hopeless = sampleString(layers, [], [], new Random('hopeless'))?.fits !== true;
      known.set(only.value, hopeless);
    }
    return hopeless;
  }

  #type(facts: Facts, place: Place, given: unknown): TypeName {
    if (given !== notGiven && isContainer(given) && (!facts.types || isOfType(given, facts.types))) {
      return Array.isArray(given) ? 'array' : 'object';
    }
    if (!facts.types) return impliedType(facts);
    const types: readonly TypeName[] = [...facts.types].filter((each) => each !== 'null');
    if (types.length === 0) return 'null';
    if (facts.types.has('null')) {
      const isDeep = types.every((each) => each === 'object' || each === 'array') && place.lean;
      if (isDeep || this.random.chance(0.06)) return 'null';
    }
    const implied = impliedType(facts);
    if (types.length > 2 && types.includes(implied)) return implied;
    return this.random.pick(types)!;
  }
}

function isContainer(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

/** Of listed values, null and the empty text come last. */
function worthwhile(listed: readonly unknown[]): readonly unknown[] {
  const telling = listed.filter((value) => value !== null && value !== '');
  return telling.length > 0 ? telling : listed;
}

function isNullOnly({ types, listed }: Facts): boolean {
  return (types?.size === 1 && types.has('null')) || (listed?.length === 1 && listed[0] === null);
}

function likelihoodOf(name: string): number {
  const usual = usuallyTrue(name);
  return usual === null ? 0.5 : usual ? 0.85 : 0.1;
}

/** Keywords by the type that they are about. */
const about: readonly (readonly [TypeName, readonly string[]])[] = [
  [
    'object',
    [
      'properties',
      'required',
      'additionalProperties',
      'patternProperties',
      'minProperties',
      'propertyNames',
      'dependentRequired',
      'dependentSchemas',
    ],
  ],
  ['array', ['items', 'prefixItems', 'minItems', 'maxItems', 'contains', 'uniqueItems']],
  ['string', ['pattern', 'minLength', 'maxLength']],
  ['number', ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']],
];

/** The type that is meant where none is named. */
function impliedType({ layers }: Facts): TypeName {
  for (const [type, keywords] of about) {
    if (layers.some(({ value }) => keywords.some((keyword) => value[keyword] !== undefined))) return type;
  }
  const format = layers.find(({ value }) => typeof value['format'] === 'string')?.value['format'];
  if (format === 'int32' || format === 'int64') return 'integer';
  return format === 'float' || format === 'double' ? 'number' : 'string';
}

/** What the properties of an object belong to: what it is called, and the name of its schema at the top. */
function ownerOf({ called }: Place, { layers }: Facts): readonly string[] {
  if (called.length > 0) return called;
  const name = layers.map(({ at }) => componentName(at)).find((each) => each !== undefined);
  return name === undefined ? called : [name];
}
