import { directionOf } from '../../languages/openapi/direction.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { isItemPath } from '../../languages/openapi/paths.ts';
import {
  bodyOf,
  isJson,
  keyword,
  operations,
  type Property,
  properties,
  propertiesOf,
} from '../../languages/openapi/select.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'schemas/server-fields-read-only',
  summary: 'what the server sets, as `id` and `created_at`, is `readOnly` in schemas that clients send',
  why: `When one schema serves for reading and writing, only \`readOnly\` tells which properties the server decides. Without it clients send their own
\`id\` or \`created_at\`, generated forms ask for them, and a careless server takes them: that is mass assignment.`,
  sources: [
    'OpenAPI 3.0.4, Schema Object, readOnly',
    'OWASP API3:2023',
    'AIP-203',
    'guide S4, Common API Design Mistakes',
  ],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /users:
    get:
      responses:
        '200':
          content:
            application/json:
              schema: { type: array, items: { $ref: '#/components/schemas/User' } }
    post:
      requestBody:
        content:
          application/json:
            schema: { $ref: '#/components/schemas/User' }
components:
  schemas:
    User:
      type: object
      properties:
        id: { type: string, readOnly: true }
        created_at: { type: string, format: date-time, readOnly: true }
        name: { type: string }
        # A reference to something else, which the client chooses.
        team: { type: object, properties: { id: { type: string } } }
`,
      bad: `
openapi: 3.1.0
paths:
  /users:
    get:
      responses:
        '200':
          content:
            application/json:
              schema: { type: array, items: { $ref: '#/components/schemas/User' } }
    post:
      requestBody:
        content:
          application/json:
            schema: { $ref: '#/components/schemas/User' }
components:
  schemas:
    User:
      type: object
      properties:
        id: { type: string }
        created_at: { type: string, format: date-time }
        name: { type: string }
`,
      *find(api) {
        const ids = new Set(createdIds(api).map(({ value }) => value));
        for (const { name, value, at, owner } of properties(api)) {
          if (!ids.has(value) && !isServerTime(name)) continue;
          const holder = api.index.nodeOf('Schema', owner.value);
          if (!holder) continue;
          const { request, response } = directionOf(api, holder);
          if (!request || !response || isReadOnly(api, { value, at })) continue;
          yield {
            at,
            message: `\`${name}\` is set by the server, but clients may send it too, because it is not \`readOnly\`.`,
            help: 'Add `readOnly: true`, or give requests a schema without it.',
          };
        }
      },
    },
  },
});

/** The `id`s of what clients create with POST on a collection: there the server hands them out. */
function createdIds(api: OpenApi): Property[] {
  return operations(api).flatMap((operation) => {
    if (operation.method !== 'post' || isItemPath(operation.path)) return [];
    const schema = bodyOf(api, operation)?.media.find(({ name }) => isJson(name))?.schema;
    const id = propertiesOf(api, schema).get('id');
    return id && !id.required ? [id] : [];
  });
}

/** `created_at`, `updatedOn`, `creation_time`, `date_modified`: when the server has made or changed it. */
function isServerTime(name: string): boolean {
  const words = split(name);
  if (words.length === 1) return false;
  return words.length === 2 && words.some((word) => acts.has(word)) && words.some((word) => marks.has(word));
}

const acts = new Set(['created', 'creation', 'create', 'updated', 'update', 'modified', 'modification']);
const marks = new Set(['at', 'on', 'time', 'date', 'timestamp', 'datetime']);

function isReadOnly(api: OpenApi, property: Pick<Property, 'value' | 'at'>): boolean {
  const own = property.value as { readOnly?: unknown } | null;
  return own?.readOnly === true || keyword(api, property, 'readOnly') === true;
}
