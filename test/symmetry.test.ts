// The promise of one vocabulary: a rule that makes sense in several languages has a check in each of them.
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { LanguageName } from '../src/languages/language.ts';
import { rules } from '../src/rules/index.ts';

const catalogue = '../shared/design/rules.md';
const columns: readonly LanguageName[] = ['openapi', 'graphql', 'protobuf'];

/** The languages that the catalogue has an idea for, by rule id. Tables without a column for a language say nothing of it. */
function catalogued(): [id: string, languages: LanguageName[]][] {
  let named: LanguageName[] = [];
  return readFileSync(catalogue, 'utf8')
    .split('\n')
    .flatMap((line): [string, LanguageName[]][] => {
      const cells = line.split('|').map((cell) => cell.trim());
      if (cells[1] === 'id') named = columns.filter((_, index) => cells[index + 2] === 'OGP'[index]);
      else if (/^[a-z-]+\/[a-z]/.test(cells[1] ?? '') && named.length === 3) {
        const filled = columns.filter((_, index) => cells[index + 2] !== '');
        return idsOf(cells[1]!).map((id) => [id, filled]);
      }
      return [];
    });
}

/** Some rows stand for several rules: `naming/tag-case, naming/server-host`, `resources/get-shape, list-shape`. */
function idsOf(cell: string): string[] {
  const parts = cell.split(/,\s*/);
  const principle = parts[0]!.split('/')[0]!;
  return parts.map((part) => (part.includes('/') ? part : `${principle}/${part}`));
}

describe.skipIf(!existsSync(catalogue))('the catalogue', () => {
  it.each(existsSync(catalogue) ? catalogued() : [])('%s is judged in %j', (id, languages) => {
    const rule = rules.find((one) => one.id === id);
    expect(rule, 'the rule exists').toBeDefined();
    const missing = languages.filter((language) => !rule!.checks[language] && !rule!.absent?.[language]?.trim());
    expect(missing, 'has a check, or says in `absent` why not').toEqual([]);
  });
});

describe('a rule', () => {
  it('gives no reason for the lack of a check that it has', () => {
    const contradicting = rules.filter(({ checks, absent = {} }) =>
      columns.some((name) => checks[name] && absent[name]),
    );
    expect(contradicting.map(({ id }) => id)).toEqual([]);
  });
});
