import { asString } from '../../languages/openapi/json.ts';
import { definedSchemes } from '../../languages/openapi/security.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'security/no-basic-auth',
  summary: 'no HTTP basic authentication',
  why: `Basic authentication sends the password itself with every request. It neither expires nor can be limited to what a client needs,
and whoever sees one request has it for good.`,
  sources: ['guide S4, Authentication and Authorization', 'RFC 7617, section 4', 'OWASP API2:2023'],
  equivalents: ['owasp:api2:2023-no-http-basic', 'vacuum:owasp-no-http-basic'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
components:
  securitySchemes:
    token: { type: http, scheme: bearer }
    key: { type: apiKey, in: header, name: X-API-Key }
`,
      bad: `
openapi: 3.1.0
components:
  securitySchemes:
    password: { type: http, scheme: Basic }
`,
      *find(api) {
        for (const { name, value, at } of definedSchemes(api)) {
          const field = value['type'] === 'basic' ? 'type' : 'scheme';
          if (field === 'scheme' && (value['type'] !== 'http' || !isBasic(value['scheme']))) continue;
          yield {
            at: at.child(field),
            message: `\`${name}\` sends a password with every request: HTTP basic authentication.`,
            help: 'Use tokens that expire: OAuth 2.0, OpenID Connect, or HTTP `bearer`.',
          };
        }
      },
    },
  },
});

const isBasic = (scheme: unknown): boolean => asString(scheme)?.toLowerCase() === 'basic';
