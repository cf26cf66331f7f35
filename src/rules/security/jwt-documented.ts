import { asString } from '../../languages/openapi/json.ts';
import { definedSchemes } from '../../languages/openapi/security.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'security/jwt-documented',
  summary: 'a scheme that takes JWTs says that it follows RFC 8725',
  why: `JWTs are safe only if their algorithm, issuer, audience and lifetime are checked. RFC 8725 lists how; a scheme that names it tells
its implementers what to check and its callers what to send.`,
  sources: [
    'guide S4, JWT Implementation with Proper Security',
    'guide S1, JWT Token Handling',
    'RFC 8725',
    'OWASP API2:2023',
  ],
  equivalents: ['owasp:api2:2023-jwt-best-practices', 'vacuum:owasp-jwt-best-practices'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
components:
  securitySchemes:
    token:
      type: http
      scheme: bearer
      bearerFormat: JWT
      description: A JWT, checked as RFC 8725 asks, that lives for 15 minutes.
    key: { type: apiKey, in: header, name: X-API-Key }
`,
      bad: `
openapi: 3.1.0
components:
  securitySchemes:
    token:
      type: http
      scheme: bearer
      bearerFormat: JWT
      description: A JWT.
    login:
      type: oauth2
      flows: {}
`,
      *find(api) {
        for (const { name, value, at } of definedSchemes(api)) {
          const isJwt = value['type'] === 'oauth2' || asString(value['bearerFormat'])?.toLowerCase() === 'jwt';
          const description = asString(value['description']);
          if (!isJwt || /\brfc[ -]?8725\b/i.test(description ?? '')) continue;
          yield {
            at: description === undefined ? at : at.child('description'),
            message: `\`${name}\` does not say that its tokens follow RFC 8725.`,
            help: 'Say in the description that tokens are made and checked by RFC 8725, and how long they live.',
          };
        }
      },
    },
  },
});
