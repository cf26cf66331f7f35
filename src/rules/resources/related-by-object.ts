import { isEntity } from '../../conventions/graphql/entities.ts';
import { payloads } from '../../conventions/graphql/errors.ts';
import type { GraphQl } from '../../languages/graphql/graphql.ts';
import {
  deprecationOf,
  directiveOn,
  type Field as GraphqlField,
  fields as graphqlFields,
  isList,
  namedType,
  rootTypes,
  type Type,
  typeNamed,
} from '../../languages/graphql/select.ts';
import {
  namesResources,
  type Resource,
  referenceOf,
  resourceOf,
  resources,
} from '../../languages/protobuf/annotations.ts';
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import { messages } from '../../languages/protobuf/select.ts';
import { toCase } from '../../words/cases.ts';
import { singular } from '../../words/plurals.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'resources/related-by-object',
  summary: 'a relation leads to the related thing, not only to its id',
  why: `A bare id makes each client ask again for what it wanted in the first place, and says nowhere which type it is of: neither people
nor tools can follow it.`,
  sources: ['guide S4, GraphQL Schema Design (DataLoader)', 'AIP-122', 'AIP-124'],
  equivalents: [],
  checks: {
    graphql: {
      good: `
type Order {
  id: ID!
  customer: Customer
  "For those who have the customer already."
  customerId: ID
  trackingId: String
}

type Customer {
  id: ID!
}

type DeleteOrderPayload {
  orderId: ID
}

input OrderInput {
  customerId: ID!
}
`,
      bad: `
type Order {
  id: ID!
  customerId: ID!
  productIds: [ID!]!
}

type Customer {
  id: ID!
}

type Product {
  id: ID!
}
`,
      *find(api) {
        const apart = new Set<Type>([...payloads(api).map(({ type }) => type), ...rootTypes(api).values()]);
        for (const field of graphqlFields(api)) {
          if (apart.has(field.owner) || !isEntity(field.owner)) continue;
          const type = typeOfId(api, field);
          if (!type || leadsTo(field.owner, type)) continue;
          yield {
            at: field.at,
            message: `\`${field.owner.name}\` has \`${field.name}\`, and no field that leads to the \`${type.name}\`${isList(field.node.type) ? 's' : ''}.`,
            help: `Add a field of type \`${type.name}\`.`,
          };
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";
package orders.v1;

import "google/api/resource.proto";

message Order {
  option (google.api.resource) = { type: "shop.example.com/Order" pattern: "orders/{order}" };
  string name = 1;
  string customer = 2 [(google.api.resource_reference).type = "shop.example.com/Customer"];
}

message Customer {
  option (google.api.resource) = { type: "shop.example.com/Customer" pattern: "customers/{customer}" };
  string name = 1;
}

message CreateCustomerRequest {
  string customer_id = 1;
}
`,
      bad: `
syntax = "proto3";
package orders.v1;

import "google/api/resource.proto";

message Order {
  option (google.api.resource) = { type: "shop.example.com/Order" pattern: "orders/{order}" };
  string name = 1;
  string customer = 2;
}

message Customer {
  option (google.api.resource) = { type: "shop.example.com/Customer" pattern: "customers/{customer}" };
  string name = 1;
}
`,
      *find(api) {
        if (!namesResources(api)) return;
        const known = resourcesByField(api);
        for (const { node, name: owner, fields, file } of messages(api)) {
          if (!resourceOf(node)) continue;
          for (const { name, type, node: field, at } of fields) {
            const resource = type === 'string' ? known.get(name) : undefined;
            if (!resource || resource.message === node || referenceOf(field)) continue;
            if (resource.file.packageName !== file.packageName) continue;
            yield {
              at,
              message: `\`${name}\` of \`${owner}\` is called like the resource \`${resource.name}\`, and does not refer to it.`,
              help: `Add \`google.api.resource_reference\` with the type of \`${resource.name}\`.`,
            };
          }
        }
      },
    },
  },
  absent: { openapi: 'There a relation is an id or a link: `resources/links-declared`.' },
});

/** The entity whose id a field holds, by its name: `Customer` for `customerId`. */
function typeOfId(api: GraphQl, { name, node, owner }: GraphqlField): Type | undefined {
  const words = split(name);
  const last = words.at(-1);
  if (words.length < 2 || (last !== 'id' && last !== 'ids')) return undefined;
  if (!/^(?:ID|Int|UUID)$/.test(namedType(node.type).name.value)) return undefined;
  if (deprecationOf(node) || directiveOn(node, 'external')) return undefined;
  const type = typeNamed(api, toCase(words.slice(0, -1), 'pascal'));
  return type && type !== owner && isEntity(type) ? type : undefined;
}

/** Whether a type has a field of another type, of a list of it, or of one that is called after it, as a connection. */
function leadsTo(owner: Type, { name }: Type): boolean {
  return owner.fields.some(({ node }) => namedType(node.type).name.value.startsWith(name));
}

/** The resources that messages are, by what a field that refers to one is called: `customer`. */
function resourcesByField(api: Protobuf): ReadonlyMap<string, Resource> {
  const found = new Map<string, Resource>();
  for (const resource of resources(api)) {
    const name = toCase(
      split(resource.name).map((word, i, all) => (i === all.length - 1 ? singular(word) : word)),
      'snake',
    );
    if (resource.message) found.set(name, resource);
  }
  return found;
}
