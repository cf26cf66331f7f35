import type { Path } from './document.ts';
import type { Pointer } from './pointer.ts';
import { nearest } from './values/alternatives.ts';
import { type Fault, pathOf, subject, Verdict } from './values/fault.ts';
import { judge } from './values/judge.ts';
import { Run, Visit } from './values/visit.ts';

/** A schema and where it stands. */
export interface SchemaAt {
  readonly value: unknown;
  readonly at: Pointer;
}

/** One way in which a value does not fit a schema. */
export interface Mismatch {
  /** The way into the value; for a property that must not be there, to that property. */
  readonly path: Path;
  /** What is wrong in words, without a full stop: "`age` must be an integer, not a string". */
  readonly message: string;
  /** The keyword that is not met. */
  readonly schema: Pointer;
}

/** How a value is to be judged. */
export interface Judging {
  /** How schemas are read; `json-schema` is JSON Schema 2020-12, as in OpenAPI 3.1 and later. */
  readonly dialect: 'swagger-2.0' | 'openapi-3.0' | 'json-schema';
  /** Which way the value travels: `both` must fit a request and a response, `either` one of them. */
  readonly direction: 'request' | 'response' | 'both' | 'either';
  /** What the `$ref` of a schema leads to; undefined where it leads nowhere, which then asks for nothing. */
  readonly resolve: (schema: SchemaAt) => SchemaAt | undefined;
}

/**
 * Where and how `value` does not fit `schema`, in the schema's order, the first hundred; nothing when it fits.
 * What cannot be decided counts as fitting: unknown formats, broken patterns, dangling references, endless recursion.
 * Keywords of the wrong type count as absent. Never throws.
 */
export function mismatches(value: unknown, schema: SchemaAt, judging: Judging): Mismatch[] {
  if (judging.direction !== 'either') return report(faultsOf(value, schema, judging));
  const asked = faultsOf(value, schema, { ...judging, direction: 'request' });
  if (asked.length === 0) return [];
  return report(nearest([asked, faultsOf(value, schema, { ...judging, direction: 'response' })]));
}

function faultsOf(value: unknown, schema: SchemaAt, judging: Judging): readonly Fault[] {
  const verdict = new Verdict();
  judge(Visit.start(new Run(judging, judge), value, schema, verdict));
  return verdict.faults;
}

const mostTold = 100;

/** At most one mismatch for each cause at each place in the value. */
function report(faults: readonly Fault[]): Mismatch[] {
  const told = new Map<string, Mismatch>();
  for (const fault of faults) {
    if (told.size >= mostTold) break;
    const path = pathOf(fault.trail);
    const key = JSON.stringify([path, fault.cause]);
    if (!told.has(key)) told.set(key, { path, message: `${subject(path)} ${fault.predicate()}`, schema: fault.at });
  }
  return [...told.values()];
}
