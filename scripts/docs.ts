// The pages of docs/ that are made from the rules themselves.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { exampleFiles, findInExample, printExample } from '../src/commands/examples.ts';
import { type Level, principleOf } from '../src/config/rulesets.ts';
import type { LanguageName } from '../src/languages/language.ts';
import { languageNames, languages } from '../src/languages/registry.ts';
import type { Check, Example, Rule } from '../src/rules/rule.ts';
import { compareText } from '../src/text/problem.ts';

/** The rules of other linters: null for one that a rule of ours answers, else why apiarch leaves it out. */
export type Peers = Readonly<Record<string, Readonly<Record<string, string | null>>>>;

export interface DocsInput {
  readonly rules: readonly Rule[];
  readonly peers: Peers;
  /** How loud a rule is in each of our rulesets. */
  readonly severities: (rule: Rule) => Readonly<Record<string, Level>>;
}

export interface Docs {
  /** Texts by path from the top of the project. */
  readonly pages: ReadonlyMap<string, string>;
  /** What is wrong with the facts that the pages are made from, one sentence each. */
  readonly faults: readonly string[];
}

/** Makes every generated page. Pure but for loading the languages of the examples. */
export async function makeDocs(input: DocsInput): Promise<Docs> {
  const pages = new Map([
    ['docs/rules/README.md', ruleTable(input)],
    ['docs/peers.md', peersPage(input)],
  ]);
  for (const rule of input.rules) pages.set(`docs/rules/${rule.id}.md`, await rulePage(rule, input));
  return { pages, faults: peerFaults(input) };
}

/** The generated pages that are missing, differ from `pages`, or are left over from rules that are gone; sorted. */
export function staleDocs(pages: ReadonlyMap<string, string>, top: string): string[] {
  const changed = [...pages].filter(([path, text]) => textOf(join(top, path)) !== text).map(([path]) => path);
  const folder = join(top, 'docs/rules');
  const files = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
  const paths = files.map((file) => `docs/rules/${file.replaceAll('\\', '/')}`);
  const leftOver = paths.filter((path) => path.endsWith('.md') && !pages.has(path));
  return [...changed, ...leftOver].sort();
}

