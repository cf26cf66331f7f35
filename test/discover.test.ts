import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { discover, foldersOf, targetsOf } from '../src/config/discover.ts';
import { Project } from '../src/config/project.ts';
import { languages } from '../src/languages/registry.ts';
import { type World, worldWith } from './world.ts';

const api = 'openapi: 3.1.0\n';
const isRoot = process.getuid?.() === 0;

async function find(world: World, ...paths: string[]): Promise<string[]> {
  const targets = await targetsOf(paths, 'stdin', world);
  const project = new Project(world, foldersOf(targets));
  const documents = await discover(targets, project, Object.values(languages), world);
  return documents.flatMap(({ entries }) => entries.map(({ path }) => path));
}

describe('a folder', () => {
  it('gives its documents in the order of their paths', async () => {
    const world = worldWith({
      'b.yaml': api,
      'a/z.json': '{ "swagger": "2.0" }',
      'a/b/c.yml': api,
      'a/other.yaml': 'services: {}',
      'readme.md': api,
    });
    expect(await find(world)).toEqual(['a/b/c.yml', 'a/z.json', 'b.yaml']);
    expect(await find(world, 'a', 'a/b', 'b.yaml')).toEqual(['a/b/c.yml', 'a/z.json', 'b.yaml']);
  });

  it('is searched without node_modules and .git', async () => {
    expect(await find(worldWith({ 'x.yaml': api, 'node_modules/y.yaml': api, '.git/z.yaml': api }))).toEqual([
      'x.yaml',
    ]);
  });

  it('is searched with its hidden folders', async () => {
    expect(await find(worldWith({ '.api/x.yaml': api }))).toEqual(['.api/x.yaml']);
  });

  it('may look like a file', async () => {
    expect(await find(worldWith({ 'x.yaml/y.yaml': api }), 'x.yaml')).toEqual(['x.yaml/y.yaml']);
  });

  it('without documents fails, even when another has some', async () => {
    const world = worldWith({ 'a/x.yaml': api, 'b/readme.md': '' });
    await expect(find(world, 'a', 'b')).rejects.toThrow('there is no API document in `b`');
  });
});

describe('.gitignore', () => {
  const files = {
    '.gitignore': 'dist\n*.gen.yaml\n',
    'x.yaml': api,
    'y.gen.yaml': api,
    'dist/z.yaml': api,
    'kept/.gitignore': '!y.gen.yaml\n/private\n',
    'kept/y.gen.yaml': api,
    'kept/private/z.yaml': api,
    'kept/sub/private/z.yaml': api,
  };

  it('hides files; a deeper one has the last word', async () => {
    expect(await find(worldWith(files))).toEqual(['kept/sub/private/z.yaml', 'kept/y.gen.yaml', 'x.yaml']);
  });

  it('above a folder counts in it', async () => {
    const world = worldWith({ '.gitignore': 'hidden.yaml\n', 'a/hidden.yaml': api, 'a/x.yaml': api });
    expect(await find(world, 'a')).toEqual(['a/x.yaml']);
  });

  it('does not hide a folder or file that is named', async () => {
    expect(await find(worldWith(files), 'dist', 'y.gen.yaml')).toEqual(['dist/z.yaml', 'y.gen.yaml']);
  });

  it('hides files from globs', async () => {
    expect(await find(worldWith(files), '**/*.yaml')).toEqual(['kept/sub/private/z.yaml', 'kept/y.gen.yaml', 'x.yaml']);
  });
});

describe('a glob', () => {
  it('takes the documents among what it matches', async () => {
    const world = worldWith({ 'a/x.yaml': api, 'a/y.json': '{}', 'b/x.yaml': api, 'node_modules/x.yaml': api });
    expect(await find(world, '{a,b}/*')).toEqual(['a/x.yaml', 'b/x.yaml']);
    expect(await find(world, '**/x.*')).toEqual(['a/x.yaml', 'b/x.yaml']);
  });

  it('yields to a file of that name', async () => {
    expect(await find(worldWith({ '[id].yaml': api, 'i.yaml': api }), '[id].yaml')).toEqual(['[id].yaml']);
  });
});

