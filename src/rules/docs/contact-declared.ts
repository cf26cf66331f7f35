import { isObject } from '../../languages/openapi/json.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'docs/contact-declared',
  summary: 'the API says whom to ask',
  why: `Sooner or later a caller finds an error in the API or in its description. Without a contact, it is reported to
nobody.`,
  sources: ['guide S4, Documentation and Testing', 'OpenAPI 3.1.1, Info Object', 'Zalando 218'],
  equivalents: ['spectral:info-contact', 'redocly:info-contact', 'zally:218'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
info:
  title: Orders
  version: 1.0.0
  contact:
    email: orders@acme.io
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
        if (!isObject(info) || (info['contact'] !== undefined && info['contact'] !== null)) return;
        yield {
          at: at.child('info'),
          message: 'The API names no contact.',
          help: 'Add a `contact` with the `email` or the `url` of the team that owns the API.',
        };
      },
    },
  },
});
