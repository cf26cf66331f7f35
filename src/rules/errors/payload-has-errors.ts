import { payloads } from '../../conventions/graphql/errors.ts';
import type { GraphQl } from '../../languages/graphql/graphql.ts';
import { isList, namedType, rootTypes, type Type } from '../../languages/graphql/select.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'errors/payload-has-errors',
  summary: 'the payload of a mutation says what was wrong with the input',
  why: `What a person can put right, such as an address that is taken, is part of the domain. In the \`errors\` at the top of the answer it
has no type: each client reads sentences to find out what happened. A field of the payload is typed, documented and can be asked for.`,
  sources: ['guide S4, GraphQL Schema Design (UserError)', 'guide S3, GraphQL Schema Definition'],
  equivalents: [],
  checks: {
    graphql: {
      good: `
type Mutation {
  createOrder(input: CreateOrderInput!): CreateOrderPayload
  payOrder(input: PayOrderInput!): PayOrderResult
  shipOrder(input: ShipOrderInput!): ShipOrderPayload
}

type CreateOrderPayload {
  order: Order
  errors: [UserError!]!
}

union PayOrderResult = Payment | CardDeclinedError

type Payment {
  reference: String!
}

type CardDeclinedError {
  message: String!
}

"Told by another subgraph."
extend type ShipOrderPayload @key(fields: "id") {
  id: ID!
}
`,
      bad: `
type Mutation {
  createOrder(input: CreateOrderInput!): CreateOrderPayload
  deleteOrder(input: DeleteOrderInput!): DeleteOrderPayload
}

type CreateOrderPayload {
  order: Order
}

type DeleteOrderPayload {
  success: Boolean!
}
`,
      *find(api) {
        // What is a member of a union has errors as its siblings.
        const judged = payloads(api).filter(
          ({ type, mutations }) => type.base !== null && mutations.some(({ result }) => result.type === type),
        );
        const silent = judged.filter(({ type }) => !tellsErrors(type));
        if (silent.length > many && silent.length === judged.length) {
          yield* onceForAll(api, silent.length);
          return;
        }
        for (const { type, mutations } of silent) {
          yield {
            at: type.at,
            message: `\`${type.name}\`, which \`${mutations[0]!.name}\` answers with, has no place for errors.`,
            help: 'Add `errors: [UserError!]!`, or answer with a union of the result and its errors.',
          };
        }
      },
    },
  },
  absent: { openapi: 'There the status and the body of its response tell errors: `errors/body-declared`.' },
});

/** From here on, a schema in which no payload tells errors has one fault, not as many as payloads. */
const many = 10;

function* onceForAll(api: GraphQl, count: number) {
  for (const [operation, { at }] of rootTypes(api)) {
    if (operation !== 'mutation') continue;
    yield {
      at,
      message: `None of the ${count} payloads of mutations has a place for errors.`,
      help: 'Give payloads `errors: [UserError!]!`, or answer with unions of results and errors.',
    };
  }
}

/** Whether a payload has errors, or the `success`, `code` and `message` that some give instead. */
function tellsErrors({ fields, members }: Type): boolean {
  if (members.length > 0) return true;
  if (fields.some(({ name }) => /error|problem|violation|failure/i.test(name))) return true;
  if (fields.some(({ node }) => /(?:Errors?|Problem|Failure)$/.test(namedType(node.type).name.value))) return true;
  const names = new Set(fields.filter(({ node }) => !isList(node.type)).map(({ name }) => split(name).join(' ')));
  const says = names.has('message') || names.has('reason');
  return says && (names.has('code') || names.has('success') || names.has('ok') || names.has('status'));
}
