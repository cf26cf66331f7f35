import { departures } from '../../languages/openapi/conformance.ts';
import { keysOf } from '../../languages/openapi/json.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'security/scheme-complete',
  summary: 'every security scheme says all that a client needs to use it',
  why: `A client that does not know the header of a key or the URL of a token endpoint cannot sign in. Generated clients then leave
authentication out, or developers guess at it.`,
  sources: [
    'OpenAPI 3.1.1, Security Scheme Object',
    'OpenAPI 3.1.1, OAuth Flow Object',
    'RFC 6749',
    'Swagger 2.0, Security Scheme Object',
  ],
  equivalents: ['ibm:ibm-securityscheme-attributes', 'redocly:struct', 'spectral:oas3-schema', 'spectral:oas2-schema'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
components:
  securitySchemes:
    Key: { type: apiKey, in: header, name: X-Key }
    Token: { type: http, scheme: bearer, bearerFormat: JWT }
    Certificate: { type: mutualTLS }
    Login:
      type: oauth2
      flows:
        clientCredentials: { tokenUrl: /token, scopes: {} }
        authorizationCode:
          authorizationUrl: https://example.com/authorize
          tokenUrl: https://example.com/token
          scopes: { 'orders:read': Read orders. }
`,
      bad: `
openapi: 3.1.0
components:
  securitySchemes:
    Key: { type: apiKey, in: body, name: X-Key }
    Other: { type: apiKey, in: header }
    Token: { type: bearer }
    Login:
      type: oauth2
      flows:
        clientCredentials: { scopes: {} }
        authorizationCode: { authorizationUrl: not a url, tokenUrl: https://example.com/token }
    Empty: { type: oauth2, flows: {} }
`,
      *find(api) {
        for (const { aspect, ...finding } of departures(api)) if (aspect === 'security-scheme') yield finding;
        for (const { value, at } of api.index.nodes.OAuthFlows) {
          if (keysOf(value).some((key) => !key.startsWith('x-'))) continue;
          yield { at, message: 'The flows hold no flow.', help: 'Declare one, such as `authorizationCode`.' };
        }
      },
    },
  },
});
