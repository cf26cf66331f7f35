/** TypeScript types of an OpenAPI document, as openapi-typescript makes them. */
import { Failure } from '../failure.ts';
import { isObject, type JsonObject } from '../languages/openapi/json.ts';
import type { OpenApi } from '../languages/openapi/openapi.ts';
import type { At } from '../languages/openapi/references.ts';
import type { Node, Reference } from '../languages/openapi/select.ts';
import type { Types } from './source.ts';

/**
 * The types of a document and of all that it refers to.
 * @throws Failure for what openapi-typescript does not read: Swagger 2.0, references that lead nowhere
 */
export async function openapiTypes(api: OpenApi): Promise<Types> {
  const { path } = api.root.at.document.source;
  if (api.version === '2.0') throw new Failure(`\`${path}\` is Swagger 2.0; types are made of OpenAPI 3.0 and later.`);
  const schema = new Bundle(api).document();
  const { astToString, resolveRef, scanDiscriminators, transformSchema } = await import('openapi-typescript');
  // Handed to the transformation directly: by itself the library would read files and addresses that nobody allowed.
  const document = schema as unknown as Parameters<typeof transformSchema>[0];
  const options = { ...defaults, silent: true };
  const context = {
    ...options,
    discriminators: scanDiscriminators(document, options),
    injectFooter: [],
    resolve: ($ref: string) => resolveRef(document, $ref, { silent: true }),
  } as unknown as Parameters<typeof transformSchema>[1];
  return { source: astToString(transformSchema(document, context)), unknown: [] };
}

/** What its command line does when it is told nothing. */
const defaults = {
  additionalProperties: false,
  alphabetize: false,
  arrayLength: false,
  conditionalEnums: false,
  dedupeEnums: false,
  defaultNonNullable: true,
  emptyObjectsUnknown: false,
  enum: false,
  enumValues: false,
  excludeDeprecated: false,
  exportType: false,
  generatePathParams: false,
  immutable: false,
  makePathsEnum: false,
  pathParamsAsTypes: false,
  propertiesRequiredByDefault: false,
  readWriteMarkers: false,
  rootTypes: false,
  rootTypesKeepCasing: false,
  rootTypesNoSchemaPrefix: false,
};

/** Where components of a kind stand, of those that types are made of. */
const sections: Partial<Record<Node['kind'], string>> = {
  Header: 'headers',
  Parameter: 'parameters',
  PathItem: 'pathItems',
  RequestBody: 'requestBodies',
  Response: 'responses',
  Schema: 'schemas',
};

/** A copy of a document in which all that is referred to is a component, whatever file it stands in. */
class Bundle {
  readonly #api: OpenApi;
  readonly #references: ReadonlyMap<unknown, Reference>;
  readonly #components: Record<string, Record<string, unknown>> = {};
  /** The references to what is made a component, by what they lead to. */
  readonly #made = new Map<string, Map<unknown, string>>();
  readonly #pending: (() => void)[] = [];
  readonly #operationIds = new Set<unknown>();
  /** What is being copied: an alias in YAML may lead into itself. */
  readonly #open = new Set<unknown>();

  constructor(api: OpenApi) {
    this.#api = api;
    this.#references = new Map(api.index.references.map((reference) => [reference.holder.value, reference]));
  }

