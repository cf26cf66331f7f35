/** Names for operations that have none, made of method and path as people make them: `listOrders`, `getOrder`, `cancelOrder`. */
import { asString } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { isItemPath, segmentsOf } from '../../languages/openapi/paths.ts';
import { everyOperation, memoised, type Operation, operations } from '../../languages/openapi/select.ts';
import { type Case, majority, toCase } from '../../words/cases.ts';
import { isPlural, singular } from '../../words/plurals.ts';
import { split } from '../../words/split.ts';
import { leadingVerb } from '../../words/verbs.ts';

/** An operationId for each operation that has none, in the case of those that there are, none of them twice. */
export const madeOperationIds = memoised((api): ReadonlyMap<Operation, string> => {
  const taken = new Set(everyOperation(api).flatMap(({ value }) => asString(value['operationId']) ?? []));
  const style = idStyle(api);
  const made = new Map<Operation, string>();
  for (const operation of operations(api)) {
    if (asString(operation.value['operationId'])?.trim()) continue;
    const id = namesFor(api, operation)
      .map((words) => toCase(words, style))
      .find((name) => !taken.has(name));
    if (id === undefined) continue;
    taken.add(id);
    made.set(operation, id);
  }
  return made;
});

/** The case of most operationIds; camelCase where there is none. */
export function idStyle(api: OpenApi): Case {
  return majority(everyOperation(api).flatMap(({ value }) => asString(value['operationId']) ?? [])) ?? 'camel';
}

/** Names from the shortest to the most exact, then with numbers. */
function namesFor(api: OpenApi, operation: Operation): string[][] {
  const { verb, nouns } = partsFor(api, operation);
  const names = nouns.map((_, i) => [...verb, ...nouns.slice(nouns.length - 1 - i).flat()]);
  if (verb.length > 1 || names.length === 0) names.unshift(verb.length > 1 ? [...verb] : [...verb, 'root']);
  const numbered = Array.from({ length: 100 }, (_, i) => [...names.at(-1)!, String(i + 2)]);
  return [...names, ...numbered];
}

function partsFor(api: OpenApi, { method, path }: Operation): { verb: readonly string[]; nouns: string[][] } {
  const segments = segmentsOf(path).filter(({ text }) => !/^(?:api|v\d+(?:[._]\d+)*|)$/i.test(text));
  const literals = segments.filter(({ literal }) => literal);
  const last = literals.at(-1);
  if (!last) return { verb: [verbs[method] ?? method], nouns: [] };
  const words = literals.map(({ text }) => split(text.replace(/\.\w+$/, '')).map((word) => word.toLowerCase()));
  const own = words.pop()!;
  const around = words.map(inSingular);
  const isItem = segments.at(-1) !== last;
  if (!isItem && leadingVerb(own) !== null && (method === 'post' || method === 'get'))
    return { verb: own, nouns: around };
  const isCollection = !isItem && (isPlural(own) || parents(api).has(shapeOf(path)));
  const verb = method === 'get' && isCollection ? 'list' : (verbs[method] ?? method);
  return { verb: [verb], nouns: [...around, isItem || (isCollection && method === 'post') ? inSingular(own) : own] };
}

const verbs: Readonly<Record<string, string>> = {
  get: 'get',
  post: 'create',
  put: 'replace',
  patch: 'update',
  delete: 'delete',
  head: 'check',
  options: 'describe',
  trace: 'trace',
};

function inSingular(words: readonly string[]): string[] {
  return [...words.slice(0, -1), singular(words.at(-1) ?? '')];
}

/** The paths of which items are addressed: `/staff` where there is `/staff/{id}`. */
const parents = memoised((api): ReadonlySet<string> => {
  const items = operations(api).filter(({ path }) => isItemPath(path));
  return new Set(
    items.map(({ path }) =>
      segmentsOf(path)
        .slice(0, -1)
        .map(({ text }) => text)
        .join('/'),
    ),
  );
});

const shapeOf = (path: string): string =>
  segmentsOf(path)
    .map(({ text }) => text)
    .join('/');
