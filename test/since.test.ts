import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { findDocuments, readDocuments } from '../src/commands/documents.ts';
import { enabledRules, ownRulesets } from '../src/config/rulesets.ts';
import { findBefore, lookBack, newSince } from '../src/config/since.ts';
import { filesBelow, type Io } from '../src/io.ts';
import { lint } from '../src/lint/lint.ts';
import { rules } from '../src/rules/index.ts';
import type { Problem } from '../src/text/problem.ts';
import { type World, worldWith } from './world.ts';

const enabled = enabledRules(ownRulesets('recommended'), [], rules);
const env = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'))),
  ...{ GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@example.com', GIT_COMMITTER_NAME: 'a' },
  ...{ GIT_COMMITTER_EMAIL: 'a@example.com', GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
};

function git(world: Pick<World, 'cwd'>, ...args: string[]): string {
  return execFileSync('git', args, { cwd: world.cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
}

/** A world in a repository with one commit on `main`. */
function repository(files: Readonly<Record<string, string>>): World {
  const world = worldWith(files);
  rmSync(join(world.cwd, '.git'), { recursive: true });
  git(world, 'init', '-q', '-b', 'main');
  commit(world, 'first');
  return world;
}

function commit(world: World, title: string): void {
  git(world, 'add', '-A');
  git(world, 'commit', '-qm', title, '--allow-empty');
}

function put(world: World, path: string, text: string): void {
  mkdirSync(dirname(join(world.cwd, path)), { recursive: true });
  writeFileSync(join(world.cwd, path), text);
}

const flags = { stdinPath: 'stdin' };

async function problemsOf(paths: readonly string[], io: Io): Promise<readonly Problem[]> {
  return lint(readDocuments(await findDocuments(paths, flags, io)), { rules: enabled, known: rules }).problems;
}

/** What the command reports with `--since`, as `file rule element`. */
async function since(ref: string, world: Io, paths: readonly string[] = [], stdinPath = 'stdin'): Promise<string[]> {
  const then = lookBack(ref, world);
  const apis = readDocuments(await findDocuments(paths, { stdinPath }, world));
  const now = lint(apis, { rules: enabled, known: rules }).problems;
  const find = (some: readonly string[], io: Io) => findDocuments(some, flags, io);
  const found = await findBefore(then, paths, stdinPath, find);
  const old = found ? lint(readDocuments(found), { rules: enabled, known: rules }).problems : [];
  return newSince(now, old, then, world).map(({ range, rule, element }) => `${range.source.path} ${rule} ${element}`);
}

function document(paths: readonly string[]): string {
  const items = paths.map((path) => `  ${path}:\n    get:\n      responses:\n        '200': { description: Good }\n`);
  return `openapi: 3.1.0\ninfo: { title: A, version: 1.0.0 }\npaths:\n${items.join('')}`;
}

describe('since a ref', () => {
  it('nothing is new where nothing has changed', async () => {
    const world = repository({ 'a.yaml': document(['/a_b']), 'b.graphql': 'type Query { a_b: [Int] }\n' });
    expect(await problemsOf([], world)).not.toEqual([]);
    expect(await since('main', world)).toEqual([]);
    commit(world, 'empty');
    expect(await since('HEAD~1', world)).toEqual([]);
  });

  it('all is new in new files, staged, committed or neither', async () => {
    const world = repository({ 'a.yaml': document(['/a_b']) });
    git(world, 'checkout', '-qb', 'topic');
    put(world, 'committed.yaml', document(['/c_d']));
    commit(world, 'second');
    put(world, 'staged.yaml', document(['/e_f']));
    git(world, 'add', 'staged.yaml');
    put(world, 'untracked/x.yaml', document(['/g_h']));
    const found = await since('main', world);
    const all = (await problemsOf([], world)).filter(({ range }) => range.source.path !== 'a.yaml');
    expect(found.length).toBe(all.length);
    expect(new Set(found.map((line) => line.split(' ')[0]))).toEqual(
      new Set(['committed.yaml', 'staged.yaml', 'untracked/x.yaml']),
    );
  });

  it('what others did to the branch meanwhile does not count', async () => {
    const world = repository({ 'a.yaml': document(['/a_b']) });
    git(world, 'checkout', '-qb', 'topic');
    put(world, 'a.yaml', document(['/a_b', '/c_d']));
    commit(world, 'topic');
    git(world, 'checkout', '-q', 'main');
    put(world, 'a.yaml', document(['/users']));
    commit(world, 'main moves on');
    git(world, 'checkout', '-q', 'topic');
    const found = await since('main', world);
    expect(found).toContain('a.yaml naming/path-case #/paths/~1c_d');
    expect(found.filter((line) => !line.includes('#/paths/~1c_d'))).toEqual([]);
  });

  it('renamed files keep what they had, whether git knows of it or not', async () => {
    const world = repository({ 'a.yaml': document(['/a_b', '/c_d', '/e_f']), 'b.yaml': document(['/g_h']) });
    git(world, 'mv', 'a.yaml', 'moved.yaml');
    put(world, 'moved.yaml', document(['/a_b', '/c_d', '/e_f', '/i_j']));
    renameSync(join(world.cwd, 'b.yaml'), join(world.cwd, 'c.yaml'));
    const found = await since('HEAD', world);
    expect(found).toContain('moved.yaml naming/path-case #/paths/~1i_j');
    expect(found.filter((line) => !line.includes('~1i_j'))).toEqual([]);
    expect(await since('HEAD', world, ['moved.yaml', 'c.yaml'])).toEqual(found);
  });

  it('renamed files keep what they had when only the folder that they moved to is looked at', async () => {
    const world = repository({
      ...{ 'a/a.yaml': document(['/a_b', '/c_d']), 'a/notes.yaml': 'just: notes\n', 'a/c.yaml': document(['/e_f']) },
    });
    mkdirSync(join(world.cwd, 'b'));
    git(world, 'mv', 'a', 'b/a');
    expect(await problemsOf(['b'], world)).not.toEqual([]);
    expect(await since('main', world, ['b'])).toEqual([]);
    expect(await since('main', world, ['b/**/*.yaml'])).toEqual([]);
  });

  it('what was mended and what came are told apart', async () => {
    const world = repository({ 'a.graphql': 'type Query { user_name: String }\n' });
    put(world, 'a.graphql', '# moved down\n\ntype Query { userName: String, last_name: String }\n');
    const found = await since('main', world);
    expect(found).toContain('a.graphql naming/field-case Query.last_name');
    expect(found.filter((line) => line.includes('Query.user_name'))).toEqual([]);
  });

  it('documents are read with what they referred to then', async () => {
    const part = (type: string) => `Pet:\n  type: object\n  properties:\n    pet_name: { type: ${type} }\n`;
    const entry = `${document(['/pets'])}components:\n  schemas:\n    Pet: { $ref: 'parts/pet.yaml#/Pet' }\n`;
    const world = repository({ 'a.yaml': entry, 'parts/pet.yaml': part('string') });
    rmSync(join(world.cwd, 'parts'), { recursive: true });
    const found = await since('main', world);
    expect(found.filter((line) => line.includes('reference-resolves')).length).toBe(1);
  });

  it('a schema that lost a file has lost it only now', async () => {
    const world = repository({ 'a.graphql': 'type Query { user: User }\n', 'b.graphql': 'type User { id: ID! }\n' });
    git(world, 'rm', '-q', 'b.graphql');
    expect((await since('main', world)).join('\n')).toMatch(/a\.graphql structure\/\S+ Query\.user/);
  });

  it('works from a folder below, for globs, files, folders and standard input', async () => {
    const world = repository({ 'api/a.yaml': document(['/a_b']), 'api/old/b.yaml': document(['/c_d']), 'x.txt': '' });
    put(world, 'api/a.yaml', document(['/a_b', '/e_f']));
    git(world, 'rm', '-rq', 'api/old');
    put(world, 'api/new/c.yaml', document(['/g_h']));
    const below = { ...worldWith({}), ...worldBelow(world, 'api') };
    const ofA = (await since('main', below, ['a.yaml'])).sort();
    expect(ofA).toContain('a.yaml naming/path-case #/paths/~1e_f');
    expect(ofA.filter((line) => !line.includes('~1e_f'))).toEqual([]);
    const all = await since('main', below);
    expect(all.filter((line) => line.startsWith('a.yaml')).sort()).toEqual(ofA);
    expect(all.some((line) => line.startsWith('new/c.yaml'))).toBe(true);
    expect(await since('main', below, ['*.yaml', 'new'])).toEqual(all);
    expect(await since('main', below, ['**/*.yaml'])).toEqual(all);
    const text = readFileSync(join(world.cwd, 'api/a.yaml'), 'utf8');
    expect((await since('main', { ...below, stdin: async () => text }, ['-'], 'a.yaml')).sort()).toEqual(ofA);
  });

  it('files that git ignores are new when they are named, and there when others need them', async () => {
    const world = repository({ '.gitignore': 'gen\n', 'a.yaml': document(['/a_b']) });
    put(world, 'gen/g.yaml', document(['/c_d']));
    expect(await since('main', world)).toEqual([]);
    expect((await since('main', world, ['a.yaml', 'gen/g.yaml'])).some((line) => line.startsWith('gen/g.yaml'))).toBe(
      true,
    );
    const then = lookBack('main', world).io;
    expect(then.read('gen/g.yaml')).toBe(document(['/c_d']));
  });

  it('neither the index nor the working tree is touched', async () => {
    const world = repository({ 'a.yaml': document(['/a_b']), 'b.yaml': document(['/c_d']) });
    put(world, 'a.yaml', document(['/e_f']));
    // A file whose time is new and whose text is not makes git write the index when it looks.
    put(world, 'b.yaml', document(['/c_d']));
    const look = () => [
      statSync(join(world.cwd, '.git/index')).mtimeMs,
      readFileSync(join(world.cwd, '.git/index')).toString('hex'),
      git(world, '--no-optional-locks', 'status', '--porcelain'),
    ];
    const seen = look();
    await since('main', world);
    expect(look()).toEqual(seen);
  });
});

describe('the working directory of then', () => {
  it('holds what was there, and nothing else', async () => {
    const world = repository({
      'same.yaml': 'same',
      'changed.yaml': 'old\n',
      'deleted/deep/x.yaml': 'x',
      'file-then/x': 'x',
      'odd "name"\n.yaml': 'odd',
    });
    symlinkSync('changed.yaml', join(world.cwd, 'link.yaml'));
    commit(world, 'link');
    put(world, 'changed.yaml', 'new\n');
    put(world, 'added/x.yaml', 'x');
    put(world, 'odd "name"\n.yaml', 'even');
    git(world, 'rm', '-rq', 'deleted', 'file-then', 'link.yaml');
    put(world, 'file-then', 'a file now');
    git(world, 'add', 'file-then');
    const { io } = lookBack('HEAD', world);
    const names = (folder: string) => io.list(folder).map(({ name, kind }) => `${kind} ${name}`);
    expect(names('.')).toEqual([
      'folder .git',
      'folder added',
      'file changed.yaml',
      'folder deleted',
      'folder file-then',
      'link link.yaml',
      'file odd "name"\n.yaml',
      'file same.yaml',
    ]);
    expect([names('deleted'), names('deleted/deep'), names('added')]).toEqual([['folder deep'], ['file x.yaml'], []]);
    expect([io.read('same.yaml'), io.read('changed.yaml'), io.read('link.yaml')]).toEqual(['same', 'old\n', 'old\n']);
    expect(io.read('odd "name"\n.yaml')).toBe('odd');
    expect([io.kind('added/x.yaml'), io.kind('link.yaml'), io.kind('deleted'), io.kind('nothing')]).toEqual([
      null,
      'file',
      'folder',
      null,
    ]);
    expect(io.realPath('link.yaml')).toBe(join(world.cwd, 'changed.yaml'));
    expect(() => io.read('added/x.yaml')).toThrow('`added/x.yaml` cannot be read: it was not there at the merge base.');
    expect((await io.glob('**/x*')).sort()).toEqual(['deleted/deep/x.yaml', 'file-then/x']);
    expect(() => io.write('same.yaml', '')).toThrow();
  });

  it('starts git once for all documents of a kind', () => {
    const world = repository(Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`${i}.yaml`, `old ${i}`])));
    for (let i = 0; i < 30; i++) put(world, `${i}.yaml`, `new ${i}`);
    const calls: string[] = [];
    const { io } = lookBack('HEAD', {
      ...world,
      git(args, input) {
        calls.push(args.join(' '));
        return world.git(args, input);
      },
    });
    expect(Array.from({ length: 30 }, (_, i) => io.read(`${i}.yaml`))).toEqual(
      Array.from({ length: 30 }, (_, i) => `old ${i}`),
    );
    expect(calls.filter((call) => call.startsWith('cat-file'))).toEqual(['cat-file --batch']);
  });
});

