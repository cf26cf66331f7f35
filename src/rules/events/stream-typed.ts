import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { effectiveTypes, keyword, type MediaType, responses } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

const streams =
  /^\s*(?:text\/event-stream|application\/(?:x-)?(?:ndjson|jsonl|json-lines|stream\+json|json-seq))\s*(?:;|$)/i;

export default defineRule({
  id: 'events/stream-typed',
  summary: 'a stream of events has a schema for its events',
  why: `A stream that is declared as text tells nothing of what comes. Each client then parses what it has seen so far, and fails at
the first event of a kind that it has not.`,
  sources: [
    'guide S4, Server-Sent Events (SSE)',
    'guide S2, Server-Sent Events',
    'OpenAPI 3.2.0, Media Type Object (itemSchema)',
  ],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.2.0
paths:
  /events:
    get:
      responses:
        '200':
          content:
            text/event-stream:
              itemSchema:
                properties: { data: { type: string }, event: { type: string } }
            application/json:
              schema: { type: array }
`,
      bad: `
openapi: 3.2.0
paths:
  /events:
    get:
      responses:
        '200':
          content:
            text/event-stream: {}
  /logs:
    get:
      responses:
        '200':
          content:
            text/event-stream: { schema: { type: string } }
            application/jsonl: { schema: { type: object, properties: { line: { type: string } } } }
`,
      *find(api) {
        // In 2.0 all that an operation answers has one schema, whatever its media type.
        if (api.version === '2.0') return;
        for (const { media } of responses(api)) {
          for (const type of media) {
            if (!streams.test(type.name)) continue;
            const message = faultOf(api, type);
            if (!message) continue;
            yield { at: type.at.onKey, message, help: `Describe one event under \`${fieldFor(api)}\`.` };
          }
        }
      },
    },
  },
});

const fieldFor = (api: OpenApi): string => (api.version === '3.2' ? 'itemSchema' : 'schema');

function faultOf(api: OpenApi, { name, value, schema }: MediaType): string | undefined {
  if (!schema) return `The stream \`${name}\` has no schema for its events.`;
  const types = effectiveTypes(api, schema);
  const isText = types.length === 1 && types[0] === 'string';
  const isTold = ['contentSchema', 'enum', 'oneOf', 'anyOf', 'contentMediaType'].some(
    (field) => keyword(api, schema, field) !== undefined,
  );
  if (isText && !isTold) return `The stream \`${name}\` is declared as text and says nothing of its events.`;
  if (api.version !== '3.2' || value['itemSchema'] !== undefined || types[0] === 'array') return undefined;
  return `The stream \`${name}\` has a \`schema\` for the whole instead of an \`itemSchema\` for each event.`;
}
