import { asString } from '../../languages/openapi/json.ts';
import { oauthFlows } from '../../languages/openapi/security.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'security/token-refreshable',
  summary: 'OAuth flows of users say where a token is refreshed',
  why: `Where tokens cannot be refreshed they are made to live long, so that users need not sign in all the time, and a stolen one works
for as long.`,
  sources: [
    'guide S4, JWT Implementation with Proper Security',
    'RFC 6749, section 6',
    'OpenAPI 3.1.1, OAuth Flow Object',
    'OWASP API2:2023',
  ],
  equivalents: ['owasp:api2:2023-short-lived-access-tokens'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
components:
  securitySchemes:
    login:
      type: oauth2
      flows:
        authorizationCode:
          authorizationUrl: https://id.example.com/authorize
          tokenUrl: https://id.example.com/token
          refreshUrl: https://id.example.com/token
          scopes: { orders:read: See orders. }
        clientCredentials:
          tokenUrl: https://id.example.com/token
          scopes: { orders:read: See orders. }
`,
      bad: `
openapi: 3.1.0
components:
  securitySchemes:
    login:
      type: oauth2
      flows:
        authorizationCode:
          authorizationUrl: https://id.example.com/authorize
          tokenUrl: https://id.example.com/token
          scopes: { orders:read: See orders. }
`,
      *find(api) {
        if (api.version === '2.0') return; // It has no field for it.
        for (const { name, value, nameAt, scheme } of oauthFlows(api)) {
          if (name === 'clientCredentials' || asString(value['refreshUrl'])) continue;
          yield {
            at: nameAt,
            message: `The flow \`${name}\` of \`${scheme.name}\` has no \`refreshUrl\`.`,
            help: 'Name the URL where a short-lived token is exchanged for the next one.',
          };
        }
      },
    },
  },
});
