import { collections as graphqlCollections } from '../../conventions/graphql/collections.ts';
import { collections } from '../../conventions/openapi/collections.ts';
import type { GraphQl } from '../../languages/graphql/graphql.ts';
import {
  type Argument,
  descriptionOf,
  fieldNamed,
  isList,
  namedType,
  type Type,
  typeNamed,
} from '../../languages/graphql/select.ts';
import { asString, itemsOf } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import {
  effectiveTypes,
  keyword,
  type Parameter,
  type Property,
  parametersOf,
  propertiesOf,
} from '../../languages/openapi/select.ts';
import { messages } from '../../languages/protobuf/select.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'resources/filters-typed',
  summary: 'filters have the types of what they filter, and sorting lists what it sorts by',
  why: `A filter that is any string accepts \`?status=actve\`, answers with nothing, and lets the client believe that there is nothing. Only
what is enumerated can be completed, validated and generated.`,
  sources: [
    'guide S4, REST API Design (search)',
    'guide S3, REST Endpoints',
    'AIP-132',
    'AIP-160',
    'OWASP API8:2023',
    'Zalando 137',
  ],
  equivalents: ['aip:0160::filter-field-type'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    get:
      parameters:
        - { name: status, in: query, schema: { type: string, enum: [open, paid] } }
        - { name: order, in: query, schema: { type: string, enum: [asc, desc] } }
        - { name: sort, in: query, description: 'Comma-separated fields, \`-\` for descending.', schema: { type: string } }
        - { name: customer, in: query, schema: { type: string } }
        - { name: items, in: query, description: Order ids, schema: { type: array, items: { type: string } } }
      responses:
        '200':
          description: The orders.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Orders' }
components:
  schemas:
    Orders:
      type: object
      properties:
        data:
          type: array
          items:
            type: object
            properties:
              status: { type: string, enum: [open, paid] }
              customer: { type: string }
              items: { type: array, items: { type: string } }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get:
      parameters:
        - { name: status, in: query, schema: { type: string } }
        - { name: paid, in: query, schema: { type: string } }
        - { name: order, in: query, schema: { type: string } }
        - { name: sort, in: query, schema: { type: string } }
      responses:
        '200':
          description: The orders.
          content:
            application/json:
              schema:
                type: object
                properties:
                  data:
                    type: array
                    items:
                      type: object
                      properties:
                        status: { type: string, enum: [open, paid] }
                        paid: { type: boolean }
`,
      *find(api) {
        const judged = new Set<unknown>();
        for (const { operation, items } of collections(api)) {
          const fields = items ? propertiesOf(api, items) : new Map<string, Property>();
          const all = parametersOf(api, operation);
          const sorted = all.some(({ name }) => sorts.has(split(name).join(' ')));
          for (const parameter of all) {
            if (parameter.in !== 'query' || judged.has(parameter.value)) continue;
            const fault = faultOf(api, parameter, fields.get(parameter.name), sorted);
            if (!fault) continue;
            judged.add(parameter.value);
            yield { at: parameter.at.child('name'), ...fault };
          }
        }
      },
    },
    graphql: {
      good: `
type Query {
  orders(first: Int, filter: OrderFilter, status: OrderStatus, search: String, customer: String, orderBy: OrderOrder): OrderConnection!
}

type OrderConnection { edges: [OrderEdge!]! pageInfo: PageInfo! }

type OrderEdge { node: Order! cursor: String! }

type Order {
  id: ID!
  status: OrderStatus!
  customer: String!
}

enum OrderStatus { OPEN PAID }
`,
      bad: `
type Query {
  orders(first: Int, filter: JSON, status: String, paid: String, sortBy: String): [Order!]!
}

type Order {
  id: ID!
  status: OrderStatus!
  paid: Boolean!
}

enum OrderStatus { OPEN PAID }

scalar JSON
`,
      *find(api) {
        for (const { field, item } of graphqlCollections(api)) {
          for (const argument of field.arguments) {
            const found = faultOfArgument(api, argument, item);
            if (found) yield { at: argument.at.on(namedType(argument.node.type)), ...found };
          }
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";
package orders.v1;

service OrderService {
  rpc ListOrders(ListOrdersRequest) returns (ListOrdersResponse);
  rpc ReadRows(ReadRowsRequest) returns (stream Row);
}

message ListOrdersRequest {
  string filter = 1;
  string order_by = 2;
}

message ReadRowsRequest {
  RowFilter filter = 1;
}
`,
      bad: `
syntax = "proto3";
package orders.v1;

message ListOrdersRequest {
  map<string, string> filter = 1;
  bytes order_by = 2;
}
`,
      *find(api) {
        for (const { name: message, fields } of messages(api)) {
          if (!message.endsWith('Request')) continue;
          for (const { name, type, kind, label, typeAt } of fields) {
            if (name !== 'filter' && name !== 'order_by') continue;
            if ((type === 'string' && kind === 'scalar' && label !== 'repeated') || kind === 'unknown') continue;
            // A message of its own says what it filters by.
            if (isOwnMessage(type, kind)) continue;
            yield {
              at: typeAt,
              message: `\`${name}\` of \`${message}\` is no string.`,
              help:
                name === 'filter'
                  ? 'Make it a `string` in the language of AIP-160.'
                  : 'Make it a `string` of comma-separated fields.',
            };
          }
        }
      },
    },
  },
});

