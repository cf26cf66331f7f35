import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { type Operation, operations, parametersOf } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

const headers = /^(?:traceparent|b3|x-b3-trace-?id|x-cloud-trace-context|x-amzn-trace-id|x-flow-id|uber-trace-id)$/i;

export default defineRule({
  id: 'limits/tracing-declared',
  summary: 'operations take `traceparent`',
  why: `A request that crosses five services is found again only when all of them pass on the same id. \`traceparent\` is the one that
the tools of all vendors understand.`,
  sources: ['guide S2, Distributed Tracing', 'W3C Trace Context', 'Zalando 233'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    parameters:
      - { name: traceparent, in: header, schema: { type: string } }
    get: {}
    post: {}
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get:
      parameters:
        - { name: traceparent, in: header, schema: { type: string } }
    post:
      operationId: createOrder
`,
      *find(api) {
        const all = operations(api);
        const without = all.filter((operation) => !isTraced(api, operation));
        const help = 'Declare `traceparent` as a header parameter that all operations refer to.';
        if (without.length === all.length) {
          if (all.length === 0) return;
          yield { at: api.root.at.child('paths').onKey, message: 'No operation takes `traceparent`.', help };
          return;
        }
        for (const { at, name } of without) {
          yield { at, message: `\`${name}\` does not take \`traceparent\`, as others do.`, help };
        }
      },
    },
  },
});

function isTraced(api: OpenApi, operation: Operation): boolean {
  return parametersOf(api, operation).some(({ in: place, name }) => place === 'header' && headers.test(name));
}
