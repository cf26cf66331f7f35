// The page as people use it, in Chromium.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { html } from '../../src/report/html.ts';
import type { Report } from '../../src/report/report.ts';
import type { Problem } from '../../src/text/problem.ts';
import { Source } from '../../src/text/source.ts';
import { problemAt, problems, reportOf } from './html-report.ts';

const executablePath = '/usr/bin/chromium';
const args = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];
const folder = mkdtempSync(join(tmpdir(), 'page-'));
let browser: Browser;

describe.skipIf(!existsSync(executablePath))('the page in Chromium', () => {
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('shows each finding with its code, its help and what belongs to it', async () => {
    const page = await opened(reportOf(problems));
    const articles = page.locator('article');
    expect(await articles.count()).toBe(4);
    expect(await page.locator('h3').allTextContents()).toEqual(['orders.yaml 3', 'shop.graphql 1']);
    const first = articles.first();
    expect(await first.locator('h4').textContent()).toBe('warning /ORDERS is not as it should be.');
    expect(await first.locator('.where').textContent()).toBe('3:3naming/path-casefixable (unsafe)');
    expect(await first.locator('mark').allTextContents()).toEqual(['/ORDERS']);
    expect(await first.locator('.help').textContent()).toContain('Write /orders.');
    expect(await first.locator('.related').textContent()).toBe('shop.graphql:2:2 the other one');
    await first.locator('summary').click();
    const why = await first.locator('.why').textContent();
    expect(why).toContain('The rule checks that paths are in kebab-case.');
    expect(why).toContain('They are read aloud.');
    expect(why).toContain('Rename it to /orders (apiarch lint --fix --unsafe-fixes)');
    expect(why).toContain('#//ORDERS');
    expect(why).toContain('apiarch explain naming/path-case');
  });

  it('narrows down by every filter, tells how many are left, and keeps it all in the address', async () => {
    const page = await opened(reportOf(problems));
    const left = async () => [await page.locator('.status').textContent(), new URL(page.url()).hash];
    expect(await left()).toEqual(['4 findings', '']);
    await page.getByRole('checkbox', { name: 'error' }).check();
    expect(await left()).toEqual(['2 of 4 findings', '#severity=error']);
    await page.getByRole('checkbox', { name: 'shop.graphql' }).check();
    expect(await left()).toEqual(['1 of 4 findings', '#severity=error&file=shop.graphql']);
    await page.getByRole('checkbox', { name: 'warning' }).check();
    expect(await left()).toEqual(['1 of 4 findings', '#severity=error&severity=warn&file=shop.graphql']);
    await page.getByRole('searchbox', { name: 'Search' }).fill('order Query');
    expect(await left()).toEqual([
      '1 of 4 findings',
      '#severity=error&severity=warn&file=shop.graphql&q=order%20Query',
    ]);
    await page.getByRole('searchbox').fill('nothing like it');
    expect(await left()).toEqual([
      '0 of 4 findings',
      '#severity=error&severity=warn&file=shop.graphql&q=nothing%20like%20it',
    ]);
    expect(await page.locator('.list').textContent()).toBe('No finding fits all filters.');
    await page.getByRole('button', { name: 'Clear filters' }).click();
    expect(await left()).toEqual(['4 findings', '']);
    await page.getByRole('group', { name: 'Principle' }).getByRole('checkbox', { name: 'docs' }).check();
    expect(await left()).toEqual(['2 of 4 findings', '#principle=docs']);
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByRole('checkbox', { name: 'their-rule' }).check();
    expect(await left()).toEqual(['1 of 4 findings', '#rule=their-rule']);
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByRole('checkbox', { name: 'unsafe fix' }).check();
    expect(await left()).toEqual(['1 of 4 findings', '#fixable=unsafe']);
  });

  it('counts for each value what it would show beside the other filters', async () => {
    const page = await opened(reportOf(problems), '#severity=error');
    const counts = async (name: string) =>
      (await page.getByRole('group', { name }).locator('label').allTextContents()).map((text) =>
        text.replace(/\d+$/, ' $&'),
      );
    expect(await counts('Severity')).toEqual(['error 2', 'warning 1', 'info 1']);
    expect(await counts('Rule')).toEqual(['docs/described 2', 'naming/path-case 0', 'their-rule 0']);
    expect(await counts('File')).toEqual(['orders.yaml 1', 'shop.graphql 1']);
    // Each API has one file here, so the files do.
    expect(await page.getByRole('group', { name: 'API' }).count()).toBe(0);
  });

  it('filters by API where APIs have several files', async () => {
    const apis = [
      { language: 'openapi', files: ['orders.yaml', 'shop.graphql'] },
      { language: 'openapi', files: ['shop.graphql', 'other.yaml'] },
    ];
    const page = await opened(reportOf(problems, { apis }));
    await page.getByRole('group', { name: 'API' }).getByRole('checkbox', { name: 'shop.graphql' }).check();
    expect(await page.locator('.status').textContent()).toBe('1 of 4 findings');
    await page.getByRole('group', { name: 'API' }).getByRole('checkbox', { name: 'orders.yaml' }).check();
    expect(await page.locator('.status').textContent()).toBe('4 of 4 findings');
  });

  it('opens as the address says, and follows links in the page and the way back', async () => {
    const page = await opened(reportOf(problems), '#rule=docs/described&q=query&group=rule');
    expect(await page.locator('.status').textContent()).toBe('1 of 4 findings');
    expect(await page.getByRole('checkbox', { name: 'docs/described' }).isChecked()).toBe(true);
    expect(await page.getByRole('searchbox').inputValue()).toBe('query');
    expect(await page.locator('h3').allTextContents()).toEqual(['docs/described 1']);
    await page.locator('a.tile.info').click();
    await page.waitForFunction(() => document.querySelector('.status')!.textContent === '1 of 4 findings');
    expect(await page.locator('h4').allTextContents()).toEqual(['info /orders/{id} is not as it should be.']);
    await page.goBack();
    // The page follows the address when the browser tells it, which is later than the click.
    await page.waitForFunction(() => document.querySelector('h3')!.textContent === 'docs/described 1');
    expect(await page.getByRole('searchbox').inputValue()).toBe('query');
    await page.locator('summary').last().click();
    await page.locator('dd a').click();
    await page.waitForFunction(() => /^#finding=[0-9a-f]{16}&group=rule$/.test(location.hash));
    expect(await page.locator('article').count()).toBe(1);
  });

  it('does not mind an address that says nothing it knows', async () => {
    for (const hash of ['#', '#findings', '#rule=gone', '#%E0%A4%A', '#severity=constructor&q=']) {
      const page = await opened(reportOf(problems), hash);
      expect(await page.locator('article').count(), hash).toBe(4);
    }
  });

  it('groups by rule, the loudest first', async () => {
    const page = await opened(reportOf(problems));
    await page.getByRole('combobox', { name: 'Group by' }).selectOption('rule');
    expect(await page.locator('h3').allTextContents()).toEqual([
      'docs/described 2',
      'naming/path-case 1',
      'their-rule 1',
    ]);
    expect(await page.locator('.where .place').allTextContents()).toEqual([
      'orders.yaml:5:20',
      'shop.graphql:2:2',
      'orders.yaml:3:3',
      'orders.yaml:7:3',
    ]);
    expect(new URL(page.url()).hash).toBe('#group=rule');
  });

  it('can be used without a mouse', async () => {
    const page = await opened(reportOf(problems));
    const focused = () => page.evaluate(() => document.activeElement?.outerHTML.slice(0, 60));
    await page.keyboard.press('Tab');
    expect(await focused()).toContain('class="skip"');
    await page.keyboard.press('Enter');
    expect(await focused()).toContain('id="findings"');
    await page.keyboard.press('Tab');
    expect(await focused()).toContain('id="search"');
    await page.keyboard.type('/orders');
    expect(await page.locator('.status').textContent()).toBe('2 of 4 findings');
    await page.locator('article').first().focus();
    await page.keyboard.press('j');
    expect(
      await page
        .locator('article')
        .nth(1)
        .evaluate((article) => article === document.activeElement),
    ).toBe(true);
    await page.keyboard.press('k');
    await page.keyboard.press('k');
    expect(
      await page
        .locator('article')
        .first()
        .evaluate((article) => article === document.activeElement),
    ).toBe(true);
  });

  it('takes the colours of the system, or those that were chosen, also when it is opened again', async () => {
    const page = await opened(reportOf(problems), '', { colorScheme: 'dark' });
    const isDark = () =>
      page.evaluate(() => {
        const [red = 255] = getComputedStyle(document.body).backgroundColor.match(/\d+/g)!.map(Number);
        return red < 128;
      });
    const toggle = page.getByRole('button', { name: /^Theme/ });
    expect([await isDark(), await toggle.textContent()]).toEqual([true, 'Theme: system']);
    await toggle.click();
    expect([await isDark(), await toggle.textContent()]).toEqual([false, 'Theme: light']);
    await page.reload();
    expect([await isDark(), await toggle.textContent()]).toEqual([false, 'Theme: light']);
    await toggle.click();
    await page.emulateMedia({ colorScheme: 'light' });
    expect([await isDark(), await toggle.textContent()]).toEqual([true, 'Theme: dark']);
    await toggle.click();
    expect([await isDark(), await toggle.textContent()]).toEqual([false, 'Theme: system']);
  });

  it('draws twenty thousand findings bit by bit', async () => {
    const lines = new Source('many.yaml', 'key: value\n'.repeat(20_000));
    const many = Array.from({ length: 20_000 }, (_, i): Problem => {
      const range = { source: lines, start: 11 * i, end: 11 * i + 3 };
      const rule = i % 2 ? 'docs/described' : 'naming/path-case';
      return { rule, severity: 'warn', message: `Line ${i + 1} is wrong.`, element: `#/${i}`, range, related: [] };
    });
    const page = await opened(reportOf(many));
    const drawn = () => page.locator('article').count();
    expect(await drawn()).toBeLessThan(300);
    const before = await drawn();
    await page.locator('article').last().scrollIntoViewIfNeeded();
    await page.waitForFunction((before) => document.querySelectorAll('article').length > before, before);
    expect(await drawn()).toBeLessThan(1000);
    await page.getByRole('searchbox').fill('line #/19998');
    expect(await page.locator('.status').textContent()).toBe('1 of 20,000 findings');
    expect(await page.locator('article h4').textContent()).toBe('warning Line 19999 is wrong.');
    await page.getByRole('searchbox').fill('');
    await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
    expect(await drawn(), 'on paper').toBeGreaterThanOrEqual(2000);
    expect(await drawn()).toBeLessThan(2200);
  });

  it('fits a narrow screen, with the filters behind a button', async () => {
    const page = await opened(reportOf(problems), '', { viewport: { width: 400, height: 800 } });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(400);
    const filters = page.getByRole('search', { name: 'Filter the findings' });
    expect(await filters.isVisible()).toBe(false);
    const opener = page.getByRole('button', { name: 'Filters' });
    await opener.click();
    expect([await filters.isVisible(), await opener.getAttribute('aria-expanded')]).toEqual([true, 'true']);
    await page.getByRole('checkbox', { name: 'info' }).check();
    expect(await page.locator('.status').textContent()).toBe('1 of 4 findings');
  });

  it('lets nothing from a document become markup or run', async () => {
    const bad = '</script><img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';
    const source = new Source(`${bad}.yaml`, `${bad}: ${bad}\n`);
    const at = { source, start: 0, end: bad.length };
    const problem = problemAt(source, bad, {
      ...{ rule: bad, message: bad, help: `\`${bad}\``, element: bad },
      related: [{ message: bad, range: at }],
      fix: { title: bad, safe: true, edits: () => [] },
    });
    const rule = { summary: bad, why: bad, principle: bad, languages: ['openapi'], severity: 'warn' as const };
    const page = await opened(
      reportOf([problem], {
        rules: new Map([[bad, rule]]),
        apis: [
          { language: 'openapi', files: [source.path] },
          { language: bad, files: [bad], maturity: { level: 0, steps: [{ level: 1, reached: false, reason: bad }] } },
        ],
        earlier: [{ name: bad, counts: { error: 0, warn: 0, info: 0 }, score: null }],
      }),
    );
    await page.locator('article summary').click();
    for (const link of [page.locator('.apis a').first(), page.locator('article .where a')]) {
      await link.click();
      expect(await page.locator('.status').textContent()).toBe('1 of 1 findings');
    }
    expect(await page.locator('article h4').textContent()).toBe(`warning ${bad}`);
    expect(await page.locator('mark').textContent()).toBe(bad);
    expect(await page.locator('img, iframe, object, embed, base').count()).toBe(0);
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
    // Nor would the policy let it.
    complaints.get(page)!.expected = /Content Security Policy/;
    await page.evaluate(() => {
      document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.hacked=1' }));
    });
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
  });

  it.each(['light', 'dark'] as const)('can be read by everybody, %s', async (colorScheme) => {
    const earlier = [{ name: 'before', counts: { error: 3, warn: 2, info: 1 }, score: 3 }];
    const page = await opened(reportOf(problems, { earlier }), '', { colorScheme });
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true;
    });
    expect(await page.evaluate(faintTexts)).toEqual([]);
    expect(await page.evaluate(faults)).toEqual([]);
    const empty = await opened(reportOf([]), '', { colorScheme });
    expect(await empty.evaluate(faintTexts)).toEqual([]);
    expect(await empty.evaluate(faults)).toEqual([]);
  });
});

