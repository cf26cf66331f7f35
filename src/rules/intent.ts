/** What operations are for, as far as path, method and name tell. Rules about outcomes ask here, so that they agree. */
import { asString } from '../languages/openapi/json.ts';
import { lastSegment } from '../languages/openapi/paths.ts';
import type { Operation } from '../languages/openapi/select.ts';
import { number } from '../words/plurals.ts';
import { split } from '../words/split.ts';
import { leadingVerb, operationVerb } from '../words/verbs.ts';

/** Verbs with which names say that a new thing comes to be. */
const creating = new Set('create add post place register insert new submit open issue'.split(' '));

/**
 * Whether an operation makes a new item of a collection: a POST on a plural noun whose name, where it has one, does not
 * speak of anything else (`searchOrders`, `addLabels` to an issue).
 */
export function createsItem(operation: Operation): boolean {
  if (operation.method !== 'post') return false;
  const last = lastSegment(operation.path);
  if (!last?.literal || number(last.text) !== 'plural' || leadingVerb(split(last.text)) !== null) return false;
  const name = asString(operation.value['operationId']) ?? asString(operation.value['summary']);
  if (name === undefined) return true;
  const verb = operationVerb(name);
  if (verb === null) return true;
  if (!creating.has(verb)) return false;
  return verb !== 'add' || number(split(name)) !== 'plural';
}
