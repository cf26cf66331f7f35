import { collections } from '../../conventions/openapi/collections.ts';
import { bodyOf, type Operation, operations, responsesOf } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'status-codes/code-fits-method',
  summary: 'status codes fit the method that they answer',
  why: `Clients and caches act on the pair of method and code. A GET that "created" something, or a list that is 204 when empty,
makes each client need code of its own for this one operation.`,
  sources: ['guide S4, HTTP Method Usage', 'guide S4, Status Code Strategy', 'RFC 9110, sections 9.3 and 15'],
  equivalents: ['zally:150'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    get:
      responses:
        '200': { description: 'The orders, or an empty list.' }
        '304': { description: As before. }
    post:
      responses:
        '201': { description: Created. }
  /orders/{id}:
    put:
      responses:
        '201': { description: Created at this URL. }
        '204': { description: Replaced. }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get:
      responses:
        '200':
          description: The orders.
          content:
            application/json:
              schema: { type: array, items: { type: object } }
        '204': { description: There are none. }
    post:
      responses:
        '201': { description: Created. }
        '304': { description: As before. }
  /orders/{id}:
    delete:
      responses:
        '201': { description: Gone. }
    get:
      responses:
        '200': { description: The order. }
        '415': { description: Not that media type. }
`,
      *find(api) {
        const lists = new Set(collections(api).map(({ operation }) => operation));
        for (const operation of operations(api)) {
          for (const { code, used } of responsesOf(api, operation)) {
            const misfit = misfitOf(code, operation, lists.has(operation), () => bodyOf(api, operation) !== undefined);
            if (misfit) yield { at: used.onKey, message: `\`${operation.name}\` answers ${code}: ${misfit}.` };
          }
        }
      },
    },
  },
});

/** Why a code cannot be the answer, or null. Only what RFC 9110 excludes, or what no client expects. */
function misfitOf(code: string, { method }: Operation, lists: boolean, takesBody: () => boolean): string | null {
  const reads = method === 'get' || method === 'head';
  if (code === '201' && (reads || method === 'delete' || method === 'options'))
    return `a ${method.toUpperCase()} creates nothing`;
  if (code === '204' && lists) return 'an empty list is still a list, with 200';
  if (code === '206' && !reads) return 'only reads can be answered in part';
  if (code === '304' && !reads) return 'only reads can be answered from a cache';
  if (code === '415' && reads && !takesBody()) return 'there is no body whose media type could be wrong';
  return null;
}
