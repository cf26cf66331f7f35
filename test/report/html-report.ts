// Reports for the tests of the page.
import { readFileSync } from 'node:fs';
import { countProblems, type Report, type RuleSummary } from '../../src/report/report.ts';
import { scoresOf } from '../../src/report/score.ts';
import type { Problem } from '../../src/text/problem.ts';
import { Source } from '../../src/text/source.ts';

export const rules = new Map<string, RuleSummary>([
  [
    'naming/path-case',
    {
      summary: 'paths are in `kebab-case`',
      principle: 'naming',
      why: 'URLs are typed.\n\nThey are read aloud.',
      languages: ['openapi'],
      severity: 'warn',
    },
  ],
  [
    'docs/described',
    {
      summary: 'things are described',
      principle: 'docs',
      why: '',
      languages: ['openapi', 'graphql'],
      severity: 'error',
    },
  ],
  ['docs/kept', { summary: 'this is kept', principle: 'docs', why: '', languages: ['graphql'], severity: 'info' }],
  [
    'limits/idle',
    { summary: 'this did not run', principle: 'limits', why: '', languages: ['openapi'], severity: null },
  ],
]);

export const orders = new Source(
  'orders.yaml',
  'openapi: 3.1.0\npaths:\n  /ORDERS:\n    get:\n      operationId: list\n\n  /orders/{id}:\n    get: {}\n',
);
export const shop = new Source('shop.graphql', 'type Query {\n\torder: Order\n}\n');

/** The problem at the first place of a text in a source. */
export function problemAt(source: Source, text: string, facts: Partial<Problem> = {}): Problem {
  const start = source.text.indexOf(text);
  return {
    rule: 'naming/path-case',
    severity: 'warn',
    message: `\`${text}\` is not as it should be.`,
    element: `#/${text}`,
    range: { source, start, end: start + text.length },
    related: [],
    ...facts,
  };
}

export const problems: readonly Problem[] = [
  problemAt(orders, '/ORDERS', {
    help: 'Write `/orders`.',
    related: [{ message: 'the other one', range: { source: shop, start: 14, end: 19 } }],
    fix: { title: 'Rename it to `/orders`', safe: false, edits: () => [] },
  }),
  problemAt(orders, 'list', { rule: 'docs/described', severity: 'error' }),
  problemAt(orders, '/orders/{id}', { rule: 'their-rule', severity: 'info' }),
  problemAt(shop, 'order', { rule: 'docs/described', severity: 'error', element: 'Query.order' }),
];

/** A report on an OpenAPI and a GraphQL API. */
export function reportOf(found: readonly Problem[], facts: Partial<Report> = {}): Report {
  const apis = facts.apis ?? [
    {
      language: 'openapi',
      files: ['orders.yaml'],
      maturity: { level: 1, steps: [1, 2, 3].map((level) => ({ level, reached: level < 2, reason: 'As `seen`.' })) },
    },
    { language: 'graphql', files: ['shop.graphql'] },
  ];
  return {
    problems: found,
    counts: countProblems(found),
    apis,
    scores: scoresOf(found, apis, rules),
    files: 2,
    suppressed: 0,
    baselined: 0,
    rules,
    docs: 'docs/rules',
    color: false,
    ...facts,
  };
}

/** What the data block of a page holds. */
export function dataOf(page: string) {
  const block = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(page);
  return block && JSON.parse(block[1]!);
}

/** The text of a document of the shared corpus; null where it is not there. */
export function corpus(path: string): string | null {
  try {
    return readFileSync(`../shared/corpus/${path}`, 'utf8');
  } catch {
    return null;
  }
}
