import { existsSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findDocuments, readDocuments } from '../src/commands/documents.ts';
import { applyBaseline, printBaseline, readBaseline } from '../src/config/baseline-file.ts';
import { enabledRules, ownRulesets } from '../src/config/rulesets.ts';
import type { Io } from '../src/io.ts';
import type { Api } from '../src/languages/language.ts';
import { knownFindings, type Scope, takeOut } from '../src/lint/baseline.ts';
import { lint } from '../src/lint/lint.ts';
import { rules } from '../src/rules/index.ts';
import { fingerprint, identityOf } from '../src/text/fingerprint.ts';
import type { Problem } from '../src/text/problem.ts';
import { Source } from '../src/text/source.ts';
import { worldWith } from './world.ts';

const whole: Scope = { judged: () => true, exists: () => true, ran: () => true };
const recommended = enabledRules(ownRulesets('recommended'), [], rules);

interface Judged {
  readonly apis: readonly Api[];
  readonly problems: readonly Problem[];
}

/** Everything below the working directory, judged by `recommended`. */
async function judge(io: Io, paths: readonly string[] = []): Promise<Judged> {
  const apis = readDocuments(await findDocuments(paths, { stdinPath: 'stdin' }, io));
  return { apis, problems: lint(apis, { rules: recommended, known: rules }).problems };
}

/** A run with a baseline, as the command makes it. */
function apply({ apis, problems }: Judged, io: Io, update = false, path = 'baseline.json') {
  const judged = new Set(apis.flatMap(({ sources }) => sources.map((source) => source.path)));
  return applyBaseline(problems, { path, update, judged, ran: () => true }, io);
}

const users = `openapi: 3.1.0
info: { title: Users, version: 1.0.0 }
paths:
  /users:
    get:
      operationId: listUsers
      parameters:
        - { name: sort, in: query, schema: { type: string } }
        - { name: Created_at, in: query, schema: { type: string } }
      responses:
        '200':
          description: Users
          content:
            application/json:
              schema: { type: array, items: { type: object, properties: { id: { type: string }, fullName: { type: string } } } }
  /user_groups:
    get:
      responses:
        '200': { description: Groups }
`;

function problem(change: Partial<Problem> & { readonly file?: string } = {}): Problem {
  const { file = 'a.yaml', ...rest } = change;
  const range = { source: new Source(file, ''), start: 0, end: 0 };
  return { rule: 'docs/x', severity: 'warn', message: 'A.', element: '#/a', range, related: [], ...rest };
}

describe('the identity of a finding', () => {
  it('names items of lists by what names them', async () => {
    const io = worldWith({ 'users.yaml': users });
    const { problems } = await judge(io);
    const identities = problems.map((problem) => [problem.element, identityOf(problem)]);
    expect(identities).toContainEqual([
      '#/paths/~1users/get/parameters/1',
      '#/paths/~1users/get/parameters/[query Created_at]',
    ]);
  });

  it.each([
    ['`a`, `b` and `c` are missing.', '`a` is missing.'],
    ['It must have the properties `a` and `b` (and 2 more like it).', 'It must have the property `a`.'],
    ['The 404 response has 12 words.', 'The 500 response has 1 word.'],
    ['`a`, `b`, `c` and 2 more have no limit.', '`d` has no limit.'],
  ])('is the same for: %s', (one, other) => {
    expect(fingerprint(problem({ message: one }))).toBe(fingerprint(problem({ message: other })));
  });

  it('is not that of another message', () => {
    const one = problem({ message: 'Field `a` of `b` has no description.' });
    expect(fingerprint(problem({ message: 'Field `a` has no description.' }))).not.toBe(fingerprint(one));
    expect(fingerprint(problem({ message: 'Field `a` of `b` has no example.' }))).not.toBe(fingerprint(one));
  });

  it('does not hold the path of a proto file', async () => {
    const text = 'syntax = "proto3";\nmessage user { string Name = 1; }\n';
    const before = await judge(worldWith({ 'a/x.proto': text }));
    const after = await judge(worldWith({ 'b/y.proto': text }));
    const ofFile = before.problems.filter(({ element }) => element === 'a/x.proto');
    expect(ofFile).not.toEqual([]);
    const { news } = takeOut(after.problems, knownFindings(before.problems), { ...whole, exists: () => false });
    expect(news).toEqual([]);
  });
});

