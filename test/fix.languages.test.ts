// Fixes of GraphQL and .proto documents: what they mend is mended, and nothing else happens.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import fc from 'fast-check';
import { type ASTNode, type FieldDefinitionNode, parse, print, visit } from 'graphql';
import protobufjs from 'protobufjs';
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

/**
 * Makes the fixes of some rules, or of all that find something.
 * @param more rules that are to run beside those of `strict`
 */
async function fixed(
  language: LanguageName,
  texts: Texts,
  {
    unsafe = true,
    only = [],
    more = only,
  }: { unsafe?: boolean; only?: readonly string[]; more?: readonly string[] } = {},
): Promise<FixOutcome> {
  const wanted = (problems: readonly Problem[]) =>
    problems.map((problem) => {
      const { fix: _, ...bare } = problem;
      return only.length === 0 || only.includes(problem.rule) ? problem : bare;
    });
  const judge = async (changed: Texts) => wanted(await judged(language, new Map([...texts, ...changed]), more));
  return fixAll(await judge(texts), { unsafe, judge });
}

const fixable = rules.flatMap((rule) =>
  (['graphql', 'protobuf'] as const).flatMap((language) => {
    const check = rule.checks[language];
    return check?.fixable ? [{ id: rule.id, language, check, kind: check.fixable }] : [];
  }),
);

const bom = '\uFEFF';

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

  it.each(fixable)(
    'of $id in $language keeps its line breaks and its byte order mark',
    async ({ id, language, check }) => {
      const texts = exampleFiles(language, check.bad);
      const windows = new Map([...texts].map(([path, text]) => [path, bom + text.replaceAll('\n', '\r\n')]));
      const [here, there] = [
        await fixed(language, texts, { only: [id] }),
        await fixed(language, windows, { only: [id] }),
      ];
      const wanted = [...here.files].map(([path, text]) => [path, bom + text.replaceAll('\n', '\r\n')]);
      expect([...there.files]).toEqual(wanted);
    },
  );
});

describe('a broken document', () => {
  it.each(['graphql', 'protobuf'] as const)('of %s is fixed without harm', async (language) => {
    const ids = fixable.flatMap((one) => (one.language === language ? [one.id] : []));
    const examples = fixable
      .filter((one) => one.language === language)
      .map(({ check }) => exampleFiles(language, check.bad));
    const cut = fc.record({
      from: fc.nat(400),
      length: fc.nat(12),
      put: fc.constantFrom('', '\r', '#', '//', '"', '}', '{ ', '\n\n', ', ;'),
    });
    const documents = fc.record({
      example: fc.constantFrom(...examples),
      cuts: fc.array(cut, { minLength: 1, maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(documents, async ({ example, cuts }) => {
        const [[path, whole] = ['', '']] = example;
        const text = cuts.reduce(
          (all, { from, length, put }) => all.slice(0, from) + put + all.slice(from + length),
          whole,
        );
        const texts = new Map([...example, [path, text]]);
        const outcome = await fixed(language, texts, { more: ids });
        const broken = outcome.withdrawn.filter(({ because }) => because?.rule === 'structure/syntax');
        expect(broken).toEqual([]);
        const before = countsOf(await judged(language, texts, ids));
        for (const [kind, count] of countsOf(outcome.remaining))
          expect(count, kind).toBeLessThanOrEqual(before.get(kind) ?? 0);
      }),
      { numRuns: 150, seed: 4 },
    );
  });
});

/** Of each language the sets of files that are fixed together, by name. */
const corpus = '../shared/corpus';
const sets = [
  ...['swapi', 'saleor', 'github-microcks'].map((name) => ['graphql', `graphql/${name}.graphql`] as const),
  ...['etcd', 'grpc-proto', 'temporal', 'googleapis/google/cloud/kms'].map(
    (name) => ['protobuf', `proto/${name}`] as const,
  ),
];

describe.skipIf(!existsSync(corpus))('real documents', () => {
  describe.each(sets)('%s of %s', { timeout: 300_000 }, (language, path) => {
    const texts = existsSync(corpus) ? textsBelow(`${corpus}/${path}`) : new Map<string, string>();
    const ids = fixable.flatMap((one) => (one.language === language ? [one.id] : []));

    it('mean the same with safe fixes', async () => {
      const outcome = await fixed(language, texts, { unsafe: false, more: ids });
      expect(outcome.files.size).toBeGreaterThan(0);
      for (const [name, text] of outcome.files)
        expect(meaningOf(language, text)).toEqual(meaningOf(language, texts.get(name)!));
    });

    it('have nothing new with all fixes, and need no second run', async () => {
      const outcome = await fixed(language, texts, { more: ids });
      const after = new Map([...texts, ...outcome.files]);
      const before = countsOf(await judged(language, texts, ids));
      for (const [kind, count] of countsOf(await judged(language, after, ids))) {
        expect(count, kind).toBeLessThanOrEqual(before.get(kind) ?? 0);
      }
      for (const [name, text] of outcome.files) {
        if (meaningOf(language, texts.get(name)!) !== null) expect(meaningOf(language, text)).not.toBeNull();
      }
      const again = await fixed(language, after, { more: ids });
      expect([...again.files.keys()]).toEqual([]);
    });
  });
});

function textsBelow(path: string): Texts {
  const isFolder = statSync(path).isDirectory();
  const names = isFolder ? readdirSync(path, { recursive: true, encoding: 'utf8' }).sort() : [''];
  const files = isFolder ? names.filter((name) => name.endsWith('.proto')).map((name) => `${path}/${name}`) : [path];
  return new Map(files.map((file) => [file, readFileSync(file, 'utf8')]));
}

/** How many problems of a rule a file has. */
function countsOf(problems: readonly Problem[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { rule, range } of problems) {
    const kind = `${rule} in ${range.source.path}`;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}

/** What other readers make of a document, but for prose, order where it means nothing, and what is reserved; null where they cannot read it. */
function meaningOf(language: LanguageName, text: string): unknown {
  try {
    return language === 'graphql' ? schemaOf(text) : descriptorsOf(text);
  } catch {
    return null;
  }
}

function schemaOf(text: string): string {
  const named = (a: ASTNode, b: ASTNode) => (print(a) < print(b) ? -1 : 1);
  const sorted = visit(parse(text, { noLocation: true }), {
    leave(node: ASTNode) {
      const { description: _, ...bare } = node as FieldDefinitionNode;
      const lists = Object.entries(bare).map(([key, value]) => [
        key,
        Array.isArray(value) ? value.toSorted(named) : value,
      ]);
      return Object.fromEntries(lists);
    },
  });
  return print(sorted);
}

function descriptorsOf(text: string): unknown {
  const { root, package: name } = protobufjs.parse(text, new protobufjs.Root(), { keepCase: true });
  return { name, json: JSON.stringify(root.toJSON(), (key, value) => (key === 'reserved' ? undefined : value)) };
}
