// Made-up values for every body of every operation of real documents, judged by Ajv and by our own validator.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { judging } from '../../src/languages/openapi/examples.ts';
import type { OpenApi } from '../../src/languages/openapi/openapi.ts';
import { openapi } from '../../src/languages/openapi/openapi.ts';
import { bodyOf, everyOperation, responsesOf } from '../../src/languages/openapi/select.ts';
import { mismatches, type SchemaAt } from '../../src/languages/openapi/values.ts';
import { Random } from '../../src/mock/random.ts';
import { completeValue, sampleSchema } from '../../src/mock/sample/sample.ts';
import { Source } from '../../src/text/source.ts';
import { Oracle } from './sample-oracle.ts';

const corpus = '../shared/corpus/openapi';
const isThere = existsSync(corpus);

/** With SAMPLES=20, seeds 1 to 20 for every schema; else one of them for each schema of large documents. */
const everySeed = process.env['SAMPLES'] === '20';
const seeds = Array.from({ length: 20 }, (_, i) => i + 1);

/** Schemas that nothing fits, or nothing sensible, by document and place, and why. */
const unsatisfiable: readonly (readonly [RegExp, string])[] = [
  [
    /^redoc-3-1\.yaml#\/components\/pathItems\/webhooks\//,
    'a cat must have a hunting skill that is an integer and a text',
  ],
  [/^redoc-3-1\.yaml#\/webhooks\//, 'a cat must have a hunting skill that is an integer and a text'],
  // Something fits, but only with properties of a wrong type that the other alternatives name: nothing that one would show.
  [
    /^rebilly\.yaml#\/components\/requestBodies\/PatchPaymentInstrument\//,
    'all alternatives of `oneOf` take any object',
  ],
];

const documents = isThere ? [...filesIn(corpus), ...['digitalocean/specification/DigitalOcean-public.v2.yaml']] : [];

describe.skipIf(!isThere)('on real documents', () => {
  test.each(documents)(
    '%s',
    (name) => {
      const api = apiAt(name);
      const bodies = bodiesOf(api);
      expect(bodies.length).toBeGreaterThan(0);
      const judge = (direction: Body['direction'] | 'either') =>
        new Oracle(
          api,
          direction,
          bodies.map(({ schema }) => schema),
        );
      const oracles = { request: judge('request'), response: judge('response'), either: judge('either') };
      const wrong: string[] = [];
      bodies.forEach(({ schema, direction }, i) => {
        for (const seed of everySeed || bodies.length < 100 ? seeds : [1 + (i % 20)]) {
          const make = () => sample(api, schema, direction, seed);
          const value = make();
          const place = `${name}${schema.at.element}`;
          // Ajv knows no directions: what travels one way only is either asked for or not.
          const faults = oracles.either.faults(value, schema) && oracles[direction].faults(value, schema);
          const own = mismatches(value, schema, judging(api, direction));
          if (unsatisfiable.some(([where]) => where.test(place))) continue;
          if (faults !== '') wrong.push(`${place} (seed ${seed}): Ajv: ${faults}`);
          if (own.length > 0) wrong.push(`${place} (seed ${seed}): ${own[0]!.message}`);
          if (seed === 1) expect(JSON.stringify(make())).toBe(JSON.stringify(value));
        }
      });
      expect(wrong.slice(0, 20)).toEqual([]);
    },
    600_000,
  );
});

interface Body {
  readonly schema: SchemaAt;
  readonly direction: 'request' | 'response';
}

function sample(api: OpenApi, schema: SchemaAt, direction: Body['direction'], seed: number): unknown {
  const sampling = {
    api,
    direction,
    random: new Random(seed, schema.at.element),
    examples: seed % 2 === 0,
    called: [],
  };
  return seed % 5 === 0 ? completeValue(schema, {}, sampling) : sampleSchema(schema, sampling);
}

/** Each schema of a body once, however many operations share it. */
function bodiesOf(api: OpenApi): readonly Body[] {
  const found = new Map<unknown, Body>();
  const add = (schema: SchemaAt | undefined, direction: Body['direction']): void => {
    if (schema && !found.has(schema.value)) found.set(schema.value, { schema, direction });
  };
  for (const operation of everyOperation(api)) {
    for (const { schema } of bodyOf(api, operation)?.media ?? []) add(schema, 'request');
    for (const { media } of responsesOf(api, operation)) for (const { schema } of media) add(schema, 'response');
  }
  return [...found.values()];
}

function apiAt(name: string): OpenApi {
  const read = (path: string) => {
    const file = join(corpus, path);
    if (!existsSync(file) || !statSync(file).isFile()) return { refused: `there is no file \`${path}\`` };
    return { source: new Source(path, readFileSync(file, 'utf8')) };
  };
  const entry = read(name);
  if (!('source' in entry)) throw new Error(entry.refused);
  return openapi.read([entry.source!], { read })[0]!;
}

function filesIn(folder: string): string[] {
  return ['', 'apis', 'twilio'].flatMap((below) =>
    readdirSync(join(folder, below))
      .map((file) => join(below, file))
      .filter((file) => /\.(?:ya?ml|json)$/.test(file)),
  );
}
