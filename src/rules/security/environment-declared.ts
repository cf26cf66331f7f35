import { asString } from '../../languages/openapi/json.ts';
import { servers } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'security/environment-declared',
  summary: 'every server says which environment it is',
  why: `Hosts that nobody can tell apart are forgotten: an old staging system with real data is the easiest way in. Callers who take one
for the other test on production.`,
  sources: ['guide S1, Deployment', 'OpenAPI 3.1.1, Server Object', 'OWASP API9:2023'],
  equivalents: ['owasp:api9:2023-inventory-environment'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
servers:
  - { url: https://api.example.com, description: Production }
  - { url: https://api-test.example.com, description: For tests. }
`,
      bad: `
openapi: 3.1.0
servers:
  - { url: https://api.example.com, description: The API. }
  - { url: https://api2.example.com }
`,
      *find(api) {
        if (api.version === '2.0') return; // Its servers have no descriptions.
        for (const { value, at, url } of servers(api)) {
          const description = asString(value['description']);
          if (environment.test(description ?? '')) continue;
          yield {
            at: description === undefined ? at : at.child('description'),
            message: `Nothing says which environment \`${url}\` is.`,
            help: 'Name it in the description: production, staging, sandbox, test or another.',
          };
        }
      },
    },
  },
});

const environment = /alpha|beta|dev|live|local|next|preview|prod|qa\b|sandbox|stag(?:e|ing)|\bstag\b|test/i;
