import { mutations } from '../../conventions/graphql/mutations.ts';
import { saysWho } from '../../languages/openapi/security.ts';
import { operations } from '../../languages/openapi/select.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'security/operation-secured',
  summary: 'every operation says who may call it, if only that anybody may',
  why: `An operation that was forgotten looks exactly like one that is meant to be open. Gateways that are configured from the document
then let everybody in, and nobody sees the hole in a review.`,
  sources: [
    'guide S4, Fine-Grained Authorization',
    'guide S2, Role-Based Access Control (RBAC)',
    'OpenAPI 3.1.1, Security Requirement Object',
    'OWASP API2:2023',
    'OWASP API5:2023',
    'Zalando #104',
  ],
  equivalents: [
    'redocly:security-defined',
    'zally:104',
    'owasp:api2:2023-write-restricted',
    'owasp:api2:2023-read-restricted',
    'vacuum:owasp-protection-global-unsafe',
    'vacuum:owasp-protection-global-unsafe-strict',
    'vacuum:owasp-protection-global-safe',
  ],
  options: {
    directives: {
      description:
        'GraphQL: the directives that say who may call, of which each mutation has to carry one. Without any, a directive called like one (`@auth`, `@hasRole`) is asked for where most mutations carry it.',
      default: [] as readonly string[],
      schema: { type: 'array', items: { type: 'string' }, uniqueItems: true },
    },
  },
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    get:
      security: [{ token: [] }]
    post:
      security: [{ token: [orders:write] }]
  /offers:
    get:
      security: [{ token: [] }, {}]
  /login:
    post:
      security: []
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get:
      security: [{ token: [] }]
    post: {}
`,
      *find(api) {
        if (saysWho(api.root)) return;
        const all = operations(api);
        const silent = all.filter((operation) => !saysWho(operation));
        // A large API that says nothing at all has one fault, which `security/scheme-declared` tells once.
        if (silent.length === all.length && all.length > 10) return;
        for (const { name, at } of silent) {
          const message = `Neither \`${name}\` nor the document says who may call it.`;
          yield { at, message, help: 'Name a security scheme, or say `security: []` if anybody may.' };
        }
      },
    },
    graphql: {
      good: `
type Mutation {
  createOrder(input: CreateOrderInput!): Order @auth(role: CUSTOMER)
  cancelOrder(input: CancelOrderInput!): Order @public
  signIn(input: SignInInput!): SignInPayload
}
`,
      bad: `
type Mutation {
  createOrder(input: CreateOrderInput!): Order @auth(role: CUSTOMER)
  cancelOrder(input: CancelOrderInput!): Order @auth(role: CUSTOMER)
  deleteOrder(input: DeleteOrderInput!): Order
}
`,
      *find(api, { directives }) {
        const [root] = mutations(api).map(({ field }) => field.owner);
        if (!root || root.directives.some(({ name }) => saysWhoMay(name, directives))) return;
        const judged = mutations(api).filter(({ name }) => !opensDoor(name));
        const silent = judged.filter(({ field, result }) => {
          const own = (field.node.directives ?? []).map(({ name }) => name.value);
          const returned = (result.type?.directives ?? []).map(({ name }) => name);
          return ![...own, ...returned].some((name) => saysWhoMay(name, directives));
        });
        // Who may call what may be said elsewhere, unless most mutations say it here.
        if (directives.length === 0 && silent.length * 2 >= judged.length) return;
        for (const { field, name } of silent) {
          yield {
            at: field.at,
            message: `The mutation \`${name}\` carries no directive that says who may call it.`,
            help: 'Give it the directive that the other mutations carry, or one that opens it to everybody.',
          };
        }
      },
    },
  },
});

/** Whether a directive says who may call: one of those that were named, or, where none were, one that is called so. */
function saysWhoMay(name: string, named: readonly string[]): boolean {
  if (named.length > 0) return named.some((one) => one.replace(/^@/, '') === name);
  return split(name).some((word) => guards.has(word)) || name.startsWith('aws_');
}

const guards: ReadonlySet<string> = new Set(
  `access acl allow anonymous auth authenticated authentication authorization authorize authorized can guard loggedin
  logged permission permissions policy private protected public rbac role roles scope scopes secured`
    .trim()
    .split(/\s+/),
);

/** Whether a mutation is there for those who are not signed in: `login`, `signUp`, `resetPassword`, `refreshToken`. */
function opensDoor(name: string): boolean {
  const words = split(name);
  return words.some((word) => doors.has(word)) || /sign (?:in|up|out)|log (?:in|out)/.test(words.join(' '));
}

const doors: ReadonlySet<string> = new Set(
  'authenticate confirm forgot login logout password recover refresh register signin signout signup token tokens verify'.split(
    ' ',
  ),
);
