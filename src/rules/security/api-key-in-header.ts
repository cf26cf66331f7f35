import { definedSchemes } from '../../languages/openapi/security.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'security/api-key-in-header',
  summary: 'API keys travel in a header',
  why: `URLs are written to access logs, browser histories, bookmarks and \`Referer\` headers. A key in the query is known to everybody
who can read one of them.`,
  sources: ['guide S1, API Key Management', 'guide S4, API Key Management', 'RFC 6750, section 5.3', 'OWASP API2:2023'],
  equivalents: ['owasp:api2:2023-no-api-keys-in-url', 'vacuum:owasp-no-api-keys-in-url'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-API-Key }
    session: { type: apiKey, in: cookie, name: session }
`,
      bad: `
openapi: 3.1.0
components:
  securitySchemes:
    key: { type: apiKey, in: query, name: api_key }
`,
      *find(api) {
        for (const { name, value, at } of definedSchemes(api)) {
          if (value['type'] !== 'apiKey' || (value['in'] !== 'query' && value['in'] !== 'path')) continue;
          yield {
            at: at.child('in'),
            message: `The security scheme \`${name}\` sends its API key in the URL.`,
            help: 'Take it in a header, such as `X-API-Key`.',
          };
        }
      },
    },
  },
});
