import { parameters } from '../../languages/openapi/select.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'security/tenant-not-in-query',
  summary: 'the tenant is not a query parameter',
  why: `A query parameter is easily changed or left out. An operation that takes the tenant from it shows one customer's data to another
as soon as a single check is missing.`,
  sources: ['guide S4, Exercise 6: Auth Strategy Design', 'OWASP API1:2023'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /tenants/{tenant_id}/orders:
    get:
      parameters:
        - { name: tenant_id, in: path, required: true }
        - { name: tenant_count, in: query }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get:
      parameters:
        - { name: tenantId, in: query }
`,
      *find(api) {
        for (const { name, in: place, at } of parameters(api)) {
          if (place !== 'query' || !/^tenant(?: (?:id|uuid|key|name|slug|code))?$/.test(split(name).join(' ')))
            continue;
          yield {
            at: at.child('name'),
            message: `The query parameter \`${name}\` chooses the tenant.`,
            help: 'Take the tenant from the credentials, or make it part of the path and check it there.',
          };
        }
      },
    },
  },
});
