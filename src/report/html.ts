import { hash } from 'node:crypto';
import { printable } from '../text/frame.ts';
import { compareText, type Severity, severities } from '../text/problem.ts';
import { bar, gauge, ladder, trend } from './html/charts.ts';
import { apiNames, pageData } from './html/data.ts';
import { counted, type Markup, markup, written } from './html/markup.ts';
import { page, theme } from './html/page.ts';
import { style } from './html/style.ts';
import type { ApiSummary, Maturity, Report, Reporter } from './report.ts';
import { type Score, weights } from './score.ts';
import { groupBy, groupByFile, hidden, loudestFirst } from './summary.ts';

/**
 * One HTML file that asks the network for nothing: scores, maturity, trend, and the findings to look through. What stands
 * in it is worked out here, but for the list of findings, which the page's script makes of data as it is needed.
 */
export const html: Reporter = (report) => {
  const scripts = { theme: `(${theme})()`, page: `(${page})()` };
  const policy = [
    "default-src 'none'",
    `style-src ${hashOf(style)}`,
    `script-src ${hashOf(scripts.theme)} ${hashOf(scripts.page)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `${
    markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>API report: ${headline(report)}</title>
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath d='M2 14V8a6 6 0 0 1 12 0v6' fill='none' stroke='%232f5bd7' stroke-width='3'/%3E%3C/svg%3E">
<style>${asIs(style)}</style>
<script>${asIs(scripts.theme)}</script>
</head>
<body>
${report.problems.length > 0 ? markup`<a class="skip" href="#findings">Skip to the findings</a>` : null}
<header class="top"><p class="brand">${logo} apiarch <span>API report</span></p>
<button type="button" id="theme" hidden>Theme: system</button></header>
<main>
${summary(report)}
<div class="overview">
${scoreTable(report)}
<div>${report.apis.length === 1 ? apiCard(report.apis[0]!) : null}${frequentRules(report)}</div>
</div>
${report.apis.length > 1 ? apiTable(report) : null}
${trend(report)}
${findings(report)}
</main>
</body>
</html>`.html
  }\n`.replace('</body>', () => `${data(report)}\n<script>${scripts.page}</script>\n</body>`);
};

const logo = markup`<svg viewBox="0 0 16 16" width="20" height="20" aria-hidden="true"><path d="M2 14V8a6 6 0 0 1 12 0v6" fill="none" stroke="currentColor" stroke-width="3"/></svg>`;

function asIs(html: string): Markup {
  return { html };
}

/** A source of a Content Security Policy (CSP 3, section 2.3.1). */
function hashOf(text: string): string {
  return `'sha256-${hash('sha256', text, 'base64')}'`;
}

/** The data block for the script. A `<` can't end it, since none is left. */
function data(report: Report): string {
  if (report.problems.length === 0) return '';
  const json = JSON.stringify(pageData(report)).replaceAll('<', '\\u003c');
  return `<script type="application/json" id="data">${json}</script>`;
}

function headline({ problems, files }: Report): string {
  if (problems.length === 0) return `all good in ${counted(files, 'file')}`;
  const found = groupByFile(problems).size;
  return `${counted(problems.length, 'finding')} in ${counted(found, 'file')}`;
}

const severityNames: Readonly<Record<Severity, readonly [one: string, many: string]>> = {
  error: ['error', 'errors'],
  warn: ['warning', 'warnings'],
  info: ['info', 'info'],
};

function summary(report: Report): Markup {
  const { problems, counts, apis, files, scores = [] } = report;
  const tiles = severities.map((severity) => {
    const [one, many] = severityNames[severity];
    const text = markup`<b>${written(counts[severity])}</b> ${counts[severity] === 1 ? one : many}`;
    return counts[severity] === 0
      ? markup`<li><span class="tile none">${text}</span></li>`
      : markup`<li><a class="tile ${severity}" href="#severity=${severity}">${text}</a></li>`;
  });
  const good = problems.length === 0;
  const checked = `${counted(apis.length, 'API')} in ${counted(files, 'file')} checked${hidden(report)}.`;
  return markup`<section class="hero" aria-labelledby="title">
${good ? check : null}<div class="title"><h1 id="title">${good ? 'All good' : headline(report)}</h1>
<p class="scope">${checked}${good ? ' Every rule that ran is kept; ' : null}${good ? markup`<code>--ruleset strict</code> asks for more.` : null}</p>
<ul class="tiles" aria-label="Findings by severity">${tiles}</ul></div>
${scores[0] ? markup`<div class="card score"><h2>Score</h2>${gauge(scores[0])}</div>` : null}
</section>`;
}

const check = markup`<svg class="check" viewBox="0 0 48 48" aria-hidden="true"><circle cx="24" cy="24" r="22"/><path d="m14 25 7 7 14-15"/></svg>`;

function scoreTable({ scores = [], problems, rules }: Report): Markup | null {
  const [all, ...principles] = scores;
  if (!all) return null;
  const found = new Map<string, number>();
  for (const { rule } of problems) {
    const principle = rules.get(rule)?.principle ?? 'other';
    found.set(principle, (found.get(principle) ?? 0) + 1);
  }
  const rows = principles.map(({ principle, value, kept, rules }: Score) => {
    const count = found.get(principle!) ?? 0;
    const name =
      count === 0
        ? markup`${principle}`
        : markup`<a href="#principle=${encodeURIComponent(principle!)}">${principle}</a>`;
    return markup`<tr><th scope="row">${name}</th><td class="wide">${bar(value)}</td><td class="figure">${value}</td>
<td class="figure">${kept} of ${rules}</td><td class="figure">${written(count)}</td></tr>`;
  });
  return markup`<section aria-labelledby="scores"><h2 id="scores">Scores by principle</h2>
<div class="card"><div class="scroll"><table class="scores">
<thead><tr><th scope="col">Principle</th><td class="wide"></td><th scope="col" class="figure">Score</th><th scope="col" class="figure">Rules kept</th><th scope="col" class="figure">Findings</th></tr></thead>
<tbody>${rows}</tbody></table></div>
<p class="note">A score is the share of the rules of this run that found nothing, from 0 to 100: a rule counts ${weights.error} as an error, ${weights.warn} as a warning and ${weights.info} as info, once for each API in a language that it judges; how often it is broken makes no difference. A rule is kept that found nothing in any API; in one that cannot be read to its end, none is.</p>
</div></section>`;
}

/** From so many APIs on, their table is closed at first. */
const manyApis = 30;

/** The only API of a run. */
function apiCard(api: ApiSummary): Markup {
  const { language, files, maturity } = api;
  return markup`<section aria-labelledby="apis"><h2 id="apis">API</h2><div class="card api">
<p><b>${printable(files[0] ?? language)}</b>${moreFiles(api)}</p><p class="quiet">${languageNames[language] ?? language}</p>
${maturity ? markup`<h3>${ladder(maturity.level)} Richardson level ${maturity.level} of 3</h3>${maturitySteps(maturity)}<p class="note">${maturityNote}</p>` : null}
</div></section>`;
}

function moreFiles({ files }: ApiSummary): Markup | null {
  return files.length > 1 ? markup` <span class="quiet">and ${counted(files.length - 1, 'more file')}</span>` : null;
}

const maturityNote =
  'The Richardson maturity model tells how much of HTTP an API uses. Level 1: addresses for things, not one for all; level 2: methods and status codes as HTTP means them; level 3: links to what can be done next. Many good APIs stop at level 2.';

/** How many rules are named beside the scores, and below the only API. */
const namedRules = { beside: 12, below: 6 };

function frequentRules({ problems, apis }: Report): Markup | null {
  if (problems.length === 0) return null;
  const counts = [...groupBy(problems, ({ rule }) => rule)].map(([rule, found]) => ({ rule, count: found.length }));
  const most = counts
    .sort((a, b) => b.count - a.count || compareText(a.rule, b.rule))
    .slice(0, apis.length === 1 ? namedRules.below : namedRules.beside);
  const rows = most.map(({ rule, count }) => {
    const link = markup`<a href="#rule=${encodeURIComponent(rule)}">${printable(rule)}</a>`;
    return markup`<tr><th scope="row">${link}</th><td class="figure">${written(count)}</td></tr>`;
  });
  return markup`<section aria-labelledby="frequent"><h2 id="frequent">Most frequent</h2><div class="card">
<table class="scores"><thead><tr><th scope="col">Rule</th><th scope="col" class="figure">Findings</th></tr></thead><tbody>${rows}</tbody></table></div></section>`;
}

function apiTable(report: Report): Markup {
  const { apis } = report;
  const byFile = groupByFile(report.problems);
  const names = apiNames(report);
  const maturities = apis.map(({ maturity }) => maturity);
  const levels = maturities.some((maturity) => maturity !== undefined);
  const rows = apis.map((api, i) => {
    const problems = [...new Set(api.files)].flatMap((file) => byFile.get(file) ?? []);
    const figures = severities.map((severity) => {
      const count = problems.filter((problem) => problem.severity === severity).length;
      return markup`<td class="figure">${written(count)}</td>`;
    });
    const name =
      problems.length > 0 ? markup`<a href="#api=${encodeURIComponent(names[i]!)}">${names[i]!}</a>` : names[i]!;
    return markup`<tr><th scope="row">${name}${moreFiles(api)}</th>
<td>${languageNames[api.language] ?? api.language}</td>${levels ? markup`<td>${maturityCell(maturities[i])}</td>` : null}${figures}</tr>`;
  });
  const table = markup`<div class="scroll" role="region" aria-label="APIs" tabindex="0"><table class="apis">
<thead><tr><th scope="col">API</th><th scope="col">Language</th>${levels ? markup`<th scope="col">Richardson level</th>` : null}<th scope="col" class="figure">Errors</th><th scope="col" class="figure">Warnings</th><th scope="col" class="figure">Info</th></tr></thead>
<tbody>${rows}</tbody></table></div>`;
  const note = levels ? markup`<p class="note">${maturityNote}</p>` : null;
  return markup`<section aria-labelledby="apis"><h2 id="apis">APIs</h2><div class="card">
${apis.length > manyApis ? markup`<details><summary>All ${counted(apis.length, 'API')}</summary>${table}</details>` : table}${note}</div></section>`;
}

const languageNames: Readonly<Record<string, string>> = {
  openapi: 'OpenAPI',
  graphql: 'GraphQL',
  protobuf: 'Protocol Buffers',
};

const stepNames = ['', 'Resources', 'HTTP', 'Hypermedia'];

function maturityCell(maturity: Maturity | undefined): Markup {
  if (!maturity) return markup`<span class="quiet">–</span>`;
  return markup`<details><summary>${ladder(maturity.level)} Level ${maturity.level}</summary>${maturitySteps(maturity)}</details>`;
}

function maturitySteps({ steps }: Maturity): Markup {
  const items = steps.map(
    ({ level, reached, reason }) =>
      markup`<li class="${reached ? 'reached' : 'missed'}"><b>${level} ${stepNames[level] ?? ''}: ${reached ? 'yes' : 'no'}.</b> ${code(reason)}</li>`,
  );
  return markup`<ul class="steps">${items}</ul>`;
}

/** Sets what stands in backticks as code. */
function code(text: string): Markup[] {
  return printable(text)
    .split(/`([^`]*)`/)
    .map((part, i) => (i % 2 === 1 ? markup`<code>${part}</code>` : markup`${part}`));
}

function findings(report: Report): Markup | null {
  if (report.problems.length === 0) return null;
  return markup`<section aria-labelledby="findings" class="browser" id="browser"><h2 id="findings" tabindex="-1">Findings</h2>
<noscript><p class="card">The list can be looked through where scripts may run. The findings by rule:</p>${rulesInFigures(report)}</noscript>
</section>`;
}

function rulesInFigures({ problems, rules }: Report): Markup {
  const rows = [...groupBy(loudestFirst(problems), ({ rule }) => rule)].map(
    ([id, found]) =>
      markup`<tr><th scope="row">${printable(id)}</th><td>${rules.get(id)?.summary ?? ''}</td><td class="figure">${written(found.length)}</td></tr>`,
  );
  return markup`<table><thead><tr><th scope="col">Rule</th><th scope="col">Checks that</th><th scope="col" class="figure">Findings</th></tr></thead><tbody>${rows}</tbody></table>`;
}
