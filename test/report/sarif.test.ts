import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/report.ts';
import { fingerprint } from '../../src/text/fingerprint.ts';
import { bigReport, nasty, problems, render, reportOf } from './sample.ts';

const schema = JSON.parse(readFileSync('test/fixtures/report/sarif-written.schema.json', 'utf8'));
const ajv = new Ajv({ allErrors: true });
formats.default(ajv);
const validate = ajv.compile(schema);

async function runOf(report: Report) {
  const [run] = JSON.parse(await render('sarif', report)).runs;
  return run;
}

async function resultOf(index: number) {
  return (await runOf(reportOf(problems))).results[index];
}

describe('sarif', () => {
  it.each([
    ['empty', reportOf([])],
    ['nasty', reportOf(problems, { docs: 'https://x.test/rules' })],
    ['big', bigReport()],
  ])('is valid, and has as many results as there are problems: %s', async (_, report) => {
    const log = JSON.parse(await render('sarif', report));
    expect(validate(log), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
    const { results, tool } = log.runs[0];
    const count = (level: string) => results.filter((result: { level: string }) => result.level === level).length;
    expect({ error: count('error'), warn: count('warning'), info: count('note') }).toEqual(report.counts);
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
  });

  it('tells where, in the coordinates of SARIF', async () => {
    const { locations, relatedLocations, partialFingerprints, message } = await resultOf(0);
    expect(locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: "a%20b/50%25%2Cx%3A%3Cy%3E%26%22q'%7C%60z%60.yaml", uriBaseId: '%SRCROOT%' },
          region: { startLine: 2, startColumn: 3, endLine: 2, endColumn: 14, charOffset: 10, charLength: 11 },
        },
        logicalLocations: [{ fullyQualifiedName: '#/paths/~1users~1{id}' }],
      },
    ]);
    expect(decodeURIComponent(locations[0].physicalLocation.artifactLocation.uri)).toBe(nasty.path);
    expect(relatedLocations.map(({ id }: { id: number }) => id)).toEqual([1, 2]);
    expect(partialFingerprints).toEqual({ 'apiarch/v1': fingerprint(problems[0]!) });
    expect(message.text).toBe(
      '`/users/{id}` <b>is</b> [bad] (http://x.test), @team; see #12 & 50%.␛[31m␊::error::�]]> ' +
        'Write `a|b` | "c" \\ \'d\', with `{{0}}`: `\\|`.',
    );
  });

  it('gives fixes file by file, and none that change nothing', async () => {
    const { fixes } = await resultOf(0);
    expect(fixes).toHaveLength(1);
    expect(fixes[0]).toMatchObject({
      description: { text: 'Write `{{0}}`' },
      properties: { safe: true },
      artifactChanges: [
        { replacements: [{ deletedRegion: { charOffset: 10, charLength: 11 }, insertedContent: { text: '/users' } }] },
        {
          artifactLocation: { uri: 'other.yaml' },
          replacements: [{ deletedRegion: { charOffset: 0, charLength: 0 }, insertedContent: { text: '# 😀\n' } }],
        },
      ],
    });
    expect(await resultOf(1)).not.toHaveProperty('fixes');
  });

  it('describes the rules that ran or found something', async () => {
    const { rules } = (await runOf(reportOf(problems))).tool.driver;
    expect(rules.map(({ id }: { id: string }) => id)).toEqual([
      'docs/described',
      'docs/silent',
      'naming/path-case',
      'team/own',
    ]);
    expect(rules[2]).toMatchInlineSnapshot(`
      {
        "defaultConfiguration": {
          "level": "warning",
        },
        "fullDescription": {
          "text": "Two cases are one (https://x.test/a) too many.",
        },
        "help": {
          "markdown": "Paths have one case.

      Two cases
      are [one](https://x.test/a) too many.

      Run \`apiarch explain naming/path-case\` for examples and options.",
          "text": "Paths have one case.

      Two cases are one (https://x.test/a) too many.

      Run \`apiarch explain naming/path-case\` for examples and options.",
        },
        "id": "naming/path-case",
        "properties": {
          "problem.severity": "warning",
          "tags": [
            "naming",
          ],
        },
        "shortDescription": {
          "text": "Paths have one case.",
        },
      }
    `);
    expect(rules[3]).toMatchInlineSnapshot(`
      {
        "fullDescription": {
          "text": "team/own",
        },
        "help": {
          "markdown": "team/own",
          "text": "team/own",
        },
        "id": "team/own",
        "shortDescription": {
          "text": "team/own",
        },
      }
    `);
  });

  it('links the pages of the rules where they have an address', async () => {
    const { driver } = (await runOf(reportOf(problems, { docs: 'https://x.test/rules' }))).tool;
    expect(driver.informationUri).toBe('https://x.test/rules/README.md');
    expect(driver.rules[2].helpUri).toBe('https://x.test/rules/naming/path-case.md');
    expect(driver.rules[2].help.markdown).toContain('(https://x.test/rules/naming/path-case.md)');
    expect(driver.rules[3]).not.toHaveProperty('helpUri');
  });

  it('says whether the run came to its end, and what it left out', async () => {
    const whole = await runOf(reportOf(problems, { suppressed: 2, baselined: 3 }));
    expect(whole.invocations).toEqual([{ executionSuccessful: true }]);
    expect(whole.properties).toEqual({ suppressed: 2, baselined: 3 });
    const broken = await runOf(reportOf([{ ...problems[3]!, rule: 'structure/rule-completed' }]));
    expect(broken.invocations).toEqual([{ executionSuccessful: false }]);
  });

  it('cuts descriptions at the length that GitHub takes', async () => {
    const rule = reportOf([]).rules.get('docs/silent')!;
    const rules = new Map([['docs/silent', { ...rule, why: 'Because. '.repeat(300) }]]);
    const [descriptor] = (await runOf(reportOf([], { rules }))).tool.driver.rules;
    expect(descriptor.fullDescription.text).toHaveLength(1024);
    expect(descriptor.help.text.length).toBeGreaterThan(2000);
  });
});
