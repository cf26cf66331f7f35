// Every OpenAPI document that nobody here wrote starts, and answers each operation without a fault of the mock's.
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { discover, targetsOf } from '../../src/config/discover.ts';
import { Project } from '../../src/config/project.ts';
import { filesBelow } from '../../src/io.ts';
import { languages } from '../../src/languages/registry.ts';
import { type Form, type Offered, operationsOf } from '../../src/mock/admin/operations.ts';
import { startMock } from '../../src/mock/mock.ts';
import { defaultSettings } from '../../src/mock/settings.ts';
import { worldWith } from '../world.ts';

const corpus = '../shared/corpus/openapi';
/** Of documents with more operations than this, some are asked; with `SAMPLES` in the environment, all. */
const few = 60;

describe.skipIf(!existsSync(corpus))('the mock of a real document', () => {
  it.each(existsSync(corpus) ? documents() : [])(
    'answers each operation of %s',
    async (path) => {
      const apis = await read(path);
      expect(apis.length).toBeGreaterThan(0);
      const logged: string[] = [];
      const settings = { ...defaultSettings, port: 0, grpcPort: 0, auth: 'off', quiet: true } as const;
      const mock = await startMock(apis, settings, (line) => logged.push(line));
      try {
        const faults: string[] = [];
        for (const offered of some(await operationsOf(mock.context))) {
          const status = await ask(offered, offered.form(), mock.url);
          if (status >= 500) faults.push(`${status} ${offered.method} ${offered.path}`);
        }
        expect(faults).toEqual([]);
        expect(logged.filter((line) => line.includes('bug'))).toEqual([]);
      } finally {
        await mock.close();
      }
    },
    600_000,
  );
});

/** Documents by themselves, and the one that is made of thousands of files. */
function documents(): string[] {
  const within = (folder: string) =>
    readdirSync(`${corpus}/${folder}`, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => `${folder}${name}`);
  const parts = 'digitalocean/specification/DigitalOcean-public.v2.yaml';
  return [...within(''), ...within('apis/'), ...within('twilio/'), parts];
}

async function read(path: string) {
  const root = realpathSync(corpus);
  const io = { ...worldWith({}), ...filesBelow(root) };
  const project = new Project(io, [root]);
  const found = await discover(await targetsOf([path], '', io), project, Object.values(languages), io);
  return found.flatMap(({ language, entries }) => language.read(entries, project));
}

function some(all: readonly Offered[]): readonly Offered[] {
  if (process.env['SAMPLES'] || all.length <= few) return all;
  const step = Math.ceil(all.length / few);
  return all.filter((_, index) => index % step === 0);
}

/** @returns the status of the answer */
async function ask({ path: template, method }: Offered, { parameters, body }: Form, url: string): Promise<number> {
  let path = template;
  const query = new URLSearchParams();
  const headers = new Headers();
  for (const { name, in: place, required, example } of parameters) {
    if (place === 'path') path = path.replaceAll(`{${name}}`, encodeURIComponent(example || 'x'));
    else if (required && place === 'query') query.append(name, example);
    else if (required && place === 'header') setHeader(headers, name, example);
  }
  const sent = body !== null && method !== 'GET' && method !== 'HEAD' ? body : null;
  if (sent) setHeader(headers, 'content-type', sent.mediaType);
  const response = await fetch(`${url}${path}${query.size > 0 ? `?${query}` : ''}`, {
    method,
    headers,
    redirect: 'manual',
    ...(sent && { body: sent.text }),
  });
  // Streams of events have no end.
  await response.body?.cancel();
  return response.status;
}

/** What a made-up value must not be as a header stays out. */
function setHeader(headers: Headers, name: string, value: string): void {
  try {
    headers.set(name, value);
  } catch {
    // Then the mock says that it is missing.
  }
}
