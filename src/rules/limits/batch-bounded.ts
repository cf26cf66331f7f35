import { mutations } from '../../conventions/graphql/mutations.ts';
import { messageOf } from '../../conventions/protobuf/collections.ts';
import type { GraphQl } from '../../languages/graphql/graphql.ts';
import {
  type Argument,
  descriptionOf,
  type Field as GraphqlField,
  type InputField,
  isList,
  namedType,
  typeNamed,
} from '../../languages/graphql/select.ts';
import { asString } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { segmentsOf } from '../../languages/openapi/paths.ts';
import type { At } from '../../languages/openapi/references.ts';
import {
  bodyOf,
  effectiveTypes,
  isJson,
  keyword,
  type Operation,
  operations,
  partsOf,
  propertiesOf,
} from '../../languages/openapi/select.ts';
import { hasBehavior } from '../../languages/protobuf/annotations.ts';
import type { Field as ProtoField } from '../../languages/protobuf/select.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import type { Place } from '../../text/place.ts';
import type { Finding } from '../../text/problem.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'limits/batch-bounded',
  summary: 'a batch has a highest number of items',
  why: `One request with a million items is as expensive as a million requests, and slips past a limit that counts requests. Callers
who know the bound can cut their work into pieces that are accepted.`,
  sources: ['guide S4, Batch Operations', 'OWASP API4:2023', 'AIP-231'],
  equivalents: [],
  options: {
    max: {
      description: 'The most items that a batch may have.',
      default: 100,
      schema: { type: 'integer', minimum: 1 },
    },
  },
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders/batch:
    post:
      requestBody:
        content:
          application/json:
            schema:
              properties:
                operations: { type: array, maxItems: 50, items: { type: object } }
                notify: { type: array, items: { type: string, format: email } }
  /orders/{id}:
    patch:
      requestBody:
        content:
          application/json-patch+json: { schema: { type: array, items: { type: object } } }
  /orders:
    post:
      requestBody:
        content:
          application/json:
            schema:
              properties:
                lines: { type: array, items: { type: object } }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders/batch:
    post:
      requestBody:
        content:
          application/json:
            schema:
              properties:
                operations: { type: array, items: { type: object } }
  /orders:bulkDelete:
    post:
      requestBody:
        content:
          application/json:
            schema:
              properties:
                ids: { type: array, maxItems: 5000, items: { type: string } }
  /products:
    patch:
      requestBody:
        content:
          application/json:
            schema: { type: array, items: { type: object } }
