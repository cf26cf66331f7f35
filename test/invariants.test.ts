import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { indexSource, ruleIds } from '../scripts/new-rule.mjs';
import { enabledRules, ownRulesets, ruleNames, rulesets } from '../src/config/rulesets.ts';
import { rules } from '../src/rules/index.ts';

/**
 * Who may import what of ours, besides files of the same area. The first area that a file's path starts with counts;
 * `*` stands for one folder.
 */
const areas: { area: string; may: string[]; because: string }[] = [
  { area: 'text/', may: [], because: 'texts, places and problems are the ground that all else stands on' },
  { area: 'words/', may: [], because: 'the lexicon knows English and nothing of APIs' },
  {
    area: 'languages/language.ts',
    may: ['text/', 'languages/*/'],
    because: 'the port names the API type of each language, and their texts and places',
  },
  { area: 'languages/registry.ts', may: ['languages/'], because: 'it loads the languages' },
  {
    area: 'languages/*/',
    may: ['text/', 'languages/language.ts'],
    because: 'a language knows neither rules nor its siblings: what would fit all fits none',
  },
  {
    area: 'rules/rule.ts',
    may: ['text/', 'languages/language.ts'],
    because: 'what a rule is depends on no concrete rule',
  },
  { area: 'rules/index.ts', may: ['rules/'], because: 'it is the list of rules' },
  {
    area: 'conventions/',
    may: ['text/', 'words/', 'languages/'],
    because: 'what names and shapes mean by convention is worked out from the API, whatever rule asks',
  },
  {
    area: 'rules/*/',
    may: ['text/', 'words/', 'languages/', 'conventions/', 'rules/rule.ts'],
    because: 'a rule loops over what a language selects; it does not lean on rules of other principles',
  },
  {
    area: 'lint/',
    may: ['text/', 'languages/language.ts', 'rules/rule.ts'],
    because: 'the engine knows no concrete rule and no concrete language',
  },
  {
    area: 'spectral/',
    may: ['text/', 'languages/', 'io.ts', 'failure.ts'],
    because: 'rules of Spectral see documents; of rules and engines of ours they know nothing',
  },
  {
    area: 'typescript/',
    may: ['text/', 'languages/', 'failure.ts'],
    because: 'types are made of documents, whatever rules say of them',
  },
  {
    area: 'mock/',
    may: ['text/', 'words/', 'languages/', 'conventions/', 'failure.ts'],
    because: 'a mock is made of documents and of what they mean by convention; it needs neither rules nor reports',
  },
  { area: 'report/', may: ['text/'], because: 'reporters know plain report data, nothing of languages or engines' },
  {
    area: 'config/',
    may: [
      ...['text/', 'languages/language.ts', 'languages/registry.ts', 'rules/rule.ts', 'lint/', 'io.ts', 'failure.ts'],
      ...['spectral/detect.ts', 'index.ts'],
    ],
    because:
      'configuration says which rules run on which files; the rules themselves are handed in, and plugins import apiarch',
  },
  {
    area: 'init/',
    may: ['text/', 'languages/', 'rules/rule.ts', 'config/', 'io.ts', 'failure.ts'],
    because: 'it writes configuration: the rules are handed in, and the questions are the only thing it shows',
  },
  {
    area: 'commands/',
    may: [
      ...['text/', 'languages/language.ts', 'languages/registry.ts', 'rules/rule.ts', 'rules/index.ts'],
      ...[
        'lint/',
        'config/',
        'init/',
        'mock/',
        'report/',
        'spectral/',
        'typescript/',
        'conventions/openapi/maturity.ts',
        'io.ts',
        'failure.ts',
      ],
    ],
    because: 'commands put engines, rules and reporters together, and touch the world through Io alone',
  },
  { area: 'io.ts', may: ['failure.ts', 'text/'], because: 'the outside world knows nothing of linting' },
  { area: 'failure.ts', may: [], because: 'a sentence and an exit code' },
  { area: 'cli.ts', may: ['commands/', 'io.ts', 'failure.ts', 'text/'], because: 'the entry only chooses a command' },
  { area: 'start.ts', may: ['main.ts'], because: 'it loads what is built, whatever that does' },
  { area: 'main.ts', may: ['cli.ts', 'io.ts'], because: 'it joins the command line and the process' },
  {
    area: 'index.ts',
    may: ['text/', 'languages/', 'rules/', 'lint/', 'config/', 'report/', 'commands/', 'io.ts', 'failure.ts'],
    because: 'the Node API gives what the commands give',
  },
];

/** The modules of Node that reach outside, and who may use them. */
const outside =
  /^node:(fs|child_process|cluster|dgram|dns|http|http2|https|inspector|net|os|process|readline|repl|tls|tty|worker_threads)\b/;
/** What servers are made of. */
const network = /^node:(?:https?|net)$/;
const outsiders = ['io.ts', 'start.ts'];

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'))
  .sort();