describe('a link', () => {
  it('to a folder above ends no search', async () => {
    const world = worldWith({ 'a/x.yaml': api });
    symlinkSync('..', join(world.cwd, 'a/up'));
    expect(await find(world)).toEqual(['a/x.yaml']);
  });

  it('to a file is that file', async () => {
    const world = worldWith({ 'z.yaml': api });
    symlinkSync('z.yaml', join(world.cwd, 'a.yaml'));
    expect(await find(world)).toEqual(['z.yaml']);
  });

  it('to nothing or out of the project is passed over', async () => {
    const outside = worldWith({ 'x.yaml': api });
    const world = worldWith({ 'z.yaml': api });
    symlinkSync(join(outside.cwd, 'x.yaml'), join(world.cwd, 'a.yaml'));
    symlinkSync('nothing', join(world.cwd, 'b.yaml'));
    expect(await find(world)).toEqual(['z.yaml']);
  });
});

describe('a file', () => {
  it('that is named may be called anything', async () => {
    expect(await find(worldWith({ 'petstore.txt': api }), 'petstore.txt')).toEqual(['petstore.txt']);
  });

  it('that is no document fails with what was looked for', async () => {
    await expect(find(worldWith({ 'x.yaml': 'a: 1' }), 'x.yaml')).rejects.toThrow(
      '`x.yaml` is no API document: apiarch looked for OpenAPI (an `openapi` or `swagger` key) in .yaml, .yml or .json files; ',
    );
  });

  it.skipIf(isRoot)('that cannot be read fails', async () => {
    const world = worldWith({ 'x.yaml': api, 'y.yaml': api });
    chmodSync(join(world.cwd, 'x.yaml'), 0);
    await expect(find(world)).rejects.toThrow('`x.yaml` cannot be read: permission is denied.');
  });

  it('that is a socket is passed over in folders and refused by name', async () => {
    const world = worldWith({ 'y.yaml': api });
    const server = createServer();
    await new Promise<void>((done) => server.listen(join(world.cwd, 'x.yaml'), done));
    try {
      expect(await find(world)).toEqual(['y.yaml']);
      await expect(find(world, 'x.yaml')).rejects.toThrow('`x.yaml` is not a regular file.');
    } finally {
      server.close();
    }
  });
});

it('standard input is a document by the name it is given', async () => {
  const world = worldWith({}, { stdin: api });
  expect(await find(world, '-')).toEqual(['stdin']);
});

describe('a project', () => {
  it('is the git root around the working directory', () => {
    const world = worldWith({ 'shared.yaml': '', 'apis/x.yaml': '' });
    const inside = new Project({ ...world, cwd: join(world.cwd, 'apis') }, []);
    expect(inside.root).toBe(world.cwd);
  });

  it('is the working directory where there is no git', () => {
    const cwd = '/nowhere/at/all';
    expect(new Project({ ...worldWith({}), cwd, kind: () => null }, []).root).toBe(cwd);
  });

  it('reads what lies inside, and refuses the rest', () => {
    const outside = worldWith({ 'secret.yaml': 'secret' });
    const world = worldWith({ 'a/x.yaml': 'x' });
    symlinkSync(join(outside.cwd, 'secret.yaml'), join(world.cwd, 'a/link.yaml'));
    const project = new Project(world, []);
    expect(project.read('a/x.yaml')).toMatchObject({ source: { path: 'a/x.yaml', text: 'x' } });
    const secret = join(outside.cwd, 'secret.yaml');
    expect(project.read(secret)).toEqual({
      refused: `\`${secret}\` lies outside the project; \`--allow-outside ${outside.cwd}\` lets it in.`,
    });
    expect(project.read('a/link.yaml')).toMatchObject({ refused: expect.stringContaining('lies outside the project') });
    expect(project.read('../missing.yaml')).toMatchObject({ refused: expect.stringContaining('lies outside') });
    expect(project.read('missing.yaml')).toEqual({
      refused: '`missing.yaml` cannot be read: there is no such file or folder.',
    });
    expect(new Project(world, [outside.cwd]).read('a/link.yaml')).toMatchObject({ source: { text: 'secret' } });
  });

  it('is not left by a folder whose name begins alike', () => {
    const world = worldWith({ 'api/x.yaml': '', 'api-secret/y.yaml': '' });
    const project = new Project({ ...world, kind: () => null, cwd: join(world.cwd, 'api') }, []);
    mkdirSync(join(world.cwd, 'api', 'sub'));
    expect(project.contains(join(world.cwd, 'api/sub'))).toBe(true);
    expect(project.contains(join(world.cwd, 'api-secret/y.yaml'))).toBe(false);
  });
});
