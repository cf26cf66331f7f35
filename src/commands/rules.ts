import type { Command } from 'commander';
import { loadConfig } from '../config/config.ts';
import { type Level, ownRulesets, resolveRulesets, rulesets } from '../config/rulesets.ts';
import type { Io } from '../io.ts';
import { languageNames } from '../languages/registry.ts';
import { rules as ownRules } from '../rules/index.ts';
import type { Rule } from '../rules/rule.ts';
import { closest } from '../text/closest.ts';
import { type CommonFlags, type ConfigFlags, example, oneOf, takeConfig, useColor } from './command.ts';

interface Flags extends CommonFlags, ConfigFlags {
  readonly language?: string;
  readonly ruleset?: string;
  readonly equivalent?: string;
  readonly format: keyof typeof formats;
}

export function define(command: Command, io: Io, exit: (status: number) => void): void {
  example(command, 'apiarch rules --language openapi --ruleset recommended');
  takeConfig(command)
    .description('Lists the rules, those of plugins too, and how loud each is in our rulesets.')
    .option('--language <name>', `only rules for ${languageNames.join(', ')}`, oneOf('--language', languageNames))
    .option('--ruleset <name>', 'only rules that this ruleset turns on', oneOf('--ruleset', Object.keys(rulesets)))
    .option('--equivalent <peer:id>', "only our rules for another linter's, as spectral:operation-description")
    .option('-f, --format <name>', 'table, json or markdown', oneOf('--format', Object.keys(formats)), 'table')
    .action(async () => {
      const flags: Flags = command.optsWithGlobals();
      const { rules } = await loadConfig(flags, ownRules, io);
      const chosen = choose(rules, flags);
      if (chosen.length === 0) io.stderr.write(noneFor(rules, flags));
      io.stdout.write(await formats[flags.format](chosen, useColor(flags.color, io.env, io.stdout), flags.ruleset));
      exit(0);
    });
}

function choose(rules: readonly Rule[], { language, ruleset, equivalent }: Flags): Rule[] {
  return rules.filter(
    (rule) =>
      (language === undefined || Object.hasOwn(rule.checks, language)) &&
      (ruleset === undefined || (severitiesOf(rule)[ruleset] ?? 'off') !== 'off') &&
      (equivalent === undefined || rule.equivalents.includes(equivalent)),
  );
}

function noneFor(rules: readonly Rule[], { equivalent }: Flags): string {
  if (equivalent === undefined) return 'apiarch: no rule fits.\n';
  const suggestion = closest(equivalent, new Set(rules.flatMap((rule) => rule.equivalents)));
  return `apiarch: no rule of ours stands for \`${equivalent}\`${suggestion === null ? '.' : `; did you mean \`${suggestion}\`?`}\n`;
}

const formats: Readonly<
  Record<'table' | 'json' | 'markdown', (chosen: readonly Rule[], color: boolean, ruleset?: string) => Promise<string>>
> = {
  json: async (chosen) => `${JSON.stringify(chosen.map(asJson), null, 2)}\n`,
  table: asTable,
  markdown: async (chosen) => {
    const names = Object.keys(rulesets);
    const cells = chosen.map((rule) => [
      `\`${rule.id}\``,
      rule.summary,
      languagesOf(rule).join(', '),
      ...Object.values(severitiesOf(rule)),
    ]);
    const rows = [
      ['rule', 'checks that', 'languages', ...names],
      [...Array(3 + names.length)].map(() => '---'),
      ...cells,
    ];
    return rows.map((row) => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`).join('');
  },
};

/** The public shape of a rule: it changes only on purpose. */
function asJson(rule: Rule) {
  const { id, summary, why, equivalents, sources, options = {} } = rule;
  return {
    id,
    summary,
    why,
    languages: languagesOf(rule),
    severity: severitiesOf(rule),
    fixable: Object.values(rule.checks).some(({ fixable }) => fixable !== undefined),
    options,
    equivalents,
    sources,
  };
}

/** How loud rules are in one ruleset, else in the two that most people choose from: more would not fit a terminal. */
async function asTable(chosen: readonly Rule[], color: boolean, ruleset?: string): Promise<string> {
  const { Chalk } = await import('chalk');
  const chalk = new Chalk({ level: color ? 1 : 0 });
  const shades = { error: chalk.red, warn: chalk.yellow, info: chalk.cyan, off: chalk.dim };
  const names = ruleset === undefined ? ['recommended', 'strict'] : [ruleset];
  const idWidth = Math.max(4, ...chosen.map(({ id }) => id.length)) + 2;
  const width = Math.max(5, ...names.map((name) => name.length)) + 2;
  const head = chalk.dim(`${'rule'.padEnd(idWidth)}${names.map((name) => name.padEnd(width)).join('')}checks that`);
  const lines = chosen.map((rule) => {
    const severities = severitiesOf(rule);
    const levels = names.map((name) => shades[severities[name]!](severities[name]!.padEnd(width)));
    return `${rule.id.padEnd(idWidth)}${levels.join('')}${rule.summary}`;
  });
  return [head, ...lines, ''].join('\n');
}

function languagesOf(rule: Rule): string[] {
  return languageNames.filter((language) => Object.hasOwn(rule.checks, language));
}

/** How loud a rule is in each ruleset of ours. Those of plugins are warnings unless a ruleset says more. */
export function severitiesOf(rule: Rule): Record<string, Level> {
  const byDefault = { rules: ownRules.includes(rule) ? {} : { [rule.id]: 'warn' as const } };
  const entries = Object.keys(rulesets).map((name) => {
    const resolved = resolveRulesets([byDefault, ...ownRulesets(name)], [rule]);
    return [name, resolved.get(rule.id)?.severity ?? 'off'] as const;
  });
  return Object.fromEntries(entries);
}
