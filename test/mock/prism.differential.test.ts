// Prism itself, in a process of its own, answers as `--compat prism` does. `npm run bench -- mock` installs it.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serve } from './http-server.ts';
import { pets } from './prism-document.ts';

const prism = '.cache/bench/prism/node_modules/@stoplight/prism-cli/dist/index.js';
const json = { 'content-type': 'application/json' };
const text = { 'content-type': 'text/plain' };

describe.skipIf(!existsSync(prism))('Prism and --compat prism', () => {
  let theirs = '';
  let stop = () => {};

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'prism-'));
    const document = join(folder, 'pets.yaml');
    writeFileSync(document, pets);
    const port = await freePort();
    const server = spawn(process.execPath, [prism, 'mock', document, '-p', String(port)], { stdio: 'ignore' });
    stop = () => {
      server.kill();
      rmSync(folder, { recursive: true });
    };
    theirs = `http://127.0.0.1:${port}`;
    while (!(await isUp(theirs)) && server.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 100));
  }, 60_000);
  afterAll(() => stop());

  it.each([
    ['GET', '/pets/7'],
    ['GET', '/pets/x'],
    ['GET', '/pets/mine'],
    ['GET', '/nowhere'],
    ['PUT', '/pets/7'],
    ['GET', '/pets/7', { accept: 'text/html' }],
    ['GET', '/pets/7', { accept: 'application/*' }],
    ['GET', '/media'],
    ...['code=404', 'code=418', 'code=x', 'example=cat', 'example=cow'].flatMap((wish) => [
      ['GET', '/pets/7', { prefer: wish }] as const,
      ['GET', `/pets/7?__${wish}`] as const,
    ]),
    ['GET', '/pets/7?__code=404', { prefer: 'example=cat' }],
    ['POST', '/plain', json, '{"n":1}'],
    ['POST', '/plain', json, '{"n":"x"}'],
    ['POST', '/plain', json, '{}'],
    ['POST', '/plain', json],
    ['POST', '/plain', text, 'x'],
    ['POST', '/plain', { 'content-type': 'application/vnd.api+json' }, '{"n":1}'],
    ['POST', '/documented', json, '{}'],
    ['POST', '/both', json, '{}'],
    ['POST', '/both', { ...json, accept: 'text/html' }, '{}'],
    ['GET', '/wrong'],
    ['POST', '/all?n=x', json, '{}'],
    ['POST', '/all?n=x', { ...text, 'x-need': '1' }, 'x'],
    ['POST', '/all', { ...json, 'x-key': 'k', 'x-need': '1' }, '{"n":1}'],
    ['POST', '/all', { ...json, authorization: 'Basic dTpw', 'x-need': '1' }, '{"n":1}'],
    ['GET', '/optional'],
    ['GET', '/optional', { authorization: 'Bearer abc' }],
    ['GET', '/optional', { authorization: 'Basic dTpw' }],
    ['GET', '/secret'],
    ['GET', '/secret', { 'x-key': 'k' }],
    ['GET', '/old'],
    ['POST', '/bodiless'],
    ['POST', '/bodiless', json, '{}'],
    ['GET', '/elsewhere?__server=https://a.dev'],
    ['GET', '/elsewhere?__server=https://c.dev'],
  ] as const)(
    'answer alike to %s %s %j',
    async (method, path, headers?: Readonly<Record<string, string>>, body?: string) => {
      const { url } = await serve(pets, { compat: 'prism' });
      const ask = async (base: string) =>
        factsOf(await fetch(base + path, { method, ...(headers && { headers }), ...(body !== undefined && { body }) }));
      expect(await ask(url)).toEqual(await ask(theirs));
    },
  );
});

/** What users of Prism go by. */
async function factsOf(response: Response): Promise<unknown> {
  const type = response.headers.get('content-type') ?? '';
  const body = await response.text();
  const isProblem = type.startsWith('application/problem+json');
  const problem = isProblem ? (JSON.parse(body) as { type: string; validation?: Told[] }) : null;
  const told = problem?.validation ?? (JSON.parse(response.headers.get('sl-violations') ?? '[]') as Told[]);
  return {
    status: response.status,
    // Of answers without a body, Prism says that they are text.
    type: body === '' ? '' : type,
    body: problem ? problem.type : body,
    told: told.map(({ location = [], code }) => `${location.join('.')} ${code}`).sort(),
    deprecation: response.headers.get('deprecation'),
  };
}

interface Told {
  /** Missing where the body is. */
  readonly location?: readonly string[];
  readonly code: unknown;
}

async function isUp(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
