import type { TypeNode } from 'graphql';
import { isEntity } from '../../conventions/graphql/entities.ts';
import type { Mutation } from '../../conventions/graphql/mutations.ts';
import { writes as graphqlWrites } from '../../conventions/graphql/writes.ts';
import { createsItem } from '../../conventions/openapi/intent.ts';
import { type Representation, type Resource, resources, returned, taken } from '../../conventions/openapi/resources.ts';
import { fieldTypes, writes as protobufWrites } from '../../conventions/protobuf/writes.ts';
import { isSpecifiedName } from '../../languages/graphql/federation.ts';
import type { GraphQl } from '../../languages/graphql/graphql.ts';
import { namedType, type Type, typeNamed } from '../../languages/graphql/select.ts';
import { asString } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { type Operation, propertiesOf } from '../../languages/openapi/select.ts';
import type { Place } from '../../text/place.ts';
import { isSecretName } from '../../words/secrets.ts';
import { split } from '../../words/split.ts';
import { operationVerb } from '../../words/verbs.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'resources/representation-consistent',
  summary: 'reading, creating and updating an item return one representation',
  why: `A client keeps what it got. If creating an order returns other properties than reading it, each client needs two types for one
thing, and a second request to fill the gaps.`,
  sources: ['guide S4, Consistency Over Cleverness', 'AIP-133', 'AIP-134', 'Zalando 148'],
  equivalents: ['ibm:ibm-resource-response-consistency'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    post:
      operationId: createOrder
      responses:
        '201':
          description: The new order.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Order' }
  /orders/{id}:
    get:
      responses:
        '200':
          description: The order, in an envelope.
          content:
            application/json:
              schema:
                type: object
                properties:
                  data: { $ref: '#/components/schemas/Order' }
    patch:
      responses:
        '204': { description: Nothing is returned. }
    put:
      responses:
        '202':
          description: Going on.
          content:
            application/json:
              schema: { type: object, properties: { job: { type: string } } }
components:
  schemas:
    Order:
      type: object
      properties:
        id: { type: string }
        total: { type: string }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    post:
      operationId: createOrder
      responses:
        '201':
          description: The new order.
          content:
            application/json:
              schema:
                type: object
                properties:
                  orderId: { type: string }
  /orders/{id}:
    get:
      responses:
        '200':
          description: The order.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Order' }
    patch:
      responses:
        '200':
          description: What has changed.
          content:
            application/json:
              schema:
                type: object
                properties:
                  id: { type: string }
                  changed: { type: array, items: { type: string } }
components:
  schemas:
    Order:
      type: object
      properties:
        id: { type: string }
        total: { type: string }
`,
      *find(api) {
        for (const resource of resources(api)) {
          const get = resource.item.get('get');
          const read = get && returned(api, get);
          if (!get || !read) continue;
          for (const operation of writesOf(resource)) {
            const answer = returned(api, operation);
            if (!answer || answer.response.code === '202' || isSame(api, answer, read)) continue;
            if (operation.method !== 'post' && !taken(api, operation)) continue;
            yield {
              at: answer.object.at,
              message: `\`${operation.name}\` returns ${differences(answer, read)}.`,
              help: `Return what \`${get.name}\` returns.`,
              related: [{ message: `What \`${get.name}\` returns.`, at: read.object.at }],
            };
          }
        }
      },
    },
    graphql: {
      good: `
type Query {
  order(id: ID!): Order
}

type Mutation {
  createOrder(input: CreateOrderInput!): CreateOrderPayload
  updateOrder(input: UpdateOrderInput!): Order
}

type Order {
  id: ID!
}

type CreateOrderPayload {
  orderEdge: OrderEdge
}

type OrderEdge {
  node: Order
}
`,
      bad: `
type Query {
  order(id: ID!): Order
}

type Mutation {
  createOrder(input: CreateOrderInput!): CreateOrderPayload
  updateOrder(input: UpdateOrderInput!): OrderDetails
}

type Order {
  id: ID!
}

type CreateOrderPayload {
  order: NewOrder
}

type NewOrder {
  id: ID!
}

type OrderDetails {
  id: ID!
}
`,
      *find(api) {
        for (const { mutation, entity, query } of graphqlWrites(api)) {
          const other = query && otherType(api, mutation, entity);
          if (!query || !other) continue;
          yield {
            at: other.at,
            message: `\`${mutation.name}\` returns \`${other.name}\`, while \`${query.name}\` returns \`${entity.name}\`.`,
            help: `Return \`${entity.name}\` from both.`,
            related: [{ message: `What \`${query.name}\` returns.`, at: query.at.on(query.node.type) }],
          };
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";
package orders.v1;

service OrderService {
  rpc GetOrder(GetOrderRequest) returns (Order);
  rpc CreateOrder(CreateOrderRequest) returns (CreateOrderResponse);
  rpc UpdateOrder(UpdateOrderRequest) returns (google.longrunning.Operation);
}

message Order {
  string name = 1;
}

message CreateOrderResponse {
  Order order = 1;
}
`,
      bad: `
syntax = "proto3";
package orders.v1;

service OrderService {
  rpc GetOrder(GetOrderRequest) returns (Order);
  rpc CreateOrder(CreateOrderRequest) returns (CreateOrderResponse);
  rpc UpdateOrder(UpdateOrderRequest) returns (OrderDetails);
}

message Order {
  string name = 1;
}

message CreateOrderResponse {
  string order_name = 1;
}

message OrderDetails {
  string name = 1;
}
`,
      *find(api) {
        for (const { rpc, get, resource, response } of protobufWrites(api)) {
          // An operation gives it in the end.
          if (!response || response === resource || /Operation$/.test(response.name)) continue;
          if (response.fields.length === 0) continue;
          const held = fieldTypes(api, response);
          if (held.includes(resource) || held.some((message) => fieldTypes(api, message).includes(resource))) continue;
          yield {
            at: rpc.response!.at,
            message: `\`${rpc.name}\` returns \`${response.name}\`, which is no \`${resource.name}\` and holds none.`,
            help: `Return the \`${resource.name}\`, by itself or in the response.`,
            related: [{ message: `What \`${get.name}\` returns.`, at: get.at }],
          };
        }
      },
    },
  },
});

