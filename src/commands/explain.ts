import type { Command } from 'commander';
import { loadConfig } from '../config/config.ts';
import type { Io } from '../io.ts';
import type { LanguageName } from '../languages/language.ts';
import { languageNames, languages } from '../languages/registry.ts';
import { rules as ownRules } from '../rules/index.ts';
import type { Example, Rule } from '../rules/rule.ts';
import { type CommonFlags, type ConfigFlags, example, mustBeKnown, takeConfig, useColor } from './command.ts';
import { exampleFiles, findInExample, printExample } from './examples.ts';
import { severitiesOf } from './rules.ts';

export function define(command: Command, io: Io, exit: (status: number) => void): void {
  example(command, `apiarch explain ${ownRules[0]?.id ?? 'RULE'}`);
  takeConfig(command)
    .description('Tells what a rule asks for, why, with examples, and how to suppress it.')
    .argument('<rule>', 'the id of a rule')
    .action(async (id: string) => {
      const { color, config } = command.optsWithGlobals<CommonFlags & ConfigFlags>();
      const { rules } = await loadConfig({ ...(config !== undefined && { config }) }, ownRules, io);
      mustBeKnown(
        'rule',
        id,
        rules.map((rule) => rule.id),
      );
      const rule = rules.find((rule) => rule.id === id)!;
      io.stdout.write(await explain(rule, rules, useColor(color, io.env, io.stdout)));
      exit(0);
    });
}

async function explain(rule: Rule, rules: readonly Rule[], color: boolean): Promise<string> {
  const { Chalk } = await import('chalk');
  const chalk = new Chalk({ level: color ? 1 : 0 });
  const head = `${chalk.bold(rule.id)}: ${rule.summary}.`;
  const examples = await Promise.all(
    checksOf(rule).map(([language, check]) => languageSections(rule, language, check, rules, color)),
  );
  const sections: [string, string][] = [
    ...examples.flat(),
    ['Not judged', list(absences(rule))],
    ['Options', optionList(rule)],
    ['Severity, by ruleset', list(whereOn(rule))],
    ['Equivalents', list(rule.equivalents)],
    ['Sources', list(rule.sources)],
    ['To suppress it', suppressing(rule)],
  ];
  const shown = sections
    .filter(([, body]) => body !== '')
    .map(([title, body]) => `${chalk.bold(title)}\n${indent(body)}`);
  return `${[head, rule.why.trim(), ...shown].join('\n\n')}\n`;
}

/** The rulesets in which a rule is on, and how loud. */
function whereOn(rule: Rule): string[] {
  const levels = Object.entries(severitiesOf(rule)).filter(([, level]) => level !== 'off');
  return levels.map(([name, level]) => `${name}: ${level}`);
}

function checksOf(rule: Rule) {
  return Object.entries(rule.checks) as [LanguageName, { readonly good: Example; readonly bad: Example }][];
}

async function languageSections(
  rule: Rule,
  language: LanguageName,
  { good, bad }: { readonly good: Example; readonly bad: Example },
  rules: readonly Rule[],
  color: boolean,
): Promise<[string, string][]> {
  return [
    [`Bad (${languages[language].title})`, documentText(language, bad)],
    ['What apiarch says of it', printExample(await findInExample(rule, language, bad, rules), color).trimEnd()],
    [`Good (${languages[language].title})`, documentText(language, good)],
  ];
}

function documentText(language: LanguageName, written: Example): string {
  const files = [...exampleFiles(language, written)];
  const text = files.map(([name, body]) => (files.length === 1 ? body : `# ${name}\n${body}`));
  return text.map((body) => body.replace(/^\n+|\s+$/g, '')).join('\n\n');
}

function optionList({ options = {} }: Rule): string {
  return list(
    Object.entries(options).map(
      ([name, { description, default: value }]) => `${name}: ${description} (default: ${JSON.stringify(value)})`,
    ),
  );
}

/** The languages in which one would look for a check, each with the reason why there is none. */
function absences({ absent = {} }: Rule): string[] {
  return languageNames.flatMap((name) => (absent[name] ? [`${languages[name].title}: ${absent[name]}`] : []));
}

/** How to suppress a rule, in the languages that it judges. */
function suppressing({ id, checks }: Rule): string {
  const notes: readonly (readonly [judged: unknown, how: string])[] = [
    [checks.openapi, `YAML: # apiarch-ignore ${id}: why`],
    [checks.openapi, `JSON: "x-apiarch-ignore": { "${id}": "why" }`],
    [checks.graphql, `GraphQL: # apiarch-ignore ${id}: why`],
    [checks.protobuf, `Protocol Buffers: // apiarch-ignore ${id}: why`],
  ];
  return notes.flatMap(([judged, how]) => (judged ? [how] : [])).join('\n');
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

function indent(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ');
}
