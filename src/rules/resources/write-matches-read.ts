import type { TypeNode } from 'graphql';
import { writes as graphqlWrites } from '../../conventions/graphql/writes.ts';
import { createsItem } from '../../conventions/openapi/intent.ts';
import { resources, returned, taken } from '../../conventions/openapi/resources.ts';
import { writes as protobufWrites } from '../../conventions/protobuf/writes.ts';
import type { GraphQl } from '../../languages/graphql/graphql.ts';
import { fieldNamed, isList, namedType, typeNamed } from '../../languages/graphql/select.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { effectiveTypes, keyword, type Property } from '../../languages/openapi/select.ts';
import { isIdName } from '../../words/ids.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'resources/write-matches-read',
  summary: 'what is written is read under the same name and with the same type',
  why: `Clients read an item, change it and send it back. A property that is a number on the way in and a string on the way out, or that
changes its name, makes them translate between two models of one thing, and forget to.`,
  sources: ['guide S4, Consistency Over Cleverness', 'AIP-133', 'Zalando 148'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    post:
      operationId: createOrder
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                amount: { type: integer }
                customer: { type: string }
                password: { type: string, writeOnly: true }
  /orders/{id}:
    get:
      responses:
        '200':
          description: The order.
          content:
            application/json:
              schema:
                type: object
                properties:
                  id: { type: string }
                  amount: { type: number }
                  customer:
                    type: object
                    description: More than the id that was written.
                    properties: { id: { type: string } }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    post:
      operationId: createOrder
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                amount: { type: integer }
                shippedTo: { type: string }
  /orders/{id}:
    get:
      responses:
        '200':
          description: The order.
          content:
            application/json:
              schema:
                type: object
                properties:
                  amount: { type: string }
                  shipped_to: { type: string }
`,
      *find(api) {
        const judged = new Set<unknown>();
        for (const { item, collection } of resources(api)) {
          const get = item.get('get');
          const read = get && returned(api, get);
          if (!get || !read) continue;
          const create = collection.get('post');
          const spellings = new Map([...read.properties.keys()].map((name) => [split(name).join(' '), name]));
          for (const operation of [
            create && createsItem(create) ? create : undefined,
            item.get('put'),
            item.get('patch'),
          ]) {
            const written = operation && taken(api, operation);
            if (!operation || !written || written.object.value === read.object.value) continue;
            const renamed: [Property, Property][] = [];
            for (const property of written.properties.values()) {
              if (judged.has(property.value)) continue;
              const same = read.properties.get(property.name);
              const conflict = same && typeConflict(api, property, same);
              if (same && conflict) {
                judged.add(property.value);
                yield {
                  at: property.at.onKey,
                  message: `\`${property.name}\` of \`${operation.name}\` ${conflict}.`,
                  help: 'Give it one type in both directions.',
                  related: [{ message: `As \`${get.name}\` returns it.`, at: same.at.onKey }],
                };
              }
              const other = read.properties.get(spellings.get(split(property.name).join(' ')) ?? '');
              if (!same && other && !written.properties.has(other.name)) renamed.push([property, other]);
            }
            const [first, ...more] = renamed;
            if (!first || judged.has(written.object.value)) continue;
            judged.add(written.object.value);
            const [property, other] = first;
            const rest = alsoRenamed(more.length);
            yield {
              at: property.at.onKey,
              message: `\`${property.name}\` of \`${operation.name}\` is called \`${other.name}\` when it is read${rest}.`,
              help: 'Give it one name in both directions.',
              related: [{ message: `As \`${get.name}\` returns it.`, at: other.at.onKey }],
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
  createOrder(input: CreateOrderInput!): Order
}

type Order {
  id: ID!
  amount: Float!
  customer: Customer!
  status: OrderStatus!
}

input CreateOrderInput {
  amount: Int!
  "More than the id comes back."
  customer: ID!
  status: SettableStatus
}

enum OrderStatus { OPEN PAID }

enum SettableStatus { OPEN }
`,
      bad: `
type Query {
  order(id: ID!): Order
}

type Mutation {
  createOrder(input: CreateOrderInput!): Order
}

type Order {
  id: ID!
  amount: String!
  shippedTo: String
  status: OrderStatus!
  tags: [String!]
}

input CreateOrderInput {
  amount: Int!
  shipped_to: String
  status: String
  tags: String
}

enum OrderStatus { OPEN PAID }
`,
      *find(api) {
        const seen = new Set<unknown>();
        for (const { mutation, entity, taken } of graphqlWrites(api)) {
          const names = new Set(taken.map(({ name }) => name));
          for (const value of taken) {
            if (seen.has(value.node)) continue;
            seen.add(value.node);
            const same = fieldNamed(entity, value.name);
            const conflict = same && conflictOf(api, value.node.type, same.node.type);
            const words = split(value.name).join(' ');
            const other = same ?? entity.fields.find(({ name }) => !names.has(name) && split(name).join(' ') === words);
            if (same && conflict) {
              yield {
                at: value.at,
                message: `\`${value.name}\` of \`${mutation.name}\` ${conflict}.`,
                help: 'Give it one type in both directions.',
                related: [{ message: `As \`${entity.name}\` has it.`, at: same.at }],
              };
            } else if (other && other.name !== value.name) {
              yield {
                at: value.at,
                message: `\`${value.name}\` of \`${mutation.name}\` is called \`${other.name}\` when it is read.`,
                help: 'Give it one name in both directions.',
                related: [{ message: `As \`${entity.name}\` has it.`, at: other.at }],
              };
            }
          }
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";
package orders.v1;

