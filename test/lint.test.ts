import { describe, expect, it } from 'vitest';
import type { Api, Suppression } from '../src/languages/language.ts';
import { type EnabledRule, lint } from '../src/lint/lint.ts';
import type { Rule } from '../src/rules/rule.ts';
import type { Place } from '../src/text/place.ts';
import type { Finding, Severity } from '../src/text/problem.ts';
import { Source } from '../src/text/source.ts';

/** An API made of one text; rules find words in it, and notes stand on `[from, to)`. */
function apiOf(source: Source, suppressions: readonly Suppression[] = []): Api {
  return { language: 'openapi', sources: [source], suppressions: () => suppressions };
}

function at(source: Source, start: number, end = start + 1): Place {
  return { element: `#/${start}`, range: () => ({ source, start, end }) };
}

/** A rule that finds every occurrence of a word. */
function wordRule(id: string, word: string): Rule {
  return ruleThat(id, function* (api) {
    for (const source of api.sources) {
      for (const { index } of source.text.matchAll(new RegExp(word, 'g'))) {
        yield { at: at(source, index), message: `There is \`${word}\`.` };
      }
    }
  });
}

function ruleThat(id: string, find: (api: Api) => Iterable<Finding>): Rule {
  const check = { good: '', bad: '', find };
  return { id, summary: id, why: 'why', sources: [], equivalents: [], checks: { openapi: check } };
}

function enable(rule: Rule, severity: Severity = 'warn'): EnabledRule {
  return { rule, severity, options: {} };
}

function run(apis: readonly Api[], rules: readonly Rule[], known = rules) {
  return lint(apis, { rules: rules.map((rule) => enable(rule)), known });
}

function told({ problems }: ReturnType<typeof lint>): string[] {
  return problems.map(({ rule, range, message }) => `${range.source.path}:${range.start} ${rule} ${message}`);
}

describe('lint', () => {
  it('sorts by file, position and rule', () => {
    const [a, b] = [new Source('a.yaml', 'two one'), new Source('b.yaml', 'one')];
    const rules = [wordRule('words/two', 'two'), wordRule('words/one', 'one'), wordRule('words/also-one', 'one')];
    expect(told(run([apiOf(b), apiOf(a)], rules))).toEqual([
      'a.yaml:0 words/two There is `two`.',
      'a.yaml:4 words/also-one There is `one`.',
      'a.yaml:4 words/one There is `one`.',
      'b.yaml:0 words/also-one There is `one`.',
      'b.yaml:0 words/one There is `one`.',
    ]);
  });

  it('tells once what two APIs have in common', () => {
    const shared = new Source('shared.yaml', 'one');
    expect(told(run([apiOf(shared), apiOf(shared)], [wordRule('words/one', 'one')]))).toHaveLength(1);
  });

  it('lets one API speak for all about what they share, and say all it has to say', () => {
    const [a, b, shared] = [new Source('a.yaml', ''), new Source('b.yaml', ''), new Source('shared.yaml', 'one')];
    const rule = ruleThat('words/one', function* (api) {
      yield { at: at(shared, 0), message: `${api.sources[0]!.path} lacks this.` };
      yield { at: at(shared, 0), message: `${api.sources[0]!.path} lacks that.` };
    });
    expect(told(run([apiOf(a), apiOf(b)], [rule]))).toEqual([
      'shared.yaml:0 words/one a.yaml lacks that.',
      'shared.yaml:0 words/one a.yaml lacks this.',
    ]);
  });

  it('goes on when a rule breaks down, and says so', () => {
    const broken = ruleThat('words/broken', function* (api) {
      yield { at: at(api.sources[0]!, 2), message: 'Found before.' };
      throw new TypeError('cannot read\nthis');
    });
    const result = run([apiOf(new Source('a.yaml', 'one'))], [broken, wordRule('words/one', 'one')]);
    expect(result.failed).toEqual(['words/broken']);
    expect(told(result)).toEqual([
      'a.yaml:0 structure/rule-completed `words/broken` broke down on this document: TypeError: cannot read.',
      'a.yaml:0 words/one There is `one`.',
      'a.yaml:2 words/broken Found before.',
    ]);
    expect(result.problems[0]!.severity).toBe('error');
  });

  it('survives a place that cannot be found', () => {
    const lost: Place = {
      element: '#',
      range() {
        throw new RangeError('lost');
      },
    };
    const rule = ruleThat('words/lost', () => [{ at: lost, message: 'Lost.' }]);
    expect(run([apiOf(new Source('a.yaml', ''))], [rule]).failed).toEqual(['words/lost']);
  });

  it('hands a rule its options and the other APIs of its language', () => {
    const seen: unknown[] = [];
    const rule: Rule = {
      ...wordRule('words/one', 'one'),
      checks: {
        openapi: {
          good: '',
          bad: '',
          find(_, options, { apis }) {
            seen.push([options, apis.length]);
            return [];
          },
        },
      },
    };
    const apis = [apiOf(new Source('a.yaml', '')), apiOf(new Source('b.yaml', ''))];
    lint(apis, { rules: [{ rule, severity: 'warn', options: { depth: 3 } }], known: [rule] });
    expect(seen).toEqual([
      [{ depth: 3 }, 2],
      [{ depth: 3 }, 2],
    ]);
  });

  it('measures the rules with the clock it is given', () => {
    let time = 0;
    const rules = [wordRule('words/one', 'one'), wordRule('words/two', 'two')];
    const { timings } = lint([], { rules: rules.map((rule) => enable(rule)), known: rules, now: () => (time += 5) });
    expect([...timings]).toEqual([
      ['words/one', 5],
      ['words/two', 5],
    ]);
  });
});

