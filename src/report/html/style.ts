/** The page's style sheet. Colours have a contrast of at least 4.5 with what they stand on (WCAG 2.2, 1.4.3). */
export const style = `
:root {
  color-scheme: light dark;
  --ground: #f5f6f8; --card: #fff; --text: #1b1f27; --quiet: #566070; --edge: #dcE0e6; --link: #2450c8;
  --error: #b3261e; --warn: #855600; --info: #23589c; --good: #1a6b3c;
  --error-soft: #fde9e7; --warn-soft: #fdf1d3; --info-soft: #e5effb; --code: #f6f8fa; --track: #e6e9ee;
  --high: #2e9e5b; --middle: #d99a15; --low: #d6493f;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root:not([data-theme=light]) {
    --ground: #0f1217; --card: #171b22; --text: #e6e9ef; --quiet: #9da7b5; --edge: #2c333e; --link: #8fb3ff;
    --error: #ff9a90; --warn: #f0c05a; --info: #8fbdfb; --good: #7fd6a2;
    --error-soft: #44201f; --warn-soft: #3d2f10; --info-soft: #1a3252; --code: #11151b; --track: #2a303a;
    --high: #3fb873; --middle: #e0a93b; --low: #e8675d;
  }
}
:root[data-theme=light] { color-scheme: light; }
:root[data-theme=dark] {
  color-scheme: dark;
  --ground: #0f1217; --card: #171b22; --text: #e6e9ef; --quiet: #9da7b5; --edge: #2c333e; --link: #8fb3ff;
  --error: #ff9a90; --warn: #f0c05a; --info: #8fbdfb; --good: #7fd6a2;
  --error-soft: #44201f; --warn-soft: #3d2f10; --info-soft: #1a3252; --code: #11151b; --track: #2a303a;
  --high: #3fb873; --middle: #e0a93b; --low: #e8675d;
}

* { box-sizing: border-box; }
html { scroll-padding-top: 4.5rem; }
body { margin: 0; background: var(--ground); color: var(--text); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
h1, h2, h3, h4, p, ul, dl, dd, figure { margin: 0; }
ul { padding: 0; list-style: none; }
a { color: var(--link); text-underline-offset: 2px; }
code, pre, .place { font-family: var(--mono); font-size: .88em; overflow-wrap: anywhere; }
button, input, select { font: inherit; color: inherit; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
[hidden] { display: none !important; }

.skip { position: absolute; left: -100rem; top: 0; z-index: 3; padding: .5rem 1rem; background: var(--card); }
.skip:focus { left: 0; }
.top { display: flex; justify-content: space-between; align-items: center; gap: 1rem; max-width: 1240px; margin: 0 auto; padding: .9rem 1.25rem; }
.brand { display: flex; align-items: center; gap: .5rem; font-weight: 650; }
.brand svg { color: var(--link); }
.brand span { color: var(--quiet); font-weight: 400; }
.top button, .opener, .more, .clear, .all { border: 1px solid var(--edge); border-radius: 6px; background: var(--card); padding: .3rem .75rem; cursor: pointer; }
.top button:hover, .opener:hover, .more:hover, .clear:hover { border-color: var(--quiet); }

main { max-width: 1240px; margin: 0 auto; padding: 0 1.25rem 4rem; }
section { margin-top: 1.75rem; }
h1 { font-size: 1.9rem; line-height: 1.2; letter-spacing: -.01em; }
h2 { font-size: 1.15rem; margin-bottom: .6rem; }
.card { background: var(--card); border: 1px solid var(--edge); border-radius: 10px; padding: 1rem 1.25rem; }
.note { color: var(--quiet); font-size: .87rem; margin-top: .75rem; max-width: 85ch; }
.quiet { color: var(--quiet); font-weight: 400; }
.scroll { overflow-x: auto; max-height: 34rem; }

.hero { display: flex; align-items: stretch; gap: 2rem; margin-top: .75rem; }
.hero .title { flex: 1; align-self: center; }
.check { width: 5rem; align-self: center; fill: none; stroke: var(--high); stroke-width: 3; stroke-linecap: round; stroke-linejoin: round; }
.overview { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 0 1.5rem; }
.overview > section { display: flex; flex-direction: column; }
.overview > section .card { flex: 1; }
.scope { color: var(--quiet); margin-top: .35rem; }
.tiles { display: flex; flex-wrap: wrap; gap: .75rem; margin-top: 1.25rem; }
.tile { display: block; min-width: 8.5rem; padding: .6rem 1rem; border-radius: 10px; border: 1px solid var(--edge); background: var(--card); color: var(--quiet); text-decoration: none; }
.tile b { display: block; font-size: 1.7rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.tile.error { background: var(--error-soft); color: var(--error); border-color: currentColor; }
.tile.warn { background: var(--warn-soft); color: var(--warn); border-color: currentColor; }
.tile.info { background: var(--info-soft); color: var(--info); border-color: currentColor; }
a.tile:hover { text-decoration: underline; }
.score { text-align: center; }
.score h2 { margin: 0 0 .25rem; font-size: 1rem; }
.gauge { width: 8.5rem; height: 8.5rem; }
.gauge circle { fill: none; stroke-width: 3.4; }
.gauge .track { stroke: var(--track); }
.gauge text { text-anchor: middle; fill: var(--text); }
.gauge .number { font-size: 10px; font-weight: 650; }
.gauge .unit { font-size: 3.6px; fill: var(--quiet); }
.gauge.high .value { stroke: var(--high); } .gauge.middle .value { stroke: var(--middle); } .gauge.low .value { stroke: var(--low); }
.bar.high .value { fill: var(--high); } .bar.middle .value { fill: var(--middle); } .bar.low .value { fill: var(--low); }
svg.bar { display: block; width: 100%; height: .7rem; border-radius: .35rem; }
svg.bar .track, .ladder .track { fill: var(--track); }
.ladder { width: 1.75rem; height: 1rem; vertical-align: -2px; }
.ladder .value { fill: var(--link); }

table { width: 100%; border-collapse: collapse; }
caption { text-align: left; color: var(--quiet); font-size: .87rem; }
th, td { text-align: left; padding: .4rem .75rem .4rem 0; vertical-align: top; font-weight: 400; }
td.figure, th.figure { text-align: right; padding-left: .75rem; padding-right: 0; font-variant-numeric: tabular-nums; white-space: nowrap; }
thead th { color: var(--quiet); font-size: .82rem; }
tbody tr { border-top: 1px solid var(--edge); }
.scores td, .scores th { vertical-align: middle; padding-top: .22rem; padding-bottom: .22rem; }
.scores .wide { width: 50%; }
.scores th[scope=row] { white-space: nowrap; }
.apis th[scope=row] { overflow-wrap: anywhere; min-width: 11rem; }
.api b { overflow-wrap: anywhere; }
.api h3 { font-size: 1rem; margin-top: 1rem; }
.steps { margin: .4rem 0; max-width: 60ch; font-size: .9rem; }
.steps li { padding-left: 1.4rem; text-indent: -1.4rem; }
.steps li::before { display: inline-block; width: 1.4rem; text-indent: 0; }
.steps .reached::before { content: "✓"; color: var(--good); }
.steps .missed::before { content: "✗"; color: var(--quiet); }
summary { cursor: pointer; }

.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 1rem; margin-bottom: .75rem; }
.charts figure { max-width: 44rem; }
.charts figcaption { font-weight: 600; font-size: .9rem; }
.chart { display: block; width: 100%; }
.chart .grid { stroke: var(--edge); }
.chart text { font-size: 12px; fill: var(--text); }
.chart .tick { font-size: 11px; fill: var(--quiet); }
.chart polyline { fill: none; stroke: currentColor; stroke-width: 2; }
.chart circle { fill: currentColor; }
.line text { fill: currentColor; }
.line.error { color: var(--error); } .line.warn { color: var(--warn); } .line.info { color: var(--info); } .line.score { color: var(--good); }

.columns { display: grid; grid-template: "filters bar" auto "filters results" 1fr / 17rem minmax(0, 1fr); gap: 0 1.5rem; align-items: start; }
.filters { grid-area: filters; } .tools { grid-area: bar; } .results { grid-area: results; }
.filters { position: sticky; top: .75rem; max-height: calc(100vh - 1.5rem); overflow-y: auto; background: var(--card); border: 1px solid var(--edge); border-radius: 10px; padding: .25rem 1rem .75rem; }
fieldset { border: 0; margin: .75rem 0 0; padding: 0; min-width: 0; }
legend { font-weight: 600; font-size: .87rem; padding: 0; margin-bottom: .2rem; }
.values { max-height: 24rem; overflow-y: auto; }
.values label { display: flex; align-items: center; gap: .5rem; padding: .13rem .25rem .13rem 0; font-size: .9rem; cursor: pointer; }
.values .label { flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.values input { flex: none; margin: 0 0 0 2px; accent-color: var(--link); }
.values .count, .group .count { color: var(--quiet); font-size: .82rem; font-variant-numeric: tabular-nums; font-weight: 400; }
.values .empty .label { color: var(--quiet); }
.all { margin-top: .25rem; padding: .1rem .5rem; font-size: .82rem; color: var(--quiet); }

.tools { display: flex; gap: .75rem; align-items: end; }
.opener { display: none; }
.tools label span { display: block; font-size: .82rem; color: var(--quiet); }
.find { flex: 1; min-width: 0; }
.tools input, .tools select { width: 100%; height: 2.3rem; padding: 0 .6rem; border: 1px solid var(--quiet); border-radius: 6px; background: var(--card); }
.state { display: flex; align-items: center; gap: 1rem; min-height: 2.75rem; color: var(--quiet); }
.clear { padding: .1rem .6rem; }
.group { margin: 1.25rem 0 .5rem; }
.group:first-child { margin-top: .25rem; }
.group h3 { font-size: 1rem; overflow-wrap: anywhere; }
.group p { color: var(--quiet); font-size: .9rem; }

.finding { background: var(--card); border: 1px solid var(--edge); border-left: 4px solid var(--info); border-radius: 8px; padding: .7rem 1rem; margin-bottom: .6rem; content-visibility: auto; contain-intrinsic-size: auto 15rem; }
.finding.error { border-left-color: var(--error); } .finding.warn { border-left-color: var(--warn); }
.finding h4 { font-size: .98rem; font-weight: 550; overflow-wrap: anywhere; }
.finding h4 code { font-size: .9em; }
.badge { display: inline-block; border-radius: 4px; padding: 0 .4rem; margin-right: .15rem; font-size: .78rem; font-weight: 600; background: var(--info-soft); color: var(--info); }
.error .badge { background: var(--error-soft); color: var(--error); } .warn .badge { background: var(--warn-soft); color: var(--warn); }
.where { display: flex; flex-wrap: wrap; gap: .1rem 1rem; font-size: .87rem; margin-top: .15rem; color: var(--quiet); }
.where > * { overflow-wrap: anywhere; }
.fixable { color: var(--good); }
.fixable::before { content: "✓ "; }
.finding pre { margin: .55rem 0; padding: .5rem 0; background: var(--code); border: 1px solid var(--edge); border-radius: 6px; overflow-x: auto; line-height: 1.45; }
.finding pre code { display: inline-block; min-width: 100%; overflow-wrap: normal; }
.row { display: block; padding-right: 1rem; white-space: pre; color: var(--quiet); }
.row.marked { color: var(--text); background: var(--info-soft); }
.error .row.marked { background: var(--error-soft); } .warn .row.marked { background: var(--warn-soft); }
.number { display: inline-block; width: 4.2rem; padding-right: 1rem; text-align: right; color: var(--quiet); }
.number::before { content: attr(data-number); }
mark { background: none; color: inherit; font-weight: 600; text-decoration: underline 2px var(--info); text-underline-offset: 3px; text-decoration-skip-ink: none; }
.error mark { text-decoration-color: var(--error); } .warn mark { text-decoration-color: var(--warn); }
.help::before { content: "→ "; color: var(--good); font-weight: 600; }
.related { margin-top: .35rem; font-size: .9rem; color: var(--quiet); }
.why { margin-top: .4rem; font-size: .9rem; }
.why summary { color: var(--quiet); width: fit-content; }
.why p { margin-top: .4rem; max-width: 80ch; }
.why dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .15rem 1rem; margin-top: .5rem; }
dt { color: var(--quiet); }
.more { display: block; margin: 1rem auto; padding: .45rem 1.25rem; }
.nothing { color: var(--quiet); text-align: center; padding: 2.5rem; }

@media (max-width: 820px) {
  main, .top { padding-left: .9rem; padding-right: .9rem; }
  .hero { flex-direction: column; gap: 1.25rem; }
  .hero .title, .check { align-self: start; }
  .overview { display: block; }
  .score { display: flex; align-items: center; justify-content: space-between; padding: .5rem 1.25rem; }
  .gauge { width: 6rem; height: 6rem; }
  .tile { flex: 1; min-width: 6rem; padding: .5rem .7rem; }
  .tile b { font-size: 1.35rem; }
  h1 { font-size: 1.5rem; }
  .scores .wide { width: 25%; }
  .scores th[scope=row] { white-space: normal; }
  .columns { grid-template: "bar" "filters" "results" / minmax(0, 1fr); }
  .filters { display: none; position: static; max-height: none; margin-top: .75rem; }
  .filters.open { display: block; }
  .opener { display: block; height: 2.3rem; }
  .number { width: 3.2rem; padding-right: .7rem; }
}
@media print {
  :root, :root:not([data-theme=light]), :root[data-theme=dark] {
    color-scheme: light;
    --ground: #fff; --card: #fff; --text: #000; --quiet: #444; --edge: #bbb; --link: #000; --code: #fff; --track: #ddd;
    --error: #b3261e; --warn: #855600; --info: #23589c; --good: #1a6b3c; --error-soft: #fff; --warn-soft: #fff; --info-soft: #fff;
  }
  .top button, .skip, .filters, .tools, .clear, .more, .why { display: none; }
  .columns { display: block; }
  .scroll { max-height: none; }
  .finding { content-visibility: visible; }
  .finding, tr { break-inside: avoid; }
  .row { white-space: pre-wrap; }
  svg { print-color-adjust: exact; }
}
`;
