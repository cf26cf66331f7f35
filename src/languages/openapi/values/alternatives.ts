import type { SchemaAt } from '../values.ts';
import { type Expectation, type Fault, type Trail, Verdict } from './fault.ts';
import { Evaluated, isObject, type JsonObject, own, type Visit } from './visit.ts';
import { listed, propertyWords, quote, typeWords, valueWords } from './words.ts';

/**
 * Judges by `anyOf` or `oneOf`. When no alternative fits, tells of the one that was meant: the discriminator's, else the
 * nearest. That several fit is a fault of `oneOf` only when they surely do and no discriminator decides.
 */
export function judgeAlternatives(visit: Visit, schema: JsonObject, keyword: 'anyOf' | 'oneOf'): void {
  const list = schema[keyword];
  if (!Array.isArray(list) || list.length === 0) return;
  const at = visit.at.child(keyword);
  const branches = list.map((value, index): SchemaAt => ({ value, at: at.child(index) }));
  const named = branchNamed(visit, schema, branches);
  const meant = named && judgeBranch(visit, named);
  if (meant?.fits) {
    judgeMeant(visit, keyword, meant);
    return;
  }
  const outcomes = branches.map((branch) => (branch === named ? meant! : judgeBranch(visit, branch)));
  if (outcomes.some((outcome) => outcome.fits)) judgeFitting(visit, keyword, branches, outcomes);
  else for (const fault of meant?.faults ?? told(visit, keyword, outcomes)) visit.verdict.faults.push(fault);
}

/** What the discriminator says is taken for it; whether other alternatives fit as well is left open. */
function judgeMeant(visit: Visit, keyword: string, meant: Verdict): void {
  if (!meant.sure || keyword === 'oneOf') visit.doubt();
}

function judgeBranch(visit: Visit, branch: SchemaAt): Verdict {
  const verdict = new Verdict();
  const seen = visit.seen && new Evaluated();
  visit.also(branch, verdict, seen);
  if (seen && verdict.fits) visit.seen?.add(seen);
  return verdict;
}

function judgeFitting(
  visit: Visit,
  keyword: 'anyOf' | 'oneOf',
  branches: readonly SchemaAt[],
  outcomes: readonly Verdict[],
): void {
  const fitting = [...outcomes.keys()].filter((index) => outcomes[index]!.fits);
  const sure = fitting.filter((index) => outcomes[index]!.sure);
  if (keyword === 'anyOf') {
    if (sure.length === 0) visit.doubt();
  } else if (sure.length > 1) {
    const names = sure.map((index) => branchName(branches[index]!, index));
    visit.fault(keyword, () => `must fit only one of the alternatives in \`oneOf\`, but fits ${listed(names, 'and')}`);
  } else if (fitting.length > 1 || sure.length === 0) {
    visit.doubt();
  }
}

/** The name that a reference ends with, or the alternative's number from 1. */
function branchName({ value }: SchemaAt, index: number): string {
  const reference = isObject(value) ? value['$ref'] : undefined;
  if (typeof reference === 'string') return quote(lastName(reference));
  const title = isObject(value) ? value['title'] : undefined;
  return typeof title === 'string' ? quote(title) : `number ${index + 1}`;
}

function lastName(reference: string): string {
  return reference.slice(reference.lastIndexOf('/') + 1);
}

/** The alternative that the `discriminator` names: by its mapping, else by the schema's name. */
function branchNamed(visit: Visit, schema: JsonObject, branches: readonly SchemaAt[]): SchemaAt | undefined {
  const discriminator = schema['discriminator'];
  if (!isObject(discriminator) || !isObject(visit.value)) return undefined;
  const property = discriminator['propertyName'];
  const name = typeof property === 'string' ? own(visit.value, property) : undefined;
  if (typeof name !== 'string') return undefined;
  const mapped = isObject(discriminator['mapping']) ? own(discriminator['mapping'], name) : undefined;
  const wanted = typeof mapped === 'string' ? mapped : name;
  const references = branches.map(({ value }) => (isObject(value) ? value['$ref'] : undefined));
  const exact = references.indexOf(wanted);
  if (exact >= 0) return branches[exact];
  return branches[references.findIndex((each) => typeof each === 'string' && lastName(each) === lastName(wanted))];
}

/** How far from fitting an alternative is: of the wrong kind altogether, of another sort by some fixed value, or near. */
const near = 0;
const otherSort = 1;
const otherKind = 2;

