import { asString, get } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { keyword, properties, servers } from '../../languages/openapi/select.ts';
import { stringsMatching } from '../../languages/openapi/strings.ts';
import type { Finding } from '../../text/problem.ts';
import { isSecretName } from '../../words/secrets.ts';
import { tokenIn, tokenStarts } from '../../words/tokens.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'security/no-secret-in-document',
  summary: 'the document holds no key, token, password or private key',
  why: `The document is published, and stays in the history of its repository. A key that was copied into an example works for everybody
who reads it, until somebody notices and revokes it; a default password works wherever nobody changed it.`,
  sources: [
    'guide S3, OAuth 2.0 / OpenID Connect',
    'guide S1, API Key Management',
    'RFC 3986, section 7.5',
    'CWE-798',
    'OWASP API8:2023',
  ],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
servers:
  - url: https://{user}@api.example.com
components:
  schemas:
    Key:
      properties:
        aws: { type: string, example: AKIAIOSFODNN7EXAMPLE }
        github: { type: string, example: ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx }
        pem: { type: string, example: "-----BEGIN PRIVATE KEY-----\\n...\\n-----END PRIVATE KEY-----" }
        password: { type: string, default: null }
        key: { type: string, example: sk_test_4eC39HqLyjWDarjtT1zdp7dc }
`,
      bad: `
openapi: 3.1.0
servers:
  - url: https://admin:hunter2@api.example.com
components:
  schemas:
    Key:
      properties:
        aws: { type: string, example: AKIAQ3EGRX7VZT5WLM2P }
        password: { type: string, default: changeme }
`,
      *find(api) {
        yield* tokens(api);
        yield* passwordsOfServers(api);
        yield* defaultCredentials(api);
      },
    },
  },
});

function* tokens(api: OpenApi): Generator<Finding> {
  const reported = new Set<string>();
  for (const { value, at } of stringsMatching(api, tokenStarts)) {
    const token = tokenIn(value);
    if (!token || reported.has(token.text)) continue;
    reported.add(token.text);
    const message = `The document holds what looks like ${token.kind}.`;
    yield { at: at.onValue, message, help: 'Revoke it if it is real, and put an invented value in its place.' };
  }
}

function* passwordsOfServers(api: OpenApi): Generator<Finding> {
  for (const { url, urlAt } of servers(api)) {
    const password = /^[a-z][a-z0-9+.-]*:\/\/[^/?#@:]*:([^/?#@]+)@/i.exec(url)?.[1];
    if (password === undefined || /[{}<>]|^\*+$/.test(password)) continue;
    yield { at: urlAt, message: 'The address of the server holds a password.', help: 'Take it out of the URL.' };
  }
}

function* defaultCredentials(api: OpenApi): Generator<Finding> {
  for (const property of properties(api)) {
    const value = asString(get(property.value, 'default'));
    if (!value || !isSecretName(property.name) || keyword(api, property, 'enum') !== undefined) continue;
    yield {
      at: property.at.child('default'),
      message: `The credential \`${property.name}\` has a default, which everybody knows.`,
      help: 'Leave the default out, so that each credential is chosen or generated.',
    };
  }
}
