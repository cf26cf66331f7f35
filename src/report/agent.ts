import { printable } from '../text/frame.ts';
import type { Problem } from '../text/problem.ts';
import type { Report } from './report.ts';
import { countsInWords, groupBy, hidden, loudestFirst, plural } from './summary.ts';

/** How many places are listed, shared out among the rules, of which each gets at least a few: enough to mend in one round. */
const mostPlaces = 200;
const fewPlaces = 10;

/**
 * For coding agents: as few tokens as say it all. Rule by rule, loudest first: what it asks for, what is wrong and what to do,
 * once, then the places. What a message names in backticks stands behind the place where it differs and the element does not tell it.
 */
export function agent(report: Report): string {
  const rules = [...groupBy(loudestFirst(report.problems), ({ rule }) => rule)];
  const most =
    report.problems.length <= mostPlaces ? mostPlaces : Math.max(fewPlaces, Math.floor(mostPlaces / rules.length));
  return [...rules.map(([rule, problems]) => ruleSection(report, rule, problems, most)), ending(report)].join('\n');
}

function ruleSection(report: Report, rule: string, problems: readonly Problem[], most: number): string {
  const summary = report.rules.get(rule)?.summary;
  const shown = problems.slice(0, most);
  const left = problems.length - shown.length;
  return [
    `# ${problems[0]!.severity} ${rule} ×${problems.length}${summary === undefined ? '' : `: ${summary}`}\n`,
    ...[...groupBy(shown, shapeOf)].map(([, alike]) => alikeSection(alike)),
    ...(left > 0 ? [`… ${left} more: \`apiarch lint --rule ${rule} -f compact\`\n`] : []),
  ].join('');
}

/** What is said in the same words but for the names in backticks. */
function shapeOf({ message, help = '' }: Problem): string {
  return [message, help]
    .map((text) =>
      split(text)
        .filter((_, index) => index % 2 === 0)
        .join('`'),
    )
    .join('\n');
}

/** What is wrong and what to do, with `…` for what differs, and below it the places. */
function alikeSection(problems: readonly Problem[]): string {
  const spans = problems.map(({ message, help = '' }) => [...spansOf(message), ...spansOf(help)]);
  const differ = spans[0]!.map((span, index) => spans.some((other) => other[index] !== span));
  const { message, help } = problems[0]!;
  const inMessage = spansOf(message).length;
  const elements = problems.map(({ element }) => element);
  const names = (problem: Problem, at: number) => {
    const differing = spans[at]!.filter((_, index) => differ[index]);
    const alone = elements.indexOf(problem.element) === elements.lastIndexOf(problem.element);
    return alone ? differing.filter((name) => !tells(problem.element, name)) : differing;
  };
  return [
    `${template(message, differ)}\n`,
    ...(help === undefined ? [] : [`→ ${template(help, differ.slice(inMessage))}\n`]),
    ...problems.map((problem, at) => place(problem, names(problem, at))),
  ].join('');
}

function template(text: string, differ: readonly boolean[]): string {
  const parts = split(text).map((part, index) => (index % 2 === 1 && differ[(index - 1) / 2] ? '`…`' : part));
  return printable(parts.join(''));
}

/** @param names what fills the `…` of the message, as far as it has to be told */
function place({ range, element, related }: Problem, names: readonly string[]): string {
  const parts = [
    positionOf(range),
    ...(element === '' ? [] : [element]),
    ...new Set(names),
    ...(related[0] ? [`(see ${positionOf(related[0].range)})`] : []),
  ];
  return `${printable(parts.join(' '))}\n`;
}

function positionOf({ source, start }: Problem['range']): string {
  const { line, column } = source.position(start);
  return `${source.path}:${line}:${column}`;
}

/** Whether an element says all that a name in backticks does: `#/paths/~1users/get` tells `GET /users`. */
function tells(element: string, name: string): boolean {
  const plain = element.replaceAll('~1', '/').replaceAll('~0', '~').toLowerCase();
  const steps = plain.split(/[^\w-]+/);
  const words = name.slice(1, -1).toLowerCase().split(' ');
  return words.every((word) => steps.includes(word) || (/[^\w-]/.test(word) && plain.includes(word)));
}

/** A text as pieces of prose and, at odd indexes, what stands in backticks. */
function split(text: string): string[] {
  return text.split(/(`[^`]*`)/);
}

function spansOf(text: string): string[] {
  return split(text).filter((_, index) => index % 2 === 1);
}

function ending(report: Report): string {
  const fixable = report.problems.filter(({ fix }) => fix?.safe && fix.edits().length > 0).length;
  const mended = fixable > 0 ? `; \`apiarch lint --fix\` mends ${fixable}` : '';
  return `${countsInWords(report.counts)} in ${plural(report.files, 'file')}${hidden(report)}${mended}\n`;
}
