// The types of real documents compile, and only documents of a version that is not supported have none.
import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { main } from '../../src/cli.ts';
import { filesBelow } from '../../src/io.ts';
import { compile } from './compile.ts';

const corpus = '../shared/corpus';
const there = existsSync(corpus);
const swagger = ['etcd_v2.json', 'mockoon-github-v2.yaml', 'slack_v2.json', 'temporal_v2.json', 'xsoar.json'];
const openapi = there ? readdirSync(`${corpus}/openapi`).filter((name) => !swagger.includes(name)) : [];
const graphql = there ? readdirSync(`${corpus}/graphql`) : [];
const proto = there ? readdirSync(`${corpus}/proto`) : [];

describe.skipIf(!there)('types of real documents', () => {
  it.each([
    ...graphql.map((name) => `graphql/${name}`),
    ...proto.map((name) => `proto/${name}`),
    ...openapi.map((name) => `openapi/${name}`),
  ])('of %s compile', { timeout: 120_000 }, async (path) => {
    const { status, stdout } = await types(path);
    expect(status).toBe(0);
    expect(compile({ 'api.ts': stdout })).toEqual([]);
  });

  it.each(swagger)('of %s there are none', async (name) => {
    const { status, stderr } = await types(`openapi/${name}`);
    expect([status, stderr]).toEqual([2, expect.stringContaining('is Swagger 2.0')]);
  });
});

async function types(path: string): Promise<{ status: number; stdout: string; stderr: string }> {
  const written = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr') => ({
    isTTY: false,
    write(text: string) {
      written[name] += text;
    },
  });
  const io = {
    ...filesBelow(process.cwd()),
    env: {},
    stdin: async () => '',
    onInterrupt: () => () => {},
    now: () => 0,
  };
  const streams = { stdout: output('stdout'), stderr: output('stderr') };
  const status = await main(['types', `${corpus}/${path}`], { ...io, ...streams });
  return { status, ...written };
}
