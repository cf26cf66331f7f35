import type { Operation } from '../../languages/openapi/select.ts';
import type { Resource } from './resource.ts';

/** What an operation, a root field or an rpc does to the records of a resource. */
export type RoleKind =
  | 'list'
  | 'get'
  | 'create'
  /** Puts a whole record in place of another: PUT. */
  | 'replace'
  /** Changes some fields: PATCH, `update…`. */
  | 'update'
  | 'delete'
  /** Does what its name says to one record: `cancel`. */
  | 'action'
  /** Several writes at once. */
  | 'batch'
  /** Tells of changes as they happen: Watch, subscriptions, `text/event-stream`. */
  | 'watch';

export interface Role {
  readonly kind: RoleKind;
  readonly resource: Resource;
  /**
   * The action's name in lower-case words: `cancel`, `mark as read`. Of a subscription, the change that it tells of: `created`,
   * `updated`, `deleted`, `shipped`; null for all changes, and for all other kinds.
   */
  readonly action: string | null;
}

/** The role of an operation of an OpenAPI document. */
export interface RestRole extends Role {
  /** The path parameter that holds the id; null where the path addresses no single record. */
  readonly idParameter: string | null;
  /**
   * The path parameters of `scope`, outermost first. None where records lie at the top, and where a path leads to them from
   * elsewhere than where they lie: then all are meant, or those that belong to `above`.
   */
  readonly scopeParameters: readonly string[];
  /** The resource that the path leads through just above, and the parameter with its id: `/customers/{id}/orders`. */
  readonly above: { readonly resource: Resource; readonly parameter: string } | null;
  /** The properties, one in the other, of the answer's body that lead to the record or the list; none where it is the body. */
  readonly inside: readonly string[];
  /** The property of the request's body that holds the record; null where it is the body. */
  readonly takenInside: string | null;
}

/** What the documents imply: which resources there are, and what does what to them. */
export interface Roles {
  readonly resources: readonly Resource[];
  readonly rest: ReadonlyMap<Operation, RestRole>;
  /** By coordinate: `Query.orders`, `Mutation.createOrder`, `Subscription.orderUpdated`. */
  readonly graphql: ReadonlyMap<string, Role>;
  /** GraphQL object types whose values are records, by name. */
  readonly graphqlTypes: ReadonlyMap<string, Resource>;
  /** By full name: `shop.orders.v1.OrderService.GetOrder`. */
  readonly grpc: ReadonlyMap<string, Role>;
  /** Messages that are records, by full name. */
  readonly messages: ReadonlyMap<string, Resource>;
}