service OrderService {
  rpc GetOrder(GetOrderRequest) returns (Order);
  rpc CreateOrder(CreateOrderRequest) returns (Order);
  rpc UpdateOrder(UpdateOrderRequest) returns (Order);
}

message Order {
  string name = 1;
  string customer = 2;
  string note = 3;
}

message CreateOrderRequest {
  string order_id = 1;
  Order order = 2;
}

message UpdateOrderRequest {
  string name = 1;
  string note = 2;
}
`,
      bad: `
syntax = "proto3";
package orders.v1;

service OrderService {
  rpc GetOrder(GetOrderRequest) returns (Order);
  rpc CreateOrder(CreateOrderRequest) returns (Order);
}

message Order {
  string name = 1;
  string customer = 2;
  string note = 3;
}

message CreateOrderRequest {
  string customer = 1;
  string note = 2;
}
`,
      *find(api) {
        const seen = new Set<unknown>();
        for (const { rpc, resource, request } of protobufWrites(api)) {
          if (!request || request === resource || seen.has(request)) continue;
          seen.add(request);
          if (request.fields.some(({ definition }) => definition?.node?.kind === 'message')) continue;
          const known = new Set(resource.fields.map(({ name }) => name).filter((name) => !addresses(name)));
          const repeated = request.fields.filter(({ name }) => known.has(name));
          if (repeated.length < 2) continue;
          yield {
            at: request.at,
            message: `\`${request.name}\` repeats ${repeated
              .slice(0, 2)
              .map(({ name }) => `\`${name}\``)
              .join(' and ')} of \`${resource.name}\` instead of holding a \`${resource.name}\`.`,
            help: `Give \`${rpc.name}\` a field of type \`${resource.name}\`.`,
            related: [{ message: 'What is read.', at: resource.at }],
          };
        }
      },
    },
  },
});

function alsoRenamed(count: number): string {
  if (count === 0) return '';
  return count === 1 ? ', and one more property changes its name' : `, and ${count} more properties change their names`;
}

/** How the types of what is written and what is read exclude each other. An id that becomes an object is no conflict. */
function typeConflict(api: OpenApi, written: Property, read: Property): string | null {
  const [one, two] = [written, read].map((property) => kindsOf(api, property));
  if (!one || !two || one.some((kind) => two.includes(kind))) return null;
  return `is ${withArticle(one[0]!)} when it is written, and ${withArticle(two[0]!)} when it is read`;
}

/** The scalar types and arrays that a schema allows; undefined where it allows anything else or does not say. */
function kindsOf(api: OpenApi, property: Property): string[] | undefined {
  if (['oneOf', 'anyOf', 'enum'].some((name) => keyword(api, property, name) !== undefined)) return undefined;
  const types = effectiveTypes(api, property);
  if (types.length === 0 || types.includes('object')) return undefined;
  return types.map((type) => (type === 'integer' ? 'number' : type));
}

const withArticle = (type: string): string => `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;

/** Whether a field says which thing is meant. */
function addresses(name: string): boolean {
  return isIdName(name) || /^(?:name|parent|etag|namespace|project|tenant|location|region|zone)$/.test(name);
}

/** How what is written and what is read exclude each other. An id that becomes an object is no conflict, nor is a scalar of the schema's own. */
function conflictOf(api: GraphQl, written: TypeNode, read: TypeNode): string | null {
  const [one, two] = [written, read].map((type) => kindIn(api, type));
  if (!one || !two || (one === two && isList(written) === isList(read))) return null;
  // Two enums may differ on purpose: what can be asked for is less than what can be.
  if (one !== two && [one, two].every((name) => typeNamed(api, name)?.kind === 'enum')) return null;
  return `is ${inWords(written)} when it is written, and ${inWords(read)} when it is read`;
}

function inWords(type: TypeNode): string {
  const name = namedType(type).name.value;
  return isList(type) ? `a list of \`${name}\`` : `\`${name}\``;
}

/** The name of what a type allows, where that tells it from others; undefined for objects and scalars of the schema's own. */
function kindIn(api: GraphQl, type: TypeNode): string | undefined {
  const name = namedType(type).name.value;
  if (name === 'Int' || name === 'Float') return 'Float';
  if (name === 'ID' || name === 'String') return 'String';
  if (name === 'Boolean') return name;
  return typeNamed(api, name)?.kind === 'enum' ? name : undefined;
}
