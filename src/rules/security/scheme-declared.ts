import { definedSchemes, everyRequirement, saysWho } from '../../languages/openapi/security.ts';
import { operations } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'security/scheme-declared',
  summary: 'the API declares a security scheme and uses it',
  why: `An API that does not say how callers prove who they are is either open to everybody or cannot be called from what the document says.
Gateways and generated clients then send no credentials, and a reviewer cannot tell which of the two was meant.`,
  sources: [
    'guide S4, Authentication and Authorization',
    'OpenAPI 3.1.1, Security Scheme Object',
    'OWASP API2:2023',
    'Zalando #104',
  ],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
security:
  - token: []
paths:
  /orders:
    get: {}
components:
  securitySchemes:
    token: { type: http, scheme: bearer }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get: {}
components:
  securitySchemes:
    token: { type: http, scheme: bearer }
    key: { type: apiKey, in: header, name: X-API-Key }
`,
      *find(api) {
        const [first] = operations(api);
        if (!first || saysWho(api.root) || operations(api).some(saysWho)) return;
        const [scheme] = definedSchemes(api);
        if (!scheme) {
          yield {
            at: api.root.at.child('paths'),
            message: 'The API declares no security scheme, and no operation says that anybody may call it.',
            help: 'Declare how callers prove who they are, or say `security: []` where the API is open.',
          };
        } else if (everyRequirement(api).length === 0) {
          const name = scheme.name;
          yield {
            at: scheme.at.onKey,
            message: `The API declares \`${name}\`, and no operation asks for it.`,
            help: 'Name it in a `security` of the document or of the operations that need it.',
          };
        }
      },
    },
  },
});
