import { textOf } from '../../languages/openapi/descriptions.ts';
import { get, isObject } from '../../languages/openapi/json.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'docs/contact-complete',
  summary: 'the contact of the API can be reached',
  why: `A name alone answers no question: whoever needs help has to find out first where to write.`,
  sources: ['guide S4, Documentation and Testing', 'OpenAPI 3.1.1, Contact Object'],
  equivalents: ['spectral:contact-properties'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
info:
  title: Orders
  version: 1.0.0
  contact:
    url: https://acme.io/support
`,
      bad: `
openapi: 3.1.0
info:
  title: Orders
  version: 1.0.0
  contact:
    name: The orders team
`,
      *find(api) {
        const contact = get(api.root.value['info'], 'contact');
        if (!isObject(contact) || textOf(contact, 'url') || textOf(contact, 'email')) return;
        yield {
          at: api.root.at.child('info').child('contact'),
          message: 'The contact has neither an email address nor a URL.',
          help: 'Add the `email` or the `url` at which the team can be reached.',
        };
      },
    },
  },
});
