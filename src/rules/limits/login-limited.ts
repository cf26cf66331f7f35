import { responsesFix } from '../../conventions/openapi/skeletons.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { lastSegment, segmentsOf } from '../../languages/openapi/paths.ts';
import { bodyOf, codesOf, declares, type Operation, operations, propertiesOf } from '../../languages/openapi/select.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'limits/login-limited',
  summary: 'operations that check a password, reset it or issue a token declare 429',
  why: `Where attempts are free, passwords are guessed: these operations are the first that bots try, and the limit of the rest of the
API is far too high for them. The clients that log in honestly need to know the answer to too many attempts.`,
  sources: ['guide S1, Rate Limiting & DDoS Protection', 'OWASP API2:2023', 'RFC 6585, section 4'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /login:
    post:
      responses:
        '200': { description: A session. }
        '429': { description: Too many attempts. }
  /cards/tokens:
    post:
      responses:
        '201': { description: The card as a token. }
`,
      bad: `
openapi: 3.1.0
paths:
  /login:
    post:
      responses:
        '200': { description: A session. }
        '401': { description: The password is wrong. }
  /oauth/token:
    post:
      responses:
        '200': { description: A token. }
  /sessions:
    post:
      requestBody:
        content:
          application/json:
            schema: { properties: { email: { type: string }, password: { type: string } } }
      responses:
        '201': { description: A session. }
`,
      fixable: 'safe',
      *find(api) {
        for (const operation of operations(api)) {
          if (codesOf(api, operation).length === 0 || !checksCredentials(api, operation)) continue;
          if (declares(api, operation, '429')) continue;
          yield {
            at: operation.at.child('responses'),
            message: `\`${operation.name}\` guards accounts and does not declare 429.`,
            help: 'Limit the attempts for each account and each address, and declare 429.',
            ...responsesFix(api, operation, ['429']),
          };
        }
      },
    },
  },
});

const logins = new Set([
  'login',
  'log in',
  'signin',
  'sign in',
  'authenticate',
  'forgot password',
  'password reset',
  'reset password',
]);

function checksCredentials(api: OpenApi, operation: Operation): boolean {
  const last = lastSegment(operation.path);
  if (!last?.literal || (operation.method !== 'post' && operation.method !== 'get')) return false;
  const words = split(last.text.replace(/\.\w+$/, '')).join(' ');
  if (logins.has(words)) return true;
  if (operation.method !== 'post') return false;
  const before = segmentsOf(operation.path).at(-2)?.text ?? '';
  if (words === 'token' && /^(?:oauth2?|auth|connect|oidc)$/i.test(before)) return true;
  return /^(?:tokens?|sessions?|auth)$/.test(words) && takesPassword(api, operation);
}

function takesPassword(api: OpenApi, operation: Operation): boolean {
  const media = bodyOf(api, operation)?.media ?? [];
  return media.some(({ schema }) => {
    const properties = propertiesOf(api, schema);
    return [...properties.keys()].some((name) => /^(?:password|passwd|passphrase|grant_?type)$/i.test(name));
  });
}
