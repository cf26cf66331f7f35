import { type ErrorType, errorTypes, payloads } from '../../conventions/graphql/errors.ts';
import { type ErrorBody, type ErrorShape, errorBodies, isOpen } from '../../conventions/openapi/error-bodies.ts';
import * as graphql from '../../languages/graphql/select.ts';
import { capitalised, titleOf } from '../../languages/openapi/titles.ts';
import { defineRule } from '../rule.ts';

const profiles = ['any', 'envelope', 'flat', 'problem', 'google'] as const;
type Profile = (typeof profiles)[number];

export default defineRule({
  id: 'errors/shape-has-code-and-message',
  summary: 'errors have a code for programs and a message for people',
  why: `Programs need something to branch on that does not change when a sentence is reworded or translated; people need the
sentence. A client that has only the sentence compares texts, and breaks at the next correction of a typo.`,
  sources: [
    'guide S4, Comprehensive Error Response Design',
    "guide S4, Twilio's Error Response Pattern",
    'guide S1, REST API Standards',
    'guide S4, GraphQL Schema Design (UserError)',
    'RFC 9457',
    'AIP-193',
  ],
  equivalents: [],
  options: {
    profile: {
      description:
        'The shape that errors have in OpenAPI: `envelope` is `error.code` and `error.message`, `flat` is `code` and `message` in the body, `problem` is RFC 9457, `google` is `error` with `code`, `message` and `status`; `any` accepts every shape that has both.',
      default: 'any' as Profile,
      schema: { enum: profiles },
    },
  },
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    get:
      responses:
        '400':
          content:
            application/json:
              schema:
                properties:
                  error:
                    type: object
                    properties: { type: { type: string }, code: { type: string }, message: { type: string } }
        '401':
          content:
            application/json:
              schema: { properties: { error: { type: string }, error_description: { type: string } } }
        '404':
          content:
            application/problem+json:
              schema: { properties: { type: { type: string }, title: { type: string }, status: { type: integer } } }
        '500':
          content:
            application/json:
              schema:
                properties:
                  errors:
                    type: array
                    items: { properties: { code: { type: string }, detail: { type: string } } }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get:
      responses:
        '400':
          content:
            application/json: { schema: { $ref: '#/components/schemas/Error' } }
        '404':
          content:
            application/json:
              schema: { properties: { error: { type: object, properties: { code: { type: string } } } } }
        '500':
          content:
            application/json: { schema: { type: object } }
        '503':
          content:
            application/json: { schema: { type: string } }
components:
  schemas:
    Error: { properties: { error: { type: string } } }
`,
      *find(api, { profile }) {
        for (const body of errorBodies(api)) {
          const { schema, shape } = body;
          const what = capitalised(titleOf(schema.at));
          if (profile !== 'any') {
            const lacks = lacking(body, profile);
            if (lacks.length === 0) continue;
            yield {
              at: schema.at,
              message: `${what} does not have the shape \`${profile}\`: it lacks ${lacks.map((name) => `\`${name}\``).join(', ')}.`,
              help: 'Use the one shape that was agreed on for errors.',
            };
            continue;
          }
          if (shape.code && shape.message) continue;
          const missing = missingIn(shape, isOpen(api, schema));
          yield { at: schema.at, message: `${what} ${missing}.`, help: helpFor(shape) };
        }
      },
    },
    graphql: {
      good: `
type Mutation {
  createOrder(input: CreateOrderInput!): CreateOrderPayload
  shipOrder(input: ShipOrderInput!): ShipOrderResult
}

type CreateOrderPayload { order: Order errors: [UserError!]! }

type UserError { message: String! code: ErrorCode! field: [String!] }

union ShipOrderResult = Shipment | NotPaidError

"Its name is the code."
type NotPaidError { message: String! }
`,
      bad: `
type Mutation {
  createOrder(input: CreateOrderInput!): CreateOrderPayload
  updateOrder(input: UpdateOrderInput!): UpdateOrderPayload
  shipOrder(input: ShipOrderInput!): ShipOrderResult
}

type CreateOrderPayload { order: Order errors: [UserError!]! }

type UpdateOrderPayload { order: Order errors: [String!]! }

type UserError { message: String! field: [String!] }

union ShipOrderResult = Shipment | NotPaidError

type NotPaidError { due: DateTime }
`,
      *find(api) {
        for (const { type, errors } of payloads(api)) {
          for (const { name, node, at } of errors) {
            if (graphql.namedType(node.type).name.value !== 'String') continue;
            yield {
              at: at.on(graphql.namedType(node.type)),
              message: `The \`${name}\` of \`${type.name}\` are plain texts: they have no code that programs can tell errors by.`,
              help: 'Return objects with a `code` and a `message`.',
            };
          }
        }
        for (const error of errorTypes(api)) {
          const { type, isOneKind, message, code } = error;
          if (type.fields.length === 0 || (message && (code || isOneKind))) continue;
          yield {
            at: type.at,
            message: `\`${type.name}\` ${lackIn(error)}.`,
            help: isOneKind ? 'Add a message that says what happened.' : helpFor(error),
          };
        }
      },
    },
  },
});

function missingIn({ style, code, message, path }: ErrorShape, open: boolean): string {
  if (style === 'text') return 'is a plain text: it has a message, but no code that programs can tell errors by';
  if (!code && !message) return open ? 'does not say what an error holds' : 'has neither a code nor a message';
  const where = path === '' ? '' : ` in \`${path}\``;
  return code
    ? `has no message for people${where} beside \`${code.name}\``
    : `has no code${where} that programs can tell errors by, only \`${message!.name}\``;
}

function helpFor({ code, message }: { readonly code?: unknown; readonly message?: unknown }): string {
  if (!code && !message) return 'Declare a stable code and a message that says what happened.';
  return code ? 'Add a message that says what happened.' : 'Add a code that stays the same when the text changes.';
}

/** The properties that a body lacks to have the shape. */
function lacking({ shape, media }: ErrorBody, profile: Exclude<Profile, 'any'>): string[] {
  const inError = shape.path === 'error';
  switch (profile) {
    case 'flat':
      return ['code', 'message'].filter((name) => !shape.body.has(name));
    case 'problem': {
      const lacks = ['type', 'title'].filter((name) => !shape.body.has(name));
      return /problem\+json/i.test(media.name) ? lacks : [...lacks, 'application/problem+json'];
    }
    default: {
      const names = profile === 'google' ? ['code', 'message', 'status'] : ['code', 'message'];
      return names.filter((name) => !inError || !shape.fields.has(name)).map((name) => `error.${name}`);
    }
  }
}

function lackIn({ isOneKind, code, message }: ErrorType): string {
  if (message) return `has no code that programs can tell errors by, only \`${message.name}\``;
  if (code) return `has no message for people beside \`${code.name}\``;
  return isOneKind ? 'has no message for people' : 'has neither a code nor a message';
}
