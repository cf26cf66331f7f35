import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { describe, expect, it } from 'vitest';
import { exampleFiles } from '../src/commands/examples.ts';
import { enabledRules, ownRulesets } from '../src/config/rulesets.ts';
import type { Api, Language, LanguageName } from '../src/languages/language.ts';
import type { OpenApi } from '../src/languages/openapi/openapi.ts';
import { languages } from '../src/languages/registry.ts';
import { fixAll } from '../src/lint/fix.ts';
import { lint } from '../src/lint/lint.ts';
import { rules } from '../src/rules/index.ts';
import type { Example, Rule } from '../src/rules/rule.ts';
import { fingerprint } from '../src/text/fingerprint.ts';
import type { Problem } from '../src/text/problem.ts';
import { Source } from '../src/text/source.ts';

/** `RULES=pagination/,errors/` tests the rules whose ids start so. */
const wanted = (process.env['RULES'] ?? '').split(',').filter(Boolean);
const checks = rules
  .filter(({ id }) => wanted.length === 0 || wanted.some((start) => id.startsWith(start)))
  .flatMap((rule) =>
    (Object.keys(rule.checks) as LanguageName[]).map((language) => [rule.id, language, rule] as const),
  );
const recommended = enabledRules(ownRulesets('recommended'), [], rules);
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

type Reader = Language['read'];

it('the documentation lists what can be fixed', () => {
  const rows = [...readFileSync('docs/fixes.md', 'utf8').matchAll(/^\| \[`(.+?)`\]\(.*?\) \| (.+) \|$/gm)];
  const listed = rows.map(([, id, languages]) => `${id}: ${languages}`);
  const names = { openapi: 'OpenAPI', graphql: 'GraphQL', protobuf: 'Protobuf' };
  const expected = rules.flatMap(({ id, checks }) => {
    const kinds = Object.entries(checks).filter(([, check]) => check.fixable);
    const languages = kinds.map(([language, { fixable }]) => {
      return names[language as LanguageName] + (fixable === 'unsafe' ? ' (unsafe)' : '');
    });
    return languages.length > 0 ? [`${id}: ${languages.join(', ')}`] : [];
  });
  expect(listed).toEqual(expected);
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

const corpus = '../shared/corpus/openapi';

describe('real documents', () => {
  const files = existsSync(corpus) ? readdirSync(corpus).filter((name) => isSmall(`${corpus}/${name}`)) : [];

  const runs = files.flatMap((name) => [false, true].map((unsafe) => ({ name, unsafe })));

  it.skipIf(runs.length === 0).each(runs.length > 0 ? runs : [{ name: 'none', unsafe: false }])(
    '$name, unsafe fixes: $unsafe: nothing new, nothing else, and nothing the second time',
    async ({ name, unsafe }) => {
      const text = readFileSync(`${corpus}/${name}`, 'utf8');
      const { read } = await languages.openapi.load();
      const judge = (texts: ReadonlyMap<string, string>) => {
        const apis = read([new Source(name, texts.get(name) ?? text)], { read: () => ({ refused: 'only one file' }) });
        return lint(apis, { rules: recommended, known: rules }).problems;
      };
      const first = judge(new Map());
      const outcome = await fixAll(first, { unsafe, judge });
      expect(outcome.stable).toBe(true);
      const kinds = countsOf(first);
      for (const [kind, count] of countsOf(outcome.remaining))
        expect(count, kind).toBeLessThanOrEqual(kinds.get(kind) ?? 0);
      const after = outcome.files.get(name) ?? text;
      if (!unsafe) expect(strayChanges(read, name, text, after, outcome.fixed)).toEqual([]);
      expect(commentsOf(after)).toEqual(expect.arrayContaining(commentsOf(text)));
      // Fixes that were taken back once are taken back again.
      const again = await fixAll(judge(new Map([[name, after]])), {
        unsafe,
        judge: (texts) => judge(new Map([[name, after], ...texts])),
      });
      expect([...again.files]).toEqual([]);
    },
    300_000,
  );
});

/** Bounded, so that the test is. */
function isSmall(path: string): boolean {
  return statSync(path).isFile() && statSync(path).size < 600_000;
}

/** How often each rule says the same in other words. */
function countsOf(problems: readonly Problem[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { rule, message } of problems) {
    const kind = fingerprint({ rule, message, element: rule });
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}

/** The comments that have their line to themselves, roughly: lines of descriptions may look like it, and stay as well. */
function commentsOf(text: string): string[] {
  return text.split('\n').flatMap((line) => /^\s*#.*/.exec(line)?.[0] ?? []);
}

/** The values that changed or went away elsewhere than in the object that holds what was fixed. */
function strayChanges(read: Reader, name: string, before: string, after: string, fixed: readonly Problem[]): string[] {
  const [old, now] = [before, after].map((text) => {
    const [api] = read([new Source(name, text)], { read: () => ({ refused: 'only one file' }) });
    return (api as OpenApi).root.value;
  });
  const allowed = new Set(fixed.map(({ element }) => element.slice(0, element.lastIndexOf('/'))));
  const isAllowed = (element: string): boolean =>
    allowed.has(element) || (element.includes('/') && isAllowed(element.slice(0, element.lastIndexOf('/'))));
  return changesIn('#', old, now).filter((element) => !isAllowed(element));
}

function changesIn(element: string, old: unknown, now: unknown): string[] {
  if (old === null || typeof old !== 'object') return Object.is(old, now) ? [] : [element];
  if (now === null || typeof now !== 'object') return [element];
  return Object.entries(old).flatMap(([key, child]) => {
    const pointer = `${element}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    return changesIn(pointer, child, (now as Record<string, unknown>)[key]);
  });
}