function writesOf({ item, collection }: Resource): Operation[] {
  const create = collection.get('post');
  return [
    create && createsItem(create) && !addsMember(create) ? create : undefined,
    item.get('put'),
    item.get('patch'),
  ].filter((operation) => operation !== undefined);
}

/** Whether a POST makes something a member of a set: what it returns is the membership. */
function addsMember({ value }: Operation): boolean {
  return operationVerb(asString(value['operationId']) ?? '') === 'add';
}

/** Whether two representations are one schema, or have most properties in common; secrets are shown once, at creation. */
function isSame(api: OpenApi, one: Representation, two: Representation): boolean {
  if (schemaOf(api, one) === schemaOf(api, two)) return true;
  if (isInside(api, one, two) || isInside(api, two, one)) return true;
  const all = new Set([...one.properties.keys(), ...two.properties.keys()].filter((name) => !isSecretName(name)));
  const shared = [...all].filter((name) => one.properties.has(name) && two.properties.has(name)).length;
  return shared >= all.size * alike;
}

/** From this share of common properties on, two schemas describe one thing, with some details left out. */
const alike = 0.6;

/** Whether one representation is what the body of the other holds in a property, beside further things. */
function isInside(api: OpenApi, one: Representation, two: Representation): boolean {
  const object = schemaOf(api, one);
  return [...propertiesOf(api, two.body).values()].some(
    (property) => property.name === one.inside || (api.resolve(property) ?? property).value === object,
  );
}

const schemaOf = (api: OpenApi, { object }: Representation): unknown => (api.resolve(object) ?? object).value;

/** What an answer lacks, or has in addition, in words. */
function differences(answer: Representation, read: Representation): string {
  const missing = [...read.properties.keys()].filter((name) => !answer.properties.has(name));
  const extra = [...answer.properties.keys()].filter((name) => !read.properties.has(name));
  const parts = [
    ...(missing.length > 0 ? [`no ${listed(missing)}`] : []),
    ...(extra.length > 0 ? [`${listed(extra)} instead`] : []),
  ];
  return missing.length > 0 ? parts.join(', but ') : `${listed(extra)} in addition to what reading returns`;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 2).map((name) => `\`${name}\``);
  return names.length > 2 ? `${shown.join(', ')} (and ${names.length - 2} more)` : shown.join(' and ');
}

/** The type that a mutation returns in the place of an entity: by itself, or as the field of its payload that is called like it. */
function otherType(
  api: GraphQl,
  { noun, result, field }: Mutation,
  entity: Type,
): { name: string; at: Place } | undefined {
  const { type } = result;
  if (type?.kind !== 'type' || type === entity) return undefined;
  if (type.fields.some(({ node }) => leadsTo(api, node.type, entity))) return undefined;
  if (isEntity(type)) return { name: type.name, at: field.at.on(namedType(field.node.type)) };
  const held = type.fields.find(({ name }) => split(name).join(' ') === noun.join(' '));
  const name = held && namedType(held.node.type).name.value;
  return held && typeNamed(api, name!)?.kind === 'type'
    ? { name: name!, at: held.at.on(namedType(held.node.type)) }
    : undefined;
}

/** Whether a type is an entity, one that an interface or union stands for, or holds it in a field, as edges do. */
function leadsTo(api: GraphQl, type: TypeNode, entity: Type): boolean {
  const { value } = namedType(type).name;
  const named = typeNamed(api, value);
  if (!named) return !isSpecifiedName(value);
  if (named === entity || named.members.some(({ name }) => name === entity.name)) return true;
  if (entity.interfaces.some(({ name }) => name === named.name)) return true;
  return (
    /Edge$|Connection$/.test(named.name) &&
    named.fields.some(({ node }) => namedType(node.type).name.value === entity.name)
  );
}