describe('taking out what is known', () => {
  const problems = fc.array(
    fc
      .record({
        file: fc.constantFrom('a.yaml', 'b.yaml', 'c.graphql'),
        rule: fc.constantFrom('docs/x', 'naming/y', 'structure/rule-completed'),
        element: fc.constantFrom('', '#/a', '#/a/0', 'Query.a'),
        message: fc.constantFrom('`a` is bad.', '`b` is bad.', 'It has 3 faults.'),
      })
      .map(problem),
    { maxLength: 30 },
  );
  const scopes = fc
    .record({ judged: fc.boolean(), exists: fc.boolean(), ran: fc.boolean() })
    .map(({ judged, exists, ran }): Scope => ({ judged: () => judged, exists: () => exists, ran: () => ran }));

  it('loses nothing and invents nothing', () => {
    fc.assert(
      fc.property(problems, problems, scopes, (now, then, scope) => {
        const before = knownFindings(then);
        const { news, known, stale, unseen } = takeOut(now, before, scope);
        expect(now.filter((one) => news.includes(one) !== known.includes(one))).toEqual(now);
        expect([...news, ...known].length).toBe(now.length);
        const left = [...stale, ...unseen].reduce((sum, { count }) => sum + count, 0);
        expect(left + known.length).toBe(before.reduce((sum, { count }) => sum + count, 0));
      }),
    );
  });

  it('finds nothing new in what was written down, in whatever order', () => {
    fc.assert(
      fc.property(
        problems.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([then, now]) => {
          const known = now.filter(({ rule }) => rule !== 'structure/rule-completed');
          const verdict = takeOut(now, knownFindings(then), whole);
          expect(verdict.known).toEqual(known);
          expect(verdict.stale).toEqual([]);
        },
      ),
    );
  });

  it('finds nothing new in a part of what was written down', () => {
    fc.assert(
      fc.property(
        problems.chain((all) => fc.tuple(fc.constant(all), fc.subarray(all))),
        ([then, now]) => {
          const { news, known, stale } = takeOut(now, knownFindings(then), whole);
          expect(news.filter(({ rule }) => rule !== 'structure/rule-completed')).toEqual([]);
          const gone = stale.reduce((sum, { count }) => sum + count, 0);
          const sizes = [then, now].map((all) => all.filter(({ rule }) => rule !== 'structure/rule-completed').length);
          expect([known.length, gone]).toEqual([sizes[1], sizes[0]! - sizes[1]!]);
        },
      ),
    );
  });

  it('tells by the message which of several alike is new', () => {
    const before = knownFindings([problem({ message: '`b` is bad.' }), problem({ message: '`c` is bad.' })]);
    const now = ['a', 'b', 'c'].map((name) => problem({ message: `\`${name}\` is bad.` }));
    expect(takeOut(now, before, whole).news).toEqual([now[0]]);
  });

  it('knows findings of a file that was moved, and only of such a file', () => {
    const before = knownFindings([problem({ file: 'old.yaml' })]);
    const now = [problem({ file: 'new.yaml' })];
    expect(takeOut(now, before, { ...whole, exists: (file) => file !== 'old.yaml' }).news).toEqual([]);
    const copied = takeOut(now, before, whole);
    expect([copied.news, copied.stale]).toEqual([now, before]);
  });

  it('knows a coordinate in whatever file it stands, unless its file was not looked at', () => {
    const before = knownFindings([problem({ file: 'a.graphql', element: 'Query.a' })]);
    const now = [problem({ file: 'b.graphql', element: 'Query.a' })];
    expect(takeOut(now, before, whole).news).toEqual([]);
    const unseen = takeOut(now, before, { ...whole, judged: (file) => file === 'b.graphql' });
    expect([unseen.news, unseen.unseen]).toEqual([now, before]);
  });

  it('takes no new file for a moved one that shares little with it', () => {
    const elements = ['#', '#/info', '#/a', '#/b', '#/c'];
    const old = elements.map((element) => problem({ file: 'old.yaml', element }));
    const scope = { ...whole, exists: (file: string) => file !== 'old.yaml' };
    const other = ['#', '#/info', '#/x'].map((element) => problem({ file: 'new.yaml', element }));
    expect(takeOut(other, knownFindings(old), scope).news).toEqual(other);
    const edited = ['#', '#/info', '#/a', '#/x'].map((element) => problem({ file: 'new.yaml', element }));
    expect(
      takeOut([...other.map((one) => problem({ ...one, file: 'a.yaml' })), ...edited], knownFindings(old), scope).known,
    ).toEqual(edited.slice(0, 3));
  });

  it('holds itself to the file before it looks for moved ones', () => {
    const before = knownFindings([problem({ file: 'gone.yaml' }), problem({ file: 'a.yaml' })]);
    const { known, stale } = takeOut([problem()], before, { ...whole, exists: (file) => file === 'a.yaml' });
    expect([known.length, stale.map(({ file }) => file)]).toEqual([1, ['gone.yaml']]);
  });

  it('knows what is told where it comes first, when something comes before it', () => {
    const at = (element: string, message: string) => problem({ element, message });
    const before = knownFindings([at('#/paths/~1b', 'The segment `a_b` is not in kebab-case.')]);
    const earlier = [at('#/paths/~1a', 'The segment `a_b` is not in kebab-case.')];
    expect(takeOut(earlier, before, whole)).toMatchObject({ news: [], stale: [] });
    const turned = [at('#/x', '`b` is a copy of `a`.')];
    expect(takeOut(turned, knownFindings([at('#/y', '`a` is a copy of `b`.')]), whole).news).toEqual([]);
    const nameless = [at('#/x', 'There is a private key.')];
    expect(takeOut(nameless, knownFindings([at('#/y', 'There is a private key.')]), whole).news).toEqual(nameless);
    const often = [at('#/x', 'It has no `Location`.'), at('#/y', 'It has no `Location`.')];
    const known = knownFindings([at('#/y', 'It has no `Location`.'), at('#/z', 'It has no `Location`.')]);
    expect(takeOut(often, known, whole).news).toEqual([often[0]]);
  });

  it('never counts a breakdown as known', () => {
    const broken = problem({ rule: 'structure/rule-completed' });
    expect(knownFindings([broken])).toEqual([]);
    expect(takeOut([broken], [{ ...knownFindings([problem()])[0]!, rule: broken.rule }], whole).news).toEqual([broken]);
  });
});

