import { isPascal } from '../../conventions/protobuf/names.ts';
import { renaming, renamingFix } from '../../conventions/renaming.ts';
import { renameType } from '../../languages/graphql/edit.ts';
import type { GraphQl } from '../../languages/graphql/graphql.ts';
import * as graphql from '../../languages/graphql/select.ts';
import { namedSchemas } from '../../languages/openapi/select.ts';
import { renameDefinition } from '../../languages/protobuf/edit.ts';
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import { type Case, caseLabels, isCase, majority, toCase } from '../../words/cases.ts';
import { defineRule } from '../rule.ts';

const styles = ['pascal', 'camel', 'snake', 'kebab'] as const satisfies readonly Case[];

export default defineRule({
  id: 'naming/type-case',
  summary: 'types have names in PascalCase',
  why: `Names of schemas, messages and types become names of classes in generated clients and headings in documentation. Generators rewrite what does not fit
their language, each in its own way, and names that differ in case alone collide.`,
  sources: [
    'guide S1, GraphQL API Design',
    'guide S4, Consistency Over Cleverness',
    'GraphQL specification, Appendix A (Conventions)',
    'protobuf.dev Style Guide',
    'AIP-190',
  ],
  equivalents: [
    'ibm:ibm-schema-casing-convention',
    'graphql-schema-linter:types-are-capitalized',
    'buf:ENUM_PASCAL_CASE',
    'buf:MESSAGE_PASCAL_CASE',
    'buf:SERVICE_PASCAL_CASE',
    'protolint:ENUM_NAMES_UPPER_CAMEL_CASE',
    'protolint:MESSAGE_NAMES_UPPER_CAMEL_CASE',
    'protolint:SERVICE_NAMES_UPPER_CAMEL_CASE',
    'aip:0190::message-case',
    'aip:0190::service-case',
  ],
  options: {
    style: {
      description: 'The case of the names of types.',
      default: 'pascal' as (typeof styles)[number],
      schema: { enum: styles },
    },
  },
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
components:
  schemas:
    Order: {}
    OrderItem: {}
    IAMCredentials: {}
    google.rpc.Status: {}
`,
      bad: `
openapi: 3.1.0
components:
  schemas:
    Order: {}
    orderItem: {}
    Order_Status: {}
`,
      *find(api, { style }) {
        const schemas = namedSchemas(api);
        const odd = schemas.filter(({ name }) => !isCase(localName(name), style));
        const other = habit(
          odd.map(({ name }) => name),
          schemas.length,
        );
        if (other !== null) {
          const following = odd.filter(({ name }) => isCase(localName(name), other));
          const table = following[0]!.at.parent!;
          const count = following.length === schemas.length ? 'All' : following.length;
          yield {
            at: table.onKey,
            message: `${count} of the ${schemas.length} schemas have names in ${caseLabels[other]} rather than ${caseLabels[style]}.`,
            help: 'Rename them together: references inside the document are all that changes.',
          };
        }
        for (const { name, at } of odd) {
          if (other !== null && isCase(localName(name), other)) continue;
          yield {
            at: at.onKey,
            message: `The schema \`${name}\` is not in ${caseLabels[style]}.`,
            help: `Call it \`${toCase(localName(name), style)}\`.`,
          };
        }
      },
    },
    graphql: {
      good: `
type Order {
  status: STATUS
}

enum STATUS {
  OPEN
}

scalar URL
union _Entity = Order
type HTMLPage
`,
      bad: `
type orderItem {
  id: ID!
}

enum Order_Status {
  OPEN
}
`,
      fixable: 'unsafe',
      *find(api, { style }) {
        const types = namedTypes(api);
        const odd = types.filter(({ name }) => !isCase(name, style));
        const other = habit(
          odd.map(({ name }) => name),
          types.length,
        );
        if (other !== null) {
          const following = odd.filter(({ name }) => isCase(name, other));
          yield {
            at: following[0]!.at,
            message: `${following.length} of the ${types.length} types have names in ${caseLabels[other]} rather than ${caseLabels[style]}.`,
            help: 'Rename them together, in the next version: fragments of clients name types.',
          };
        }
        for (const type of odd) {
          const { name, kind, at } = type;
          if (other !== null && isCase(name, other)) continue;
          yield {
            at,
            message: `The ${kind} \`${name}\` is not in ${caseLabels[style]}.`,
            help: renaming(name, style),
            ...renamingFix(name, style, (to) => renameType(api, type, to)),
          };
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";

message HTTPRule {
  enum State2 {
    STATE2_UNSPECIFIED = 0;
  }
}

service IAMPolicy {}
`,
      bad: `
syntax = "proto3";

message order_item {
  enum state {
    STATE_UNSPECIFIED = 0;
  }
}

service orderService {}
`,
      fixable: 'unsafe',
      *find(api, { style }) {
        for (const { what, node, name, at } of definitions(api)) {
          if (style === 'pascal' ? isPascal(name) : isCase(name, style)) continue;
          yield {
            at,
            message: `The ${what} \`${name}\` is not in ${caseLabels[style]}.`,
            help: renaming(name, style),
            ...renamingFix(name, style, (to) => renameDefinition(api, node, to)),
          };
        }
      },
    },
  },
});

/** The name without the namespace before its last dot. */
const localName = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

/** The case that an API of some size has chosen instead: one decision, reported once. */
function habit(odd: readonly string[], total: number): Case | null {
  if (odd.length < 10 || odd.length * 2 < total) return null;
  return majority(odd.map(localName));
}

/** The types of a schema. What only extensions name is called so elsewhere. */
function namedTypes(api: GraphQl) {
  return graphql.types(api).filter(({ base }) => base !== null);
}

/** The messages, enums and services of an API. */
function definitions(api: Protobuf) {
  return [
    ...protobuf.messages(api).map(({ node, name, at }) => ({ what: 'message', node, name, at })),
    ...protobuf.enums(api).map(({ node, name, at }) => ({ what: 'enum', node, name, at })),
    ...protobuf.services(api).map(({ node, name, at }) => ({ what: 'service', node, name, at })),
  ];
}
