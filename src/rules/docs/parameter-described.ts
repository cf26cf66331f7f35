import { isForeign, isSelfEvident } from '../../conventions/graphql/documentation.ts';
import * as graphql from '../../languages/graphql/select.ts';
import { isExplained, textOf } from '../../languages/openapi/descriptions.ts';
import { asString } from '../../languages/openapi/json.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'docs/parameter-described',
  summary: 'every parameter says what it does',
  why: `\`filter\`, \`since\` or \`q\`: in which format, compared with what, and what happens without it? A type does not say.
Callers who have to try it out build on accidents.`,
  sources: ['guide S4, Documentation and Testing', 'OpenAPI 3.1.1, Parameter Object', 'AIP-192'],
  equivalents: [
    'spectral:oas2-parameter-description',
    'spectral:oas3-parameter-description',
    'redocly:parameter-description',
    'graphql-eslint:require-description',
    'graphql-schema-linter:arguments-have-descriptions',
  ],
  options: {
    selfEvident: {
      description:
        'Whether what speaks for itself needs a description, too. In GraphQL: the page arguments of connections, an `input` alone, and arguments called like their described type. In OpenAPI it changes nothing.',
      default: true,
      schema: { type: 'boolean' },
    },
  },
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    get:
      parameters:
        - { name: since, in: query, description: Only orders placed at this time or later., schema: { type: string } }
        - { name: status, in: query, schema: { $ref: '#/components/schemas/Status' } }
components:
  schemas:
    Status: { type: string, description: How far an order has come. }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get:
      parameters:
        - { name: since, in: query, schema: { type: string } }
        - $ref: '#/components/parameters/limit'
components:
  parameters:
    limit: { name: limit, in: query, description: '', schema: { type: integer } }
`,
      *find(api) {
        for (const { value, at } of api.index.nodes.Parameter) {
          if (textOf(value) !== undefined || isExplained(api, { value: value['schema'], at: at.child('schema') }))
            continue;
          const blank = asString(value['description']) !== undefined;
          const name = asString(value['name']) ?? String(at.key);
          yield {
            at,
            message: blank
              ? `The description of parameter \`${name}\` is empty.`
              : `Parameter \`${name}\` has no description.`,
            help: 'Say what it does, which values it takes, and what happens without it.',
          };
        }
      },
    },
    graphql: {
      good: `
type Query {
  orders(
    "Only orders placed at this time or later."
    since: DateTime
  ): [Order!]
  order: Order
}

# Those of directives are for whom the directive is for.
directive @cached(seconds: Int) on FIELD_DEFINITION
`,
      bad: `
type Query {
  orders(
    since: DateTime
    "" status: String
  ): [String!]
}
`,
      *find(api, { selfEvident }) {
        for (const argument of graphql.everyArgument(api)) {
          const { node, name, at, owner } = argument;
          if (graphql.descriptionOf(node) !== '' || !('owner' in owner)) continue;
          if (isForeign(owner.owner) || (!selfEvident && isSelfEvident(api, argument))) continue;
          yield {
            at: node.description ? at.on(node.description) : at,
            message: node.description
              ? `The description of argument \`${name}\` of \`${owner.at.element}\` is empty.`
              : `Argument \`${name}\` of \`${owner.at.element}\` has no description.`,
            help: 'Say what it does, which values it takes, and what happens without it.',
          };
        }
      },
    },
  },
});
