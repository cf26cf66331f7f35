import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { main } from '../../src/cli.ts';
import { readTrend } from '../../src/commands/trend.ts';
import { html } from '../../src/report/html.ts';
import { printable } from '../../src/text/frame.ts';
import { Source } from '../../src/text/source.ts';
import { worldWith } from '../world.ts';
import { corpus, dataOf, problemAt, problems, reportOf } from './html-report.ts';

describe('the page', () => {
  it('is the same each time', () => {
    expect(html(reportOf(problems))).toBe(html(reportOf(problems)));
  });

  it('allows its own style and scripts and nothing else', () => {
    const page = html(reportOf(problems));
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)![1]!.replaceAll('&#39;', "'");
    const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const scripts = [...page.matchAll(/<script>(.*?)<\/script>/gs)].map((match) => match[1]!);
    const styles = [...page.matchAll(/<style>(.*?)<\/style>/gs)].map((match) => match[1]!);
    expect(scripts).toHaveLength(2);
    expect(styles).toHaveLength(1);
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `style-src ${hashOf(styles[0]!)}`,
      `script-src ${scripts.map(hashOf).join(' ')}`,
      'img-src data:',
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(page).not.toMatch(/\s(?:style|on\w+)=/);
  });

  it('tells counts, scores, levels and files before any script runs', () => {
    const page = html(reportOf(problems, { suppressed: 2 })).replace(/<(script|style).*?<\/\1>/gs, '');
    const text = page.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
    expect(text).toContain('4 findings in 2 files');
    expect(text).toContain('2 APIs in 2 files checked (2 suppressed).');
    expect(text).toContain('2 errors 1 warning 1 info');
    // Of 4 (docs/described) + 2 for OpenAPI and 4 + 1 for GraphQL, 1 is kept.
    expect(page).toContain('aria-label="Score: 9 of 100"');
    expect(text).toMatch(/docs 11 1 of 2 2 naming 0 0 of 1 1/);
    expect(text).toContain('orders.yaml OpenAPI Level 1 1 Resources: yes. As seen .');
    expect(text).toContain('shop.graphql GraphQL – 1 0 0');
    expect(text).toMatch(/docs\/described things are described 2/);
  });

  it('is glad when there is nothing to tell', () => {
    const page = html(reportOf([], { baselined: 3 }));
    expect(page).toContain('<h1 id="title">All good</h1>');
    expect(page).toContain('2 APIs in 2 files checked (3 in the baseline).');
    expect(dataOf(page)).toBeNull();
    expect(page).not.toContain('id="findings"');
  });

  it('does without scores and APIs', () => {
    const page = html(reportOf(problems, { scores: [], apis: [], rules: new Map() }));
    expect(page).not.toContain('Scores by principle');
    expect(dataOf(page).rules.map(({ principle }: { principle: string }) => principle)).toEqual([
      'other',
      'other',
      'other',
    ]);
  });

  it('draws the earlier runs as lines, with the numbers in a table', () => {
    const earlier = [
      { name: 'monday', counts: { error: 7, warn: 1200, info: 0 }, score: 40 },
      { name: 'tuesday', counts: { error: 5, warn: 900, info: 1 }, score: null },
    ];
    const page = html(reportOf(problems, { earlier }));
    const rows = [...page.matchAll(/<tr><th scope="row">(monday|tuesday|this run)<\/th>(.*?)<\/tr>/gs)];
    expect(
      rows.map(([row]) =>
        row
          .replace(/<[^>]*>|\s+/g, ' ')
          .trim()
          .replace(/ +/g, ' '),
      ),
    ).toEqual(['monday 7 1,200 0 40', 'tuesday 5 900 1 –', 'this run 2 1 1 9']);
    const lines = [...page.matchAll(/<polyline points="([^"]*)"/g)].map(([, points]) => points!.split(' '));
    expect(lines.map((points) => points.length)).toEqual([3, 3, 3, 2]);
    const heights = lines[1]!.map((point) => Number(point.split(',')[1]));
    expect(heights, 'fewer warnings, lower points').toEqual([...heights].sort((a, b) => a - b));
    const once = html(reportOf(problems, { earlier: earlier.slice(1) }));
    expect(once.match(/<polyline/g), 'one score makes no line').toHaveLength(3);
  });
});

