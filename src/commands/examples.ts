// What a rule finds in its own examples: shown in the docs, held by the tests.
import { enabledRules } from '../config/rulesets.ts';
import type { LanguageName } from '../languages/language.ts';
import { languages } from '../languages/registry.ts';
import { lint } from '../lint/lint.ts';
import { prettyProblems } from '../report/pretty.ts';
import type { Example, Rule } from '../rules/rule.ts';
import type { Problem } from '../text/problem.ts';
import { Source } from '../text/source.ts';

/** What an example that is one document is called. */
const entryNames: Readonly<Record<LanguageName, string>> = {
  openapi: 'openapi.yaml',
  graphql: 'schema.graphql',
  protobuf: 'user.proto',
};

/** The files of an example by name, the entry first. */
export function exampleFiles(language: LanguageName, example: Example): ReadonlyMap<string, string> {
  const files = Object.entries(typeof example === 'string' ? { [entryNames[language]]: example } : example);
  // In a template string, text begins on the line behind the backtick.
  return new Map(files.map(([path, text]) => [path, text.replace(/^\n/, '')]));
}

/**
 * What `rule` alone, with its default options, finds in an example of `language`. Its files see each other and nothing else. Those of
 * an OpenAPI example belong to the first; those of the other languages stand side by side.
 * @param known all rules there are
 * @throws when the rule breaks down
 */
export async function findInExample(
  rule: Rule,
  language: LanguageName,
  example: Example,
  known: readonly Rule[],
): Promise<readonly Problem[]> {
  const sources = new Map([...exampleFiles(language, example)].map(([path, text]) => [path, new Source(path, text)]));
  const entries = [...sources.values()].slice(0, language === 'openapi' ? 1 : undefined);
  const read = (path: string) => {
    const source = sources.get(path);
    return source ? { source } : { refused: 'there is no such file' };
  };
  const apis = (await languages[language].load()).read(entries, { read });
  const { problems, failed } = lint(apis, { rules: enabledRules([], [{ id: rule.id, level: 'warn' }], [rule]), known });
  if (failed.length > 0) throw new Error(problems.map(({ message }) => message).join('\n'));
  return problems;
}

/** The problems of an example as a terminal shows them. */
export function printExample(problems: readonly Problem[], color = false): string {
  return prettyProblems({ problems, color });
}
