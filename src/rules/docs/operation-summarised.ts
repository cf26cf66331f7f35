import { textOf } from '../../languages/openapi/descriptions.ts';
import { asString } from '../../languages/openapi/json.ts';
import { operations } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'docs/operation-summarised',
  summary: 'every operation has a summary',
  why: `The summary is the line by which an operation is found: in the menu of the documentation, in search, in the list
of tools that an assistant may call. Without it, readers see \`POST /v1/orders/{id}/items\` and have to guess.`,
  sources: ['guide S4, Documentation and Testing', 'OpenAPI 3.1.1, Operation Object'],
  equivalents: ['ibm:ibm-operation-summary', 'redocly:operation-summary'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    get:
      summary: List orders
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get:
      description: Returns the orders of the caller, newest first.
    post:
      summary: ' '
`,
      *find(api) {
        for (const { value, at, name } of operations(api)) {
          if (textOf(value, 'summary') !== undefined) continue;
          const blank = asString(value['summary']) !== undefined;
          yield {
            at: blank ? at.child('summary') : at,
            message: blank ? `The summary of \`${name}\` is empty.` : `\`${name}\` has no summary.`,
            help: 'Name in a few words what it does, for instance `List orders`.',
          };
        }
      },
    },
  },
});
