import { segmentsOf } from '../../languages/openapi/paths.ts';
import { saysWho } from '../../languages/openapi/security.ts';
import { operations, securityOf } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'security/metrics-private',
  summary: 'metrics and debugging endpoints are not open to everybody',
  why: `Metrics tell an attacker which operations exist, how they are used and what slows them down; profilers and heap dumps hold the
data of users.`,
  sources: [
    'guide S4, Monitoring and Analytics',
    'guide S1, Monitoring & Alerting',
    'OWASP API8:2023',
    'OWASP API9:2023',
  ],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
security: [{ token: [] }]
paths:
  /metrics:
    get: {}
  /health:
    get: { security: [] }
  /campaigns/{id}/metrics:
    get: { security: [] }
`,
      bad: `
openapi: 3.1.0
paths:
  /metrics:
    get: { security: [] }
  /actuator/heapdump:
    get: {}
`,
      *find(api) {
        for (const operation of operations(api)) {
          if (!isDiagnostic(operation.path) || !securityOf(api, operation).anonymous) continue;
          const open = saysWho(operation) || saysWho(api.root);
          yield {
            at: operation.at,
            message: open
              ? `Anybody may call \`${operation.name}\`.`
              : `Nothing says who may call \`${operation.name}\`.`,
            help: 'Ask for credentials, or serve it on a port that only the monitoring reaches.',
          };
        }
      },
    },
  },
});

/** Whether a path is that of metrics, profiles or dumps of the server, rather than of figures about its resources. */
function isDiagnostic(path: string): boolean {
  const texts = segmentsOf(path).map(({ text }) => text.toLowerCase());
  if (texts[0] === 'actuator') return texts.length > 1 && !/^(?:health|info)$/.test(texts[1] ?? '');
  if (texts[0] === 'debug') return /^(?:pprof|vars)$/.test(texts[1] ?? '');
  return texts.length <= 2 && /^(?:metrics|prometheus)$/.test(texts.at(-1) ?? '') && !/[{}]/.test(texts[0] ?? '');
}
