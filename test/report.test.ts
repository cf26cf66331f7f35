import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { countProblems, type Report } from '../src/report/report.ts';
import { type ReporterName, reporters } from '../src/report/reporters.ts';
import { fingerprint } from '../src/text/fingerprint.ts';
import type { Problem } from '../src/text/problem.ts';
import { Source } from '../src/text/source.ts';

const source = new Source(
  'openapi.yaml',
  'openapi: 3.1.0\npaths:\n  /users:\n    get:\n      summary: "\u001b[31mAll 漢字"\n',
);
const other = new Source('parts/schemas.yaml', 'User:\n  type: object\n');

const listPaginated: Problem = {
  rule: 'pagination/list-paginated',
  severity: 'warn',
  message: '`GET /users` returns a list and takes no limit.',
  help: 'Add `limit` and `cursor` query parameters.',
  element: '#/paths/~1users/get',
  range: { source, start: 36, end: 39 },
  related: [{ message: 'the list', range: { source: other, start: 0, end: 4 } }],
};
const described: Problem = {
  rule: 'docs/text-plain',
  severity: 'error',
  message: 'The summary holds `\u001b[31m`.',
  element: '#/paths/~1users/get/summary',
  range: { source, start: 56, end: 67 },
  related: [],
};
const named: Problem = {
  rule: 'naming/schema-cased',
  severity: 'info',
  message: '`User` is fine, but short.',
  element: '#/User',
  range: { source: other, start: 0, end: 4 },
  related: [],
};

function reportOf(problems: readonly Problem[], facts: Partial<Report> = {}): Report {
  return {
    problems,
    counts: countProblems(problems),
    apis: [{ language: 'openapi', files: ['openapi.yaml', 'paths.yaml'] }],
    files: 2,
    suppressed: 0,
    baselined: 0,
    rules: new Map([
      [
        'pagination/list-paginated',
        {
          summary: 'every list is paginated',
          principle: 'pagination',
          why: 'Lists grow.',
          languages: ['openapi'],
          severity: 'warn',
        },
      ],
    ]),
    docs: 'docs/rules',
    color: false,
    ...facts,
  };
}

async function render(name: ReporterName, report: Report): Promise<string> {
  return (await reporters[name]())(report);
}

/** `count` problems of one rule, one on each line of a file. */
function repeated(rule: string, count: number): Problem[] {
  const lines = new Source('many.yaml', 'key: value\n'.repeat(count));
  return Array.from({ length: count }, (_, index) => {
    const start = index * 11;
    return { ...named, rule, message: `Line ${index + 1} is wrong.`, range: { source: lines, start, end: start + 3 } };
  });
}

