// What is published, unpacked elsewhere and run as a program.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// Packing takes what was built; `npm run check` builds first.
describe.skipIf(!existsSync('dist/start.js'))('the package', () => {
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

  it('mocks all three languages, and saves what it holds when it is asked to stop', async () => {
    const examples = ['orders.yaml', 'orders.graphql', 'proto'].map((name) => resolve('examples', name));
    const flags = ['--port', '0', '--grpc-port', '0', '--auth', 'off', '--data', 'records.json', '-q'];
    const mock = spawn(process.execPath, ['package/bin/apiarch.js', 'mock', ...examples, ...flags], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise((resolve) => mock.on('exit', (code, signal) => resolve(code ?? signal)));
    let printed = '';
    const url = await new Promise<string>((resolve, reject) => {
      mock.stdout.on('data', (chunk) => {
        printed += chunk;
        const [, found] = /listening on (http\S+)\n/.exec(printed) ?? [];
        if (found) resolve(found);
      });
      mock.on('exit', () => reject(new Error(`It ended: ${printed}`)));
    });
    const json = async (path: string, body: unknown, headers = {}) => {
      const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers } };
      return (await fetch(`${url}${path}`, { ...init, body: JSON.stringify(body) })).json();
    };
    const order = { currency: 'EUR', lines: [{ product_id: 'prd_1', quantity: 1 }] };
    const { id } = await json('/v1/orders', order, { 'idempotency-key': '3f1c2f0e-8a55-4f43-9d0c-2b7a6f1f0b44' });
    expect(await json('/graphql', { query: `{ order(id: "${id}") { id } }` })).toEqual({ data: { order: { id } } });
    const rpc = '/__apiarch/grpc/shop.orders.v1.OrderService/GetOrder';
    expect(await json(rpc, { name: `orders/${id}` })).toMatchObject({ name: `orders/${id}` });
    mock.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(readFileSync(join(folder, 'records.json'), 'utf8')).toContain(id);
  });

  it('reads a ruleset of the user and a broken document', () => {
    writeFileSync(join(folder, 'house.yaml'), 'rules:\n  structure/syntax: warn\n');
    writeFileSync(join(folder, 'broken.yaml'), 'openapi: 3.1.0\npaths: [\n');
    const { status, stdout, stderr } = apiarch('lint', '--ruleset', 'house.yaml', '-f', 'compact', 'broken.yaml');
    expect(stderr).toBe('');
    expect(stdout).toContain('structure/syntax');
    expect(status).toBe(0);
  });

  it('runs alike without compiled code, with it, with damaged code, and where none can be kept', () => {
    const cache = join(folder, 'package/.cache');
    rmSync(cache, { recursive: true, force: true });
    const lint = () => {
      const { status, stdout, stderr } = apiarch('lint', 'openapi.yaml');
      expect(stderr).toBe('');
      return { status, stdout };
    };
    const first = lint();
    const [version] = readdirSync(join(cache, 'code'));
    const kept = readdirSync(join(cache, 'code', version!)).map((name) => join(cache, 'code', version!, name));
    expect(kept.length).toBeGreaterThan(10);
    expect(lint()).toEqual(first);
    for (const file of kept) damage(file);
    expect(lint()).toEqual(first);
    for (const file of kept) writeFileSync(file, '');
    expect(lint()).toEqual(first);
    rmSync(cache, { recursive: true });
    writeFileSync(cache, 'no folder');
    expect(lint()).toEqual(first);
    rmSync(cache);
  });

  it('runs plugins in TypeScript and writes types, with compiled code that was kept as without', () => {
    const rule = `import { defineRule, openapi } from 'apiarch';
export default defineRule({ id: 'team/short', summary: 'paths are short', why: 'They are read.', sources: [], equivalents: [],
  checks: { openapi: { good: 'openapi: 3.1.0', bad: 'openapi: 3.1.0',
    find: (api) => openapi.paths(api).map(({ path, at }) => ({ at, message: path as string })) } } });`;
    writeFileSync(join(folder, 'team.ts'), rule);
    writeFileSync(join(folder, 'apiarch.yaml'), 'extends: []\nplugins: ./team.ts\n');
    for (let turn = 0; turn < 3; turn++) {
      const linted = apiarch('lint', '-f', 'compact', 'openapi.yaml');
      expect(linted.stderr).toBe('');
      expect(linted.stdout).toBe('openapi.yaml:3:3 warn team/short /getUser\n');
      const typed = apiarch('types', 'openapi.yaml');
      expect(typed.stderr).toBe('');
      expect(typed.stdout).toContain('"/getUser"');
    }
    rmSync(join(folder, 'apiarch.yaml'));
  });

  it('leaves each file whole, old or new, whenever it is killed', async () => {
    const names = ['a.graphql', 'b.graphql', 'known.json'];
    const paths = names.map((name) => join(folder, 'killed', name));
    const text = `# What is asked.\ntype Query {\n${Array.from({ length: 2000 }, (_, at) => `  # Number ${at}.\n  a${at}: Int\n`).join('')}}\n`;
    const reset = () => {
      rmSync(join(folder, 'killed'), { recursive: true, force: true });
      mkdirSync(join(folder, 'killed'));
      for (const path of paths.slice(0, 2)) writeFileSync(path, text);
    };
    const contents = () => paths.map((path) => (existsSync(path) ? readFileSync(path, 'utf8') : null));
    const args = [
      'lint',
      '--fix',
      '--rule',
      'docs/description-not-in-comment',
      '--baseline',
      'known.json',
      '--update-baseline',
    ];
    const killedAfter = (delay: number) =>
      new Promise<boolean>((done) => {
        const child = spawn(process.execPath, ['../package/bin/apiarch.js', ...args], {
          cwd: join(folder, 'killed'),
          stdio: 'ignore',
        });
        const timer = setTimeout(() => child.kill('SIGKILL'), delay);
        child.on('close', (_, signal) => {
          clearTimeout(timer);
          done(signal === 'SIGKILL');
        });
      });
    reset();
    const before = contents();
    const start = performance.now();
    expect(await killedAfter(60_000)).toBe(false);
    const whole = performance.now() - start;
    const after = contents();
    expect(after[0]).not.toBe(before[0]);
    let killed = 0;
    for (let round = 1; round <= 8; round++) {
      reset();
      // Most of the writing is done towards the end.
      if (await killedAfter(whole * (0.3 + 0.09 * round))) killed++;
      for (const [at, content] of contents().entries()) expect([before[at], after[at]]).toContain(content);
    }
    expect(killed).toBeGreaterThan(0);
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

/** Turns over a byte in every hundred. */
function damage(file: string): void {
  const bytes = readFileSync(file);
  for (let at = 0; at < bytes.length; at += 100) bytes[at]! ^= 0xff;
  writeFileSync(file, bytes);
}
