/** Resources whose records are kept in the words of an OpenAPI document. */
import { judging } from '../../languages/openapi/examples.ts';
import { entriesOf, get, itemsOf } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import {
  type MediaType,
  type Operation,
  type Parameter,
  partsOf,
  propertiesOf,
  successesOf,
} from '../../languages/openapi/select.ts';
import { mismatches } from '../../languages/openapi/values.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { Random } from '../random.ts';
import { completeValue, type Sampling, sampleSchema } from '../sample/sample.ts';
import type { Shape } from '../shape.ts';
import type { Content, RecordSchema } from './openapi-bodies.ts';
import { type Identity, identityOf } from './openapi-ids.ts';
import { shapeOfSchema } from './openapi-shape.ts';
import type { Fault, Home } from './resource.ts';

/** What is known of a resource when its home is asked for. */
export interface OpenApiHomeOptions {
  readonly api: OpenApi;
  readonly record: RecordSchema;
  /** What the resource is called, the best name first. */
  readonly names: readonly string[];
  /** The last parameter of the path of an item. */
  readonly parameter: Parameter | undefined;
  /** The operations that answer with records, whose examples show some. */
  readonly shown: readonly { readonly operation: Operation; readonly content: Content }[];
}

/** A home whose shape, id and examples are worked out when they are first asked for. */
export class OpenApiHome implements Home {
  readonly language = 'openapi';
  readonly #options: OpenApiHomeOptions;
  #identity: Identity | undefined;
  #examples: readonly JsonObject[] | undefined;

  constructor(options: OpenApiHomeOptions) {
    this.#options = options;
  }

  get shape(): Shape {
    return shapeOfSchema(this.#options.api, this.#options.record.schema);
  }

  get idField(): string | null {
    return this.#identified().field;
  }

  get idKind(): Home['idKind'] {
    return this.#identified().kind;
  }

  sample(random: Random, fixed: JsonObject = {}, index?: number): JsonObject {
    const { record } = this.#options;
    const example = index === undefined ? undefined : this.#shown()[index];
    if (example) return { ...example, ...fixed };
    const made = sampleSchema(record.schema, this.#sampling(random));
    const own = isObject(made) ? made : {};
    if (Object.keys(fixed).length === 0) return own;
    return this.complete({ ...own, ...fixed }, random);
  }

  sampleId(random: Random): Json | undefined {
    const { api, record, names } = this.#options;
    const property = this.idField === null ? undefined : propertiesOf(api, record.schema).get(this.idField);
    if (!property) return undefined;
    const id = sampleSchema(property, { ...this.#sampling(random), called: [names[0] ?? '', property.name] });
    return typeof id === 'string' || typeof id === 'number' ? id : undefined;
  }

  complete(partial: JsonObject, random: Random): JsonObject {
    const whole = completeValue(this.#options.record.schema, partial, this.#sampling(random));
    return isObject(whole) ? whole : partial;
  }

  faults(partial: JsonObject): readonly Fault[] {
    const { api, record } = this.#options;
    return mismatches(partial, record.schema, judging(api, 'either')).filter(
      ({ path, schema }) => path.length > 0 && bounds.has(String(schema.key)),
    );
  }

  #sampling(random: Random): Sampling {
    const { api, names } = this.#options;
    // Examples are shown once, in the first records: repeated in each, they would make all records alike.
    return { api, direction: 'response', random, examples: false, called: [names[0] ?? ''] };
  }

  #identified(): Identity {
    const { api, record, names, parameter } = this.#options;
    this.#identity ??= identityOf(api, record, names, parameter);
    return this.#identity;
  }

  /** The records that the document shows and that fit the schema, each id once. */
  #shown(): readonly JsonObject[] {
    this.#examples ??= validExamples(this.#options, this.idField);
    return this.#examples;
  }
}

/** The keywords that bound what callers write, whatever language they write it in. */
const bounds = new Set(
  'pattern format minLength maxLength minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minItems maxItems uniqueItems'.split(
    ' ',
  ),
);

function validExamples({ api, record, shown }: OpenApiHomeOptions, idField: string | null): JsonObject[] {
  const judged = judging(api, 'response');
  const found = new Map<string, JsonObject>();
  const candidates = [
    ...shown.flatMap(({ operation, content }) => recordsShown(api, operation, content)),
    ...schemaExamples(api, record),
  ];
  for (const candidate of candidates.slice(0, mostExamples)) {
    if (!isObject(candidate) || mismatches(candidate, record.schema, judged).length > 0) continue;
    const id = idField === null ? undefined : candidate[idField];
    if (idField !== null && (id === undefined || id === null || id === '')) continue;
    const key = JSON.stringify(id ?? candidate);
    if (!found.has(key)) found.set(key, candidate);
  }
  return [...found.values()];
}

/** Documents show a few; whoever shows thousands is not read to the end. */
const mostExamples = 100;

function recordsShown(api: OpenApi, operation: Operation, { kind, inside }: Content): unknown[] {
  return successesOf(api, operation)
    .flatMap(({ media, value }) => [...media.flatMap((one) => mediaExamples(api, one)), ...examples20(value)])
    .map((example) => inside.reduce<unknown>(get, example))
    .flatMap((example) => (kind === 'list' ? [...itemsOf(example)] : [example]));
}

function mediaExamples(api: OpenApi, { value, at, schema }: MediaType): unknown[] {
  const named = entriesOf(value['examples']).map(([name, entry]) => {
    const example = api.resolve({ value: entry, at: at.child('examples').child(name) });
    return get(example?.value, 'value') ?? get(example?.value, 'dataValue');
  });
  const ofSchema = schema
    ? partsOf(api, schema).flatMap(({ value: part }) => [part['example'], ...itemsOf(part['examples'])])
    : [];
  return [value['example'], ...named, ...ofSchema].filter((example) => example !== undefined);
}

/** Of 2.0: the examples of a response by media type. */
function examples20(response: unknown): unknown[] {
  return entriesOf(get(response, 'examples')).map(([, example]) => example);
}

function schemaExamples(api: OpenApi, { schema }: RecordSchema): unknown[] {
  return partsOf(api, schema)
    .flatMap(({ value }) => [value['example'], ...itemsOf(value['examples'])])
    .filter((example) => example !== undefined);
}
