// Ajv as a judge of values by the schemas of an API, whatever its version.

import type { ValidateFunction } from 'ajv/dist/2020.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { get, isObject, type JsonObject } from '../../src/languages/openapi/json.ts';
import type { OpenApi } from '../../src/languages/openapi/openapi.ts';
import { everySchema } from '../../src/languages/openapi/select.ts';
import type { SchemaAt } from '../../src/languages/openapi/values.ts';

/** Judges values that travel one way. Schemas are put into the words of JSON Schema 2020-12, each once, and compiled when asked for. */
export class Oracle {
  readonly #api: OpenApi;
  readonly #ajv = new Ajv2020({
    strict: false,
    validateSchema: false,
    ownProperties: true,
    logger: false,
    inlineRefs: false,
    multipleOfPrecision: 9,
    code: { regExp: Object.assign(expression, { code: 'expression' }) },
  });
  readonly #isModern: boolean;
  readonly #hidden: 'readOnly' | 'writeOnly';
  readonly #hiddenNames: ReadonlySet<string>;
  readonly #defs: Record<string, unknown> = {};
  readonly #names = new Map<unknown, string>();
  readonly #judges = new Map<unknown, ValidateFunction>();

  constructor(api: OpenApi, direction: 'request' | 'response' | 'either', schemas: readonly SchemaAt[]) {
    this.#api = api;
    this.#isModern = api.version === '3.1' || api.version === '3.2';
    this.#hidden = direction === 'request' ? 'readOnly' : 'writeOnly';
    this.#hiddenNames = direction === 'either' ? new Set() : this.#namesHidden();
    formats.default(this.#ajv);
    for (const schema of schemas) this.#nameOf(schema);
    this.#ajv.addSchema({ $id: 'api.json', $defs: this.#defs });
  }

  /** What is wrong with a value, in Ajv's words; nothing when it fits. Only for the schemas that it was made for. */
  faults(value: unknown, schema: SchemaAt): string {
    let judge = this.#judges.get(schema.value);
    if (!judge) {
      judge = this.#ajv.getSchema(`api.json#/$defs/${this.#nameOf(schema)}`)!;
      this.#judges.set(schema.value, judge);
    }
    return judge(value) ? '' : this.#ajv.errorsText(judge.errors);
  }

  /** The name under which a schema stands in `$defs`, translated. */
  #nameOf(schema: SchemaAt): string {
    const known = this.#names.get(schema.value);
    if (known !== undefined && isObject(schema.value)) return known;
    const name = String(this.#names.size);
    this.#names.set(isObject(schema.value) ? schema.value : Symbol(name), name);
    this.#defs[name] = true;
    this.#defs[name] = this.#translate(schema);
    return name;
  }

  #translate({ value, at }: SchemaAt): unknown {
    if (!isObject(value)) return this.#isModern && typeof value === 'boolean' ? value : true;
    const out: Record<string, unknown> = {};
    const ref = value['$ref'] ?? (this.#isModern ? value['$dynamicRef'] : undefined);
    if (typeof ref === 'string') {
      const resolution = this.#api.references.resolve(ref, at);
      const target = 'target' in resolution ? { $ref: `#/$defs/${this.#nameOf(resolution.target)}` } : true;
      if (!this.#isModern) return target;
      out['allOf'] = [target];
    }
    for (const [key, part] of Object.entries(value)) this.#keyword(key, part, { value, at }, out);
    if (!this.#isModern) {
      for (const [bound, exclusive] of [
        ['minimum', 'exclusiveMinimum'],
        ['maximum', 'exclusiveMaximum'],
      ] as const) {
        delete out[exclusive];
        if (value[exclusive] !== true || typeof value[bound] !== 'number') continue;
        out[exclusive] = value[bound];
        delete out[bound];
      }
    }
    return value['nullable'] === true || value['x-nullable'] === true ? { anyOf: [{ type: 'null' }, out] } : out;
  }

  #keyword(key: string, part: unknown, { value, at }: SchemaAt, out: Record<string, unknown>): void {
    const isModern = this.#isModern;
    const sub = (child: unknown, ...path: (string | number)[]): unknown => {
      const schema = { value: child, at: path.reduce((place, step) => place.child(step), at.child(key)) };
      return isObject(child) ? { $ref: `#/$defs/${this.#nameOf(schema)}` } : this.#translate(schema);
    };
    const table = (): unknown =>
      Object.fromEntries(Object.entries(part as JsonObject).map(([name, child]) => [name, sub(child, name)]));
    const combines = ['oneOf', 'anyOf', 'not'].includes(key) && this.#api.version === '2.0';
    if (combines || (modernKeywords.has(key) && !isModern)) return;
    const property = isObject(value) ? get(value['discriminator'], 'propertyName') : undefined;
    if (key === 'oneOf' && Array.isArray(part) && typeof property === 'string') {
      // Which alternative is meant says the discriminator (OpenAPI 3.1.1, section 4.8.25): others may fit as well.
      out['anyOf'] = part.map((child, i) => sub(child, i));
    } else if (plainKeywords[key]?.(part)) out[key] = part;
    else if (key === 'type') {
      const names = Array.isArray(part) ? part : [part];
      if (names.length > 0 && names.every((name) => types.has(name))) out[key] = part;
    } else if (key === 'required' && Array.isArray(part)) {
      out[key] = part.filter((name) => typeof name === 'string' && !this.#hiddenNames.has(name));
    } else if (tables.has(key) && isObject(part)) out[key] = table();
    else if (lists.has(key) && Array.isArray(part) && part.length > 0) {
      const translated = part.map((child, i) => sub(child, i));
      out[key] = key === 'allOf' && Array.isArray(out[key]) ? [...(out[key] as unknown[]), ...translated] : translated;
    } else if (singles.has(key) && (isObject(part) || typeof part === 'boolean'))
      out[key] = typeof part === 'boolean' ? part : sub(part);
    else if (key === 'dependentRequired' && isObject(part)) out[key] = part;
  }

  /** The names of properties that need not be there, since they don't travel this way wherever some schema declares them. */
  #namesHidden(): ReadonlySet<string> {
    const names = new Set<string>();
    const isFlagged = (part: unknown, at: SchemaAt['at'], depth = 0): boolean => {
      if (!isObject(part) || depth > 5) return false;
      if (part[this.#hidden] === true) return true;
      const target = typeof part['$ref'] === 'string' ? this.#api.resolve({ value: part, at }) : undefined;
      if (target && isFlagged(target.value, target.at, depth + 1)) return true;
      return ['allOf', 'anyOf', 'oneOf'].some(
        (key) => Array.isArray(part[key]) && part[key].some((each) => isFlagged(each, at, depth + 1)),
      );
    };
    for (const { value, at } of everySchema(this.#api)) {
      if (!isObject(value['properties'])) continue;
      for (const [name, part] of Object.entries(value['properties'])) {
        if (isFlagged(part, at.child('properties').child(name))) names.add(name);
      }
    }
    return names;
  }
}

const types = new Set(['null', 'boolean', 'object', 'array', 'number', 'integer', 'string']);
const isNumber = (part: unknown): boolean => typeof part === 'number';
const isText = (part: unknown): boolean => typeof part === 'string';
const plainKeywords: Readonly<Record<string, (part: unknown) => boolean>> = {
  enum: (part) => Array.isArray(part) && part.length > 0,
  const: () => true,
  minimum: isNumber,
  maximum: isNumber,
  exclusiveMinimum: isNumber,
  exclusiveMaximum: isNumber,
  multipleOf: (part) => typeof part === 'number' && part > 0,
  minLength: isNumber,
  maxLength: isNumber,
  pattern: isText,
  format: isText,
  minItems: isNumber,
  maxItems: isNumber,
  minContains: isNumber,
  maxContains: isNumber,
  uniqueItems: (part) => typeof part === 'boolean',
  minProperties: isNumber,
  maxProperties: isNumber,
};
const tables = new Set(['properties', 'patternProperties', 'dependentSchemas']);
const lists = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems']);
const singles = new Set([
  'items',
  'not',
  'additionalProperties',
  'contains',
  'propertyNames',
  'if',
  'then',
  'else',
  'unevaluatedProperties',
  'unevaluatedItems',
]);
const modernKeywords = new Set([
  'const',
  'prefixItems',
  'contains',
  'minContains',
  'maxContains',
  'patternProperties',
  'propertyNames',
  'dependentSchemas',
  'dependentRequired',
  'if',
  'then',
  'else',
  'unevaluatedProperties',
  'unevaluatedItems',
]);

/** As Unicode where the pattern allows; what is no pattern at all matches anything. */
function expression(pattern: string): RegExp {
  for (const flags of ['u', '']) {
    try {
      return new RegExp(pattern, flags);
    } catch {
      // Tried again without the flag.
    }
  }
  return /(?:)/;
}
