/** What operations refuse, as far as their input, security and path tell. Sources: guide S4, Status Code Strategy; RFC 9110, section 15.5. */
import { get } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { isItemPath, segmentsOf } from '../../languages/openapi/paths.ts';
import {
  bodyOf,
  effectiveTypes,
  isJson,
  type Operation,
  parametersOf,
  securityOf,
  successesOf,
} from '../../languages/openapi/select.ts';

/** Whether input can be wrong: 400 or 422. A path parameter that is any string is never invalid: it is not found. */
export function takesInput(api: OpenApi, operation: Operation): boolean {
  if (bodyOf(api, operation)) return true;
  return parametersOf(api, operation).some(
    ({ in: place, schema }) =>
      place === 'query' || (place === 'path' && effectiveTypes(api, schema).some((type) => type !== 'string')),
  );
}

/** Whether callers have to prove who they are: 401. */
export function needsCredentials(api: OpenApi, operation: Operation): boolean {
  return !securityOf(api, operation).anonymous;
}

/** Whether callers need rights as well: 403. */
export function asksForScopes(api: OpenApi, operation: Operation): boolean {
  return securityOf(api, operation).requirements.some(({ schemes }) => schemes.some(({ scopes }) => scopes.length > 0));
}

/** Whether there may be no such item: 404. A PUT that can answer 201 makes what it does not find, and a search finds nothing. */
export function addressesItem(api: OpenApi, operation: Operation): boolean {
  const { method, path, value } = operation;
  if (!isItemPath(path)) return false;
  if (method === 'put') return get(value['responses'], '201') === undefined;
  return method === 'get' ? !searches(api, operation) : ['head', 'patch', 'delete'].includes(method);
}

/** Whether a read puts its terms into the path and answers with a list of what fits. */
function searches(api: OpenApi, operation: Operation): boolean {
  if (segmentsOf(operation.path).some(({ text, literal }) => literal && /search|find|match/i.test(text))) return true;
  return successesOf(api, operation).some(({ media }) =>
    media.some(({ name, schema }) => isJson(name) && effectiveTypes(api, schema).includes('array')),
  );
}

/** What an operation is expected to refuse, in words: `400 or 422 for wrong input`. */
export function expectedRefusals(api: OpenApi, operation: Operation): string[] {
  return [
    ...(takesInput(api, operation) ? ['400 or 422 for input that is wrong'] : []),
    ...(needsCredentials(api, operation) ? ['401 for credentials that are missing'] : []),
    ...(asksForScopes(api, operation) ? ['403 for scopes that are missing'] : []),
    ...(addressesItem(api, operation) ? ['404 for an item that is not there'] : []),
  ];
}

/** The same as codes. */
export function expectedCodes(api: OpenApi, operation: Operation): string[] {
  return expectedRefusals(api, operation).map((words) => words.slice(0, 3));
}
