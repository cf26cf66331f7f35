import { answers, hasHeader, headersPlace } from '../../languages/openapi/answers.ts';
import { defineRule } from '../rule.ts';

const validators = /^(?:etag|last-modified|cache-control|expires)$/i;

export default defineRule({
  id: 'limits/cache-validators',
  summary: 'what a GET answers says how it may be cached',
  why: `Without \`ETag\` or \`Cache-Control\` every look at an unchanged thing costs a full answer, or caches guess how long it is
good for.`,
  sources: [
    'guide S3, API Gateway Pattern (response caching)',
    'guide S2, Caching Strategies',
    'RFC 9111',
    'Zalando 227',
  ],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders/{id}:
    get:
      responses:
        '200':
          headers: { ETag: { schema: { type: string } } }
          content: { application/json: {} }
  /health:
    get:
      responses:
        '204': { description: Alive. }
  /events:
    get:
      responses:
        '200':
          content: { text/event-stream: {} }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders/{id}:
    get:
      responses:
        '200':
          headers: { X-Request-ID: { schema: { type: string } } }
          content: { application/json: {} }
`,
      *find(api) {
        for (const { response, codes, operations } of answers(api)) {
          const reader = operations.find(({ method }) => method === 'get');
          if (!reader || !codes.has('200') || response.media.length === 0 || hasHeader(response, validators)) continue;
          if (response.media.every(({ name }) => /event-stream|jsonl|ndjson|json-seq/i.test(name))) continue;
          yield {
            at: headersPlace(response).onKey,
            message: `The 200 response of \`${reader.name}\` does not say how it may be cached.`,
            help: 'Declare `ETag` or `Cache-Control`; `Cache-Control: no-store` where it must not be kept.',
          };
        }
      },
    },
  },
});