function textOf(path: string): string | null {
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

async function rulePage(rule: Rule, { rules, severities }: DocsInput): Promise<string> {
  const checks = checksOf(rule);
  const bad: string[] = [];
  for (const [language, check] of checks) {
    const report = printExample(await findInExample(rule, language, check.bad, rules));
    bad.push(
      `### ${languages[language].title}`,
      exampleBlocks(language, check.bad),
      'apiarch reports:',
      fence(report, 'text'),
    );
  }
  const good = checks.flatMap(([language, check]) => [
    `### ${languages[language].title}`,
    exampleBlocks(language, check.good),
  ]);
  return page(
    `# ${rule.id}`,
    ...section('What', `apiarch checks that ${rule.summary}.`),
    ...section('Why', outdent(rule.why)),
    ...section('Bad example', ...bad),
    ...section('Good example', ...good),
    ...(rule.absent ? section('Not judged', list(absences(rule), '')) : []),
    ...section('Options', optionTable(rule)),
    ...section(
      'Equivalents',
      list(
        rule.equivalents.map((id) => `\`${id}\``),
        'No rule that we know of in another linter.',
      ),
    ),
    ...section('Sources', list(rule.sources, '')),
    ...section('Severity', table(['Ruleset', 'Severity'], Object.entries(severities(rule)))),
    ...section('Suppressing', ...suppressing(rule)),
  );
}

function checksOf(rule: Rule): [LanguageName, Check<LanguageName, unknown>][] {
  return Object.entries(rule.checks) as [LanguageName, Check<LanguageName, unknown>][];
}

/** The files of an example, each named when there are several. */
function exampleBlocks(language: LanguageName, example: Example): string {
  const files = [...exampleFiles(language, example)];
  const block = ([path, text]: [string, string]) => fence(text, extname(path).slice(1));
  return files.map((file) => (files.length === 1 ? block(file) : `\`${file[0]}\`\n\n${block(file)}`)).join('\n\n');
}

function optionTable({ options = {} }: Rule): string {
  const rows = Object.entries(options).map(([name, option]) => [
    `\`${name}\``,
    `\`${JSON.stringify(option.default)}\``,
    option.description,
  ]);
  return rows.length === 0 ? 'None.' : table(['Option', 'Default', 'Meaning'], rows);
}

/** The languages in which one would look for a check, each with the reason why there is none. */
function absences({ absent = {} }: Rule): string[] {
  return languageNames.flatMap((name) => (absent[name] ? [`${languages[name].title}: ${absent[name]}`] : []));
}

function suppressing({ id, checks }: Rule): string[] {
  const json = JSON.stringify({ 'x-apiarch-ignore': { [id]: 'why' } }, null, 2);
  const hash = [...(checks.openapi ? ['yaml'] : []), ...(checks.graphql ? ['graphql'] : [])];
  return [
    'On the line above the element, or at the end of its line, with the reason:',
    ...hash.map((language) => fence(`# apiarch-ignore ${id}: why`, language)),
    ...(checks.protobuf ? [fence(`// apiarch-ignore ${id}: why`, 'proto')] : []),
    ...(checks.openapi ? ['In JSON, inside the element:', fence(json, 'json')] : []),
  ];
}

function ruleTable({ rules, severities }: DocsInput): string {
  const principles = [...new Set(rules.map(({ id }) => principleOf(id)))].sort(compareText);
  const rulesets = rules[0] ? Object.keys(severities(rules[0])) : [];
  const row = (rule: Rule) => [
    `[${rule.id}](${rule.id}.md)`,
    rule.summary,
    checksOf(rule)
      .map(([language]) => languages[language].title)
      .join(', '),
    ...Object.values(severities(rule)),
  ];
  const sections = principles.flatMap((principle) => {
    const rows = rules.filter((rule) => principleOf(rule.id) === principle).map(row);
    return section(principle, table(['Rule', 'apiarch checks that', 'Languages', ...rulesets], rows));
  });
  return page('# Rules', `${rules.length} rules, by principle, and how loud each is in our rulesets.`, ...sections);
}

function peersPage(input: DocsInput): string {
  const answers = answersByPeer(input.rules);
  const peers = [...new Set([...Object.keys(input.peers), ...answers.keys()])].sort(compareText);
  return page(
    '# Rules of other linters',
    'Which rules of apiarch ask for the same as the rules of other linters, and why some have no counterpart.',
    ...peers.flatMap((peer) => section(peer, peerTable(input.peers[peer] ?? {}, answers.get(peer) ?? new Map()))),
  );
}

function peerTable(listed: Readonly<Record<string, string | null>>, answers: ReadonlyMap<string, string[]>): string {
  const ids = [...new Set([...Object.keys(listed), ...answers.keys()])].sort(compareText);
  const link = (id: string) => `[${id}](rules/${id}.md)`;
  const rows = ids.map((id) => [`\`${id}\``, answers.get(id)?.map(link).join(', ') ?? `none: ${listed[id] ?? ''}`]);
  return table(['Their rule', 'Ours'], rows);
}

/** Our rules by peer and by the peer's id. */
function answersByPeer(rules: readonly Rule[]): Map<string, Map<string, string[]>> {
  const answers = new Map<string, Map<string, string[]>>();
  for (const rule of rules) {
    for (const equivalent of rule.equivalents) {
      const [peer, id] = splitOnce(equivalent);
      const ofPeer = answers.get(peer) ?? new Map<string, string[]>();
      answers.set(peer, ofPeer.set(id, [...(ofPeer.get(id) ?? []), rule.id]));
    }
  }
  return answers;
}

/** `owasp:api2:2023-no-http-basic` → `owasp` and the rest. */
function splitOnce(equivalent: string): [string, string] {
  const colon = equivalent.indexOf(':');
  return [equivalent.slice(0, colon), equivalent.slice(colon + 1)];
}

/** Peers' rules that nobody answers or explains, that are answered and explained away at once, or that nobody has heard of. */
function peerFaults({ rules, peers }: DocsInput): string[] {
  const answers = answersByPeer(rules);
  return Object.entries(peers).flatMap(([peer, listed]) => {
    const answered = answers.get(peer) ?? new Map<string, string[]>();
    const listedFaults = Object.entries(listed).flatMap(([id, reason]) => {
      const ours = answered.get(id)?.join(', ');
      if (ours === undefined && !reason)
        return [`${peer}:${id} is neither among a rule's equivalents nor left out with a reason.`];
      return ours !== undefined && reason ? [`${peer}:${id} is left out with a reason, yet ${ours} names it.`] : [];
    });
    const unheard = [...answered].filter(([id]) => !Object.hasOwn(listed, id));
    return [
      ...listedFaults,
      ...unheard.map(([id, ours]) => `${ours.join(', ')} names ${peer}:${id}, which ${peer} does not have.`),
    ];
  });
}

function page(...blocks: string[]): string {
  return `<!-- Generated by \`npm run docs\`: change the rules, not this page. -->\n\n${blocks.join('\n\n')}\n`;
}

function section(title: string, ...blocks: string[]): string[] {
  return [`## ${title}`, ...blocks];
}

function list(items: readonly string[], none: string): string {
  return items.length === 0 ? none : items.map((item) => `- ${item}`).join('\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line)].join('\n');
}

/** A block of code whose fence is longer than any in the text. */
function fence(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const ticks = '`'.repeat(longest + 1);
  return `${ticks}${language}\n${text.replace(/\n+$/, '')}\n${ticks}`;
}

/** Takes off the indentation that all lines share, and blank lines around the text. */
function outdent(text: string): string {
  const lines = text.replace(/^\s*\n|\s+$/g, '').split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  return lines.map((line) => line.slice(Math.min(...indents))).join('\n');
}
