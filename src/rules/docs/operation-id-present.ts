import { idStyle, madeOperationIds } from '../../conventions/openapi/operation-ids.ts';
import { renamedTo } from '../../conventions/renaming.ts';
import { textOf } from '../../languages/openapi/descriptions.ts';
import { insertProperty, replaceScalar } from '../../languages/openapi/edit.ts';
import { fieldRank } from '../../languages/openapi/field-order.ts';
import { asString } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { everyOperation, type Operation, operations } from '../../languages/openapi/select.ts';
import type { Fix } from '../../text/fix.ts';
import { toCase } from '../../words/cases.ts';
import { split } from '../../words/split.ts';
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
      fixable: 'safe',
      *find(api) {
        for (const operation of operations(api)) {
          const { value, at, name } = operation;
          const id = textOf(value, 'operationId');
          if (id === undefined) {
            const written = asString(value['operationId']) !== undefined;
            yield {
              at: written ? at.child('operationId') : at,
              message: written ? `The \`operationId\` of \`${name}\` is empty.` : `\`${name}\` has no \`operationId\`.`,
              help: 'Name it by a verb and what it acts on, for instance `listOrders`.',
              ...namingFix(madeOperationIds(api).get(operation), operation),
            };
          } else if (!fitsUrl.test(id)) {
            yield {
              at: at.child('operationId'),
              message: `The \`operationId\` \`${id}\` has characters that a URL cannot hold.`,
              help: 'Use letters, digits, `-`, `_` and `.` only.',
              fix: renamedTo(toCase(split(id), idStyle(api)), (to) =>
                isTaken(api, to) ? [] : replaceScalar(at.child('operationId'), to),
              ),
            };
          }
        }
      },
    },
  },
});

function isTaken(api: OpenApi, id: string): boolean {
  return everyOperation(api).some(({ value }) => value['operationId'] === id);
}

function namingFix(id: string | undefined, { at, value }: Operation): { fix?: Fix } {
  if (id === undefined) return {};
  const edits = () =>
    Object.hasOwn(value, 'operationId')
      ? replaceScalar(at.child('operationId'), id)
      : insertProperty(at, 'operationId', id, fieldRank('operation'));
  return { fix: { title: `Name it \`${id}\``, safe: true, edits } };
}

/** The characters of RFC 3986, reserved and unreserved. */
const fitsUrl = /^[\w.~:/?#[\]@!$&'()*+,;=-]*$/;