function distance(faults: readonly Fault[], depth: number): number {
  let farthest = near;
  for (const fault of faults) {
    const below = (fault.trail?.depth ?? 0) - depth;
    if (!fault.expects || below > 1) continue;
    if ('types' in fault.expects && below === 0) return otherKind;
    if ('values' in fault.expects && (below === 0 || fault.expects.values.length === 1)) farthest = otherSort;
  }
  return farthest;
}

/** The faults of the nearest alternatives, in one sentence where they can be told together, else those of the very nearest. */
function told(visit: Visit, keyword: string, outcomes: readonly Verdict[]): readonly Fault[] {
  const depth = visit.trail?.depth ?? 0;
  const distances = outcomes.map((outcome) => distance(outcome.faults, depth));
  const least = distances.reduce((a, b) => Math.min(a, b));
  const candidates = outcomes.map((outcome) => outcome.faults).filter((_, index) => distances[index] === least);
  if (candidates.length === 1) return candidates[0]!;
  const together = merged(visit, keyword, candidates);
  if (together) return [together];
  const fault = nearest(candidates)[0]!;
  return [
    { ...fault, predicate: () => `${fault.predicate()} (to fit the nearest of ${candidates.length} alternatives)` },
  ];
}

/** Of several lists of faults, the one with least to mend; of these, the one whose first fault lies deepest; of these, the first. */
export function nearest(lists: readonly (readonly Fault[])[]): readonly Fault[] {
  const depth = (faults: readonly Fault[]) => faults[0]?.trail?.depth ?? 0;
  const weight = (faults: readonly Fault[]) => faults.reduce((sum, { expects }) => sum + sizeOf(expects), 0);
  const compare = (a: readonly Fault[], b: readonly Fault[]) => weight(a) - weight(b) || depth(b) - depth(a);
  return lists.reduce((best, faults) => (compare(faults, best) < 0 ? faults : best));
}

/** How much is to be mended: each missing property counts. */
function sizeOf(expects: Expectation | undefined): number {
  return expects && 'missing' in expects ? expects.missing.length : 1;
}

/** One fault for alternatives that each expect something else at the same place: other types, values or properties. */
function merged(visit: Visit, keyword: string, candidates: readonly (readonly Fault[])[]): Fault | undefined {
  const decisive = candidates.map((faults) => faults.find(decides) ?? faults[0]!);
  const first = decisive[0]!;
  if (!decisive.every((fault) => isSamePlace(fault.trail, first.trail))) return undefined;
  const part = partAt(visit, first.trail);
  const predicate = part && mergedWords(decisive, candidates, part.value);
  return predicate && { ...first, at: visit.at.child(keyword), predicate };
}

/** Whether a fault tells kinds or sorts of values apart. */
function decides({ expects }: Fault): boolean {
  return expects !== undefined && !('missing' in expects);
}

function isSamePlace(a: Trail | null, b: Trail | null): boolean {
  return a === b || (a?.parent === b?.parent && a?.key === b?.key);
}

/** What an alternative's fault is about: the visited value or one of its properties. Nothing for what lies deeper. */
function partAt(visit: Visit, trail: Trail | null): { value: unknown } | undefined {
  if (isSamePlace(trail, visit.trail) || !trail) return { value: visit.value };
  if (trail.parent !== visit.trail) return undefined;
  return { value: (visit.value as Record<string | number, unknown>)[trail.key] };
}

function mergedWords(
  decisive: readonly Fault[],
  candidates: readonly (readonly Fault[])[],
  value: unknown,
): (() => string) | undefined {
  const expectations = decisive.map((fault) => fault.expects);
  const types = expectations.flatMap((each) => (each && 'types' in each ? [each.types] : []));
  if (types.length === expectations.length) return () => typeWords(types.flat(), value);
  const values = expectations.flatMap((each) => (each && 'values' in each ? [each.values] : []));
  if (values.length === expectations.length) return () => valueWords(values.flat(), value);
  const names = expectations.flatMap((each) => (each && 'missing' in each ? [each.missing] : []));
  const areAlone = names.every((each) => each.length === 1) && candidates.every((faults) => faults.length === 1);
  if (names.length < expectations.length || !areAlone) return undefined;
  return () => `must have ${propertyWords(names.flat(), 'or')}`;
}
