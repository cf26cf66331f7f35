import { asString } from '../../languages/openapi/json.ts';
import { operations } from '../../languages/openapi/select.ts';
import { countable, uncountable } from '../../words/nouns.ts';
import { singular } from '../../words/plurals.ts';
import { split } from '../../words/split.ts';
import { canBeVerb, operationVerb } from '../../words/verbs.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'naming/operation-verb',
  summary: 'an operationId is a verb with its noun, and fits the method',
  why: `Generated clients call \`client.updateUser()\` and \`client.user()\`: only one of them says what happens. A name that says \`get\` on
a DELETE is believed until data is gone.`,
  sources: ['guide S4, Mutation Design', 'guide S4, Service Design', 'AIP-131', 'AIP-133', 'AIP-135'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /users:
    get: { operationId: listUsers }
    post: { operationId: users_create }
  /users/search:
    post: { operationId: searchUsers }
  /search/users:
    get: { operationId: search/users }
  /users/{id}:
    put: { operationId: get-or-create-user }
    delete: { operationId: deactivateUser }
`,
      bad: `
openapi: 3.1.0
paths:
  /users:
    get: { operationId: users }
    post: { operationId: getUsers }
  /users/{id}:
    delete: { operationId: updateUser }
`,
      *find(api) {
        for (const { value, at, method } of operations(api)) {
          const id = asString(value['operationId']);
          if (id === undefined) continue;
          const verb = operationVerb(id);
          if (verb !== null && misfits.get(method)?.has(verb) && !split(id).includes('or')) {
            yield {
              at: at.child('operationId'),
              message: `The operationId \`${id}\` says \`${verb}\` on a ${method.toUpperCase()}.`,
              help: 'Name it for what the method does.',
            };
          } else if (verb === null && method !== 'options' && method !== 'head' && isNoun(id)) {
            yield {
              at: at.child('operationId'),
              message: `The operationId \`${id}\` has no verb.`,
              help: 'Begin with what the operation does: `list`, `get`, `create`, `update`, `delete`.',
            };
          }
        }
      },
    },
  },
});

/** Verbs that a method certainly does not do. What a GET must not do is up to `methods/safe-has-no-effect`. */
const misfits: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['post', new Set(['get', 'fetch', 'retrieve'])],
  ['put', new Set(['get', 'fetch', 'retrieve', 'list', 'delete'])],
  ['patch', new Set(['get', 'fetch', 'retrieve', 'list', 'delete'])],
  ['delete', new Set(['get', 'fetch', 'retrieve', 'list', 'create', 'update', 'add', 'insert'])],
]);

/** Whether a name certainly names a thing: all of its words are known, and none can be a verb. */
function isNoun(id: string): boolean {
  const words = split(id);
  return words.length > 0 && words.every((word) => !canBeVerb(word) && isKnownNoun(word));
}

function isKnownNoun(word: string): boolean {
  return uncountable.has(word) || countable.has(singular(word));
}
