import { effectiveTypes, keyword, parameters } from '../../languages/openapi/select.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'security/ssrf-parameter',
  summary: 'a parameter that takes a URL says which URLs it takes',
  why: `A server that fetches whatever URL it is given can be made to read from inside its own network, and one that redirects to it can
be made to send users anywhere. Both start with a parameter that takes any URL.`,
  sources: ['guide S2, Input Validation & Sanitization', 'OWASP API7:2023', 'CWE-918', 'CWE-601'],
  equivalents: ['owasp:api7:2023-concerning-url-parameter'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /login:
    get:
      parameters:
        - { name: redirect_uri, in: query, schema: { type: string, pattern: '^https://app\\.example\\.com/' } }
        - { name: fail_on_redirect, in: query, schema: { type: boolean } }
`,
      bad: `
openapi: 3.1.0
paths:
  /login:
    get:
      parameters:
        - { name: redirect_uri, in: query, schema: { type: string } }
  /previews:
    get:
      parameters:
        - { name: imageUrl, in: query, schema: { type: string, format: uri } }
`,
      *find(api) {
        for (const { name, in: place, schema, at } of parameters(api)) {
          if ((place !== 'query' && place !== 'path') || !takesUrl(split(name))) continue;
          if (!effectiveTypes(api, schema).every((type) => type === 'string')) continue;
          if (['enum', 'const', 'pattern'].some((limit) => keyword(api, schema, limit) !== undefined)) continue;
          yield {
            at: at.child('name'),
            message: `\`${name}\` takes any URL.`,
            help: 'Say with `pattern` or `enum` which hosts are allowed, and check it before the URL is used.',
          };
        }
      },
    },
  },
});

/** Whether words name a URL that is fetched or redirected to. */
function takesUrl(words: readonly string[]): boolean {
  const last = words.at(-1) ?? '';
  if (/^(?:url|uri|webhook|callback|redirect)$/.test(last)) return true;
  return /^(?:redirect|return|forward|callback) (?:to|back)$/.test(words.slice(-2).join(' '));
}
