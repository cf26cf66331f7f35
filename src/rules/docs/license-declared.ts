import { isObject } from '../../languages/openapi/json.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'docs/license-declared',
  summary: 'the API says under which licence it may be used',
  why: `Companies may not build on what has no terms. A licence, or the word that the API is proprietary, spares every
caller the question.`,
  sources: ['guide S4, Documentation and Testing', 'OpenAPI 3.1.1, Info Object'],
  equivalents: ['spectral:info-license', 'redocly:info-license'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
info:
  title: Orders
  version: 1.0.0
  license:
    name: Proprietary
`,
      bad: `
openapi: 3.1.0
info:
  title: Orders
  version: 1.0.0
`,
      *find(api) {
        const { value, at } = api.root;
        const info = value['info'];
        if (!isObject(info) || (info['license'] !== undefined && info['license'] !== null)) return;
        yield {
          at: at.child('info'),
          message: 'The API names no licence.',
          help: 'Add a `license` with a `name`, and a `url` or an SPDX `identifier`.',
        };
      },
    },
  },
});
