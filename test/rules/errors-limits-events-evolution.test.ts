import { describe, expect, it } from 'vitest';
import { findInExample } from '../../src/commands/examples.ts';
import { rules } from '../../src/rules/index.ts';
import type { Rule } from '../../src/rules/rule.ts';

const own = rules.filter(({ id }) => /^(?:errors|limits|events|evolution)\//.test(id));

/** What a rule says of a document, as `element: message`. */
async function found(id: string, text: string, options: Record<string, unknown> = {}): Promise<string[]> {
  const rule = rules.find((candidate) => candidate.id === id);
  if (!rule) throw new Error(`There is no rule ${id}.`);
  const problems = await findInExample(withDefaults(rule, options), 'openapi', text, rules);
  return problems.map(({ element, message }) => `${element}: ${message}`);
}

/** The rule with other defaults: the way to its options that needs no configuration. */
function withDefaults(rule: Rule, options: Record<string, unknown>): Rule {
  const table = Object.entries(rule.options ?? {}).map(([name, option]) => [
    name,
    Object.hasOwn(options, name) ? { ...option, default: options[name] } : option,
  ]);
  return { ...rule, options: Object.fromEntries(table) };
}

/** An API whose one operation answers 400 with a body of this schema. */
const answering = (schema: string, media = 'application/json') => `
openapi: 3.1.0
paths:
  /a:
    get:
      responses:
        '400': { content: { ${media}: { schema: ${schema} } } }
`;

describe('documents that are nothing like an API', () => {
  const odd = ['null', 'text', '3', '[]', '[null]', '{ name: [], enum: text, $ref: 3, type: {}, properties: [] }'];
  const documents = ["openapi: '3.0.3'", "openapi: '3.2.0'", "swagger: '2.0'"].flatMap((version) =>
    odd.map(
      (value) => `${version}
info: ${value}
webhooks:
  a: ${value}
  b: { post: { parameters: [${value}], requestBody: ${value}, responses: ${value} } }
  c: { post: { requestBody: { content: { application/json: { schema: ${value} } } } } }
paths:
  /a/batch:
    get: ${value}
    post:
      deprecated: true
      description: ${value}
      x-sunset: ${value}
      parameters: [${value}, { name: Idempotency-Key, in: header, schema: ${value} }]
      requestBody: { content: { application/json: { schema: ${value} } } }
      callbacks: ${value}
      responses:
        '200': { headers: { Sunset: ${value} }, content: { text/event-stream: ${value} } }
        '400': ${value}
        '422': { content: ${value} }
        '429': { headers: ${value}, content: { application/json: { schema: ${value}, example: ${value} } } }
        default:
          content:
            application/json:
              schema:
                properties: { error: ${value}, code: ${value}, errors: { items: ${value} }, constructor: ${value} }
                oneOf: [${value}]
                required: ${value}
              examples: { a: ${value}, b: { value: ${value} } }
components: { schemas: { A: ${value}, B: { deprecated: true, allOf: ${value}, properties: { a: ${value} } } } }
`,
    ),
  );

  it.each(own)('do not make $id throw', async ({ id }) => {
    for (const text of documents) await expect(found(id, text), text).resolves.toBeInstanceOf(Array);
  });

  it.each(own)('$id ends where schemas hold themselves', async ({ id }) => {
    const text = `${answering("{ $ref: '#/components/schemas/Error' }")}
components:
  schemas:
    Error:
      deprecated: true
      allOf: [{ $ref: '#/components/schemas/Error' }]
      oneOf: [{ $ref: '#/components/schemas/Error' }]
      properties:
        error: { $ref: '#/components/schemas/Error' }
        errors: { type: array, items: { $ref: '#/components/schemas/Error' } }
`;
    await expect(found(id, text)).resolves.toBeInstanceOf(Array);
  });
});

describe('errors/shape-has-code-and-message', () => {
  const rule = 'errors/shape-has-code-and-message';
  const both = '{ properties: { code: { type: string }, message: { type: string } } }';

  it.each([
    both,
    `{ properties: { error: ${both} } }`,
    `{ properties: { errors: { type: array, items: ${both} } } }`,
    `{ type: array, items: ${both} }`,
    `{ properties: { fault: ${both} } }`,
    `{ allOf: [{ properties: { errorCode: { type: integer } } }, { properties: { error_message: { type: string } } }] }`,
    '{ properties: { error: { enum: [not_found] }, message: { type: string } } }',
    '{ properties: { type: { type: string }, title: { type: string }, detail: { type: string } } }',
    '{}',
  ])('accepts %s', async (schema) => {
    expect(await found(rule, answering(schema))).toEqual([]);
  });

  it.each([
    ['{ properties: { error: { type: string } } }', /no code .* only `error`/],
    ['{ properties: { error: { enum: [not_found] } } }', /no message for people beside `error`/],
    ['{ properties: { statusCode: { type: integer }, message: { type: string } } }', /no code/],
    ['{ properties: { at: { type: string } } }', /neither a code nor a message/],
    ['{ type: object }', /does not say what an error holds/],
    ['{ type: string }', /is a plain text/],
  ])('does not accept %s', async (schema, message) => {
    expect(await found(rule, answering(schema))).toEqual([expect.stringMatching(message)]);
  });

  it('judges each of several shapes where it is defined', async () => {
    const schema = `{ oneOf: [${both}, { properties: { message: { type: string } } }] }`;
    expect(await found(rule, answering(schema))).toEqual([expect.stringMatching(/schema\/oneOf\/1: /)]);
  });

  it.each([
    ['flat', both, 0],
    ['flat', `{ properties: { error: ${both} } }`, 1],
    ['envelope', `{ properties: { error: ${both} } }`, 0],
    ['envelope', both, 1],
    ['google', `{ properties: { error: ${both} } }`, 1],
    ['problem', both, 1],
  ])('holds to the profile %s', async (profile, schema, count) => {
    expect(await found(rule, answering(schema), { profile })).toHaveLength(count);
  });

  it('wants problem details under their media type', async () => {
    const schema = '{ properties: { type: { type: string }, title: { type: string } } }';
    expect(await found(rule, answering(schema, 'application/problem+json'), { profile: 'problem' })).toEqual([]);
    expect(await found(rule, answering(schema), { profile: 'problem' })).toHaveLength(1);
  });
});

describe('errors/shape-consistent', () => {
  it('leaves alone what standards prescribe', async () => {
    const text = `${answering('{ properties: { code: { type: string }, message: { type: string } } }')}
  /token:
    post:
      responses:
        '400':
          content:
            application/json:
              schema: { properties: { error: { type: string }, error_description: { type: string } } }
`;
    expect(await found('errors/shape-consistent', text)).toEqual([]);
  });
});

describe('errors/body-declared', () => {
  it('judges a shared response once, and 2.0 by its schema', async () => {
    const text = `
swagger: '2.0'
paths:
  /a:
    get: { responses: { '404': { $ref: '#/responses/NotFound' } } }
    put: { responses: { '404': { $ref: '#/responses/NotFound' }, '400': { schema: { type: object } } } }
responses:
  NotFound: { description: Not there. }
`;
    expect(await found('errors/body-declared', text)).toEqual([expect.stringMatching(/^#\/responses\/NotFound: /)]);
  });

  it('takes a default for errors only beside a success', async () => {
    const text = (codes: string) => `
openapi: 3.1.0
paths:
  /a: { get: { responses: { ${codes} } } }
`;
    expect(await found('errors/body-declared', text('default: { description: Anything. }'))).toEqual([]);
    const both = "'200': { description: Fine. }, default: { description: An error. }";
    expect(await found('errors/body-declared', text(both))).toHaveLength(1);
  });
});

describe('limits', () => {
  it('says of a large API once that no response tells the limits, where it is met if there is such a place', async () => {
    const paths = (count: number, code: string) =>
      Array.from(
        { length: count },
        (_, i) =>
          `  /a${i}: { get: { responses: { '200': { description: Fine. }, '${code}': { description: No. } } } }\n`,
      ).join('');
    const text = (count: number, code: string) => `openapi: 3.1.0\npaths:\n${paths(count, code)}`;
    expect(await found('limits/rate-limit-headers', text(11, '404'))).toEqual([
      '#/paths/~1a0/get/responses/200: No response declares rate limit headers.',
    ]);
    expect(await found('limits/rate-limit-headers', text(11, '429'))).toEqual([
      '#/paths/~1a0/get/responses/429: No response declares rate limit headers.',
    ]);
    expect(await found('limits/rate-limit-headers', text(1, '429'))).toEqual([
      '#/paths/~1a0/get/responses/200: The 200 response of `GET /a0` declares no rate limit headers.',
      '#/paths/~1a0/get/responses/429: The 429 response of `GET /a0` declares no rate limit headers.',
    ]);
  });

  it('bounds batches as configured', async () => {
    const text = `
openapi: 3.1.0
paths:
  /orders/batch:
    post:
      requestBody:
        content: { application/json: { schema: { type: array, maxItems: 500, items: { type: object } } } }
`;
    expect(await found('limits/batch-bounded', text)).toHaveLength(1);
    expect(await found('limits/batch-bounded', text, { max: 500 })).toEqual([]);
  });

  it('asks for a health endpoint where there is none', async () => {
    const text = (path: string) => `openapi: 3.1.0\npaths: { ${path}: { get: { summary: A } } }`;
    expect(await found('limits/health-declared', text('/orders/{id}/status'))).toHaveLength(1);
    expect(await found('limits/health-declared', text('/api/v1/healthz'))).toEqual([]);
    expect(await found('limits/health-declared', 'openapi: 3.1.0\npaths: {}')).toEqual([]);
  });

  it('asks for `traceparent` once where nothing takes it', async () => {
    const text = 'openapi: 3.1.0\npaths: { /a: { get: { summary: A }, put: { summary: B } } }';
    expect(await found('limits/tracing-declared', text)).toEqual(['#/paths: No operation takes `traceparent`.']);
  });
});

describe('evolution', () => {
  const sunset = (date: string) =>
    `openapi: 3.1.0\npaths: { /a: { get: { deprecated: true, description: '${date}' } } }`;

  it.each([
    ['Will be removed on 2024-06-01.', '2024-06-02', 1],
    ['Will be removed on 2024-06-01.', '2024-06-01', 0],
    ['Sunset: June 2024.', '2024-07-01', 1],
    ['Sunset: June 2024.', '2024-06-30', 0],
    ['Removed on 1 June 2024.', '2024-06-02', 1],
    ['Deprecated since 2020-01-01.', '2024-06-02', 0],
    ['No longer supported since 2020-01-01.', '2024-06-02', 0],
  ])('takes "%s" on %s for overdue %d times', async (text, today, count) => {
    expect(await found('evolution/deprecation-not-overdue', sunset(text), { today })).toHaveLength(count);
  });

  it.each(['2024-02-29', '2024-02-29T12:00:00Z', 'Thu, 29 Feb 2024 12:00:00 GMT'])(
    'knows that %s is a date',
    async (date) => {
      const text = `openapi: 3.1.0\npaths: { /a: { get: { deprecated: true, x-sunset: '${date}' } } }`;
      expect(await found('evolution/date-valid', text)).toEqual([]);
    },
  );

  it.each(['2023-02-29', '2024-13-01', 'Fri, 29 Feb 2024 12:00:00 GMT', '1.3.2024'])(
    'knows that %s is none',
    async (date) => {
      const text = `openapi: 3.1.0\npaths: { /a: { get: { deprecated: true, x-sunset: '${date}' } } }`;
      expect(await found('evolution/date-valid', text)).toHaveLength(1);
    },
  );
});

describe('events', () => {
  it('misses webhooks only where clients give an address', async () => {
    const text = (property: string) => `
openapi: 3.1.0
paths:
  /webhooks:
    post:
      requestBody: { content: { application/json: { schema: { properties: { ${property}: { type: string } } } } } }
`;
    expect(await found('events/webhook-declared', text('url'))).toEqual([expect.stringMatching(/describes none/)]);
    expect(await found('events/webhook-declared', text('avatar'))).toEqual([]);
  });

  it('says once that nothing is signed', async () => {
    const text = 'openapi: 3.1.0\nwebhooks: { a: { post: { summary: A } }, b: { post: { summary: B } } }';
    expect(await found('events/webhook-signed', text)).toEqual([
      expect.stringMatching(/^#\/webhooks\/a\/post: None of the 2/),
    ]);
  });
});
