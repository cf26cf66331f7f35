import type { Api } from '../../languages/language.ts';
import { asText, get, isObject, itemsOf } from '../../languages/openapi/json.ts';
import type { Random } from '../random.ts';
import type { Facts } from './facts.ts';
import { baseTime } from './formats.ts';

type FakerOf = typeof import('@faker-js/faker/locale/en').faker;

/** The library for `x-faker`, once it is loaded, and what it draws from at the moment. */
let faker: FakerOf | null = null;
let source: Random | null = null;

/**
 * Loads the library that `x-faker` hints need, if the documents have any. Without it, hints are passed over.
 * @param apis the documents; without any, it is loaded anyhow
 */
export async function prepareSampling(apis?: readonly Api[]): Promise<void> {
  if (faker || (apis && !apis.some(hasHints))) return;
  const { Faker } = await import('@faker-js/faker');
  const { en, base } = await import('@faker-js/faker');
  const made = new Faker({
    locale: [en, base],
    randomizer: { next: () => source?.fraction() ?? 0, seed: () => undefined },
  });
  made.setDefaultRefDate(baseTime);
  faker = made as FakerOf;
}

function hasHints(api: Api): boolean {
  return api.sources.some(({ text }) => text.includes('x-faker'));
}

/**
 * What `x-faker` asks for: `internet.email`, `{ 'number.int': [{ max: 10 }] }`, or a template `{{person.firstName}} X`.
 * @returns undefined where nothing is asked for, or nothing that the library knows
 */
export function fakerValue({ layers }: Facts, random: Random): unknown {
  if (!faker) return undefined;
  const hint = layers.find(({ value }) => value['x-faker'] !== undefined)?.value['x-faker'];
  if (hint === undefined) return undefined;
  source = random;
  try {
    return plainOf(called(faker, hint));
  } catch {
    // Wrong arguments: the value is made without the hint.
    return undefined;
  } finally {
    source = null;
  }
}

function called(from: FakerOf, hint: unknown): unknown {
  if (typeof hint === 'string') return hint.includes('{{') ? from.helpers.fake(hint) : call(from, hint, []);
  if (!isObject(hint)) return undefined;
  const [name] = Object.keys(hint);
  if (name === undefined) return undefined;
  const given = get(hint, name);
  return call(from, name, Array.isArray(given) ? itemsOf(given) : given === null || given === true ? [] : [given]);
}

function call(from: FakerOf, name: string, given: readonly unknown[]): unknown {
  const path = name
    .replace(/^faker\./, '')
    .replace(/\(\)$/, '')
    .split('.');
  if (path.length !== 2) return undefined;
  const [area, method] = path as [string, string];
  if (!Object.hasOwn(from, area)) return undefined;
  const holder = (from as unknown as Record<string, unknown>)[area];
  const found = holder && (holder as Record<string, unknown>)[method];
  return typeof found === 'function' ? found.apply(holder, given) : undefined;
}

/** Dates as JSON has them, and nothing that JSON has not. */
function plainOf(value: unknown): unknown {
  return value === undefined || typeof value === 'function' ? undefined : JSON.parse(asText(JSON.stringify(value)));
}