describe('the data of the page', () => {
  it('holds the lines around a range, moved to the left', () => {
    const { findings, texts } = dataOf(html(reportOf(problems)));
    const frames = findings.map(({ c: [first, lines, skip, marks] }: { c: [number, number[], number, number[]] }) => [
      first,
      ...lines.map((line, i) => {
        const [from, to] = marks.slice(2 * (i - skip), 2 * (i - skip) + 2);
        const text: string = texts[line];
        return i < skip || from === undefined
          ? text
          : `${text.slice(0, from)}[${text.slice(from, to)}]${text.slice(to!)}`;
      }),
    ]);
    expect(frames).toEqual([
      [1, 'openapi: 3.1.0', 'paths:', '  [/ORDERS]:', '    get:', '      operationId: list'],
      [3, '/ORDERS:', '  get:', '    operationId: [list]', '', '/orders/{id}:'],
      [5, '    operationId: list', '', '[/orders/{id}]:', '  get: {}'],
      [1, 'type Query {', '    [order]: Order', '}'],
    ]);
  });

  it('cuts long lines to what stands around the range, and long ranges to their beginning', () => {
    const minified = new Source('min.json', `{"a":"${'x'.repeat(5000)}","here":1,"b":"${'y'.repeat(5000)}"}`);
    const block = new Source('block.yaml', 'a:\n  b: 1\n  c: 2\n  d: 3\n  e: 4\n  f: 5\n  g: 6\n  h: 7\n');
    const all = { source: block, start: 0, end: block.text.length };
    const { findings, texts } = dataOf(
      html(reportOf([problemAt(minified, '"here"'), problemAt(block, 'a:', { range: all })])),
    );
    const [, [line], , [from, to]] = findings[0].c;
    expect(texts[line].slice(from, to)).toBe('"here"');
    expect(texts[line]).toMatch(/^…x+","here":1,"b":"y+…$/);
    expect(texts[line].length).toBeLessThan(260);
    expect(findings[1].c[1].map((line: number) => texts[line])).toEqual([
      'a:',
      '  b: 1',
      '  c: 2',
      '  d: 3',
      '  e: 4',
      '  f: 5',
    ]);
    expect(findings[1].c[3]).toEqual([0, 2, 2, 6, 2, 6, 2, 6]);
  });

  it('shows control characters, and survives ranges of nothing', () => {
    const empty = new Source('empty\u202e.yaml', '');
    const { findings, files } = dataOf(
      html(reportOf([problemAt(empty, '', { message: 'A \u001b[31m and a \ud800.', element: '' })])),
    );
    expect(findings[0].m).toBe('A ␛[31m and a \ufffd.');
    expect(files).toEqual(['empty\ufffd.yaml']);
    expect(findings[0].c).toEqual([1, [0], 0, [0, 0]]);
  });

  it('marks what a range holds, whatever the text and the range', () => {
    const line = fc.oneof(
      fc.string({
        unit: fc.constantFrom('a', ' ', '\t', '<', '\u0000', '\ud83d\ude00', '\ud800', '漢'),
        maxLength: 12,
      }),
      fc.constant('x'.repeat(500)),
    );
    const text = fc
      .array(line, { maxLength: 12 })
      .chain((lines) => fc.constantFrom('\n', '\r\n').map((end) => lines.join(end)));
    fc.assert(
      fc.property(text, fc.nat(300), fc.nat(60), (text, start, length) => {
        const source = new Source('any.txt', text);
        const range = { source, start: Math.min(start, text.length), end: Math.min(start + length, text.length) };
        const { findings, texts } = dataOf(html(reportOf([problemAt(source, '', { range })])));
        const [first, lines, skip, marks] = findings[0].c;
        const { line, column } = source.position(range.start);
        expect(first + skip).toBe(line);
        expect(lines.length).toBeGreaterThan(skip);
        const marked: string = texts[lines[skip]].slice(marks[0], marks[1]);
        const held = source.line(line).slice(column - 1, column - 1 + range.end - range.start);
        const shown = printable(held.replaceAll('\t', '    '));
        expect(held.length > 180 ? shown.startsWith(marked) && marked !== '' : marked === shown).toBe(true);
      }),
    );
  });

  it('links to the pages of rules only where they have an address', () => {
    const urls = (docs: string) =>
      dataOf(html(reportOf(problems, { docs }))).rules.map(({ url }: { url: string | null }) => url);
    expect(urls('docs/rules')).toEqual([null, null, null]);
    expect(urls('https://apiarch.example/rules')[0]).toBe('https://apiarch.example/rules/naming/path-case.md');
  });

  it('keeps documents from ending the block of data or the markup', () => {
    const bad = '</script><img src=x onerror="alert(1)"><!--';
    const source = new Source(`${bad}.yaml`, `${bad}: ${bad}\n`);
    const page = html(
      reportOf([problemAt(source, bad, { rule: bad, message: bad, help: bad, element: bad })], {
        apis: [
          { language: bad, files: [source.path] },
          { language: 'openapi', files: [bad] },
        ],
        earlier: [{ name: bad, counts: { error: 0, warn: 0, info: 0 }, score: null }],
      }),
    );
    expect(page).not.toContain('<img');
    expect(page.match(/<\/script/g)).toHaveLength(3);
    expect(page).not.toContain('<!--');
    expect(dataOf(page).findings[0].m).toBe(bad);
  });

  const stripe = corpus('openapi/stripe.yaml');
  it.skipIf(stripe === null)('stays small for thousands of findings', async () => {
    const world = worldWith({ 'stripe.yaml': stripe ?? '' });
    expect(await main(['lint', 'stripe.yaml', '-f', 'html', '--no-progress'], world)).toBe(1);
    const page = world.written.stdout;
    expect(dataOf(page).findings.length).toBeGreaterThan(5000);
    expect(page.length).toBeLessThan(4_000_000);
  });
});

describe('the earlier runs', () => {
  const counts = { error: 1, warn: 2, info: 3 };

  it('are read from JSON reports, in the order in which they are named', () => {
    const world = worldWith({
      'reports/2026-11-02.json': JSON.stringify({ version: 1, counts, score: 70, problems: [] }),
      'old.JSON': JSON.stringify({ version: 1, counts }),
    });
    expect(readTrend(['old.JSON', 'reports/2026-11-02.json'], world)).toEqual([
      { name: 'old', counts, score: null },
      { name: '2026-11-02', counts, score: 70 },
    ]);
  });

  it.each(['', 'no JSON', '[]', 'null', '{"version":1}', '{"version":2,"counts":{"error":1,"warn":2,"info":3}}'])(
    'must be such reports, unlike %j',
    (text) => {
      const world = worldWith({ 'a.json': text });
      expect(() => readTrend(['a.json'], world)).toThrow(
        '`a.json` is no report of `apiarch lint --format json`, which `--trend` takes.',
      );
    },
  );

  it('must be there', () => {
    expect(() => readTrend(['missing.json'], worldWith({}))).toThrow('`missing.json` cannot be read');
  });
});
