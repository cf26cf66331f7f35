import { errorMembers, errorTypes, payloads } from '../../conventions/graphql/errors.ts';
import { mutations } from '../../conventions/graphql/mutations.ts';
import { type ErrorBody, type ErrorShape, errorBodies, isPrescribed } from '../../conventions/openapi/error-bodies.ts';
import { type ErrorMessage, errorMessages } from '../../conventions/protobuf/errors.ts';
import type { GraphQl } from '../../languages/graphql/graphql.ts';
import * as graphql from '../../languages/graphql/select.ts';
import { capitalised, titleOf } from '../../languages/openapi/titles.ts';
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import type { Message } from '../../languages/protobuf/select.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import type { Finding } from '../../text/problem.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'errors/shape-consistent',
  summary: 'all errors have one shape',
  why: `Clients handle errors in one place for all operations. Each further shape is a branch that is written after the first
incident in which the message could not be found.`,
  sources: [
    'guide S4, Comprehensive Error Response Design',
    'guide S4, Production Examples (consistent error format)',
    'guide S1, REST API Standards',
    'guide S4, GraphQL Schema Design (UserError)',
    'AIP-193',
  ],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    post:
      responses:
        '404':
          content:
            application/json: { schema: { $ref: '#/components/schemas/Error' } }
        '422':
          content:
            application/json: { schema: { $ref: '#/components/schemas/ValidationError' } }
components:
  schemas:
    Error:
      properties:
        code: { type: string }
        message: { type: string }
    ValidationError:
      allOf: [{ $ref: '#/components/schemas/Error' }]
      properties:
        fields: { type: array, items: { type: object } }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    post:
      responses:
        '404':
          content:
            application/json: { schema: { $ref: '#/components/schemas/Error' } }
        '409':
          content:
            application/json: { schema: { $ref: '#/components/schemas/Error' } }
        '422':
          content:
            application/json:
              schema:
                properties:
                  errors:
                    type: array
                    items: { properties: { code: { type: string }, message: { type: string } } }
        '500':
          content:
            application/json: { schema: { type: string } }
components:
  schemas:
    Error:
      properties:
        code: { type: string }
        message: { type: string }
`,
      *find(api) {
        const bodies = errorBodies(api).filter(({ shape }) => shape.style !== 'unknown' && !isPrescribed(shape));
        const usual = commonest(bodies);
        const model = bodies.find(({ shape }) => places(shape).has(usual));
        for (const { schema, shape } of bodies) {
          if (places(shape).has(usual)) continue;
          yield {
            at: schema.at,
            message: `${capitalised(titleOf(schema.at))} ${says(mainPlace(shape))}; most errors of this API ${say(usual)}.`,
            help: 'Use one schema for all errors, and extend it where one has more to say.',
            related: [{ message: 'The usual shape.', at: model!.schema.at }],
          };
        }
      },
    },
    graphql: {
      good: `
type Mutation {
  createOrder(input: CreateOrderInput!): CreateOrderPayload
  updateOrder(input: UpdateOrderInput!): UpdateOrderPayload
  shipOrder(input: ShipOrderInput!): Order
}

type CreateOrderPayload {
  order: Order
  errors: [UserError!]!
}

type UpdateOrderPayload {
  order: Order
  "Kept for older clients."
  userErrors: [UserError!]! @deprecated(reason: "Use \`errors\`.")
  errors: [LineError!]!
}

type UserError { message: String! code: ErrorCode! }

type LineError { message: String! code: ErrorCode! line: ID! }
`,
      bad: `
type Mutation {
  createOrder(input: CreateOrderInput!): CreateOrderPayload
  updateOrder(input: UpdateOrderInput!): UpdateOrderPayload
  cancelOrder(input: CancelOrderInput!): CancelOrderPayload
  deleteOrder(input: DeleteOrderInput!): DeleteOrderResult
}

type CreateOrderPayload { order: Order errors: [UserError!]! }

type UpdateOrderPayload { order: Order userErrors: [UserError!]! }

type CancelOrderPayload { order: Order errors: [CancelError!]! }

union DeleteOrderResult = DeletedOrder | OrderShippedError

type UserError { message: String! code: ErrorCode! }

type CancelError { text: String! code: ErrorCode! }

type OrderShippedError { message: String! }
`,
      *find(api) {
        yield* errorsToldElsewhere(api);
        yield* messagesCalledOtherwise(api);
      },
    },
    protobuf: {
      good: `
syntax = "proto3";
package orders.v1;

message ApiError {
  string code = 1;
  string message = 2;
}

// Beside the status, for the import of many orders.
message ImportError {
  int32 line = 1;
  string message = 2;
}
`,
      bad: `
syntax = "proto3";
package orders.v1;

message ImportOrdersResponse {
  repeated ApiError errors = 1;
  ShippingError shipping_error = 2;
}

message ApiError {
  string code = 1;
  string message = 2;
}

