import { parameters } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'security/internal-header-refused',
  summary: 'headers that a gateway sets are no parameters',
  why: `Services behind a gateway trust \`X-User-ID\` and the like, because the gateway has checked who calls. A public operation that
takes such a header lets callers say that they are somebody else.`,
  sources: ['guide S0, API Gateway Implementation', 'guide S3, API Gateway', 'OWASP API2:2023', 'CWE-290'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    get:
      parameters:
        - { name: X-Request-ID, in: header }
        - { name: X-User-Agent, in: header }
        - { name: x-user-id, in: query }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get:
      parameters:
        - { name: X-User-ID, in: header }
        - { name: X-Internal-Request, in: header }
`,
      *find(api) {
        for (const { name, in: place, at } of parameters(api)) {
          if (place !== 'header' || !internal.test(name)) continue;
          yield {
            at: at.child('name'),
            message: `Callers may send \`${name}\`, a header that belongs to the gateway.`,
            help: 'Take it out of the description, and let the gateway drop it from what callers send.',
          };
        }
      },
    },
  },
});

/** Who the caller is, as a gateway tells it, and what is between a gateway and its services. */
const internal =
  /^x-(?:(?:auth(?:enticated)?-?|remote-|forwarded-)?user(?:-?(?:id|name|email|roles?|groups?))?|service|(?:gateway|internal)-.+)$/i;
