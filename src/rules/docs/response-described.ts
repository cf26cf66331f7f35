import { textOf } from '../../languages/openapi/descriptions.ts';
import { asString } from '../../languages/openapi/json.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'docs/response-described',
  summary: 'the description of a response says more than its status',
  why: `\`OK\` under \`200\` repeats what the code says already. What was done, what the body holds, which conflict a \`409\`
stands for: that is what a caller has to know.

Codes that speak for themselves, as \`204\`, \`401\`, \`404\` or \`500\`, may keep their own phrase.`,
  sources: ['guide S4, Documentation and Testing', 'OpenAPI 3.1.1, Response Object', 'RFC 9110, section 15'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    post:
      responses:
        '201': { description: The order as it was placed. }
        '400': { description: The basket is empty. }
        '404': { description: Not found }
        default: { description: Error response. }
        '500': { description: Internal server error }
  /orders/{id}:
    delete:
      responses:
        '204': { description: No content }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    post:
      responses:
        '201': { description: Created }
        '400': { $ref: '#/components/responses/BadRequest' }
        '409': { description: '' }
components:
  responses:
    BadRequest: { description: Bad request. }
`,
      *find(api) {
        for (const { value, at } of api.index.nodes.Response) {
          const name = String(at.parent ? at.key : at.document.source.path.split('/').at(-1));
          if (name === '204' || name === '205' || name === '304') continue;
          const description = asString(value['description']);
          if (description === undefined) {
            // Before 3.2 the specification itself asks for one.
            if (api.version !== '3.2' || textOf(value, 'summary') !== undefined) continue;
            yield { at, message: `Response \`${name}\` has no description.`, help };
          } else if (description.trim() === '') {
            yield { at: at.child('description'), message: `The description of response \`${name}\` is empty.`, help };
          } else if (isFiller(description, name)) {
            const message = `\`${description.trim()}\` says no more about response \`${name}\` than its status.`;
            yield { at: at.child('description'), message, help };
          }
        }
      },
    },
  },
});

const help = 'Say what was done or what went wrong, and what the body holds.';

function isFiller(description: string, code: string): boolean {
  // That the other answers are errors is worth saying.
  if (description.length > 60 || (code === 'default' && /error/i.test(description))) return false;
  const words = description.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return fillers.has(words.filter((word) => !/^(?:[1-5]\d\d|http|status|code|a|the)$/.test(word)).join(' '));
}

/** Phrases of codes that do not speak for themselves, and phrases that fit every response. Empty: only a code was written. */
const fillers: ReadonlySet<string> = new Set([
  '',
  ...['ok', 'created', 'accepted', 'multi status', 'partial content', 'moved permanently', 'found', 'see other'],
  ...['temporary redirect', 'permanent redirect', 'bad request', 'conflict', 'precondition failed'],
  ...['unprocessable entity', 'unprocessable content', 'failed dependency'],
  ...['success', 'successful', 'succeeded', 'success response', 'successful response', 'successfull response'],
  ...[
    'successful operation',
    'operation successful',
    'operation succeeded',
    'successful request',
    'request successful',
  ],
  ...['request succeeded', 'it worked', 'okay', 'ok response', 'created response', 'accepted response', 'done'],
  ...['response', 'default response', 'default', 'desc', 'description', 'error', 'error response', 'bad request error'],
  ...['result', 'response body', 'no description', 'n a', 'none'],
]);
