import { versionInPath } from '../../conventions/openapi/versions.ts';
import { segmentsOf } from '../../languages/openapi/paths.ts';
import { operations, securityOf } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'limits/health-declared',
  summary: 'there is a health endpoint, and it asks for no credentials',
  why: `Load balancers and orchestrators ask whether the service is alive, and they have no account. Without an answer they send
traffic to an instance that is down, or need a secret of their own to find out.`,
  sources: ['guide S3, API Gateway Pattern (health check)', 'guide S0, API Gateway Implementation'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
security: [{ key: [] }]
paths:
  /health/ready:
    get:
      security: []
`,
      bad: `
openapi: 3.1.0
security: [{ key: [] }]
paths:
  /health:
    get:
      operationId: health
`,
      *find(api) {
        const all = operations(api);
        if (all.length === 0) return;
        const health = all.filter(({ method, path }) => (method === 'get' || method === 'head') && isHealth(path));
        if (health.length === 0) {
          yield {
            at: api.root.at.child('paths').onKey,
            message: 'No path tells whether the service is well.',
            help: 'Add `/health`, open to everybody and without details.',
          };
        }
        for (const operation of health) {
          if (securityOf(api, operation).anonymous) continue;
          yield {
            at: operation.at,
            message: `\`${operation.name}\` asks for credentials.`,
            help: 'Give it `security: []`, and let it tell nothing that must be kept secret.',
          };
        }
      },
    },
  },
});

const names =
  /^(?:_?health(?:z|check|-check|_check|s)?|_?(?:live|liveness|livez|ready|readiness|readyz|alive)|ping|heartbeat|status|up)$/i;

/** A short path that ends in one of the usual names: an order has a status, too. */
function isHealth(path: string): boolean {
  const version = versionInPath(path);
  const segments = segmentsOf(path).filter(({ text }) => text !== 'api' && text !== version);
  return segments.length <= 2 && segments.every(({ literal }) => literal) && names.test(segments.at(-1)?.text ?? '');
}
