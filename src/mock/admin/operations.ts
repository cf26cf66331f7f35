import type { GraphQl } from '../../languages/graphql/graphql.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { Context } from '../context.ts';

/** An operation as a page lists it. */
export interface Offered {
  readonly protocol: 'rest' | 'graphql' | 'grpc';
  /** Under which heading it stands: a document's title, `Queries`, a service. */
  readonly group: string;
  /** `GET`, `query`, `rpc`. */
  readonly method: string;
  /** What is called: the path with its base, the endpoint of GraphQL, `/__apiarch/grpc/` and the rpc. */
  readonly path: string;
  /** How it is called in lists: the path, the field, the rpc. */
  readonly name: string;
  readonly summary: string;
  readonly deprecated: boolean;
  /** What it takes to ask it: made when it is wanted, since values may have to be thought up. */
  readonly form: () => Form;
}

/** What it takes to ask an operation. */
export interface Form {
  readonly parameters: readonly OfferedParameter[];
  /** A body to begin with; null where none is taken. */
  readonly body: { readonly mediaType: string; readonly text: string } | null;
  /** The variables of a GraphQL operation as JSON, whose body is the operation itself; null for all else. */
  readonly variables: string | null;
  /** The credentials that let a caller in, each with its scopes; empty where everybody may call. */
  readonly security: readonly string[];
}

export interface OfferedParameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly required: boolean;
  readonly description: string;
  /** What to begin with; empty where the caller is to think of something. */
  readonly example: string;
  /** What it may be, where that is listed. */
  readonly values: readonly string[];
}

/** Everything that a mock can be asked, with forms to ask it. */
export async function operationsOf(context: Context): Promise<Offered[]> {
  const all: Offered[] = [];
  for (const api of context.apis) {
    if (api.language === 'openapi') all.push(...(await import('./rest-offers.ts')).restOffers(api as OpenApi, context));
    if (api.language === 'graphql')
      all.push(...(await import('./graphql-offers.ts')).graphqlOffers(api as GraphQl, context));
  }
  const hasProto = context.apis.some(({ language }) => language === 'protobuf');
  if (hasProto) all.push(...(await import('./grpc-offers.ts')).grpcOffers(context));
  return all;
}
