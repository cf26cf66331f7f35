import { servers } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'naming/server-host',
  summary: 'host names are in lower case, without underscores',
  why: `Host names are the same in any case, but caches, cookies and allow-lists that compare text don't know it. An underscore is not
allowed in host names at all, and some clients refuse it.`,
  sources: ['RFC 1123, section 2.1', 'RFC 3986, section 3.2.2'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
servers:
  - url: https://api.example.com/My_Shop
  - url: https://{Customer_Name}.example.com
  - url: /v1
`,
      bad: `
openapi: 3.1.0
servers:
  - url: https://API.example.com/v1
  - url: https://my_shop.example.com
`,
      *find(api) {
        const seen = new Set<string>();
        for (const { url, urlAt } of servers(api)) {
          const host = hostOf(url);
          if (host === undefined || seen.has(host) || !/[A-Z_]/.test(host.replace(/\{[^{}]*\}/g, ''))) continue;
          seen.add(host);
          const fault = host.includes('_') ? 'holds an underscore' : 'is not in lower case';
          yield {
            at: urlAt,
            message: `The host \`${host}\` ${fault}.`,
            help: `Write \`${host.replace(/(?:\{[^{}]*\})|[^{]+/g, (part) => (part.startsWith('{') ? part : part.toLowerCase().replaceAll('_', '-')))}\`.`,
          };
        }
      },
    },
  },
});

/** The host of an absolute address, without user and port. */
function hostOf(url: string): string | undefined {
  return /^[a-z][a-z0-9+.-]*:\/\/(?:[^@/?#]*@)?([^/?#:]*)/i.exec(url)?.[1];
}
