import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql/index.js';
import { isLimitName } from './paging.ts';

/** The most tokens that an operation may have. */
export const mostTokens = 10_000;
/** How deep fields may be nested, those of introspection aside: graphql-js bounds them itself. */
export const deepest = 15;
/** The most values that an answer may have, as far as it can be told before. */
export const mostValues = 100_000;
const mostAliases = 1_000;
const mostDirectives = 500;
/** Validating compares fields and fragments with each other. */
const mostFields = 5_000;
const mostFragments = 200;

/**
 * What is too much about an operation whatever its variables are. Looked at before it is validated, since validating costs, too.
 * @returns null when nothing is
 */
export function excess(document: DocumentNode): GraphQLError | null {
  const count = new Count(document);
  if (count.fields > mostFields) return tooMuch(`more than ${mostFields} fields`);
  if (count.fragments > mostFragments) return tooMuch(`more than ${mostFragments} fragments`);
  if (count.aliases > mostAliases) return tooMuch(`more than ${mostAliases} aliases`);
  if (count.directives > mostDirectives) return tooMuch(`more than ${mostDirectives} directives`);
  return count.depth > deepest ? tooMuch(`fields nested deeper than ${deepest}`) : null;
}

/** How deep braces, brackets and parentheses may be nested in a document, and lists and objects in variables. */
const deepestNesting = 100;

/** Whether a document's braces and brackets are nested so deep that reading it would exhaust the stack. Takes one pass. */
export function isNestedTooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (char === '"') at = endOfText(text, at);
    else if (char === '#') at = text.indexOf('\n', at) < 0 ? text.length : text.indexOf('\n', at);
    else if (char === '{' || char === '[' || char === '(') depth++;
    else if (char === '}' || char === ']' || char === ')') depth--;
    if (depth > deepestNesting) return true;
  }
  return false;
}

/** Where a string ends that begins there; the end of the document where it does not. */
function endOfText(text: string, start: number): number {
  if (!text.startsWith('"""', start)) {
    let at = start + 1;
    while (at < text.length && text[at] !== '"' && text[at] !== '\n') at += text[at] === '\\' ? 2 : 1;
    return at;
  }
  let end = text.indexOf('"""', start + 3);
  while (end > 0 && text[end - 1] === '\\') end = text.indexOf('"""', end + 3);
  return end < 0 ? text.length : end + 2;
}

/** Whether a value out of JSON is nested so deep that those who walk it would exhaust the stack. */
export function isDeepValue(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; depth <= deepestNesting && level.length > 0; depth++)
    level = level.flatMap((one) => (one !== null && typeof one === 'object' ? Object.values(one) : []));
  return level.length > 0;
}

function tooMuch(what: string): GraphQLError {
  return new GraphQLError(`The operation has ${what}.`, { extensions: { code: 'BAD_USER_INPUT' } });
}

/** Walks a document once, each fragment once. */
class Count {
  fields = 0;
  aliases = 0;
  directives = 0;
  depth = 0;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** How deep fragments are; 0 while they are looked at, so that a cycle ends. */
  readonly #depths = new Map<string, number>();

  get fragments(): number {
    return this.#fragments.size;
  }

  constructor(document: DocumentNode) {
    this.#fragments = fragmentsOf(document);
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.#fragment(definition.name.value);
      else if (definition.kind === Kind.OPERATION_DEFINITION) {
        this.directives += definition.directives?.length ?? 0;
        this.depth = Math.max(this.depth, this.#depthOf(definition.selectionSet));
      }
    }
  }

  #fragment(name: string): number {
    const known = this.#depths.get(name);
    if (known !== undefined) return known;
    this.#depths.set(name, 0);
    const fragment = this.#fragments.get(name);
    const depth = fragment ? this.#depthOf(fragment.selectionSet) : 0;
    this.#depths.set(name, depth);
    return depth;
  }

  #depthOf({ selections }: SelectionSetNode): number {
    let deepest = 0;
    for (const selection of selections) {
      this.directives += selection.directives?.length ?? 0;
      let depth = 0;
      if (selection.kind === Kind.FRAGMENT_SPREAD) depth = this.#fragment(selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) depth = this.#depthOf(selection.selectionSet);
      else {
        this.fields++;
        if (selection.alias) this.aliases++;
        const inner = selection.selectionSet ? this.#depthOf(selection.selectionSet) : 0;
        depth = selection.name.value.startsWith('__') ? 0 : 1 + inner;
      }
      deepest = Math.max(deepest, depth);
    }
    return deepest;
  }
}

function fragmentsOf(document: DocumentNode): Map<string, FragmentDefinitionNode> {
  return new Map(
    document.definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [])),
  );
}

/** What estimating goes by. */
export interface Sizes {
  /** How many items a list has where no argument says. */
  readonly usual: (field: GraphQLField<unknown, unknown>) => number;
  /** The most items that a list gives, whatever is asked for. */
  readonly most: (field: GraphQLField<unknown, unknown>) => number;
}

