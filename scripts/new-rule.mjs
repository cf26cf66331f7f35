// `npm run new-rule pagination/foo` starts a rule; `npm run new-rule -- --sync` brings the list of rules up to the folder.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isMap, parseDocument } from 'yaml';

const top = join(dirname(fileURLToPath(import.meta.url)), '..');
const width = 120;

/** The ids of the rules in a folder such as `src/rules`, sorted: its files that stand one level down. */
export function ruleIds(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => readdirSync(join(folder, name)).map((file) => `${name}/${file}`))
    .filter((path) => path.endsWith('.ts'))
    .map((path) => path.slice(0, -'.ts'.length))
    .sort();
}

/** The text of `src/rules/index.ts` for these ids. */
export function indexSource(ids) {
  const imports = [
    ...ids.map((id) => ({ path: `./${id}.ts`, line: `import ${variable(id)} from './${id}.ts';` })),
    { path: './rule.ts', line: `import type { Rule } from './rule.ts';` },
  ].sort((a, b) => (a.path.replace(/\.ts$/, '') < b.path.replace(/\.ts$/, '') ? -1 : 1));
  const names = ids.map(variable);
  const oneLine = `export const rules: readonly Rule[] = [${names.join(', ')}];`;
  const list =
    oneLine.length <= width
      ? oneLine
      : `export const rules: readonly Rule[] = [\n${names.map((name) => `  ${name},\n`).join('')}];`;
  return `// Written by \`npm run new-rule -- --sync\` from the files of this folder.
${imports.map(({ line }) => line).join('\n')}

/** Every rule, sorted by id. */
${list}
`;
}

/** The text of a ruleset with one more rule, in its sorted place where the others are sorted. */
export function withRule(ruleset, id, severity) {
  const document = parseDocument(ruleset);
  if (!isMap(document.get('rules'))) document.set('rules', document.createNode({}));
  const rules = document.get('rules');
  if (rules.has(id)) return ruleset;
  rules.flow = false;
  const next = rules.items.findIndex(({ key }) => String(key) > id);
  rules.items.splice(next < 0 ? rules.items.length : next, 0, document.createPair(id, severity));
  return document.toString({ lineWidth: 0 });
}

/** The file of a new rule. It compiles, and its tests fail until every part is filled. */
export function skeleton(id) {
  return `import { defineRule } from '../rule.ts';

export default defineRule({
  id: '${id}',
  summary: '',
  why: \`\`,
  sources: [],
  equivalents: [],
  checks: {
    openapi: {
      good: \`\`,
      bad: \`\`,
      *find(api) {
        void api;
      },
    },
  },
});
`;
}

/** `status-codes/created-location` → `statusCodesCreatedLocation`. */
function variable(id) {
  return id.replace(/[-/](.)/g, (_, letter) => letter.toUpperCase());
}

function sync() {
  writeFileSync(join(top, 'src/rules/index.ts'), indexSource(ruleIds(join(top, 'src/rules'))));
}

function create(id) {
  if (!/^[a-z]+(-[a-z0-9]+)*\/[a-z]+(-[a-z0-9]+)*$/.test(id)) {
    return fail(
      `\`${id}\` is no rule id: write \`principle/subject-property\` in lower case, as \`pagination/list-paginated\`.`,
    );
  }
  const file = join(top, 'src/rules', `${id}.ts`);
  if (existsSync(file)) return fail(`The rule \`${id}\` is there already: src/rules/${id}.ts.`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, skeleton(id));
  sync();
  const strict = join(top, 'rulesets/strict.yaml');
  writeFileSync(strict, withRule(readFileSync(strict, 'utf8'), id, 'warn'));
  console.log(`Fill src/rules/${id}.ts, then run: RULES=${id} npx vitest run test/rules.test.ts`);
}

function fail(sentence) {
  console.error(sentence);
  process.exitCode = 2;
}

function main([argument, ...rest]) {
  if (argument === undefined || rest.length > 0)
    fail('Usage: npm run new-rule PRINCIPLE/RULE, or npm run new-rule -- --sync');
  else if (argument === '--sync') sync();
  else create(argument);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main(process.argv.slice(2));
