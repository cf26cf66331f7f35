import type { Config } from '../config/config.ts';
import { settingsIn } from '../config/policy.ts';
import type { Pick } from '../config/rulesets.ts';
import { type Io, relativePath } from '../io.ts';
import { languageNames, languages } from '../languages/registry.ts';
import type { Rule } from '../rules/rule.ts';

/** The configuration that applies to a file, as JSON: a public format, which changes only on purpose. */
export function printedConfig(file: string, config: Config, picks: readonly Pick[], io: Io): string {
  const path = relativePath(io.cwd, file);
  const settings = settingsIn(path, config, picks);
  const running = rulesFor(path, config.rules).filter(({ id }) => settings.get(id)!.severity !== 'off');
  const printed = {
    file: path,
    config: config.path,
    ignored: config.ignores?.(path) ?? false,
    apis: config.apis.filter(({ files }) => files(path)).map(({ name }) => name),
    spectral: config.spectral,
    failOn: config.failOn ?? 'error',
    baseline: config.baseline,
    rules: Object.fromEntries(running.map(({ id }) => [id, settings.get(id)])),
  };
  return `${JSON.stringify(printed, null, 2)}\n`;
}

/** The rules that could judge a file of this name. */
function rulesFor(path: string, rules: readonly Rule[]): readonly Rule[] {
  const fitting = languageNames.filter((name) => languages[name].extensions.some((one) => path.endsWith(one)));
  return fitting.length === 0 ? rules : rules.filter(({ checks }) => fitting.some((name) => checks[name]));
}