/**
 * Whether the answer of a valid operation would have too many values.
 * @returns null when it would not
 */
export function excessOfValues(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
  sizes: Sizes,
): GraphQLError | null {
  const root = schema.getRootType(operation.operation);
  if (!root) return null;
  const values = new Estimate(schema, document, withDefaults(operation, variables), sizes).of(
    operation.selectionSet,
    root,
    null,
  );
  if (values <= mostValues) return null;
  const shown = values > 1e9 ? 'more than a billion' : `about ${Math.round(values).toLocaleString('en-US')}`;
  return new GraphQLError(
    `The operation asks for ${shown} values, and no more than ${mostValues.toLocaleString('en-US')} are given; ask for smaller pages or fewer fields.`,
    { extensions: { code: 'BAD_USER_INPUT' } },
  );
}

function withDefaults(
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const all: Record<string, unknown> = {};
  for (const { variable, defaultValue } of operation.variableDefinitions ?? [])
    if (defaultValue) all[variable.name.value] = valueFromASTUntyped(defaultValue);
  return { ...all, ...variables };
}

class Estimate {
  readonly #schema: GraphQLSchema;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #variables: Readonly<Record<string, unknown>>;
  readonly #sizes: Sizes;
  readonly #known = new Map<string, number>();

  constructor(
    schema: GraphQLSchema,
    document: DocumentNode,
    variables: Readonly<Record<string, unknown>>,
    sizes: Sizes,
  ) {
    this.#schema = schema;
    this.#fragments = fragmentsOf(document);
    this.#variables = variables;
    this.#sizes = sizes;
  }

  /** @param page how many items the page has whose lists are selected here; null: this is no page */
  of({ selections }: SelectionSetNode, type: GraphQLNamedType, page: number | null): number {
    let sum = 0;
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) sum += this.#field(selection, type, page);
      else if (selection.kind === Kind.INLINE_FRAGMENT)
        sum += this.of(selection.selectionSet, this.#named(selection.typeCondition?.name.value) ?? type, page);
      else sum += this.#fragment(selection.name.value, page);
    }
    return sum;
  }

  #fragment(name: string, page: number | null): number {
    const key = `${name} ${page}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    this.#known.set(key, 0);
    const fragment = this.#fragments.get(name);
    const type = fragment && this.#named(fragment.typeCondition.name.value);
    const cost = fragment && type ? this.of(fragment.selectionSet, type, page) : 0;
    this.#known.set(key, cost);
    return cost;
  }

  #field(node: FieldNode, parent: GraphQLNamedType, page: number | null): number {
    if (node.name.value.startsWith('__') || !(isObjectType(parent) || isInterfaceType(parent))) return 1;
    const field = parent.getFields()[node.name.value];
    if (!field) return 1;
    const named = getNamedType(field.type);
    const asked = this.#asked(node, field);
    const isList = isListType(isNonNullType(field.type) ? field.type.ofType : field.type);
    const many = Math.min(asked ?? page ?? this.#sizes.usual(field), page ?? this.#sizes.most(field));
    if (!isCompositeType(named) || !node.selectionSet) return isList ? Math.max(1, many) : 1;
    // A page has lists of its own, of that many items each.
    if (!isList) return 1 + this.of(node.selectionSet, named, asked === null ? this.#pageOf(field) : many);
    return 1 + many * (1 + this.of(node.selectionSet, named, null));
  }

  /** What a field that is no list says about the lists in it. */
  #pageOf(field: GraphQLField<unknown, unknown>): number | null {
    return field.args.some(({ name }) => isLimitName(name)) ? this.#sizes.usual(field) : null;
  }

  /** How many items the arguments ask for; null where they do not say. */
  #asked(node: FieldNode, field: GraphQLField<unknown, unknown>): number | null {
    let most: number | null = null;
    const given = new Map((node.arguments ?? []).map((one) => [one.name.value, one.value]));
    for (const { name, defaultValue } of field.args) {
      const value = given.get(name);
      const read: unknown = value ? valueFromASTUntyped(value, this.#variables) : defaultValue;
      const number = limitIn(name, read);
      if (number !== null) most = Math.max(most ?? 0, number);
    }
    return most;
  }

  #named(name: string | undefined): GraphQLNamedType | undefined {
    return name === undefined ? undefined : this.#schema.getType(name);
  }
}

/** The number in an argument that limits a list, be it inside an input: `paging: { first: 10 }`. */
function limitIn(name: string, value: unknown): number | null {
  if (typeof value === 'number') return isLimitName(name) && value >= 0 ? value : null;
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return null;
  for (const [key, inner] of Object.entries(value)) {
    if (typeof inner === 'number' && isLimitName(key) && inner >= 0) return inner;
  }
  return null;
}
