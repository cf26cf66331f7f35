import { type ErrorBody, errorBodies } from '../../languages/openapi/errors.ts';
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
        const bodies = errorBodies(api).filter(({ shape }) => shape.style !== 'unknown');
        const usual = commonest(bodies);
        if (!usual) return;
        const model = bodies.find(({ shape }) => placeOfMessage(shape) === usual)!;
        for (const { schema, shape } of bodies) {
          const place = placeOfMessage(shape);
          if (place === usual) continue;
          yield {
            at: schema.at,
            message: `${capitalised(titleOf(schema.at))} ${says(place)}; most errors of this API ${say(usual)}.`,
            help: 'Use one schema for all errors, and extend it where one has more to say.',
            related: [{ message: 'The usual shape.', at: model.schema.at }],
          };
        }
      },
    },
  },
});

/** The way to what people read, as `error.message`; of a body that is a string, empty. */
function placeOfMessage({ style, path, message, code }: ErrorBody['shape']): string {
  if (style === 'text') return '';
  return [path, (message ?? code)!.name].filter(Boolean).join('.');
}

/** The place that most answers use; of two alike, the first. Undefined where all agree. */
function commonest(bodies: readonly ErrorBody[]): string | undefined {
  const uses = new Map<string, number>();
  for (const { shape, answers } of bodies) {
    const place = placeOfMessage(shape);
    const operations = answers.reduce((sum, answer) => sum + answer.operations.length, 0);
    uses.set(place, (uses.get(place) ?? 0) + operations);
  }
  if (uses.size < 2) return undefined;
  return [...uses].reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}

const says = (place: string): string => (place === '' ? 'is a plain text' : `tells the error in \`${place}\``);
const say = (place: string): string => (place === '' ? 'are a plain text' : `tell it in \`${place}\``);