describe('pretty', () => {
  it('shows problems file by file, with their lines and what to do', async () => {
    const report = reportOf([listPaginated, described, named], { suppressed: 2, baselined: 1 });
    expect(await render('pretty', report)).toMatchInlineSnapshot(`
      "openapi.yaml

           4:5  warn   \`GET /users\` returns a list and takes no limit.  pagination/list-paginated
             4 │     get:
               │     ^^^
               help: Add \`limit\` and \`cursor\` query parameters.
               see: parts/schemas.yaml:1:1 the list

          5:16  error  The summary holds \`␛[31m\`.  docs/text-plain
             5 │       summary: "␛[31mAll 漢字"
               │                ^^^^^^^^^^^^

      parts/schemas.yaml

           1:1  info   \`User\` is fine, but short.  naming/schema-cased
             1 │ User:
               │ ^^^^

      1 error, 1 warning, 1 info in 2 files (2 suppressed, 1 in the baseline)
      \`apiarch explain RULE\` tells why a rule is there and how to keep it.
      "
    `);
  });

  it('has something friendly to say when there is nothing to say', async () => {
    expect(await render('pretty', reportOf([]))).toBe('✓ All good: 2 files checked, no problems.\n');
    expect(await render('pretty', reportOf([], { files: 1, suppressed: 3 }))).toBe(
      '✓ All good: 1 file checked, no problems (3 suppressed).\n',
    );
  });

  it('stays readable when a rule has much to say', async () => {
    const report = reportOf([...repeated('naming/schema-cased', 24), ...repeated('docs/text-plain', 1)].sort(byLine));
    expect(await render('pretty', report)).toMatchInlineSnapshot(`
      "many.yaml

           1:1  info   Line 1 is wrong.  naming/schema-cased
             1 │ key: value
               │ ^^^

           1:1  info   Line 1 is wrong.  docs/text-plain
             1 │ key: value
               │ ^^^

           2:1  info   Line 2 is wrong.  naming/schema-cased
             2 │ key: value
               │ ^^^

           3:1  info   Line 3 is wrong.  naming/schema-cased
             3 │ key: value
               │ ^^^

           4:1  info   Line 4 is wrong.  naming/schema-cased
           5:1  info   Line 5 is wrong.  naming/schema-cased
           6:1  info   Line 6 is wrong.  naming/schema-cased
           7:1  info   Line 7 is wrong.  naming/schema-cased
           8:1  info   Line 8 is wrong.  naming/schema-cased
           9:1  info   Line 9 is wrong.  naming/schema-cased
          10:1  info   Line 10 is wrong.  naming/schema-cased
          11:1  info   Line 11 is wrong.  naming/schema-cased
          12:1  info   Line 12 is wrong.  naming/schema-cased
          13:1  info   Line 13 is wrong.  naming/schema-cased
          14:1  info   Line 14 is wrong.  naming/schema-cased
          15:1  info   Line 15 is wrong.  naming/schema-cased
          16:1  info   Line 16 is wrong.  naming/schema-cased
          17:1  info   Line 17 is wrong.  naming/schema-cased
          18:1  info   Line 18 is wrong.  naming/schema-cased
          19:1  info   Line 19 is wrong.  naming/schema-cased
          20:1  info   Line 20 is wrong.  naming/schema-cased
          21:1  info   Line 21 is wrong.  naming/schema-cased
          22:1  info   Line 22 is wrong.  naming/schema-cased
          23:1  info   Line 23 is wrong.  naming/schema-cased
          24:1  info   Line 24 is wrong.  naming/schema-cased

      Most frequent:
        24  naming/schema-cased
         1  docs/text-plain

      25 infos in 1 file
      \`apiarch explain RULE\` tells why a rule is there and how to keep it.
      "
    `);
  });

  it('colours only when told to, and then nothing but the colours differs', async () => {
    const plain = await render('pretty', reportOf([listPaginated, described, named]));
    const colored = await render('pretty', reportOf([listPaginated, described, named], { color: true }));
    expect(colored).toContain('\u001b[33mwarn');
    expect(plain).not.toContain('\u001b');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are made of them.
    expect(colored.replace(/\u001b\[\d+m/g, '')).toBe(plain);
  });
});

function byLine(a: Problem, b: Problem): number {
  return a.range.start - b.range.start;
}

describe('compact', () => {
  it('takes one line for each problem', async () => {
    expect(await render('compact', reportOf([listPaginated, described, named]))).toMatchInlineSnapshot(`
      "openapi.yaml:4:5 warn pagination/list-paginated \`GET /users\` returns a list and takes no limit.
      openapi.yaml:5:16 error docs/text-plain The summary holds \`␛[31m\`.
      parts/schemas.yaml:1:1 info naming/schema-cased \`User\` is fine, but short.
      "
    `);
  });

  it('says nothing when there is nothing to say', async () => {
    expect(await render('compact', reportOf([]))).toBe('');
  });
});

describe('json', () => {
  it.each([
    ['without problems', reportOf([])],
    ['with problems', reportOf([listPaginated, described, named], { suppressed: 2, baselined: 1 })],
  ])('keeps to its public shape %s', async (_, report) => {
    const ajv = new Ajv2020({ allErrors: true, strict: true });
    const validate = ajv.compile(jsonShape);
    expect(validate(JSON.parse(await render('json', report))), ajv.errorsText(validate.errors)).toBe(true);
  });

  it('says where a problem is and what it is', async () => {
    const { problems, ...rest } = JSON.parse(await render('json', reportOf([listPaginated], { suppressed: 2 })));
    expect(problems).toEqual([
      {
        rule: 'pagination/list-paginated',
        severity: 'warn',
        message: '`GET /users` returns a list and takes no limit.',
        help: 'Add `limit` and `cursor` query parameters.',
        file: 'openapi.yaml',
        start: { line: 4, column: 5, offset: 36 },
        end: { line: 4, column: 8, offset: 39 },
        element: '#/paths/~1users/get',
        fixable: false,
        fingerprint: fingerprint(listPaginated),
        url: 'docs/rules/pagination/list-paginated.md',
        related: [
          {
            message: 'the list',
            file: 'parts/schemas.yaml',
            start: { line: 1, column: 1, offset: 0 },
            end: { line: 1, column: 5, offset: 4 },
          },
        ],
      },
    ]);
    expect(rest).toEqual({ version: 1, counts: { error: 0, warn: 1, info: 0 }, files: 2, suppressed: 2, baselined: 0 });
  });
});

describe('a fingerprint', () => {
  it('outlives moved lines, other numbers and other names in the message', () => {
    const moved = {
      ...listPaginated,
      range: { source, start: 0, end: 1 },
      message: '`GET /people` returns a list and takes no limit.',
    };
    expect(fingerprint(moved)).toBe(fingerprint(listPaginated));
    const longer = { ...named, message: 'It has 12 words.' };
    expect(fingerprint({ ...named, message: 'It has 7 words.' })).toBe(fingerprint(longer));
  });

  it.each([
    ['rule', { rule: 'docs/text-plain' }],
    ['element', { element: '#/paths/~1people/get' }],
    ['message', { message: '`GET /users` returns a list and takes no cursor.' }],
  ])('tells problems of another %s apart', (_, change) => {
    expect(fingerprint({ ...listPaginated, ...change })).not.toBe(fingerprint(listPaginated));
  });
});

/** The report as JSON as the documentation of the command line describes it. */
const jsonShape = closed({
  version: { const: 1 },
  problems: {
    type: 'array',
    items: closed(
      {
        rule: { type: 'string' },
        severity: { enum: ['error', 'warn', 'info'] },
        message: { type: 'string' },
        help: { type: 'string' },
        ...placeShape(),
        element: { type: 'string' },
        fixable: { type: 'boolean' },
        fingerprint: { type: 'string', pattern: '^[0-9a-f]{16}$' },
        url: { type: 'string' },
        related: { type: 'array', items: closed({ message: { type: 'string' }, ...placeShape() }) },
      },
      ['help'],
    ),
  },
  counts: closed({ error: count(), warn: count(), info: count() }),
  files: count(),
  suppressed: count(),
  baselined: count(),
});

function placeShape() {
  const position = closed({ line: count(1), column: count(1), offset: count() });
  return { file: { type: 'string' }, start: position, end: position };
}

function count(minimum = 0) {
  return { type: 'integer', minimum };
}

function closed(properties: Record<string, unknown>, optional: string[] = []) {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', properties, required, additionalProperties: false };
}
