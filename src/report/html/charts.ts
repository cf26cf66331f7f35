import { printable } from '../../text/frame.ts';
import type { EarlierRun, Report } from '../report.ts';
import type { Score } from '../score.ts';
import { counted, type Markup, markup, written } from './markup.ts';

/** A ring that is filled as far as the score goes, with the score in it. */
export function gauge({ value }: Score): Markup {
  // With a circumference of 100, a length is a percentage.
  const radius = 15.9155;
  return markup`<svg class="gauge ${grade(value)}" viewBox="0 0 36 36" role="img" aria-label="Score: ${value} of 100">
<circle class="track" cx="18" cy="18" r="${radius}"/>
<circle class="value" cx="18" cy="18" r="${radius}" stroke-dasharray="${value} 100" transform="rotate(-90 18 18)"/>
<text x="18" y="19" class="number">${value}</text><text x="18" y="24.5" class="unit">of 100</text>
</svg>`;
}

/** A bar as long as the score. Says nothing to screen readers: the number stands beside it. */
export function bar(value: number): Markup {
  return markup`<svg class="bar ${grade(value)}" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
<rect class="track" width="100" height="10"/><rect class="value" width="${value}" height="10"/></svg>`;
}

/** How a score is coloured. */
function grade(value: number): string {
  return value >= 90 ? 'high' : value >= 70 ? 'middle' : 'low';
}

/** The steps of Richardson's model, those that are reached filled. */
export function ladder(level: number): Markup {
  const steps = [1, 2, 3].map((step) => {
    const height = 4 + 4 * step;
    return markup`<rect class="${step <= level ? 'value' : 'track'}" x="${10 * step - 10}" y="${16 - height}" width="8" height="${height}" rx="1"/>`;
  });
  return markup`<svg class="ladder" viewBox="0 0 28 16" aria-hidden="true">${steps}</svg>`;
}

/** One line of a chart. */
interface Line {
  readonly name: string;
  /** Styles its line and its dots. */
  readonly kind: string;
  /** A value for each run; null where it is not known. */
  readonly values: readonly (number | null)[];
}

/** The counts, and the scores as far as they are known, over the earlier runs and this one. */
export function trend({ earlier = [], counts, scores = [] }: Report): Markup | null {
  if (earlier.length === 0) return null;
  const runs: EarlierRun[] = [...earlier, { name: 'this run', counts, score: scores[0]?.value ?? null }];
  const names = runs.map(({ name }) => printable(name));
  const findings: Line[] = [
    { name: 'errors', kind: 'error', values: runs.map(({ counts }) => counts.error) },
    { name: 'warnings', kind: 'warn', values: runs.map(({ counts }) => counts.warn) },
    { name: 'info', kind: 'info', values: runs.map(({ counts }) => counts.info) },
  ];
  const score: Line = { name: 'score', kind: 'score', values: runs.map((run) => run.score) };
  const scored = score.values.filter((value) => value !== null).length > 1;
  return markup`<section aria-labelledby="trend"><h2 id="trend">Trend</h2>
<div class="charts">${lineChart('Findings over the runs', names, findings, null)}${
    scored ? lineChart('Score over the runs', names, [score], 100) : null
  }</div>
<details><summary>The trend as a table</summary>${table(runs)}</details></section>`;
}

const width = 560;
const height = 220;
const margin = { top: 12, right: 84, bottom: 28, left: 48 };
/** How many names of runs fit below each other's side. */
const mostNames = 6;
const longestName = 14;

function lineChart(title: string, names: readonly string[], lines: readonly Line[], top: number | null): Markup {
  const all = lines.flatMap(({ values }) => values.filter((value) => value !== null));
  const max = top ?? roundUp(Math.max(1, ...all));
  const x = (index: number) => round(margin.left + (index / (names.length - 1)) * (width - margin.left - margin.right));
  const y = (value: number) => round(height - margin.bottom - (value / max) * (height - margin.top - margin.bottom));
  const grid = (max % 2 === 0 ? [0, max / 2, max] : [0, max]).map(
    (
      value,
    ) => markup`<line class="grid" x1="${margin.left}" x2="${width - margin.right}" y1="${y(value)}" y2="${y(value)}"/>
<text class="tick" x="${margin.left - 8}" y="${y(value) + 4}" text-anchor="end">${written(value)}</text>`,
  );
  const step = Math.ceil(names.length / mostNames);
  const shown = names.flatMap((name, i) => ((names.length - 1 - i) % step === 0 ? [{ name, i }] : []));
  const labels = shown.map(
    ({ name, i }) =>
      markup`<text class="tick" x="${x(i)}" y="${height - 8}" text-anchor="middle">${shortened(name)}</text>`,
  );
  const ends = spread(lines.map(({ values }) => y(values.at(-1) ?? 0)));
  const drawn = lines.map(({ name, kind, values }, nth) => {
    const points = values.flatMap((value, i) =>
      value === null ? [] : [{ value, x: x(i), y: y(value), run: names[i]! }],
    );
    const dots = points.map(
      (point) =>
        markup`<circle cx="${point.x}" cy="${point.y}" r="3"><title>${point.run}: ${written(point.value)} ${name}</title></circle>`,
    );
    return markup`<g class="line ${kind}"><polyline points="${points.map((point) => `${point.x},${point.y}`).join(' ')}"/>${dots}
<text x="${width - margin.right + 10}" y="${ends[nth]! + 4}">${name}</text></g>`;
  });
  return markup`<figure class="card"><figcaption>${title}</figcaption>
<svg class="chart" viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}; the table below has the numbers">
${grid}${labels}${drawn}</svg></figure>`;
}

/** Moves heights apart that are closer than a line of text, in their order. */
function spread(heights: readonly number[]): number[] {
  const order = heights.map((_, i) => i).sort((a, b) => heights[a]! - heights[b]! || a - b);
  const result = [...heights];
  for (const [nth, i] of order.entries()) {
    if (nth > 0) result[i] = Math.max(result[i]!, result[order[nth - 1]!]! + 14);
  }
  return result;
}

/** The next even number of two digits and noughts. */
function roundUp(value: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
  const steps = Math.ceil(value / unit);
  return (steps + (steps % 2)) * unit;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function shortened(name: string): string {
  return name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name;
}

function table(runs: readonly EarlierRun[]): Markup {
  const rows = runs.map(
    ({
      name,
      counts,
      score,
    }) => markup`<tr><th scope="row">${printable(name)}</th><td class="figure">${written(counts.error)}</td>
<td class="figure">${written(counts.warn)}</td><td class="figure">${written(counts.info)}</td><td class="figure">${score ?? '–'}</td></tr>`,
  );
  return markup`<div class="scroll"><table><caption>${counted(runs.length, 'run')}, the oldest first</caption>
<thead><tr><th scope="col">Run</th><th scope="col" class="figure">Errors</th><th scope="col" class="figure">Warnings</th><th scope="col" class="figure">Info</th><th scope="col" class="figure">Score</th></tr></thead>
<tbody>${rows}</tbody></table></div>`;
}