describe('a failure says what to do', () => {
  it.each([
    ['--output=x', '`--since` takes a commit, and `--output=x` names none.'],
    ['', '`--since` takes a commit, and `` names none.'],
    ['nothing', 'git knows no commit `nothing`.'],
    ['mian', 'git knows no commit `mian`; did you mean `main`?'],
    ['origin/main', 'git knows no commit `origin/main`; `git fetch origin main:refs/remotes/origin/main` brings it.'],
    ['HEAD:a.yaml', 'git knows no commit `HEAD:a.yaml`.'],
  ])('for %s', (ref, message) => {
    const world = repository({ 'a.yaml': document(['/a']) });
    expect(() => lookBack(ref, world)).toThrow(message);
  });

  it('where there is no repository, or no commit', () => {
    const world = worldWith({});
    expect(() => lookBack('main', world)).toThrow('the working directory lies in no git repository');
    rmSync(join(world.cwd, '.git'), { recursive: true });
    git(world, 'init', '-q', '-b', 'main');
    expect(() => lookBack('main', world)).toThrow('`--since` compares with a commit, and there is none yet.');
  });

  it('where there is no git', () => {
    const world = worldWith({});
    vi.stubEnv('PATH', world.cwd);
    try {
      expect(() => lookBack('main', world)).toThrow('`git` is not installed, or not found in `PATH`.');
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it('where histories have nothing in common, or the clone is shallow', () => {
    const world = repository({ 'a.yaml': document(['/a']) });
    git(world, 'checkout', '-q', '--orphan', 'other');
    commit(world, 'other');
    expect(() => lookBack('main', world)).toThrow(/^`main` and `HEAD` have no commit in common\.$/);
    git(world, 'checkout', '-q', 'main');
    put(world, 'b.yaml', '');
    commit(world, 'second');
    const clone = worldWith({});
    rmSync(join(clone.cwd, '.git'), { recursive: true });
    git(clone, 'clone', '-q', '--depth=1', '--no-single-branch', `file://${world.cwd}`, '.');
    expect(() => lookBack('origin/other', clone)).toThrow('the clone is shallow: `git fetch --unshallow` brings');
  });
});

function worldBelow(world: World, folder: string): World {
  return { ...world, ...filesBelow(join(world.cwd, folder)) };
}
