import { asString, type JsonObject } from '../../languages/openapi/json.ts';
import { definedSchemes } from '../../languages/openapi/security.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'security/bearer-is-http',
  summary: 'a token in the `Authorization` header is of type `http`, not an API key',
  why: `Of an API key tools send the bare value, so callers have to know that \`Bearer \` stands before it. Those who do not get a 401
that nothing in the document explains.`,
  sources: ['guide S1, API Gateway', 'OpenAPI 3.1.1, Security Scheme Object', 'RFC 9110, section 11.6.2', 'RFC 6750'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
components:
  securitySchemes:
    token: { type: http, scheme: bearer, bearerFormat: JWT }
    key: { type: apiKey, in: header, name: X-API-Key }
    bare: { type: apiKey, in: header, name: Authorization, description: The key itself without a prefix. }
`,
      bad: `
openapi: 3.1.0
components:
  securitySchemes:
    token: { type: apiKey, in: header, name: Authorization }
`,
      *find(api) {
        if (api.version === '2.0') return; // It has no other way to declare a bearer token.
        for (const { name, value, at } of definedSchemes(api)) {
          if (value['type'] !== 'apiKey' || value['in'] !== 'header' || saysBare(value)) continue;
          if (asString(value['name'])?.toLowerCase() !== 'authorization') continue;
          yield {
            at: at.child('name'),
            message: `\`${name}\` declares the \`Authorization\` header as an API key.`,
            help: 'Declare `type: http` with the scheme that stands before the credentials, such as `scheme: bearer`.',
          };
        }
      },
    },
  },
});

/** Whether the description says that no scheme stands before the key. */
function saysBare({ description }: JsonObject): boolean {
  return /\b(?:without|no)\b[^.]*\b(?:prefix|scheme|bearer)\b/i.test(asString(description) ?? '');
}
