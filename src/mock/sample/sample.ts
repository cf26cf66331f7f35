import { isObject } from '../../languages/openapi/json.ts';
import type { SchemaAt } from '../../languages/openapi/values.ts';
import { factsOf } from './facts.ts';
import { none, notGiven, type Place, Sampler, type Sampling } from './sampler.ts';

export type { Sampling } from './sampler.ts';

/** How often a value is made anew when it does not fit; the later ones hold only what they must, the last ones also what does not fit. */
const mostAttempts = 5;

/**
 * A value that fits the schema, with plausible content; it always does where a value was found. Of schemas that nothing
 * fits, or nothing that is not endless, the best that was found.
 */
export function sampleSchema(schema: SchemaAt, sampling: Sampling): unknown {
  return sample(schema, notGiven, sampling);
}

/**
 * A value that keeps of `partial` what fits the schema, has something else for what does not, and all that is required.
 * Of what is optional it adds what servers set: `readOnly` properties and those with a default.
 */
export function completeValue(schema: SchemaAt, partial: unknown, sampling: Sampling): unknown {
  return sample(schema, partial === undefined ? notGiven : partial, sampling);
}

function sample(schema: SchemaAt, given: unknown, sampling: Sampling): unknown {
  let best: unknown = none;
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const sampler = new Sampler(sampling, attempt >= 3);
    const place: Place = { called: sampling.called, depth: 0, around: null, lean: attempt >= 2 };
    // Of nothing given, nothing has to be kept.
    const isEmpty = isObject(given) && Object.keys(given).length === 0;
    const value = sampler.make([schema], place, attempt > 0 && isEmpty ? notGiven : given);
    if (value === none) continue;
    if (sampler.fits(value, [schema])) return value;
    if (best === none) best = value;
  }
  return best === none ? simplest(schema, sampling) : best;
}

/** What at least is of the right type. */
function simplest(schema: SchemaAt, { api }: Sampling): unknown {
  const { types, listed } = factsOf(api, isObject(schema.value) ? [schema] : []);
  if (listed && listed.length > 0) return listed[0];
  if (!types || types.has('null')) return null;
  if (types.has('object')) return {};
  if (types.has('array')) return [];
  if (types.has('string')) return '';
  return types.has('boolean') ? false : 0;
}
