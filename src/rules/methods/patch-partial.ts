import { returned, shapeOf } from '../../conventions/openapi/resources.ts';
import { type JsonObject, stringsOf } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { At } from '../../languages/openapi/references.ts';
import {
  bodyOf,
  effectiveTypes,
  isJson,
  keyword,
  operations,
  type Property,
  partsOf,
  propertiesOf,
} from '../../languages/openapi/select.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'methods/patch-partial',
  summary: 'PATCH takes a part: nothing in its body is required',
  why: `A PATCH that demands properties makes clients send what they did not mean to change; between reading and writing, somebody else's
change is lost.`,
  sources: [
    'guide S4, HTTP Method Usage',
    'guide S2, RESTful API Design Principles',
    'RFC 5789',
    'RFC 7396',
    'AIP-134',
  ],
  equivalents: ['ibm:ibm-dont-require-merge-patch-properties'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders/{id}:
    patch:
      requestBody:
        content:
          application/merge-patch+json:
            schema:
              type: object
              properties:
                note: { type: string }
  /customers/{id}:
    patch:
      requestBody:
        content:
          application/json-patch+json:
            schema:
              type: array
              items:
                type: object
                required: [op, path]
                properties:
                  op: { type: string }
                  path: { type: string }
  /account/password:
    patch:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [current, wanted]
              properties:
                current: { type: string, description: 'An argument, not a part of what is changed.' }
                wanted: { type: string }
  /orders/{id}/status:
    patch:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [status]
              properties:
                status: { type: string }
  /invoices/{id}:
    patch:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [version]
              properties:
                version: { type: integer, description: What the client has read. }
                note: { type: string }
`,
      bad: `
openapi: 3.1.0
paths:
  /customers/{id}:
    patch:
      requestBody:
        content:
          application/merge-patch+json:
            schema:
              type: object
              required: [name]
              properties:
                name: { type: string }
                email: { type: string }
  /orders/{id}:
    get:
      responses:
        '200':
          description: The order.
          content:
            application/json:
              schema:
                type: object
                properties:
                  customer: { type: string }
                  note: { type: string }
    patch:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [customer, note]
              properties:
                customer: { type: string }
                note: { type: string }
                tags: { type: array, items: { type: string } }
`,
      *find(api) {
        const readable = readProperties(api);
        const judged = new Set<unknown>();
        for (const operation of operations(api)) {
          if (operation.method !== 'patch') continue;
          for (const { name, schema } of bodyOf(api, operation)?.media ?? []) {
            if (!schema || !isJson(name) || /json-patch|vnd\.api\+json/i.test(name)) continue;
            // What is no property of the thing itself is an argument of an action, which may well be required.
            const merges = /merge-patch/i.test(name);
            const known = readable.get(shapeOf(operation.path));
            for (const { value, at } of demands(api, schema, merges)) {
              const names = stringsOf(value['required']).filter(
                (required) => isDemanded(api, schema, required) && (merges || known?.has(required)),
              );
              if (names.length === 0 || judged.has(value)) continue;
              judged.add(value);
              yield {
                at: at.child('required').onKey,
                message: `\`${operation.name}\` requires ${listed(names)} of what is only a part.`,
                help: 'Require nothing in a PATCH.',
              };
            }
          }
        }
      },
    },
  },
});

/** What a GET returns where there is a PATCH as well, by the shape of the path. */
function readProperties(api: OpenApi): ReadonlyMap<string, ReadonlyMap<string, Property>> {
  const patches = operations(api).filter(({ method }) => method === 'patch');
  const patched = new Set(patches.map(({ path }) => shapeOf(path)));
  const found = new Map<string, ReadonlyMap<string, Property>>();
  if (patched.size === 0) return found;
  for (const operation of operations(api)) {
    const shape = shapeOf(operation.path);
    const read = operation.method === 'get' && patched.has(shape) ? returned(api, operation) : undefined;
    if (read) found.set(shape, read.properties);
  }
  return found;
}

/** The schemas that require something of the object. One required object alone is an envelope, which is looked into. */
function demands(api: OpenApi, schema: At, merges: boolean): At<JsonObject>[] {
  const [only, ...others] = propertiesOf(api, schema).values();
  const inside = only && others.length === 0 && effectiveTypes(api, only).includes('object') ? only : schema;
  const properties = [...propertiesOf(api, inside).values()];
  // What can change one thing only must name it; a list of operations is a patch in a form of its own.
  if (!merges && properties.length === 1) return [];
  if (properties.some(({ name }) => /^operations$/i.test(name))) return [];
  return partsOf(api, inside).filter(({ value }) => value['required'] !== undefined);
}

/** Whether a property must be sent though it may not change: not where it tells versions or kinds of things apart, or names the state to go to. */
function isDemanded(api: OpenApi, schema: At, name: string): boolean {
  const property = propertiesOf(api, schema).get(name);
  if (property && (keyword(api, property, 'readOnly') === true || keyword(api, property, 'const') !== undefined))
    return false;
  return !split(name).some((word) => guards.has(word));
}

/** Words of what guards against lost updates, or says what kind of change is meant. */
const guards: ReadonlySet<string> = new Set(
  'etag id kind mask op operation revision state status type uuid version'.split(' '),
);

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 3).map((name) => `\`${name}\``);
  return names.length > 3 ? `${shown.join(', ')} and ${names.length - 3} more` : shown.join(', ');
}
