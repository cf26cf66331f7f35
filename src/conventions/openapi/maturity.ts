/** How far an API goes with HTTP: the levels of Leonard Richardson's maturity model, as far as a document shows them. */
import { asString, keysOf } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { segmentsOf } from '../../languages/openapi/paths.ts';
import { codesOf, declaresRefusal, type Operation, operations, successesOf } from '../../languages/openapi/select.ts';
import { split } from '../../words/split.ts';
import { effectOf, leadingVerb, operationVerb } from '../../words/verbs.ts';
import { linksOf } from './hypermedia.ts';
import { resources, returned } from './resources.ts';

/** A level, whether the API does what it asks for, and a sentence with the figures. */
export interface MaturityStep {
  readonly level: 1 | 2 | 3;
  readonly reached: boolean;
  readonly reason: string;
}

/** Where an API stands in Richardson's model. */
export interface Maturity {
  /** The highest level that is reached with all below it; 0 when the first is not. */
  readonly level: 0 | 1 | 2 | 3;
  /** Levels 1, 2 and 3. A later one may be reached where an earlier is not. */
  readonly steps: readonly MaturityStep[];
}

/** The shares from which on a level counts as reached: real APIs have a corner that is otherwise, and documents leave things out. */
const enough = { paths: 2 / 3, methods: 0.9, codes: 0.5, items: 0.5 };

/**
 * The maturity level of an API (Richardson, "Justice Will Take Us Millions Of Intricate Steps", 2008; Fowler, "Richardson
 * Maturity Model", 2010). Level 1, resources: several paths, and they name things. Level 2, HTTP: methods agree with what
 * operations are named for, and codes tell successes from refusals. Level 3, hypermedia: items carry links.
 * @returns undefined for an API without operations
 */
export function maturityOf(api: OpenApi): Maturity | undefined {
  if (operations(api).length === 0) return undefined;
  const steps = [resourcesStep(api), httpStep(api), hypermediaStep(api)] as const;
  const missed = steps.findIndex(({ reached }) => !reached);
  return { level: (missed === -1 ? steps.length : missed) as Maturity['level'], steps };
}

function resourcesStep(api: OpenApi): MaturityStep {
  const paths = [...new Set(operations(api).map(({ path }) => path))];
  if (paths.length === 1)
    return { level: 1, reached: false, reason: `All operations share one path, \`${paths[0]}\`.` };
  const procedures = paths.filter(namesProcedure);
  const things = paths.length - procedures.length;
  return {
    level: 1,
    reached: things >= enough.paths * paths.length,
    reason: `${things} of ${paths.length} paths name things${except(procedures)}.`,
  };
}

/** Whether a path is called like a procedure: `/getUser`, `/users/create`, `/chat.postMessage`. An action on an item, `/orders/{id}/cancel`, is not. */
function namesProcedure(path: string): boolean {
  return segmentsOf(path).some(({ text, literal }, i, all) => {
    const name = text.replace(/\.(?:json|xml|html|csv|txt|ya?ml)$/i, '').replace(/:.*$/s, '');
    if (!literal || /^\./.test(name) || /^v?\d+(?:\.\d+)*$/i.test(name)) return false;
    if (/^[a-z]\w*(?:\.[a-z]\w*)+$/i.test(name)) return true;
    const verb = leadingVerb(split(name));
    if (verb === null) return false;
    const belowItem = i > 0 && !all[i - 1]!.literal;
    return !belowItem || /^(?:get|fetch|retrieve|create|update|delete)$/.test(verb);
  });
}

function httpStep(api: OpenApi): MaturityStep {
  const all = operations(api);
  const methods = [...new Set(all.map(({ method }) => method.toUpperCase()))];
  const misused = all.filter(misusesMethod);
  const used = all.length - misused.length;
  const clear = all.filter((operation) => tellsOutcome(api, operation)).length;
  const onlyOne = methods.length === 1 && methods[0] !== 'GET';
  const names = except(misused.map(({ name }) => name));
  return {
    level: 2,
    reached: !onlyOne && used >= enough.methods * all.length && clear >= enough.codes * all.length,
    reason: `${
      onlyOne
        ? `Every operation is a ${methods[0]}`
        : `${used} of ${all.length} operations use the method that their name asks for${names}`
    }; the codes of ${clear} of ${all.length} tell success from refusal.`,
  };
}

/** Whether an operation changes something by GET, or gets, lists or deletes by another method. Only where its name is sure. */
function misusesMethod({ method, path, value }: Operation): boolean {
  const last = segmentsOf(path).findLast(({ literal }) => literal)?.text ?? '';
  const name = asString(value['operationId']) ?? '';
  const verb = leadingVerb(split(last)) ?? operationVerb(name);
  if (verb === null) return false;
  const effect = effectOf(verb);
  if (method === 'get' || method === 'head')
    return leadingVerb([verb]) !== null && (effect === 'write' || effect === 'delete');
  // A search whose question is too long for an address is a POST for a reason.
  if (/^(?:get|list|fetch|retrieve)$/.test(verb)) return method !== 'options';
  return effect === 'delete' && (method === 'put' || method === 'patch');
}

/** Whether an operation names a code for success, and says how it refuses. */
function tellsOutcome(api: OpenApi, operation: Operation): boolean {
  const successful =
    successesOf(api, operation).length > 0 || codesOf(api, operation).some((code) => /^[13]/.test(code));
  return successful && declaresRefusal(api, operation);
}

function hypermediaStep(api: OpenApi): MaturityStep {
  const items = resources(api).flatMap(({ item }) => item.get('get') ?? []);
  const read = items.flatMap((get) => {
    const representation = returned(api, get);
    return representation ? [{ get, representation }] : [];
  });
  if (read.length === 0) return { level: 3, reached: false, reason: 'No item is read whose shape is known.' };
  const linked = read.filter(
    ({ get, representation }) => linksOf(api, representation) !== undefined || linksOtherwise(api, get),
  ).length;
  return {
    level: 3,
    reached: linked >= enough.items * read.length,
    reason: `Links to what can be done next are in ${linked} of ${read.length} kinds of items.`,
  };
}

/** Media types that stand for links: HAL, Siren, Collection+JSON, JSON:API, Hydra. */
const hypermedia = /(?:hal|vnd\.siren|vnd\.collection|vnd\.api|vnd\.mason|ld)\+(?:json|xml)/i;

/** Whether an operation answers with links outside its object's properties: by its media type, a `Link` header, or OpenAPI `links`. */
function linksOtherwise(api: OpenApi, operation: Operation): boolean {
  return successesOf(api, operation).some(
    ({ media, headers, value }) =>
      media.some(({ name }) => hypermedia.test(name)) ||
      headers.some(({ name }) => /^link$/i.test(name)) ||
      keysOf(value['links']).length > 0,
  );
}

/** Names the first exception, and how many more there are. */
function except([first, ...others]: readonly string[]): string {
  if (first === undefined) return '';
  return ` (not \`${first}\`${others.length === 0 ? '' : ` and ${others.length} more`})`;
}
