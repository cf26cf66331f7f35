import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { type LintOptions, lint, loadConfig } from '../src/index.ts';

const rule = 'docs/operation-described';

it('lints documents in memory, with what they refer to', async () => {
  const documents = {
    'b.yaml': 'openapi: 3.1.0\npaths:\n  /b:\n    $ref: shared/path.yaml\n',
    'a.yaml': 'openapi: 3.1.0\npaths:\n  /a:\n    $ref: shared/path.yaml\n',
    'shared/path.yaml': 'get: {}\n',
    'readme.md': 'nothing',
  };
  const report = await lint(documents, { rulesets: [], rules: { [rule]: 'warn' } });
  expect(report).toMatchObject({
    version: 1,
    counts: { error: 0, warn: 1, info: 0 },
    files: 3,
    suppressed: 0,
    baselined: 0,
  });
  expect(report.problems[0]).toMatchObject({
    rule,
    severity: 'warn',
    file: 'shared/path.yaml',
    start: { line: 1, column: 1, offset: 0 },
    end: { line: 1, column: 4, offset: 3 },
  });
});

it('takes rulesets by name and as data', async () => {
  const documents = { 'a.yaml': 'openapi: 3.1.0\npaths: { /a: { get: {} } }\n' };
  const rulesOf = async (options: LintOptions) =>
    (await lint(documents, options)).problems.map((problem) => problem.rule);
  expect(await rulesOf({ rulesets: [{ rules: { 'docs/*': 'info' } }] })).toContain(rule);
  expect(await rulesOf({ rulesets: ['strict'], rules: { 'docs/*': 'off', [rule]: 'off' } })).not.toContain(rule);
  await expect(lint(documents, { rulesets: ['strct'] })).rejects.toThrow('there is no ruleset `strct`; did you mean');
});

it('judges by a configuration with all that it extends, Spectral rulesets included', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'config-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(
    join(folder, 'team.spectral.yaml'),
    'rules: { owner: { given: $.info, severity: error, then: { field: x-owner, function: truthy } } }\n',
  );
  writeFileSync(join(folder, 'apiarch.yaml'), `extends: ./team.spectral.yaml\nrules: { ${rule}: info }\n`);
  const config = await loadConfig(join(folder, 'apiarch.yaml'));
  const { problems } = await lint(
    { 'a.yaml': 'openapi: 3.1.0\ninfo: { title: A, version: 1.0.0 }\npaths: { /a: { get: {} } }\n' },
    { config },
  );
  expect(problems.map(({ rule, severity }) => `${rule} ${severity}`)).toEqual(['spectral/owner error', `${rule} info`]);
});
