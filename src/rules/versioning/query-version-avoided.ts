import { versionQueries } from '../../conventions/openapi/versions.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'versioning/query-version-avoided',
  summary: 'the version is not a query parameter',
  why: `A query parameter is easily left out, and the server then has to guess which version was meant. Callers who never sent it are
broken by the next one.`,
  sources: ['guide S4, Versioning Strategies (query parameter versioning)', 'guide S2, API Versioning'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /documents/{id}:
    get:
      parameters:
        - { name: version, in: query, description: The version of the document. }
  /documents:
    get: {}
  /folders:
    get: {}
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get:
      parameters:
        - { name: api-version, in: query }
`,
      *find(api) {
        for (const { name, at } of versionQueries(api)) {
          const message = `The query parameter \`${name}\` carries the version of the API.`;
          yield { at: at.child('name'), message, help: 'Put the version into the path, the server URL or a header.' };
        }
      },
    },
  },
});
