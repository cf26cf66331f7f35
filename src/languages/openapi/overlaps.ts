import { judging } from './examples.ts';
import type { OpenApi } from './openapi.ts';
import { type Segment, segmentsOf } from './paths.ts';
import { listedParameters, operations, type Parameter, type PathEntry, parametersOf, paths } from './select.ts';
import { mismatches } from './values.ts';

/** A path and one before it that match the same URLs, while neither is the more specific of the two. */
export interface Overlap {
  readonly path: PathEntry;
  readonly other: PathEntry;
  /** A URL path that both match. */
  readonly sample: string;
}

interface Template {
  readonly entry: PathEntry;
  readonly segments: readonly Segment[];
  /** The places of its placeholders: `_x_` for `/{a}/b/{c}`, read as a mask. */
  readonly shape: string;
}

/** Of how many shapes of one length templates are compared; real APIs have a dozen. Keeps hostile documents cheap. */
const mostShapes = 64;

/**
 * The paths that one URL can match along with an earlier one, each once. Templates are grouped by where their
 * placeholders stand; of two groups, those overlap whose literals agree where both have literals, which a table tells.
 * A concrete template wins over a templated one (OpenAPI "Path Templating Matching"), so only groups count of which
 * each has a literal where the other has a placeholder.
 */
export function overlappingPaths(api: OpenApi): Overlap[] {
  const groups = new Map<string, Template[]>();
  for (const entry of paths(api)) {
    const segments = segmentsOf(entry.path);
    if (segments.length === 0 || entry.path.includes('?') || entry.path.includes('#')) continue;
    const shape = segments.map(({ text }) => (/^\{[^{}]*\}$/.test(text) ? 'x' : '_')).join('');
    const group = groups.get(shape);
    const template = { entry, segments, shape };
    if (group) group.push(template);
    else groups.set(shape, [template]);
  }
  const order = new Map(paths(api).map((entry, i) => [entry, i]));
  const found = new Map<PathEntry, Overlap>();
  for (const [one, two] of competingPairs(groups)) {
    for (const overlap of overlapsBetween(api, one, two, order)) {
      const known = found.get(overlap.path);
      if (!known || order.get(overlap.other)! < order.get(known.other)!) found.set(overlap.path, overlap);
    }
  }
  return [...found.values()].sort((a, b) => order.get(a.path)! - order.get(b.path)!);
}

function* competingPairs(groups: ReadonlyMap<string, readonly Template[]>) {
  const byLength = new Map<number, string[]>();
  for (const shape of groups.keys()) {
    const list = byLength.get(shape.length) ?? [];
    if (list.length < mostShapes) list.push(shape);
    byLength.set(shape.length, list);
  }
  for (const shapes of byLength.values()) {
    for (const [i, one] of shapes.entries()) {
      for (const two of shapes.slice(i + 1)) {
        if (!isWiderSomewhere(one, two) || !isWiderSomewhere(two, one)) continue;
        yield [groups.get(one)!, groups.get(two)!] as const;
        yield [groups.get(two)!, groups.get(one)!] as const;
      }
    }
  }
}

const isWiderSomewhere = (one: string, two: string): boolean =>
  [...one].some((mark, i) => mark === 'x' && two[i] === '_');

/** The templates of `later` that overlap with one of `earlier` which stands before them. */
function* overlapsBetween(
  api: OpenApi,
  earlier: readonly Template[],
  later: readonly Template[],
  order: ReadonlyMap<PathEntry, number>,
): Iterable<Overlap> {
  const [one, two] = [earlier[0]!.shape, later[0]!.shape];
  const common = [...one].flatMap((mark, i) => (mark === '_' && two[i] === '_' ? [i] : []));
  const keyOf = ({ segments }: Template): string => common.map((i) => patternOf(segments[i]!)).join('/');
  const table = new Map<string, Template[]>();
  for (const template of earlier) {
    const key = keyOf(template);
    const list = table.get(key) ?? [];
    // Whatever else has this key overlaps as well; a few are enough to find one that fits by its types.
    if (list.length < 8) list.push(template);
    table.set(key, list);
  }
  for (const template of later) {
    const other = table
      .get(keyOf(template))
      ?.find(({ entry }, i, all) => order.get(entry)! < order.get(template.entry)! && canMeet(api, template, all[i]!));
    if (!other) continue;
    const sample = template.segments.map(({ text }, i) => (template.shape[i] === '_' ? text : other.segments[i]!.text));
    yield { path: template.entry, other: other.entry, sample: `/${sample.join('/')}` };
  }
}

const patternOf = ({ text }: Segment): string => text.replaceAll(/\{[^{}]*\}/g, '{}');

/** Whether each template's placeholders accept the other's literals, and some method would choose between them. */
function canMeet(api: OpenApi, a: Template, b: Template): boolean {
  if (!shareMethod(api, a.entry, b.entry)) return false;
  return accepts(api, a, b) && accepts(api, b, a);
}

function accepts(api: OpenApi, template: Template, other: Template): boolean {
  return template.segments.every((segment, i) => {
    if (template.shape[i] === '_' || other.shape[i] === 'x') return true;
    const parameter = pathParameters(api).get(template.entry)?.get(segment.placeholders[0]!);
    return !parameter || canBe(api, parameter, other.segments[i]!.text);
  });
}

/** Whether a path parameter can have a value, as a text or as the number that it may be. */
function canBe(api: OpenApi, { schema }: Parameter, text: string): boolean {
  if (!schema) return true;
  const number = Number(text);
  const readings = Number.isFinite(number) ? [text, number] : [text];
  return readings.some((value) => mismatches(value, schema, judging(api, 'request')).length === 0);
}

function shareMethod(api: OpenApi, a: PathEntry, b: PathEntry): boolean {
  const methods = methodsOf(api);
  const [one, two] = [methods.get(a.path), methods.get(b.path)];
  if (!one || !two) return true;
  return [...one].some((method) => two.has(method));
}

function methodsOf(api: OpenApi): ReadonlyMap<string, ReadonlySet<string>> {
  const known = api.memo.get(methodsOf) as Map<string, Set<string>> | undefined;
  if (known) return known;
  const found = new Map<string, Set<string>>();
  for (const { path, method } of operations(api)) found.set(path, (found.get(path) ?? new Set()).add(method));
  api.memo.set(methodsOf, found);
  return found;
}

function pathParameters(api: OpenApi): ReadonlyMap<PathEntry, ReadonlyMap<string, Parameter>> {
  const known = api.memo.get(pathParameters) as ReadonlyMap<PathEntry, ReadonlyMap<string, Parameter>> | undefined;
  if (known) return known;
  const byPath = new Map<string, Map<string, Parameter>>();
  const add = (path: string, list: readonly Parameter[]): void => {
    const all = byPath.get(path) ?? new Map<string, Parameter>();
    for (const parameter of list)
      if (parameter.in === 'path' && !all.has(parameter.name)) all.set(parameter.name, parameter);
    byPath.set(path, all);
  };
  for (const operation of operations(api)) add(operation.path, parametersOf(api, operation));
  for (const { path, item } of paths(api)) add(path, listedParameters(api, item));
  const found = new Map(paths(api).map((entry) => [entry, byPath.get(entry.path)!] as const));
  api.memo.set(pathParameters, found);
  return found;
}
