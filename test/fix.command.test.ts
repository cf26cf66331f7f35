// Fixes as users make them: `apiarch lint --fix`.
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyPatch, parsePatch } from 'diff';
import { describe, expect, it } from 'vitest';
import { main } from '../src/cli.ts';
import { type World, worldWith } from './world.ts';

const slash = `openapi: 3.1.0
info: { title: Shop, version: v1 } # the one
servers:
  - url: https://api.shop.dev/
paths: {}
`;
const mended = slash.replace('v1 ', '1.0.0 ').replace('.dev/', '.dev');

async function fix(world: World, ...args: string[]) {
  // A dry run prints its diff, and no report beside it.
  const report = args.includes('--fix-dry-run') ? [] : ['-f', 'compact'];
  const status = await main(['lint', ...report, ...args], world);
  return { status, ...world.written };
}

const bytesOf = (world: World, path: string) => readFileSync(join(world.cwd, path));

describe('--fix', () => {
  it('mends the file and tells what is left', async () => {
    const world = worldWith({ 'openapi.yaml': slash });
    const { stdout, stderr } = await fix(world, '--fix');
    expect(world.read('openapi.yaml')).toBe(mended);
    expect(stderr).toBe('2 problems fixed in 1 file\n');
    expect(stdout).not.toContain('docs/servers-declared');
    expect(stdout).toContain('docs/contact-declared');
  });

  it.each([
    ['a byte order mark', (text: string) => Buffer.from(`\uFEFF${text}`)],
    ['UTF-16 LE', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16 BE', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
    ['CR LF', (text: string) => Buffer.from(text.replaceAll('\n', '\r\n'))],
    ['no line break at the end', (text: string) => Buffer.from(text.trimEnd())],
  ])('keeps %s', async (_, encode) => {
    const world = worldWith({ 'openapi.yaml': encode(slash) });
    await fix(world, '--fix');
    expect(bytesOf(world, 'openapi.yaml')).toEqual(encode(mended));
  });

  it('inserts lines that end as the others do', async () => {
    const text = `${slash.replace('paths: {}', 'paths:\n  /orders:\n    get:\n      summary: All')}      responses: {}\n`;
    const world = worldWith({ 'openapi.yaml': text.replaceAll('\n', '\r\n') });
    await fix(world, '--fix', '--rule', 'docs/operation-id-present');
    const lines = world.read('openapi.yaml').split('\r\n');
    expect(lines).toContain('      operationId: listOrders');
    expect(world.read('openapi.yaml').replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it('mends what the document refers to, and nothing in node_modules', async () => {
    const schema = 'type: string\nenum: [a, b, a]\n';
    const world = worldWith({
      'openapi.yaml': `openapi: 3.1.0
info: { title: Shop, version: 1.0.0 }
paths: {}
components:
  schemas:
    Ours: { $ref: schemas/ours.yaml }
    Theirs: { $ref: node_modules/theirs/it.yaml }
`,
      'schemas/ours.yaml': schema,
      'node_modules/theirs/it.yaml': schema,
    });
    const { stderr } = await fix(world, '--fix', '--rule', 'schemas/enum-valid');
    expect(world.read('schemas/ours.yaml')).toBe('type: string\nenum: [a, b]\n');
    expect(world.read('node_modules/theirs/it.yaml')).toBe(schema);
    expect(stderr).toBe('1 problem fixed in 1 file\n');
  });

  it('leaves what a note silences', async () => {
    const text = slash.replace('.dev/', '.dev/ # apiarch-ignore docs/servers-declared: the gateway wants it');
    const world = worldWith({ 'openapi.yaml': text });
    await fix(world, '--fix');
    expect(world.read('openapi.yaml')).toBe(text.replace('v1 ', '1.0.0 '));
  });

  it('writes nothing when a file has changed since it was read', async () => {
    const world = worldWith({ 'a.yaml': slash, 'b.yaml': slash });
    const read = (path: string) => {
      const text = world.read(path);
      if (path.endsWith('b.yaml')) writeFileSync(join(world.cwd, 'b.yaml'), `${slash}# edited meanwhile\n`);
      return text;
    };
    const { status, stderr } = await fix({ ...world, read }, '--fix');
    expect(status).toBe(2);
    expect(stderr).toContain('`b.yaml` has changed since it was read, and nothing was fixed');
    expect(world.read('a.yaml')).toBe(slash);
    expect(world.read('b.yaml')).toBe(`${slash}# edited meanwhile\n`);
  });

  it('leaves a file alone that is no text', async () => {
    const bytes = Buffer.concat([Buffer.from(slash), Buffer.from('# caf'), Buffer.from([0xe9, 10])]);
    const world = worldWith({ 'openapi.yaml': bytes });
    const { status, stderr } = await fix(world, '--fix');
    expect(status).toBe(2);
    expect(stderr).toContain('`openapi.yaml` holds bytes that are no text in its encoding');
    expect(bytesOf(world, 'openapi.yaml')).toEqual(bytes);
  });

  it('writes through a link, and leaves it a link', async () => {
    const world = worldWith({ 'real/openapi.yaml': slash });
    symlinkSync('real/openapi.yaml', join(world.cwd, 'link.yaml'));
    await fix(world, '--fix', 'link.yaml');
    expect(world.read('real/openapi.yaml')).toBe(mended);
  });

  it('does not touch a file that cannot be parsed', async () => {
    const text = `${slash}oops: [\n`;
    const world = worldWith({ 'openapi.yaml': text });
    const { stderr } = await fix(world, '--fix', '--unsafe-fixes');
    expect(world.read('openapi.yaml')).toBe(text);
    expect(stderr).toBe('0 problems fixed in 0 files\n');
  });
});

describe('--fix-dry-run', () => {
  it('prints a patch that does what --fix does', async () => {
    const files = { 'b/openapi.yaml': slash.replaceAll('\n', '\r\n'), 'a.yaml': slash.trimEnd() };
    const dry = worldWith(files);
    const { stdout, stderr } = await fix(dry, '--fix-dry-run', '--unsafe-fixes');
    expect(stderr).toBe('4 problems would be fixed in 2 files\n');
    const wet = worldWith(files);
    await fix(wet, '--fix', '--unsafe-fixes');
    const patches = parsePatch(stdout);
    expect(patches.map(({ oldFileName, newFileName }) => [oldFileName, newFileName])).toEqual([
      ['a/a.yaml', 'b/a.yaml'],
      ['a/b/openapi.yaml', 'b/b/openapi.yaml'],
    ]);
    for (const patch of patches) {
      const path = patch.newFileName!.slice(2);
      expect(dry.read(path)).toBe(files[path as keyof typeof files]);
      expect(applyPatch(dry.read(path), patch, { autoConvertLineEndings: false })).toBe(wet.read(path));
    }
  });

  it('shows what it would do with standard input', async () => {
    const { stdout } = await fix(worldWith({}, { stdin: slash }), '--fix-dry-run', '-', '--stdin-path', 'x.yaml');
    expect(stdout).toContain('--- a/x.yaml\n+++ b/x.yaml\n');
    expect(stdout).toContain('+  - url: https://api.shop.dev\n');
  });

  it('prints nothing where there is nothing to mend', async () => {
    const { stdout, stderr } = await fix(worldWith({ 'openapi.yaml': mended }), '--fix-dry-run');
    expect({ stdout, stderr }).toEqual({ stdout: '', stderr: '0 problems would be fixed in 0 files\n' });
  });
});
