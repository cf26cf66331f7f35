import { textOf } from '../../languages/openapi/descriptions.ts';
import { isObject } from '../../languages/openapi/json.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'docs/api-described',
  summary: 'the API says what it is for',
  why: `The description is the first page of the documentation and the text that catalogues and search show. Without it, a
developer has to read the paths to find out whether this is the API to use.`,
  sources: ['guide S4, Documentation and Testing', 'OpenAPI 3.1.1, Info Object', 'Zalando 218'],
  equivalents: ['spectral:info-description', 'zally:218'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
info:
  title: Orders
  version: 1.0.0
  description: Take orders, follow them to the door, and refund them.
`,
      bad: `
openapi: 3.1.0
info:
  title: Orders
  version: 1.0.0
`,
      *find(api) {
        const { value, at } = api.root;
        if (!isObject(value['info']) || textOf(value['info']) !== undefined) return;
        yield {
          at: at.child('info'),
          message: 'The API has no description.',
          help: 'Say in a `description` what one can do with the API, and for whom it is.',
        };
      },
    },
  },
});
