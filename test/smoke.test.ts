// What is published, unpacked elsewhere and run as a program.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// Packing takes what was built; `npm run check` builds first.
describe.skipIf(!existsSync('dist/main.js'))('the package', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'package-'));
    const pack = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
    const [{ filename }] = JSON.parse(
      execFileSync('npm', pack, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    );
    execFileSync('tar', ['-xzf', filename], { cwd: folder });
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
    writeFileSync(join(folder, 'openapi.yaml'), 'openapi: 3.1.0\npaths:\n  /getUser:\n    get: {}\n');
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const run = (args: readonly string[]) =>
    spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } });
  const apiarch = (...args: string[]) => run(['package/bin/apiarch.js', ...args]);

  it('lints', () => {
    const { status, stdout, stderr } = apiarch('lint', '--format', 'compact', 'openapi.yaml');
    expect(stderr).toBe('');
    expect(stdout).toContain('openapi.yaml:3:3 warn naming/path-no-verb');
    expect(status).toBe(1);
  });

  it('explains, with the lazily loaded parts it takes', () => {
    const { status, stdout } = apiarch('explain', 'naming/path-no-verb');
    expect(stdout).toContain('naming/path-no-verb');
    expect(status).toBe(0);
  });

  it('reads a ruleset of the user and a broken document', () => {
    writeFileSync(join(folder, 'house.yaml'), 'rules:\n  structure/syntax: warn\n');
    writeFileSync(join(folder, 'broken.yaml'), 'openapi: 3.1.0\npaths: [\n');
    const { status, stdout, stderr } = apiarch('lint', '--ruleset', 'house.yaml', '-f', 'compact', 'broken.yaml');
    expect(stderr).toBe('');
    expect(stdout).toContain('structure/syntax');
    expect(status).toBe(0);
  });

  it('is a module', () => {
    writeFileSync(
      join(folder, 'use.mjs'),
      `import { lint } from './package/dist/index.js';
const { problems } = await lint({ 'a.yaml': 'openapi: 3.1.0\\npaths:\\n  /getUser: {}\\n' });
console.log(problems.some(({ rule }) => rule === 'naming/path-no-verb'));`,
    );
    expect(run(['use.mjs']).stdout).toBe('true\n');
  });
});
