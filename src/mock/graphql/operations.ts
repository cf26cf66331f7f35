import {
  type DocumentNode,
  type ExecutionArgs,
  GraphQLError,
  getOperationAST,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql/index.js';
import { isObject } from '../json.ts';
import type { Entrant } from './admission.ts';
import { collectionOf } from './collections.ts';
import { excess, excessOfValues, isDeepValue, isNestedTooDeep, mostTokens } from './limits.ts';
import { badInput, largestPage } from './paging.ts';
import { type Resolver, usualSize } from './resolve.ts';
import type { Feed } from './subscriptions.ts';
import type { World } from './world.ts';

/** What a client sends to have something executed. */
export interface Params {
  readonly query?: unknown;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

/** An operation that may be executed, or what is wrong with it. */
export type Prepared =
  | { readonly args: ExecutionArgs; readonly operation: OperationDefinitionNode }
  | { readonly errors: readonly GraphQLError[] };

/** Texts that are remembered, how long each may be, and all of them, in characters: what is read of a text takes a hundred times its room. */
const mostRemembered = 500;
const longestRemembered = 20_000;
const mostCharacters = 500_000;

/** Reads, bounds and validates operations. Most clients send the same few again and again: they are remembered. */
export class Operations {
  readonly #world: World;
  readonly #resolver: Resolver;
  readonly #feed: Feed;
  readonly #known = new Map<string, DocumentNode | readonly GraphQLError[]>();
  /** Of the texts that are remembered. */
  #characters = 0;

  constructor(world: World, resolver: Resolver, feed: Feed) {
    this.#world = world;
    this.#resolver = resolver;
    this.#feed = feed;
  }

  /** @param entrant who asks */
  prepare({ query, operationName, variables }: Params, entrant: Entrant): Prepared {
    if (entrant.forced) return { errors: [entrant.forced] };
    if (typeof query !== 'string') return { errors: [badInput('The request has no `query`, or one that is no text.')] };
    if (!isAbsent(operationName) && typeof operationName !== 'string')
      return { errors: [badInput('The `operationName` is no text.')] };
    if (!isAbsent(variables) && !isObject(variables)) return { errors: [badInput('The `variables` are no object.')] };
    if (isDeepValue(variables)) return { errors: [badInput('The variables are nested too deep.')] };
    const document = this.#document(query);
    if (!('kind' in document)) return { errors: document };
    const operation = getOperationAST(document, operationName);
    if (!operation) return { errors: [noOperation(document, operationName)] };
    const { schema } = this.#world;
    if (!schema.getRootType(operation.operation))
      return { errors: [badInput(`The schema has no ${operation.operation}s.`)] };
    const excess = excessOfValues(schema, document, operation, variables ?? {}, {
      usual: (field) => this.#usual(field),
      most: (field) => this.#most(field),
    });
    if (excess) return { errors: [excess] };
    return {
      operation,
      args: {
        schema,
        document,
        operationName,
        variableValues: variables,
        contextValue: entrant,
        fieldResolver: this.#resolver.resolveField,
        typeResolver: this.#resolver.resolveType,
        subscribeFieldResolver: this.#feed.subscribe,
      },
    };
  }

  #document(query: string): DocumentNode | readonly GraphQLError[] {
    const known = this.#known.get(query);
    if (known) return known;
    const read = this.#read(query);
    if (query.length > longestRemembered) return read;
    this.#known.set(query, read);
    this.#characters += query.length;
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= mostRemembered && this.#characters <= mostCharacters) break;
      this.#known.delete(oldest);
      this.#characters -= oldest.length;
    }
    return read;
  }

  #read(query: string): DocumentNode | readonly GraphQLError[] {
    if (isNestedTooDeep(query)) return [badInput('The document is nested too deep.')];
    let document: DocumentNode;
    try {
      document = parse(query, { maxTokens: mostTokens });
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      return [coded(error, 'GRAPHQL_PARSE_FAILED')];
    }
    const tooMuch = excess(document);
    if (tooMuch) return [tooMuch];
    const errors = this.#flaws(document);
    return errors.length > 0 ? errors.map((error) => coded(error, 'GRAPHQL_VALIDATION_FAILED')) : document;
  }

  #flaws(document: DocumentNode): readonly GraphQLError[] {
    try {
      return validate(this.#world.schema, document);
    } catch (error) {
      // The rule on subscriptions evaluates the directives of its fields, and throws what is wrong with them.
      if (error instanceof GraphQLError) return [error];
      throw error;
    }
  }

  /** How many items a list has where nobody says, for estimates. */
  #usual(field: Parameters<typeof usualSize>[0]): number {
    const collection = collectionOf(field.type);
    return Math.min(collection ? usualSize(field, collection) : madeUp, this.#most(field));
  }

  /** How many there are. */
  #most({ type }: Parameters<typeof usualSize>[0]): number {
    const collection = collectionOf(type);
    const resource = collection && this.#world.resourceOf(collection.item.name);
    if (!resource) return madeUp;
    return Math.min(largestPage, this.#world.context.store.page(resource, {}, { limit: 0 }).total);
  }
}

/** The most items of lists that are made up. */
const madeUp = 3;

function noOperation(document: DocumentNode, name: string | null | undefined): GraphQLError {
  const names = document.definitions.flatMap((one) =>
    one.kind === 'OperationDefinition' ? [`\`${one.name?.value ?? 'one without a name'}\``] : [],
  );
  if (names.length === 0) return badInput('The document has no operation.');
  return badInput(
    name
      ? `The document has no operation called \`${name}\`; it has ${names.slice(0, 5).join(', ')}.`
      : 'The document has several operations, and `operationName` does not say which one is meant.',
  );
}

/** What streams and sockets pass on is not checked yet, whatever its type says. */
const isAbsent = (value: unknown): value is null | undefined => value === null || value === undefined;

/** An error with a code for programs. */
export function coded(error: GraphQLError, code: string): GraphQLError {
  if (error.extensions['code'] !== undefined) return error;
  const { message, nodes, source, positions, path, originalError } = error;
  const options = { nodes: nodes ?? null, source: source ?? null, positions: positions ?? null, path: path ?? null };
  return new GraphQLError(message, {
    ...options,
    originalError: originalError ?? null,
    extensions: { ...error.extensions, code },
  });
}

/** An error of an execution, with a code: what has no path came of the variables, what has no code else is our mistake. */
export function explained(error: GraphQLError): GraphQLError {
  return coded(error, error.path === undefined ? 'BAD_USER_INPUT' : 'INTERNAL');
}
