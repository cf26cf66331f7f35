import { asString } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { segmentsOf } from '../../languages/openapi/paths.ts';
import { type Parameter, parameters, paths } from '../../languages/openapi/select.ts';
import { singular } from '../../words/plurals.ts';
import { isSecretName } from '../../words/secrets.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'security/no-credentials-in-url',
  summary: 'no password, token or key is part of a URL',
  why: `URLs are written to access logs, browser histories, bookmarks and \`Referer\` headers. A credential in one of them is known to
everybody who can read those.`,
  sources: [
    'guide S1, API Key Management',
    'guide S4, API Key Management',
    'RFC 6750, section 5.3',
    'RFC 9110, section 17.9',
    'OWASP API2:2023',
  ],
  equivalents: ['owasp:api2:2023-no-credentials-in-url', 'vacuum:owasp-no-credentials-in-url'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    get:
      parameters:
        - { name: page_token, in: query }
        - { name: token, in: query, description: Where the next page begins. }
        - { name: access_token, in: header }
  /secrets/{secret}:
    get:
      parameters:
        - { name: secret, in: path, required: true, description: The name of the secret. }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get:
      parameters:
        - { name: api_key, in: query }
        - { name: token, in: query, description: The access token of the caller. }
  /sessions/{password}:
    get:
      parameters:
        - { name: password, in: path, required: true }
`,
      *find(api) {
        const resources = resourceNames(api);
        for (const parameter of parameters(api)) {
          const { name, in: place, at } = parameter;
          if ((place !== 'query' && place !== 'path') || !isCredential(parameter)) continue;
          if (place === 'path' && resources.has(name)) continue;
          yield {
            at: at.child('name'),
            message: `The credential \`${name}\` is part of the URL.`,
            help: 'Take it in the `Authorization` header, or in the body of a POST.',
          };
        }
      },
    },
  },
});

function isCredential({ name, value }: Parameter): boolean {
  const words = split(name);
  const description = asString(value['description']) ?? '';
  if (words.join(' ') === 'token')
    return /\b(?:access|api|authentication|auth|bearer|oauth) token\b/i.test(description);
  return isSecretName(words) && !/\b(?:id|identifier|name) of\b|'s (?:id|identifier|name)\b/i.test(description);
}

/** The placeholders that name an item of the collection before them, as in `/secrets/{secret}`. */
function resourceNames(api: OpenApi): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { path } of paths(api)) {
    let before: readonly string[] = [];
    for (const { text, placeholders, literal } of segmentsOf(path)) {
      const [name] = placeholders;
      if (name !== undefined && before.map(singular).join(' ') === split(name).join(' ')) found.add(name);
      before = literal ? split(text) : [];
    }
  }
  return found;
}
