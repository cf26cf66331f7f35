import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { describe, expect, it } from 'vitest';
import { exampleFiles } from '../src/commands/examples.ts';
import { enabledRules, ownRulesets } from '../src/config/rulesets.ts';
import type { Api, LanguageName } from '../src/languages/language.ts';
import { languages } from '../src/languages/registry.ts';
import { fixAll } from '../src/lint/fix.ts';
import { lint } from '../src/lint/lint.ts';
import { rules } from '../src/rules/index.ts';
import type { Example, Rule } from '../src/rules/rule.ts';
import type { Problem } from '../src/text/problem.ts';
import { Source } from '../src/text/source.ts';

/** `RULES=pagination/,errors/` tests the rules whose ids start so. */
const wanted = (process.env['RULES'] ?? '').split(',').filter(Boolean);
const checks = rules
  .filter(({ id }) => wanted.length === 0 || wanted.some((start) => id.startsWith(start)))
  .flatMap((rule) =>
    (Object.keys(rule.checks) as LanguageName[]).map((language) => [rule.id, language, rule] as const),
  );
const strict = enabledRules(ownRulesets('strict'), [], rules);

// Those of the other languages are tested in fix.languages.test.ts.
const fixable = checks.filter(([, language, rule]) => language === 'openapi' && rule.checks[language]!.fixable);
const others = checks.filter(([, language, rule]) => !rule.checks[language]!.fixable);

describe.each(fixable)('the fix of %s for %s', (id, language, rule) => {
  const { bad, fixable: kind } = rule.checks[language]!;

  it('mends what it says it mends, and brings up nothing new', async () => {
    const read = await readerOf(language, bad);
    const before = judged(read(new Map()), rule);
    const mendable = before.filter(({ fix }) => fix);
    expect(mendable, 'some finding has a fix').not.toEqual([]);
    if (kind === 'safe')
      expect(
        mendable.some(({ fix }) => fix!.safe),
        'some fix is safe',
      ).toBe(true);
    else
      expect(
        mendable.every(({ fix }) => !fix!.safe),
        'no fix is safe',
      ).toBe(true);
    for (const { fix } of mendable) expect(fix!.title).toMatch(/^[A-Z`].*[^.]$/);
    // All rules say whether something is new; only this one is to be mended.
    const start = [...judged(read(new Map()), rule), ...judgedByOthers(read(new Map()), rule)];
    const outcome = await fixAll(start, {
      unsafe: true,
      judge: (texts) => [...judged(read(texts), rule), ...judgedByOthers(read(texts), rule)],
    });
    expect(outcome.withdrawn.map(({ problem, because }) => [problem.message, because?.rule, because?.message])).toEqual(
      [],
    );
    const left = outcome.remaining.filter((problem) => problem.rule === rule.id);
    expect(left.filter(({ fix }) => fix).map(({ message }) => message)).toEqual([]);
    expect(left.length).toBeLessThanOrEqual(before.length - mendable.length);
    expect(outcome.stable).toBe(true);
    await expect(patchOf(outcome.files, read(new Map()))).toMatchFileSnapshot(
      `__snapshots__/fixes/${id}.${language}.txt`,
    );
  });
});

it('only fixable checks have fixes', async () => {
  const offences: string[] = [];
  for (const [id, language, rule] of others) {
    const read = await readerOf(language, rule.checks[language]!.bad);
    if (judged(read(new Map()), rule).some(({ fix }) => fix)) offences.push(`${id} for ${language}`);
  }
  expect(offences).toEqual([]);
});

/** Reads an example with other texts in the place of its files. */
async function readerOf(language: LanguageName, example: Example) {
  const files = exampleFiles(language, example);
  const { read } = await languages[language].load();
  return (texts: ReadonlyMap<string, string>): readonly Api[] => {
    const sources = new Map([...files].map(([path, text]) => [path, new Source(path, texts.get(path) ?? text)]));
    const entries = [...sources.values()].slice(0, language === 'openapi' ? 1 : undefined);
    const find = (path: string) => {
      const source = sources.get(path);
      return source ? { source } : { refused: 'there is no such file' };
    };
    return read(entries, { read: find });
  };
}

function judged(apis: readonly Api[], rule: Rule): readonly Problem[] {
  return lint(apis, { rules: enabledRules([], [{ id: rule.id, level: 'warn' }], [rule]), known: rules }).problems;
}

function judgedByOthers(apis: readonly Api[], rule: Rule): Problem[] {
  const others = strict.filter((enabled) => enabled.rule.id !== rule.id);
  // Their own fixes are tested elsewhere.
  return lint(apis, { rules: others, known: rules }).problems.map(({ fix: _, ...problem }) => problem);
}

function patchOf(files: ReadonlyMap<string, string>, apis: readonly Api[]): string {
  const before = new Map(apis.flatMap(({ sources }) => sources.map(({ path, text }) => [path, text])));
  const patches = [...files].map(([path, text]) =>
    createTwoFilesPatch(`a/${path}`, `b/${path}`, before.get(path)!, text, undefined, undefined, {
      headerOptions: FILE_HEADERS_ONLY,
    }),
  );
  return patches.join('');
}
