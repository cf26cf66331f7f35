import { resources, returned } from '../../conventions/openapi/resources.ts';
import { get } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { isItemPath, type Segment, segmentsOf } from '../../languages/openapi/paths.ts';
import {
  bodyOf,
  isJson,
  keyword,
  type MediaType,
  type Operation,
  operations,
  parametersOf,
  partsOf,
  typesOf,
} from '../../languages/openapi/select.ts';
import { isIdName } from '../../words/ids.ts';
import { singular } from '../../words/plurals.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'methods/body-declared',
  summary: 'what creates or changes a thing declares its body, with a schema that has a structure',
  why: `Without the body's schema, nobody can call the operation from the document alone: no generated client, no validation, no mock, no
example. \`type: object\` says only that there are braces.`,
  sources: [
    'guide S4, Documentation Review',
    'guide S4, OpenAPI 3.0 Specification',
    'OpenAPI 3.1.1, Request Body Object',
  ],
  equivalents: ['ibm:ibm-accept-and-return-models'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                customer: { type: string }
  /orders/{id}/cancel:
    post: { description: Needs no body. }
  /orders/{id}/watchers/{user}:
    put: { description: Says all in its URL. }
  /settings:
    put:
      requestBody:
        content:
          application/json:
            schema: { type: object, additionalProperties: { type: string } }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders/{id}:
    patch:
      requestBody:
        content:
          application/json: {}
    put:
      requestBody:
        content:
          application/json:
            schema: { type: object }
  /customers/{id}:
    patch: {}
`,
      *find(api) {
        const readable = readablePuts(api);
        const withItems = new Set(resources(api).flatMap(({ collection }) => collection.get('post') ?? []));
        const judged = new Set<unknown>();
        for (const operation of operations(api)) {
          if (!['post', 'put', 'patch'].includes(operation.method)) continue;
          const body = bodyOf(api, operation);
          if (!body && operation.value['requestBody'] === undefined && needsBody(api, operation, readable)) {
            yield {
              at: operation.at,
              message: `\`${operation.name}\` declares no body.`,
              help: 'Declare what is sent, with a schema.',
            };
          }
          for (const media of body?.media ?? []) {
            if (judged.has(media.value) || !isJson(media.name)) continue;
            judged.add(media.value);
            const fault = isBareAction(operation, media, withItems) ? null : faultOf(api, media);
            if (!fault) continue;
            const schema = media.schema;
            if (schema && judged.has(schema.value)) continue;
            judged.add(schema?.value);
            yield {
              at: schema?.at ?? media.at,
              message: `The body of \`${operation.name}\` ${fault}.`,
              help: 'Describe its properties, or the values of the map with `additionalProperties`.',
            };
          }
        }
      },
    },
  },
});

/** The PUTs on items that can be read: what is read must have been written. */
function readablePuts(api: OpenApi): ReadonlySet<Operation> {
  const found = new Set<Operation>();
  for (const { item } of resources(api)) {
    const [read, put] = [item.get('get'), item.get('put')];
    if (read && put && isNamedAfter(put) && returned(api, read)) found.add(put);
  }
  return found;
}

/** Whether a path's last placeholder is the id of what is put, as in `/tags/{tag_id}`; not that of a member of a set. */
function isNamedAfter({ path }: Operation): boolean {
  const [collection, item] = segmentsOf(path).slice(-2);
  const words = split(item?.placeholders[0] ?? '');
  return words.length === 1
    ? isIdName(words) || words[0] === thingOf(collection)
    : words.at(-2) === thingOf(collection);
}

const thingOf = (segment: Segment | undefined): string => singular(split(segment?.text ?? '').at(-1) ?? '');

/** An action whose body is kept for later: an empty schema of its own name, as generated from .proto files. */
function isBareAction(operation: Operation, { schema }: MediaType, withItems: ReadonlySet<Operation>): boolean {
  return operation.method === 'post' && !withItems.has(operation) && get(schema?.value, '$ref') !== undefined;
}

/** Whether an operation cannot do its work without a body. Actions can, and a POST may create something out of nothing: a scan, a session. */
function needsBody(api: OpenApi, operation: Operation, readable: ReadonlySet<Operation>): boolean {
  if (operation.method === 'put') return readable.has(operation);
  if (parametersOf(api, operation).some((parameter) => parameter.in === 'query')) return false;
  return operation.method === 'patch' && isItemPath(operation.path);
}

function faultOf(api: OpenApi, { schema, value }: MediaType): string | null {
  if (!schema)
    return value['example'] === undefined && value['examples'] === undefined
      ? 'has no schema'
      : 'has examples, but no schema';
  const parts = partsOf(api, schema);
  const isObject = parts.length > 0 && parts.every((part) => typesOf(part.value).join() === 'object');
  if (!isObject || parts.some((part) => telling.some((name) => get(part.value, name) !== undefined))) return null;
  const open = keyword(api, schema, 'additionalProperties');
  return open === undefined || open === true ? 'is an object of which nothing is said' : null;
}

/** Keywords that say something about an object's inside, or where else it is said. */
const telling = [
  'properties',
  'patternProperties',
  'propertyNames',
  'oneOf',
  'anyOf',
  'enum',
  'const',
  '$dynamicRef',
  'if',
  'dependentSchemas',
  'externalDocs',
];
