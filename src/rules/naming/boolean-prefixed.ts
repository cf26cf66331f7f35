import { isExplainedByInterface } from '../../conventions/graphql/documentation.ts';
import type { GraphQl } from '../../languages/graphql/graphql.ts';
import * as graphql from '../../languages/graphql/select.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { Pointer } from '../../languages/openapi/pointer.ts';
import type { At } from '../../languages/openapi/references.ts';
import { effectiveTypes, parameters, properties } from '../../languages/openapi/select.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import { isBooleanName } from '../../words/booleans.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'naming/boolean-prefixed',
  summary: 'names of booleans read as a question',
  why: `\`is_active\` can only be yes or no; \`active\` may be a date, a count or a list. Opinions differ (AIP-140 asks for the opposite), so a
team decides once.`,
  sources: ['guide S4, Consistency Over Cleverness'],
  equivalents: ['redocly:boolean-parameter-prefixes'],
  options: {
    prefixes: {
      description: 'First words that are right besides `is`, `has`, `can`, `should` and the like.',
      default: [] as readonly string[],
      schema: { type: 'array', items: { type: 'string' } },
    },
  },
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /users:
    get:
      parameters:
        - { name: is_active, in: query, schema: { type: boolean } }
components:
  schemas:
    User:
      properties:
        hasOrders: { type: boolean }
        island: { type: string }
`,
      bad: `
openapi: 3.1.0
paths:
  /users:
    get:
      parameters:
        - { name: active, in: query, schema: { type: boolean } }
components:
  schemas:
    User:
      properties:
        verified: { type: boolean }
`,
      *find(api, { prefixes }) {
        const allowed = new Set(prefixes.map((prefix) => prefix.toLowerCase()));
        for (const { name, at, what } of booleans(api)) {
          if (isBooleanName(name) || allowed.has(split(name)[0] ?? '')) continue;
          yield {
            at,
            message: `The boolean ${what} \`${name}\` does not read as a question.`,
            help,
          };
        }
      },
    },
    graphql: {
      good: `
type User {
  isActive: Boolean!
  hasOrders(canCancel: Boolean): Boolean
  activeSince: String
}
`,
      bad: `
type User {
  verified: Boolean!
  orders(paid: Boolean): [Order!]
}

input UserInput {
  active: Boolean
}
`,
      *find(api, { prefixes }) {
        const allowed = new Set(prefixes.map((prefix) => prefix.toLowerCase()));
        const seen = new Set<string>();
        for (const { name, at, what } of booleanMembers(api)) {
          if (isBooleanName(name) || allowed.has(split(name)[0] ?? '') || seen.has(name)) continue;
          seen.add(name);
          yield { at, message: `The boolean ${what} \`${name}\` does not read as a question.`, help };
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";

message User {
  bool is_active = 1;
  bool has_orders = 2;
  string verified = 3;
}
`,
      bad: `
syntax = "proto3";

message User {
  bool verified = 1;
}
`,
      *find(api, { prefixes }) {
        const allowed = new Set(prefixes.map((prefix) => prefix.toLowerCase()));
        const seen = new Set<string>();
        for (const { node, name, at, kind, type } of protobuf.fields(api)) {
          if (type !== 'bool' || kind !== 'scalar' || protobuf.optionOf(node, 'deprecated')) continue;
          if (isBooleanName(name) || allowed.has(split(name)[0] ?? '') || seen.has(name)) continue;
          seen.add(name);
          yield { at, message: `The boolean field \`${name}\` does not read as a question.`, help };
        }
      },
    },
  },
});

/** The booleans of an API, each name once. */
function* booleans(api: OpenApi): Generator<{ name: string; at: Pointer; what: string }> {
  const seen = new Set<string>();
  const isNewBoolean = (what: string, name: string, schema: At | undefined): boolean => {
    if (seen.has(`${what} ${name}`) || effectiveTypes(api, schema).join() !== 'boolean') return false;
    seen.add(`${what} ${name}`);
    return true;
  };
  for (const { name, at, schema } of parameters(api)) {
    if (isNewBoolean('parameter', name, schema)) yield { name, at: at.child('name'), what: 'parameter' };
  }
  for (const property of properties(api)) {
    const { name, at } = property;
    if (isNewBoolean('property', name, property)) yield { name, at: at.onKey, what: 'property' };
  }
}

const help = 'Begin with `is`, `has`, `can` or `should`.';

/** The booleans of a schema: not again those of interfaces, nor what is on its way out. */
function booleanMembers(api: GraphQl) {
  const own = graphql.fields(api).filter((field) => !isExplainedByInterface(api, field));
  return [
    ...own.map((field) => ({ ...field, what: 'field' })),
    ...graphql.inputFields(api).map((field) => ({ ...field, what: 'input field' })),
    ...graphql.everyArgument(api).map((argument) => ({ ...argument, what: 'argument' })),
  ].filter(({ name, node }) => {
    if (name.startsWith('_')) return false;
    const type = node.type.kind === 'NonNullType' ? node.type.type : node.type;
    return type.kind === 'NamedType' && type.name.value === 'Boolean' && !graphql.deprecationOf(node);
  });
}
