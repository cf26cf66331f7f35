import { errorTypes } from '../../conventions/graphql/errors.ts';
import { errorBodies, isRpcStatus } from '../../conventions/openapi/error-bodies.ts';
import { descriptionOf, namedType, schemaParts } from '../../languages/graphql/select.ts';
import { asString, get, itemsOf } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { keyword, type Property, partsOf, tags } from '../../languages/openapi/select.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'errors/code-enumerated',
  summary: 'the codes of errors are listed or documented',
  why: `A code that nobody lists is found out by making the error happen. Callers then handle the codes that they have met, and
learn of the others in production.`,
  sources: [
    'guide S4, Comprehensive Error Response Design (ErrorCode)',
    "guide S4, Twilio's Error Response Pattern",
    'guide S4, GraphQL Schema Design (UserError)',
  ],
  equivalents: [],
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
                  code: { type: string, enum: [invalid_filter, invalid_cursor] }
                  message: { type: string }
        '404':
          content:
            application/json:
              schema:
                properties:
                  code: { type: integer, description: 'One of https://shop.test/errors.' }
                  message: { type: string }
        '500':
          content:
            application/json:
              schema:
                properties:
                  code: { type: integer, description: The HTTP status code. }
                  message: { type: string }
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
components:
  schemas:
    Error:
      properties:
        code: { type: integer, description: Error code. }
        message: { type: string }
`,
      *find(api) {
        if (documentsCodes(api)) return;
        const seen = new Set<unknown>();
        for (const { shape } of errorBodies(api)) {
          const { code } = shape;
          if (!code || seen.has(code.value) || shape.style === 'problem' || isRpcStatus(shape)) continue;
          if (split(code.name).at(-1) !== 'code') continue;
          seen.add(code.value);
          if (isListed(api, code)) continue;
          const message = `Nothing says which values \`${code.name}\` can have.`;
          yield {
            at: code.at,
            message,
            help: 'List the codes in an `enum`, or link to their list in the description.',
          };
        }
      },
    },
    graphql: {
      good: `
type Mutation {
  createOrder(input: CreateOrderInput!): CreateOrderPayload
  payOrder(input: PayOrderInput!): PayOrderPayload
}

type CreateOrderPayload { order: Order errors: [UserError!]! }

type UserError { code: ErrorCode! message: String! }

enum ErrorCode { NOT_FOUND }

type PayOrderPayload { order: Order errors: [PaymentError!]! }

type PaymentError {
  "\`declined\` or \`expired\`."
  code: String!
  message: String!
}
`,
      bad: `
type Mutation {
  createOrder(input: CreateOrderInput!): CreateOrderPayload
}

type CreateOrderPayload { order: Order errors: [UserError!]! }

type UserError { code: String! message: String! }
`,
      *find(api) {
        if (schemaParts(api).some(({ node }) => 'description' in node && speaksOfCodes(descriptionOf(node)))) return;
        for (const { code } of errorTypes(api)) {
          if (!code || split(code.name).at(-1) !== 'code') continue;
          const type = namedType(code.node.type);
          if (!/^(?:String|Int|ID)$/.test(type.name.value) || namesValues(descriptionOf(code.node))) continue;
          yield {
            at: code.at,
            message: `Nothing says which values \`${code.name}\` of \`${code.owner.name}\` can have.`,
            help: 'Make it an enum, or list the codes in its description.',
          };
        }
      },
    },
  },
});

/** A chapter on error codes in the description of the API or of a tag serves all errors. */
function documentsCodes(api: OpenApi): boolean {
  const texts = [get(api.root.value['info'], 'description'), ...tags(api).map(({ value }) => value['description'])];
  return texts.some((text) => typeof text === 'string' && speaksOfCodes(text));
}

function isListed(api: OpenApi, code: Property): boolean {
  if (['enum', 'const', 'x-extensible-enum', 'externalDocs', 'pattern'].some((name) => has(api, code, name)))
    return true;
  if (partsOf(api, code).some(({ value }) => ['oneOf', 'anyOf'].some((name) => itemsOf(value[name]).length > 0)))
    return true;
  return partsOf(api, code).some(({ value }) => namesValues(asString(value['description']) ?? ''));
}

const has = (api: OpenApi, schema: Property, name: string): boolean => keyword(api, schema, name) !== undefined;

/** How many values a text seems to name: quoted ones, numbers, and items of lists. */
function values(text: string): number {
  return (text.match(/`[^`]+`|"[^"]+"|'\w+'|\b\d{3,}\b|^\s*[-*] /gm) ?? []).length;
}

function speaksOfCodes(text: string): boolean {
  return /\berror[ _-]?codes?\b/i.test(text);
}

/** Whether a description lists values or says where they are listed. */
function namesValues(text: string): boolean {
  return /https?:\/\/|\]\(|\bhttp\b|status code|\bsee\b|grpc|google\.rpc/i.test(text) || values(text) > 1;
}
