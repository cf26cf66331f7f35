import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FixSettings, fixAll } from '../src/lint/fix.ts';
import type { Edit } from '../src/text/fix.ts';
import { compareProblems, type Problem } from '../src/text/problem.ts';
import { Source } from '../src/text/source.ts';

/** What a rule of these tests does at each place where its word stands: new text for it, or edits of its own. */
interface WordRule {
  readonly word: string;
  readonly becomes?: string;
  readonly safe?: boolean;
  readonly edits?: (source: Source, start: number) => Edit[];
}

/** Fixes texts by rules that find words. */
function fixWords(files: Record<string, string>, rules: Record<string, WordRule>, settings: Partial<FixSettings> = {}) {
  let judged = 0;
  const judge = (texts: ReadonlyMap<string, string>): Problem[] => {
    judged++;
    const sources = Object.entries(files).map(([path, text]) => new Source(path, texts.get(path) ?? text));
    return sources.flatMap((source) => problemsIn(source, rules)).sort(compareProblems);
  };
  const first = judge(new Map());
  judged = 0;
  return fixAll(first, { unsafe: false, judge, ...settings }).then((outcome) => ({ ...outcome, first, judged }));
}

function problemsIn(source: Source, rules: Record<string, WordRule>): Problem[] {
  return Object.entries(rules).flatMap(([rule, { word, becomes, safe = true, edits }]) =>
    [...source.text.matchAll(new RegExp(word, 'g'))].map(({ 0: found, index: start }): Problem => {
      const range = { source, start, end: start + found.length };
      const fix = { title: 'Mend it', safe, edits: () => edits?.(source, start) ?? [{ range, text: becomes! }] };
      const isFixable = becomes !== undefined || edits !== undefined;
      const told = { rule, severity: 'warn' as const, message: `There is ${word}.`, element: `#/${start}` };
      return { ...told, range, related: [], ...(isFixable && { fix }) };
    }),
  );
}

/** Fixes a text that lacks letters, all of which are to be inserted at its beginning. */
function insertMissing(letters: string) {
  const judge = (texts: ReadonlyMap<string, string>) => {
    const source = new Source('f', texts.get('f') ?? 'text');
    return [...letters].flatMap((letter) => {
      const edits = () => [{ range: { source, start: 0, end: 0 }, text: letter }];
      return source.text.includes(letter) ? [] : problemsIn(source, { [letter]: { word: 'text', edits } });
    });
  };
  return fixAll(judge(new Map()), { unsafe: false, judge });
}

const told = (problems: readonly Problem[]) => problems.map(({ rule, range }) => `${rule} ${range.start}`);