/** What the browser complained about on each page, and what it was to complain about. */
const complaints = new Map<Page, { readonly texts: string[]; expected: RegExp | null }>();

/** A page with a report. When the test is over, it must have asked for nothing, and nothing must have gone wrong. */
async function opened(report: Report, hash = '', options: Parameters<Browser['newPage']>[0] = {}): Promise<Page> {
  const file = join(folder, `${opened.count++}.html`);
  writeFileSync(file, html(report));
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
  const texts: string[] = [];
  complaints.set(page, { texts, expected: null });
  page.on('console', (message) => texts.push(message.text()));
  page.on('pageerror', (error) => texts.push(error.message));
  page.on('request', (request) => {
    const url = request.url().split('#')[0]!;
    if (url !== `file://${file}` && !url.startsWith('data:')) texts.push(url);
  });
  onTestFinished(async () => {
    await page.close();
    const { expected } = complaints.get(page)!;
    if (expected) expect(texts.join('\n')).toMatch(expected);
    expect(texts.filter((text) => !expected?.test(text))).toEqual([]);
  });
  await page.goto(`file://${file}${hash}`);
  return page;
}
opened.count = 0;

/** In the page: texts whose contrast is below what WCAG 2.2 asks for in 1.4.3. */
function faintTexts(): string[] {
  const channels = (color: string) => color.match(/[\d.]+/g)!.map(Number);
  const luminance = (color: string) => {
    const [r, g, b] = channels(color)
      .slice(0, 3)
      .map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
  };
  const ground = (element: Element): string => {
    for (let at: Element | null = element; at; at = at.parentElement) {
      const color = getComputedStyle(at).backgroundColor;
      if (channels(color)[3] !== 0) return color;
    }
    return 'rgb(255, 255, 255)';
  };
  return [...document.querySelectorAll('body *')].flatMap((element) => {
    const text = [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.textContent!.trim());
    if (!text.join('') || !element.checkVisibility() || /^(script|title|noscript)$/i.test(element.tagName)) return [];
    const style = getComputedStyle(element);
    const color = element instanceof SVGElement ? style.fill : style.color;
    const [a, b] = [luminance(color), luminance(ground(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    return ratio < 4.5 ? [`${text.join(' ')}: ${ratio.toFixed(2)}`] : [];
  });
}

/** In the page: controls and pictures without names, headings that skip a level, ids that stand twice, and the like. */
function faults(): string[] {
  const found: string[] = [];
  const all = (selector: string) => [...document.querySelectorAll(selector)];
  for (const control of all('input, select')) {
    if (!(control as HTMLInputElement).labels?.length) found.push(`no label: ${control.outerHTML}`);
  }
  for (const control of all('a, button, summary')) {
    if (!control.textContent!.trim()) found.push(`no name: ${control.outerHTML}`);
  }
  for (const picture of all('svg')) {
    if (!picture.getAttribute('aria-label') && picture.getAttribute('aria-hidden') !== 'true')
      found.push(`no name: ${picture.outerHTML.slice(0, 80)}`);
  }
  let level = 0;
  for (const heading of all('h1, h2, h3, h4, h5, h6')) {
    const next = Number(heading.tagName[1]);
    if (next > level + 1) found.push(`h${next} behind h${level}: ${heading.textContent}`);
    level = next;
  }
  const ids = all('[id]').map(({ id }) => id);
  found.push(...ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `id twice: ${id}`));
  for (const name of ['aria-labelledby', 'aria-controls', 'for'])
    for (const element of all(`[${name}]`))
      if (!ids.includes(element.getAttribute(name)!))
        found.push(`${name} leads nowhere: ${element.outerHTML.slice(0, 80)}`);
  for (const landmark of ['main', 'h1', 'header', '[lang]', 'head > title'])
    if (all(landmark).length !== 1) found.push(`not one ${landmark}`);
  for (const table of all('table')) if (!table.querySelector('th[scope]')) found.push('a table without headings');
  if (document.doctype === null || document.compatMode !== 'CSS1Compat') found.push('quirks');
  return found;
}
