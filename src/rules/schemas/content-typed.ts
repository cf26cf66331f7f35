import { keysOf } from '../../languages/openapi/json.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'schemas/content-typed',
  summary: 'every media type of a body has a schema',
  why: `A media type without a schema says in which notation a body is written, and nothing of what is in it. Clients, mock servers and validators can do
nothing with it.`,
  sources: ['OpenAPI 3.1.1, Media Type Object', 'guide S4, OpenAPI Specification'],
  equivalents: ['ibm:ibm-content-contains-schema', 'ibm:ibm-request-and-response-content'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /users/{id}/photo:
    put:
      requestBody:
        content:
          # Bytes have no structure: since 3.1 the media type says it all.
          image/png: {}
      responses:
        '200':
          content:
            application/json:
              schema: { type: object, properties: { url: { type: string } } }
`,
      bad: `
openapi: 3.1.0
paths:
  /users:
    post:
      requestBody:
        description: The user.
      responses:
        '200':
          content:
            application/json:
              example: { id: 1 }
`,
      *find(api) {
        const bytesNeedNone = api.version === '3.1' || api.version === '3.2';
        for (const { value, at } of api.index.nodes.MediaType) {
          const name = String(at.key);
          if (value['schema'] !== undefined || value['itemSchema'] !== undefined || value['$ref'] !== undefined)
            continue;
          if (bytesNeedNone && !structured.test(name)) continue;
          yield { at, message: `\`${name}\` has no schema.`, help: 'Say with `schema` what is in it.' };
        }
        for (const { value, at } of api.index.nodes.RequestBody) {
          if (keysOf(value['content']).length > 0 || value['$ref'] !== undefined) continue;
          yield {
            at,
            message: 'The request body has no content.',
            help: 'Add `content` with a media type and its schema.',
          };
        }
      },
    },
  },
});

/** Media types with a structure that a schema can tell; all others are bytes or plain text. */
const structured = /json|xml|yaml|x-www-form-urlencoded|multipart\/|event-stream|\*\/\*|cbor|ndjson/i;
