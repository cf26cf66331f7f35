// Fixes of GraphQL and .proto documents: what they mend is mended, and nothing else happens.
import { describe, expect, it } from 'vitest';
import { exampleFiles } from '../src/commands/examples.ts';
import { enabledRules, ownRulesets } from '../src/config/rulesets.ts';
import type { LanguageName } from '../src/languages/language.ts';
import { languages } from '../src/languages/registry.ts';
import { type FixOutcome, fixAll } from '../src/lint/fix.ts';
import { lint } from '../src/lint/lint.ts';
import { rules } from '../src/rules/index.ts';
import type { Problem } from '../src/text/problem.ts';
import { Source } from '../src/text/source.ts';

type Texts = ReadonlyMap<string, string>;

const strict = enabledRules(ownRulesets('strict'), [], rules);

/** What the rules of `strict`, and those that are named, find in files that see each other and nothing else. */
async function judged(language: LanguageName, texts: Texts, ids: readonly string[] = []): Promise<readonly Problem[]> {
  const sources = new Map([...texts].map(([path, text]) => [path, new Source(path, text)]));
  const read = (path: string) => {
    const source = sources.get(path);
    return source ? { source } : { refused: 'there is no such file' };
  };
  const apis = (await languages[language].load()).read([...sources.values()], { read });
  const more = enabledRules(
    [],
    ids.map((id) => ({ id, level: 'warn' as const })),
    rules,
  );
  const enabled = [...strict.filter(({ rule }) => !ids.includes(rule.id)), ...more];
  const { problems, failed } = lint(apis, { rules: enabled, known: rules });
  expect(failed).toEqual([]);
  return problems;
}

/** Makes the fixes of one rule, or of all that find something. */
async function fixed(
  language: LanguageName,
  texts: Texts,
  { unsafe = true, only = [] as readonly string[] } = {},
): Promise<FixOutcome> {
  const wanted = (problems: readonly Problem[]) =>
    problems.map((problem) => {
      const { fix: _, ...bare } = problem;
      return only.length === 0 || only.includes(problem.rule) ? problem : bare;
    });
  const judge = async (changed: Texts) => wanted(await judged(language, new Map([...texts, ...changed]), only));
  return fixAll(await judge(texts), { unsafe, judge });
}

const fixable = rules.flatMap((rule) =>
  (['graphql', 'protobuf'] as const).flatMap((language) => {
    const check = rule.checks[language];
    return check?.fixable ? [{ id: rule.id, language, check, kind: check.fixable }] : [];
  }),
);

describe('the bad example', () => {
  it.each(fixable)('of $id in $language is mended', async ({ id, language, check, kind }) => {
    const texts = exampleFiles(language, check.bad);
    const before = (await judged(language, texts, [id])).filter(({ rule }) => rule === id);
    const mendable = before.filter(({ fix }) => fix && fix.edits().length > 0);
    expect(mendable).not.toEqual([]);
    if (kind === 'safe') expect(mendable.some(({ fix }) => fix!.safe)).toBe(true);
    const outcome = await fixed(language, texts, { only: [id] });
    expect(outcome.withdrawn.map(({ problem, because }) => [problem.message, because?.message])).toEqual([]);
    expect(outcome.stable).toBe(true);
    const left = outcome.remaining.filter((problem) => problem.rule === id && problem.fix?.edits().length);
    expect(left).toEqual([]);
    const after = [...new Map([...texts, ...outcome.files])].map(([path, text]) => `// ${path}\n${text}`).join('\n');
    await expect(after).toMatchFileSnapshot(`__snapshots__/fixes/${id}.${language}.txt`);
  });
});
