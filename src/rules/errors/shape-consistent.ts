import { type ErrorBody, type ErrorShape, errorBodies, isPrescribed } from '../../conventions/openapi/error-bodies.ts';
import { capitalised, titleOf } from '../../languages/openapi/titles.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'errors/shape-consistent',
  summary: 'all errors have one shape',
  why: `Clients handle errors in one place for all operations. Each further shape is a branch that is written after the first
incident in which the message could not be found.`,
  sources: [
    'guide S4, Comprehensive Error Response Design',
    'guide S4, Production Examples (consistent error format)',
    'guide S1, REST API Standards',
  ],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    post:
      responses:
        '404':
          content:
            application/json: { schema: { $ref: '#/components/schemas/Error' } }
        '422':
          content:
            application/json: { schema: { $ref: '#/components/schemas/ValidationError' } }
components:
  schemas:
    Error:
      properties:
        code: { type: string }
        message: { type: string }
    ValidationError:
      allOf: [{ $ref: '#/components/schemas/Error' }]
      properties:
        fields: { type: array, items: { type: object } }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    post:
      responses:
        '404':
          content:
            application/json: { schema: { $ref: '#/components/schemas/Error' } }
        '409':
          content:
            application/json: { schema: { $ref: '#/components/schemas/Error' } }
        '422':
          content:
            application/json:
              schema:
                properties:
                  errors:
                    type: array
                    items: { properties: { code: { type: string }, message: { type: string } } }
        '500':
          content:
            application/json: { schema: { type: string } }
components:
  schemas:
    Error:
      properties:
        code: { type: string }
        message: { type: string }
`,
      *find(api) {
        const bodies = errorBodies(api).filter(({ shape }) => shape.style !== 'unknown' && !isPrescribed(shape));
        const usual = commonest(bodies);
        const model = bodies.find(({ shape }) => places(shape).has(usual));
        for (const { schema, shape } of bodies) {
          if (places(shape).has(usual)) continue;
          yield {
            at: schema.at,
            message: `${capitalised(titleOf(schema.at))} ${says(mainPlace(shape))}; most errors of this API ${say(usual)}.`,
            help: 'Use one schema for all errors, and extend it where one has more to say.',
            related: [{ message: 'The usual shape.', at: model!.schema.at }],
          };
        }
      },
    },
  },
});

/** The ways to what people read, as `error.message`; where there is nothing, to the code; of a body that is a text, empty. */
function places(shape: ErrorShape): ReadonlySet<string> {
  return shape.messages.size > 0 ? shape.messages : new Set([mainPlace(shape)]);
}

function mainPlace({ style, path, message, code }: ErrorShape): string {
  if (style === 'text') return '';
  return [path, (message ?? code)!.name].filter(Boolean).join('.');
}

/** The place that most operations use; of two alike, the first. */
function commonest(bodies: readonly ErrorBody[]): string {
  const uses = new Map<string, number>();
  for (const { shape, answers } of bodies) {
    const operations = answers.reduce((sum, answer) => sum + answer.operations.length, 0);
    for (const place of places(shape)) uses.set(place, (uses.get(place) ?? 0) + operations);
  }
  return [...uses].reduce((best, next) => (next[1] > best[1] ? next : best), ['', 0] as [string, number])[0];
}

const says = (place: string): string => (place === '' ? 'is a plain text' : `tells the error in \`${place}\``);
const say = (place: string): string => (place === '' ? 'are a plain text' : `tell it in \`${place}\``);
