import { asString } from '../../languages/openapi/json.ts';
import { everyOperation, type Operation } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'structure/operation-id-unique',
  summary: 'no two operations have the same operationId',
  why: `Generated clients name their methods by the operationId. Of two equal ones the second replaces the first, or the generator
invents a name that changes with the order of the paths.`,
  sources: ['OpenAPI 3.1.1, Operation Object'],
  equivalents: ['spectral:operation-operationId-unique', 'redocly:operation-operationId-unique'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    get: { operationId: listOrders }
    post: { operationId: placeOrder }
  /items:
    get: { operationId: ListOrders }
    put: {}
    delete: {}
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get: { operationId: list }
  /items:
    get: { operationId: list }
`,
      *find(api) {
        const firsts = new Map<string, Operation>();
        for (const operation of everyOperation(api)) {
          const id = asString(operation.value['operationId']);
          if (id === undefined) continue;
          const first = firsts.get(id);
          if (!first) firsts.set(id, operation);
          else if (first.value !== operation.value) {
            yield {
              at: operation.at.child('operationId'),
              message: `\`${operation.name}\` has the operationId \`${id}\`, as \`${first.name}\` has.`,
              help: 'Give each operation an id of its own.',
              related: [{ message: `\`${first.name}\` has it here`, at: first.at.child('operationId') }],
            };
          }
        }
      },
    },
  },
});
