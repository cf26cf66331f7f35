import type { GraphQl } from '../../languages/graphql/graphql.ts';
import * as graphql from '../../languages/graphql/select.ts';
import { asString, get } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { At } from '../../languages/openapi/references.ts';
import { parameters, properties, typesOf } from '../../languages/openapi/select.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import { isMoneyName, isMoneyNameIn } from '../../words/money.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'schemas/money-exact',
  summary: 'sums of money are not floating-point numbers',
  why: `JSON numbers become binary floating point in most clients, which has no exact 0.10: sums drift by a cent, comparisons fail, and
invoices no longer add up. Minor units as an integer, a decimal in a string, or an object of amount and currency are exact.`,
  sources: ['guide S4, GraphQL Schema Design', 'Zalando #173', 'google.type.Money', 'IEEE 754'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
components:
  schemas:
    Invoice:
      type: object
      properties:
        total_amount: { type: integer, description: In cents. }
        price: { type: string, pattern: '^\\d+\\.\\d\\d$' }
        fee: { $ref: '#/components/schemas/Money' }
        tax_rate: { type: number }
        price_change_percentage: { type: number }
        balance: { type: number, format: decimal }
    Money:
      type: object
      properties:
        minor_units: { type: integer }
        currency: { type: string }
`,
      bad: `
openapi: 3.1.0
paths:
  /products:
    get:
      parameters:
        - { name: max_price, in: query, schema: { type: number } }
components:
  schemas:
    Invoice:
      type: object
      properties:
        total_amount: { type: number, format: double }
`,
      *find(api) {
        for (const { name, value, at } of namedPlaces(api)) {
          if (!typesOf(value).includes('number') || !isMoneyName(name)) continue;
          const format = asString(get(value, 'format'));
          if (format !== undefined && !binary.has(format)) continue;
          yield {
            at,
            message: `\`${name}\` is money in a floating-point number, which cannot hold most sums exactly.`,
            help: 'Use an integer of minor units, a decimal in a string, or an object of amount and currency.',
          };
        }
      },
    },

    graphql: {
      good: `
type Order {
  total: Money!
  price: Decimal
  amountInCents: Int!
  taxRate: Float!
  weight: Float!
}

type Results {
  total: Float
}

scalar Decimal
`,
      bad: `
type Query {
  products(maxPrice: Float): [Product!]!
}

type Order {
  total: Float!
  shippingFee: [Float!]
}

input OrderInput {
  totalAmount: Float!
}
`,
      *find(api) {
        for (const { name, node, at, owner } of graphqlValues(api)) {
          const thing = 'kind' in owner ? owner.name : '';
          if (graphql.namedType(node.type).name.value !== 'Float' || !isMoneyNameIn(name, thing)) continue;
          yield {
            at: at.on(graphql.namedType(node.type)),
            message: `\`${name}\` is money in a \`Float\`, which cannot hold most sums exactly.`,
            help: 'Use a `Money` type of amount and currency, a scalar such as `Decimal`, or an `Int` of minor units.',
          };
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";

message Order {
  google.type.Money total = 1;
  int64 price_cents = 2;
  string fee = 3;
  double tax_rate = 4;
  double total_weight = 5;
}

message Results {
  double total = 1;
}
`,
      bad: `
syntax = "proto3";

message Order {
  double total = 1;
  repeated float prices = 2;
  float shipping_fee = 3;
}
`,
      *find(api) {
        for (const { name, type, typeAt, node } of protobuf.fields(api)) {
          if (!floats.has(type) || !isMoneyNameIn(name, holderOf(node))) continue;
          yield {
            at: typeAt,
            message: `\`${name}\` is money in a \`${type}\`, which cannot hold most sums exactly.`,
            help: 'Use `google.type.Money`, or an integer of minor units beside the currency.',
          };
        }
      },
    },
  },
});

/** Formats that say how the floating-point number is stored; others, as `decimal`, promise an exact one. */
const binary = new Set(['float', 'double']);

function namedPlaces(api: OpenApi): (At & { readonly name: string })[] {
  const taken = parameters(api).flatMap(({ name, schema }) => (schema ? [{ ...schema, name }] : []));
  return [...properties(api), ...taken];
}

/** Fields, input fields and the arguments of fields. */
function graphqlValues(api: GraphQl): (graphql.Field | graphql.InputField | graphql.Argument)[] {
  const taken = graphql.everyArgument(api).filter(({ owner }) => 'owner' in owner);
  return [...graphql.fields(api), ...graphql.inputFields(api), ...taken];
}

const floats: ReadonlySet<string> = new Set([
  'double',
  'float',
  'google.protobuf.DoubleValue',
  'google.protobuf.FloatValue',
]);

/** The name of the message that a field stands in. */
function holderOf({ parent }: protobuf.Field['node']): string {
  const message = parent.kind === 'oneof' ? parent.parent : parent;
  return message.kind === 'message' ? message.name.text : '';
}
