import { asString, isObject, keysOf } from '../../languages/openapi/json.ts';
import { clearScheme, type OAuthFlow, oauthFlows } from '../../languages/openapi/security.ts';
import type { Finding } from '../../text/problem.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'security/oauth-flow-modern',
  summary: 'OAuth uses the authorization code or client credentials flow, over https, with scopes',
  why: `The implicit flow puts the token into a URL, where histories and logs keep it; the password flow hands the user's password to the
client. OAuth 2.1 has neither. Without scopes every token may do everything.`,
  sources: [
    'guide S4, OAuth 2.0 with PKCE (Stripe Connect)',
    'guide S3, OAuth 2.0 / OpenID Connect',
    'RFC 9700, sections 2.1.2 and 2.4',
    'RFC 6749, section 3.1',
  ],
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
        authorizationCode:
          authorizationUrl: https://id.example.com/authorize
          tokenUrl: /token
          scopes: { orders:read: See orders. }
        clientCredentials:
          tokenUrl: http://localhost:8080/token
          scopes: { orders:read: See orders. }
`,
      bad: `
openapi: 3.1.0
components:
  securitySchemes:
    login:
      type: oauth2
      flows:
        implicit:
          authorizationUrl: https://id.example.com/authorize
          scopes: { orders:read: See orders. }
        password:
          tokenUrl: https://id.example.com/token
          scopes: { orders:read: See orders. }
        authorizationCode:
          authorizationUrl: https://id.example.com/authorize
          tokenUrl: http://id.example.com/token
          scopes: {}
`,
      *find(api) {
        for (const flow of oauthFlows(api)) {
          yield* outdated(flow);
          yield* inTheClear(flow);
          yield* withoutScopes(flow);
        }
      },
    },
  },
});

function* outdated({ name, nameAt, scheme }: OAuthFlow): Generator<Finding> {
  const harm = harms.get(name);
  if (harm === undefined) return;
  yield {
    at: nameAt,
    message: `\`${scheme.name}\` uses the ${name} flow, which ${harm}.`,
    help: 'Use the authorization code flow with PKCE, or client credentials where no user takes part.',
  };
}

const harms: ReadonlyMap<string, string> = new Map([
  ['implicit', 'puts the token into a URL'],
  ['password', "gives the user's password to the client"],
]);

function* inTheClear({ value, at, scheme }: OAuthFlow): Generator<Finding> {
  for (const field of ['authorizationUrl', 'tokenUrl', 'refreshUrl', 'deviceAuthorizationUrl']) {
    const protocol = clearScheme(asString(value[field]) ?? '');
    if (protocol === undefined) continue;
    const message = `The \`${field}\` of \`${scheme.name}\` uses \`${protocol}\`, so codes and tokens travel in the clear.`;
    yield { at: at.child(field), message, help: 'Use `https`.' };
  }
}

function* withoutScopes({ name, value, at, scheme }: OAuthFlow): Generator<Finding> {
  if (!isObject(value['scopes']) || keysOf(value['scopes']).some((scope) => !scope.startsWith('x-'))) return;
  yield {
    at: at.child('scopes'),
    message: `The ${spoken.get(name) ?? name} flow of \`${scheme.name}\` has no scopes, so every token may do everything.`,
    help: 'Declare a scope for each thing that a client may be allowed to do.',
  };
}

const spoken: ReadonlyMap<string, string> = new Map([
  ['clientCredentials', 'client credentials'],
  ['authorizationCode', 'authorization code'],
  ['deviceAuthorization', 'device authorization'],
]);
