import { asString } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { segmentsOf } from '../../languages/openapi/paths.ts';
import { operationsReturning } from '../../languages/openapi/returned.ts';
import { effectiveTypes, keyword, type Operation, type Property, properties } from '../../languages/openapi/select.ts';
import { singular } from '../../words/plurals.ts';
import { isSecretName } from '../../words/secrets.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'security/secret-write-only',
  summary: 'what is read holds no password, secret or private key',
  why: `A credential that is returned ends up in logs, caches and browsers, and everybody who may read the item may act as its owner.
It is sent once, when it is set or issued, and never read again.`,
  sources: [
    'guide S1, API Key Management',
    'guide S2, Encryption & Data Protection',
    'OpenAPI 3.1.1, Schema Object: writeOnly',
    'OWASP API3:2023',
  ],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /users/{id}:
    get:
      responses:
        '200': { content: { application/json: { schema: { $ref: '#/components/schemas/User' } } } }
    put:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/User' } } } }
  /users/{id}/api-keys/{key_id}:
    get:
      responses:
        '200': { content: { application/json: { schema: { properties: { api_key: { type: string } } } } } }
  /webhooks:
    post:
      responses:
        '201': { content: { application/json: { schema: { properties: { client_secret: { type: string } } } } } }
components:
  schemas:
    User:
      properties:
        password: { type: string, writeOnly: true }
        has_password: { type: boolean }
        password_hint: { type: string }
        next_page_token: { type: string }
        api_key: { type: string, description: 'The key, masked but for its last four characters.' }
`,
      bad: `
openapi: 3.1.0
paths:
  /users/{id}:
    get:
      responses:
        '200': { content: { application/json: { schema: { $ref: '#/components/schemas/User' } } } }
components:
  schemas:
    User:
      properties:
        password: { type: string }
        integration:
          properties:
            clientSecret: { type: string, readOnly: true }
`,
      *find(api) {
        const names = new Set(properties(api).map(({ name }) => name));
        const secrets = new Set([...names].filter((name) => isSecretName(name)));
        for (const property of properties(api)) {
          if (!secrets.has(property.name) || !isPlainSecret(api, property)) continue;
          const owner = api.index.nodeOf('Schema', property.owner.value);
          const reading = owner && operationsReturning(api, owner).find((operation) => isRead(operation));
          if (!reading) continue;
          yield {
            at: property.at,
            message: `\`${reading.name}\` returns the credential \`${property.name}\`.`,
            help:
              api.version === '2.0'
                ? 'Leave it out of what is read.'
                : 'Mark it `writeOnly: true`, or leave it out of what is read.',
            related: [{ message: 'it is returned here', at: reading.at }],
          };
        }
      },
    },
  },
});

/** Whether a property holds the secret itself, as a string that nothing makes harmless. */
function isPlainSecret(api: OpenApi, property: Property): boolean {
  if (keyword(api, property, 'writeOnly') === true || keyword(api, property, 'enum') !== undefined) return false;
  const types = effectiveTypes(api, property);
  if (types.length > 0 && !types.includes('string')) return false;
  const example = asString(keyword(api, property, 'example')) ?? '';
  if (/\*{3}|x{6}/i.test(example)) return false;
  const description = asString(keyword(api, property, 'description')) ?? '';
  return !harmless.test(description) && !deliberate.test(description);
}

/** What is returned is not the secret itself. */
const harmless = /\b(?:encrypted|hash(?:ed)?|mask(?:ed)?|obfuscated|obscured|redacted|public|last (?:four|4))\b|\*{3}/i;

/** It is handed out on purpose: once, to those who ask for it with a scope of its own, or to be used in browsers. */
const deliberate =
  /\bonly (?:available|included|present|provided|returned|shown|visible)\b|\breturned only\b|\bomitted unless\b|\bscope\b|\bclient-side\b/i;

/** Whether an operation reads items, and not credentials: to hand those out is the purpose of some. */
function isRead({ method, path, value }: Operation): boolean {
  if (method !== 'get') return false;
  const words = segmentsOf(path).flatMap(({ text, literal }) => (literal ? split(text) : []));
  const name = split(asString(value['operationId']) ?? '');
  return ![...words, ...name].some((word) => credentials.has(singular(word)));
}

const credentials: ReadonlySet<string> = new Set(
  'auth authentication authorization authorize certificate credential key kubeconfig login oauth oauth2 password reveal secret session sso token'.split(
    ' ',
  ),
);
