import type { TypeNode } from 'graphql';
import { isExplainedByInterface } from '../../conventions/graphql/documentation.ts';
import { isCopied } from '../../conventions/protobuf/packages.ts';
import type { GraphQl } from '../../languages/graphql/graphql.ts';
import * as graphql from '../../languages/graphql/select.ts';
import { get, isObject } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { effectiveTypes, keyword, type Property, properties } from '../../languages/openapi/select.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import { caseOf, toCase } from '../../words/cases.ts';
import { isIdName } from '../../words/ids.ts';
import { isSingular, plural } from '../../words/plurals.ts';
import { split } from '../../words/split.ts';
import { effectOf } from '../../words/verbs.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'naming/array-plural',
  summary: 'a list has a plural name',
  why: `\`order.item\` reads as one item: callers write \`order.item.price\`, and only running it shows that there are many.`,
  sources: ['guide S1, REST API Design', 'AIP-140', 'Zalando 120'],
  equivalents: ['zally:120', 'protolint:REPEATED_FIELD_NAMES_PLURALIZED', 'aip:0158::response-plural-first-field'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
components:
  schemas:
    Order:
      properties:
        items: { type: array }
        data: { type: array }
        price_history: { type: array }
        tag_list: { type: array }
        position: { type: array, items: { type: number } }
        item: { type: object }
`,
      bad: `
openapi: 3.1.0
components:
  schemas:
    Order:
      properties:
        item: { type: array }
        shippingAddress: { $ref: '#/components/schemas/Addresses' }
    Addresses: { type: array }
`,
      *find(api) {
        const suspects = new Map<string, boolean>();
        for (const property of properties(api)) {
          const { name, at } = property;
          const suspect = suspects.get(name) ?? speaksOfOne(name);
          suspects.set(name, suspect);
          if (!suspect || !isList(api, property)) continue;
          suspects.set(name, false);
          yield {
            at: at.onKey,
            message: `The array \`${name}\` has a singular name.`,
            help: `Call it \`${inPlural(name)}\`.`,
          };
        }
      },
    },
    graphql: {
      good: `
type Order {
  items: [Item!]!
  priceHistory: [Price!]
  tagList: [String!]
  point: [Float!]
  item(id: ID!): Item
}
`,
      bad: `
type Order {
  item: [Item!]!
}

input OrderInput {
  tag: [String!]
}
`,
      *find(api) {
        for (const { name, node, at } of listFields(api)) {
          const item = graphql.namedType(node.type).name.value;
          if (!speaksOfOne(name, item) || !isListOfThings(node.type, name)) continue;
          yield { at, message: `The list \`${name}\` has a singular name.`, help: `Call it \`${inPlural(name)}\`.` };
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";

message Order {
  repeated Item items = 1;
  repeated Price price_history = 2;
  repeated double point = 3;
  map<string, Item> item_by_id = 4;
}
`,
      bad: `
syntax = "proto3";

message ListOrdersResponse {
  repeated Order order = 1;
}
`,
      *find(api) {
        for (const { node, name, at, label, kind, type, extend, file } of protobuf.fields(api)) {
          if (label !== 'repeated' || node.group || extend || !speaksOfOne(name, type.replace(/^.*\./, ''))) continue;
          if (kind === 'scalar' && numeric.test(type) && !isIdName(name)) continue;
          if (isCopied(file) || type.endsWith('Range') || protobuf.optionOf(node, 'deprecated')) continue;
          yield {
            at,
            message: `The repeated field \`${name}\` has a singular name.`,
            help: `Call it \`${inPlural(name)}\`.`,
          };
        }
      },
    },
  },
});

/**
 * Not `tag_list`, whose last word says that there are many.
 * @param item the name of the items' type: a list of `Order` that is called `order` is called after one of them
 */
function speaksOfOne(name: string, item?: string): boolean {
  const words = split(name);
  if (name.includes('/') || !isSingular(words) || words[0] === 'matches') return false;
  // `update: [ItemUpdate!]`: what is to be done with all of them.
  if (words.length === 1 && effectOf(words[0]!) !== null) return false;
  return !gatherings.has(words.at(-1)!) || (item !== undefined && split(item).join(' ') === words.join(' '));
}

/** Nouns in the singular for many of something. */
const gatherings: ReadonlySet<string> = new Set(
  `array batch breakdown bundle calendar catalog chain collection group hierarchy list map matrix menu page path pipeline
  portfolio position queue range ranking sample schedule script segment sequence series set stack store stream table
  template text timeline tree value values vector zone body row column content term filter order interval`.split(/\s+/),
);

/** Not coordinates, samples and other numbers that make one thing together. */
function isList(api: OpenApi, property: Property): boolean {
  const types = effectiveTypes(api, property);
  if (types.length !== 1 || types[0] !== 'array') return false;
  if (keyword(api, property, 'prefixItems') !== undefined) return false;
  const items = keyword(api, property, 'items');
  if (Array.isArray(items)) return false;
  const itemTypes = isObject(items) ? effectiveTypes(api, { value: items, at: property.at }) : [];
  if (itemTypes.includes('integer') && !isIdName(property.name)) return false;
  return !itemTypes.some((type) => type === 'number' || type === 'array') && get(property.value, 'xml') === undefined;
}

function inPlural(name: string): string {
  const words = split(name);
  const many = [...words.slice(0, -1), plural(words.at(-1)!)];
  return toCase(many, caseOf(name) ?? 'snake');
}

/** Fields and input fields that are lists: not again those of interfaces, nor what is on its way out. */
function listFields(api: GraphQl): (graphql.Field | graphql.InputField)[] {
  const own = graphql.fields(api).filter((field) => !isExplainedByInterface(api, field));
  return [...own, ...graphql.inputFields(api)].filter(
    ({ node }) => graphql.isList(node.type) && !graphql.deprecationOf(node),
  );
}

/** Not lists in lists, nor numbers that make one thing together. */
function isListOfThings(type: TypeNode, name: string): boolean {
  const list = type.kind === 'NonNullType' ? type.type : type;
  if (list.kind !== 'ListType' || graphql.isList(list.type)) return false;
  const item = graphql.namedType(list).name.value;
  return item !== 'Float' && (item !== 'Int' || isIdName(name));
}

const numeric = /^(?:double|float|s?fixed(?:32|64)|[su]?int(?:32|64))$/;
