import packageJson from '../../package.json' with { type: 'json' };
import { fingerprint } from '../text/fingerprint.ts';
import type { Edit } from '../text/fix.ts';
import { printable } from '../text/frame.ts';
import type { Range } from '../text/place.ts';
import { compareText, type Problem, type Severity } from '../text/problem.ts';
import type { Report, RuleSummary } from './report.ts';
import { inOneLine, isAddress, ruleAddress } from './summary.ts';

const schema = 'https://json.schemastore.org/sarif-2.1.0.json';
/** How GitHub cuts descriptions of rules. */
const longestDescription = 1024;
const levels: Readonly<Record<Severity, string>> = { error: 'error', warn: 'warning', info: 'note' };
/** What GitHub calls severities of rules that are not about security. */
const ranks: Readonly<Record<Severity, string>> = { error: 'error', warn: 'warning', info: 'recommendation' };

/**
 * The report as SARIF 2.1.0 (OASIS), for GitHub code scanning and for editors. Results stand in the report's order:
 * what is read by a machine is sorted there.
 */
export function sarif(report: Report): string {
  const ids = rulesToTell(report);
  const indexes = new Map(ids.map((id, index) => [id, index]));
  const run = {
    tool: {
      driver: {
        name: 'apiarch',
        semanticVersion: packageJson.version,
        ...(isAddress(report.docs) && { informationUri: `${report.docs}/README.md` }),
        rules: ids.map((id) => descriptor(report, id)),
      },
    },
    invocations: [{ executionSuccessful: report.problems.every(({ rule }) => rule !== 'structure/rule-completed') }],
    originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The working directory of the run.' } } },
    artifacts: filesOf(report).map((path) => ({ location: artifact(path), roles: ['analysisTarget'] })),
    columnKind: 'utf16CodeUnits',
    newlineSequences: ['\r\n', '\n', '\r'],
    results: report.problems.map((problem) => resultOf(problem, indexes.get(problem.rule)!)),
    properties: { suppressed: report.suppressed, baselined: report.baselined },
  };
  return `${JSON.stringify({ $schema: schema, version: '2.1.0', runs: [run] })}\n`;
}

/** The rules that ran, found or not, and whatever else found something, by id. */
function rulesToTell({ rules, problems }: Report): string[] {
  const ran = [...rules].filter(([, { severity }]) => severity !== null).map(([id]) => id);
  return [...new Set([...ran, ...problems.map(({ rule }) => rule)])].sort(compareText);
}

function filesOf({ apis }: Report): string[] {
  return [...new Set(apis.flatMap(({ files }) => files))].sort(compareText);
}

/** The `reportingDescriptor` (3.49) of a rule; of one that nothing is known about, what GitHub requires of all. */
function descriptor(report: Report, id: string) {
  const rule = report.rules.get(id);
  const page = ruleAddress(report, id);
  const why = rule?.why.trim() ?? '';
  const short = rule ? sentence(rule.summary) : id;
  const explain = rule ? `Run \`apiarch explain ${id}\` for examples and options.` : '';
  return {
    id,
    shortDescription: { text: cut(short) },
    fullDescription: { text: cut(plain(why) || short) },
    help: {
      text: paragraphs(short, plain(why), explain),
      markdown: paragraphs(short, why, page === null ? explain : `${explain} See [the rule](${page}).`),
    },
    ...(page !== null && { helpUri: page }),
    ...(rule && configurationOf(rule)),
  };
}

function configurationOf({ severity, principle }: RuleSummary) {
  return {
    defaultConfiguration: severity === null ? { enabled: false } : { level: levels[severity] },
    properties: { tags: [principle], ...(severity !== null && { 'problem.severity': ranks[severity] }) },
  };
}

function resultOf(problem: Problem, ruleIndex: number) {
  const { rule, severity, range, element, related } = problem;
  const fixes = fixesOf(problem);
  return {
    ruleId: rule,
    ruleIndex,
    level: levels[severity],
    message: { text: text(inOneLine(problem)) },
    locations: [
      {
        physicalLocation: physicalLocation(range),
        ...(element !== '' && { logicalLocations: [{ fullyQualifiedName: printable(element) }] }),
      },
    ],
    ...(related.length > 0 && {
      relatedLocations: related.map(({ message, range }, index) => ({
        id: index + 1,
        physicalLocation: physicalLocation(range),
        message: { text: text(message) },
      })),
    }),
    partialFingerprints: { 'apiarch/v1': fingerprint(problem) },
    ...(fixes.length > 0 && { fixes }),
  };
}

/** The `fix` (3.55) of a problem, file by file; none where the document cannot be mended by a machine. */
function fixesOf({ fix }: Problem) {
  const edits = fix?.edits() ?? [];
  if (!fix || edits.length === 0) return [];
  const files = new Map<string, Edit[]>();
  for (const edit of edits) {
    const { path } = edit.range.source;
    files.set(path, [...(files.get(path) ?? []), edit]);
  }
  const artifactChanges = [...files].map(([path, changes]) => ({
    artifactLocation: artifact(path),
    replacements: changes.map(({ range, text }) => ({ deletedRegion: region(range), insertedContent: { text } })),
  }));
  return [{ description: { text: text(fix.title) }, artifactChanges, properties: { safe: fix.safe } }];
}

function physicalLocation(range: Range) {
  return { artifactLocation: artifact(range.source.path), region: region(range) };
}

function artifact(path: string) {
  return { uri: relativeUri(path), uriBaseId: '%SRCROOT%' };
}

/** A path as a relative reference (RFC 3986); letters that no URI can hold become `�`. */
function relativeUri(path: string): string {
  return path
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .split('/')
    .map(encodeURIComponent)
    .join('/');
}

/** The `region` (3.30) of a range. `endColumn` is exclusive, as our ends are. */
function region({ source, start, end }: Range) {
  const from = source.position(start);
  const to = source.position(end);
  return {
    startLine: from.line,
    startColumn: from.column,
    endLine: to.line,
    endColumn: to.column,
    charOffset: from.offset,
    charLength: to.offset - from.offset,
  };
}

/**
 * A message that no viewer takes for more than text: no placeholders (3.11.5) and no links (3.11.6). The braces of
 * `/users/{id}` stay single, against the letter of 3.11.5, since neither GitHub nor editors make one of two.
 */
function text(message: string): string {
  return printable(message)
    .replace(/\{(\d+)\}/g, '{{$1}}')
    .replaceAll('](', '] (');
}

function sentence(summary: string): string {
  return `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
}

/** Markdown with its links written out, and each paragraph on one line. */
function plain(markdown: string): string {
  return markdown.replace(/\[([^\]]*)\]\(([^)]*)\)/g, '$1 ($2)').replace(/(?<!\n)\n(?!\n|[-*] )/g, ' ');
}

function paragraphs(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n');
}

function cut(description: string): string {
  return description.length <= longestDescription ? description : `${description.slice(0, longestDescription - 1)}…`;
}
