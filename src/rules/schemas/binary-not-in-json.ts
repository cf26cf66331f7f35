import { get } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { At } from '../../languages/openapi/references.ts';
import { isJson, keyword } from '../../languages/openapi/select.ts';
import { capitalised, titleOf } from '../../languages/openapi/titles.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'schemas/binary-not-in-json',
  summary: 'raw bytes are not sent as JSON or in a parameter',
  why: `\`format: binary\` means bytes as they are. JSON and URLs are text: there the bytes have to be encoded, and \`binary\` hides how. Clients send something
that the server cannot read.`,
  sources: ['OpenAPI 3.0.4, Considerations for File Uploads', 'OpenAPI 3.1.1, Working with Binary Data'],
  equivalents: ['ibm:ibm-binary-schemas'],
  checks: {
    openapi: {
      good: `
openapi: 3.0.4
paths:
  /photos:
    post:
      requestBody:
        content:
          application/octet-stream:
            schema: { type: string, format: binary }
          application/json:
            schema: { type: string, format: byte }
`,
      bad: `
openapi: 3.0.4
paths:
  /photos:
    post:
      parameters:
        - { name: thumbnail, in: query, schema: { type: string, format: binary } }
      requestBody:
        content:
          application/json:
            schema: { type: array, items: { type: string, format: binary } }
`,
      *find(api) {
        const { MediaType, Parameter } = api.index.nodes;
        const text = [...MediaType.filter(({ at }) => isJson(String(at.key))), ...Parameter];
        for (const { value, at } of text) {
          const schema = { value: value['schema'], at: at.child('schema') };
          if (value['schema'] === undefined || !isBinary(api, schema)) continue;
          yield {
            at: schema.at,
            message: `${capitalised(titleOf(schema.at))} is raw bytes (\`format: binary\`), which cannot be written as text.`,
            help: 'Encode them (`format: byte`, or `contentEncoding: base64` since 3.1), or use a binary media type.',
          };
        }
      },
    },
  },
});

/** Whether a schema is `binary`, or a list of such. */
function isBinary(api: OpenApi, schema: At, depth = 0): boolean {
  if (keyword(api, schema, 'format') === 'binary') return true;
  const target = api.resolve(schema);
  const items = get(target?.value, 'items');
  return items !== undefined && depth < 8 && isBinary(api, { value: items, at: target!.at.child('items') }, depth + 1);
}
