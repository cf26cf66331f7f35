/** The page's style sheet. Colours have a contrast of at least 4.5 with what they stand on (WCAG 2.2, 1.4.3). */
export const style = `
:root {
  color-scheme: light dark;
  --ground: #f5f6f8; --card: #fff; --text: #1b1f27; --quiet: #566070; --edge: #dce0e6; --link: #2450c8; --code: #f6f8fa;
  --get: #23589c; --post: #1a6b3c; --put: #855600; --delete: #b3261e; --rpc: #6b3fa0; --soft: #e5effb; --bad: #b3261e; --good: #1a6b3c;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0f1217; --card: #171b22; --text: #e6e9ef; --quiet: #9da7b5; --edge: #2c333e; --link: #8fb3ff; --code: #11151b;
    --get: #8fbdfb; --post: #7fd6a2; --put: #f0c05a; --delete: #ff9a90; --rpc: #c9a8f5; --soft: #1a3252; --bad: #ff9a90; --good: #7fd6a2;
  }
}
* { box-sizing: border-box; }
html, body { height: 100%; }
body { margin: 0; display: flex; flex-direction: column; background: var(--ground); color: var(--text); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
h1, h2, h3, p, ul { margin: 0; padding: 0; }
ul { list-style: none; }
a { color: var(--link); text-underline-offset: 2px; }
code, pre, textarea, .mono { font-family: var(--mono); font-size: .87rem; }
button, input, select, textarea { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--edge); border-radius: 6px; padding: .3rem .6rem; }
textarea, .mono { font-family: var(--mono); font-size: .87rem; }
button { cursor: pointer; }
button:hover { border-color: var(--quiet); }
button.main { background: var(--link); border-color: var(--link); color: var(--card); font-weight: 600; padding: .35rem 1.2rem; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
main:focus { outline: none; }
[hidden] { display: none !important; }
.skip { position: absolute; left: -100rem; top: 0; z-index: 3; padding: .5rem 1rem; background: var(--card); }
.skip:focus { left: 0; }
.quiet { color: var(--quiet); }
.bad { color: var(--bad); }
.good { color: var(--good); }

.top { display: flex; flex-wrap: wrap; align-items: center; gap: .4rem 1.5rem; padding: .6rem 1.25rem; background: var(--card); border-bottom: 1px solid var(--edge); }
.brand { display: flex; align-items: center; gap: .5rem; font-weight: 650; }
.brand svg { color: var(--link); }
.brand span { color: var(--quiet); font-weight: 400; }
.top nav a { display: inline-block; padding: .2rem .7rem; border-radius: 6px; text-decoration: none; color: var(--text); }
.top nav a[aria-current] { background: var(--soft); font-weight: 600; }
#health { margin-left: auto; font-size: .87rem; }

.columns { flex: 1; display: flex; min-height: 0; }
.side { width: 21rem; flex: none; overflow-y: auto; padding: 1rem; border-right: 1px solid var(--edge); background: var(--card); }
.side:empty { display: none; }
.side input { width: 100%; margin-bottom: .75rem; }
.side h2 { font-size: .82rem; color: var(--quiet); margin: .9rem 0 .25rem; overflow-wrap: anywhere; }
.side a { display: flex; gap: .5rem; align-items: baseline; padding: .2rem .4rem; border-radius: 6px; color: var(--text); text-decoration: none; overflow-wrap: anywhere; font-size: .9rem; }
.side a[aria-current] { background: var(--soft); }
.side a:hover { text-decoration: underline; }
.side .count { margin-left: auto; color: var(--quiet); }
.method { flex: none; min-width: 3.6rem; font: 650 .72rem/1.6 var(--mono); text-transform: uppercase; color: var(--get); }
.method.post, .method.mutation { color: var(--post); }
.method.put, .method.patch { color: var(--put); }
.method.delete { color: var(--delete); }
.method.rpc, .method.subscription { color: var(--rpc); }
.deprecated { text-decoration: line-through; }

main { flex: 1; min-width: 0; overflow-y: auto; padding: 1.25rem 1.5rem 3rem; }
main > * { max-width: 60rem; }
main > .wide { max-width: none; }
h1 { font-size: 1.25rem; line-height: 1.3; overflow-wrap: anywhere; display: flex; gap: .6rem; align-items: baseline; }
h1 .method { font-size: .95rem; min-width: 0; }
h2 { font-size: 1rem; margin: 1.1rem 0 .35rem; }
.row { display: flex; flex-wrap: wrap; gap: .6rem; align-items: center; margin-top: .9rem; }
.fields { display: grid; grid-template-columns: minmax(8rem, 14rem) minmax(0, 1fr); gap: .4rem .8rem; align-items: baseline; }
.fields label { font-family: var(--mono); font-size: .87rem; overflow-wrap: anywhere; }
.fields .quiet { font-size: .85rem; }
.fields input, .fields select { width: 100%; max-width: 28rem; }
.fields p { font-size: .85rem; color: var(--quiet); }
textarea { width: 100%; min-height: 4rem; resize: vertical; background: var(--code); }
pre { margin: .35rem 0 0; padding: .75rem 1rem; background: var(--code); border: 1px solid var(--edge); border-radius: 8px; overflow: auto; max-height: 32rem; white-space: pre-wrap; overflow-wrap: anywhere; }
pre.curl { max-height: 8rem; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; background: var(--card); border: 1px solid var(--edge); }
th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid var(--edge); vertical-align: top; }
th { color: var(--quiet); font-weight: 600; }
td { overflow-wrap: anywhere; }
td.id { width: 12rem; }
td.number { text-align: right; white-space: nowrap; }
details summary { cursor: pointer; overflow-wrap: anywhere; }
p + table, .row + p { margin-top: .7rem; }
details pre { max-height: 24rem; }
@media (max-width: 50rem) {
  .columns { flex-direction: column; overflow-y: auto; }
  .side { width: auto; max-height: 16rem; border-right: 0; border-bottom: 1px solid var(--edge); }
  main { overflow-y: visible; padding: 1rem; }
  .fields { grid-template-columns: minmax(0, 1fr); }
}
`;