describe('a baseline', () => {
  it('takes all in, and then knows all', async () => {
    const io = worldWith({ 'api/users.yaml': users });
    const judged = await judge(io);
    const first = apply(judged, io, true, 'config/baseline.json');
    expect(first.problems).toEqual([]);
    expect(first.note).toBe(
      `apiarch: wrote the baseline \`config/baseline.json\`: ${judged.problems.length} findings, ${judged.problems.length} new.\n`,
    );
    const second = apply(judged, io, false, 'config/baseline.json');
    expect(second).toEqual({ problems: [], baselined: judged.problems.length, note: '' });
    const written = JSON.parse(io.read('config/baseline.json'));
    expect(new Set(written.findings.map(({ file }: { file: string }) => file))).toEqual(new Set(['../api/users.yaml']));
  });

  it('has a line for each finding', () => {
    const io = worldWith({});
    const text = printBaseline(knownFindings([problem(), problem({ message: 'B.' }), problem()]));
    expect(text).toBe(`{
  "format": "apiarch-baseline",
  "version": 1,
  "findings": [
    {"file":"a.yaml","rule":"docs/x","element":"#/a","message":"A.","fingerprint":"${fingerprint(problem())}","count":2},
    {"file":"a.yaml","rule":"docs/x","element":"#/a","message":"B.","fingerprint":"${fingerprint(problem({ message: 'B.' }))}"}
  ]
}
`);
    io.write('b.json', text);
    expect(printBaseline(readBaseline('b.json', io)!)).toBe(text);
    io.write('empty.json', printBaseline([]));
    expect(readBaseline('empty.json', io)).toEqual([]);
  });

  it('is not written when nothing changed', async () => {
    const io = worldWith({ 'users.yaml': users });
    apply(await judge(io), io, true);
    const path = join(io.cwd, 'baseline.json');
    utimesSync(path, 1, 1);
    expect(apply(await judge(io), io, true).note).toBe('apiarch: the baseline `baseline.json` is up to date.\n');
    expect(statSync(path).mtimeMs).toBe(1000);
  });

  it('never grows or shrinks by itself, and asks to shrink', async () => {
    const io = worldWith({ 'users.yaml': users });
    apply(await judge(io), io, true);
    const before = io.read('baseline.json');
    io.write('users.yaml', users.slice(0, users.indexOf('  /user_groups')));
    const { problems, note } = apply(await judge(io), io);
    expect(problems).toEqual([]);
    expect(note).toMatch(
      /^apiarch: \d+ findings of the baseline `baseline.json` no longer occur; `--update-baseline` takes/,
    );
    expect(note).toContain('\n  users.yaml  naming/path-case  #/paths/~1user_groups\n');
    expect(io.read('baseline.json')).toBe(before);
    expect(apply(await judge(io), io, true).note).toMatch(/: \d+ findings?, \d+ gone\.\n$/);
    expect(apply(await judge(io), io)).toMatchObject({ problems: [], note: '' });
  });

  it('names ten that are gone and counts the others', async () => {
    const io = worldWith({ 'users.yaml': users });
    const many = Array.from({ length: 12 }, (_, index) => problem({ file: 'users.yaml', element: `#/${index}` }));
    io.write('baseline.json', printBaseline(knownFindings([...many, many[11]!])));
    const { note } = apply({ ...(await judge(io)), problems: [] }, io);
    expect(note.split('\n').length).toBe(1 + 10 + 1 + 1);
    expect(note).toContain('apiarch: 13 findings of');
    expect(note).toMatch(/\n {2}and 2 more\n$/);
  });

  it('keeps what a run does not look at', async () => {
    const io = worldWith({ 'a.yaml': users, 'b.yaml': users });
    apply(await judge(io), io, true);
    const before = io.read('baseline.json');
    const part = await judge(io, ['a.yaml']);
    expect(apply(part, io)).toMatchObject({ problems: [], note: '' });
    apply(part, io, true);
    expect(io.read('baseline.json')).toBe(before);
    const judged = new Set(['a.yaml', 'b.yaml']);
    applyBaseline([], { path: 'baseline.json', update: true, judged, ran: () => false }, io);
    expect(io.read('baseline.json')).toBe(before);
  });

  it('does not take for gone what a fault of syntax hides', async () => {
    const io = worldWith({ 'a.yaml': users });
    apply(await judge(io), io, true);
    const before = readBaseline('baseline.json', io)!;
    io.write('a.yaml', `${users}\n: [`);
    const broken = await judge(io);
    expect(broken.problems.map(({ rule }) => rule)).toContain('structure/syntax');
    expect(apply(broken, io).note).toBe('');
    apply(broken, io, true);
    expect(readBaseline('baseline.json', io)).toEqual(expect.arrayContaining(before));
  });

  it('knows a document that was moved, and asks for one that was deleted', async () => {
    const io = worldWith({ 'b/users.yaml': users });
    const there = await judge(io);
    const old = knownFindings(there.problems).map((finding) => ({ ...finding, file: 'a/users.yaml' }));
    const deleted = knownFindings([problem({ file: 'deleted.yaml', element: '#/b' })]);
    io.write('baseline.json', printBaseline([...old, ...deleted]));
    const { problems, note } = apply(there, io);
    expect(problems).toEqual([]);
    expect(note).toBe(
      'apiarch: 1 finding of the baseline `baseline.json` no longer occurs; `--update-baseline` takes it out:\n  deleted.yaml  docs/x  #/b\n',
    );
  });

  it('takes a line that a merge doubled for one', async () => {
    const io = worldWith({ 'a.yaml': users });
    const [line] = knownFindings([problem()]);
    io.write('baseline.json', printBaseline([line!, line!]));
    expect(readBaseline('baseline.json', io)).toEqual([line]);
  });

  it.each([
    ['{', '`x.json` is no baseline of apiarch: it is not JSON.'],
    ['<<<<<<< ours\n', '`x.json` is no baseline of apiarch: a merge left conflicts in it.'],
    ['[]', '`x.json` is no baseline of apiarch: it lacks `"format": "apiarch-baseline"`.'],
    ['{"name":"x"}', '`x.json` is no baseline of apiarch: it lacks `"format": "apiarch-baseline"`.'],
    ['{"format":"apiarch-baseline","version":2}', 'the baseline `x.json` has version 2; this apiarch knows 1.'],
    ['{"format":"apiarch-baseline","version":1}', '`x.json` is no baseline of apiarch: `findings` is no list.'],
    [
      '{"format":"apiarch-baseline","version":1,"findings":[{"file":1}]}',
      '`x.json` is no baseline of apiarch: finding 1 is not whole.',
    ],
  ])('that is none is refused and never written over: %s', (text, message) => {
    const io = worldWith({ 'x.json': text });
    for (const update of [true, false]) {
      expect(() => apply({ apis: [], problems: [problem()] }, io, update, 'x.json')).toThrow(message);
    }
    expect(io.read('x.json')).toBe(text);
  });

  it('that is missing is a failure, unless it is to be written', () => {
    const io = worldWith({ 'folder/x': '' });
    const none: Judged = { apis: [], problems: [] };
    expect(() => apply(none, io)).toThrow('there is no baseline `baseline.json`; `--update-baseline` writes');
    expect(() => apply(none, io, true, 'folder')).toThrow('`folder` is a folder, not a file.');
    expect(apply(none, io, true).note).toBe('apiarch: wrote the baseline `baseline.json`: 0 findings.\n');
  });
});

