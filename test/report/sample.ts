// Reports to print: one full of characters that mean something to some format, one that is large.
import { countProblems, type Report } from '../../src/report/report.ts';
import { type ReporterName, reporters } from '../../src/report/reporters.ts';
import type { Fix } from '../../src/text/fix.ts';
import { compareProblems, type Problem, severities } from '../../src/text/problem.ts';
import { Source } from '../../src/text/source.ts';

/** A file whose path and text hold what would break out of most formats. */
export const nasty = new Source(
  'a b/50%,x:<y>&"q\'|`z`.yaml',
  'paths:\r\n  /users/{id}:\r\n    get: 漢字 😀\r\n    put: x\r\n',
);
const other = new Source('other.yaml', 'User: {}\n');

const slash: Fix = {
  title: 'Write `{0}`',
  safe: true,
  edits: () => [
    { range: { source: nasty, start: 10, end: 21 }, text: '/users' },
    { range: { source: other, start: 0, end: 0 }, text: '# 😀\n' },
  ],
};
const hopeless: Fix = { title: 'Do nothing', safe: false, edits: () => [] };

export const problems: readonly Problem[] = [
  {
    rule: 'naming/path-case',
    severity: 'warn',
    message: '`/users/{id}` <b>is</b> [bad](http://x.test), @team; see #12 & 50%.\u001b[31m\n::error::\u202e]]>',
    help: 'Write `a|b` | "c" \\ \'d\', with `{0}`: `\\|`.',
    element: '#/paths/~1users~1{id}',
    range: { source: nasty, start: 10, end: 21 },
    related: [
      { message: 'Here.', range: { source: other, start: 0, end: 4 } },
      { message: 'Here.', range: { source: other, start: 0, end: 4 } },
    ],
    fix: slash,
  },
  {
    rule: 'docs/described',
    severity: 'info',
    message: '`GET /users/{id}` has no description.',
    element: '#/paths/~1users~1{id}/get',
    range: { source: nasty, start: 28, end: 47 },
    related: [],
    fix: hopeless,
  },
  {
    rule: 'docs/described',
    severity: 'info',
    message: '`PUT /users/{id}` has no description.',
    element: '#/paths/~1users~1{id}/put',
    range: { source: nasty, start: 45, end: 48 },
    related: [],
  },
  {
    rule: 'team/own',
    severity: 'error',
    message: 'Ends \ud800 and \uffff.',
    element: '',
    range: { source: other, start: 0, end: 0 },
    related: [],
  },
];

export function reportOf(problems: readonly Problem[], facts: Partial<Report> = {}): Report {
  return {
    problems,
    counts: countProblems(problems),
    apis: [
      { language: 'openapi', files: [nasty.path, 'other.yaml'] },
      { language: 'graphql', files: ['clean.graphql'] },
    ],
    files: 3,
    suppressed: 0,
    baselined: 0,
    rules: new Map([
      [
        'naming/path-case',
        {
          summary: 'paths have one case',
          principle: 'naming',
          why: 'Two cases\nare [one](https://x.test/a) too many.',
          languages: ['openapi'],
          severity: 'warn',
        },
      ],
      [
        'docs/described',
        {
          summary: 'all is described',
          principle: 'docs',
          why: 'Readers guess.',
          languages: ['openapi', 'graphql'],
          severity: 'info',
        },
      ],
      [
        'docs/silent',
        { summary: 'it ran', principle: 'docs', why: 'Because.', languages: ['graphql'], severity: 'error' },
      ],
      [
        'docs/asleep',
        { summary: 'it did not run', principle: 'docs', why: 'Because.', languages: ['graphql'], severity: null },
      ],
    ]),
    docs: 'docs/rules',
    color: false,
    ...facts,
  };
}

/** Thousands of problems of all severities in some files, sorted as a run sorts them; the same each time. */
export function bigReport(): Report {
  const rules = ['naming/path-case', 'docs/described', 'team/own'];
  const all = Array.from({ length: 3000 }, (_, index): Problem => {
    const source = bigFiles[index % bigFiles.length]!;
    const start = (index * 7919) % source.text.length;
    return {
      rule: rules[index % 3]!,
      severity: severities[((index * 31) % 7) % 3]!,
      message: `\`item${index % 50}\` is | <wrong> & "so" on.`,
      help: 'Mend `it`.',
      element: `#/items/${index % 50}`,
      range: { source, start, end: start + 1 },
      related: [],
    };
  });
  return reportOf(all.sort(compareProblems), { files: bigFiles.length, suppressed: 4, baselined: 5 });
}

const bigFiles = Array.from({ length: 7 }, (_, index) => new Source(`file-${index}.yaml`, 'key: value\n'.repeat(900)));

export async function render(name: ReporterName, report: Report): Promise<string> {
  return (await reporters[name]())(report);
}
