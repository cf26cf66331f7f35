import { asString } from '../../languages/openapi/json.ts';
import { definedSchemes } from '../../languages/openapi/security.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'security/http-scheme-current',
  summary: 'HTTP authentication uses a scheme that is still current',
  why: `\`oauth\` is OAuth 1.0, which OAuth 2.0 has made obsolete, and \`negotiate\` ties a token to a connection instead of a request,
which proxies that share connections undo. Both have known attacks, and few client libraries support them well.`,
  sources: ['RFC 6749', 'RFC 4559, section 6', 'IANA HTTP Authentication Scheme Registry', 'OWASP API2:2023'],
  equivalents: ['owasp:api2:2023-auth-insecure-schemes', 'vacuum:owasp-auth-insecure-schemes'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
components:
  securitySchemes:
    token: { type: http, scheme: bearer }
    proof: { type: http, scheme: DPoP }
`,
      bad: `
openapi: 3.1.0
components:
  securitySchemes:
    domain: { type: http, scheme: Negotiate }
    old: { type: http, scheme: oauth }
`,
      *find(api) {
        for (const { name, value, at } of definedSchemes(api)) {
          const scheme = asString(value['scheme']);
          const reason = value['type'] === 'http' ? reasons.get(scheme?.toLowerCase() ?? '') : undefined;
          if (reason === undefined) continue;
          yield {
            at: at.child('scheme'),
            message: `\`${name}\` uses the HTTP scheme \`${scheme}\`, which ${reason}.`,
            help: 'Use `bearer` tokens of OAuth 2.0 or OpenID Connect.',
          };
        }
      },
    },
  },
});

const reasons: ReadonlyMap<string, string> = new Map([
  ['negotiate', 'authenticates connections instead of requests'],
  ['oauth', 'is the obsolete OAuth 1.0'],
]);
