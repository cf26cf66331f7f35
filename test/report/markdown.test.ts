import { describe, expect, it } from 'vitest';
import { Source } from '../../src/text/source.ts';
import { bigReport, problems, render, reportOf } from './sample.ts';

describe('markdown', () => {
  it('says it like this', async () => {
    const report = reportOf(problems, { docs: 'https://x.test/rules', suppressed: 1 });
    expect(await render('markdown', report)).toMatchInlineSnapshot(`
      "### apiarch: 1 error, 1 warning, 2 infos in 2 files (1 suppressed)

      <details open><summary><code>a b/50%,x:&lt;y&gt;&amp;"q'|\`z\`.yaml</code>: 1 warning, 2 infos</summary>

      | Severity | Line | Problem | Rule |
      |---|---:|---|---|
      | ⚠️ warn | 2 | \`/users/{id}\` &lt;b&gt;is&lt;/b&gt; \\[bad\\](http​://x.test), @​team; see #​12 &amp; 50%.␛\\[31m␊::error::�\\]\\]&gt; Write \`a\\|b\` &#124; "c" \\\\ 'd', with \`{0}\`: \\\`\\\\&#124;\\\`. | [naming/path-case](https://x.test/rules/naming/path-case.md) |
      | ℹ️ info | 3 | \`GET /users/{id}\` has no description. | [docs/described](https://x.test/rules/docs/described.md) |
      | ℹ️ info | 4 | \`PUT /users/{id}\` has no description. | [docs/described](https://x.test/rules/docs/described.md) |

      </details>

      <details open><summary><code>other.yaml</code>: 1 error</summary>

      | Severity | Line | Problem | Rule |
      |---|---:|---|---|
      | ❌ error | 1 | Ends � and ￿. | team/own |

      </details>
      "
    `);
  });

  it('has a line for what is clean', async () => {
    expect(await render('markdown', reportOf([], { baselined: 2 }))).toBe(
      '### apiarch: no problems in 3 files (2 in the baseline)\n',
    );
  });

  it('links rules only where a link leads somewhere', async () => {
    expect(await render('markdown', reportOf(problems))).not.toContain('docs/rules');
  });

  it('shows the loudest of many, file by file, and counts the others', async () => {
    const report = bigReport();
    const text = await render('markdown', report);
    const rows = text.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| Severity'));
    expect(rows).toHaveLength(200);
    expect(rows.filter((row) => !row.includes('error'))).toEqual([]);
    expect(report.counts.error).toBeGreaterThan(200);
    expect(text).toContain(
      `… and 2800 more problems: ${report.counts.error - 200} errors, ${report.counts.warn} warnings, ${report.counts.info} infos.`,
    );
  });

  it('stays below what GitHub takes, however long messages and paths are', async () => {
    const long = '<&|*@`'.repeat(5000);
    const many = Array.from({ length: 300 }, (_, index) => ({
      ...problems[0]!,
      message: long,
      range: { source: new Source(`${'&'.repeat(400)}${index}.yaml`, 'x'), start: 0, end: 1 },
    }));
    const text = await render('markdown', reportOf(many));
    expect(text.length).toBeLessThan(65_536);
    expect(text).toMatch(/… and \d+ more problems: /);
    expect((await render('markdown', reportOf([...many].reverse()))).length).toBeLessThan(65_536);
  });

  it.each([
    ['a pipe behind a backslash', 'See `a\\|b` here.', 'See \\`a\\\\&#124;b\\` here.'],
    ['a pipe in code', 'See `a|b`.', 'See `a\\|b`.'],
    ['a lone backtick', 'See ` <b>.', 'See \\` &lt;b&gt;.'],
    ['a mention and a reference', 'Ask @me about #1.', 'Ask @\u200bme about #\u200b1.'],
    ['an address', 'See https://x.test.', 'See https\u200b://x.test.'],
    ['code that is no markup', 'See `<b>*`.', 'See `<b>*`.'],
  ])('keeps %s from meaning something', async (_, message, cell) => {
    const { help: _help, ...problem } = problems[0]!;
    expect(await render('markdown', reportOf([{ ...problem, message }]))).toContain(`| ${cell} |`);
  });
});