  document(): JsonObject {
    const root = this.#copy(this.#api.root.value) as Record<string, unknown>;
    for (let next = this.#pending.shift(); next; next = this.#pending.shift()) next();
    const own = isObject(root['components']) ? root['components'] : {};
    const components: Record<string, unknown> = { ...own };
    for (const [section, entries] of Object.entries(this.#components)) {
      components[section] = { ...(isObject(own[section]) ? own[section] : {}), ...entries };
    }
    return { ...root, components };
  }

  #copy(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value;
    if (this.#open.has(value)) return {};
    this.#open.add(value);
    const copy = Array.isArray(value) ? value.map((item) => this.#copy(item)) : this.#copyObject(value as JsonObject);
    this.#open.delete(value);
    return copy;
  }

  #copyObject(value: JsonObject): JsonObject {
    const reference = this.#references.get(value);
    const copy: Record<string, unknown> = {};
    for (const [key, inner] of Object.entries(value)) {
      if (key !== '$ref' || !reference) copy[key] = this.#copy(inner);
    }
    const discriminator = this.#api.index.nodeOf('Discriminator', value);
    if (discriminator) copy['mapping'] = this.#mapping(discriminator);
    if (this.#api.index.nodeOf('Operation', value)) this.#keepIdUnique(copy);
    if (!reference) return copy;
    const $ref = this.#pointerTo(reference);
    return $ref === null ? copy : { ...copy, $ref };
  }

  /** Types of operations are called by their ids; a second one of a name keeps its types where it stands. */
  #keepIdUnique(operation: Record<string, unknown>): void {
    const id = operation['operationId'];
    if (id === undefined) return;
    if (typeof id !== 'string' || this.#operationIds.has(id)) delete operation['operationId'];
    this.#operationIds.add(id);
  }

  #mapping({ value, at }: Node): JsonObject | undefined {
    const { mapping } = value;
    if (!isObject(mapping)) return undefined;
    return Object.fromEntries(
      Object.entries(mapping).map(([name, to]) => {
        if (typeof to !== 'string' || !/[#/.]/.test(to)) return [name, to];
        const resolution = this.#api.references.resolve(to, at);
        return [name, 'target' in resolution ? this.#componentFor('schemas', resolution.target) : to];
      }),
    );
  }

  /** The reference to a component; null for what no types are made of, as examples. */
  #pointerTo({ kind, ref, resolution, at }: Reference): string | null {
    const section = kind === null ? undefined : sections[kind];
    if (section === undefined) return null;
    if ('target' in resolution) return this.#componentFor(section, resolution.target);
    const { source, start } = at.range();
    const where = `${source.path}:${source.position(start).line}`;
    throw new Failure(`\`${ref}\` in ${where} leads nowhere: ${resolution.broken.replace(/\.$/, '')}.`);
  }

  #componentFor(section: string, target: At): string {
    const { document, path } = target.at;
    const isComponent = path.length === 3 && path[0] === 'components' && path[1] === section;
    if (document === this.#api.root.at.document && isComponent) return pointer(section, String(path[2]));
    const made = this.#made.get(section) ?? new Map<unknown, string>();
    this.#made.set(section, made);
    const known = made.get(target.value);
    if (known !== undefined && typeof target.value === 'object') return known;
    const name = this.#freeName(section, nameFor(target));
    const $ref = pointer(section, name);
    made.set(target.value, $ref);
    const entries = this.#components[section] ?? {};
    this.#components[section] = entries;
    entries[name] = {};
    this.#pending.push(() => {
      entries[name] = this.#copy(target.value);
    });
    return $ref;
  }

  #freeName(section: string, wish: string): string {
    const { components } = this.#api.root.value;
    const own = isObject(components) ? components[section] : undefined;
    const isTaken = (name: string): boolean =>
      (isObject(own) && Object.hasOwn(own, name)) || Object.hasOwn(this.#components[section] ?? {}, name);
    let name = wish;
    for (let number = 2; isTaken(name); number++) name = `${wish}${number}`;
    return name;
  }
}

/** What a component may be called: as it is where it stands, else as its file. */
function nameFor({ at }: At): string {
  const named = at.path.filter((key): key is string => typeof key === 'string').at(-1);
  const file = at.document.source.path.replace(/^.*\//, '').replace(/\.\w+$/, '');
  return named ?? (file || 'Component');
}

/** RFC 6901, section 6: a pointer in a fragment is percent-encoded. */
function pointer(section: string, name: string): string {
  return `#/components/${section}/${encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))}`;
}