`,
      *find(api, { max }) {
        const seen = new Set<unknown>();
        for (const operation of operations(api)) {
          for (const array of batchesOf(api, operation)) {
            if (seen.has(array.value)) continue;
            seen.add(array.value);
            const most = keyword(api, array, 'maxItems');
            if (typeof most === 'number' && most <= max) continue;
            const what = array.name === undefined ? 'The body' : `\`${array.name}\``;
            const message =
              typeof most === 'number'
                ? `${what} of \`${operation.name}\` takes batches of ${most} items, more than ${max}.`
                : `${what} of \`${operation.name}\` takes batches of any size.`;
            const place = partsOf(api, array).find(({ value }) => typeof value['maxItems'] === 'number');
            yield {
              at: place ? place.at.child('maxItems') : array.at,
              message,
              help: `Set \`maxItems\` to at most ${max}.`,
            };
          }
        }
      },
    },
    graphql: {
      good: `
type Mutation {
  "Deletes orders; at most 100 at once."
  ordersBulkDelete(ids: [ID!]!): Int
  bulkCreateOrders(
    "Up to 50 orders."
    orders: [OrderInput!]!
  ): [Order!]!
  createOrder(lines: [LineInput!]!): Order
}
`,
      bad: `
type Mutation {
  ordersBulkDelete(ids: [ID!]!): Int
  "The orders are created at once; at most 5000."
  bulkCreateOrders(input: BulkCreateOrdersInput!): [Order!]!
}

input BulkCreateOrdersInput {
  orders: [OrderInput!]!
}
`,
      *find(api, { max }) {
        const seen = new Set<unknown>();
        for (const { field, name } of mutations(api)) {
          if (!split(name).some((word) => batchWords.has(word))) continue;
          const list = batchList(api, field);
          if (!list || seen.has(list.node)) continue;
          seen.add(list.node);
          const texts = [list.node, field.node].map((node) => descriptionOf(node));
          yield* unbounded(list.name, name, texts, max, list.at);
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";
package orders.v1;

service OrderService {
  rpc BatchGetOrders(BatchGetOrdersRequest) returns (BatchGetOrdersResponse);
  rpc BatchDeleteOrders(BatchDeleteOrdersRequest) returns (BatchDeleteOrdersResponse);
}

message BatchGetOrdersRequest {
  // The orders to get; a maximum of 100.
  repeated string names = 1;
}

message BatchDeleteOrdersRequest {
  repeated string names = 1 [(buf.validate.field).repeated.max_items = 100];
}
`,
      bad: `
syntax = "proto3";
package orders.v1;

service OrderService {
  rpc BatchGetOrders(BatchGetOrdersRequest) returns (BatchGetOrdersResponse);
  rpc BatchDeleteOrders(BatchDeleteOrdersRequest) returns (BatchDeleteOrdersResponse);
}

message BatchGetOrdersRequest {
  // The orders to get.
  repeated string names = 1;
}

message BatchDeleteOrdersRequest {
  // The orders to delete: up to 5,000.
  repeated string names = 1;
}
`,
      *find(api, { max }) {
        for (const rpc of protobuf.rpcs(api)) {
          if (!/^(?:Batch|Bulk)/.test(rpc.name) || rpc.streaming !== 'none') continue;
          const request = messageOf(api, rpc.request);
          const list = request && itemsOfBatch(request.fields);
          if (!request || !list || isValidated(list)) continue;
          const texts = [list.node, request.node, rpc.node].map((node) => protobuf.descriptionOf(node));
          yield* unbounded(list.name, rpc.name, texts, max, list.at);
        }
      },
    },
  },
});

interface Batch extends At {
  readonly name: string | undefined;
}

/** The arrays of a body that make the request a batch. */
function batchesOf(api: OpenApi, operation: Operation): Batch[] {
  if (operation.method === 'get' || operation.method === 'head') return [];
  const body = bodyOf(api, operation)?.media.find(({ name }) => isJson(name) && !/json-patch/i.test(name))?.schema;
  const schema = body && api.resolve(body);
  if (!schema) return [];
  const named = isBatch(operation);
  if (effectiveTypes(api, schema).includes('array')) {
    return named || (holdsObjects(api, schema) && !isPatch(api, schema)) ? [{ ...schema, name: undefined }] : [];
  }
  if (!named) return [];
  const arrays = [...propertiesOf(api, schema).values()].filter((property) =>
    effectiveTypes(api, property).includes('array'),
  );
  if (arrays.length === 1) return arrays;
  return arrays.filter((property) => holdsObjects(api, property) || /(?:^|_)ids?$|Ids?$/.test(property.name));
}

const batchWords = new Set(['batch', 'bulk']);

/** Whether path or name say that many things are done at once. What has an id below a batch is about one. */
function isBatch({ path, value }: Operation): boolean {
  const segments = segmentsOf(path);
  const ends = segments.slice(-2).filter(({ literal }) => literal);
  const name = asString(value['operationId']) ?? '';
  return [
    ...ends.map(({ text }) => text),
    ...segments.slice(-1).map(({ text }) => text.replace(/^.*:/s, '')),
    name,
  ].some((text) => split(text).some((word) => batchWords.has(word)));
}

function holdsObjects(api: OpenApi, array: At): boolean {
  const items = itemsOf(api, array);
  return items !== undefined && effectiveTypes(api, items).includes('object');
}

/** JSON Patch (RFC 6902): steps to change one thing. */
function isPatch(api: OpenApi, array: At): boolean {
  return propertiesOf(api, itemsOf(api, array)).has('op');
}

function itemsOf(api: OpenApi, array: At): At | undefined {
  const holder = partsOf(api, array).find(({ value }) => value['items'] !== undefined);
  return holder && { value: holder.value['items'], at: holder.at.child('items') };
}

/** What is to be said of a list whose texts name no bound, or one that is too high. */
function* unbounded(list: string, name: string, texts: readonly string[], max: number, at: Place): Generator<Finding> {
  const bounds = texts.flatMap((text) => boundIn(text) ?? []);
  const [bound] = bounds;
  if (bound !== undefined && bound <= max) return;
  const size = bound === undefined ? 'of any size, as far as it is documented' : `of ${bound} items, more than ${max}`;
  yield {
    at,
    message: `\`${list}\` of \`${name}\` takes batches ${size}.`,
    help: `Allow at most ${max} items, and say so in its description.`,
  };
}

/** The highest number of items that a description names; 0 where it speaks of one without its number, null where it does not. */
function boundIn(text: string): number | null {
  const found = bound.exec(text);
  if (found) return Number((found[1] ?? found[2]!).replaceAll(/[,_]/g, ''));
  return /\b(?:max(?:imum|imal)?|limit(?:ed|s)?|at most|up to|no more than)\b/i.test(text) ? 0 : null;
}

const bound =
  /\b(?:max(?:imum|imal)?|limit(?:ed)?|at most|up to|no more than|not exceed)\b[^.\d]{0,60}?(\d[\d,_]{0,9})|\b(\d[\d,_]{0,9}) (?:\w+ ){0,3}(?:or fewer|or less|at most|maximum|max)\b/i;

/** The list that a batch mutation takes: of its arguments, or of the fields of its inputs. */
function batchList(api: GraphQl, { arguments: taken }: GraphqlField): Taken | undefined {
  const all = taken.flatMap((argument): Taken[] => {
    const input = typeNamed(api, namedType(argument.node.type).name.value);
    if (isList(argument.node.type) || input?.kind !== 'input') return [argument];
    return [...input.inputFields];
  });
  const lists = all.filter(({ node }) => isList(node.type));
  const objects = lists.filter(({ node }) => typeNamed(api, namedType(node.type).name.value)?.kind === 'input');
  return objects[0] ?? lists.find(({ name, node }) => node.type.kind === 'NonNullType' || /ids$/i.test(name));
}

type Taken = Argument | InputField;

/** The repeated field of a batch's request: `requests`, else the first. */
function itemsOfBatch(fields: readonly ProtoField[]): ProtoField | undefined {
  const lists = fields.filter(({ label, node }) => label === 'repeated' && !hasBehavior(node, 'OPTIONAL'));
  return lists.find(({ name }) => name === 'requests' || name === 'names') ?? lists[0];
}

/** Whether a constraint bounds a field: `(buf.validate.field).repeated.max_items`. */
function isValidated({ node }: ProtoField): boolean {
  return protobuf.optionsOf(node).some(({ name, value }) => {
    if (!/validate/.test(name.text)) return false;
    return /max_items/.test(name.text) || JSON.stringify(value ?? '').includes('max_items');
  });
}
