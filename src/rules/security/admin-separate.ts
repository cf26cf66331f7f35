import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { segmentsOf } from '../../languages/openapi/paths.ts';
import { saysWho } from '../../languages/openapi/security.ts';
import { type Operation, operations, type SecurityRequirement, securityOf } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'security/admin-separate',
  summary: 'operations for administrators ask for other credentials or scopes than the rest',
  why: `Where the same token opens both, only the code of each operation keeps users away from what administrators may do, and attackers
look for the operation whose check was forgotten.`,
  sources: [
    'guide S4, Role-Based Access Control (RBAC)',
    'guide S2, Role-Based Access Control (RBAC)',
    'OWASP API5:2023',
  ],
  equivalents: ['owasp:api5:2023-admin-security-unique'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    get:
      security: [{ login: [orders:read] }]
  /admin/users:
    get:
      security: [{ login: [users:manage] }]
  /admin/login:
    post:
      security: []
`,
      bad: `
openapi: 3.1.0
security: [{ token: [] }]
paths:
  /orders:
    get: {}
  /admin/users:
    get: {}
  /admin/settings:
    put:
      security: []
`,
      *find(api) {
        const forAdministrators = new Set(operations(api).filter(isForAdministrators));
        if (forAdministrators.size === 0) return;
        const ordinary = new Map<string, Operation>();
        for (const operation of operations(api)) {
          if (forAdministrators.has(operation)) continue;
          for (const asked of securityOf(api, operation).requirements.map(signature)) {
            if (!ordinary.has(asked)) ordinary.set(asked, operation);
          }
        }
        for (const operation of forAdministrators) {
          if (signsIn(operation)) continue;
          const { requirements, anonymous } = securityOf(api, operation);
          if (anonymous) {
            if (!declaresSecurity(api, operation)) continue;
            const message = `Anybody may call \`${operation.name}\`, which is for administrators.`;
            yield { at: operation.at, message, help: 'Ask for the credentials of an administrator.' };
            continue;
          }
          const same = requirements.map((requirement) => ordinary.get(signature(requirement))).find(Boolean);
          if (!same) continue;
          yield {
            at: operation.at,
            message: `\`${operation.name}\` is for administrators and asks for the same credentials as \`${same.name}\`.`,
            help: 'Ask for a scope or a scheme that only administrators have.',
            related: [{ message: 'this asks for the same', at: same.at }],
          };
        }
      },
    },
  },
});

const declaresSecurity = (api: OpenApi, operation: Operation): boolean => saysWho(operation) || saysWho(api.root);

function isForAdministrators({ path }: Operation): boolean {
  return segmentsOf(path).some(({ text }) => /^admin(?:s|istration|istrators?)?$/i.test(text));
}

/** Whether an operation is where administrators get their credentials. */
const signsIn = ({ path }: Operation): boolean => /\/(?:login|logout|sign-?in|sessions?|tokens?|auth)\b/i.test(path);

/** What a requirement asks for, alike for equal requirements. */
function signature({ schemes }: SecurityRequirement): string {
  return JSON.stringify(schemes.map(({ name, scopes }) => [name, [...scopes].sort()]).sort());
}
