import { textOf } from '../../languages/openapi/descriptions.ts';
import { asString } from '../../languages/openapi/json.ts';
import { operations } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'docs/operation-id-present',
  summary: 'every operation has an `operationId` that can stand in a URL',
  why: `Generated clients name their methods after it, and documentation its addresses. Where it is missing, each tool makes
up a name of its own from method and path, which changes when the path does.`,
  sources: ['guide S1, Developer Experience', 'OpenAPI 3.1.1, Operation Object', 'RFC 3986, section 2'],
  equivalents: [
    'spectral:operation-operationId',
    'redocly:operation-operationId',
    'spectral:operation-operationId-valid-in-url',
    'redocly:operation-operationId-url-safe',
  ],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    get:
      operationId: listOrders
    post:
      operationId: orders/create
      callbacks:
        shipped:
          '{$request.body#/url}':
            post: {}
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get: {}
    post:
      operationId: place order
`,
      *find(api) {
        for (const { value, at, name } of operations(api)) {
          const id = textOf(value, 'operationId');
          if (id === undefined) {
            const written = asString(value['operationId']) !== undefined;
            yield {
              at: written ? at.child('operationId') : at,
              message: written ? `The \`operationId\` of \`${name}\` is empty.` : `\`${name}\` has no \`operationId\`.`,
              help: 'Name it by a verb and what it acts on, for instance `listOrders`.',
            };
          } else if (!fitsUrl.test(id)) {
            yield {
              at: at.child('operationId'),
              message: `The \`operationId\` \`${id}\` has characters that a URL cannot hold.`,
              help: 'Use letters, digits, `-`, `_` and `.` only.',
            };
          }
        }
      },
    },
  },
});

/** The characters of RFC 3986, reserved and unreserved. */
const fitsUrl = /^[\w.~:/?#[\]@!$&'()*+,;=-]*$/;
