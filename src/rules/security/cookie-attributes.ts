import { get } from '../../languages/openapi/json.ts';
import { responses } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'security/cookie-attributes',
  summary: 'a `Set-Cookie` header is documented with `Secure`, `HttpOnly` and `SameSite`',
  why: `A session cookie without \`Secure\` is sent in the clear, without \`HttpOnly\` every injected script can read it, and without
\`SameSite\` other sites can act with it.`,
  sources: ['guide S3, OAuth 2.0 / OpenID Connect', 'RFC 6265, section 4.1.2', 'OWASP API2:2023'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /login:
    post:
      responses:
        '204':
          description: Signed in.
          headers:
            Set-Cookie:
              schema: { type: string }
              example: session=abc; Path=/; Secure; HttpOnly; SameSite=Lax
`,
      bad: `
openapi: 3.1.0
paths:
  /login:
    post:
      responses:
        '204':
          description: Signed in.
          headers:
            Set-Cookie:
              schema: { type: string, example: session=abc; Path=/; HttpOnly }
`,
      *find(api) {
        const judged = new Set<unknown>();
        for (const { name, value, at, schema } of responses(api).flatMap(({ headers }) => headers)) {
          if (name.toLowerCase() !== 'set-cookie' || judged.has(value)) continue;
          judged.add(value);
          const said = [value['description'], value['example'], value['examples']];
          const inSchema = ['description', 'example', 'examples', 'pattern'].map((field) => get(schema?.value, field));
          const text = JSON.stringify([said, inSchema]);
          const missing = attributes
            .filter(({ pattern }) => !pattern.test(text))
            .map(({ name: attribute }) => `\`${attribute}\``);
          if (missing.length === 0) continue;
          yield {
            at,
            message: `\`Set-Cookie\` is documented without ${missing.join(' and ')}.`,
            help: 'Set them, and show them in an example of the header.',
          };
        }
      },
    },
  },
});

const attributes = [
  { name: 'Secure', pattern: /\bsecure\b/i },
  { name: 'HttpOnly', pattern: /\bhttponly\b/i },
  { name: 'SameSite', pattern: /\bsamesite\b/i },
];
