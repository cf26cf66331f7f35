import { saysWho } from '../../languages/openapi/security.ts';
import { operations } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'security/operation-secured',
  summary: 'every operation says who may call it, if only that anybody may',
  why: `An operation that was forgotten looks exactly like one that is meant to be open. Gateways that are configured from the document
then let everybody in, and nobody sees the hole in a review.`,
  sources: [
    'guide S4, Fine-Grained Authorization',
    'guide S2, Role-Based Access Control (RBAC)',
    'OpenAPI 3.1.1, Security Requirement Object',
    'OWASP API2:2023',
    'OWASP API5:2023',
    'Zalando #104',
  ],
  equivalents: [
    'redocly:security-defined',
    'zally:104',
    'owasp:api2:2023-write-restricted',
    'owasp:api2:2023-read-restricted',
    'vacuum:owasp-protection-global-unsafe',
    'vacuum:owasp-protection-global-unsafe-strict',
    'vacuum:owasp-protection-global-safe',
  ],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    get:
      security: [{ token: [] }]
    post:
      security: [{ token: [orders:write] }]
  /offers:
    get:
      security: [{ token: [] }, {}]
  /login:
    post:
      security: []
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get:
      security: [{ token: [] }]
    post: {}
`,
      *find(api) {
        if (saysWho(api.root)) return;
        const all = operations(api);
        const silent = all.filter((operation) => !saysWho(operation));
        // A large API that says nothing at all has one fault, which `security/scheme-declared` tells once.
        if (silent.length === all.length && all.length > 10) return;
        for (const { name, at } of silent) {
          const message = `Neither \`${name}\` nor the document says who may call it.`;
          yield { at, message, help: 'Name a security scheme, or say `security: []` if anybody may.' };
        }
      },
    },
  },
});
