import { GraphQl } from '../../languages/graphql/graphql.ts';
import type { Api } from '../../languages/language.ts';
import { OpenApi } from '../../languages/openapi/openapi.ts';
import type { Operation } from '../../languages/openapi/select.ts';
import { Protobuf } from '../../languages/protobuf/protobuf.ts';
import type { MockSettings } from '../settings.ts';
import type { Draft, DraftRole } from './draft.ts';
import { graphqlRoles } from './graphql-roles.ts';
import { mergedDrafts } from './merge.ts';
import { openApiRoles } from './openapi-roles.ts';
import { protobufRoles } from './protobuf-roles.ts';
import type { Resource } from './resource.ts';
import type { RestRole, Role, Roles } from './roles.ts';

/**
 * What documents imply: the resources, and what their operations, root fields and rpcs do to them. What cannot be told has no
 * role. What a resource looks like is worked out when its home is asked for.
 * @param apis of any language; those of one noun are one resource
 */
export function inferRoles(apis: readonly Api[], _settings: MockSettings): Roles {
  const rest = apis.flatMap((api) => (api instanceof OpenApi ? [openApiRoles(api)] : []));
  const grpc = apis.flatMap((api) => (api instanceof Protobuf ? [protobufRoles(api)] : []));
  const graphql = apis.flatMap((api) => (api instanceof GraphQl ? [graphqlRoles(api)] : []));
  const { resources, of } = mergedDrafts([...rest, ...grpc, ...graphql].flatMap(({ drafts }) => drafts));
  const settled = <K>(maps: readonly ReadonlyMap<K, DraftRole>[]): Map<K, Role> =>
    new Map(
      maps.flatMap((map) =>
        [...map].map(([key, { kind, draft, action }]) => [key, { kind, resource: of(draft), action }]),
      ),
    );
  const typed = <K>(maps: readonly ReadonlyMap<K, Draft>[]): Map<K, Resource> =>
    new Map(maps.flatMap((map) => [...map].map(([key, draft]) => [key, of(draft)])));
  return {
    resources,
    rest: new Map(
      rest.flatMap(({ roles }) =>
        [...roles].map(([key, role]): [Operation, RestRole] => {
          const { draft, above, ...same } = role;
          return [
            key,
            { ...same, resource: of(draft), above: above && { resource: of(above.draft), parameter: above.parameter } },
          ];
        }),
      ),
    ),
    graphql: settled(graphql.map(({ roles }) => roles)),
    graphqlTypes: typed(graphql.map(({ types }) => types)),
    grpc: settled(grpc.map(({ roles }) => roles)),
    messages: typed(grpc.map(({ messages }) => messages)),
  };
}
