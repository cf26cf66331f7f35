import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { departures } from '../../../src/languages/openapi/conformance.ts';
import type { Version } from '../../../src/languages/openapi/grammar.ts';
import { OpenApi } from '../../../src/languages/openapi/openapi.ts';
import { read } from '../../../src/languages/openapi/read/read.ts';
import { Source } from '../../../src/text/source.ts';
import { officiallyValid } from './official.ts';
import { documents } from './official-documents.ts';

/*
 * What the published schemas refuse has a departure, and what they accept has none. The exceptions are listed with
 * their reasons: each is a mutation, as `set`, `delete`, `add` or `rename` and the way to the place.
 */
const exceptions: readonly (readonly [what: RegExp, versions: readonly Version[], why: string])[] = [
  [/^set .*\/email /, ['2.0', '3.0', '3.1', '3.2'], 'the oracle does not judge formats'],
  [
    /^delete .*\/parameters\/0\/required$/,
    ['2.0', '3.0', '3.1', '3.2'],
    'structure/path-parameters-declared tells of it',
  ],
  [/\/variables\/region\/enum/, ['3.1', '3.2'], 'structure/server-variables-declared tells of it'],
  [/^add .*(?:\/schema|\/default|\/allOf\/0)$/, ['2.0'], 'structure/ref-no-siblings tells of it'],
  [/\/items(?: =|\/type$)/, ['2.0'], 'the schema forgets that `type` is required in items'],
  [/\/consumes/, ['2.0'], 'the schema cannot say that form fields need a media type of forms'],
  [/\/login\/scopes$/, ['2.0'], 'the schema forgets that `scopes` is required'],
  [/\/flows\/\w+\/scopes$/, ['3.0'], 'the schema forgets that `scopes` is required'],
  [/\/(?:one|any)Of(?: = \[\]|\/0)$/, ['3.0'], 'the schema forgets that JSON Schema wants one member at least'],
  [/\/discriminator(?:\/\w+)?$/, ['3.0'], 'the schema leaves the discriminator open'],
  [/\/token\/scheme /, ['3.0', '3.1', '3.2'], '`bearerFormat` is a hint; real schemes carry it beside `Basic`'],
  [/\/links\/self\/parameters/, ['3.1', '3.2'], 'the schema wants strings where the text allows any value'],
  [/^rename /, ['3.1', '3.2'], 'in schemas any keyword is legal; near misses are reported all the same'],
];

const values: readonly unknown[] = [null, 5, -1, 'zzz', true, [], {}, ['zzz'], { zzz: 1 }, [{}]];

type Way = readonly (string | number)[];
type Holder = Record<string | number, unknown>;
type Mutation = 'delete' | 'set' | 'add' | 'rename';

describe.each(['2.0', '3.0', '3.1', '3.2'] as const)('documents of %s', (version) => {
  const base: unknown = JSON.parse(JSON.stringify(documents[version]));
  const ways = [...waysInto(base)];

  it('are valid to begin with', async () => {
    expect(await officiallyValid(version, base)).toBe(true);
    expect(departures(apiOf(base)).map(({ message }) => message)).toEqual([]);
  });

  it('are judged as the published schema judges them, when something in them is changed', async () => {
    const property = fc.asyncProperty(
      fc.constantFrom(...ways),
      fc.constantFrom<Mutation>('delete', 'set', 'set', 'set', 'add', 'rename'),
      fc.constantFrom(...values),
      async (way, mutation, value) => {
        const label = `${mutation} ${way.join('/')}${mutation === 'set' ? ` = ${JSON.stringify(value)}` : ''}`;
        if (exceptions.some(([what, versions]) => versions.includes(version) && what.test(label))) return;
        const changed = mutate(base, way, mutation, value);
        const told = departures(apiOf(changed)).map(({ message }) => message);
        const official = await officiallyValid(version, changed);
        expect(official ? told : told.length > 0, `${label}: ${told.join(' ')}`).toEqual(official ? [] : true);
      },
    );
    await fc.assert(property, { seed: 20_250, numRuns: 500 });
  }, 60_000);
});

const corpus = '../shared/corpus/openapi/apis';

describe.skipIf(!existsSync(corpus))('published APIs', () => {
  const names = existsSync(corpus) ? readdirSync(corpus).filter((name) => name.endsWith('.json')) : [];
  const small = names.map((name) => `${corpus}/${name}`).filter((path) => readFileSync(path).length < 150_000);

  it.each(small)(
    '%s',
    async (path) => {
      const value = JSON.parse(readFileSync(path, 'utf8'));
      const api = apiOf(value);
      const told = departures(api).filter(
        ({ aspect, help }) => !(aspect === 'key' && help?.startsWith('Did you mean')),
      );
      expect(told.map(({ message }) => message).length === 0).toBe(await officiallyValid(api.version, value));
    },
    60_000,
  );
});

function apiOf(value: unknown): OpenApi {
  const source = new Source('openapi.json', JSON.stringify(value));
  return new OpenApi(read(source), { read: () => ({ refused: 'there are no other files' }) });
}

/** The ways to all that stands in a value. */
function* waysInto(value: unknown, way: Way = []): Generator<Way> {
  if (value === null || typeof value !== 'object') return;
  for (const [key, child] of Object.entries(value)) {
    const here = [...way, Array.isArray(value) ? Number(key) : key];
    yield here;
    yield* waysInto(child, here);
  }
}

function mutate(base: unknown, way: Way, mutation: Mutation, value: unknown): unknown {
  const copy = structuredClone(base);
  const holder = way.slice(0, -1).reduce<Holder>((at, key) => at[key] as Holder, copy as Holder);
  const key = way.at(-1)!;
  const child = holder[key];
  if (mutation === 'set') holder[key] = value;
  else if (mutation === 'delete' && Array.isArray(holder)) holder.splice(Number(key), 1);
  else if (mutation === 'delete') delete holder[key];
  else if (mutation === 'rename' && !Array.isArray(holder)) {
    delete holder[key];
    holder[`${key}z`] = child;
  } else if (mutation === 'add' && child !== null && typeof child === 'object' && !Array.isArray(child)) {
    Object.assign(child, { zzz: {} });
  }
  return copy;
}