describe('the sources', () => {
  it('import only what their area may', () => {
    const offences = files.flatMap((file) => {
      const area = areas.find(({ area }) => matches(file, area));
      if (!area) return [`${file} belongs to no area: say in this test what it may import`];
      return ownImports(file)
        .filter((target) => !isSameArea(file, target, area.area) && !area.may.some((prefix) => matches(target, prefix)))
        .map((target) => `${file} imports ${target}, but ${area.because}`);
    });
    expect(offences).toEqual([]);
  });

  it('import each other with the ending .ts', () => {
    const offences = files.flatMap((file) =>
      ownImports(file)
        .filter((target) => !files.includes(target))
        .map((target) => `${file} imports ${target}`),
    );
    expect(offences).toEqual([]);
  });

  it('reach outside in few places', () => {
    const offences = files
      .filter((file) => !outsiders.includes(file))
      .flatMap((file) => [
        ...specifiers(file)
          .filter((name) => outside.test(name) && !(file.startsWith('mock/') && network.test(name)))
          .map((name) => `${file} imports ${name}`),
        ...globalsOf(file)
          .filter((name) => name === 'process')
          .map((name) => `${file} uses ${name}`),
      ]);
    expect(offences).toEqual([]);
  });

  it('never write to the console or end the process', () => {
    const offences = files.flatMap((file) => [
      ...globalsOf(file)
        .filter((name) => name === 'console')
        .map(() => `${file} uses console`),
      ...(/\bprocess\s*\.\s*(exit|abort|kill)\s*\(/.test(textOf(file)) ? [`${file} ends the process`] : []),
    ]);
    expect(offences).toEqual([]);
  });
});

describe('the rules', () => {
  it('are exactly the files of their folder, in the order of their ids', () => {
    expect(rules.map(({ id }) => id)).toEqual(ruleIds('src/rules'));
    expect(textOf('rules/index.ts'), 'npm run new-rule -- --sync mends it').toBe(indexSource(ruleIds('src/rules')));
  });

  it('run in at least one ruleset each', () => {
    const running = Object.keys(rulesets).flatMap((name) => enabledRules(ownRulesets(name), [], rules));
    const ids = new Set(running.map(({ rule }) => rule.id));
    expect(rules.map(({ id }) => id).filter((id) => !ids.has(id))).toEqual([]);
  });

  it('have documentation that is up to date', async () => {
    const { projectDocs, staleDocs } = await import('../scripts/project-docs.ts');
    const { pages, faults } = await projectDocs();
    expect(staleDocs(pages, '.'), 'npm run docs mends it').toEqual([]);
    expect(faults).toEqual([]);
  });
});

describe('the rulesets', () => {
  it('name only rules that there are', () => {
    const names = new Set(ruleNames(rules));
    const unknown = Object.entries(rulesets).flatMap(([name, ruleset]) =>
      Object.keys(ruleset.rules)
        .filter((id) => !names.has(id))
        .map((id) => `${name}: ${id}`),
    );
    expect(unknown).toEqual([]);
  });

  it('are each in the table', () => {
    const files = readdirSync('rulesets').filter((file) => file.endsWith('.yaml'));
    const onDisk = files.map((file) => file.replace(/\.yaml$/, ''));
    expect(Object.keys(rulesets).sort()).toEqual(onDisk.sort());
  });
});

/** Whether `path` starts with `prefix`, in which `*` stands for one folder. */
function matches(path: string, prefix: string): boolean {
  return new RegExp(`^${prefix.replaceAll('.', '\\.').replaceAll('*', '[^/]+')}`).test(path);
}

/** Whether both files lie in the folder that the area's pattern stands for. */
function isSameArea(file: string, target: string, area: string): boolean {
  if (!area.endsWith('/')) return false;
  const depth = area.split('/').length - 1;
  const folder = `${file.split('/').slice(0, depth).join('/')}/`;
  return target.startsWith(folder);
}

/** The files of `src` that a file imports. Data (`package.json`, rulesets) lies outside and does not count. */
function ownImports(file: string): string[] {
  return specifiers(file)
    .filter((name) => name.startsWith('.'))
    .map((name) => posix.join(posix.dirname(file), name))
    .filter((path) => !path.startsWith('../') && !path.endsWith('.yaml') && !path.endsWith('.json'));
}

/** What a file imports, statically, dynamically or as types, as it is written. */
function specifiers(file: string): string[] {
  return ts.preProcessFile(textOf(file), true, true).importedFiles.map(({ fileName }) => fileName);
}

/** The names `process` and `console` where they are used as values. */
function globalsOf(file: string): string[] {
  const text = textOf(file);
  if (!/\b(process|console)\b/.test(text)) return [];
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && /^(process|console)$/.test(node.text) && isReference(node)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return found;
}

/** Whether an identifier is more than the name of a property. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  return !ts.isPropertyAssignment(parent) && !ts.isPropertySignature(parent);
}

function textOf(file: string): string {
  return readFileSync(`src/${file}`, 'utf8');
}
