import { get, keysOf } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { everyRequirement, scopesOf } from '../../languages/openapi/security.ts';
import { componentsOf, type SecurityRequirement, securitySchemes } from '../../languages/openapi/select.ts';
import { closest } from '../../text/closest.ts';
import type { Finding } from '../../text/problem.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'security/scheme-resolves',
  summary: 'the security schemes and scopes that operations ask for are declared',
  why: `Nobody can get a token with a scope that the authorization server does not know, or send credentials of a scheme that is described
nowhere. Tools that do not find the scheme often treat the operation as open.`,
  sources: [
    'guide S1, Authentication & Authorization Service',
    'OpenAPI 3.1.1, Security Requirement Object',
    'RFC 6749, section 3.3',
  ],
  equivalents: [
    'redocly:security-defined',
    'redocly:security-scopes-defined',
    'spectral:oas2-operation-security-defined',
    'spectral:oas3-operation-security-defined',
    'ibm:ibm-securityschemes',
  ],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
security:
  - {}
  - login: [orders:read]
paths:
  /orders:
    post:
      security:
        - staff: [any, scope]
        - key: [admin]
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-API-Key }
    staff: { type: openIdConnect, openIdConnectUrl: https://id.example.com/.well-known/openid-configuration }
    login:
      type: oauth2
      flows:
        clientCredentials:
          tokenUrl: https://id.example.com/token
          scopes: { orders:read: See orders. }
`,
      bad: `
openapi: 3.1.0
security:
  - logn: []
paths:
  /orders:
    post:
      security:
        - login: [orders:wirte]
        - staff: []
components:
  securitySchemes:
    login:
      type: oauth2
      flows:
        clientCredentials:
          tokenUrl: https://id.example.com/token
          scopes: { orders:write: Place orders. }
`,
      *find(api) {
        const declared = new Set(componentsOf(api, 'securitySchemes').map(({ name }) => name));
        const scopes = new Map(
          securitySchemes(api)
            .filter(({ value }) => value['type'] === 'oauth2')
            .map((scheme) => [scheme.name, scopesOf(api, scheme)]),
        );
        for (const requirement of everyRequirement(api)) {
          yield* undeclaredSchemes(api, requirement, declared);
          yield* undeclaredScopes(requirement, scopes);
        }
      },
    },
  },
});

function* undeclaredSchemes(
  api: OpenApi,
  requirement: SecurityRequirement,
  declared: ReadonlySet<string>,
): Generator<Finding> {
  for (const { name, at } of requirement.schemes) {
    if (name.startsWith('x-') || declared.has(name)) continue;
    // A file that is split off may have its own schemes, and since 3.2 a name may be a reference.
    const own = get(get(at.document.value, 'components'), 'securitySchemes');
    if (get(own, name) !== undefined) continue;
    if (api.version === '3.2' && 'target' in api.references.resolve(name, at)) continue;
    const meant = closest(name, new Set([...declared, ...keysOf(own)]));
    yield {
      at: at.onKey,
      message: `The security scheme \`${name}\` is declared nowhere.`,
      help: meant === null ? 'Declare it among the security schemes.' : `Did you mean \`${meant}\`?`,
    };
  }
}

function* undeclaredScopes(
  requirement: SecurityRequirement,
  scopes: ReadonlyMap<string, ReadonlySet<string>>,
): Generator<Finding> {
  for (const { name, scopes: wanted, at } of requirement.schemes) {
    const known = scopes.get(name);
    if (!known) continue;
    for (const [i, scope] of wanted.entries()) {
      if (known.has(scope)) continue;
      const meant = closest(scope, known);
      yield {
        at: at.child(i),
        message: `No flow of \`${name}\` declares the scope \`${scope}\`.`,
        help: meant === null ? 'Declare the scope, or ask for another one.' : `Did you mean \`${meant}\`?`,
      };
    }
  }
}