describe('fixing', () => {
  it('makes the fixes of all files', async () => {
    const files = { 'b.txt': 'cat dog', 'a.txt': 'dog, dog', 'c.txt': 'bird' };
    const result = await fixWords(files, { dogs: { word: 'dog', becomes: 'wolf' } });
    expect([...result.files]).toEqual([
      ['a.txt', 'wolf, wolf'],
      ['b.txt', 'cat wolf'],
    ]);
    expect(told(result.fixed)).toEqual(['dogs 0', 'dogs 5', 'dogs 4']);
    expect(result).toMatchObject({ remaining: [], withdrawn: [], stable: true, judged: 1 });
  });

  it('judges nothing where there is nothing to fix', async () => {
    const result = await fixWords({ 'a.txt': 'cat' }, { cats: { word: 'cat' } });
    expect(result).toMatchObject({ fixed: [], stable: true, judged: 0 });
    expect(result.files.size).toBe(0);
    expect(told(result.remaining)).toEqual(['cats 0']);
  });

  it('makes unsafe fixes only when asked', async () => {
    const rules = { a: { word: 'a', becomes: '1', safe: false }, b: { word: 'b', becomes: '2' } };
    const safe = await fixWords({ f: 'a b' }, rules);
    expect(safe.files.get('f')).toBe('a 2');
    expect(told(safe.remaining)).toEqual(['a 0']);
    expect((await fixWords({ f: 'a b' }, rules, { unsafe: true })).files.get('f')).toBe('1 2');
  });

  it('makes the first of two fixes that overlap, and the other in the next round if it is still due', async () => {
    const rules = { ab: { word: 'ab', becomes: 'b' }, bc: { word: 'bc', becomes: 'x' } };
    expect((await fixWords({ f: 'abc' }, rules)).files.get('f')).toBe('x');
    const gone = { ab: { word: 'ab', becomes: '-' }, bc: { word: 'bc', becomes: 'x' } };
    expect((await fixWords({ f: 'abc' }, gone)).files.get('f')).toBe('-c');
  });

  it('leaves a fix out as a whole when one of its edits is taken', async () => {
    const both = (source: Source, start: number): Edit[] => [
      { range: { source, start: 0, end: 1 }, text: '!' },
      { range: { source, start, end: start + 1 }, text: '!' },
    ];
    const rules = { a: { word: 'a', becomes: 'A' }, z: { word: 'z', edits: both } };
    const result = await fixWords({ f: 'a z' }, rules, { mayChange: () => true });
    // In the second round, nobody else wants the first letter.
    expect(result.files.get('f')).toBe('! !');
    expect(told(result.fixed)).toEqual(['a 0', 'z 2']);
  });

  it('makes an edit once that several fixes want', async () => {
    const header = (source: Source): Edit[] => [{ range: { source, start: 0, end: 0 }, text: 'ok ' }];
    const judge = (texts: ReadonlyMap<string, string>) =>
      (texts.get('f') ?? '').startsWith('ok')
        ? []
        : problemsIn(new Source('f', texts.get('f') ?? 'x x'), { x: { word: 'x', edits: header } });
    const result = await fixAll(judge(new Map()), { unsafe: false, judge });
    expect(result.files.get('f')).toBe('ok x x');
    expect(result.fixed).toHaveLength(2);
  });

  it('inserts two things at one place one after the other', async () => {
    const result = await insertMissing('AB');
    expect(result.files.get('f')).toBe('BAtext');
    expect(result.stable).toBe(true);
  });

  it('tells when it did not come to an end', async () => {
    const result = await insertMissing('ABCDEFGHIJKL');
    expect(result.files.get('f')).toBe('JIHGFEDCBAtext');
    expect(result.stable).toBe(false);
    expect(result.remaining.map(({ rule }) => rule)).toEqual(['K', 'L']);
  });

  it('takes back a fix that brings up something new, and that one alone', async () => {
    const rules = { ab: { word: 'a', becomes: 'b' }, bs: { word: 'b' }, cd: { word: 'c', becomes: 'd' } };
    const result = await fixWords({ f: 'a c a c' }, rules);
    expect(result.files.get('f')).toBe('a d a d');
    expect(result.withdrawn.map(({ problem, because }) => [told([problem])[0], because?.rule])).toEqual([
      ['ab 0', 'bs'],
      ['ab 4', 'bs'],
    ]);
    expect(result.stable).toBe(true);
  });

  it('tries fixes that want the same edits as one', async () => {
    const all = (source: Source): Edit[] =>
      [...source.text.matchAll(/a/g)].map(({ index: start }) => ({
        range: { source, start, end: start + 1 },
        text: 'x',
      }));
    const rules = { a: { word: 'a', edits: all }, b: { word: 'b', becomes: 'c' }, c: { word: 'c' } };
    const result = await fixWords({ f: 'a b a a' }, rules);
    expect(result.files.get('f')).toBe('x b x x');
    expect(told(result.fixed)).toEqual(['a 0', 'a 4', 'a 6']);
    expect(result.withdrawn).toHaveLength(1);
    expect(result.judged).toBe(3);
  });

  it('does not go round in circles', async () => {
    const rules = { a: { word: 'a', becomes: 'b' }, b: { word: 'b', becomes: 'a' } };
    const result = await fixWords({ f: 'a' }, rules);
    expect(result.files.size).toBe(0);
    expect(result.withdrawn).toHaveLength(1);
  });

  it('takes back a fix that does not help', async () => {
    const add = (source: Source): Edit[] => [{ range: { source, start: 0, end: 0 }, text: '.' }];
    const result = await fixWords({ f: 'a c' }, { a: { word: 'a', edits: add }, c: { word: 'c', becomes: 'd' } });
    expect(result.files.get('f')).toBe('a d');
    expect(result.withdrawn).toMatchObject([{ problem: { rule: 'a' }, because: null }]);
  });

  it('changes no file that it may not change', async () => {
    const rules = { a: { word: 'a', becomes: 'b' } };
    const result = await fixWords({ f: 'a', g: 'a' }, rules, { mayChange: (path) => path !== 'g' });
    expect([...result.files.keys()]).toEqual(['f']);
    expect(told(result.remaining)).toEqual(['a 0']);
  });

  it('makes no edit of another text than the one at hand', async () => {
    const stale = new Source('f', 'old a');
    const edits = () => [{ range: { source: stale, start: 0, end: 3 }, text: 'new' }];
    const result = await fixWords({ f: 'a c' }, { a: { word: 'a', edits }, c: { word: 'c', becomes: 'd' } });
    expect(result.files.get('f')).toBe('a d');
  });

  it('finds the harmful among many fixes without trying each', async () => {
    const words = Array.from({ length: 500 }, (_, index) => (index === 321 ? 'bad' : 'a')).join(' ');
    const rules = {
      fine: { word: '\\ba\\b', becomes: 'b' },
      harm: { word: 'bad', becomes: 'worse' },
      worse: { word: 'worse' },
    };
    const result = await fixWords({ f: words }, rules);
    expect(result.fixed).toHaveLength(499);
    expect(result.withdrawn).toHaveLength(1);
    expect(result.judged).toBeLessThan(30);
  });

  it('leaves nothing that was not there before, whatever the fixes do', async () => {
    const letter = fc.constantFrom('a', 'b', 'c', 'ab', 'bc', '');
    const rule = fc.record({ word: fc.constantFrom('a', 'b', 'c', 'ab', 'ca'), becomes: letter });
    const texts = fc.record({ f: fc.stringMatching(/^[abc ]{0,12}$/), g: fc.stringMatching(/^[abc ]{0,12}$/) });
    await fc.assert(
      fc.asyncProperty(texts, fc.dictionary(fc.constantFrom('r', 's', 't'), rule), async (files, rules) => {
        const result = await fixWords(files, rules);
        const count = (problems: readonly Problem[], path: string, name: string) =>
          problems.filter(({ rule, range }) => rule === name && range.source.path === path).length;
        for (const path of ['f', 'g']) {
          for (const name of ['r', 's', 't']) {
            expect(count(result.remaining, path, name)).toBeLessThanOrEqual(count(result.first, path, name));
          }
        }
      }),
    );
  });
});