interface Fault {
  readonly message: string;
  readonly help: string;
}

function faultOf(api: OpenApi, parameter: Parameter, field: Property | undefined, sorted: boolean): Fault | null {
  const { name, schema } = parameter;
  const types = effectiveTypes(api, schema);
  const isText = types.length === 1 && types[0] === 'string';
  if (!schema || !isText || restricts.some((word) => keyword(api, schema, word) !== undefined)) return null;
  const text = asString(parameter.value['description']) ?? '';
  // Several values in one string, or a language of its own.
  if (/\b(?:comma|separated|list of|multiple|syntax|expression|wildcard|prefix)\b/i.test(text)) return null;
  if (field) return countNames.has(split(name).join(' ')) ? null : mismatch(api, name, field);
  const words = split(name).join(' ');
  if (directions.has(words) && (text === '' ? sorted : /\b(?:asc|desc|sort)/i.test(text)) && !sortsByField(text)) {
    return {
      message: `The direction \`${name}\` may be any string.`,
      help: 'List its values, as `enum: [asc, desc]`.',
    };
  }
  if (sorts.has(words) && text === '') {
    return {
      message: `The order \`${name}\` does not say what it can sort by.`,
      help: 'List the fields in an `enum`, or describe the syntax.',
    };
  }
  return null;
}

/** Keywords with which a string is not any string. */
const restricts = ['enum', 'const', 'pattern', 'oneOf', 'anyOf', 'format'];

/** How a filter that is any string differs from the field of the same name. */
function mismatch(api: OpenApi, name: string, field: Property): Fault | null {
  const values = itemsOf(keyword(api, field, 'enum'));
  if (values.length > 1) {
    return {
      message: `The filter \`${name}\` may be any string, while the items' \`${name}\` is one of ${values.length} values.`,
      help: 'Give it the same `enum`.',
    };
  }
  const types = effectiveTypes(api, field);
  if (types.length !== 1 || !scalars.has(types[0]!)) return null;
  return {
    message: `The filter \`${name}\` is a string, while the items' \`${name}\` is ${types[0] === 'integer' ? 'an' : 'a'} ${types[0]}.`,
    help: 'Give it the same type.',
  };
}

const scalars: ReadonlySet<string> = new Set(['boolean', 'integer', 'number']);
const directions: ReadonlySet<string> = new Set([
  'order',
  'direction',
  'sort order',
  'sort direction',
  'sort dir',
  'order direction',
]);
const sorts: ReadonlySet<string> = new Set(['sort', 'sort by', 'order by', 'sort field']);

const countNames: ReadonlySet<string> = new Set(['count', 'limit', 'offset', 'page', 'size']);

/** Whether an `order` takes names of fields rather than a direction. */
function sortsByField(description: string): boolean {
  return (
    /\b(?:fields?|columns?|propert(?:y|ies)|order by|sort(?:ed|s)? by)\b/i.test(description) &&
    !/\b(?:asc|desc|ascending|descending)\b/i.test(description)
  );
}

/** What is wrong with an argument that narrows or sorts a list of items. */
function faultOfArgument(api: GraphQl, { name, node }: Argument, item: Type | undefined): Fault | null {
  const type = namedType(node.type).name.value;
  const isOpen = /^(?:\w*JSON\w*|Any|Object|Map)$/.test(type) && typeNamed(api, type)?.kind !== 'input';
  const words = split(name).join(' ');
  if ((isOpen || type === 'String') && (words === 'filter' || words === 'filters' || words === 'where')) {
    return {
      message: `The filter \`${name}\` may be any \`${type}\`.`,
      help: 'Make it an input with a field for each filter.',
    };
  }
  if (type !== 'String' || isList(node.type)) return null;
  const field = item && fieldNamed(item, name);
  const held = field && namedType(field.node.type).name.value;
  if (held !== undefined && (held === 'Boolean' || typeNamed(api, held)?.kind === 'enum')) {
    return {
      message: `The filter \`${name}\` is a \`String\`, while the items' \`${name}\` is \`${held}\`.`,
      help: 'Give it the same type.',
    };
  }
  if (!(sorts.has(words) || directions.has(words)) || /[`"']/.test(descriptionOf(node))) return null;
  return {
    message: `The order \`${name}\` may be any string.`,
    help: 'Make it an enum, or an input of a field and a direction.',
  };
}

function isOwnMessage(type: string, kind: string): boolean {
  return kind === 'message' && !/^google\.protobuf\.(?:Struct|Value|Any|\w+Value)$/.test(type);
}
