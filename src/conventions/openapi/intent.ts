/** What operations are for, as far as path, method and name tell. Rules about outcomes ask here, so that they agree. */
import { asString } from '../../languages/openapi/json.ts';
import { lastSegment } from '../../languages/openapi/paths.ts';
import type { Operation } from '../../languages/openapi/select.ts';
import { number } from '../../words/plurals.ts';
import { split } from '../../words/split.ts';
import { canBeVerb, leadingVerb, operationVerb } from '../../words/verbs.ts';

/** Verbs with which names say that a new thing comes to be. */
const creating = new Set('create add place register insert new submit open issue'.split(' '));

/**
 * Whether an operation makes a new item of a collection: a POST on a plural noun whose name, where it has one, does not
 * speak of anything else (`searchOrders`, `addLabels` to an issue). Where the noun may begin with a verb (`checkErrors`,
 * `orderLines`), only a name that says so is believed.
 */
export function createsItem({ method, path, value }: Operation): boolean {
  if (method !== 'post') return false;
  const last = lastSegment(path);
  if (!last?.literal || number(last.text) !== 'plural') return false;
  const words = split(last.text);
  if (leadingVerb(words) !== null) return false;
  const names = [asString(value['operationId']), asString(value['summary'])].filter((name) => name !== undefined);
  const name = names.find((one) => operationVerb(one) !== null && operationVerb(one) !== 'post');
  if (name === undefined) return words.length === 1 || !canBeVerb(words[0]!);
  const verb = operationVerb(name)!;
  return creating.has(verb) && (verb !== 'add' || number(split(name)) !== 'plural');
}
