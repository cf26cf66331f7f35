import { get, keysOf } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { Pointer } from '../../languages/openapi/pointer.ts';
import { oauthFlows } from '../../languages/openapi/security.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'security/scope-grammar',
  summary: 'all scopes are formed alike, as `resource:action`',
  why: `Permissions are checked by comparing names. Where \`orders:read\` stands beside \`read:users\` and \`invoices.write\`, whoever grants
or checks them has to remember which is which, and a wildcard covers less or more than was meant.`,
  sources: ['guide S4, Role-Based Access Control (RBAC)', 'guide S2, Role-Based Access Control (RBAC)', 'Zalando #225'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
components:
  securitySchemes:
    login:
      type: oauth2
      flows:
        clientCredentials:
          tokenUrl: https://id.example.com/token
          scopes:
            openid: Sign in.
            admin: Everything.
            orders:read: See orders.
            orders:write:own: Change one's own orders.
            users:*: All about users.
            admin.teams:read: See teams.
`,
      bad: `
openapi: 3.1.0
components:
  securitySchemes:
    login:
      type: oauth2
      flows:
        clientCredentials:
          tokenUrl: https://id.example.com/token
          scopes:
            orders:read: See orders.
            orders:write: Change orders.
            invoices:read: See invoices.
            invoices:write: Change invoices.
            read:users: See users.
            users.write: Change users.
`,
      *find(api) {
        const scopes = declaredScopes(api);
        const form = majorityOf([...scopes.keys()].map(formOf));
        if (form === undefined) return;
        const model = [...scopes.keys()].find((scope) => formOf(scope) === form);
        for (const [scope, at] of scopes) {
          const own = formOf(scope);
          if (own === undefined || own === form || !differs(own, form)) continue;
          yield {
            at: at.onKey,
            message: `The scope \`${scope}\` is formed otherwise than \`${model}\` and most others.`,
            help: `Form all scopes alike: ${spoken(form)}.`,
          };
        }
      },
    },
  },
});

/** The scopes of all flows, each where it is declared first. */
function declaredScopes(api: OpenApi): ReadonlyMap<string, Pointer> {
  const found = new Map<string, Pointer>();
  for (const { value, at } of oauthFlows(api)) {
    for (const scope of keysOf(get(value, 'scopes'))) {
      if (!scope.startsWith('x-') && !found.has(scope)) found.set(scope, at.child('scopes').child(scope));
    }
  }
  return found;
}

/** What stands between the parts of a scope, and on which side its action stands where one can tell. */
type Form = `${string} ${'action last' | 'action first' | ''}`;

/** How a scope is formed; undefined for single words and for URLs, which are names of their own. */
function formOf(scope: string): Form | undefined {
  if (scope.includes('://')) return undefined;
  const separator = [':', '/', '.'].find((sign) => scope.includes(sign));
  if (separator === undefined) return undefined;
  const parts = scope.split(separator);
  const first = isAction(parts[0]);
  const last = isAction(parts[1]) || isAction(parts.at(-1));
  return `${separator} ${first === last ? '' : first ? 'action first' : 'action last'}`;
}

const isAction = (part: string | undefined): boolean =>
  /^(?:\*|all|admin|create|delete|edit|list|manage|read|update|view|write)$/i.test(part ?? '');

/** The commonest of at least four forms, if it is that of two thirds. */
function majorityOf(forms: readonly (Form | undefined)[]): Form | undefined {
  const counts = new Map<Form, number>();
  let all = 0;
  for (const form of forms) {
    if (form === undefined || form.endsWith(' ')) continue;
    all++;
    counts.set(form, (counts.get(form) ?? 0) + 1);
  }
  const [best, count] = [...counts].sort(([, a], [, b]) => b - a)[0] ?? [];
  return all >= 4 && count !== undefined && count * 3 >= all * 2 ? best : undefined;
}

/** Whether a form contradicts another: by what separates its parts, or by the side of its action, if it has one. */
function differs(form: Form, other: Form): boolean {
  return form[0] !== other[0] || (!form.endsWith(' ') && form !== other);
}

const spoken = (form: Form): string =>
  form.endsWith('first') ? `\`action${form[0]}resource\`` : `\`resource${form[0]}action\``;
