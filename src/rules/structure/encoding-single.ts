import { departures } from '../../languages/openapi/conformance.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'structure/encoding-single',
  summary: 'the parts of a body are encoded by name or by position, not both',
  why: `\`encoding\` describes parts by their names, \`prefixEncoding\` and \`itemEncoding\` by their positions. With both, the
specification does not say which one holds for a part.`,
  sources: ['OpenAPI 3.2.0, Media Type Object'],
  equivalents: ['redocly:spec-no-invalid-encoding-combinations', 'redocly:struct'],
  checks: {
    openapi: {
      good: `
openapi: 3.2.0
paths:
  /letters:
    post:
      requestBody:
        content:
          multipart/form-data: { encoding: { photo: { contentType: image/png } } }
          multipart/mixed: { prefixEncoding: [{ contentType: text/plain }], itemEncoding: { contentType: image/png } }
`,
      bad: `
openapi: 3.2.0
paths:
  /letters:
    post:
      requestBody:
        content:
          multipart/mixed: { encoding: { photo: {} }, itemEncoding: { contentType: image/png } }
`,
      *find(api) {
        for (const { aspect, ...finding } of departures(api)) if (aspect === 'encoding') yield finding;
      },
    },
  },
});