const github = '../shared/corpus/openapi/github-old.yaml';

describe.skipIf(!existsSync(github))('on a large API', () => {
  const badOperation = `  "/zz_bad/{id}":
    get:
      summary: Bad
      operationId: bad/get
      responses:
        '200':
          description: Fine
`;

  it('nothing is new when lines and paths move, and only what was added when something is', async () => {
    const text = readFileSync(github, 'utf8');
    const [head, paths, tail] = partsOf(text);
    const io = worldWith({ 'github.yaml': text });
    const first = await judge(io);
    apply(first, io, true);
    expect(apply(first, io)).toEqual({ problems: [], baselined: first.problems.length, note: '' });

    const [one, other] = [40, 300];
    const moved = paths.map((path, index) => (index === one ? paths[other]! : index === other ? paths[one]! : path));
    const blank = '\n'.repeat(5);
    const spread = moved.map((path, index) => (index < 100 ? blank + path : path));
    io.write('github.yaml', [head, ...spread, tail].join(''));
    expect(io.read('github.yaml').split('\n').length).toBe(text.split('\n').length + 500);
    expect(apply(await judge(io), io)).toEqual({ problems: [], baselined: first.problems.length, note: '' });

    io.write('github.yaml', [head, ...paths, badOperation, tail].join(''));
    const { problems: added, note } = apply(await judge(io), io);
    expect(new Set(added.map(({ element }) => element.split('/').slice(0, 3).join('/')))).toEqual(
      new Set(['#/paths/~1zz_bad~1{id}']),
    );
    expect(added.map(({ rule }) => rule)).toContain('naming/path-case');
    expect(note).toBe('');

    io.write('github.yaml', [head, ...paths.filter((_, index) => index !== one), tail].join(''));
    const fewer = apply(await judge(io), io);
    expect(fewer.problems).toEqual([]);
    expect(fewer.note).toMatch(/^apiarch: \d+ findings of the baseline `baseline.json` no longer occur/);
  });

  /** What stands before the paths, each path, and what stands behind them. */
  function partsOf(text: string): [string, string[], string] {
    const start = text.indexOf('\npaths:\n') + '\npaths:\n'.length;
    const end = text.indexOf('\ncomponents:\n') + 1;
    expect(start).toBeGreaterThan(10);
    expect(end).toBeGreaterThan(start);
    return [text.slice(0, start), text.slice(start, end).split(/^(?= {2}\S)/m), text.slice(end)];
  }
});
