import type { GraphQl } from '../../languages/graphql/graphql.ts';
import type { Draft, DraftRole } from './draft.ts';

/** What a GraphQL schema implies. */
export function graphqlRoles(_api: GraphQl): {
  readonly drafts: readonly Draft[];
  readonly roles: ReadonlyMap<string, DraftRole>;
  readonly types: ReadonlyMap<string, Draft>;
} {
  return { drafts: [], roles: new Map(), types: new Map() };
}
