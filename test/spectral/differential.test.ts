// Spectral's own command, in a process of its own, finds what we find. `node bench/spectral-cli.mjs` installs it.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CliFinding, findings, isInstalled } from '../../bench/spectral-cli.mjs';
import { filesBelow } from '../../src/io.ts';
import { get } from '../../src/languages/openapi/json.ts';
import type { OpenApi } from '../../src/languages/openapi/openapi.ts';
import { valueAt } from '../../src/languages/openapi/pointer.ts';
import { judgeWithSpectral } from '../../src/spectral/judge.ts';
import { loadSpectral } from '../../src/spectral/load.ts';
import { readApis } from './judging.ts';

const corpus = '../shared/corpus/openapi';
const isPossible = existsSync(corpus) && isInstalled();
const io = { ...filesBelow(resolve('.')), env: {} } as Parameters<typeof loadSpectral>[1];

interface Found {
  readonly rule: string;
  readonly element: string;
  readonly severity: string;
  readonly message: string;
}

describe.skipIf(!isPossible).each(['every-function', 'company', 'own-all'])('the ruleset %s', (name) => {
  it.each(['petstore.yaml', 'cafe.yaml', 'redoc-3-1.yaml', 'xsoar.json'])('finds the same in %s', async (document) => {
    const ruleset = `test/spectral/rulesets/${name}.yaml`;
    const path = `${corpus}/${document}`;
    const [api] = readApis([path], io);
    const { problems, failed } = await judgeWithSpectral([api!], [await loadSpectral(ruleset, io)], io.cwd);
    const ours = problems.map(({ rule, element, severity, message }) => ({ rule, element, severity, message }));
    const theirs = findings(ruleset, path, io.cwd).map(asOurs);
    expect(failed).toEqual([]);
    expect(theirs.length).toBeGreaterThan(0);
    expect(without(ours, theirs)).toEqual([]);
    expect(without(theirs, ours).filter((found) => !isExplained(found, ours, api as OpenApi))).toEqual([]);
  });
});

function asOurs({ code, path, message, severity }: CliFinding): Found {
  const element = ['#', ...path.map((key) => String(key).replaceAll('~', '~0').replaceAll('/', '~1'))].join('/');
  return { rule: `spectral/${code}`, element, severity: ['error', 'warn', 'info', 'info'][severity]!, message };
}

function without(some: readonly Found[], others: readonly Found[]): Found[] {
  const known = new Set(others.map((found) => JSON.stringify(found)));
  return some.filter((found) => !known.has(JSON.stringify(found)));
}

/** The differences that `docs/spectral.md` explains. */
function isExplained(found: Found, ours: readonly Found[], api: OpenApi): boolean {
  if (found.rule === 'spectral/invalid-ref' || found.rule === 'spectral/parser') return true;
  const keys = found.element.split('/').slice(1);
  const way = keys.map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const isBesideReference = way.some((_, index) => {
    return typeof get(valueAt(api.root.value, way.slice(0, index + 1)), '$ref') === 'string';
  });
  // A key with, say, a plus sign, which it does not find its way back to: it stops before.
  const isShortened = ours.some(
    ({ rule, message, element }) =>
      rule === found.rule &&
      message === found.message &&
      element.startsWith(`${found.element}/`) &&
      /[^\w/#~.-]/.test(element),
  );
  return isBesideReference || isShortened;
}
