import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { outputTo } from '../src/io.ts';
import { worldWith } from './world.ts';

describe('reading', () => {
  it.each([
    ['UTF-8', Buffer.from('é: 😀')],
    ['UTF-8 with a mark', Buffer.from('\uFEFFé: 😀')],
    ['UTF-16 LE', Buffer.from('\uFEFFé: 😀', 'utf16le')],
    ['UTF-16 BE', Buffer.from('\uFEFFé: 😀', 'utf16le').swap16()],
    [
      'UTF-16 BE with half a character',
      Buffer.concat([Buffer.from('\uFEFFé: 😀', 'utf16le').swap16(), Buffer.from([0])]),
    ],
  ])('decodes %s', (_, bytes) => {
    expect(worldWith({ 'x.yaml': bytes }).read('x.yaml')).toBe('é: 😀');
  });

  it('decodes what is no text at all', () => {
    expect(worldWith({ x: new Uint8Array([0xff]), y: new Uint8Array([]) }).read('x')).toBe('\uFFFD');
  });

  it('refuses folders and devices', () => {
    const world = worldWith({ 'x.yaml/y': '' });
    expect(() => world.read('x.yaml')).toThrow('`x.yaml` is a folder, not a file.');
    expect(() => world.read('/dev/zero')).toThrow('`/dev/zero` is not a regular file.');
  });
});

describe('writing', () => {
  it('replaces a file, through a link too, and leaves nothing else', () => {
    const world = worldWith({ 'a/x.txt': 'old' });
    symlinkSync('a/x.txt', join(world.cwd, 'link.txt'));
    world.write('link.txt', 'new');
    world.write('b/c/y.txt', 'text');
    expect(readFileSync(join(world.cwd, 'a/x.txt'), 'utf8')).toBe('new');
    expect(readFileSync(join(world.cwd, 'b/c/y.txt'), 'utf8')).toBe('text');
    expect(readdirSync(join(world.cwd, 'a'))).toEqual(['x.txt']);
  });

  it('says why it cannot', () => {
    const world = worldWith({ x: '' });
    expect(() => world.write('x/y', '')).toThrow('`x/y` cannot be written: ');
    expect(() => world.write('.', '')).toThrow('`.` is a folder, not a file.');
    expect(readFileSync(join(world.cwd, 'x'), 'utf8')).toBe('');
  });
});

describe('an output', () => {
  it('drops what nobody reads any more', async () => {
    const chunks: string[] = [];
    const stream = new Writable({
      write(chunk, _, done) {
        chunks.push(String(chunk));
        done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
      },
    });
    const output = outputTo(stream);
    output.write('one');
    await new Promise((done) => stream.once('close', done));
    output.write('two');
    expect(chunks).toEqual(['one']);
  });

  it('keeps the order', () => {
    const path = join(worldWith({}).cwd, 'out');
    const stream = new Writable({
      write(chunk, _, done) {
        writeFileSync(path, chunk, { flag: 'a' });
        done();
      },
    });
    const output = outputTo(stream);
    for (const text of ['a', 'b', 'c']) output.write(text);
    expect(readFileSync(path, 'utf8')).toBe('abc');
  });
});

describe('rewriting', () => {
  it.each([
    ['UTF-8', Buffer.from('é: 😀')],
    ['UTF-8 with a mark', Buffer.from('\uFEFFé: 😀')],
    ['UTF-16 LE', Buffer.from('\uFEFFé: 😀', 'utf16le')],
    ['UTF-16 BE', Buffer.from('\uFEFFé: 😀', 'utf16le').swap16()],
  ])('keeps %s', (_, bytes) => {
    const world = worldWith({ 'x.yaml': bytes });
    world.rewrite('x.yaml', 'é: 😀', 'é: ü😀\r\n');
    expect(world.read('x.yaml')).toBe('é: ü😀\r\n');
    world.rewrite('x.yaml', 'é: ü😀\r\n', 'é: 😀');
    expect(readFileSync(join(world.cwd, 'x.yaml'))).toEqual(bytes);
  });

  it('leaves a file alone that holds something else by now', () => {
    const world = worldWith({ 'x.yaml': 'new' });
    expect(() => world.rewrite('x.yaml', 'old', 'fixed')).toThrow('`x.yaml` has changed since it was read');
    expect(world.read('x.yaml')).toBe('new');
  });

  it('leaves a file alone that is no text', () => {
    const bytes = Buffer.from([97, 0xff, 98]);
    const world = worldWith({ 'x.yaml': bytes });
    expect(() => world.rewrite('x.yaml', world.read('x.yaml'), 'fixed')).toThrow('holds bytes that are no text');
    expect(readFileSync(join(world.cwd, 'x.yaml'))).toEqual(bytes);
  });
});