describe('suppressions', () => {
  const source = new Source('a.yaml', '0123 one 9 one one');
  const one = wordRule('words/one', 'one');
  const judge = ruleThat('structure/suppression-valid', () => []);
  const note = (start: number, covers: [number, number] | null, ...rules: string[]): Suppression => ({
    rules,
    reason: 'a reason',
    at: at(source, start),
    covers: covers && { start: covers[0], end: covers[1] },
  });
  const runWith = (notes: readonly Suppression[], rules: readonly Rule[] = [one, judge], known = rules) =>
    run([apiOf(source, notes)], rules, known);

  it('silence what starts inside of what they cover', () => {
    const result = runWith([note(0, [5, 11], 'words/one')]);
    expect(told(result)).toEqual(['a.yaml:11 words/one There is `one`.', 'a.yaml:15 words/one There is `one`.']);
    expect(result.suppressed).toBe(1);
  });

  it('silence a whole principle', () => {
    expect(told(runWith([note(0, [0, 100], 'words/*')]))).toEqual([]);
  });

  it('silence no other rule', () => {
    const two = wordRule('words/two', 'two');
    expect(told(runWith([note(0, [0, 100], 'words/two')], [one, two]))).toHaveLength(3);
  });

  it('may lie in each other and follow each other', () => {
    const notes = [note(0, [0, 10], 'words/one'), note(1, [4, 8], 'words/one'), note(9, [15, 18], 'words/one')];
    expect(told(runWith(notes))).toEqual(['a.yaml:11 words/one There is `one`.']);
  });

  it('must give a reason', () => {
    const result = runWith([{ ...note(0, [0, 100], 'words/one'), reason: '' }]);
    expect(told(result)).toEqual([
      'a.yaml:0 structure/suppression-valid The suppression of `words/one` gives no reason.',
    ]);
    expect(result.suppressed).toBe(3);
  });

  it('must name a rule that exists', () => {
    const [problem] = runWith([note(0, [0, 100], 'words/onee'), note(1, [0, 100], 'words/one')]).problems;
    expect(problem).toMatchObject({
      message: 'There is no rule `words/onee` to suppress.',
      help: 'Did you mean `words/one`?',
    });
    expect(told(runWith([note(0, [0, 100]), note(1, [0, 100], 'words/one')]))).toEqual([
      'a.yaml:0 structure/suppression-valid The suppression names no rule.',
    ]);
  });

  it('must silence something', () => {
    const notes = [note(0, [0, 3], 'words/one'), note(1, null, 'words/one'), note(2, [0, 100], 'words/one')];
    expect(told(runWith(notes))).toEqual([
      'a.yaml:0 structure/suppression-valid The suppression of `words/one` suppresses nothing.',
      'a.yaml:1 structure/suppression-valid The suppression of `words/one` suppresses nothing.',
    ]);
  });

  it('are not called useless for rules that did not run', () => {
    const two = wordRule('words/two', 'two');
    const notes = [note(0, [0, 3], 'words/two'), note(1, [0, 3], 'words/*')];
    expect(told(runWith(notes, [judge], [one, two, judge]))).toEqual([]);
    expect(told(runWith(notes, [judge, two], [one, two, judge]))).toEqual([
      'a.yaml:0 structure/suppression-valid The suppression of `words/two` suppresses nothing.',
    ]);
  });

  it('are judged only when the rule that judges them runs', () => {
    expect(told(runWith([note(0, [0, 3], 'words/nothing')], [one]))).toHaveLength(3);
  });

  it('cannot silence the verdict on themselves, nor a breakdown', () => {
    const broken = ruleThat('structure/broken', () => {
      throw new Error('broken');
    });
    const all = note(0, [0, 100], 'structure/*');
    expect(told(runWith([{ ...all, reason: '' }], [judge, broken])).map((line) => line.split(' ')[1])).toEqual([
      'structure/rule-completed',
      'structure/suppression-valid',
      'structure/suppression-valid',
    ]);
  });

  it('that two APIs read are judged once', () => {
    const notes = [note(0, [0, 3], 'words/one')];
    const result = run([apiOf(source, notes), apiOf(source, notes)], [judge, one]);
    expect(told(result).filter((line) => line.includes('suppresses nothing'))).toHaveLength(1);
  });
});
