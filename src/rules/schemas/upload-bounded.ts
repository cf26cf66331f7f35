import { get, itemsOf } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { At } from '../../languages/openapi/references.ts';
import {
  bodyOf,
  effectiveTypes,
  keyword,
  type MediaType,
  operations,
  propertiesOf,
} from '../../languages/openapi/select.ts';
import type { Finding } from '../../text/problem.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'schemas/upload-bounded',
  summary: 'files that are uploaded have a maximum size and a media type',
  why: `An upload without a documented limit fills disks or is refused by some proxy with an error that nobody expects. Without a media type for each part
servers guess from the name of the file, which attackers choose.`,
  sources: ['guide S4, API Best Practices Summary', 'OpenAPI 3.1.1, Encoding Object', 'OWASP API4:2023', 'RFC 7578'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /photos:
    post:
      requestBody:
        content:
          multipart/form-data:
            schema:
              type: object
              properties:
                title: { type: string }
                photo: { type: string, format: binary, maxLength: 5000000 }
            encoding:
              photo: { contentType: 'image/png, image/jpeg' }
`,
      bad: `
openapi: 3.1.0
paths:
  /photos:
    post:
      requestBody:
        content:
          multipart/form-data:
            schema:
              type: object
              properties:
                photo: { type: string, format: binary }
`,
      *find(api) {
        if (api.version === '2.0') return;
        const judged = new Set<unknown>();
        for (const operation of operations(api)) {
          for (const media of bodyOf(api, operation)?.media ?? []) {
            if (!/^multipart\//i.test(media.name) || judged.has(media.value)) continue;
            judged.add(media.value);
            yield* parts(api, media, judged);
          }
        }
      },
    },
  },
});

function* parts(api: OpenApi, media: MediaType, judged: Set<unknown>): Generator<Finding> {
  for (const [name, property] of propertiesOf(api, media.schema)) {
    const file = fileIn(api, property);
    if (!file) continue;
    if (keyword(api, file, 'maxLength') === undefined && !judged.has(file.value)) {
      judged.add(file.value);
      yield {
        at: property.at,
        message: `The file \`${name}\` has no maximum size.`,
        help: 'Add `maxLength`, the most bytes that are taken.',
      };
    }
    const encoding = get(get(media.value, 'encoding'), name);
    if (get(encoding, 'contentType') !== undefined || keyword(api, file, 'contentMediaType') !== undefined) continue;
    yield {
      at: property.at,
      message: `Nothing says which media types the file \`${name}\` may have.`,
      help: `Add \`encoding\` with a \`contentType\` for \`${name}\`.`,
    };
  }
}

/** The schema of the file that a part is, or of each of the files that it lists. */
function fileIn(api: OpenApi, part: At): At | undefined {
  if (effectiveTypes(api, part).includes('array')) {
    const items = keyword(api, part, 'items');
    return items === undefined ? undefined : fileIn(api, { value: items, at: part.at.child('items') });
  }
  const isBinary = keyword(api, part, 'format') === 'binary' || keyword(api, part, 'contentMediaType') !== undefined;
  return isBinary && itemsOf(keyword(api, part, 'enum')).length === 0 ? part : undefined;
}
