import { versionInPath } from '../../conventions/openapi/versions.ts';
import { segmentsOf } from '../../languages/openapi/paths.ts';
import { operations, securityOf } from '../../languages/openapi/select.ts';
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'limits/health-declared',
  summary: 'there is a way to ask whether the service is well, and it asks for no credentials',
  why: `Load balancers and orchestrators ask whether the service is alive, and they have no account. Without an answer they send
traffic to an instance that is down, or need a secret of their own to find out.`,
  sources: [
    'guide S3, API Gateway Pattern (health check)',
    'guide S0, API Gateway Implementation',
    'gRPC Health Checking Protocol',
  ],
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
    protobuf: {
      good: `
syntax = "proto3";
package orders.v1;

// Answers grpc.health.v1.Health as well.
service OrderService {
  rpc GetOrder(GetOrderRequest) returns (Order);
}
`,
      bad: {
        'orders/v1/orders.proto': `
syntax = "proto3";
package orders.v1;

service OrderService {
  rpc GetOrder(GetOrderRequest) returns (Order);
}
`,
        'ops/v1/health.proto': `
syntax = "proto3";
package ops.v1;

service HealthService {
  rpc Check(CheckRequest) returns (CheckResponse);
}
`,
      },
      *find(api) {
        const all = protobuf.services(api);
        const [first] = all;
        if (!first || namesHealth(api)) return;
        const own = all.find(({ name }) => /^Health(?:Check)?(?:Service)?$/.test(name));
        yield own
          ? {
              at: own.at,
              message: `\`${own.name}\` is not \`grpc.health.v1.Health\`, which load balancers ask.`,
              help: 'Implement the standard service, and name it here.',
            }
          : {
              at: first.at,
              message: 'Nothing names `grpc.health.v1.Health`, by which one can ask whether the service is well.',
              help: 'Implement it, and say so in the comment of a service.',
            };
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

/** Whether the files define the health service of gRPC, import it or speak of it. */
function namesHealth(api: Protobuf): boolean {
  return api.files.some(
    ({ packageName, tokens }) => packageName === 'grpc.health.v1' || /grpc[./]health[./]v1/.test(tokens.text),
  );
}
