import { replaceScalar } from '../../languages/openapi/edit.ts';
import { type Pointer, valueAt } from '../../languages/openapi/pointer.ts';
import { clearServers } from '../../languages/openapi/security.ts';
import type { Fix } from '../../text/fix.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'security/https-only',
  summary: 'servers are asked over https',
  why: `Whatever travels without TLS, credentials first of all, can be read and changed by everybody on the way. Clients generated from
the document take the first server that they find.`,
  sources: [
    'guide S2, Encryption & Data Protection',
    'RFC 9110, section 4.2.2',
    'RFC 6750, section 5.3',
    'OWASP API8:2023',
  ],
  equivalents: [
    'owasp:api8:2023-no-scheme-http',
    'owasp:api8:2023-no-server-http',
    'vacuum:owasp-security-hosts-https-oas3',
  ],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
servers:
  - url: https://api.example.com/v1
  - url: wss://stream.example.com
  - url: http://localhost:8080
  - url: /v1
  - url: '{scheme}://{host}/v1'
    variables:
      scheme: { default: https, enum: [https, http] }
      host: { default: api.example.com }
  - url: http://{host}:3000
    variables:
      host: { default: 127.0.0.1 }
`,
      bad: `
openapi: 3.1.0
servers:
  - url: http://api.example.com/v1
  - url: '{scheme}://api.example.com/v1'
    variables:
      scheme: { default: http }
`,
      fixable: 'unsafe',
      *find(api) {
        for (const { scheme, at } of clearServers(api)) {
          const message = `The API is offered over \`${scheme}\`, which is not encrypted.`;
          yield { at, message, help: 'Offer it over `https` (or `wss`) only.', ...encryptingFix(at) };
        }
      },
    },
  },
});

/** The fix of an address, or of the scheme in it, that is written out. */
function encryptingFix(at: Pointer): { fix?: Fix } {
  const written = valueAt(at.document.value, at.path);
  if (typeof written !== 'string' || !/^(?:http|ws)(?=:|$)/.test(written)) return {};
  const secure = written.replace(/^(?:http|ws)/, '$&s');
  return { fix: { title: `Write \`${secure}\``, safe: false, edits: () => replaceScalar(at, secure) } };
}
