import { split } from '../../words/split.ts';
import { isObject, type JsonObject } from '../json.ts';
import type { Fault, Resource } from '../resources/resource.ts';

/**
 * What of a caller's record does not fit the home, in the caller's words as far as they are the same.
 * @param written as the caller wrote it
 * @param value the same in home words, as `absorb` gives it
 */
export function faultsIn(written: JsonObject, value: JsonObject, { home }: Resource): readonly Fault[] {
  const faults = home.faults?.(value) ?? [];
  return faults.map(({ path, message }) => {
    const own = inWordsOf(written, path);
    return { path: own, message: message.replace(wayOf(path), wayOf(own)) };
  });
}

/** The way through what a caller wrote that a way in home words stands for. */
function inWordsOf(written: unknown, path: Fault['path']): Fault['path'] {
  let here: unknown = written;
  return path.map((step) => {
    const key = isObject(here) ? keyCalled(here, String(step)) : step;
    here = (here as Record<string | number, unknown> | null | undefined)?.[key];
    return key;
  });
}

function keyCalled(object: JsonObject, name: string): string {
  const words = split(name).join(' ');
  return Object.keys(object).find((key) => split(key).join(' ') === words) ?? name;
}

/** A way in one word: `lines[0].quantity`. */
export function wayOf(path: Fault['path']): string {
  return path.map((step, i) => (typeof step === 'number' ? `[${step}]` : i === 0 ? step : `.${step}`)).join('');
}
