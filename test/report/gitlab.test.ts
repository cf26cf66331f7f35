import { Ajv } from 'ajv';
import { expect, it } from 'vitest';
import { bigReport, problems, render, reportOf } from './sample.ts';

/** After GitLab's documentation of the Code Quality report format. */
const format = {
  type: 'array',
  items: {
    type: 'object',
    required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
    properties: {
      description: { type: 'string', minLength: 1 },
      check_name: { type: 'string', minLength: 1 },
      fingerprint: { type: 'string', minLength: 1 },
      severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
      location: {
        type: 'object',
        required: ['path', 'lines'],
        properties: {
          path: { type: 'string', pattern: '^(?!\\./|/)' },
          lines: {
            type: 'object',
            required: ['begin'],
            properties: { begin: { type: 'integer', minimum: 1 }, end: { type: 'integer', minimum: 1 } },
          },
        },
      },
    },
  },
};
const validate = new Ajv({ allErrors: true }).compile(format);

it.each([
  ['empty', reportOf([])],
  ['nasty', reportOf(problems)],
  ['big', bigReport()],
])('is a Code Quality report: %s', async (_, report) => {
  const issues: { severity: string; fingerprint: string }[] = JSON.parse(await render('gitlab', report));
  expect(validate(issues), JSON.stringify(validate.errors)).toBe(true);
  const count = (severity: string) => issues.filter((issue) => issue.severity === severity).length;
  expect({ error: count('critical'), warn: count('major'), info: count('info') }).toEqual(report.counts);
  expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(issues.length);
});

it('knows problems again when lines move, and tells alike ones apart', async () => {
  const [first] = problems;
  const moved = { ...first!, range: { ...first!.range, start: 0, end: 2 } };
  const fingerprints = async (...some: typeof problems) =>
    JSON.parse(await render('gitlab', reportOf(some))).map((issue: { fingerprint: string }) => issue.fingerprint);
  const [one] = await fingerprints(first!);
  const [again, twin] = await fingerprints(moved, first!);
  expect(again).toBe(one);
  expect(twin).not.toBe(one);
});

it('says it like this', async () => {
  const text = await render('gitlab', reportOf(problems.slice(0, 2)));
  expect(text.replace(/[0-9a-f]{32}/g, '…')).toMatchInlineSnapshot(`
    "[
      {
        "description": "\`/users/{id}\` <b>is</b> [bad](http://x.test), @team; see #12 & 50%.␛[31m␊::error::�]]> Write \`a|b\` | \\"c\\" \\\\ 'd', with \`{0}\`: \`\\\\|\`.",
        "check_name": "naming/path-case",
        "fingerprint": "…",
        "severity": "major",
        "location": {
          "path": "a b/50%,x:<y>&\\"q'|\`z\`.yaml",
          "lines": {
            "begin": 2,
            "end": 2
          }
        }
      },
      {
        "description": "\`GET /users/{id}\` has no description.",
        "check_name": "docs/described",
        "fingerprint": "…",
        "severity": "info",
        "location": {
          "path": "a b/50%,x:<y>&\\"q'|\`z\`.yaml",
          "lines": {
            "begin": 3,
            "end": 4
          }
        }
      }
    ]
    "
  `);
});