message ShippingError {
  int32 error_code = 1;
  string error_message = 2;
}
`,
      *find(api) {
        for (const errors of byPackage(api)) {
          const usual = mostUsed(api, errors);
          for (const { message } of errors) {
            if (message === usual) continue;
            yield {
              at: message.at,
              message: `\`${message.name}\` is a second message for errors beside \`${usual.name}\`.`,
              help: 'Use one message for all errors, or `google.rpc.Status`.',
              related: [{ message: 'The usual one.', at: usual.at }],
            };
          }
        }
      },
    },
  },
});

/** The ways to what people read, as `error.message`; where there is nothing, to the code; of a body that is a text, empty. */
function places(shape: ErrorShape): ReadonlySet<string> {
  return shape.messages.size > 0 ? shape.messages : new Set([mainPlace(shape)]);
}

function mainPlace({ style, path, message, code }: ErrorShape): string {
  if (style === 'text') return '';
  return [path, (message ?? code)!.name].filter(Boolean).join('.');
}

/** The place that most operations use; of two alike, the first. */
function commonest(bodies: readonly ErrorBody[]): string {
  const uses = new Map<string, number>();
  for (const { shape, answers } of bodies) {
    const operations = answers.reduce((sum, answer) => sum + answer.operations.length, 0);
    for (const place of places(shape)) uses.set(place, (uses.get(place) ?? 0) + operations);
  }
  return [...uses].reduce((best, next) => (next[1] > best[1] ? next : best), ['', 0] as [string, number])[0];
}

const says = (place: string): string => (place === '' ? 'is a plain text' : `tells the error in \`${place}\``);
const say = (place: string): string => (place === '' ? 'are a plain text' : `tell it in \`${place}\``);

const inUnion = 'a union';

/** The payloads and unions that tell errors where most mutations do not. */
function* errorsToldElsewhere(api: GraphQl): Generator<Finding> {
  const uses = new Map<string, number>();
  const count = (place: string): Map<string, number> => uses.set(place, (uses.get(place) ?? 0) + 1);
  for (const mutation of mutations(api)) if (errorMembers(api, mutation).length > 0) count(inUnion);
  for (const { mutations: using, errors } of payloads(api)) {
    for (const _ of using) for (const { name } of errors) count(name);
  }
  if (uses.size < 2) return;
  const [usual] = [...uses].reduce((best, next) => (next[1] > best[1] ? next : best));
  const help = 'Tell errors in one place, so that clients can handle them in one.';
  const others = usual === inUnion ? 'answer with a union of results and errors' : `tell them in \`${usual}\``;
  for (const { type, errors } of payloads(api)) {
    const [first] = errors;
    if (!first || errors.some(({ name }) => name === usual)) continue;
    const message = `\`${type.name}\` tells errors in \`${first.name}\`; most mutations ${others}.`;
    yield { at: first.at, message, help };
  }
  if (usual === inUnion) return;
  for (const mutation of mutations(api)) {
    const [member] = errorMembers(api, mutation);
    if (!member) continue;
    const message = `\`${mutation.name}\` answers with \`${member.name}\` in a union; most mutations ${others}.`;
    yield { at: mutation.field.at.on(graphql.namedType(mutation.field.node.type)), message, help };
  }
}

/** The types of errors whose message is called otherwise than in most. */
function* messagesCalledOtherwise(api: GraphQl): Generator<Finding> {
  const messages = errorTypes(api).flatMap(({ message }) => message ?? []);
  const uses = new Map<string, number>();
  for (const { name } of messages) uses.set(name, (uses.get(name) ?? 0) + 1);
  if (uses.size < 2) return;
  const [usual] = [...uses].reduce((best, next) => (next[1] > best[1] ? next : best));
  const model = messages.find(({ name }) => name === usual)!;
  for (const { name, owner, at } of messages) {
    if (name === usual) continue;
    yield {
      at,
      message: `\`${owner.name}\` ${says(name)}; most errors of this API ${say(usual)}.`,
      help: 'Give all types of errors the same fields, for instance by an interface.',
      related: [{ message: 'The usual shape.', at: model.at }],
    };
  }
}

/** The messages for errors of each package that has several, and those that say what `google.rpc.Status` says. */
function byPackage(api: Protobuf): (readonly ErrorMessage[])[] {
  const found = new Map<string, ErrorMessage[]>();
  for (const error of errorMessages(api)) {
    const { packageName } = error.message.file;
    const known = found.get(packageName);
    if (known) known.push(error);
    else found.set(packageName, [error]);
  }
  return [...found.values()].filter(({ length }) => length > 1);
}

/** The message that most fields and rpcs use; of two alike, the first. */
function mostUsed(api: Protobuf, errors: readonly ErrorMessage[]): Message {
  const uses = new Map<string, number>(errors.map(({ message }) => [message.fullName, 0]));
  const sides = protobuf.rpcs(api).flatMap(({ request, response }) => [request, response]);
  for (const use of [...protobuf.fields(api), ...sides]) {
    const count = use && uses.get(use.type);
    if (use && count !== undefined) uses.set(use.type, count! + 1);
  }
  return errors.reduce((best, next) =>
    uses.get(next.message.fullName)! > uses.get(best.message.fullName)! ? next : best,
  ).message;
}
