import { errorTypes } from '../../conventions/graphql/errors.ts';
import { type ErrorBody, errorBodies, isOpen, isPrescribed } from '../../conventions/openapi/error-bodies.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { bodyOf, codesOf, partsOf, propertiesOf } from '../../languages/openapi/select.ts';
import { capitalised, titleOf } from '../../languages/openapi/titles.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'errors/validation-details-declared',
  summary: 'errors of validation say which field is wrong',
  why: `A form with ten fields and one "Invalid input" sends people hunting. With the field, a code and a message for each fault,
clients can show every fault where it belongs, all at once.`,
  sources: [
    'guide S4, Field-Level Validation Errors',
    'guide S4, GraphQL Schema Design (UserError)',
    'RFC 9457, section 3 (the example with `errors`)',
  ],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    post:
      requestBody: { content: { application/json: {} } }
      responses:
        '400':
          content:
            application/json:
              schema: { properties: { code: { type: string }, message: { type: string } } }
        '422':
          content:
            application/json:
              schema:
                properties:
                  error:
                    properties:
                      message: { type: string }
                      details:
                        type: array
                        items: { properties: { field: { type: string }, message: { type: string } } }
    get:
      responses:
        '400':
          content:
            application/json:
              schema: { properties: { code: { type: string }, message: { type: string } } }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    post:
      requestBody: { content: { application/json: {} } }
      responses:
        '400':
          content:
            application/json: { schema: { $ref: '#/components/schemas/Error' } }
components:
  schemas:
    Error: { properties: { code: { type: string }, message: { type: string } } }
`,
      *find(api) {
        for (const body of errorBodies(api)) {
          const { schema, answers } = body;
          const code = ['422', '400'].find((wanted) => answers.some((answer) => refuses(api, answer, wanted)));
          if (code === undefined || isOpen(api, schema) || isPrescribed(body.shape) || namesFields(api, body)) continue;
          const what = capitalised(titleOf(schema.at));
          const who = what.includes(code) ? what : `${what}, which ${code} answers with,`;
          yield {
            at: schema.at,
            message: `${who} has no place for the fields that are wrong.`,
            help: 'Add a list of `details`, each with `field`, `code` and `message`.',
          };
        }
      },
    },
    graphql: {
      good: `
type Mutation {
  createOrder(input: CreateOrderInput!): CreateOrderPayload
  payOrder(input: PayOrderInput!): PayOrderResult
}

type CreateOrderPayload { order: Order errors: [UserError!]! }

type UserError {
  "The way to the part of the input that is wrong."
  path: [String!]
  message: String!
}

union PayOrderResult = Payment | CardDeclinedError

type CardDeclinedError { message: String! }
`,
      bad: `
type Mutation {
  createOrder(input: CreateOrderInput!): CreateOrderPayload
}

type CreateOrderPayload { order: Order errors: [UserError!]! }

type UserError { code: ErrorCode! message: String! }
`,
      *find(api) {
        for (const { type, isOneKind, path } of errorTypes(api)) {
          if (
            path ||
            type.fields.length === 0 ||
            (isOneKind && !/Validation|Invalid\w*(?:Input|Argument)/.test(type.name))
          )
            continue;
          yield {
            at: type.at,
            message: `\`${type.name}\` has no place for the part of the input that is wrong.`,
            help: 'Add `field` or `path`: the names that lead to it from the input.',
          };
        }
      },
    },
  },
});

/** Whether an answer is what an operation says to a body that does not validate: its 422, or else its 400. */
function refuses(api: OpenApi, { codes, operations }: ErrorBody['answers'][number], code: string): boolean {
  if (!codes.has(code)) return false;
  return operations.some((operation) => {
    if (!bodyOf(api, operation)) return false;
    return code === '422' || !codesOf(api, operation).includes('422');
  });
}

/** Words with which a property names a field, or holds what is to be said of several. */
const telling = new Set(
  `field fields param params parameter parameters property properties pointer path target loc location source attribute
  details errors violations issues problems failures causes validations invalid context field_errors innererrors`
    .trim()
    .split(/\s+/),
);

function namesFields(api: OpenApi, { schema, shape }: ErrorBody): boolean {
  const tells = (name: string) => split(name).some((word) => telling.has(word));
  if ([...shape.fields.keys()].some(tells)) return true;
  if ([...shape.body.keys()].some((name) => !shape.path.startsWith(name) && tells(name))) return true;
  // What keys a map: `{ "email": ["is taken"] }`.
  return partsOf(api, schema).some(
    ({ value }) => typeof value['additionalProperties'] === 'object' && propertiesOf(api, schema).size === 0,
  );
}
